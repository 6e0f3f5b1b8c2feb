package present

import (
	"bytes"

	"mcp-taskdetails/internal/looks"
)

// What programs write beside the name of a credential: arguments, other values, types.

// listed returns where the quoted items begin and end of a list or of the arguments at i, ('bob', '…'), and where the last
// of them begins; end is 0 if anything else is there.
func listed(text []byte, i int) (start, end, last int) {
	const most = 16
	if i >= len(text) || text[i] != '(' && text[i] != '[' {
		return 0, 0, 0
	}
	i++
	for range most {
		if i = blanks(text, i, 0); i == len(text) {
			break
		}
		open, limit := quotedValue(text, i)
		if limit == 0 {
			break
		}
		if start == 0 {
			start = open
		}
		last, end = open, limit
		for i = limit; i < len(text) && (text[i] == '\\' || isQuote(text[i])); i++ {
		}
		if i == len(text) || text[i] != ',' {
			break
		}
		i++
	}
	return start, end, last
}

// call masks the arguments of client.setPassword("…"), whose bracket opens at i.
func call(spans []span, text []byte, i int) []span {
	if i == 0 || !isAlnum(text[i-1]) || i+1 == len(text) {
		return spans
	}
	name, _ := nameBefore(text, i)
	found := looks.SecretName(name)
	if found < looks.Secret {
		return spans
	}
	start, end, last := listed(text, i)
	if !isStated(text[last:end], found, name) {
		return spans
	}
	return appendSecret(spans, text, start, end)
}

// fallback masks the value that a program takes if there is no other: process.env.API_KEY ?? '…'.
func fallback(spans []span, text []byte, i int) []span {
	if i+1 >= len(text) || text[i+1] != text[i] {
		return spans
	}
	name, _ := nameBefore(text, i)
	found := looks.SecretName(name)
	if found == looks.Open {
		return spans
	}
	open, end := quotedValue(text, blanks(text, i+2, 0))
	if !isCredible(text[open:min(end, open+headOfValue)]) {
		return spans
	}
	return appendNamed(spans, text, open, end, found)
}

// pastType returns the offset past string(20), as PHP prints a value.
func pastType(text []byte, i int) int {
	const word = "string("
	from := nextLine(text, blanks(text, i, 0))
	if !bytes.HasPrefix(text[from:], []byte(word)) {
		return i
	}
	if at := bytes.IndexByte(text[from:min(len(text), from+len(word)+8)], ')'); at > 0 {
		return from + at + 1
	}
	return i
}
