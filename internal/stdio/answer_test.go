package stdio

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/mcp"
)

// An answer that stays behind reads as if mcp-go had written it, in both revisions of the protocol and as an error.
func TestAnswersStayBehind(t *testing.T) {
	const structured = `{"seed":9223372036854775807,"text":"<&> \"content\":[] é` + "\u2028\u2029" + `"}`
	for name, result := range map[string]mcp.CallToolResult{
		"text alone": {Content: []mcp.Content{mcp.TextContent{Type: "text", Text: "\"content\":[] <&>\n\x00é\u2028"}}},
		"both":       {Content: []mcp.Content{mcp.TextContent{Type: "text", Text: structured}}, RawStructuredContent: json.RawMessage(structured)},
		"error": {
			Result:  mcp.Result{ResultType: mcp.ResultTypeComplete, Meta: &mcp.Meta{AdditionalFields: map[string]any{"a": []any{}}}},
			Content: []mcp.Content{mcp.TextContent{Type: "text", Text: "no"}}, IsError: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			want, err := json.Marshal(result)
			if err != nil {
				t.Fatal(err)
			}
			c := &call{}
			c.keepAnswer(&result)
			if c.answer == nil || result.Content != nil || result.RawStructuredContent != nil {
				t.Fatal("it goes through mcp-go")
			}
			emptied, err := json.Marshal(result)
			if err != nil {
				t.Fatal(err)
			}
			got, ok := c.answer.fill(slices.Concat([]byte(`{"result":`), emptied, []byte("}\n")))
			if !ok || bytes.ContainsAny(bytes.TrimSpace(got), "\n\u2028\u2029") {
				t.Fatalf("no place for it in %s, or a line end in %s", emptied, got)
			}
			want = unescapeHTML(slices.Concat([]byte(`{"result":`), want, []byte("}\n")))
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("reply (-want +got):\n%s", diff)
			}
		})
	}
}

// unescapeHTML undoes what encoding/json does for pages of HTML, which no host makes of a reply before it has read it.
func unescapeHTML(reply []byte) []byte {
	return []byte(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(reply)))
}

// Whatever is not of that form is left to mcp-go, which knows more forms.
func TestOtherAnswersDoNot(t *testing.T) {
	text := mcp.TextContent{Type: "text", Text: "x"}
	noted := text
	noted.Annotations = &mcp.Annotations{}
	for name, result := range map[string]mcp.CallToolResult{
		"nothing":       {},
		"two blocks":    {Content: []mcp.Content{text, text}},
		"an image":      {Content: []mcp.Content{mcp.ImageContent{Type: "image", Data: "QUJD", MIMEType: "image/png"}}},
		"annotations":   {Content: []mcp.Content{noted}},
		"a Go value":    {Content: []mcp.Content{text}, StructuredContent: errors.New("x")},
		"broken JSON":   {Content: []mcp.Content{text}, RawStructuredContent: json.RawMessage(`{"a":`)},
		"several lines": {Content: []mcp.Content{text}, RawStructuredContent: json.RawMessage("{\n}")},
	} {
		c, content := &call{}, len(result.Content)
		if c.keepAnswer(&result); c.answer != nil || len(result.Content) != content {
			t.Errorf("%s: kept", name)
		}
	}
}
