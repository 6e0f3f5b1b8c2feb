package wire

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/mcp"
)

// Texts of any length and content arrive in their places, as one line, whether one alone or several with others between.
func TestLongTexts(t *testing.T) {
	texts := []string{
		"short, with \"text\":\"\"}]}",
		"",
		strings.Repeat("a", piece),
		strings.Repeat("b", piece+1),
		"x" + strings.Repeat("\U0001f6f6", piece), // no piece ends where a character does
		strings.Repeat(`""}]}`+"\\ \" \n\u2028<&>", piece/8),
		"short again",
		strings.Repeat("broken \xff", piece),
		strings.Repeat("\xbf", 3*piece),
	}
	var several mcp.ReadResourceResult
	for i, text := range texts {
		content := mcp.TextResourceContents{URI: strings.Repeat("u", i), MIMEType: "text/plain", Text: text}
		arrived(t, mcp.ReadResourceResult{Contents: []mcp.ResourceContents{content}})
		several.Contents = append(several.Contents, content)
		several.Contents = append(several.Contents, mcp.BlobResourceContents{Blob: strings.Repeat("QUJD", piece)})
	}
	arrived(t, several)
	arrived(t, mcp.ReadResourceResult{Contents: []mcp.ResourceContents{}})
	several.Contents = several.Contents[:1]
	several.SetCacheHints(0, mcp.CacheScopePrivate)
	several.EnsureResultMeta().SetMetaField("a", "<b>")
	arrived(t, several)
}

// arrived compares a result with what encoding/json makes of it.
func arrived(t *testing.T, result mcp.ReadResourceResult) {
	t.Helper()
	before := slices.Clone(result.Contents)
	got := written(Message{ID: json.RawMessage(`"x"`)}.Reply(mcp.NewJSONRPCResultResponse(mcp.NewRequestId(1), result)))
	if diff := cmp.Diff(before, result.Contents); diff != "" {
		t.Errorf("what the handler gave was changed: %.300s", diff)
	}
	if strings.ContainsAny(strings.TrimSuffix(got, "\n"), "\r\n\u2028\u2029") {
		t.Error("some clients end a line within the reply")
	}
	want, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(decoded(t, `{"jsonrpc":"2.0","id":"x","result":`+string(want)+`}`), decoded(t, got)); diff != "" {
		t.Errorf("reply (-want +got):\n%.300s", diff)
	}
}

func decoded(t *testing.T, raw string) (value any) {
	t.Helper()
	if err := json.Unmarshal([]byte(raw), &value); err != nil {
		t.Fatalf("%v: %.300s", err, raw)
	}
	return value
}
