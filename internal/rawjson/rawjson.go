// Package rawjson reads JSON without decoding it: values stay the bytes they came as, so that digits, key order
// and unknown fields survive, and nothing is copied. It knows JSON and nothing of Runware.
//
// Every function takes any bytes at all. Bytes that are not JSON read as an absent value; where a document breaks
// off, iteration stops there. Yielded slices alias the input and must not be written to.
package rawjson

import (
	"bytes"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"

	"github.com/go-json-experiment/json/jsontext"
)

// options under which recorded data is read: Runware's archive is not ours to judge, so duplicate names and broken
// UTF-8 are let through as they are.
//
//nolint:gochecknoglobals // immutable
var options = []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}

// NewDecoder returns a token reader over raw that does not copy it.
func NewDecoder(raw []byte) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewBuffer(raw), options...)
}

// Valid reports whether raw is exactly one JSON value. It is what client checks once, before anybody else reads.
func Valid(raw []byte) bool { return jsontext.Value(raw).IsValid(options...) }

// reader is a decoder that the iterators use again: a diagnosis walks dozens of small values.
type reader struct {
	*jsontext.Decoder
	input bytes.Buffer
}

//nolint:gochecknoglobals // a pool is shared by nature
var readers = sync.Pool{New: func() any { return &reader{Decoder: new(jsontext.Decoder)} }}

func acquire(raw []byte) *reader {
	r, _ := readers.Get().(*reader)
	r.input = *bytes.NewBuffer(raw)
	r.Reset(&r.input, options...)
	return r
}

func (r *reader) release() {
	r.input = bytes.Buffer{}
	r.Reset(&r.input, options...) // let go of the input
	readers.Put(r)
}

// Kind is the first byte of a JSON value, with every number normalised to '0': one of `{ [ " 0 t f n`, or 0 when
// raw holds no value.
type Kind byte

// The kinds of a JSON value. None is what bytes without a value have.
const (
	None   Kind = 0
	Object Kind = '{'
	Array  Kind = '['
	String Kind = '"'
	Number Kind = '0'
	True   Kind = 't'
	False  Kind = 'f'
	Null   Kind = 'n'
)

// KindOf tells what raw begins with.
func KindOf(raw []byte) Kind {
	raw = bytes.TrimLeft(raw, " \t\r\n")
	if len(raw) == 0 {
		return None
	}
	switch c := raw[0]; c {
	case '{', '[', '"', 't', 'f', 'n':
		return Kind(c)
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return Number
	default:
		return None
	}
}

// IsEmpty tells {}, [], "" and null, which hold nothing.
func IsEmpty(raw []byte) bool {
	switch string(raw) {
	case "{}", "[]", `""`, "null":
		return true
	}
	return false
}

// Members yields the members of an object in their order, and nothing for any other value.
func Members(raw []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for quoted, value := range named(raw) {
			if name, ok := Text(quoted); !ok || !yield(name, value) {
				return
			}
		}
	}
}

// named yields the members of an object with each name as it stands, and checks what it reads unless it is large.
func named(raw []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(name, value []byte) bool) { members(raw, yield) }
}

// members is apart so that named is inlined and costs a caller no allocation.
func members(raw []byte, yield func(name, value []byte) bool) {
	if KindOf(raw) != Object {
		return
	}
	if len(raw) >= large {
		walk(raw, yield)
		return
	}
	dec := acquire(raw)
	defer dec.release()
	if _, err := dec.ReadToken(); err != nil {
		return
	}
	for dec.PeekKind() == '"' {
		name, ok := next(dec, raw)
		if !ok {
			return
		}
		value, ok := next(dec, raw)
		if !ok || !yield(name, value) {
			return
		}
	}
}

// Fields yields the members of an object like [Members], with each name as it stands, quotes included: nothing is copied
// and nothing is checked, for whoever looks at millions of small objects and keeps hardly any.
func Fields(raw []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(name, value []byte) bool) {
		if KindOf(raw) == Object {
			walk(raw, yield)
		}
	}
}

// Items yields the items of an array in their order, and nothing for any other value.
func Items(raw []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) { items(raw, yield) }
}

// items is apart so that Items is inlined and costs a caller no allocation.
func items(raw []byte, yield func(int, []byte) bool) {
	if KindOf(raw) != Array {
		return
	}
	if len(raw) >= large {
		i := 0
		for _, value := range scan(raw) {
			if !yield(i, value) {
				return
			}
			i++
		}
		return
	}
	dec := acquire(raw)
	defer dec.release()
	if _, err := dec.ReadToken(); err != nil {
		return
	}
	for i := 0; dec.PeekKind() != ']'; i++ {
		value, ok := next(dec, raw)
		if !ok || !yield(i, value) {
			return
		}
	}
}

// next reads one value and returns it as a part of raw, which outlives the decoder's own buffer.
func next(dec *reader, raw []byte) ([]byte, bool) {
	kind := dec.PeekKind()
	if kind == 0 || kind == ']' || kind == '}' {
		return nil, false
	}
	value, err := dec.ReadValue()
	if err != nil {
		return nil, false
	}
	end := int(dec.InputOffset())
	return raw[end-len(value) : end : end], true
}

// Len counts the members of an object or the items of an array; anything else has none.
func Len(raw []byte) int {
	n := 0
	for range Items(raw) {
		n++
	}
	for range Members(raw) {
		n++
	}
	return n
}

// Member returns the value of one name of an object; with duplicates, the last, as decoders have it.
func Member(raw []byte, name string) (value []byte, ok bool) {
	for quoted, v := range named(raw) {
		if Is(quoted, name) {
			value, ok = v, true
		}
	}
	return value, ok
}

