package tools

import (
	"fmt"
	"strings"

	"mcp-taskdetails/internal/rawjson"

	"github.com/mark3labs/mcp-go/mcp"
)

// RefuseRequest says why a request cannot be answered, as the code and the text of a JSON-RPC error, where mcp-go would
// answer in the types of Go, or a cursor with an empty list. An empty text is no reason.
func RefuseRequest(method string, params []byte) (code int, text string) {
	if without := notOffered(mcp.MCPMethod(method)); without != "" {
		return mcp.METHOD_NOT_FOUND, "method not found: this server " + without
	}
	if kind := rawjson.KindOf(params); kind != rawjson.Object && kind != rawjson.Null && kind != rawjson.None {
		return mcp.INVALID_PARAMS, "invalid params: `params` is " + article(params) + "; an object is accepted"
	}
	for name, value := range rawjson.Members(params) {
		given, accepted := rawjson.KindOf(value), paramKind(name)
		if accepted != rawjson.None && given != accepted && given != rawjson.Null {
			return mcp.INVALID_PARAMS, fmt.Sprintf("invalid params: `params.%s` is %s; %s is accepted", name, article(value), article([]byte{byte(accepted)}))
		}
		if cursor, _ := rawjson.Text(value); name == "cursor" && cursor != "" && strings.HasSuffix(method, "/list") {
			return mcp.INVALID_PARAMS, "invalid params: `cursor` " + quoted(cursor) + " is unknown: lists are given whole here; call " + method + " without one"
		}
	}
	return 0, ""
}

// notOffered says what this server does instead of a method that hosts try nonetheless.
func notOffered(method mcp.MCPMethod) string {
	switch method { //nolint:exhaustive // the others are offered, or unknown to mcp-go too
	case mcp.MethodPromptsList, mcp.MethodPromptsGet:
		return "has no prompts, but tools and resource templates"
	case mcp.MethodSetLogLevel:
		return "sends no log to its client; it writes to stderr, at the level of its flag --log-level"
	case mcp.MethodCompletionComplete:
		return "completes no arguments; a taskUUID is known to whoever sent the task"
	case mcp.MethodResourcesSubscribe, mcp.MethodResourcesUnsubscribe:
		return "watches no resources; read a task again to see whether it changed"
	}
	return ""
}

// paramKind is what MCP accepts under a name in the params of any method; None where that differs or nobody minds.
func paramKind(name string) rawjson.Kind {
	switch name {
	case "_meta", "capabilities", "clientInfo":
		return rawjson.Object
	case "cursor", "name", "protocolVersion", "uri":
		return rawjson.String
	}
	return rawjson.None
}
