package present

import (
	"bytes"
	"strings"
)

// endpoint is a member whose URL is a capability: whoever knows it may post to it.
type endpoint uint8

const (
	plain   endpoint = iota
	webhook          // random path segments are the credential, as with chat services
	upload           // so is the whole query
)

func endpointOf(name []byte) endpoint {
	if len(name) > 64 || len(name) < 7 {
		return plain
	}
	lower := strings.ToLower(strings.ReplaceAll(string(name), "_", ""))
	switch {
	case strings.HasPrefix(lower, "uploadendpoint"), strings.HasPrefix(lower, "uploadurl"):
		return upload
	case strings.HasPrefix(lower, "webhook"), strings.HasPrefix(lower, "callbackurl"):
		return webhook
	}
	return plain
}

// capability adds the parts of an endpoint's URL that let its holder post there: random path segments and query
// values, and all of an upload's query.
func capability(spans []span, text []byte, where endpoint) []span {
	scheme := bytes.Index(text, []byte("://"))
	if scheme < 0 {
		return spans
	}
	path, query, found := bytes.Cut(text, []byte("?"))
	if found && where == upload {
		spans = appendSecret(spans, text, len(path)+1, len(text))
	} else if found {
		at := len(path) + 1
		for pair := range bytes.SplitSeq(query, []byte("&")) {
			if name, value, ok := bytes.Cut(pair, []byte("=")); ok && isRandom(value, 16) && !isUUID(value) {
				spans = appendSecret(spans, text, at+len(name)+1, at+len(pair))
			} else if !ok && isRandom(pair, 16) {
				spans = appendSecret(spans, text, at, at+len(pair))
			}
			at += len(pair) + 1
		}
	}
	at := scheme + 3
	for segment := range bytes.SplitSeq(path[at:], []byte("/")) {
		if at > scheme+3 && isRandom(segment, 16) { // the first is the host
			spans = appendSecret(spans, text, at, at+len(segment))
		}
		at += len(segment) + 1
	}
	return spans
}

// isRandom reports whether s looks made by a generator: long enough, and with a run of mixed letters and digits that no
// word has.
func isRandom(s []byte, least int) bool {
	if len(s) < least {
		return false
	}
	var letters, digits, upper, run int
	for i := 0; i <= len(s); i++ {
		if i < len(s) && isAlnum(s[i]) {
			run++
			switch {
			case s[i] <= '9':
				digits++
			case s[i] <= 'Z':
				upper++
				letters++
			default:
				letters++
			}
			continue
		}
		if run >= min(12, least) && (letters > 0 && digits > 0 || upper*3 > letters && upper < letters || upper >= 20) {
			return true
		}
		if i < len(s) && strings.IndexByte(".-_~%=+", s[i]) < 0 {
			return false // spaces and brackets: words
		}
		if len(s) >= 40 && i == len(s) && digits > 0 && letters > 0 {
			return true
		}
		if len(s) < 40 {
			letters, digits, upper = 0, 0, 0
		}
		run = 0
	}
	return false
}

// isUUID reports whether s has the shape 8-4-4-4-12: an id, which opens nothing by itself.
func isUUID(s []byte) bool {
	if len(s) != 36 {
		return false
	}
	for i, c := range s {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (c == '-') {
			return false
		}
		if _, ok := hexDigit(c); !ok && c != '-' {
			return false
		}
	}
	return true
}
