package present

import (
	"bytes"
	"strings"

	"mcp-taskdetails/internal/looks"
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
	found := looks.SecretName(name)
	if inQuery {
		found = looks.SecretParameter(name)
	} else if found < looks.Secret {
		found = max(found, spacedName(text, before))
		if found == looks.Open && isValueOfPair(name) {
			found = pairBefore(text, before)
		}
	}
	if found == looks.Open {
		if found = typedName(text, before); found == looks.Open {
			return spans
		}
		if open, end := quotedValue(text, blanks(text, start, level)); end > 0 {
			return appendNamed(spans, text, open, end, found)
		}
		return spans
	}
	compared := start < len(text) && text[start] == '='
	for start < len(text) && text[start] == '=' {
		start++
	}
	value := blanks(text, start, level)
	if open, end := quotedValue(text, value); end > 0 {
		return appendNamed(spans, text, open, end, found)
	}
	if compared {
		return spans // of two variables
	}
	if value > start {
		if endsLine(text, value) && found == looks.Password && !isWord(name) {
			return appendSecret(spans, text, value, valueLimit(text, value, level))
		}
		return spoken(spans, text, value, level, found, name)
	}
	head := headOf(text, start, level)
	switch {
	case inQuery && found < looks.Password && isCount(head):
		return spans
	case !inQuery && isWord(name):
		if changesOfKind(head) < 3 {
			return spans
		}
		found = looks.Doubtful
	case !inQuery && found < looks.Password && isLetters(head) && string(bytes.ToLower(name)) == "auth":
		return spans // auth=optional
	}
	if found == looks.Doubtful && !looksSecret(head) {
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

// isCount tells a small number or a switch from a credential in a query: sig=1.
func isCount(value []byte) bool {
	const longest = 4
	if len(value) > longest {
		return string(value) == "false"
	}
	for _, c := range value {
		if !isDigit(c) {
			return string(value) == "true"
		}
	}
	return true
}

// endsLine reports whether the value at i is one word and the last of its line, as in a file of settings.
func endsLine(text []byte, i int) bool {
	head := text[i:min(len(text), i+headOfValue)]
	end := bytes.IndexAny(head, "\r\n;\\")
	if end < 0 {
		end = len(head)
	}
	return end > 0 && !bytes.ContainsAny(head[:end], " \t,\"'`&<>")
}

// headOf is the beginning of an unquoted value.
func headOf(text []byte, start, level int) []byte {
	text = text[:min(len(text), start+headOfValue)]
	start = min(start, len(text))
	return text[start:valueLimit(text, start, level)]
}

// appendNamed masks a quoted value under a name of that strength.
func appendNamed(spans []span, text []byte, start, end int, found looks.Secrecy) []span {
	if found == looks.Doubtful && !looksSecret(text[start:min(end, start+headOfValue)]) {
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
	found := looks.SecretName(name)
	if found < looks.Secret {
		found = max(found, spacedName(text, at))
	}
	start := blanks(text, after, level)
	if found == looks.Open && isValueOfPair(name) {
		if found = pairBefore(text, at); start < len(text) && text[start] == '[' {
			start = blanks(text, start+1, level)
		}
	}
	if found == looks.Open {
		if where := endpointOf(name); where != plain {
			return brokenEndpoint(spans, text, start, where)
		}
		return spans
	}
	if open, end := quotedValue(text, start); end > 0 {
		return appendNamed(spans, text, open, end, found)
	}
	lower := strings.ToLower(string(name))
	if strings.HasSuffix(lower, "cookie") || strings.HasSuffix(lower, "cookies") {
		if end := cookiesEnd(text, start, level); end > 0 && isCookieHeader(text, at, name, text[start:end]) {
			return appendSecret(spans, text, start, end)
		}
		return spans
	}
	before := len(spans)
	if spans = spoken(spans, text, start, level, found, name); len(spans) > before || !strings.HasSuffix(lower, "authorization") {
		return spans
	}
	// "Authorization: Token abc", "Authorization: ApiKey abc": a scheme's word, then the credential.
	next := start
	for next < len(text) && next-start < 32 && isAlnum(text[next]) {
		next++
	}
	next = blanks(text, next, level)
	if end := randomValue(text, next, level, 6); end > 0 {
		return appendSecret(spans, text, next, end)
	}
	return spans
}

// spoken masks an unquoted value in what may be prose ("password: a film about hackers"), so the value must look like one.
func spoken(spans []span, text []byte, start, level int, found looks.Secrecy, name []byte) []span {
	head := headOf(text, start, level)
	if isWord(name) && found == looks.Password {
		found = looks.Secret
	}
	secret := false
	switch found {
	case looks.Doubtful:
		secret = looksSecret(head)
	case looks.Secret:
		secret = isRandom(head, 8)
	case looks.Password:
		secret = isCredible(head)
	case looks.Open:
	}
	if !secret {
		return spans
	}
	return appendSecret(spans, text, start, valueLimit(text, start, level))
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

// isCookieHeader tells a Cookie header from a recipe ("cookie: flour=200g"): by its capital where a line begins, else by
// what it holds.
func isCookieHeader(text []byte, colon int, name, cookies []byte) bool {
	start := colon - len(name)
	begins := start <= 0 || strings.IndexByte("\n\r\\\"'`{[(;-", text[start-1]) >= 0
	if len(name) > 0 && (name[0] == 'C' || name[0] == 'S') && begins || len(name) > len("cookies") {
		return true
	}
	first, _, _ := bytes.Cut(cookies, []byte("="))
	return looks.SecretParameter(first) != looks.Open || hasRandomRun(cookies[:min(len(cookies), 4*headOfValue)])
}

// option masks the value of --api-key VALUE, whose name begins behind the first of two dashes at i.
func option(spans []span, text []byte, i int) []span {
	if i+2 >= len(text) || text[i+1] != '-' || i > 0 && text[i-1] == '-' {
		return spans
	}
	end := dashed.end(text[:min(len(text), i+64)], i+2)
	if end == i+2 || end >= len(text) || text[end] != ' ' && text[end] != '\t' {
		return spans
	}
	name := text[i+2 : end]
	found := looks.SecretName(name)
	if found == looks.Open {
		return spans
	}
	start := blanks(text, end, 0)
	if open, limit := quotedValue(text, start); limit > 0 {
		return appendNamed(spans, text, open, limit, found)
	}
	return spoken(spans, text, start, 0, found, nil)
}

// tuple looks at a comma between a name and its value: ('api_key', 'v') of Python, a list of headers that breaks off.
func tuple(spans []span, text []byte, comma, width int) []span {
	if comma == 0 {
		return spans
	}
	end := beforeQuote(text, comma)
	if end == comma && !isAlnum(text[comma-1]) {
		return spans
	}
	start, stop, _ := nameBounds(text, comma)
	if start == 0 || start == stop {
		return spans
	}
	paired := text[start-1] == '(' // or before the opening quote
	if quoted := end < comma; quoted {
		for open := start - 1; open > 0 && start-open < 4 && !paired; open-- {
			paired = text[open-1] == '('
		}
	} else if !paired {
		return spans
	}
	found := looks.SecretName(text[start:stop])
	if found < looks.Secret {
		return spans
	}
	value := blanks(text, comma+width, 0)
	open, limit := quotedValue(text, value)
	if limit == 0 {
		if end == comma && paired {
			return spoken(spans, text, value, 0, found, nil)
		}
		return spans
	}
	if v := text[open:min(limit, open+headOfValue)]; isGenerated(v, 8) || paired && isListed(v) {
		return appendSecret(spans, text, open, limit)
	}
	return spans
}

// element masks the text of <password>…</password>, whose first tag closes at i.
func element(spans []span, text []byte, i int) []span {
	name, _ := nameBefore(text, i)
	start, end, _ := nameBounds(text, i)
	attribute := end < i && start > 1 && isQuote(text[start-1]) && text[start-2] == '=' // <header name="x-api-key">
	if !attribute && (start == 0 || text[start-1] != '<') {
		return spans
	}
	found := looks.SecretName(name)
	rest := text[i+1 : min(len(text), i+1+4*headOfValue)]
	limit := bytes.Index(rest, []byte("</"))
	if found == looks.Open || limit < 0 {
		return spans
	}
	return appendNamed(spans, text, i+1, i+1+limit, found)
}

func appendSecret(spans []span, text []byte, start, end int) []span {
	// What was masked before stays; its closing bracket may have been taken for punctuation.
	if value := text[start:end]; len(value) == 0 || strings.TrimSuffix(string(value), "]") == redacted[:len(redacted)-1] {
		return spans
	}
	return append(spans, span{start, end})
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
