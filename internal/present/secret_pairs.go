package present

import (
	"bytes"

	"mcp-taskdetails/internal/looks"
)

// Headers and form fields are often recorded as pairs: {"name": "Authorization", "value": …} in any order and spelling of
// the two names, ["Authorization", …], or a flat list of names and values. An error names the parameter whose value it
// quotes in the same way.

// peek bounds how far ahead a pair is looked for. It also ends at the first
// container but a list of strings, so that nothing is read twice.
const peek = 1024

// pairAt says what the value in a pair is that opens at start; for anything else it says open.
func pairAt(src []byte, start int) (found looks.Secrecy) {
	if src[start] != '{' {
		return looks.Open
	}
	i := space(src, start+1)
	for i < len(src) && i-start < peek && src[i] != '}' {
		end, value := nameEnd(src, i)
		member := src[i+1 : end-1]
		if i = value; src[i] == '{' {
			return found
		}
		if end = flatEnd(src, i, start+peek); end == 0 {
			return found
		}
		if src[i] == '"' && end-i <= 64 && isNameOfPair(member) {
			found = max(found, looks.SecretName(unquote(src[i+1:end-1])))
		}
		if i = space(src, end); i < len(src) && src[i] == ',' {
			i = space(src, i+1)
		}
	}
	return found
}

// flatEnd returns the offset past a value that holds at most a list of strings, or 0 if it holds more or reaches too far.
func flatEnd(src []byte, i, limit int) int {
	if src[i] != '[' {
		return valueEnd(src, i)
	}
	for i = space(src, i+1); i < min(limit, len(src)) && src[i] == '"'; {
		if i = space(src, stringEnd(src, i)); src[i] == ',' {
			i = space(src, i+1)
		}
	}
	if src[i] != ']' {
		return 0
	}
	return i + 1
}

// pairBefore judges the value whose member's name ends at i by what stands before that name, in what cannot be read as JSON:
// "name":"Authorization","value":… and "Authorization":{"value":… and name="authorization" value=…
// and ApiKey(value=… have one.
func pairBefore(text []byte, i int) looks.Secrecy {
	start, end, _ := nameBounds(text, i)
	if start == end || start == 0 {
		return looks.Open
	}
	i = beforeQuote(text, start)
	for i > 0 && (text[i-1] == ' ' || text[i-1] == '\n') {
		i--
	}
	if i == 0 {
		return looks.Open
	}
	switch c := text[i-1]; {
	case c == ',' || c == '(':
		i--
	case c == '{':
		for i--; i > 0 && (text[i-1] == ' ' || text[i-1] == ':'); i-- {
		}
	case isQuote(c):
	default:
		return looks.Open
	}
	start, end, _ = nameBounds(text, i)
	return looks.SecretName(text[start:end])
}

// isListed tells a value that stands behind a name in a list from another name: names have neither blanks nor, but for
// img2img and its like, digits.
func isListed(item []byte) bool {
	if bytes.IndexByte(item, ' ') >= 0 {
		return true
	}
	at := bytes.IndexAny(item, "0123456789")
	if at < 0 {
		return false
	}
	return at == 0 || at == len(item)-1 || !isLetters(item[:at]) || !isLetters(item[at+1:])
}

func isNameOfPair(member []byte) bool {
	var buf [maxPairName]byte
	switch string(foldedName(buf[:], member)) {
	case "name", "key", "k", "header", "headername", "headerkey", "field", "fieldname", "param", "parameter", "parametername", "variable", "variablename":
		return true
	}
	return false
}

func isValueOfPair(member []byte) bool {
	var buf [maxPairName]byte
	switch string(foldedName(buf[:], member)) {
	case "value", "values", "content", "v", "val", "data", "headervalue", "headervalues", "fieldvalue", "parametervalue", "variablevalue":
		return true
	}
	return false
}

const maxPairName = 16

// foldedName is a short name in lower case and without separators; of a longer one it says nothing.
func foldedName(buf, member []byte) []byte {
	if len(member) > len(buf) {
		return nil
	}
	bare := buf[:0]
	for _, c := range member {
		switch {
		case c >= 'A' && c <= 'Z':
			bare = append(bare, c+'a'-'A')
		case c != '_' && c != '-':
			bare = append(bare, c)
		}
	}
	return bare
}
