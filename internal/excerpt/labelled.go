package excerpt

import (
	"regexp"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
)

// label is a member of an error that a text names outside of any object, and where its value begins.
type label struct {
	name       string
	begin, end int // of name and sign
}

// labels finds the names of an error's members that stand before a sign: `code=`, `message:`, `[code] =>`, `map[code:`.
func labels(text string) []label {
	const form = `(?:^|[\s,;(\[{<"'|])(code|errorCode|message|errorMessage|parameter|taskUUID|taskType|documentation|responseContent|allowedValues)["'\]]?[ \t]*(=>|=|:)[ \t]*`
	var all []label
	for _, at := range regexp.MustCompile(form).FindAllStringSubmatchIndex(text, maxFound) {
		all = append(all, label{name: text[at[2]:at[3]], begin: at[0], end: at[1]})
	}
	return all
}

// labelled makes an error of the members that a text names; nil where it names neither a code nor a message. Of several
// errors it reads the first.
func labelled(text string, r *reader) map[string][]byte {
	members := map[string][]byte{}
	all := labels(text)
	for i, one := range all {
		if _, again := members[one.name]; again || one.end >= len(text) {
			break
		}
		l := lax{src: text[one.end:], steps: &r.steps, loose: true}
		switch c := l.peek(); c {
		case '{', '[':
			if value, ok := l.value(0, false); ok && rawjson.Valid(value) {
				members[one.name] = value
			}
		case '"', '\'', '`':
			members[one.name] = l.text(c)
		default:
			members[one.name] = rawjson.Quote(unquotedValue(text, all, i))
		}
	}
	code, _ := rawjson.Text(members["code"])
	if code == "" {
		code, _ = rawjson.Text(members["errorCode"])
	}
	if !isWord(code) {
		delete(members, "code")
		delete(members, "errorCode")
	}
	if !slices.ContainsFunc([]string{"code", "errorCode", "message", "errorMessage"}, func(name string) bool { return len(members[name]) > 0 }) {
		return nil
	}
	return members
}

// unquotedValue goes on to the next label, or to the end of its line; that of a name and not of a sentence is one word.
func unquotedValue(text string, all []label, i int) string {
	end := len(text)
	if i+1 < len(all) {
		end = all[i+1].begin
	}
	value, _, _ := strings.Cut(text[all[i].end:max(end, all[i].end)], "\n")
	switch all[i].name {
	case "message", "errorMessage", "responseContent":
	default:
		value, _, _ = strings.Cut(strings.TrimSpace(value), " ")
	}
	return strings.TrimRight(strings.TrimSpace(value), ",;)]}'\"")
}

func isWord(text string) bool {
	return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{2,99}$`).MatchString(text)
}
