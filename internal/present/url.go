package present

import (
	"bytes"
	"strings"
)

// headOfValue is how much of an unquoted value is judged, so that a text of nothing but names and colons costs no more
// than any other.
const headOfValue = 128

// assignment looks at an equals sign, which may be percent-escaped, in a query, a nested and escaped query, a connection
// string, a cookie or prose, and masks the value if the name before it is a credential's.
func assignment(spans []span, text []byte, equals, width, level int) []span {
	before := equals
	if before > 0 && text[before-1] == ':' {
		before-- // apiKey := "…"
	}
	start := equals + width
	if start < len(text) && text[start] == '>' {
		start++ // 'api_key' => '…'
	}
	name, inQuery := nameBefore(text, before)
	found := secretName(name)
	if inQuery {
		found = secretParameter(name)
	}
	if found == ordinary {
		return spans
	}
	if open, end := quotedValue(text, blanks(text, start)); end > 0 {
		return appendNamed(spans, text, open, end, found)
	}
	if !inQuery && isWord(name) {
		found = doubtful
	}
	if found == doubtful && !looksSecret(headOf(text, start, level)) {
		return spans
	}
	return appendSecret(spans, text, start, valueLimit(text, start, level))
}

// isWord knows the names that also begin a line of prose: secret=santa.
func isWord(name []byte) bool {
	switch strings.ToLower(string(name)) {
	case "secret", "cookie", "cookies", "pass":
		return true
	}
	return false
}

// headOf is the beginning of an unquoted value.
func headOf(text []byte, start, level int) []byte {
	text = text[:min(len(text), start+headOfValue)]
	start = min(start, len(text))
	return text[start:valueLimit(text, start, level)]
}

// appendNamed masks a quoted value under a name of that strength.
func appendNamed(spans []span, text []byte, start, end int, found strength) []span {
	if found == doubtful && !looksSecret(text[start:min(end, start+headOfValue)]) {
		return spans
	}
	return appendSecret(spans, text, start, end)
}

// colon looks at a colon: of `://user:password@host`, of `"name": "value"` in JSON inside a string, or of a header line.
func colon(spans []span, text []byte, at, width, level int) []span {
	after := at + width
	if end := slashes(text, after); end > 0 {
		return userInfo(spans, text, end, level)
	}
	name, _ := nameBefore(text, at)
	found := secretName(name)
	if found == ordinary {
		return spans
	}
	start := blanks(text, after)
	if open, end := quotedValue(text, start); end > 0 {
		return appendNamed(spans, text, open, end, found)
	}
	if endsIn(strings.ToLower(string(name)), "cookie", "cookies") {
		if end := cookiesEnd(text, start, level); end > 0 {
			return appendSecret(spans, text, start, end)
		}
	}
	// Without quotes this may be prose ("password: a film about hackers"), so the value must look like one.
	if found == doubtful {
		if looksSecret(headOf(text, start, level)) {
			spans = appendSecret(spans, text, start, valueLimit(text, start, level))
		}
		return spans
	}
	if end := randomValue(text, start, level, 8); end > 0 {
		return appendSecret(spans, text, start, end)
	}
	if bare := strings.ToLower(string(name)); strings.HasSuffix(bare, "authorization") {
		// "Authorization: Token abc", "Authorization: ApiKey abc": a scheme's word, then the credential.
		next := start
		for next < len(text) && next-start < 32 && isAlnum(text[next]) {
			next++
		}
		next = blanks(text, next)
		if end := randomValue(text, next, level, 6); end > 0 {
			return appendSecret(spans, text, next, end)
		}
	}
	return spans
}

// randomValue returns where the unquoted value at start ends if it looks made by a generator, or 0.
func randomValue(text []byte, start, level, least int) int {
	head := valueLimit(text[:min(len(text), start+headOfValue)], start, level)
	if !isRandom(text[start:head], least) {
		return 0
	}
	return valueLimit(text, start, level)
}

// cookiesEnd returns where the line of a Cookie header ends whose first cookie begins at start, or 0 if none does.
func cookiesEnd(text []byte, start, level int) int {
	i := start
	for i < len(text) && i-start < headOfValue && (isAlnum(text[i]) || strings.IndexByte("-_.", text[i]) >= 0) {
		i++
	}
	if i == start || i == len(text) || text[i] != '=' {
		return 0
	}
	for i < len(text) {
		c, width, depth := character(text, i)
		if depth <= level && (c < ' ' || strings.IndexByte("\"'<>`\\|", c) >= 0) {
			break
		}
		i += width
	}
	return i
}

func blanks(text []byte, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
		i++
	}
	return i
}

