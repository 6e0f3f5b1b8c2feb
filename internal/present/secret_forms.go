package present

import (
	"bytes"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// Forms in which a name and its value stand with neither a colon nor an equals sign between them.

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

// cell masks what stands beside a name in a table of Markdown, between whose cells a bar stands at i.
func cell(spans []span, text []byte, i int) []span {
	const longest = 40
	start := bytes.LastIndexByte(text[max(0, i-longest):i], '|')
	if start < 0 {
		return spans
	}
	start += max(0, i-longest) + 1
	name, value := bytes.TrimSpace(text[start:i]), blanks(text, i+1, 0)
	if found := looks.SecretName(name); found < looks.Secret || !isStated(headOf(text, value, 0), found, name) {
		return spans
	}
	return appendSecret(spans, text, value, valueLimit(text, value, 0))
}

// nextLine returns where a value begins that stands on a line of its own, further in than its name; i if none does. YAML
// writes > or | before such a line.
func nextLine(text []byte, i int) int {
	at := i
	for at < len(text) && at-i < 3 && strings.IndexByte(">|-", text[at]) >= 0 {
		at++
	}
	line := at
	for at < len(text) {
		c, width, _ := character(text, at)
		if c != '\n' && c != '\r' {
			break
		}
		at += width
	}
	if at == line {
		return i
	}
	if value := blanks(text, at, 0); value > at {
		return value
	}
	return i
}

// hostedPassword returns where the password of name:password@host ends, which begins at i; 0 if none does. The ids of
// models have the same signs, so it must look made by a generator, and a host's name must follow.
func hostedPassword(text []byte, i int) int {
	const longest = 64
	at := bytes.IndexByte(text[i:min(len(text), i+longest)], '@')
	if at < 1 || i < 2 || !isAlnum(text[i-2]) || !isGenerated(text[i:i+at], 8) || hexadecimal.end(text, i) == i+at {
		return 0 // or a digest
	}
	host := text[i+at+1 : dotted.end(text, i+at+1)]
	if dot := bytes.LastIndexByte(bytes.TrimRight(host, "."), '.'); dot < 1 || dot+2 >= len(host) || !isLetters(bytes.TrimRight(host[dot+1:], ".")) {
		return 0
	}
	return i + at
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

// formField masks a field of a form that was sent in parts: name="password", an empty line, the value.
func formField(spans []span, text []byte, start int) []span {
	open, end := quotedValue(text, start)
	if end == 0 || looks.SecretName(text[open:min(end, open+headOfValue)]) == looks.Open {
		return spans
	}
	i, lines := end, 0
	for i < len(text) && (isQuote(text[i]) || text[i] == '\\' || text[i] == '\r' || text[i] == '\n' || text[i-1] == '\\' && (text[i] == 'r' || text[i] == 'n')) {
		if text[i] == '\n' || text[i] == 'n' {
			lines++
		}
		i++
	}
	if lines < 2 {
		return spans
	}
	limit := i
	for limit < len(text) && text[limit] != '\r' && text[limit] != '\n' && text[limit] != '\\' {
		limit++
	}
	return appendSecret(spans, text, i, limit)
}
