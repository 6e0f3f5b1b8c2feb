package render

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"mcp-taskdetails/internal/rawjson"
)

// listing is JSON laid out in lines, which are numbered from 1.
type listing struct {
	text  []byte
	lines []string
}

// list lays JSON out as `get --detail full` prints it; nil for what is none.
func list(raw []byte) *listing {
	if text, ok := rawjson.Text(raw); ok { // a request that was recorded as JSON in a string
		raw = []byte(text)
	}
	if !rawjson.Valid(raw) {
		return nil
	}
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSpace(raw), "", "  "); err != nil {
		return nil
	}
	return &listing{text: b.Bytes(), lines: strings.Split(b.String(), "\n")}
}

// spot is where a value stands: its line, from 0, and what of that line is the value, or its name and its opening bracket.
type spot struct{ line, start, end int }

// find follows an RFC 6901 pointer.
func (l *listing) find(pointer string) (spot, bool) {
	dec := rawjson.NewDecoder(l.text)
	name := -1
	for _, token := range rawjson.Tokens(pointer) {
		var ok bool
		if name, ok = enter(dec, token); !ok {
			return spot{}, false
		}
	}
	kind := dec.PeekKind()
	value, err := dec.ReadValue()
	if err != nil {
		return spot{}, false
	}
	end := int(dec.InputOffset())
	start := end - len(value)
	if kind == jsontext.KindBeginObject || kind == jsontext.KindBeginArray {
		end = start + 1
		if name >= 0 {
			start = name
		}
	}
	line := bytes.Count(l.text[:start], []byte("\n"))
	begin := bytes.LastIndexByte(l.text[:start], '\n') + 1
	return spot{line: line, start: start - begin, end: end - begin}, true
}

// enter steps into a member or an item, and tells where the name of a member begins, or -1.
func enter(dec *jsontext.Decoder, token string) (name int, ok bool) {
	isObject := dec.PeekKind() == jsontext.KindBeginObject
	if _, err := dec.ReadToken(); err != nil {
		return 0, false
	}
	for i := 0; dec.PeekKind() != jsontext.KindEndObject && dec.PeekKind() != jsontext.KindEndArray; i++ {
		at := -1
		found := strconv.Itoa(i) == token
		if isObject {
			raw, err := dec.ReadValue()
			if err != nil {
				return 0, false
			}
			text, _ := rawjson.Text(raw)
			at, found = int(dec.InputOffset())-len(raw), text == token
		}
		if found {
			return at, true
		}
		if dec.SkipValue() != nil {
			return 0, false
		}
	}
	return 0, false
}
