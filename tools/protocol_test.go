package tools

import (
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

func TestRefuseRequest(t *testing.T) {
	for _, test := range []struct {
		method, params string
		code           int // 0: not refused
		says           string
	}{
		{"tools/list", ``, 0, ""},
		{"tools/list", `null`, 0, ""},
		{"tools/list", `{"cursor":"","_meta":null}`, 0, ""},
		{"tools/list", `{"cursor":null,"_meta":{"progressToken":7,"cursor":7}}`, 0, ""},
		{"tools/list", `{"cursor":"eA=="}`, mcp.INVALID_PARAMS, "`eA==` is unknown"},
		{"tools/list", `{"cursor":"a","cursor":""}`, mcp.INVALID_PARAMS, "`a` is unknown"},
		{"resources/templates/list", `{"cursor":"` + strings.Repeat("x", 5000) + `"}`, mcp.INVALID_PARAMS, "of 5000 characters is unknown"},
		{"tools/list", `{"cursor":{}}`, mcp.INVALID_PARAMS, "`params.cursor` is an object; a string is accepted"},
		{"tools/call", `{"name":"x","cursor":"y","arguments":"{}"}`, 0, ""}, // arguments are the tool's to judge
		{"tools/call", `{"name":"x","arguments":[]}`, 0, ""},
		{"tools/call", `{"name":true}`, mcp.INVALID_PARAMS, "`params.name` is a boolean; a string is accepted"},
		{"resources/read", `{"uri":["runware://tasks/x"]}`, mcp.INVALID_PARAMS, "`params.uri` is an array; a string is accepted"},
		{"ping", `[]`, mcp.INVALID_PARAMS, "`params` is an array; an object is accepted"},
		{"initialize", `{"clientInfo":"x"}`, mcp.INVALID_PARAMS, "`params.clientInfo` is a string; an object is accepted"},
		{"initialize", `{"protocolVersion":20251125}`, mcp.INVALID_PARAMS, "`params.protocolVersion` is a number; a string is accepted"},
		{"prompts/list", `{}`, mcp.METHOD_NOT_FOUND, "no prompts"},
		{"prompts/get", `{"name":"x"}`, mcp.METHOD_NOT_FOUND, "no prompts"},
		{"logging/setLevel", `{"level":"debug"}`, mcp.METHOD_NOT_FOUND, "--log-level"},
		{"completion/complete", `{}`, mcp.METHOD_NOT_FOUND, "completes no arguments"},
		{"resources/subscribe", `{"uri":"x"}`, mcp.METHOD_NOT_FOUND, "watches no resources"},
		{"no/such", `{}`, 0, ""}, // mcp-go says so itself
	} {
		code, text := RefuseRequest(test.method, []byte(test.params))
		if code != test.code || (text == "") != (test.says == "") || !strings.Contains(text, test.says) {
			t.Errorf("%s %.80s: %d %q", test.method, test.params, code, text)
		}
	}
}
