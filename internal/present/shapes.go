package present

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// shape is what a service's credentials look like: a prefix, then at least so many characters.
type shape struct {
	prefix string
	least  int
}

// shapesBy lists the shapes by their first byte. Prefixes are as their services document them.
//
//nolint:gochecknoglobals // immutable table; built on every call it would be most of what a report allocates
var shapesBy = [...][]shape{
	'A': {{"AKIA", 16}, {"ASIA", 16}, {"AIza", 30}},
	'S': {{"SG.", 30}},
	'g': {{"ghp_", 20}, {"gho_", 20}, {"ghu_", 20}, {"ghs_", 20}, {"ghr_", 20}, {"github_pat_", 20}, {"glpat-", 16}, {"gsk_", 20}},
	'h': {{"hf_", 20}},
	'n': {{"npm_", 20}, {"nvapi-", 20}},
	'r': {{"r8_", 20}, {"rk_live_", 10}, {"rk_test_", 10}},
	's': {{"sk-", 16}, {"sk_live_", 10}, {"sk_test_", 10}},
	'w': {{"whsec_", 16}},
	'x': {{"xoxa-", 10}, {"xoxb-", 10}, {"xoxe-", 10}, {"xoxp-", 10}, {"xoxr-", 10}, {"xoxs-", 10}, {"xapp-", 10}, {"xai-", 20}},
	'y': {{"ya29.", 16}},
	'z': nil,
}

// shapes adds every place where text looks like a credential or stands where one stands. One pass.
func shapes(spans []span, text []byte) []span {
	var (
		word bool // the byte before is part of a word
		seek seeker
	)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if isAlnum(c) {
			if !word {
				if start, end := seek.credential(text, i); end > 0 {
					spans = append(spans, span{start, end})
					i = end - 1
				}
			}
			for i+1 < len(text) && isAlnum(text[i+1]) {
				i++
			}
			word = true
			continue
		}
		word = c == '_'
		found := len(spans)
		width, level := 1, 0
		switch c {
		case '%', '\\':
			c, width, level = character(text, i)
		case '-':
			if end := privateKeyEnd(text, i); end > 0 {
				spans = append(spans, span{i, end})
			}
		}
		switch c {
		case '=':
			spans = assignment(spans, text, i, width, level)
		case ':':
			spans = colon(spans, text, i, width, level)
		}
		i += width - 1 // what follows an escape begins a word of its own
		if len(spans) > found {
			i = max(i, spans[len(spans)-1].end-1)
		}
	}
	return spans
}

// seeker remembers up to where a search has failed for good: a run of characters is then looked through once, however
// many times the beginning of a credential stands in it.
type seeker struct{ noToken, noDigit int }

// credential returns where a credential that is announced by the letter or digit at i begins and ends; end is 0 if none is.
func (s *seeker) credential(text []byte, i int) (start, end int) {
	if text[i] == 'e' && bytes.HasPrefix(text[i:], []byte("eyJ")) {
		return i, s.jwtEnd(text, i)
	}
	for _, shape := range shapesBy[text[i]] {
		if !bytes.HasPrefix(text[i:], []byte(shape.prefix)) || i < s.noDigit {
			continue
		}
		start := i + len(shape.prefix)
		end, digit := start, false
		for end < len(text) && (isAlnum(text[end]) || strings.IndexByte("-_.", text[end]) >= 0) {
			digit = digit || text[end] >= '0' && text[end] <= '9'
			end++
		}
		if !digit {
			s.noDigit = end
			continue
		}
		end -= len(text[start:end]) - len(bytes.TrimRight(text[start:end], "."))
		if end-start >= shape.least {
			return i, end
		}
	}
	return scheme(text, i)
}

// jwtEnd recognises three parts of base64url, the first of which is a JSON object.
func (s *seeker) jwtEnd(text []byte, i int) int {
	if i < s.noToken {
		return 0
	}
	dots, last := 0, i
	end := i
	for ; end < len(text); end++ {
		if text[end] == '.' && dots < 2 && end-last > 4 {
			dots++
			last = end
			continue
		}
		if !isAlnum(text[end]) && text[end] != '-' && text[end] != '_' {
			break
		}
	}
	if dots < 2 || last-i < 20 {
		s.noToken = end
		return 0
	}
	return end
}

// scheme recognises `Bearer TOKEN` and `Basic BASE64` at i and returns where the credential begins and ends. Prose with
// these words has neither a digit in the next word nor base64 of `user:password` behind it.
func scheme(text []byte, i int) (start, end int) {
	var length int
	switch {
	case i+8 < len(text) && (text[i]|0x20) == 'b' && strings.EqualFold(string(text[i:i+6]), "bearer"):
		length = len("bearer")
	case i+8 < len(text) && (text[i]|0x20) == 'b' && strings.EqualFold(string(text[i:i+5]), "basic"):
		length = len("basic")
	default:
		return 0, 0
	}
	start = i + length
	for start < len(text) {
		c, width, _ := character(text, start)
		blank := c == ' ' || c == '\t' || c == '+' && length == len("bearer") || c == ':' && start > i+length
		if !blank {
			break
		}
		start += width
	}
	if start == i+length {
		return 0, 0
	}
	digit := false
	for end = start; end < len(text); end++ {
		c := text[end]
		if !isAlnum(c) && !strings.ContainsRune("-._~+/=", rune(c)) {
			break
		}
		digit = digit || c >= '0' && c <= '9'
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
	if len(token) < 6 || !digit && len(token) < 24 {
		return 0, 0
	}
	return start, end
}

func notPrintable(r rune) bool { return r < 0x20 || r == 0xFFFD }

// privateKeyEnd recognises a PEM private key; one that breaks off is secret to the end of the text.
func privateKeyEnd(text []byte, i int) int {
	const header = "PRIVATE KEY-----"
	head := text[i:min(len(text), i+64)]
	if !bytes.HasPrefix(head, []byte("-----BEGIN ")) || !bytes.Contains(head, []byte(header)) {
		return 0
	}
	const footer = "-----END "
	at := bytes.Index(text[i:], []byte(footer))
	if at < 0 {
		return len(text)
	}
	end := i + at + len(footer)
	if rest := bytes.Index(text[end:min(len(text), end+64)], []byte("-----")); rest >= 0 {
		end += rest + len("-----")
	}
	return end
}

func isAlnum(c byte) bool {
	return (c|0x20)-'a' < 26 || c-'0' < 10 // unsigned: what is below wraps round
}
