package stdio

import (
	"bytes"
	"slices"

	"mcp-taskdetails/internal/rawjson"

	"github.com/mark3labs/mcp-go/mcp"
)

// What a tool answers is JSON already, and twice: as structured content and as the text of it. mcp-go would pass over
// both five times on their way to the wire (two encoders, one within the other, and compaction after each), which for an
// ordinary answer takes longer than all the rest of the protocol. So an answer stays behind as long texts do: mcp-go
// carries an empty one, and the writer fills it.

// answer is what the result of a tool call holds.
type answer struct {
	text       string
	structured []byte // nil if there is none
}

// emptyContent is what mcp-go writes for a result that was emptied.
const emptyContent = `"content":[]`

// keepAnswer empties a result of the one form that tools here give: one plain text, with or without structured content
// that is surely JSON on one line. Any other goes through mcp-go as it is.
func (c *call) keepAnswer(result *mcp.CallToolResult) {
	if len(result.Content) != 1 || result.StructuredContent != nil {
		return
	}
	text, ok := result.Content[0].(mcp.TextContent)
	if !ok || text.Type != mcp.ContentTypeText || text.Meta != nil || text.Annotations != nil {
		return
	}
	structured := result.RawStructuredContent
	if len(structured) > 0 && (bytes.IndexByte(structured, '\n') >= 0 || !rawjson.Valid(structured)) {
		return
	}
	c.answer = &answer{text.Text, structured}
	result.Content, result.RawStructuredContent = nil, nil
}

// fill returns the reply with the answer in it, in the order that mcp-go writes; ok is false if there is no place for it.
func (a *answer) fill(reply []byte) (filled []byte, ok bool) {
	before, after, ok := bytes.Cut(reply, []byte(emptyContent))
	end := bytes.LastIndex(after, []byte("}}")) // of the result and of the message
	if !ok || end < 0 {
		return nil, false
	}
	text := rawjson.Quote(a.text)
	filled = slices.Grow(filled, len(reply)+len(text)+len(a.structured)+128)
	filled = append(append(filled, before...), `"content":[{"type":"text","text":`...)
	filled = append(append(append(filled, text...), `}]`...), after[:end]...)
	if len(a.structured) > 0 {
		filled = append(append(filled, `,"structuredContent":`...), a.structured...)
	}
	return lineSafe(append(filled, after[end:]...)), true
}

// lineSafe escapes the two characters that JSON lets stand in strings, and at which some clients end a line: Node's
// readline does.
func lineSafe(reply []byte) []byte {
	if !bytes.Contains(reply, []byte("\u2028")) && !bytes.Contains(reply, []byte("\u2029")) {
		return reply
	}
	reply = bytes.ReplaceAll(reply, []byte("\u2028"), []byte(`\u2028`))
	return bytes.ReplaceAll(reply, []byte("\u2029"), []byte(`\u2029`))
}
