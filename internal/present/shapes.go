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
	random bool // words begin with that too, so a part of it must look made by a generator
}

// shapesBy lists the shapes by their first byte. Prefixes are as their services document them.
//
//nolint:gochecknoglobals // immutable table; built on every call it would be most of what a report allocates
var shapesBy = [...][]shape{
	'A': {{"AKIA", 16, false}, {"ASIA", 16, false}, {"AIza", 30, false}},
	'S': {{"SG.", 30, false}},
	'g': {{"ghp_", 20, false}, {"gho_", 20, false}, {"ghu_", 20, false}, {"ghs_", 20, false}, {"ghr_", 20, false}, {"github_pat_", 20, false}, {"glpat-", 16, false}, {"gsk_", 20, false}},
	'h': {{"hf_", 20, false}},
	'n': {{"npm_", 20, false}, {"nvapi-", 20, false}},
	'r': {{"r8_", 20, true}, {"rk_live_", 10, false}, {"rk_test_", 10, false}},
	's': {{"sk-", 16, true}, {"sk_live_", 10, false}, {"sk_test_", 10, false}},
	'w': {{"whsec_", 16, false}},
	'x': {{"xoxa-", 10, false}, {"xoxb-", 10, false}, {"xoxe-", 10, false}, {"xoxp-", 10, false}, {"xoxr-", 10, false}, {"xoxs-", 10, false}, {"xapp-", 10, false}, {"xai-", 20, false}},
	'y': {{"ya29.", 16, false}},
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
		word = false
		found := len(spans)
		width, level := 1, 0
		switch c {
		case '%', '\\':
			c, width, level = character(text, i)
		case '>':
			spans = element(spans, text, i)
		case '-':
			spans = seek.user(spans, text, i)
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
type seeker struct {
	noToken, noDigit, noRandom int

	searched, curl bool // whether there is a command line
}

// user masks the password of `curl -u name:password`.
func (s *seeker) user(spans []span, text []byte, i int) []span {
	option := []byte("-u ")
	if !bytes.HasPrefix(text[i:], option) {
		if option = []byte("-user "); !bytes.HasPrefix(text[i:], option) {
			return spans
		}
	}
	if !s.searched {
		s.searched, s.curl = true, bytes.Contains(text, []byte("curl "))
	}
	if !s.curl {
		return spans
	}
	start := blanks(text, i+len(option))
	if open, end := quotedValue(text, start); end > 0 {
		return appendSecret(spans, text, open, end)
	}
	if end := valueLimit(text, start, 0); bytes.IndexByte(text[start:end], ':') > 0 {
		spans = appendSecret(spans, text, start, end)
	}
	return spans
}

// hooks are the addresses of chat services whose path is the credential.
//
//nolint:gochecknoglobals // immutable table
var hooks = [...]string{
	"hooks.slack.com/services/", "hooks.slack.com/workflows/", "hooks.slack.com/triggers/", "discord.com/api/webhooks/",
	"discordapp.com/api/webhooks/", "api.telegram.org/bot",
}

// hook recognises one of hooks at i and returns where its credential begins and ends.
func hook(text []byte, i int) (start, end int) {
	if text[i] != 'h' && text[i] != 'd' && text[i] != 'a' {
		return 0, 0
	}
	for _, prefix := range hooks {
		if start = matchEscaped(text, i, []byte(prefix)); start == 0 {
			continue
		}
		for end = start; end < len(text); {
			c, width, _ := character(text, end)
			if !isAlnum(c) && strings.IndexByte("-_:/.", c) < 0 {
				break
			}
			end += width
		}
		end = start + len(bytes.TrimRight(text[start:end], ".:"))
		if end > start {
			return start, end
		}
	}
	return 0, 0
}

// credential returns where a credential that is announced by the letter or digit at i begins and ends; end is 0 if none is.
func (s *seeker) credential(text []byte, i int) (start, end int) {
	if text[i] == 'e' && bytes.HasPrefix(text[i:], []byte("eyJ")) {
		return i, s.jwtEnd(text, i)
	}
	for _, shape := range shapesBy[text[i]] {
		if !bytes.HasPrefix(text[i:], []byte(shape.prefix)) || i < s.noDigit || shape.random && i < s.noRandom {
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
		if shape.random && !hasRandomRun(text[start:end]) {
			s.noRandom = end
			continue
		}
		end -= len(text[start:end]) - len(bytes.TrimRight(text[start:end], "."))
		if end-start >= shape.least {
			return i, end
		}
	}
	if start, end := hook(text, i); end > 0 {
		return start, end
	}
	return scheme(text, i)
}

// hasRandomRun reports whether a run of at least 16 letters and digits looks made by a generator.
func hasRandomRun(s []byte) bool {
	for run := range bytes.FieldsFuncSeq(s, func(r rune) bool { return r > 'z' || !isAlnum(byte(r&0x7F)) }) {
		if isRandom(run, 16) {
			return true
		}
	}
	return false
}

// jwtEnd recognises three or, encrypted, five parts of base64url, the first of which is a JSON object.
func (s *seeker) jwtEnd(text []byte, i int) int {
	if i < s.noToken {
		return 0
	}
	dots, last := 0, i
	end := i
	for ; end < len(text); end++ {
		if text[end] == '.' && dots < 4 && end-last > 4 {
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
	return i + len(bytes.TrimRight(text[i:end], "."))
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
		blank := c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '+' && length == len("bearer") || c == ':' && start > i+length
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
	head := text[i:min(len(text), i+64)]
	if !bytes.HasPrefix(head, []byte("-----BEGIN ")) ||
		!bytes.Contains(head, []byte("PRIVATE KEY-----")) && !bytes.Contains(head, []byte("PRIVATE KEY BLOCK-----")) {
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
