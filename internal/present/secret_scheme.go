package present

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// scheme recognises `Bearer TOKEN` and `Basic BASE64` at i and returns where the credential begins and ends. Prose with
// these words has neither a random word behind it nor base64 of `user:password`.
func scheme(text []byte, i int) (start, end int) {
	length := schemeLength(text, i)
	if length == 0 {
		return 0, 0
	}
	start = i + length
	for start < len(text) {
		c, width, _ := character(text, start)
		blank := c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '+' && length == len("bearer") || c == ':' && start > i+length || c == '\\' && start+1 < len(text) && (text[start+1] == ' ' || text[start+1] == '\\')
		if !blank {
			break
		}
		start += width
	}
	if start == i+length {
		return 0, 0
	}
	wrapped := false
	if open, limit := quotedValue(text[:min(len(text), start+farthest)], start); limit > 0 {
		start, wrapped = open, true
	} else if start < len(text) && strings.IndexByte("<[{(", text[start]) >= 0 {
		start, wrapped = start+1, true
	}
	for end = start; end < len(text); end++ {
		if c := text[end]; !isAlnum(c) && !strings.ContainsRune("-._~+/=", rune(c)) {
			break
		}
	}
	token := bytes.TrimRight(text[start:end], ".")
	end = start + len(token)
	if length == len("basic") {
		plain, err := base64.RawStdEncoding.DecodeString(string(bytes.TrimRight(token, "=")))
		if err != nil || len(token) < 4 || bytes.IndexByte(plain, ':') < 0 || bytes.IndexFunc(plain, notPrintable) >= 0 {
			return 0, 0
		}
		return start, end
	}
	if isBearer(token, announced(text, i), wrapped) {
		return start, end
	}
	return 0, 0
}

// schemeLength is the length of the scheme's name at i, 0 if there is none.
func schemeLength(text []byte, i int) int {
	if i+8 >= len(text) || (text[i]|0x20) != 'b' {
		return 0
	}
	for _, name := range [...]string{"bearer", "basic"} {
		if strings.EqualFold(string(text[i:i+len(name)]), name) {
			return len(name)
		}
	}
	return 0
}

// isBearer tells a token from the word behind "bearer" in prose: less is asked of one that a header or quotes announce.
func isBearer(token []byte, announced, wrapped bool) bool {
	head := token[:min(len(token), headOfValue)]
	if announced {
		const number, words = 10, 24
		return isCredible(head) || len(token) >= number && isDigits(head) || len(token) >= words
	}
	return isGenerated(head, 12) || wrapped && isGenerated(head, 8) || len(token) >= 24 && isRandom(head, 24)
}

// announced reports whether the scheme at i is the value of something, as in a header, so that no prose begins with it.
func announced(text []byte, i int) bool {
	for i > 0 && (text[i-1] == ' ' || text[i-1] == '\t' || text[i-1] == '\\' || isQuote(text[i-1])) {
		i--
	}
	return i > 0 && (text[i-1] == ':' || text[i-1] == '=' || text[i-1] == ',' && i > 1 && isQuote(text[i-2]))
}

func notPrintable(r rune) bool { return r < 0x20 || r == 0xFFFD }
