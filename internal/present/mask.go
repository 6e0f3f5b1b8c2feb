package present

import (
	"bytes"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// redacted stands where a secret stood.
const redacted = "[redacted]"

// masker finds secrets in text: the keys it was given, in several spellings, and whatever has a credential's shape or
// stands where one stands. A detector with a large rule set (gitleaks and its like) does not fit: hundreds of regular
// expressions cost more at start than this whole program, and none of them knows of keys, JSON or percent escapes.
type masker struct {
	keys     []needle // this server's own, looked for in any spelling
	recorded [][]byte // those that the task data hold, bounded in number
	depth    int      // how many times over the text is JSON in a string
	clean    *clean   // what was looked through for shapes already; nil to look again
}

// clean are the texts of one report that have no shape of a credential: it quotes a message and names several times.
type clean struct {
	texts [24][]byte
	n     int
}

func (c *clean) has(text []byte) bool {
	if c == nil {
		return false
	}
	return slices.ContainsFunc(c.texts[:c.n], func(known []byte) bool { return bytes.Equal(known, text) })
}

func (c *clean) add(text []byte) {
	const most = 4 << 10
	if c != nil && c.n < len(c.texts) && len(text) <= most {
		c.texts[c.n] = text
		c.n++
	}
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
	return m.document(text, place{})
}

func isNested(text []byte) bool {
	i := space(text, 0)
	return i < len(text) && strings.IndexByte(`{["`, text[i]) >= 0 && rawjson.Valid(text)
}

// spans returns where the secrets of a text are, in order and without overlaps. A text that was masked before has none.
func (m masker) spans(text []byte, where endpoint) []span {
	spans := m.own(nil, text)
	if !m.clean.has(text) {
		own := len(spans)
		if spans = shapes(spans, text); len(spans) == own {
			m.clean.add(text)
		}
	}
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
