package excerpt

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Found is what a text holds of a failure.
type Found struct {
	// Response is a response that [envelope.Decode] reads: verbatim where the text has it as JSON, and else made of what
	// the text says.
	Response json.RawMessage
	// Request and TaskUUID stand beside the response where the text is a record of both: an answer to getTaskDetails, a
	// report of ours.
	Request  json.RawMessage
	TaskUUID string
	Cut      bool // the text ends within the response
}

// sureness is how surely something is an error of Runware's, or a response at all.
type sureness int

const (
	nothing   sureness = iota
	words              // a message and no more, as any program has it
	response           // results of Runware's, and no error
	coded              // a code beside a message, as any program has it
	addressed          // with what Runware's errors have besides
	known              // a code of Runware's
)

// Error finds the error in a text; false where there is none. Of several it takes all that are equally sure.
func Error(text []byte) (Found, bool) {
	s := &search{reader: newReader(text)}
	s.text(string(text), 0)
	if s.best <= words {
		if made, ok := s.words(string(text)); ok {
			return Found{Response: made}, true
		}
	}
	if s.best == nothing {
		return Found{}, false
	}
	found := s.record
	found.Response, found.Cut = s.joined(), s.cut
	return found, true
}

// words reads what the text says in words, or its best object does; ok is false where that object says it best.
func (s *search) words(text string) (made []byte, ok bool) {
	if s.best == nothing {
		return fromWords(text, s.reader)
	}
	if made, ok := fromMessage(s.found[0], s.reader); ok {
		return made, true
	}
	made, ok = fromWords(text, s.reader)
	code, _ := rawjson.Resolve(made, "/errors/0/code")
	return made, ok && code != nil
}

// search looks for the surest response in what a text holds.
type search struct {
	*reader
	best   sureness
	found  [][]byte // equally sure
	cut    bool
	nodes  int   // looked at
	record Found // request and id beside the best
}

// What is looked through of a document: one of a host or a log has some hundred values, some levels deep.
const (
	maxNodes = 100_000
	maxFound = 100
	maxTexts = 4 // texts within each other
)

// text looks through the values of a text.
func (s *search) text(text string, depth int) {
	for v := range s.values(text) {
		before := len(s.found)
		best := s.best
		s.node(v.raw, depth, 0)
		if s.best > best || len(s.found) > before {
			s.cut = v.cut
		}
	}
}

// node looks at a value, and within it where it is no response of Runware's for sure.
func (s *search) node(raw []byte, texts, depth int) {
	if s.nodes++; s.nodes > maxNodes || depth > maxDepth || s.steps < 0 {
		return
	}
	s.steps -= len(raw) / 8
	switch rawjson.KindOf(raw) {
	case rawjson.Object:
		if s.recorded(raw, texts, depth) || s.take(raw, surenessOf(raw)) {
			return
		}
		for _, value := range rawjson.Members(raw) {
			s.node(value, texts, depth+1)
		}
	case rawjson.Array:
		if s.take(raw, surenessOf(raw)) {
			return
		}
		for _, value := range rawjson.Items(raw) {
			s.node(value, texts, depth+1)
		}
	case rawjson.String:
		if texts < maxTexts && bytes.ContainsAny(raw, "{[") {
			inner, _ := rawjson.Text(raw)
			s.text(inner, texts+1)
		}
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number:
	}
}

// recorded reads a record of a task: its response is looked through with its request at hand.
func (s *search) recorded(raw []byte, texts, depth int) bool {
	request, hasRequest := rawjson.Member(raw, "request")
	answer, hasResponse := rawjson.Member(raw, "response")
	if !hasRequest || !hasResponse || rawjson.Len(request) == 0 {
		return false
	}
	before := s.best
	s.node(answer, texts, depth+1)
	if s.best > before {
		id, _ := rawjson.Member(raw, "taskUUID")
		s.record = Found{Request: request}
		s.record.TaskUUID, _ = rawjson.Text(id)
	}
	return true
}

// take keeps what is as sure as the best so far, and drops what is less. It tells whether there is no need to look within.
func (s *search) take(raw []byte, sure sureness) bool {
	switch {
	case sure == nothing || sure < s.best:
	case sure > s.best:
		s.best, s.found, s.record = sure, [][]byte{raw}, Found{}
	case len(s.found) < maxFound && sure > words:
		s.found = append(s.found, raw)
	}
	return sure >= addressed || sure == response // what a result holds is no error of its task
}

// surenessOf judges a value by the surest error that it holds as a response.
func surenessOf(raw []byte) sureness {
	parts := envelope.Decode(enveloped(raw))
	sure := nothing
	for _, e := range parts.Errors {
		sure = max(sure, surenessOfError(e))
	}
	if sure == nothing && len(parts.Data) > 0 && isResponse(raw) {
		return response
	}
	return sure
}

func surenessOfError(e schema.APIError) sureness {
	row := codes.For(e.Code)
	switch {
	case row.Code != "" && !row.Family && strings.EqualFold(row.Code, e.Code) && isCamel(e.Code):
		return known
	case e.Code != "" && (e.TaskUUID != "" || e.TaskType != "" || len(e.Parameters) > 0) || e.ErrorID != "":
		return addressed
	case e.TaskUUID != "", row.Code != "" && isCamel(e.Code):
		return addressed
	case e.Code != "" && e.Message != "":
		return coded
	case e.Message != "" || e.Code != "":
		return words
	}
	return nothing
}

// isCamel tells Runware's codes from words of any program: camelCase, more than one word.
func isCamel(code string) bool {
	return parameter.Valid(code) && code[0] >= 'a' && code[0] <= 'z' && strings.ToLower(code) != code && !strings.ContainsAny(code, "_-. /")
}

// isResponse tells an envelope with results of Runware's.
func isResponse(raw []byte) bool {
	data, _ := rawjson.Member(raw, "data")
	isList := rawjson.KindOf(raw) == rawjson.Array
	if isList {
		data = raw
	}
	if rawjson.KindOf(data) == rawjson.Object { // as old documentation prints it
		data = slices.Concat([]byte{'['}, data, []byte{']'})
	}
	for _, item := range rawjson.Items(data) {
		_, typed := rawjson.Member(item, "taskType")
		_, id := rawjson.Member(item, "taskUUID")
		_, record := rawjson.Member(item, "response")
		return typed && id && !record && (!isList || !isTask(item))
	}
	return false
}

// enveloped makes a response of an error that stands alone with half of what errors have.
func enveloped(raw []byte) []byte {
	if rawjson.KindOf(raw) != rawjson.Object {
		return raw
	}
	var code, other bool
	for name, value := range rawjson.Members(raw) {
		switch name {
		case "code", "errorCode":
			text, ok := rawjson.Text(value)
			code = ok && codes.For(text).Code != ""
		case "data", "errors", "error", "message", "errorMessage":
			other = true
		}
	}
	if !code || other {
		return raw
	}
	return []byte(`{"errors":[` + string(raw) + `]}`)
}

// joined is what was found as one response.
func (s *search) joined() []byte {
	if len(s.found) == 1 {
		return enveloped(s.found[0])
	}
	var all [][]byte
	for _, one := range s.found {
		if rawjson.KindOf(one) == rawjson.Array {
			for _, item := range rawjson.Items(one) {
				all = append(all, item)
			}
			continue
		}
		all = append(all, enveloped(one))
	}
	return append(append([]byte{'['}, bytes.Join(all, []byte{','})...), ']')
}
