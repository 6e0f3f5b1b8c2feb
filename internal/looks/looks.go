package looks

import (
	"fmt"
	"net"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mcp-taskdetails/internal/rawjson"
)

// Bounds on a value that is shown beside a finding. What is longer, or reads like prose, is measured instead of shown:
// prompts and other people's sentences stay in the request.
const (
	MaxShown      = 64
	MaxShownURL   = 300
	maxShownWords = 3
	MaxShownProse = 24 // of prompts and the like: a word or two
	MaxURLWords   = 6
)

// Shown returns a string as it may stand beside a finding; false where only its length may.
func Shown(text string) (string, bool) {
	if mediaType, data, ok := CutDataURI(text); ok {
		return fmt.Sprintf("data URI %s, %s base64 chars", mediaType, thousands(len(data))), true
	}
	if IsBase64(text) {
		return fmt.Sprintf("base64, %s chars", thousands(len(text))), true
	}
	if strings.Contains(text, "://") && !strings.ContainsAny(text, " \n") {
		u, err := url.Parse(text)
		if err != nil || len(text) > MaxShownURL || GivesOrders(text) || CountWords(ownPath(u.Path)) > MaxURLWords || CountWords(u.RawQuery) > 2*MaxURLWords || CountWords(u.Fragment) > 0 || CountWords(u.Host) > MaxURLWords {
			return "", false
		}
		return text, true
	}
	if text == "" || Plain(text) || IsModelID(text) && !GivesOrders(text) {
		return text, true
	}
	return "", false
}

// ownPath is the path of a URL without what the hosts of files put into it, which is nobody's words: /resolve/main/, the ending.
func ownPath(address string) string {
	const longest = 12 // .safetensors
	if ending := path.Ext(address); len(ending) <= longest && !strings.ContainsAny(ending, "-_") {
		address = strings.TrimSuffix(address, ending)
	}
	for _, folder := range [...]string{"/blob/main/", "/resolve/main/"} {
		address = strings.Replace(address, folder, "/", 1)
	}
	return address
}

// PlainValue tells whether a string may be repeated in a patch: short, and no data or prose.
func PlainValue(text string) bool {
	shown, ok := Shown(text)
	return ok && shown == text
}

// Plain tells a short value (a name, an id, a size) from a sentence.
//
// Short orders to a reader are not plain either: a model that reads a finding must not meet them there.
func Plain(s string) bool {
	return len(s) <= MaxShown && s != "[redacted]" && !GivesOrders(s) && !IsAddress(s) && !speaks(s) && !isMarkup(s) && CountWords(s) <= maxShownWords && !strings.ContainsFunc(s, func(r rune) bool {
		return r == '`' || r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || isUnseen(r)
	})
}

// GivesOrders finds the words with which planted text addresses a model.
func GivesOrders(s string) bool {
	if isShort(s) { // a name, as nearly all that is asked of: no copy is made
		return slices.ContainsFunc(ordersASCII[:], func(order string) bool { return containsFold(s, order) })
	}
	lower := strings.ToLower(s)
	in := func(order string) bool { return strings.Contains(lower, order) }
	return slices.ContainsFunc(ordersASCII[:], in) || slices.ContainsFunc(ordersOther[:], in)
}

//nolint:gochecknoglobals // tables
var (
	ordersASCII = [...]string{"ignor", "disregard", "instruc", "instruk", "overrid", "istruzion", "anweisung", "missachte"}
	ordersOther = [...]string{"игнорир", "инструкц", "忽略", "无视", "無視", "指令", "指示", "무시", "지시"}
)

