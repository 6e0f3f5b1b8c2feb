package present

import (
	"bytes"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// nameBefore returns the name that ends at i, over a closing quote and blanks, and whether it stands in a query.
func nameBefore(text []byte, i int) (name []byte, inQuery bool) {
	start, end, escaped := nameBounds(text, i)
	name = text[start:end]
	if escaped {
		defer func() { name = unescapeName(name) }()
	}
	if start == 0 {
		return name, false
	}
	switch text[start-1] {
	case '?', '&', ';', '#':
		return name, true
	case '%':
		// The hexadecimal digits of an escaped separator look like the beginning of the name: %26token, %2526token.
		for len(name) > 4 && name[0] == '2' && name[1] == '5' && isHexPair(name[2:]) {
			name = name[2:]
		}
		if isHexPair(name) {
			high, _ := hexDigit(name[0])
			low, _ := hexDigit(name[1])
			return name[2:], strings.IndexByte("?&;#", high<<4|low) >= 0
		}
	case '\\':
		// JSON writers escape the ampersand: \u0026token=…. The letter of \n looks like the beginning of the name.
		if rest, ok := bytes.CutPrefix(name, []byte("u0026")); ok {
			return rest, true
		}
		if len(name) > 1 && strings.IndexByte("nrtbf", name[0]) >= 0 && looks.SecretName(name[1:]) != looks.Open {
			return name[1:], false
		}
	}
	return name, false
}

// nameBounds returns where the name begins and ends that stands before i, and whether there are escapes in it.
func nameBounds(text []byte, i int) (start, end int, escaped bool) {
	const longest = 64
	end = i
	for end > 0 && i-end < 4 {
		if text[end-1] == ' ' || text[end-1] == '\t' {
			end--
		} else if isEscapedTab(text, end-2) {
			end -= 2
		} else {
			break
		}
	}
	if end > 1 && text[end-1] == ']' && isQuote(text[end-2]) {
		end-- // os.environ["API_KEY"]
	}
	end = beforeQuote(text, beforeMarkup(text, end))
	start = end
	for start > 0 && end-start <= longest {
		c := text[start-1]
		if isAlnum(c) || c >= 0x80 || strings.IndexByte("_-.[]", c) >= 0 {
			start--
		} else if c == '%' && isNameEscape(text[start:end]) {
			start, escaped = start-1, true
		} else {
			break
		}
	}
	return start, end, escaped
}

// typedName judges the name in front of a type, as programs declare it: apiKey: string = "…".
func typedName(text []byte, i int) looks.Secrecy {
	start, end, _ := nameBounds(text, i)
	if start == end || !isLetters(text[start:end]) {
		return looks.Open
	}
	for start > 0 && text[start-1] == ' ' {
		start--
	}
	if start == 0 || text[start-1] != ':' {
		return looks.Open
	}
	name, _ := nameBefore(text, start-1)
	return looks.SecretName(name)
}

// beforeMarkup returns the offset of what makes a name stand out and ends at i: the stars of Markdown, or a tag that closes.
func beforeMarkup(text []byte, i int) int {
	const longest = 20
	for i > 0 && text[i-1] == '*' {
		i--
	}
	head := text[max(0, i-longest):i]
	for _, tag := range [...][2]string{{"</", ">"}, {"&lt;/", "&gt;"}} {
		if bytes.HasSuffix(head, []byte(tag[1])) {
			if at := bytes.LastIndex(head, []byte(tag[0])); at >= 0 {
				return i - len(head) + at
			}
		}
	}
	return i
}

// spacedName judges a name together with one and two words before it, as people write them: API key, mot de passe.
func spacedName(text []byte, i int) looks.Secrecy {
	start, end, _ := nameBounds(text, i)
	const longest = 24
	for range 2 {
		if start == 0 || text[start-1] != ' ' || start == end {
			break
		}
		from := start - 1
		for from > 0 && start-from < longest && (isAlnum(text[from-1]) || text[from-1] >= 0x80) {
			from--
		}
		if from == start-1 {
			break
		}
		start = from
		if found := looks.SecretName(text[start:end]); found >= looks.Secret {
			return found
		}
	}
	return looks.Open
}

// isNameEscape reports whether the hexadecimal digits that s begins with stand for a character of a name.
func isNameEscape(s []byte) bool {
	if !isHexPair(s) {
		return false
	}
	high, _ := hexDigit(s[0])
	low, _ := hexDigit(s[1])
	c := high<<4 | low
	return isAlnum(c) || strings.IndexByte("_-.[]", c) >= 0
}

func unescapeName(name []byte) []byte {
	plain := make([]byte, 0, len(name))
	for i := 0; i < len(name); {
		c, width, _ := character(name, i)
		plain = append(plain, c)
		i += width
	}
	return plain
}

func isHexPair(s []byte) bool {
	if len(s) < 2 {
		return false
	}
	_, ok1 := hexDigit(s[0])
	_, ok2 := hexDigit(s[1])
	return ok1 && ok2
}