// Is tells whether a JSON string is this text. No copy is made of it.
func Is(quoted []byte, text string) bool {
	if inner := bare(quoted); inner != nil && utf8.Valid(inner) {
		return string(inner) == text
	}
	own, ok := Text(quoted)
	return ok && own == text
}

// Text returns the value of a JSON string, and false for anything else. A large one may share the memory of raw.
func Text(raw []byte) (string, bool) {
	if KindOf(raw) != String {
		return "", false
	}
	raw = bytes.TrimSpace(raw)
	if inner := bare(raw); inner != nil && utf8.Valid(inner) {
		return view(inner), true
	}
	text, err := jsontext.AppendUnquote(make([]byte, 0, len(raw)), raw)
	if err != nil && len(text) == 0 {
		return "", false
	}
	return strings.ToValidUTF8(view(text), "\uFFFD"), true
}

// Count returns how many characters a long JSON string stands for and the first bytes of its text, without decoding it; ok
// is false for what has to be decoded to be counted: a short string, broken UTF-8, characters in two escapes.
func Count(raw []byte) (characters int, head string, ok bool) {
	const enough = 1 << 10
	raw = bytes.TrimSpace(raw)
	if len(raw) < large || raw[0] != '"' || raw[len(raw)-1] != '"' || !utf8.Valid(raw) {
		return 0, "", false
	}
	raw = raw[1 : len(raw)-1]
	for _, c := range raw { // utf8.RuneCount makes a copy
		if utf8.RuneStart(c) {
			characters++
		}
	}
	first := min(enough, len(raw))
	for i := 0; ; {
		at := bytes.IndexByte(raw[i:], '\\')
		if at < 0 {
			break
		}
		at += i
		long := at+6 <= len(raw) && raw[at+1] == 'u'
		if at+2 > len(raw) || long && raw[at+2]|0x20 == 'd' {
			return 0, "", false
		}
		characters--
		i = at + 2
		if long {
			characters, i = characters-4, at+6
		}
		if at < first && i > first {
			first = at
		}
	}
	head, ok = Text(slices.Concat([]byte{'"'}, raw[:first], []byte{'"'}))
	return characters, head, ok
}

// view is a text as a string. A large one is not copied: it shares the bytes, which nobody writes to any more. Where they
// are the input, whoever looks at an image of many megabytes holds that anyway.
func view(text []byte) string {
	if len(text) < large {
		return string(text)
	}
	return unsafe.String(unsafe.SliceData(text), len(text)) //nolint:gosec // yielded slices are never written to
}

// bare is what stands between the quotes of a string without escapes or control characters, which is its value; nil for
// any other.
func bare(raw []byte) []byte {
	last := len(raw) - 1
	if last < 1 || raw[0] != '"' || raw[last] != '"' {
		return nil
	}
	for _, c := range raw[1:last] {
		if c == '\\' || c == '"' || c < ' ' {
			return nil
		}
	}
	return raw[1:last]
}

// Quote returns s as a JSON string, without HTML escapes; broken UTF-8 becomes U+FFFD.
func Quote(s string) []byte {
	quoted, err := jsontext.AppendQuote(nil, strings.ToValidUTF8(s, "\uFFFD"))
	if err != nil {
		return []byte(`""`)
	}
	return quoted
}

// Resolve follows an RFC 6901 pointer.
func Resolve(raw []byte, pointer string) ([]byte, bool) {
	if pointer == "" {
		return raw, KindOf(raw) != None
	}
	if pointer[0] != '/' {
		return nil, false
	}
	for part := range strings.SplitSeq(pointer[1:], "/") {
		var ok bool
		if KindOf(raw) == Array {
			raw, ok = item(raw, part)
		} else {
			raw, ok = Member(raw, Unescape(part))
		}
		if !ok {
			return nil, false
		}
	}
	return raw, true
}

func item(raw []byte, index string) ([]byte, bool) {
	want, err := strconv.Atoi(index)
	if err != nil || strconv.Itoa(want) != index {
		return nil, false
	}
	for i, v := range Items(raw) {
		if i == want {
			return v, true
		}
	}
	return nil, false
}

var (
	escape   = strings.NewReplacer("~", "~0", "/", "~1") //nolint:gochecknoglobals // immutable table of RFC 6901 §3
	unescape = strings.NewReplacer("~1", "/", "~0", "~") //nolint:gochecknoglobals // immutable table of RFC 6901 §4
)

// Unescape returns the name that a reference token of an RFC 6901 pointer stands for.
func Unescape(token string) string {
	if !strings.Contains(token, "~") {
		return token // a replacer would copy it
	}
	return unescape.Replace(token)
}

// Tokens returns the unescaped reference tokens of an RFC 6901 pointer, none for the whole document.
func Tokens(pointer string) []string {
	if pointer == "" {
		return nil
	}
	tokens := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, token := range tokens {
		tokens[i] = Unescape(token)
	}
	return tokens
}

// PointerOf returns the RFC 6901 pointer of unescaped reference tokens.
func PointerOf(tokens []string) string {
	var b strings.Builder
	size := len(tokens)
	for _, token := range tokens {
		size += len(token)
	}
	b.Grow(size)
	for _, token := range tokens {
		b.WriteByte('/')
		b.WriteString(escape.Replace(token))
	}
	return b.String()
}

// Pointer appends members and indices (string or int) to an RFC 6901 pointer.
func Pointer(base string, parts ...any) string {
	var b strings.Builder
	b.WriteString(base)
	for _, part := range parts {
		b.WriteByte('/')
		switch p := part.(type) {
		case int:
			b.WriteString(strconv.Itoa(p))
		case string:
			b.WriteString(escape.Replace(p))
		}
	}
	return b.String()
}
