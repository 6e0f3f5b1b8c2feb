package stdio

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mark3labs/mcp-go/mcp"
)

// Long texts take another way than the rest of a reply, and arrive in their places.
func TestLongTexts(t *testing.T) {
	texts := []string{
		"short, with \"" + longMark + "\" and " + longMarkJSON,
		strings.Repeat("a", longText),
		strings.Repeat("b", longText+1),
		"x" + strings.Repeat("\U0001f6f6", longText), // no piece ends where a character does
		strings.Repeat(longMarkJSON+"\\ \" \n\u2028<&>", longText/8),
		"short again",
		strings.Repeat("broken \xff", longText),
	}
	var result mcp.ReadResourceResult
	for i, text := range texts {
		result.Contents = append(result.Contents, mcp.TextResourceContents{URI: strings.Repeat("u", i), Text: text})
		result.Contents = append(result.Contents, mcp.BlobResourceContents{Blob: strings.Repeat("QUJD", longText)})
	}
	c, given := &call{}, result.Contents
	c.keepLong(&result)
	if text, _ := given[4].(mcp.TextResourceContents); len(c.long) != 4 || text.Text != texts[2] {
		t.Errorf("%d texts are long, not 4; or what the handler gave was changed", len(c.long))
	}
	reply, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	var whole []byte
	for part := range withLong(reply, c.long) {
		whole = append(whole, part...)
	}
	var got struct {
		Contents []struct {
			URI  string  `json:"uri"`
			Text *string `json:"text"`
		} `json:"contents"`
	}
	if err := json.Unmarshal(whole, &got); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(string(whole), "\n\u2028\u2029") {
		t.Error("some clients end a line within the reply")
	}
	for i, want := range texts {
		if diff := cmp.Diff(strings.ToValidUTF8(want, "\ufffd"), *got.Contents[2*i].Text); diff != "" || got.Contents[2*i].URI != strings.Repeat("u", i) {
			t.Errorf("text %d (-want +got):\n%.300s", i, diff)
		}
		if got.Contents[2*i+1].Text != nil {
			t.Errorf("what follows text %d has become a text", i)
		}
	}
}
