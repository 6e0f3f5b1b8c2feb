package looks

import (
	"encoding/base64"
	"strings"
)

// CutDataURI takes a data URI apart.
func CutDataURI(s string) (mediaType, data string, ok bool) {
	if len(s) < 5 || !strings.EqualFold(s[:5], "data:") {
		return "", "", false
	}
	head, data, found := strings.Cut(s[5:], ",")
	if !found || len(head) > 100 {
		return "", "", false
	}
	mediaType, _, _ = strings.Cut(head, ";")
	if mediaType == "" || !Plain(strings.ReplaceAll(mediaType, "/", " ")) {
		mediaType = "without a media type"
	}
	return mediaType, data, true
}

// minBase64 is the shortest string that is taken for base64 rather than a name or an id.
const minBase64 = 120

// IsBase64 looks at the whole string's alphabet, not only its head.
func IsBase64(s string) bool {
	if len(s) < minBase64 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/', c == '=', c == '-', c == '_', c == '\n', c == '\r':
		default:
			return false
		}
	}
	return true
}

// Sniff names the media type that base64 data begins with, "" if none is known.
func Sniff(data string) string {
	head := make([]byte, 24)
	n, err := base64.StdEncoding.Decode(head, []byte(data[:min(len(data), 32)&^3]))
	if err != nil && n == 0 {
		return ""
	}
	magic := string(head[:n])
	switch {
	case strings.HasPrefix(magic, "\x89PNG\r\n\x1a\n"):
		return "image/png"
	case strings.HasPrefix(magic, "\xff\xd8\xff"):
		return "image/jpeg"
	case strings.HasPrefix(magic, "GIF8"):
		return "image/gif"
	case strings.HasPrefix(magic, "RIFF") && len(magic) >= 12 && magic[8:12] == "WEBP":
		return "image/webp"
	case len(magic) >= 12 && magic[4:8] == "ftyp":
		switch brand := magic[8:12]; brand { // ISO/IEC 23008-12 and the AV1 image format
		case "heic", "heix", "mif1":
			return "image/heic"
		case "avif":
			return "image/avif"
		}
		return "video/mp4"
	case strings.HasPrefix(magic, "<svg"), strings.HasPrefix(magic, "<?xml"):
		return "image/svg+xml"
	case strings.HasPrefix(magic, "BM"):
		return "image/bmp"
	default:
		return ""
	}
}

// IsMedia tells whether a string has one of the forms that Runware takes for media: a URL, the UUID of a file, a data URI
// or base64. Source: the message of invalidReferenceImages.
func IsMedia(s string) bool {
	return IsURL(s) || IsUUID(s) || IsBase64(s) || strings.HasPrefix(s, "data:")
}

// IsBareWord tells a string that is base64 by its letters alone: a word, or a path without a dot. It is too short for a
// file, and begins like none.
func IsBareWord(s string) bool {
	const shortestFile = 80 // in base64; what is shorter, such as a picture of one pixel, is told by how it begins
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/="
	return s != "" && len(s) < shortestFile && strings.Trim(s, letters) == "" && !IsUUID(s) && Sniff(s) == ""
}

// HeadLength is how much of a string decides whether it is base64.
const HeadLength = 1024

// Encodes tells base64 in the text of a JSON string, escapes and all, by the head. Encoded media mix letter case and
// digits within a few dozen characters; prose has blanks, URLs have punctuation, hexadecimal has no g to z.
func Encodes(content []byte) bool {
	head := content[:min(len(content), HeadLength)]
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
