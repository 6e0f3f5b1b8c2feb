package wire

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/mcp"
)

// written is a line as it leaves.
func written(l Line) string {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	l.Put(w)
	_ = w.Flush()
	return b.String()
}

// An answer that is put together here reads as if mcp-go had written it, in both revisions of the protocol and as an error.
func TestAnswersArePutTogether(t *testing.T) {
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
			if _, ok := onlyText(&result); !ok {
				t.Fatal("it is left to mcp-go")
			}
			got := written(Message{ID: json.RawMessage("1")}.Reply(mcp.NewJSONRPCResultResponse(mcp.NewRequestId(1), &result)))
			if strings.ContainsAny(strings.TrimSpace(got), "\n\u2028\u2029") {
				t.Fatalf("a line end in %s", got)
			}
			want = unescapeHTML(slices.Concat([]byte(`{"jsonrpc":"2.0","id":1,"result":`), want, []byte("}\n")))
			if diff := cmp.Diff(string(want), got); diff != "" {
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
		if _, ok := onlyText(&result); ok {
			t.Errorf("%s: put together", name)
		}
		want, wantErr := json.Marshal(result)
		got, err := encode(&result)
		if (wantErr == nil) != (err == nil) || err == nil && strings.TrimSpace(written(got)) != string(want) {
			t.Errorf("%s: %v, %s, not %s", name, err, written(got), want)
		}
	}
}
