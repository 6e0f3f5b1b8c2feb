package present

import "strings"

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
