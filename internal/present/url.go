package present

import (
	"bytes"
	"strings"
)

// longestValue bounds how far the end of an unquoted value is looked for, so that a text of nothing but names and
// colons costs no more than any other.
const longestValue = 4096

// assignment looks at an equals sign, which may be percent-escaped, in a query, a nested and escaped query, a connection
// string, a cookie or prose, and masks the value if the name before it is a credential's.
func assignment(spans []span, text []byte, equals, width, level int) []span {
	name, inQuery := nameBefore(text, equals)
	if len(name) == 0 || !secretName(name) && !(inQuery && secretParameter(name)) {
		return spans
	}
	start := equals + width
	if open, end := quotedValue(text, blanks(text, start)); end > 0 {
		return appendSecret(spans, text, open, end)
	}
	return appendSecret(spans, text, start, valueLimit(text, start, level))
}

// colon looks at a colon: of `://user:password@host`, of `"name": "value"` in JSON inside a string, or of a header line.
func colon(spans []span, text []byte, at, width, level int) []span {
	after := at + width
	if end := slashes(text, after); end > 0 {
		return userInfo(spans, text, end, level)
	}
	name, _ := nameBefore(text, at)
	if len(name) == 0 || !secretName(name) {
		return spans
	}
	start := blanks(text, after)
	if open, end := quotedValue(text, start); end > 0 {
		return appendSecret(spans, text, open, end)
	}
	// Without quotes this may be prose ("password: a film about hackers"), so the value must look like one.
	end := valueLimit(text[:min(len(text), start+longestValue)], start, level)
	if isRandom(text[start:end], 8) {
		return appendSecret(spans, text, start, end)
	}
	if bare := strings.ToLower(string(name)); strings.HasSuffix(bare, "authorization") && end > start {
		// "Authorization: Token abc", "Authorization: ApiKey abc": a scheme's word, then the credential.
		next := start
		for next < len(text) && isAlnum(text[next]) {
			next++
		}
		if next < len(text) && text[next] == ' ' {
			stop := valueLimit(text[:min(len(text), next+longestValue)], next+1, level)
			if isRandom(text[next+1:stop], 6) {
				return appendSecret(spans, text, next+1, stop)
			}
		}
	}
	return spans
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
	start := end
	for start > 0 && end-start <= longest && (isAlnum(text[start-1]) || text[start-1] == '_' || text[start-1] == '-' || text[start-1] == '.') {
		start--
	}
	name = text[start:end]
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
	}
	// JSON writers escape the ampersand: \u0026token=….
	if rest, ok := bytes.CutPrefix(name, []byte("u0026")); ok && text[start-1] == '\\' {
		return rest, true
	}
	return name, false
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
	at := -1
	for i := start; i < len(text); {
		c, width, depth := character(text, i)
		if depth <= level {
			if c <= ' ' || strings.IndexByte("/?#\"'<>\\`", c) >= 0 {
				break
			}
			if c == '@' {
				at = i
			}
		}
		i += width
	}
	if at < 0 {
		return spans
	}
	return appendSecret(spans, text, start, at)
}

// capability adds the parts of an endpoint's URL that let its holder post there: random path segments and query
// values, and all of an upload's query.
func capability(spans []span, text []byte, where endpoint) []span {
	scheme := bytes.Index(text, []byte("://"))
	if scheme < 0 {
		return spans
	}
	path, query, found := bytes.Cut(text, []byte("?"))
	if found && where == upload {
		spans = appendSecret(spans, text, len(path)+1, len(text))
	} else if found {
		at := len(path) + 1
		for pair := range bytes.SplitSeq(query, []byte("&")) {
			if name, value, ok := bytes.Cut(pair, []byte("=")); ok && isRandom(value, 16) && !isUUID(value) {
				spans = appendSecret(spans, text, at+len(name)+1, at+len(pair))
			} else if !ok && isRandom(pair, 16) {
				spans = appendSecret(spans, text, at, at+len(pair))
			}
			at += len(pair) + 1
		}
	}
	at := scheme + 3
	for segment := range bytes.SplitSeq(path[at:], []byte("/")) {
		if at > scheme+3 && isRandom(segment, 16) { // the first is the host
			spans = appendSecret(spans, text, at, at+len(segment))
		}
		at += len(segment) + 1
	}
	return spans
}

// isRandom reports whether s looks made by a generator: long enough, and with a run of mixed letters and digits that no
// word has.
func isRandom(s []byte, least int) bool {
	if len(s) < least {
		return false
	}
	var letters, digits, upper, run int
	for i := 0; i <= len(s); i++ {
		if i < len(s) && isAlnum(s[i]) {
			run++
			switch {
			case s[i] <= '9':
				digits++
			case s[i] <= 'Z':
				upper++
				letters++
			default:
				letters++
			}
			continue
		}
		if run >= min(12, least) && (letters > 0 && digits > 0 || upper*3 > letters && upper < letters || upper >= 20) {
			return true
		}
		if i < len(s) && strings.IndexByte(".-_~%=+", s[i]) < 0 {
			return false // spaces and brackets: words
		}
		if len(s) >= 40 && i == len(s) && digits > 0 && letters > 0 {
			return true
		}
		if len(s) < 40 {
			letters, digits, upper = 0, 0, 0
		}
		run = 0
	}
	return false
}

// isUUID reports whether s has the shape 8-4-4-4-12: an id, which opens nothing by itself.
func isUUID(s []byte) bool {
	if len(s) != 36 {
		return false
	}
	for i, c := range s {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (c == '-') {
			return false
		}
		if _, ok := hexDigit(c); !ok && c != '-' {
			return false
		}
	}
	return true
}