// isShort tells a text of a few words in ASCII.
func isShort(s string) bool {
	const short = 100
	return len(s) <= short && strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// containsFold is strings.Contains for a text in ASCII of any letter case and a word in lower case.
func containsFold(s, word string) bool {
	for i := range len(s) - len(word) + 1 {
		if s[i]|0x20 == word[0] && strings.EqualFold(s[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// isMarkup tells what a reader might follow, render or run: a tag, a link, a path upwards, a command.
func isMarkup(s string) bool {
	return strings.ContainsAny(s, "<>") || strings.Contains(s, "](") || strings.Contains(s, "../") || strings.Contains(s, "$(")
}

// isUnseen tells the letters and marks that leave no sign, among which any text can hide.
func isUnseen(r rune) bool {
	return unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) || r == '\u2800'
}

// speaks tells a few words that address somebody from a name of a few words: they have the little words of a sentence, or
// are of a script of which those are not known here.
func speaks(s string) bool {
	if strings.Contains(strings.TrimSpace(s), " ") && strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }) {
		return true
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch word {
		case "the", "your", "you", "me", "my", "our", "please", "then", "now", "must", "this", "that", "them", "everything", "obey", "reply":
			return true
		}
	}
	return false
}

// IsSentence tells a text with several plain words in a row, as no pattern and no name has them.
func IsSentence(s string) bool {
	const several = 4
	row := 0
	for word := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(strings.Trim(word, "^$.,!?"), func(r rune) bool { return !unicode.IsLetter(r) }) {
			row = 0
			continue
		}
		if row++; row == several {
			return true
		}
	}
	return false
}

// CountWords counts runs of three and more letters: ids, sizes and file names have few, sentences many. Of a script
// without blanks two letters make a word.
func CountWords(s string) int {
	const dense = 2
	words, run, ideographs := 0, 0, 0
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && !isLetterASCII(r):
			run = 0
		case r >= utf8.RuneSelf && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			if ideographs++; ideographs%dense == 0 {
				words++
			}
			run = 0
		case r < utf8.RuneSelf || unicode.IsLetter(r):
			if run++; run == 3 {
				words++
			}
		default:
			run = 0
		}
	}
	return words
}

func isLetterASCII(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }

// JSONType is the JSON Schema word for the type of a value, "" for what is no JSON.
func JSONType(raw []byte) string {
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

// IsRunware tells a host of Runware's own, in lower case and without a port.
func IsRunware(host string) bool {
	return host == "runware.ai" || strings.HasSuffix(host, ".runware.ai")
}

// IsLoopback tells a host that is this machine by its name or address alone.
func IsLoopback(host string) bool {
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}

// IsURL tells a web address from other text.
func IsURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// IsUUID tells a UUID of any version, in its usual form with hyphens.
func IsUUID[T ~string | ~[]byte](s T) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		hyphen := i == 8 || i == 13 || i == 18 || i == 23
		hex := c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
		if hyphen != (c == '-') || !hyphen && !hex {
			return false
		}
	}
	return true
}

// Plural is a number, as it is written, with what it counts.
func Plural(n, noun string) string { return n + " " + Noun(n, noun) }

// Noun is what a number counts: one item, two items.
func Noun(n, noun string) string {
	if n == "1" {
		return noun
	}
	return noun + "s"
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// IsModelID tells an AIR or a slug from other text: no blanks, few words.
func IsModelID(s string) bool {
	return len(s) <= MaxShown && CountWords(s) <= 2*maxShownWords && s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(":@._-/+", r)
	})
}

// Short bounds a foreign text.
func Short(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// IsLocalPath tells a path on somebody's own machine, which Runware cannot read.
func IsLocalPath(s string) bool {
	if IsURL(s) || IsUUID(s) || IsBase64(s) || strings.HasPrefix(strings.ToLower(s), "data:") || s == "" || len(s) > MaxShownURL {
		return false
	}
	at := strings.LastIndexByte(s, '.')
	extension := at >= 0 && len(s)-at >= 3 && len(s)-at <= 6 && !strings.ContainsAny(s[at:], "/\\ ")
	return extension || strings.HasPrefix(s, "file:") || strings.HasPrefix(s, "/") || strings.HasPrefix(s, "./") || strings.HasPrefix(s, "~/") || len(s) > 3 && s[1] == ':' && (s[2] == '\\' || s[2] == '/')
}

// maxAIR is longer than any model's id that Runware has published, in bytes.
const maxAIR = 100

// IsAIR tells a model's id in Runware's form, `source:id@version`: letters, digits and `_-.` alone, so that it may be put
// into the URL of the schema service and into a sentence. The slugs that Runware's SDK takes are no part of a task.
func IsAIR(s string) bool {
	source, rest, _ := strings.Cut(s, ":")
	name, version, _ := strings.Cut(rest, "@")
	return len(s) <= maxAIR && isPart(source) && isPart(name) && isPart(version) && !GivesOrders(s)
}

func isPart(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-' && r != '.'
	})
}
