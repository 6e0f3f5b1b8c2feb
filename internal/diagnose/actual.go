package diagnose

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Bounds on a value that is shown beside a finding. What is longer, or reads like prose, is measured instead of shown:
// prompts and other people's sentences stay in the request.
const (
	maxShown      = 64
	maxShownURL   = 300
	maxShownWords = 3
	maxShownProse = 24 // of prompts and the like: a word or two
	maxURLWords   = 6
)

// actualOf describes what the request holds at a place: the value where it may be shown, else its measure.
func actualOf(p place) (schema.Value, schema.Measure) {
	switch rawjson.KindOf(p.raw) {
	case rawjson.String:
		text, _ := rawjson.Text(p.raw)
		if isSecretName(p.parameter) {
			return schema.StringValue("[redacted]"), schema.MeasureValue
		}
		if shown, ok := showString(text); ok && (!isProse(p.parameter) || len(strings.Fields(text)) <= 2 && len(text) <= maxShownProse) {
			return schema.StringValue(shown), schema.MeasureValue
		}
		return schema.IntValue(utf8.RuneCountInString(text)), schema.MeasureCharacters
	case rawjson.Array:
		return schema.IntValue(rawjson.Len(p.raw)), schema.MeasureItems
	case rawjson.Object:
		return schema.StringValue("object"), schema.MeasureType
	case rawjson.Number, rawjson.True, rawjson.False, rawjson.Null:
		if len(p.raw) <= maxShown {
			return schema.Value(p.raw), schema.MeasureValue
		}
		return schema.StringValue(typeOf(p.raw)), schema.MeasureType
	case rawjson.None:
	}
	return nil, ""
}

// isSecretName tells the parameters whose values are keys. present knows many more forms; this is what no sentence of ours
// may quote in the first place.
func isSecretName(parameter string) bool {
	name := foldName(lastStep(parameter))
	for _, word := range [...]string{"apikey", "token", "secret", "password", "authorization", "credential"} {
		if strings.HasSuffix(name, word) {
			return true
		}
	}
	return false
}

// isProse tells the parameters whose values are somebody's own words.
func isProse(parameter string) bool {
	name := foldName(lastStep(parameter))
	return strings.Contains(name, "prompt") || name == "text" || name == "content" || name == "lyrics" || name == "comment" || strings.Contains(name, "description")
}

// showString returns a string as it may stand beside a finding; false where only its length may.
func showString(text string) (string, bool) {
	if mediaType, data, ok := cutDataURI(text); ok {
		return fmt.Sprintf("data URI %s, %s base64 chars", mediaType, thousands(len(data))), true
	}
	if isBase64(text) {
		return fmt.Sprintf("base64, %s chars", thousands(len(text))), true
	}
	if strings.Contains(text, "://") && !strings.ContainsAny(text, " \n") {
		u, err := url.Parse(text)
		if err != nil || len(text) > maxShownURL || givesOrders(text) || countWords(u.Path) > maxURLWords || countWords(u.RawQuery) > 2*maxURLWords || countWords(u.Fragment) > 0 || countWords(u.Host) > maxURLWords {
			return "", false
		}
		return text, true
	}
	if text == "" || plainText(text) || isModelID(text) && !givesOrders(text) {
		return text, true
	}
	return "", false
}

// plainValue tells whether a string may be repeated in a patch: short, and no data or prose.
func plainValue(text string) bool {
	shown, ok := showString(text)
	return ok && shown == text
}

// plainText tells a short value (a name, an id, a size) from a sentence.
//
// Short orders to a reader are not plain either: a model that reads a finding must not meet them there.
func plainText(s string) bool {
	return len(s) <= maxShown && !givesOrders(s) && countWords(s) <= maxShownWords && !strings.ContainsFunc(s, func(r rune) bool {
		return r == '`' || r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r)
	})
}

// givesOrders finds the words with which planted text addresses a model.
func givesOrders(s string) bool {
	lower := strings.ToLower(s)
	for _, order := range [...]string{"ignore", "disregard", "instruction", "override"} {
		if strings.Contains(lower, order) {
			return true
		}
	}
	return false
}

// countWords counts runs of three and more letters: ids, sizes and file names have few, sentences many.
func countWords(s string) int {
	words, run := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			if run++; run == 3 {
				words++
			}
			continue
		}
		run = 0
	}
	return words
}

// show is a value in our own sentences: quoted as JSON has it, without the quotes of plain strings.
func show(v schema.Value) string {
	if text, ok := rawjson.Text(v); ok {
		switch {
		case text == "":
			return "empty"
		case strings.Contains(text, "://"):
			return "a URL" // which may carry credentials, and says nothing in a sentence
		}
		return "`" + text + "`"
	}
	return string(v)
}

func typeOf(raw []byte) string {
	switch rawjson.KindOf(raw) {
	case rawjson.String:
		return "string"
	case rawjson.Number:
		return "number"
	case rawjson.True, rawjson.False:
		return "boolean"
	case rawjson.Array:
		return "array"
	case rawjson.Object:
		return "object"
	case rawjson.Null:
		return "null"
	case rawjson.None:
	}
	return ""
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, r := range s {
		switch i {
		case 8, 13, 18, 23:
			if r != '-' {
				return false
			}
		default:
			if !strings.ContainsRune("0123456789abcdefABCDEF", r) {
				return false
			}
		}
	}
	return true
}

// cutDataURI takes a data URI apart.
func cutDataURI(s string) (mediaType, data string, ok bool) {
	if len(s) < 5 || !strings.EqualFold(s[:5], "data:") {
		return "", "", false
	}
	head, data, found := strings.Cut(s[5:], ",")
	if !found || len(head) > 100 {
		return "", "", false
	}
	mediaType, _, _ = strings.Cut(head, ";")
	if mediaType == "" || !plainText(strings.ReplaceAll(mediaType, "/", " ")) {
		mediaType = "without a media type"
	}
	return mediaType, data, true
}

// minBase64 is the shortest string that is taken for base64 rather than a name or an id.
const minBase64 = 120

// isBase64 looks at the whole string's alphabet, not only its head.
func isBase64(s string) bool {
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

// sniff names the media type that base64 data begins with, "" if none is known.
func sniff(data string) string {
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
		return "video/mp4"
	case strings.HasPrefix(magic, "<svg"), strings.HasPrefix(magic, "<?xml"):
		return "image/svg+xml"
	case strings.HasPrefix(magic, "BM"):
		return "image/bmp"
	default:
		return ""
	}
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
