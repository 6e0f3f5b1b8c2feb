package request

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"
	"unicode"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
)

// How long a text is, with its quotes, that an echo of it could be told from an ordinary word; of how many words a text or
// a name is made that could state a rule; and how much of base64 is taken for text.
const (
	shortest    = 9
	ruleWords   = 4
	nameWords   = 5
	longestData = 8 << 10
)

// Echoes lists what a message may repeat of the request, of whatever task of it: prose, any other text that is long enough
// to state a rule, and the names of members that are no names of parameters.
func (r *Request) Echoes() []string {
	if !r.read {
		r.read = true
		for i := range r.Tasks {
			r.Tasks[i].readTexts()
			r.echoes = append(r.echoes, r.Tasks[i].echoes...)
		}
	}
	return r.echoes
}

func (t *Task) readTexts() {
	if t.textsRead {
		return
	}
	t.textsRead = true
	for _, m := range t.Members {
		t.readName(m.Name)
		t.readText(m.Name, m.Raw, 0)
	}
}

func (t *Task) readText(name string, raw []byte, depth int) {
	if depth > maxDepth || len(t.echoes) >= maxPlaces {
		return
	}
	switch rawjson.KindOf(raw) {
	case rawjson.String:
		prose := parameter.IsProse(name)
		if len(raw) < shortest && bytes.IndexByte(raw, ' ') < 0 || !prose && len(raw) > longestData && bytes.IndexByte(raw[:longestData], ' ') < 0 {
			return // media
		}
		if !prose && isLink(raw) {
			return
		}
		text := t.texts.of(raw)
		if prose {
			t.prose = append(t.prose, text)
		}
		if inner := decoded(text); inner != "" {
			text = inner
		}
		if prose || mayState(text, parameter.Known(name) && name != "model") {
			t.echoes = append(t.echoes, text)
		}
	case rawjson.Object:
		for name, v := range rawjson.Members(raw) {
			t.readName(name)
			t.readText(name, v, depth+1)
		}
	case rawjson.Array:
		for i, v := range rawjson.Items(raw) {
			if i == maxPlaces {
				break
			}
			t.readText(name, v, depth+1)
		}
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number:
	}
}

// readName takes a member's name for a text where it is none of a parameter.
func (t *Task) readName(name string) {
	if len(name) >= shortest && len(t.echoes) < maxPlaces && (!parameter.Valid(name) || !parameter.Known(name) && parameter.CountWords(name) >= nameWords) {
		t.echoes = append(t.echoes, name)
	}
}

// mayState tells a text that has the words for a rule. What names one thing (a URL without words of its own, an id of a model or
// a file, a size) has not. Of a name that somebody made up two words are enough, of a setting, whose values may have two
// ("Calm Woman"), two with one that orders or bounds: "only JPG", "at most 20".
func mayState(text string, setting bool) bool {
	const enough = 1 << 10
	text = text[:min(len(text), enough)]
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	if strings.ContainsFunc(text, unicode.IsSpace) || strings.Contains(text, "'") || strings.Contains(text, "%2") {
		apart = func(r rune) bool { return unicode.IsSpace(r) || r == '%' || r == '\'' }
	} else if looks.IsURL(text) || looks.IsUUID(text) || looks.IsAIR(text) || looks.IsBase64(text) || strings.HasPrefix(text, "data:") {
		return false
	}
	words := strings.FieldsFunc(text, apart)
	many := len(words) >= ruleWords
	return many || len(words) > 1 && (!setting && strings.ContainsFunc(text, unicode.IsSpace) || slices.ContainsFunc(words, isOrder))
}

// isOrder tells a word that makes a rule, or an order, of the one beside it.
func isOrder(word string) bool {
	switch strings.ToLower(strings.Trim(word, ".,:;!?\"`()")) {
	case "only", "remove", "omit", "drop", "require", "requires", "use", "set", "choose", "select", "must", "not",
		"mean", "closest", "similar", "suggestion", "renamed", "called", "moved", "move", "goes", "belongs", "put",
		"max", "maximum", "min", "minimum", "most", "least", "than", "limit", "between", "≤", "≥", "<", ">", "<=", ">=":
		return true
	}
	return false
}

// isLink tells a URL without words of its own, as mayState has it, before a copy is made of it.
func isLink(raw []byte) bool {
	return (bytes.HasPrefix(raw, []byte(`"https://`)) || bytes.HasPrefix(raw, []byte(`"http://`))) && bytes.IndexByte(raw, '\\') < 0 &&
		bytes.IndexByte(raw, ' ') < 0 && bytes.IndexByte(raw, '\'') < 0 && !bytes.Contains(raw, []byte("%2"))
}

// decoded is the text that base64 or a data URI holds, "" for what is none.
func decoded(text string) string {
	data := text
	if _, after, found := strings.Cut(text, ";base64,"); found && strings.HasPrefix(text, "data:") {
		data = after
	}
	if len(data) > longestData || len(data) < shortest || strings.ContainsAny(data, " .:") {
		return ""
	}
	inner, err := base64.StdEncoding.DecodeString(data)
	if err != nil || strings.ContainsFunc(string(inner), func(r rune) bool {
		return r == unicode.ReplacementChar || unicode.IsControl(r) && r != '\n' && r != '\t'
	}) {
		return ""
	}
	return string(inner)
}
