package inspect

import (
	"strings"
	"unicode"

	"mcp-taskdetails/internal/looks"

	"github.com/google/uuid"
)

// IDForm shows the form of a task id where a message needs one. It is no id: an agent may send back what it reads, and
// would look up somebody else's task.
const IDForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"

// ParseID reads a task id as people, models and programs write it: blanks, quotes and backticks around it are forgiven,
// as are braces, urn:uuid:, typographic hyphens and none at all. Any version and variant goes, since the documentation's
// own example is no valid UUID of any; letter case stays.
func ParseID(text string) (id string, ok bool) {
	id = plainHyphens(strings.Trim(text, " \t\r\n\"'`“”‘’"))
	if begin := len("urn:uuid:"); len(id) > begin && strings.EqualFold(id[:begin], "urn:uuid:") {
		id = id[begin:]
	}
	if inner, open := strings.CutPrefix(id, "{"); open {
		id, _ = strings.CutSuffix(inner, "}")
	}
	if len(id) == len(IDForm)-4 {
		id = hyphenated(id)
	}
	return id, len(id) == len(IDForm) && uuid.Validate(id) == nil
}

// FindIDs returns the different task ids within a text, such as a URL or a log, in their order.
func FindIDs(text string) []string {
	var ids []string
	known := map[string]bool{}
	for _, id := range EveryID(text) {
		if folded := strings.ToLower(id); !known[folded] {
			known[folded] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// EveryID returns a task id for each time that one stands within a text, in their order. Without hyphens one is read only
// where there is no other, since a digest looks the same.
func EveryID(text string) []string {
	ids, bare := Mentions(text)
	if len(ids) > 0 {
		return ids
	}
	return bare
}

// Mentions finds the ids of a text that stand as words of their own, not as a part of longer digits: those with hyphens,
// and what may be one without, or a digest.
func Mentions(text string) (ids, bare []string) {
	text = plainHyphens(text)
	const first, digits = 8, len(IDForm) - 4 // where the first hyphen stands; how many digits there are
	for at := 0; ; {
		hyphen := strings.IndexByte(text[at:], '-')
		if hyphen < 0 {
			break
		}
		begin := at + hyphen - first
		end := begin + len(IDForm)
		at += hyphen + 1
		if begin >= 0 && end <= len(text) && looks.IsUUID(text[begin:end]) && isWord(text, begin, end) {
			ids = append(ids, text[begin:end])
			at = end
		}
	}
	for begin := 0; begin < len(text); begin++ {
		end := begin
		for end < len(text) && isHex(text[end]) {
			end++
		}
		if end-begin == digits && isWord(text, begin, end) {
			bare = append(bare, hyphenated(text[begin:end]))
		}
		begin = end
	}
	return ids, bare
}

// isWord tells whether nothing that belongs to it stands before or behind a part of a text.
func isWord(text string, begin, end int) bool {
	return (begin == 0 || !alphanumeric(text[begin-1]) || endsEscape(text[:begin])) && (end == len(text) || !alphanumeric(text[end]))
}

// endsEscape tells the letters and digits that are none of the text's own: an escape of JSON or of a URL, and a colour.
func endsEscape(text string) bool {
	n := len(text)
	hex := func(s string) bool {
		return strings.Trim(s, "0123456789abcdefABCDEF") == ""
	}
	switch {
	case n >= 2 && text[n-2] == '\\':
		return strings.IndexByte("nrtbf", text[n-1]) >= 0
	case n >= 6 && text[n-6:n-4] == `\u`:
		return hex(text[n-4:])
	case n >= 3 && text[n-3] == '%':
		return hex(text[n-2:])
	case text[n-1] == 'm':
		parameters := strings.TrimRight(text[:n-1], "0123456789;")
		return strings.HasSuffix(parameters, "[")
	}
	return false
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// plainHyphens undoes what editors and chats make of a hyphen.
func plainHyphens(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		return text
	}
	return strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-", "\uFE63", "-", "\uFF0D", "-").Replace(text)
}

// hyphenated writes 32 digits as 8-4-4-4-12.
func hyphenated(id string) string {
	if len(id) != len(IDForm)-4 {
		return id
	}
	return id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:]
}
