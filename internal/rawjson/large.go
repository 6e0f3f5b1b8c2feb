package rawjson

import (
	"bytes"
	"iter"
)

// A large document is nearly all one string or one list, and whoever reads it goes over the same bytes at each level of
// nesting. A tokenizer checks each of them every time, though [Valid] has done so once; the scan below jumps from quote to
// quote instead, several times faster, and believes what stands between. On bytes that are no JSON it ends early, or
// yields what is none, and never reads past the end.

// large is the size from which documents are scanned, in bytes.
const large = 32 << 10

// scan yields the values of the container that raw begins with; name is quoted, and nil for items. It is small, so that
// it is inlined and costs a caller no allocation.
func scan(raw []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(name, value []byte) bool) { walk(raw, yield) }
}

func walk(raw []byte, yield func(name, value []byte) bool) {
	i := blank(raw, 0)
	object := raw[i] == '{'
	for i = blank(raw, i+1); i < len(raw) && raw[i] != '}' && raw[i] != ']'; {
		var name []byte
		if object {
			end := skipString(raw, i)
			colon := blank(raw, end)
			if colon >= len(raw) || raw[colon] != ':' {
				return
			}
			name, i = raw[i:end], blank(raw, colon+1)
		}
		end := skip(raw, i)
		if end == i || KindOf(raw[i:end]) == None || !yield(name, raw[i:end:end]) {
			return
		}
		if i = blank(raw, end); i >= len(raw) || raw[i] != ',' {
			return
		}
		i = blank(raw, i+1)
	}
}

// blank returns where the next byte is that is no white space.
func blank(raw []byte, i int) int {
	for i < len(raw) && (raw[i] == ' ' || raw[i] == '\n' || raw[i] == '\t' || raw[i] == '\r') {
		i++
	}
	return i
}

// skip returns where the value at i ends, and i if it does not.
func skip(raw []byte, i int) int {
	if i >= len(raw) {
		return i
	}
	switch raw[i] {
	case '"':
		return skipString(raw, i)
	case '{', '[':
		return skipContainer(raw, i)
	}
	for end := i; end < len(raw); end++ {
		switch raw[end] {
		case ',', ']', '}', ' ', '\n', '\t', '\r':
			return end
		}
	}
	return i
}

func skipString(raw []byte, start int) int {
	if start >= len(raw) || raw[start] != '"' {
		return start
	}
	for i := start + 1; ; {
		n := bytes.IndexByte(raw[i:], '"')
		if n < 0 {
			return start
		}
		quote, escapes := i+n, 0
		for raw[quote-1-escapes] == '\\' { // the opening quote ends this
			escapes++
		}
		i = quote + 1
		if escapes%2 == 0 {
			return i
		}
	}
}

func skipContainer(raw []byte, start int) int {
	depth := 0
	for i := start; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			end := skipString(raw, i)
			if end == i {
				return start
			}
			i = end - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return start
}
