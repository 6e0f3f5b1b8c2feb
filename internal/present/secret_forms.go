package present

import (
	"bytes"

	"mcp-taskdetails/internal/looks"
)

// Forms in which a name and its value stand with neither a colon nor an equals sign between them.

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

// user masks the password of `curl -u name:password` and of `sshpass -p password`.
func (s *seeker) user(spans []span, text []byte, i int) []span {
	for n, option := range [...]string{"-u ", "-user ", "-p "} {
		if !bytes.HasPrefix(text[i:], []byte(option)) {
			continue
		}
		if !s.searched {
			s.searched, s.curl, s.sshpass = true, bytes.Contains(text, []byte("curl ")), bytes.Contains(text, []byte("sshpass "))
		}
		alone := n == 2 // without a name
		if !alone && !s.curl || alone && !s.sshpass {
			return spans
		}
		start := blanks(text, i+len(option), 0)
		if open, end := quotedValue(text, start); end > 0 {
			return appendSecret(spans, text, open, end)
		}
		if end := valueLimit(text, start, 0); alone || bytes.IndexByte(text[start:end], ':') > 0 {
			return appendSecret(spans, text, start, end)
		}
	}
	return spans
}
