package present

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// redacted stands where a secret stood.
const redacted = "[redacted]"

// minKey is the length below which a configured key is not looked for: it would tear up ordinary words.
const minKey = 6

// masker finds secrets in text: the keys it was given, in several spellings, and whatever has a credential's shape or
// stands where one stands. A detector with a large rule set (gitleaks and its like) does not fit: hundreds of regular
// expressions cost more at start than this whole program, and none of them knows of keys, JSON or percent escapes.
type masker struct {
	keys     []needle // this server's own, looked for in any spelling
	recorded [][]byte // those that the task data hold, bounded in number
	depth    int      // how many times over the text is JSON in a string
}

// needle is one key and the base64 of it at each of the three alignments.
type needle struct {
	key     []byte
	encoded [3][]byte
}

// span is a half-open range of bytes.
type span struct{ start, end int }

func newMasker(secrets []schema.Secret) masker {
	var m masker
	for _, s := range secrets {
		m = m.with([]byte(s.Reveal()))
	}
	return m
}

// with returns a masker that looks for one more key.
func (m masker) with(key []byte) masker {
	if len(key) < minKey || slices.ContainsFunc(m.keys, func(n needle) bool { return bytes.Equal(n.key, key) }) {
		return m
	}
	n := needle{key: key}
	for shift := range n.encoded {
		text := append(make([]byte, shift), key...)
		whole := base64.RawStdEncoding.EncodeToString(text)
		// The characters at both ends also hold bits of the neighbours.
		first, last := (shift*8+5)/6, len(text)*8/6
		n.encoded[shift] = []byte(whole[first:last])
	}
	m.keys = append(slices.Clip(m.keys), n)
	return m
}

// mask returns the text with its secrets replaced, and whether there were any.
func (m masker) mask(text []byte, where endpoint) ([]byte, bool) {
	text, inner := m.nested(text)
	spans := m.spans(text, where)
	if len(spans) == 0 {
		return text, inner
	}
	out := make([]byte, 0, len(text))
	done := 0
	for _, s := range spans {
		out = append(append(out, text[done:s.start]...), redacted...)
		done = s.end
	}
	return append(out, text[done:]...), true
}

// nested masks a text that is JSON itself in the same walk as a document.
func (m masker) nested(text []byte) ([]byte, bool) {
	if m.depth == deepest || !isNested(text) {
		return text, false
	}
	m.depth++
	w := walk{masker: m, src: text}
	shown := w.run(place{}, whole)
	return shown, w.done > 0
}

func isNested(text []byte) bool {
	i := space(text, 0)
	return i < len(text) && strings.IndexByte(`{["`, text[i]) >= 0 && rawjson.Valid(text)
}

