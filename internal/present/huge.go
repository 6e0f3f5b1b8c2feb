package present

import (
	"bytes"
	"fmt"
	"strings"

	"mcp-taskdetails/schema"
)

const (
	// minBase64 is the length from which base64 and data URIs are left out: no id, digest or key is that long.
	minBase64 = 256
	// headLength is how much of a string decides whether it looks like base64, and how much of its content is sniffed.
	headLength = 1024
	// maxHeader bounds the part of a data URI before its comma.
	maxHeader = 256
)

// Kinds of an omitted value.
const (
	kindBase64  = "base64"
	kindDataURI = "data_uri"
	kindString  = "string"
	kindNumber  = "number"
	kindArray   = "array"
	kindObject  = "object"
)

// isHuge tells cheaply whether the content of a JSON string is too long to show. digest has the last word.
func isHuge(content []byte, limit int) bool {
	return len(content) > limit || len(content) >= minBase64 && (isDataURI(content) || looksBase64(content))
}

// isDataURI asks for a media type or for base64 in the header, since prose may begin with "data:" too.
func isDataURI(content []byte) bool {
	_, _, _, ok := splitDataURI(content)
	return ok
}

func splitDataURI(content []byte) (mediaType string, encoded bool, payload []byte, ok bool) {
	const scheme = "data:"
	if len(content) < len(scheme) || !strings.EqualFold(string(content[:len(scheme)]), scheme) {
		return "", false, nil, false
	}
	comma := bytes.IndexByte(content[:min(len(content), maxHeader)], ',')
	if comma < 0 {
		return "", false, nil, false
	}
	// PHP writes the slash of a media type as `\/`.
	header := strings.ReplaceAll(string(content[len(scheme):comma]), `\/`, "/")
	if strings.ContainsAny(header, " \\\"") {
		return "", false, nil, false
	}
	header, encoded = strings.CutSuffix(strings.ToLower(header), ";base64")
	mediaType, _, _ = strings.Cut(header, ";")
	if !isMediaType(mediaType) {
		mediaType = ""
	}
	return mediaType, encoded, content[comma+1:], encoded || mediaType != ""
}

// isMediaType keeps a stranger's words out of our markers: a short type/subtype and nothing else.
func isMediaType(s string) bool {
	slash := strings.IndexByte(s, '/')
	if slash < 1 || slash == len(s)-1 || len(s) > 64 {
		return false
	}
	for _, c := range []byte(s) {
		if !isAlnum(c) && !strings.ContainsRune("/+.-_", rune(c)) {
			return false
		}
	}
	return true
}

// looksBase64 judges by the head. Encoded media mix letter case and digits within a few dozen characters; prose has
// blanks, URLs have punctuation, hexadecimal has no g to z.
func looksBase64(content []byte) bool {
	head := content[:min(len(content), headLength)]
	var seen mix
	line := 0
	for i := 0; i < len(head); i++ {
		line++
		switch c := head[i]; {
		case seen.add(c):
		case c == '+' || c == '/' || c == '-' || c == '_':
		case c == '=' && len(content)-i <= 2:
		case c == '\\' && i+1 < len(head) && head[i+1] == '/':
			i++
		case c == '\\' && i+1 < len(head) && (head[i+1] == 'n' || head[i+1] == 'r') && (line > 40 || line == 1):
			// MIME wraps base64 at 64 or 76 characters.
			i++
			line = 0
		case c == '\\' && i+1 == len(head) && len(content) > len(head):
		default:
			return false
		}
	}
	return seen.upper && seen.lower && seen.digit && seen.beyondHex
}

// mix is which kinds of letters and digits a text has.
type mix struct{ upper, lower, digit, beyondHex bool }

// add notes a letter or a digit; false for anything else.
func (a *mix) add(c byte) bool {
	switch {
	case c >= 'a' && c <= 'z':
		a.lower = true
		a.beyondHex = a.beyondHex || c > 'f'
	case c >= 'A' && c <= 'Z':
		a.upper = true
		a.beyondHex = a.beyondHex || c > 'F'
	case c >= '0' && c <= '9':
		a.digit = true
	default:
		return false
	}
	return true
}

// digest describes a huge string: what it is, how big, and its sha256. It reads the payload once and never copies it.
// ok is false when a string that looked like base64 is not, and is short enough to be shown.
func digest(content []byte, limit int, m masker) (o schema.Omission, ok bool) {
	o = schema.Omission{Reason: schema.ReasonSize}
	mediaType, encoded, payload, isURI := splitDataURI(content)
	switch {
	case isURI && encoded:
		o.Kind = kindDataURI
		if decodeBase64(payload, &o) {
			o.MediaType = either(mediaType, o.MediaType)
			return o, true
		}
	case isURI:
		o.Kind, o.MediaType = kindDataURI, mediaType
		sum := newSum(&o)
		percent := percentDecoder{sum: sum}
		stream(payload, percent.write)
		percent.close()
		sum.close()
		return o, true
	case looksBase64(content):
		o.Kind = kindBase64
		if decodeBase64(content, &o) {
			return o, true
		}
	}
	if len(content) <= limit {
		return o, false
	}
	o.Kind, o.MediaType, o.Bytes, o.SHA256 = kindString, "", 0, ""
	sum := newSum(&o)
	stream(content, sum.write)
	sum.close()
	if len(m.spans(content, plain)) > 0 {
		o.SHA256 = "" // a digest would confirm a guess at the secret
	}
	return o, true
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// marker is what stands in a value's place.
func marker(o schema.Omission) string {
	what := either(o.MediaType, o.Kind)
	if o.Kind == kindString {
		what = "text"
	}
	return fmt.Sprintf("[omitted: %s, %d bytes]", what, o.Bytes)
}
