package diagnose

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	edit "mcp-taskdetails/internal/mend"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// This file says what a model's schema has to say: its conditions, and what a search for mends changes. A schema is
// written by strangers as well: a name or a title that is no plain one is left out.

// becauseWords says what makes a condition apply: " with `inputs.frameImages`", " without media".
func becauseWords(because []schema.Premise) string {
	var parts []string
	for _, p := range because {
		if text := premiseWords(p); text != "" && len(parts) < maxNamed {
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.Join(parts, " and ")
}

func premiseWords(p schema.Premise) string {
	name := nameAt(p.Pointer)
	if name == "" {
		return ""
	}
	switch p.State {
	case schema.StatePresent:
		return "with " + name
	case schema.StateAbsent:
		return "without " + name
	case schema.StateEqual:
		return "where " + name + " is " + orList(plainValues(p.Values))
	case schema.StateUnequal:
		return "where " + name + " is not " + orList(plainValues(p.Values))
	case schema.StateFits, schema.StateUnfit:
		text := constraint.Constraint{Constraint: p.Constraint}.Text(measureOf(p.Constraint))
		if text == "" || !looks.Plain(text) {
			return "with " + name
		}
		is := " is "
		if measureOf(p.Constraint) == schema.MeasureItems {
			is = " has "
		}
		if p.State == schema.StateUnfit {
			is += "not "
		}
		return "where " + name + is + text
	}
	return ""
}

func measureOf(c schema.Constraint) schema.Measure {
	if c.Type == "array" {
		return schema.MeasureItems
	}
	return ""
}

// nameAt is a pointer into a task as a parameter in backticks; "" where it is no name that may be said.
func nameAt(pointer string) string {
	if name := dotted(pointer); parameter.Valid(name) {
		return "`" + name + "`"
	}
	return ""
}

// namesAt are the dotted names of members that may be said.
func namesAt(pointers []string) []string {
	var names []string
	for _, p := range pointers {
		if name := dotted(p); parameter.Valid(name) && len(names) < maxNamed {
			names = append(names, name)
		}
	}
	return names
}

func plainValues(values []schema.Value) []schema.Value {
	plain := slices.DeleteFunc(slices.Clone(values), isProse)
	if len(plain) == 0 {
		return []schema.Value{schema.StringValue("…")}
	}
	return plain
}

// isProse tells a value that is not fit for our words.
func isProse(v schema.Value) bool {
	text, isText := rawjson.Text(v)
	return isText && !looks.Plain(text)
}

// sizesWords lists pairs of sides: "1920x1080 (1080p 16:9), 1440x1440".
func sizesWords(sizes []schema.Size) string {
	var parts []string
	for _, s := range sizes[:min(len(sizes), constraint.MaxListed)] {
		text := fmt.Sprintf("%dx%d", s.Width, s.Height)
		if s.Title != "" && looks.Plain(s.Title) && !strings.Contains(s.Title, text) {
			text += " (" + strings.NewReplacer("(", "", ")", "").Replace(s.Title) + ")"
		}
		parts = append(parts, text)
	}
	if more := len(sizes) - len(parts); more > 0 {
		parts = append(parts, strconv.Itoa(more)+" more")
	}
	return strings.Join(parts, ", ")
}

// choicesWords lists groups of members, one of which is required: "`top`, `bottom` or `left` + `right`".
func choicesWords(choices [][]string) string {
	var groups []string
	for _, group := range choices {
		var names []string
		for _, pointer := range group {
			if name := nameAt(pointer); name != "" {
				names = append(names, name)
			}
		}
		if len(names) > 0 && len(groups) < maxNamed {
			groups = append(groups, strings.Join(names, " + "))
		}
	}
	return orJoin(groups)
}

func orJoin(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + " or " + all[len(all)-1]
}

// itemsWords says how many items of an array must be what: "at least 1 item whose `frame` is not `last`".
func itemsWords(r *schema.ItemRule) string {
	if r == nil {
		return "other items"
	}
	var what []string
	for _, p := range r.What {
		name := nameAt(p.Pointer)
		subject := "that"
		if name != "" {
			subject = "whose " + name
		}
		state := p.State
		if r.Not {
			state = opposite(state)
		}
		switch state {
		case schema.StatePresent:
			what = append(what, "with "+name)
		case schema.StateAbsent:
			what = append(what, "without "+name)
		case schema.StateEqual:
			what = append(what, subject+" is "+orList(plainValues(p.Values)))
		case schema.StateUnequal:
			what = append(what, subject+" is other than "+orList(plainValues(p.Values)))
		case schema.StateFits, schema.StateUnfit:
			text := constraint.Constraint{Constraint: p.Constraint}.Text(measureOf(p.Constraint))
			if state == schema.StateUnfit {
				text = "not " + text
			}
			what = append(what, subject+" is "+text)
		}
	}
	count := "at least " + looks.Plural(strconv.Itoa(max(r.Min, 1)), "item")
	if r.Max > 0 {
		count = "at most " + looks.Plural(strconv.Itoa(r.Max), "item")
	}
	return strings.TrimSpace(count + " " + strings.Join(what, " and "))
}

func opposite(s schema.State) schema.State {
	switch s {
	case schema.StatePresent:
		return schema.StateAbsent
	case schema.StateAbsent:
		return schema.StatePresent
	case schema.StateEqual:
		return schema.StateUnequal
	case schema.StateUnequal:
		return schema.StateEqual
	case schema.StateFits:
		return schema.StateUnfit
	case schema.StateUnfit:
		return schema.StateFits
	}
	return s
}

// formsWords lists the forms that a value may have: "`true` or an object with `model`".
func formsWords(forms []schema.Form) string {
	var all []string
	for _, f := range forms {
		text := acceptsPhrase(constraint.Constraint{Constraint: f.Constraint}, measureOf(f.Constraint), false)
		if len(f.Constraint.Allowed) == 1 {
			text = "`" + strings.Trim(show(f.Constraint.Allowed[0]), "`") + "`"
		}
		if needs := slices.DeleteFunc(slices.Clone(f.Needs), func(name string) bool { return !parameter.Valid(name) }); len(needs) > 0 {
			text += " with " + andList(needs)
		}
		if text != "" && len(all) < maxNamed {
			all = append(all, text)
		}
	}
	return orJoin(all)
}

// editWords says what the edits of a mend change.
func editWords(m edit.Mend) []saying {
	var all []saying
	for _, e := range m.Edits {
		if n := e.Again; n > 0 {
			e.Changes, e.Again = e.Changes[:len(e.Changes)/(n+1)], 0
			all = append(append(all, editWords(edit.Mend{Edits: []edit.Edit{e}})...), saying{key: alsoInItems, count: n})
			continue
		}
		var to []string
		for _, c := range e.Changes {
			if c.To != "" {
				to = append(to, c.To)
			}
		}
		last := e.Changes[len(e.Changes)-1]
		s := saying{name: dotted(last.To), other: dotted(last.From), value: jsonOf(last.New)}
		switch e.Kind {
		case edit.KindMove:
			all = append(all, moveWords(e)...)
			continue
		case edit.KindRename:
			s.key, s.name, s.other = renameTo, dotted(last.From), dotted(last.To)
		case edit.KindRemove:
			all = append(all, removeWords(e)...)
			continue
		case edit.KindAdd:
			s.key = addValue
		case edit.KindNormalise:
			s.key = setTo
			switch {
			case isItemOf(last.New, last.Old):
				s.key = itemWithoutArray
			case isItemOf(last.Old, last.New):
				s.key = intoArray
			case memberHolding(last.Old, last.New) != "":
				s.key, s.other = outOfMember, s.name+"."+memberHolding(last.Old, last.New)
			case isShorter(last.New, last.Old):
				s.key = withoutTwins
			case memberHolding(last.New, last.Old) != "":
				s.key, s.other = intoMember, dotted(last.To)
				s.name = s.other + "." + memberHolding(last.New, last.Old)
			case len(e.Changes) == 2 && len(to) == 2:
				s.key, s.names, s.values = setBoth, namesAt(to), []schema.Value{jsonOf(e.Changes[0].New), jsonOf(e.Changes[1].New)}
			}
		}
		all = append(all, s)
	}
	return all
}

// moveWords says where the members of one edit go. A size that was one text becomes two sides.
func moveWords(e edit.Edit) []saying {
	var all []saying
	var gone []string
	first := e.Changes[0]
	if len(e.Changes) == 2 && first.From == e.Changes[1].From {
		return []saying{
			{key: setBoth, names: namesAt([]string{first.To, e.Changes[1].To}), values: []schema.Value{jsonOf(first.New), jsonOf(e.Changes[1].New)}},
			{key: removeNames, names: namesAt([]string{first.From})},
		}
	}
	for _, c := range e.Changes {
		switch {
		case c.To == "":
			gone = append(gone, goneWith(e, c.From))
		case isItemOf(c.Old, c.New):
			all = append(all, saying{key: moveIntoArray, name: dotted(c.To), other: dotted(c.From)})
		default:
			all = append(all, saying{key: moveTo, name: dotted(c.To), other: dotted(c.From)})
		}
	}
	if len(gone) > 0 {
		all = append(all, removal(gone, e.Loses))
	}
	return all
}

func removal(gone []string, loses bool) saying {
	if loses {
		return saying{key: removeMaterial, names: namesAt(gone)}
	}
	return saying{key: removeNames, names: namesAt(gone)}
}

// trimmed is the array whose last items an edit takes out, and how many; "" for any other edit.
func trimmed(e edit.Edit) (array string, count int) {
	for i, c := range e.Changes {
		of, at := cutItem(c.From)
		if e.Kind != edit.KindRemove || c.To != "" || at < 0 {
			return "", 0
		}
		if before, last := cutItem(e.Changes[0].From); before != of || last-i != at {
			return "", 0
		}
		array, count = of, count+1
	}
	return array, count
}

// removeWords says what goes, and what is switched off with it.
func removeWords(e edit.Edit) []saying {
	if array, n := trimmed(e); e.Loses && nameAt(array) != "" {
		return []saying{{key: removeLast, name: dotted(array), count: n}}
	}
	var all []saying
	var gone []string
	for _, c := range e.Changes {
		if c.To == "" {
			gone = append(gone, goneWith(e, c.From))
			continue
		}
		all = append(all, saying{key: setTo, name: dotted(c.To), value: jsonOf(c.New)})
	}
	return append(all, removal(gone, e.Loses))
}

// goneWith is what an edit removes of which a member is the last: an item that it leaves empty.
func goneWith(e edit.Edit, pointer string) string {
	for _, op := range e.Operations {
		if op.Op == "remove" && op.Path != pointer && within(pointer, op.Path) && isItem(op.Path) {
			return op.Path
		}
	}
	return pointer
}

// isShorter tells an array that was one with some items more.
func isShorter(array, before any) bool {
	list, ok := array.([]any)
	old, was := before.([]any)
	return ok && was && len(list) < len(old)
}

// isItemOf tells the only item of an array.
func isItemOf(item, array any) bool {
	list, ok := array.([]any)
	return ok && len(list) == 1 && reflect.DeepEqual(list[0], item)
}

// memberHolding is the only member of an object, where it holds a value; "" for any other.
func memberHolding(object, value any) string {
	members, _ := object.(map[string]any)
	for name, held := range members {
		if len(members) == 1 && parameter.Valid(name) && reflect.DeepEqual(held, value) {
			return name
		}
	}
	return ""
}

// jsonOf is a decoded value as JSON, shortened where it is not for showing.
func jsonOf(v any) schema.Value {
	switch v.(type) {
	case map[string]any:
		return schema.StringValue("object")
	case []any:
		return schema.StringValue("array")
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil
	}
	value := schema.Value(bytes.TrimSpace(b.Bytes()))
	if text, ok := rawjson.Text(value); ok && !looks.Plain(text) {
		return schema.StringValue("…")
	}
	return value
}

// stepsWords joins the steps of a mend: "move `a` to `b`, remove `c`".
func stepsWords(steps []saying) string {
	parts := make([]string, len(steps))
	for i, s := range steps {
		parts[i] = s.String()
	}
	return strings.Join(parts, ", ")
}
