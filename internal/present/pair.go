package present

import (
	"bytes"
	"strings"
)

// Headers and form fields are often recorded as pairs: {"name": "Authorization", "value": …} in any order and spelling of
// the two names, or ["Authorization", …]. An error names the parameter whose value it quotes in the same way.

// peek bounds how far ahead a pair is looked for. It also ends at the first container, so that nothing is read twice.
const peek = 1024

// pairAt says what the value in a pair is that opens at start; for anything else it says ordinary.
func pairAt(src []byte, start int) (found strength) {
	object := src[start] == '{'
	i := space(src, start+1)
	for n := 0; i < len(src) && i-start < peek && src[i] != '}' && src[i] != ']'; n++ {
		var member []byte
		if object {
			end, value := nameEnd(src, i)
			member, i = src[i+1:end-1], value
		}
		if src[i] == '{' || src[i] == '[' {
			return found
		}
		end := valueEnd(src, i)
		if src[i] == '"' && end-i <= 64 && (object && isNameOfPair(member) || !object && n == 0) {
			found = max(found, secretName(unquote(src[i+1:end-1])))
		}
		if !object && (found == ordinary || n > 1) {
			return ordinary // nothing was named, or it is a list of names
		}
		if !object && n == 1 && !bytes.ContainsAny(src[i:end], " 0123456789") {
			found = ordinary // two words of a list
		}
		if i = space(src, end); i < len(src) && src[i] == ',' {
			i = space(src, i+1)
		}
	}
	return found
}

func isNameOfPair(member []byte) bool {
	switch strings.ToLower(string(member)) {
	case "name", "key", "k", "header", "headername", "field", "parameter":
		return true
	}
	return false
}

func isValueOfPair(member []byte) bool {
	switch strings.ToLower(string(member)) {
	case "value", "content", "v", "val", "data":
		return true
	}
	return false
}
