package present

import (
	"bytes"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// endpoint is a member whose URL is a capability: whoever knows it may post to it, or fetch from it.
type endpoint uint8

const (
	plain    endpoint = iota
	webhook           // path segments that nobody would guess are the credential, as with chat services
	upload            // so are random ones, and the whole query
	download          // so are random ones, but not hexadecimal, which names versions
)

// endpointRow is a row of endpoints: a word in the name of a member, an example of such a name, and one that looks alike.
type endpointRow struct {
	word    string // folded
	where   endpoint
	example string
	not     string
}

// endpoints are the names of members that hold such URLs. The first that stands in a name decides; a row of plain is an
// exception to those below it.
//
//nolint:gochecknoglobals // immutable table
var endpoints = [...]endpointRow{
	{"unsigned", plain, "unsignedURL", "signedURL"},
	{"uploadendpoint", upload, "outputUploadEndpoint", "endpoint"},
	{"uploadurl", upload, "upload_url", "uploadName"},
	{"presigned", upload, "presignedLink", "designedBy"},
	{"signedurl", upload, "signedUrl", "signature"},
	{"puturl", upload, "putURL", "inputImage"},
	{"posturl", webhook, "postURL", "poster"},
	{"webhook", webhook, "webhook", "hooked"},
	{"hookurl", webhook, "hook_url", "hooks"},
	{"callback", webhook, "callback", "calling"},
	{"notifyurl", webhook, "notifyURL", "notify"},
	{"notificationurl", webhook, "notificationUrl", "notification"},
	{"notificationendpoint", webhook, "notificationEndpoint", "endpoint"},
	{"pingurl", webhook, "pingURL", "ping"},
	{"downloadurl", download, "downloadURL", "downloads"},
}

func endpointOf(name []byte) endpoint {
	if len(name) < 6 {
		return plain
	}
	var buf [64]byte
	bare := foldedName(buf[:], name)
	if !hintsAtEndpoint(bare) {
		return plain
	}
	for i := range endpoints {
		if strings.Contains(string(bare), endpoints[i].word) {
			return endpoints[i].where
		}
	}
	return plain
}

// hintsAtEndpoint says cheaply of most names that no row of endpoints matches.
func hintsAtEndpoint(bare []byte) bool {
	for _, hint := range [...]string{"url", "hook", "call", "endpoint", "signed"} {
		if strings.Contains(string(bare), hint) {
			return true
		}
	}
	return false
}

// capability adds the parts of an endpoint's URL that let its holder post there: path segments and query values that
// nobody would guess, and all of an upload's query.
func capability(spans []span, text []byte, where endpoint) []span {
	scheme := bytes.Index(text, []byte("://"))
	if scheme < 0 {
		return spans
	}
	path, query, found := bytes.Cut(text, []byte("?"))
	if len(path) < scheme {
		return spans // x?y=://
	}
	if found && where == upload {
		spans = appendSecret(spans, text, len(path)+1, len(text))
	} else if found {
		at := len(path) + 1
		for pair := range bytes.SplitSeq(query, []byte("&")) {
			if name, value, ok := bytes.Cut(pair, []byte("=")); ok && isRandom(value, 16) && !looks.IsUUID(value) {
				spans = appendSecret(spans, text, at+len(name)+1, at+len(pair))
			} else if !ok && isRandom(pair, 16) {
				spans = appendSecret(spans, text, at, at+len(pair))
			}
			at += len(pair) + 1
		}
	}
	at := scheme + 3
	for segment := range bytes.SplitSeq(path[at:], []byte("/")) {
		if at > scheme+3 && isUnguessable(segment, where) { // the first is the host
			spans = appendSecret(spans, text, at, at+len(segment))
		}
		at += len(segment) + 1
	}
	return spans
}

// isUnguessable tells a segment of a path that opens something from the name of a file or a route. A webhook's may be short.
func isUnguessable(segment []byte, where endpoint) bool {
	switch where {
	case plain:
		return false
	case download:
		if dot := bytes.LastIndexByte(segment, '.'); dot > 0 {
			segment = segment[:dot]
		}
		return isRandom(segment, 16) && !looks.IsUUID(segment) && hexadecimal.end(segment, 0) < len(segment)
	case webhook, upload:
	}
	if isRandom(segment, 16) {
		return true
	}
	const shortest = 4
	return where == webhook && len(segment) >= shortest && !isVersion(segment) &&
		(changesOfKind(segment) >= 3 || changesOfKind(segment) == 2 && bytes.ContainsAny(segment, "0123456789") && hasTwoDigits(segment))
}

// isVersion tells v1beta2.
func isVersion(s []byte) bool {
	rest, ok := bytes.CutPrefix(bytes.ToLower(s), []byte("v"))
	rest = bytes.Trim(rest, "0123456789.")
	return ok && (len(rest) == 0 || string(rest) == "alpha" || string(rest) == "beta" || string(rest) == "rc")
}

// hasTwoDigits tells ab12cd from img2img.
func hasTwoDigits(s []byte) bool {
	for i := 1; i < len(s); i++ {
		if isDigit(s[i-1]) && isDigit(s[i]) {
			return true
		}
	}
	return false
}

// brokenEndpoint masks the URL of an endpoint that stands in JSON which cannot be read as such.
func brokenEndpoint(spans []span, text []byte, start int, where endpoint) []span {
	open, end := quotedValue(text, start)
	if end == 0 {
		return spans
	}
	first := len(spans)
	spans = capability(spans, text[open:end], where)
	for i := first; i < len(spans); i++ {
		spans[i].start += open
		spans[i].end += open
	}
	return spans
}

// userInfo masks what stands before an @ in the authority that begins at start.
func userInfo(spans []span, text []byte, start, level int) []span {
	at, port := -1, true
	var passed, inPassword bool
	for i := start; i < len(text); {
		c, width, depth := character(text, i)
		if depth <= level {
			if c <= ' ' || strings.IndexByte("\"'<>\\`", c) >= 0 || passed && i-start > headOfValue {
				break
			}
			switch {
			case strings.IndexByte("/?#", c) >= 0:
				// The authority ends here, unless what came behind a colon is no port: a password need not be escaped well.
				if at >= 0 || !inPassword || port {
					return appendUserInfo(spans, text, start, at)
				}
				passed = true
			case c == '@':
				at = i
				if passed {
					return appendUserInfo(spans, text, start, at)
				}
			case c == ':' && !passed:
				inPassword = true
			case inPassword && (c < '0' || c > '9'):
				port = false
			}
		}
		i += width
	}
	return appendUserInfo(spans, text, start, at)
}

func appendUserInfo(spans []span, text []byte, start, at int) []span {
	if at < 0 || string(text[start:at]) == "git" {
		return spans // ssh://git@… is how anybody fetches
	}
	return appendSecret(spans, text, start, at)
}

// slashes returns the offset past `//` at i, escaped in whatever way, or 0.
func slashes(text []byte, i int) int {
	for range 2 {
		if i >= len(text) {
			return 0
		}
		c, width, _ := character(text, i)
		if c != '/' {
			return 0
		}
		i += width
	}
	return i
}
