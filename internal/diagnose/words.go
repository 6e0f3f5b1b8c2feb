package diagnose

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// This file owns the voice of a diagnosis; nothing reads back what it makes. Its rules: what is wrong and what to do
// are two sentences and never mixed; the value seen and the limit are named; identifiers stand in backticks; what the
// user must choose is called that. No "please", "illegal", "oops" or "did you mean"; no cause that was not proved.

// String is the clause with everything filled in. What is filled in is not read again, whatever stands in it.
func (s saying) String() string {
	template := clauses[s.key]
	if s.key == inText {
		return s.text
	}
	var b strings.Builder
	b.Grow(2 * len(template)) // names and values are about as long as the words around them
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		slot, after, _ := strings.Cut(rest, "}")
		b.WriteString(s.slot(slot))
		template = after
	}
}

// possessive is a name as of an owner.
func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "'"
	}
	return name + "'s"
}

// slot says what stands in the braces of a clause.
func (s saying) slot(slot string) string {
	switch slot {
	case "who":
		return s.who
	case "provider":
		return cmp.Or(s.provider, anyProvider)
	case "provider's":
		return possessive(cmp.Or(s.provider, anyProvider))
	case "name":
		return "`" + s.name + "`"
	case "other":
		return "`" + s.other + "`"
	case "names":
		if len(s.names) == 0 {
			return "a member whose name is not repeated here"
		}
		return andList(s.names)
	case "held":
		return andList(s.held)
	case "alternatives":
		return strings.Replace(andList(s.names), "`width`, `height` and ", "`width` + `height`, or ", 1)
	case "comma list":
		return strings.Join(s.names, ", ")
	case "or list":
		if n := len(s.names) - 1; n > 1 {
			return strings.Join(s.names[:n], ", ") + " or " + s.names[n]
		}
		return strings.Join(s.names, " or ")
	case "one of":
		return orList(s.values)
	case "value":
		return show(s.value)
	case "upload":
		return uploadOf(s.name)
	case "both values":
		return show(s.values[0]) + " and " + show(s.values[1])
	case "json":
		return string(s.value)
	case "type":
		return looks.JSONType(s.value)
	case "seen":
		return s.seen()
	case "has seen":
		if len(s.value) == 0 {
			return "is of another form"
		}
		if s.measure == schema.MeasureItems || s.measure == schema.MeasureCharacters {
			return "has " + s.seen()
		}
		return "is " + s.seen()
	default:
		return s.measured(slot)
	}
}

// measured says sizes and numbers of things.
func (s saying) measured(slot string) string {
	switch slot {
	case "size":
		return fmt.Sprintf("%dx%d", s.size[0], s.size[1])
	case "sizes":
		if len(s.values) == 1 {
			return "only " + show(s.values[0])
		}
		return "one of " + strconv.Itoa(len(s.values)) + " sizes"
	case "tasks":
		return tasks(s.indexes)
	case "new ids":
		if len(s.indexes) == 1 {
			return "a new taskUUID"
		}
		return "a new taskUUID each"
	case "in brackets":
		if s.text == "" {
			return ""
		}
		return " (" + s.text + ")"
	case "count":
		return strconv.Itoa(s.count)
	case "have":
		if len(s.indexes) == 1 {
			return "has"
		}
		return "have"
	case "results":
		return looks.Plural(strconv.Itoa(s.count), "result")
	case "results are":
		if s.size[0] == 1 {
			return s.results() + " is"
		}
		return s.results() + " are"
	case "ask":
		if len(s.names) == 1 {
			return "asks"
		}
		return "ask"
	case "as they are":
		if s.size[0] == 1 {
			return "as it is"
		}
		return "as they are"
	case "results of":
		return s.results()
	case "lacking":
		return strconv.Itoa(s.size[1] - s.size[0] - s.count)
	case "asked":
		return strconv.Itoa(s.size[1])
	case "wait":
		if s.text == "" {
			return "wait a little"
		}
		return "wait " + s.text
	case "items":
		return looks.Plural(strconv.Itoa(s.count), "item")
	case "more items":
		return strconv.Itoa(s.count) + " more " + strings.TrimPrefix(looks.Plural(strconv.Itoa(s.count), "item"), strconv.Itoa(s.count)+" ")
	case "last items":
		if s.count == 1 {
			return "the last item"
		}
		return "the last " + strconv.Itoa(s.count) + " items"
	case "characters":
		return looks.Plural(strconv.Itoa(s.count), "character")
	default:
		return s.conditional(slot)
	}
}

// conditional says what a condition of a schema holds.
func (s saying) conditional(slot string) string {
	switch slot {
	case "because":
		return becauseWords(s.condition.Because)
	case "size list":
		if len(s.condition.Sizes) == 0 {
			return ""
		}
		return ", one of " + sizesWords(s.condition.Sizes)
	case "plain sizes":
		return sizesWords(s.condition.Sizes)
	case "choices":
		return choicesWords(s.condition.Choices)
	case "item rule":
		return itemsWords(s.condition.Items)
	case "forms":
		return formsWords(s.condition.Forms)
	case "pair":
		return show(s.values[0]) + " and " + show(s.values[1])
	default:
		return s.text
	}
}

