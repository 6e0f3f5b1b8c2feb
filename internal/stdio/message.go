package stdio

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"mcp-taskdetails/internal/rawjson"
)

// JSON-RPC 2.0 §5.1.
const (
	codeParse    = -32700
	codeInvalid  = -32600
	codeInternal = -32603
)

// The methods that this package itself has to know.
const (
	methodInitialize   = "initialize"
	methodCancelled    = "notifications/cancelled"
	methodListen       = "subscriptions/listen"
	methodProgress     = "notifications/progress"
	methodAcknowledged = "notifications/subscriptions/acknowledged"
)

// message is one line of input. Its parts are the client's own bytes.
type message struct {
	id     json.RawMessage // a string or a number; nil for a notification or a response
	method json.RawMessage // a string; nil for a response
	params json.RawMessage // nil if absent
}

// fault is why a line is no message. It is what the client is told.
type fault struct {
	id   json.RawMessage // the line's id, if it has a usable one
	code int
	text string
}

func (f *fault) Error() string { return f.text }

// parse reads one line. It decides with the decoder that mcp-go uses, so that what passes here is never refused there
// without a reply; but names count only as MCP spells them, while that decoder also takes `ID` for `id`.
func parse(line []byte) (message, error) {
	if !utf8.Valid(line) {
		return message{}, &fault{code: codeParse, text: "parse error: the line is not valid UTF-8"}
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(line, &members); err != nil {
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			return message{}, &fault{code: codeParse, text: "parse error: the line is not valid JSON"}
		}
	}
	if members == nil {
		text := "invalid request: a line must hold one JSON object"
		if rawjson.KindOf(line) == rawjson.Array {
			text = "invalid request: batches are not supported; send one request a line"
		}
		return message{}, &fault{code: codeInvalid, text: text}
	}
	return fromMembers(members)
}

// fromMembers reads the members of one object.
func fromMembers(members map[string]json.RawMessage) (message, error) {
	m := message{method: members["method"], params: members["params"]}
	id, hasID := members["id"]
	if hasID && usableID(id) {
		m.id = id
	}
	invalid := func(text string) (message, error) {
		return message{}, &fault{id: m.id, code: codeInvalid, text: "invalid request: " + text}
	}
	version, _ := rawjson.Text(members["jsonrpc"])
	switch {
	case m.method == nil && (members["result"] != nil || members["error"] != nil):
		return message{}, nil
	case version != "2.0":
		return invalid("`jsonrpc` must be \"2.0\"")
	case rawjson.KindOf(m.method) != rawjson.String:
		return invalid("`method` must be a string")
	case hasID && m.id == nil:
		return invalid("`id` must be a string or a number")
	}
	return m, nil
}

func usableID(id []byte) bool {
	kind := rawjson.KindOf(id)
	return (kind == rawjson.String || kind == rawjson.Number) && utf8.Valid(id) && json.Valid(id)
}

// idKey is equal for equal ids, and differs for 1 and "1". Numbers are compared as written.
func idKey(id json.RawMessage) string {
	if text, ok := rawjson.Text(id); ok {
		return `"` + text
	}
	return string(id)
}

// line renders the message for mcp-go, with number in place of the id.
func (m message) line(number int64) []byte {
	b := []byte(`{"jsonrpc":"2.0"`)
	if m.id != nil {
		b = strconv.AppendInt(append(b, `,"id":`...), number, 10)
	}
	b = append(append(b, `,"method":`...), m.method...)
	if m.params != nil {
		b = append(append(b, `,"params":`...), m.params...)
	}
	return append(b, '}', '\n')
}

// cancelLine tells mcp-go to cancel the context of a call.
func cancelLine(number int64) []byte {
	return fmt.Appendf(nil, `{"jsonrpc":"2.0","method":%q,"params":{"requestId":%d}}`+"\n", methodCancelled, number)
}

// faultLine is an error reply; a nil id becomes null.
func faultLine(id json.RawMessage, code int, text string) []byte {
	if id == nil {
		id = json.RawMessage("null")
	}
	return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%s,"error":{"code":%d,"message":%s}}`+"\n", id, code, rawjson.Quote(text))
}
