package present

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// chunk is how much of a string is unescaped at a time, so that a huge one is digested without a copy of it.
const chunk = 32 << 10

// stream yields the text of a JSON string piece by piece; content is what stands between its quotes. Without escapes the
// one piece is content itself. It stops and returns false when yield does.
func stream(content []byte, yield func([]byte) bool) bool {
	if bytes.IndexByte(content, '\\') < 0 {
		return len(content) == 0 || yield(content)
	}
	buf := make([]byte, 0, chunk+utf8.UTFMax)
	for i := 0; i < len(content); {
		run := bytes.IndexByte(content[i:], '\\')
		if run < 0 {
			run = len(content) - i
		}
		if run > 0 {
			run = min(run, chunk-len(buf))
			buf = append(buf, content[i:i+run]...)
			i += run
		} else {
			r, width := escaped(content[i:])
			buf = utf8.AppendRune(buf, r)
			i += width
		}
		if len(buf) >= chunk {
			if !yield(buf) {
				return false
			}
			buf = buf[:0]
		}
	}
	return len(buf) == 0 || yield(buf)
}

// escaped decodes the escape sequence that s begins with; a lone surrogate reads as U+FFFD.
func escaped(s []byte) (r rune, width int) {
	if len(s) < 2 {
		return utf8.RuneError, len(s)
	}
	switch s[1] {
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		r, ok := hex4(s[2:])
		if !ok {
			return utf8.RuneError, 2
		}
		if utf16.IsSurrogate(r) {
			if len(s) >= 12 && s[6] == '\\' && s[7] == 'u' {
				if low, ok := hex4(s[8:]); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
					return utf16.DecodeRune(r, low), 12
				}
			}
			return utf8.RuneError, 6
		}
		return r, 6
	default:
		return rune(s[1]), 2
	}
}

func hex4(s []byte) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	var r rune
	for _, c := range s[:4] {
		d, ok := hexDigit(c)
		if !ok {
			return 0, false
		}
		r = r<<4 | rune(d)
	}
	return r, true
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// unquote returns the text of a JSON string, given what stands between its quotes; it aliases content when it can.
func unquote(content []byte) []byte {
	if bytes.IndexByte(content, '\\') < 0 {
		return content
	}
	text := make([]byte, 0, len(content))
	stream(content, func(part []byte) bool {
		text = append(text, part...)
		return true
	})
	return text
}