// spans returns where the secrets of a text are, in order and without overlaps. A text that was masked before has none.
func (m masker) spans(text []byte, where endpoint) []span {
	spans := m.own(nil, text)
	spans = shapes(spans, text)
	if where != plain {
		spans = capability(spans, text, where)
	}
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b span) int { return a.start - b.start })
	merged := spans[:1]
	for _, s := range spans[1:] {
		if last := &merged[len(merged)-1]; s.start <= last.end {
			last.end = max(last.end, s.end)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// own finds the keys themselves: as they are, in base64, and with any characters escaped for a URL or for JSON in a string.
func (m masker) own(spans []span, text []byte) []span {
	if len(m.keys)+len(m.recorded) == 0 || len(text) < minKey {
		return spans
	}
	spans = m.torn(spans, text)
	escapes := bytes.IndexByte(text, '%') >= 0 || bytes.IndexByte(text, '\\') >= 0
	for _, n := range m.keys {
		for _, encoded := range n.encoded {
			spans = occurrences(spans, text, encoded)
		}
		spans = spelled(spans, text, n.key, escapes)
	}
	for i, key := range m.recorded {
		spans = occurrences(spans, text, key)
		if escapes && i < maxSpelled {
			spans = spelled(spans, text, key, escapes)
		}
	}
	return spans
}

// maxSpelled is how many recorded keys are also looked for with escapes in them, which takes a pass each.
const maxSpelled = 8

// spelled finds a key in either letter case and with any of its characters escaped.
func spelled(spans []span, text, key []byte, escapes bool) []span {
	first := fold(key[0])
	for i := 0; i < len(text); i++ {
		if fold(text[i]) != first && (!escapes || text[i] != '%' && text[i] != '\\') {
			continue
		}
		if end := matchEscaped(text, i, key); end > 0 {
			spans = append(spans, span{i, end})
			i = end - 1
		}
	}
	return spans
}

func fold(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// torn finds the beginning of a key that somebody cut off with an ellipsis.
func (m masker) torn(spans []span, text []byte) []span {
	const mark, most = "…", 16
	at := 0
	for range most {
		next := bytes.Index(text[at:], []byte(mark))
		if next < 0 {
			break
		}
		at += next
		longest := 0
		for _, n := range m.keys {
			longest = max(longest, overlap(text[:at], n.key))
		}
		for _, key := range m.recorded {
			longest = max(longest, overlap(text[:at], key))
		}
		if longest > 0 {
			spans = append(spans, span{at - longest, at})
		}
		at += len(mark)
	}
	return spans
}

// overlap returns the length of the longest beginning of key that text ends with, if it is long enough to tell.
func overlap(text, key []byte) int {
	for n := min(len(text), len(key)-1); n >= minKey; n-- {
		if bytes.HasSuffix(text, key[:n]) {
			return n
		}
	}
	return 0
}

func occurrences(spans []span, text, what []byte) []span {
	for from := 0; len(what) > 0; {
		at := bytes.Index(text[from:], what)
		if at < 0 {
			break
		}
		spans = append(spans, span{from + at, from + at + len(what)})
		from += at + len(what)
	}
	return spans
}

// matchEscaped returns where a key ends that begins at i, in either letter case and with any of its characters escaped, or 0.
func matchEscaped(text []byte, i int, key []byte) int {
	for _, want := range key {
		if i >= len(text) {
			return 0
		}
		c, width, _ := character(text, i)
		if fold(c) != fold(want) {
			return 0
		}
		i += width
	}
	return i
}

// deepest is how many times over a character may be escaped. It keeps runs of escapes linear.
const deepest = 5

// character reads one character at i that may be percent-escaped, several times over (%41, %2541), or escaped for
// JSON, several times over (\u0041, \\u0041, \/). level counts the percent escapes.
func character(text []byte, i int) (c byte, width, level int) {
	switch text[i] {
	case '%':
		j, level := i+1, 1
		for j+4 <= len(text) && level < deepest && text[j] == '2' && text[j+1] == '5' {
			_, ok1 := hexDigit(text[j+2])
			_, ok2 := hexDigit(text[j+3])
			if !ok1 || !ok2 {
				break
			}
			j += 2
			level++
		}
		if j+2 <= len(text) {
			high, ok1 := hexDigit(text[j])
			low, ok2 := hexDigit(text[j+1])
			if ok1 && ok2 {
				return high<<4 | low, j + 2 - i, level
			}
		}
	case '\\':
		j := i
		for j < len(text) && j-i < 2<<deepest && text[j] == '\\' {
			j++
		}
		if j < len(text) && text[j] == 'u' {
			if r, ok := hex4(text[j+1:]); ok && r < 0x80 {
				return byte(r & 0x7F), j + 5 - i, 0
			}
		}
		if j < len(text) && (text[j] == '/' || text[j] == '"') {
			return text[j], j + 1 - i, 0
		}
		if j < len(text) {
			if at := strings.IndexByte("nrtbf", text[j]); at >= 0 {
				return "\n\r\t\b\f"[at], j + 1 - i, 0
			}
		}
	}
	return text[i], 1, 0
}

// text masks a Go string.
func (m masker) text(s string) string {
	masked, changed := m.mask([]byte(s), plain)
	if !changed {
		return s
	}
	return string(masked)
}

// quoted is the JSON string of a text.
func quoted(text []byte) []byte { return rawjson.Quote(string(text)) }