// tasks names tasks by their index in the request array.
func tasks(indexes []int) string {
	all := make([]string, len(indexes))
	for i, n := range indexes {
		all[i] = strconv.Itoa(n)
	}
	if len(all) == 1 {
		return "task " + all[0]
	}
	return "tasks " + strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}

// results says how many there are, of how many asked for.
func (s saying) results() string {
	if n, of := s.size[0], s.size[1]; of > n {
		return fmt.Sprintf("%d of %d requested results", n, of)
	}
	return looks.Plural(strconv.Itoa(s.size[0]), "result")
}

// seen is the value with its measure or its type.
func (s saying) seen() string {
	text := show(s.value)
	switch s.measure {
	case schema.MeasureItems:
		return looks.Plural(text, "item")
	case schema.MeasureCharacters:
		return looks.Plural(text, "character")
	case schema.MeasureBytes:
		return looks.Plural(text, "byte")
	case schema.MeasureType:
		return "of type " + strings.Trim(text, "`")
	case schema.MeasureValue:
	}
	switch s.typ {
	case "":
		return text
	case "null":
		return s.typ
	default:
		if strings.HasPrefix(text, "a ") { // a URL
			return text
		}
		return "the " + s.typ + " " + text
	}
}

// String is the cause in words.
func (c cause) String() string {
	text := inRow(c.saying, c.more)
	switch c.by {
	case providerSays:
		whose := c.slot("provider's")
		if strings.Contains(text, c.slot("provider")) {
			whose = "its"
		}
		said := len(text)
		for _, ours := range [...]string{"; ", ": the request "} { // what follows is no word of theirs
			if at := strings.Index(text, ours); at >= 0 && c.key == inText && len(c.more) == 0 {
				said = min(said, at)
			}
		}
		return text[:said] + ", by " + whose + " own words" + text[said:]
	case providerRefuses:
		return c.slot("provider") + " refused the input: " + text
	case runware:
	}
	return text
}

// String is the mend in words, with what stands beside it.
func (m mend) String() string { return m.head() + m.besides() }

// head is the step itself.
func (m mend) head() string {
	step := inRow(m.saying, m.also)
	if m.ofUpload {
		step = strings.ReplaceAll(step, "upload the file and send its UUID", "send the file itself as a data URI")
	}
	return step
}

// besides is what stands beside the step.
func (m mend) besides() string {
	var b strings.Builder
	for _, s := range m.aside {
		b.WriteString("; " + s.String())
	}
	return b.String()
}

// inRow is a clause and those that go on behind it.
func inRow(first saying, more []saying) string {
	if len(more) == 0 {
		return first.String()
	}
	var b strings.Builder
	b.WriteString(first.String())
	for _, s := range more {
		b.WriteString(s.String())
	}
	return b.String()
}

// sends tells whether the step itself says to send something.
func (m mend) sends() bool { return strings.HasPrefix(clauses[m.key], "send ") }

// winds tells whether the step has a subordinate clause, so that what follows it needs a comma.
func (m mend) winds() bool {
	winding := strings.Contains(clauses[m.key], ", ") || len(m.names) > 2
	for _, s := range m.also {
		winding = winding || strings.Contains(clauses[s.key], ", ")
	}
	return winding
}

// sentence makes a summary or a next step of a clause.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	first, width := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[width:]); !unicode.IsUpper(second) { // xAI writes itself so
		first = unicode.ToUpper(first)
	}
	return string(first) + strings.TrimSuffix(s[width:], ".") + "."
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

func showAll(values []schema.Value) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = show(v)
		if text, ok := rawjson.Text(v); len(all[i]) > looks.MaxShown+2 || ok && text != "" && !looks.Plain(text) {
			all[i] = "…"
		}
	}
	return all
}

func andList(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = "`" + name + "`"
	}
	switch len(quoted) {
	case 0:
		return ""
	case 1:
		return quoted[0]
	default:
		return strings.Join(quoted[:len(quoted)-1], ", ") + " and " + quoted[len(quoted)-1]
	}
}

func orList(values []schema.Value) string {
	if len(values) > constraint.MaxListed {
		return "one of the accepted values (" + constraint.ListText(values) + ")"
	}
	all := showAll(values)
	if len(all) == 1 {
		return all[0]
	}
	return strings.Join(all[:len(all)-1], ", ") + " or " + all[len(all)-1]
}

// acceptsPhrase says what is accepted in place of a value: the measure stands with the value already.
func acceptsPhrase(r constraint.Constraint, measure schema.Measure, typ bool) string {
	switch {
	case len(r.Allowed) > constraint.MaxListed:
		return fmt.Sprintf("one of %d values", len(r.Allowed))
	case r.Cut && len(r.Allowed) > 0:
		return "one of several values, " + orList(r.Allowed) + " among them"
	case len(r.Allowed) == 1:
		return "only " + showAll(r.Allowed)[0]
	case len(r.Allowed) > 2:
		return "one of " + strings.Join(showAll(r.Allowed), ", ")
	case len(r.Allowed) > 1:
		return strings.Join(showAll(r.Allowed), " or ")
	}
	text := r.Uncounted(measure)
	named := r.TypeStands(measure)
	if typ && r.Type != "" && !named && !r.Float {
		text, named = strings.TrimSpace(r.Type+" "+text), true
	}
	if !named {
		return text
	}
	switch r.Type {
	case "integer", "array", "object":
		return "an " + text
	default:
		return "a " + text
	}
}
