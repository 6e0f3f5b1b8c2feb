package inspect

import (
	"net/url"
	"regexp"
	"strings"

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

// FindIDs returns the different task ids within a text, such as a URL or a line of a log, in their order.
func FindIDs(text string) []string {
	ids, _ := findIDs(text)
	return ids
}

// findIDs also tells whether the ids stand there with hyphens: all do, or none.
func findIDs(text string) (ids []string, hyphens bool) {
	text = plainHyphens(text)
	if plain, err := url.PathUnescape(text); err == nil {
		text = plain
	}
	found := within(text, `[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}`)
	hyphens = len(found) > 0
	if !hyphens { // a digest looks the same
		found = within(text, `[0-9A-Fa-f]{32}`)
	}
	known := map[string]bool{}
	for _, id := range found {
		id = hyphenated(id)
		if folded := strings.ToLower(id); !known[folded] {
			known[folded] = true
			ids = append(ids, id)
		}
	}
	return ids, hyphens
}

// within finds what matches as a word of its own, not as a part of longer digits.
func within(text, pattern string) []string {
	var found []string
	for _, at := range regexp.MustCompile(pattern).FindAllStringIndex(text, -1) {
		if !alphanumeric(text, at[0]-1) && !alphanumeric(text, at[1]) {
			found = append(found, text[at[0]:at[1]])
		}
	}
	return found
}

func alphanumeric(text string, at int) bool {
	if at < 0 || at >= len(text) {
		return false
	}
	c := text[at]
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// plainHyphens undoes what editors and chats make of a hyphen.
func plainHyphens(text string) string {
	return strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-", "\uFE63", "-", "\uFF0D", "-").Replace(text)
}

// hyphenated writes 32 digits as 8-4-4-4-12.
func hyphenated(id string) string {
	if len(id) != len(IDForm)-4 {
		return id
	}
	return id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:]
}
