package wire

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
)

// Reply renders what mcp-go answers to the message, under the id as the client wrote it; nil is what a bug left of it.
func (m Message) Reply(response mcp.JSONRPCMessage) Line {
	f := &Fault{m.ID, mcp.INTERNAL_ERROR, "internal error: the request met a bug in this server"}
	switch r := response.(type) {
	case mcp.JSONRPCResponse:
		if listen, ok := r.Result.(mcp.SubscriptionsListenResult); ok {
			listen.EnsureResultMeta().SetSubscriptionID(m.ID)
		}
		result, err := encode(r.Result)
		if err == nil {
			return reply(m.ID, "result", result)
		}
		f.Text = "internal error: the result cannot be written as JSON"
	case mcp.JSONRPCError:
		if of, ok := strings.CutPrefix(r.Error.Message, "unparsable "); ok {
			r.Error = mcp.NewJSONRPCErrorDetails(mcp.INVALID_PARAMS, m.misfit(of), nil)
		}
		if details, err := marshal(r.Error); err == nil {
			return reply(m.ID, "error", Line{}.json(details))
		}
	}
	return f.Reply()
}

// misfit says what mcp-go could not decode without the types of Go, which encoding/json names at the end: `cannot
// unmarshal number into Go struct field PaginatedParams.params.cursor of type mcp.Cursor`.
func (m Message) misfit(of string) string {
	_, of, _ = strings.Cut(of, "cannot unmarshal ")
	given, of, _ := strings.Cut(of, " into Go ")
	where, kind, _ := strings.Cut(of, " of type ")
	at := strings.Index(where, "params")
	switch {
	case at < 0:
		return "invalid params: they do not have the form that the schema of MCP gives those of " + m.Method
	case kind == "float64":
		return fmt.Sprintf("invalid params: `%s` holds the %s; numbers within the range of 64-bit floats are accepted", where[at:], given)
	default:
		return fmt.Sprintf("invalid params: `%s` holds a value that is not accepted there (%s); the schema of MCP for %s says what is",
			where[at:], given, m.Method)
	}
}

// Reply renders the fault as an error. Without an id, it replies to null.
func (f *Fault) Reply() Line {
	return reply(f.ID, "error", Line{}.jsonf(`{"code":%d,"message":`, f.Code).text(f.Text).jsonf("}"))
}

func reply(id json.RawMessage, member string, value Line) Line {
	if id == nil {
		id = json.RawMessage("null")
	}
	return append(Line{}.jsonf(`{"jsonrpc":"2.0","id":%s,%q:`, id, member), value.jsonf("}")...)
}
