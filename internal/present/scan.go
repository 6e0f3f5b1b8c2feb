package present

import "bytes"

// The scanner below moves over JSON that rawjson.Valid has passed. A validating tokenizer cannot jump, and this package
// must: it never looks twice at a subtree that it leaves out. On valid input no index runs past the end.

// space returns the offset of the next byte at or after i that is not white space.
func space(src []byte, i int) int {
	for i < len(src) && (src[i] == ' ' || src[i] == '\n' || src[i] == '\t' || src[i] == '\r') {
		i++
	}
	return i
}

// stringEnd returns the offset past the string that opens at i.
func stringEnd(src []byte, i int) int {
	i++
	for {
		quote := bytes.IndexByte(src[i:], '"')
		if quote < 0 {
			return len(src)
		}
		end := i + quote
		escapes := 0
		for end-escapes > i && src[end-escapes-1] == '\\' {
			escapes++
		}
		i = end + 1
		if escapes%2 == 0 {
			return i
		}
	}
}

// literalEnd returns the offset past the number or literal at i.
func literalEnd(src []byte, i int) int {
	for i < len(src) {
		switch src[i] {
		case ',', ']', '}', ' ', '\n', '\t', '\r':
			return i
		}
		i++
	}
	return i
}

// valueEnd returns the offset past the value at i, however deep it nests.
func valueEnd(src []byte, i int) int {
	switch src[i] {
	case '"':
		return stringEnd(src, i)
	case '{', '[':
	default:
		return literalEnd(src, i)
	}
	for depth := 0; i < len(src); {
		switch src[i] {
		case '"':
			i = stringEnd(src, i)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
			if depth == 0 {
				return i + 1
			}
		}
		i++
	}
	return i
}

// nameEnd returns the offset past the member name at i and the offset of the member's value.
func nameEnd(src []byte, i int) (end, value int) {
	end = stringEnd(src, i)
	colon := space(src, end)
	return end, space(src, min(colon+1, len(src)))
}
