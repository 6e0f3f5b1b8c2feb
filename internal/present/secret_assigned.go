package present

import (
	"bytes"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// headOfValue is how much of an unquoted value is judged, so that a text of nothing but names and colons costs no more
// than any other.
const headOfValue = 128

// secrecyBefore judges the name that ends before an equals sign.
func secrecyBefore(text []byte, before int, name []byte, inQuery bool) looks.Secrecy {
	if inQuery {
		return looks.SecretParameter(name)
	}
	found := looks.SecretName(name)
	if found < looks.Secret {
		found = max(found, spacedName(text, before))
		if found == looks.Open && isValueOfPair(name) {
			found = pairBefore(text, before)
		}
	}
	return found
}

// assignment looks at an equals sign, which may be percent-escaped, in a query, a nested and escaped query, a connection
// string, a cookie or prose, and masks the value if the name before it is a credential's.
func assignment(spans []span, text []byte, equals, width, level int) []span {
	before := equals
	if before > 0 && text[before-1] == ':' {
		before-- // apiKey := "…"
	}
	start := equals + width
	if start < len(text) && text[start] == '>' {
		start = pastType(text, start+1) // 'api_key' => '…'
	}
	name, inQuery := nameBefore(text, before)
	found := secrecyBefore(text, before, name, inQuery)
	if found == looks.Open {
		if isNameOfPair(name) {
			return formField(spans, text, start)
		}
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
	if past := pastClosing(text, value); past > 0 {
		return spoken(spans, text, past, level, found, name)
	}
	if open, end := quotedValue(text, value); end > 0 {
		return appendNamed(spans, text, open, end, found)
	}
	if first, end, last := listed(text, value); end > 0 {
		return appendListed(spans, text, span{first, end}, last, found, name)
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
	if start < len(text) && text[start] == '[' && !bytes.HasPrefix(text[start:], []byte(redacted)) {
		start++ // {authorization=[Bearer …]}, as Java prints it
	}
	if head := headOf(text, start, level); isNone(head, name, found, inQuery) {
		return spans
	}
	return appendSecret(spans, text, start, valueLimit(text, start, level))
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
	if found == looks.Doubtful && !looksSecret(text[start:min(end, start+headOfValue)]) || isSwitch(text[start:end]) {
		return spans
	}
	return appendSecret(spans, text, start, end)
}

// appendListed masks the items of a list under a credential's name, if the last of them could be one.
func appendListed(spans []span, text []byte, items span, last int, found looks.Secrecy, name []byte) []span {
	if v := text[last:min(items.end, last+headOfValue)]; found < looks.Password && !isCredible(v) || isWord(name) && changesOfKind(v) < 3 {
		return spans
	}
	return appendSecret(spans, text, items.start, items.end)
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
		if end := hostedPassword(text, after); end > 0 {
			return appendSecret(spans, text, after, end)
		}
		return spans
	}
	if past := pastClosing(text, start); past > 0 {
		return spoken(spans, text, past, level, found, name)
	}
	below := nextLine(text, start)
	if open, end := quotedValue(text, below); end > 0 {
		return appendNamed(spans, text, open, end, found)
	}
	if first, end, last := listed(text, start); end > 0 && found >= looks.Secret {
		return appendListed(spans, text, span{first, end}, last, found, name)
	}
	lower := strings.ToLower(string(name))
	if strings.HasSuffix(lower, "cookie") || strings.HasSuffix(lower, "cookies") {
		if end := cookiesEnd(text, start, level); end > 0 && isCookieHeader(text, at, name, text[start:end]) {
			return appendSecret(spans, text, start, end)
		}
		return spans
	}
	if found >= looks.Secret {
		start = below
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
		secret = isRandom(head, 8) || isEncoded(head)
	case looks.Password:
		secret = isCredible(head) || isDigits(head) && len(head) >= 8
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

func appendSecret(spans []span, text []byte, start, end int) []span {
	// What was masked before stays; its closing bracket may have been taken for punctuation.
	if value := text[start:end]; len(value) == 0 || strings.TrimSuffix(string(value), "]") == redacted[:len(redacted)-1] || isPlaceholder(value) {
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
		if depth <= level && (c <= ' ' || strings.IndexByte("&#\"'<>`\\|", c) >= 0) || c >= 0xE3 && isWideStop(text[end:]) {
			break
		}
		end += width
	}
	for end > start && strings.IndexByte(",;.)]}!?:", text[end-1]) >= 0 {
		end--
	}
	return end
}

// isWideStop knows the punctuation of Chinese and Japanese, which has no blank behind it.
func isWideStop(text []byte) bool {
	for _, stop := range [...]string{"，", "。", "；", "、", "！", "？", "）", "」", "』"} {
		if bytes.HasPrefix(text, []byte(stop)) {
			return true
		}
	}
	return false
}