func appendSecret(spans []span, text []byte, start, end int) []span {
	// What was masked before stays; its closing bracket may have been taken for punctuation.
	if value := text[start:end]; len(value) == 0 || strings.TrimSuffix(string(value), "]") == redacted[:len(redacted)-1] {
		return spans
	}
	return append(spans, span{start, end})
}

// nameBefore returns the name that ends at i, over a closing quote (with its backslashes) and blanks, and whether it
// stands in a query.
func nameBefore(text []byte, i int) (name []byte, inQuery bool) {
	end := i
	for end > 0 && text[end-1] == ' ' && i-end < 4 {
		end--
	}
	if end > 0 && (text[end-1] == '"' || text[end-1] == '\'') {
		end--
		for end > 0 && text[end-1] == '\\' {
			end--
		}
	}
	const longest = 64
	start, escaped := end, false
	for start > 0 && end-start <= longest {
		c := text[start-1]
		if isAlnum(c) || strings.IndexByte("_-.[]", c) >= 0 {
			start--
		} else if c == '%' && isNameEscape(text[start:end]) {
			start, escaped = start-1, true
		} else {
			break
		}
	}
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
		if len(name) > 1 && strings.IndexByte("nrtbf", name[0]) >= 0 && secretName(name[1:]) != ordinary {
			return name[1:], false
		}
	}
	return name, false
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

// quotedValue returns what stands between quotes at i. Inside nested JSON a quote has backslashes in front of it, and
// the closing one as many as the opening one.
func quotedValue(text []byte, i int) (start, end int) {
	escapes := 0
	for i+escapes < len(text) && text[i+escapes] == '\\' {
		escapes++
	}
	start = i + escapes
	if start >= len(text) || text[start] != '"' && text[start] != '\'' {
		return 0, 0
	}
	quote := text[start]
	start++
	for at := start; at < len(text); at++ {
		if text[at] != quote {
			continue
		}
		before := 0
		for at-before > start && text[at-before-1] == '\\' {
			before++
		}
		if before <= escapes {
			return start, at - before
		}
	}
	return start, len(text) // it breaks off
}

// valueLimit returns where an unquoted value ends. Inside an escaped query the separators are escaped too; in a plain one
// an escaped separator is part of the value.
func valueLimit(text []byte, start, level int) int {
	end := start
	for end < len(text) {
		c, width, depth := character(text, end)
		if depth <= level && (c <= ' ' || strings.IndexByte("&#\"'<>`\\|", c) >= 0) {
			break
		}
		end += width
	}
	for end > start && strings.IndexByte(",;.)]}!?:", text[end-1]) >= 0 {
		end--
	}
	return end
}

// slashes returns the offset past `//` at i, escaped in whatever way, or 0.
func slashes(text []byte, i int) int {
	for range 2 {
		if i >= len(text) {
			return 0
		}
		c, width, _ := character(text, i)
		if c != '/' {
			return 0
		}
		i += width
	}
	return i
}

// userInfo masks what stands before an @ in the authority that begins at start.
func userInfo(spans []span, text []byte, start, level int) []span {
	at, port := -1, true
	var passed, inPassword bool
	for i := start; i < len(text); {
		c, width, depth := character(text, i)
		if depth <= level {
			if c <= ' ' || strings.IndexByte("\"'<>\\`", c) >= 0 || passed && i-start > headOfValue {
				break
			}
			switch {
			case strings.IndexByte("/?#", c) >= 0:
				// The authority ends here, unless what came behind a colon is no port: a password need not be escaped well.
				if at >= 0 || !inPassword || port {
					return appendUserInfo(spans, text, start, at)
				}
				passed = true
			case c == '@':
				at = i
				if passed {
					return appendUserInfo(spans, text, start, at)
				}
			case c == ':' && !passed:
				inPassword = true
			case inPassword && (c < '0' || c > '9'):
				port = false
			}
		}
		i += width
	}
	return appendUserInfo(spans, text, start, at)
}

func appendUserInfo(spans []span, text []byte, start, at int) []span {
	if at < 0 {
		return spans
	}
	return appendSecret(spans, text, start, at)
}

// element masks the text of <password>…</password>, whose first tag closes at i.
func element(spans []span, text []byte, i int) []span {
	name, _ := nameBefore(text, i)
	if before := i - len(name) - 1; before < 0 || text[before] != '<' {
		return spans
	}
	found := secretName(name)
	rest := text[i+1 : min(len(text), i+1+4*headOfValue)]
	end := bytes.Index(rest, []byte("</"))
	if found == ordinary || end < 0 {
		return spans
	}
	return appendNamed(spans, text, i+1, i+1+end, found)
}
