package present

import (
	"bytes"
	"strings"
)

// shapes adds every place where text looks like a credential or stands where one stands. One pass.
func shapes(spans []span, text []byte) []span {
	var seek seeker
	return seek.shapes(spans, text)
}

// seeker remembers up to where a search has failed for good: a run of characters is then looked through once, however
// many times the beginning of a credential stands in it.
type seeker struct {
	noToken, noMixture, noObject int

	programs [len(shorts)]int8 // which of shorts run: 1 for yes, -1 for no
}

func (s *seeker) shapes(spans []span, text []byte) []span {
	var word bool // the byte before is part of a word
	for i := 0; i < len(text); i++ {
		c := text[i]
		if isAlnum(c) {
			if !word {
				if start, end := s.credential(text, i); end > 0 {
					spans = append(spans, span{start, end})
					if start == i {
						i = end - 1 // what a word only speaks of may be part of something longer
					}
				} else {
					spans = statement(spans, text, i)
				}
			}
			for i+1 < len(text) && isAlnum(text[i+1]) {
				i++
			}
			word = true
			continue
		}
		word = false
		found := len(spans)
		width, level := 1, 0
		switch c {
		case '%', '\\':
			c, width, level = character(text, i)
		case 0xEF:
			c, width = fullWidth(text, i)
		case '&':
			c, width = entity(text, i)
		case '>':
			spans = element(spans, text, i)
		case '(':
			spans = call(spans, text, i)
		case '?', '|':
			if spans = fallback(spans, text, i); c == '|' {
				spans = cell(spans, text, i)
			}
		case '-':
			spans = s.short(spans, text, i)
			spans = option(spans, text, i)
			if end := privateKeyEnd(text, i); end > 0 {
				spans = append(spans, span{i, end})
			}
		}
		if c >= 0x80 {
			spans = statement(spans, text, i)
		}
		switch c {
		case '=':
			spans = assignment(spans, text, i, width, level)
		case ':':
			spans = colon(spans, text, i, width, level)
		case ',':
			spans = tuple(spans, text, i, width)
		}
		i += width - 1 // what follows an escape begins a word of its own
		if len(spans) > found {
			i = max(i, spans[len(spans)-1].end-1)
		}
	}
	return spans
}

// fullWidth reads the colon, comma and equals sign of Chinese and Japanese texts.
func fullWidth(text []byte, i int) (c byte, width int) {
	if i+2 < len(text) && text[i+1] == 0xBC {
		switch text[i+2] {
		case 0x9A:
			return ':', 3
		case 0x9D:
			return '=', 3
		}
	}
	return text[i], 1
}

// entity reads a colon or an equals sign that is spelled as in HTML.
func entity(text []byte, i int) (c byte, width int) {
	for _, e := range [...]struct {
		c        byte
		spelling string
	}{{':', "&#x3a;"}, {':', "&#58;"}, {':', "&colon;"}, {'=', "&#x3d;"}, {'=', "&#61;"}, {'=', "&equals;"}} {
		if end := i + len(e.spelling); end <= len(text) && strings.EqualFold(string(text[i:end]), e.spelling) {
			return e.c, len(e.spelling)
		}
	}
	return text[i], 1
}

// credential returns where a credential that is announced by the letter or digit at i begins and ends; end is 0 if none is.
func (s *seeker) credential(text []byte, i int) (start, end int) {
	if inBase64(text, i) {
		return 0, 0
	}
	if (text[i] == 'e' || text[i] == 'W') && beginsObject(text[i:]) {
		if end := s.jwtEnd(text, i); end > 0 {
			return i, end
		}
		if end := s.encodedEnd(text, i); end > 0 {
			return i, end
		}
	}
	// Most words are neither long nor followed by what stands in a prefix or a host's name.
	const shortest = 20
	run := i + 1
	for run < len(text) && run-i < shortest && isAlnum(text[run]) {
		run++
	}
	joined := run < len(text) && strings.IndexByte("-_.~%/\\", text[run]) >= 0
	if !joined && run-i < shortest {
		if start, end := numbered(text, i); end > 0 {
			return start, end
		}
		if start, end := scheme(text, i); end > 0 {
			return start, end
		}
		return mention(text, i)
	}
	for n := range shapesBy[text[i]] {
		shape := &shapesBy[text[i]][n]
		if !bytes.HasPrefix(text[i:], []byte(shape.prefix)) || shape.alphabet >= dashed && i < s.noMixture {
			continue
		}
		start := i + len(shape.prefix)
		end := shape.alphabet.end(text, start)
		end -= len(text[start:end]) - len(bytes.TrimRight(text[start:end], "."))
		if end-start >= shape.least && shape.proves(text, start, end) {
			return i, end
		}
		if shape.alphabet >= dashed && end-start >= longestBody {
			s.noMixture = end // so long a text without a mixture has none further on
		}
	}
	if start, end := numbered(text, i); end > 0 {
		return start, end
	}
	if start, end := hookAt(text, i); end > 0 {
		return start, end
	}
	if start, end := scheme(text, i); end > 0 {
		return start, end
	}
	return mention(text, i)
}

// inBase64 reports whether the word at i stands in the middle of encoded data, where any short prefix comes up by chance
// once in a few megabytes.
func inBase64(text []byte, i int) bool {
	const before, changes = 40, 8
	if i < before || strings.IndexByte("+/-_", text[i-1]) < 0 {
		return false
	}
	head := text[i-before : i]
	for _, c := range head {
		if !isAlnum(c) && strings.IndexByte("+/-_", c) < 0 {
			return false
		}
	}
	return changesOfKind(head) >= changes
}

// longestBody is the length from which a body that was refused is not looked at again from further on.
const longestBody = 256

// end returns the offset past the characters of the alphabet at i.
func (a alphabet) end(text []byte, i int) int {
	for i < len(text) && a.has(text[i]) {
		i++
	}
	return i
}

func (a alphabet) has(c byte) bool {
	switch a {
	case letters:
		return isAlnum(c)
	case hexadecimal:
		_, ok := hexDigit(c)
		return ok
	case capitals:
		return c >= 'A' && c <= 'Z' || isDigit(c)
	case dashed:
		return isAlnum(c) || c == '-' || c == '_'
	case dotted:
		return isAlnum(c) || c == '-' || c == '_' || c == '.'
	case encoded:
		return isAlnum(c) || strings.IndexByte("+/-_=", c) >= 0
	}
	return false
}

func (s *shape) proves(text []byte, start, end int) bool {
	switch s.proof {
	case length:
		return true
	case exact:
		return end-start == s.least && (end == len(text) || !isAlnum(text[end]) && text[end] != '_')
	case digit:
		return bytes.ContainsAny(text[start:end], "0123456789")
	case mixture:
		return hasRandomRun(text[start:end])
	}
	return false
}
