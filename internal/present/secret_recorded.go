package present

import (
	"bytes"
	"slices"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

const (
	// maxRecorded is how many recorded credentials are remembered; tasks have one or two.
	maxRecorded = 64
	// maxRemembered is the longest string that is looked into, in bytes: longer ones are data.
	maxRemembered = 64 << 10
)

// withRecorded adds the credentials that a document holds by its names and endpoints, so that an error message that
// repeats one does not give it away. One pass over the document, which is valid or empty.
func (m masker) withRecorded(raw []byte) masker {
	if len(raw) == 0 {
		return m
	}
	return m.collecting(raw, place{}, 0)
}

func (m masker) collecting(raw []byte, at place, depth int) masker {
	c := newCursor(raw, at)
	for len(m.recorded) < maxRecorded {
		switch c.move() {
		case text:
			if content := c.content(); len(content) <= maxRemembered {
				m = m.remembering(unquote(content), c.at, depth)
			}
		case number:
			if digits := raw[c.start:c.end]; isSecretNumber(digits, c.at.secret) {
				m = m.remembering(digits, place{secret: looks.Secret}, depth)
			}
		case child, container, literal:
		case ended:
			return m
		}
	}
	return m
}

func (m masker) remembering(text []byte, at place, depth int) masker {
	switch {
	case at.hides(text):
		for field := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r <= ' ' || r == ';' || r == ',' || r == '"' || r == '=' }) {
			if couldBeSecret(field) {
				m = m.recording(field, maxRecorded)
			}
		}
	case at.where != plain:
		for _, s := range shapes(capability(nil, text, at.where), text) {
			for field := range bytes.FieldsFuncSeq(text[s.start:s.end], func(r rune) bool { return strings.ContainsRune("/?&=:@", r) }) {
				if couldBeSecret(field) && isRandom(field, 8) && !looks.IsUUID(field) {
					m = m.recording(field, maxRecorded)
				}
			}
		}
	case depth < deepest && isNested(text):
		m = m.collecting(text, at, depth+1)
	}
	return m
}

// recording remembers a masked part, unless it is remembered already or there are so many.
func (m masker) recording(key []byte, most int) masker {
	if len(m.recorded) < most && !slices.ContainsFunc(m.recorded, func(k []byte) bool { return bytes.Equal(k, key) }) {
		m.recorded = append(slices.Clip(m.recorded), key)
	}
	return m
}

// shortRecorded is the length below which a recorded credential is looked for as a word of its own alone.
const shortRecorded = 8

// couldBeSecret tells a recorded credential that is to be masked wherever else it stands from a word, a placeholder such
// as ******** and one that was masked before: no prompt loses a word because somebody's password is one.
func couldBeSecret(text []byte) bool {
	const shortest, longest, noWord = 6, 512, 20
	if len(text) < shortest || len(text) > longest || string(text) == redacted {
		return false
	}
	different, digits, small := 0, 0, 0
	for i, c := range text {
		if bytes.IndexByte(text[:i], c) < 0 {
			different++
		}
		switch {
		case isDigit(c):
			digits++
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			small++
		}
	}
	switch {
	case different < 5:
		return false
	case digits > 0:
		return small > 0 && !isDimension(text) || len(text) >= shortRecorded && digits == len(text)
	case len(text) >= noWord:
		return true
	}
	return len(text) >= shortRecorded && (changesOfKind(text) >= 3 || isRandom(text, shortRecorded))
}

const (
	// maxQuoted is how many masked parts of messages are remembered.
	maxQuoted = 2 * maxRecorded
	// maxSources is how much of the strings of a response is read for them, in bytes.
	maxSources = 64 << 10
	// minQuoted is the shortest such part.
	minQuoted = 4
)

// withQuoted adds what is masked in the messages and the response of a report. A diagnosis takes names and values out of
// them and quotes them alone, where nothing says any more that they are secrets: of "the key abc123***" it may quote abc123.
func (m masker) withQuoted(r schema.TaskReport) masker {
	quoted := m
	for i := range r.Diagnosis.Findings {
		quoted = quoted.quoting(m, []byte(r.Diagnosis.Findings[i].Message))
	}
	if r.Diagnosis.Category == schema.CategoryNone || len(r.Response) == 0 || !rawjson.Valid(r.Response) {
		return quoted
	}
	c := newCursor(r.Response, place{})
	for read := 0; read < maxSources; {
		switch c.move() {
		case text:
			if content := c.content(); len(content) < maxSources {
				read += len(content)
				quoted = quoted.quoting(m, unquote(content))
			}
		case child, container, number, literal:
		case ended:
			return quoted
		}
	}
	return quoted
}

func (m masker) quoting(with masker, text []byte) masker {
	for _, s := range with.spans(text, plain) {
		if key := text[s.start:s.end]; len(key) >= minQuoted {
			m = m.recording(key, maxQuoted)
		}
	}
	return m
}
