package stdio

import (
	"bytes"
	"iter"
	"slices"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/mark3labs/mcp-go/mcp"
)

// A resource may be as large as the largest reply of the API. mcp-go would hold five copies of it at once on its way to
// the wire, so long texts stay behind: a short mark passes through mcp-go in the place of each, and the writer puts the
// text back, piece by piece.

// longText is the length above which a text stays behind, in bytes.
const longText = shrink

// longMark is no text of a resource, and longMarkJSON cannot stand within another JSON string.
const (
	longMark     = "\x00long text"
	longMarkJSON = `"\u0000long text"`
)

// keepLong takes the long texts out of a result. It and the writer's work for the call are on one goroutine.
func (c *call) keepLong(result *mcp.ReadResourceResult) {
	for i, content := range result.Contents {
		text, ok := content.(mcp.TextResourceContents)
		if !ok || len(text.Text) <= longText {
			continue
		}
		if c.long == nil {
			result.Contents = slices.Clone(result.Contents) // the handler may give the same again
		}
		c.long = append(c.long, text.Text)
		text.Text = longMark
		result.Contents[i] = text
	}
}

// withLong yields the parts of a reply with the long texts in their places. A part is valid until the next.
func withLong(reply []byte, long []string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		var quoted []byte
		for _, text := range long {
			before, rest, found := bytes.Cut(reply, []byte(longMarkJSON))
			if !found {
				break
			}
			reply = rest
			if !yield(before) || !yield([]byte(`"`)) {
				return
			}
			for len(text) > 0 {
				end := pieceEnd(text)
				quoted, _ = jsontext.AppendQuote(quoted[:0], text[:end]) // broken UTF-8 is an error, and yet becomes U+FFFD
				if !yield(lineSafe(quoted[1 : len(quoted)-1])) {
					return
				}
				text = text[end:]
			}
			if !yield([]byte(`"`)) {
				return
			}
		}
		yield(reply)
	}
}

// pieceEnd is where a piece of a text ends: between characters.
func pieceEnd(text string) int {
	if len(text) <= longText {
		return len(text)
	}
	end := longText
	for end > longText-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return end
}
