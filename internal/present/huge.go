package present

import (
	"bytes"
	"fmt"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/schema"
)

const (
	// minBase64 is the length from which base64 and data URIs are left out: no id, digest or key is that long.
	minBase64 = 256
	// headLength is how much of the content of a huge string is sniffed.
	headLength = looks.HeadLength
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
	if limit == unlimited {
		return false
	}
	return len(content) > limit || len(content) >= minBase64 && (isDataURI(content) || looks.Encodes(content))
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
	case looks.Encodes(content):
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
