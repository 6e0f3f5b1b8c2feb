// Package wire is MCP as it stands on a line: it reads messages and puts replies together. Ids and params stay the bytes
// that the client wrote, and what is large by nature, the answer of a tool or a resource, is written as it is. It does no
// I/O of its own and knows no session. Start reading at [Parse] and [Message.Reply].
package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/rawjson"

	"github.com/mark3labs/mcp-go/mcp"
)

// idWithin is how much of a line that is too long is searched for its id.
const idWithin = 4 << 10

// Message is one line of input. Its parts are the client's own bytes, but for Method.
type Message struct {
	ID     json.RawMessage // a string or a number; nil for a notification or a response
	Method string          // empty for a response
	Params json.RawMessage // nil if absent
}

// Fault is why a line is no message. It is what the client is told.
type Fault struct {
	ID   json.RawMessage // nil if there is no usable one
	Code int
	Text string
}

// Invalid is the fault of a request that breaks the rules of JSON-RPC or of this transport.
func Invalid(id json.RawMessage, format string, args ...any) *Fault {
	return &Fault{id, mcp.INVALID_REQUEST, "invalid request: " + fmt.Sprintf(format, args...)}
}

// Parse reads one line. It decides with the decoder that mcp-go uses, so that what passes here is never refused there
// without a reply; but names count only as MCP spells them, while that decoder also takes `ID` for `id`.
func Parse(line []byte) (Message, *Fault) {
	if !utf8.Valid(line) {
		return Message{}, &Fault{Code: mcp.PARSE_ERROR, Text: "parse error: the line is not valid UTF-8"}
	}
	var members map[string]json.RawMessage
	if syntax := (*json.SyntaxError)(nil); errors.As(json.Unmarshal(line, &members), &syntax) {
		text := "parse error: the line is not valid JSON"
		if strings.Contains(syntax.Error(), "max depth") {
			text = "parse error: the line is nested more than 10000 levels deep"
		}
		return Message{}, &Fault{Code: mcp.PARSE_ERROR, Text: text}
	}
	if members == nil {
		if rawjson.KindOf(line) == rawjson.Array {
			return Message{}, Invalid(nil, "batches are not supported; send one request a line")
		}
		return Message{}, Invalid(nil, "a line must hold one JSON object")
	}
	return fromMembers(members)
}

// fromMembers reads the members of one object.
func fromMembers(members map[string]json.RawMessage) (Message, *Fault) {
	id, hasID := members["id"]
	if !usableID(id) {
		id = nil
	}
	method, isMethod := rawjson.Text(members["method"])
	version, _ := rawjson.Text(members["jsonrpc"])
	switch {
	case members["method"] == nil && (members["result"] != nil || members["error"] != nil):
		return Message{}, nil
	case version != mcp.JSONRPC_VERSION:
		return Message{}, Invalid(id, "`jsonrpc` must be \"2.0\"")
	case !isMethod:
		return Message{}, Invalid(id, "`method` must be a string")
	case hasID && id == nil:
		return Message{}, Invalid(id, "`id` must be a string or a number")
	default:
		return Message{id, method, members["params"]}, nil
	}
}

// IDOf looks for the id in the beginning of a message.
func IDOf(head []byte) []byte {
	id, _ := rawjson.Member(head[:min(len(head), idWithin)], "id")
	if !usableID(id) {
		return nil
	}
	return id
}

func usableID(id []byte) bool {
	kind := rawjson.KindOf(id)
	return (kind == rawjson.String || kind == rawjson.Number) && utf8.Valid(id) && json.Valid(id)
}

// Key is equal for equal ids, and differs for 1 and "1". Numbers are compared as written.
func Key(id json.RawMessage) string {
	if text, ok := rawjson.Text(id); ok {
		return `"` + text
	}
	return string(id)
}

// Line renders the message for mcp-go, with number in place of the id.
func (m Message) Line(number int64) []byte {
	b := []byte(`{"jsonrpc":"2.0"`)
	if m.ID != nil {
		b = strconv.AppendInt(append(b, `,"id":`...), number, 10)
	}
	b = append(append(b, `,"method":`...), rawjson.Quote(m.Method)...)
	if m.Params != nil {
		b = append(append(b, `,"params":`...), m.Params...)
	}
	return append(b, '}')
}
