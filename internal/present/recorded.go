package present

import (
	"bytes"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
)

const (
	// maxRecorded is how many recorded credentials are remembered; tasks have one or two.
	maxRecorded = 64
	// maxRemembered is the longest string that is looked into, in bytes: longer ones are data.
	maxRemembered = 64 << 10
)

// withRecorded adds the credentials that a document holds by its names and endpoints, so that an error message that
// repeats one does not give it away. One walk over the document.
func (m masker) withRecorded(raw []byte) masker {
	if len(raw) == 0 || !rawjson.Valid(raw) {
		return m
	}
	w := walk{src: raw}
	w.remember = func(text []byte, at place) { m = m.remembering(text, at, 0) }
	w.run(place{}, whole)
	return m
}

func (m masker) remembering(text []byte, at place, depth int) masker {
	switch {
	case len(m.recorded) >= maxRecorded:
	case at.hides(text):
		for field := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r <= ' ' || r == ';' || r == ',' || r == '"' || r == '=' }) {
			if isKey(field) {
				m = m.recording(field)
			}
		}
	case at.where != plain:
		for _, s := range shapes(capability(nil, text, at.where), text) {
			for field := range bytes.FieldsFuncSeq(text[s.start:s.end], func(r rune) bool { return strings.ContainsRune("/?&=:@", r) }) {
				if isKey(field) && isRandom(field, 8) && !isUUID(field) {
					m = m.recording(field)
				}
			}
		}
	case depth < deepest && isNested(text):
		w := walk{src: text}
		w.remember = func(text []byte, at place) { m = m.remembering(text, at, depth+1) }
		w.run(at, whole)
	}
	return m
}

func (m masker) recording(key []byte) masker {
	if len(m.recorded) < maxRecorded && !slices.ContainsFunc(m.recorded, func(k []byte) bool { return bytes.Equal(k, key) }) {
		m.recorded = append(slices.Clip(m.recorded), key)
	}
	return m
}

// isKey tells a recorded key from a word, a placeholder such as ******** and one that was masked before.
func isKey(text []byte) bool {
	const shortest, longest, noWord = 8, 512, 20
	if len(text) < shortest || len(text) > longest || string(text) == redacted {
		return false
	}
	different, digits, upper := 0, 0, 0
	for i, c := range text {
		if bytes.IndexByte(text[:i], c) < 0 {
			different++
		}
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'A' && c <= 'Z' && i > 0:
			upper++
		}
	}
	return different >= 5 && (digits > 0 || upper > 0 || len(text) >= noWord)
}
