package excerpt

import (
	"errors"
	"iter"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"mcp-taskdetails/internal/rawjson"
)

// value is an object or an array that was found in a text, as JSON.
type value struct {
	raw        []byte
	cut        bool // the text ends within it: the rest is missing
	begin, end int  // in the text, without the blanks around that
}

// reader looks for values in texts, also those within each other. What it does is bounded over all of them.
type reader struct {
	steps int
}

func newReader(text []byte) *reader { return &reader{steps: min(16*len(text), maxSteps) + 1<<16} }

// maxSteps bounds what is done with a text, in bytes looked at: about a second.
const maxSteps = 64 << 20

// values yields the objects and arrays of a text, those within others left aside. A text that is JSON is its only one.
func (r *reader) values(text string) iter.Seq[value] {
	return func(yield func(value) bool) {
		raw := []byte(strings.TrimSpace(text))
		if rawjson.Valid(raw) {
			yield(value{raw: raw, end: len(raw)})
			return
		}
		text = string(raw)
		for at := 0; at < len(text) && r.steps > 0; {
			open := strings.IndexAny(text[at:], "{[")
			if open < 0 {
				return
			}
			at += open
			v, length := r.valueAt(text[at:], raw[at:])
			v.begin, v.end = at, at+max(length, 1)
			if v.raw != nil && !yield(v) {
				return
			}
			at = v.end
		}
	}
}

// outside is a text without the values in it.
func (r *reader) outside(text string) string {
	text = strings.TrimSpace(text)
	var b strings.Builder
	done := 0
	for v := range r.values(text) {
		b.WriteString(text[done:v.begin])
		done = v.end
	}
	return b.String() + text[min(done, len(text)):]
}

// valueAt reads the value that a text begins with, and tells how much of the text it is. It is plain, or it stands within
// a string, whose escapes then tell how deep: `{\"a\":1}` is one level down.
func (r *reader) valueAt(text string, raw []byte) (v value, length int) {
	levels := escapes(text)
	length = len(text)
	if levels > 0 {
		length = endOfString(text)
		text = text[:length]
		for range levels {
			text = unescape(text)
			r.steps -= len(text)
		}
	} else {
		strict := rawjson.NewDecoder(raw)
		raw, err := strict.ReadValue()
		r.steps -= int(strict.InputOffset())
		if wrong, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
			r.steps -= int(wrong.ByteOffset)
		}
		if err == nil && worthwhile(raw) {
			return value{raw: raw}, len(raw)
		}
		if err == nil {
			return value{}, 1
		}
	}
	l := lax{src: text, steps: &r.steps}
	found, ok := l.value(0, false)
	if !ok || !worthwhile(found) || !rawjson.Valid(found) {
		return value{}, 1
	}
	if levels == 0 {
		length = l.at
	}
	return value{raw: found, cut: l.cut}, length
}

// worthwhile tells a value that says something from the brackets of a log line, such as [main] or [12].
func worthwhile(raw []byte) bool {
	switch rawjson.KindOf(raw) {
	case rawjson.Object:
		return rawjson.Len(raw) > 0
	case rawjson.Array:
		for _, item := range rawjson.Items(raw) {
			kind := rawjson.KindOf(item)
			return kind == rawjson.Object || kind == rawjson.Array
		}
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number, rawjson.String:
	}
	return false
}

// escapes tells how often a value is escaped, by the backslashes before its first quote: 0, 1, 3, 7 and so on.
func escapes(text string) int {
	const near = 64
	head := strings.TrimLeft(text[:min(len(text), near)], "{[ ")
	before := strings.TrimLeft(head, `\`)
	for before != "" && before != head && strings.IndexByte("nrt", before[0]) >= 0 { // indented JSON within a string
		head = strings.TrimLeft(before[1:], "{[ ")
		before = strings.TrimLeft(head, `\`)
	}
	if before == "" || before[0] != '"' {
		return 0
	}
	levels := 0
	for n := len(head) - len(before); n > 0; n /= 2 {
		levels++
	}
	return levels
}

// endOfString is where a text that stands within a string ends: at a quote without a backslash.
func endOfString(text string) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(text)
}

// unescape reads a text as the inside of a string.
func unescape(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for len(text) > 0 {
		plain := strings.IndexByte(text, '\\')
		if plain < 0 {
			plain = len(text)
		}
		b.WriteString(text[:plain])
		if text = text[plain:]; text != "" {
			length, meant := unescaped(text)
			b.WriteString(meant)
			text = text[length:]
		}
	}
	return b.String()
}
