package modelschema

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/schema"
)

// branches explains a value that fits no branch of an anyOf or oneOf: a table of sizes, a choice between members, forms
// of one value, or the one branch that was meant.
func (x *explainer) branches(e *jsonschema.ValidationError, branches []*jsonschema.Schema, because []schema.Premise) []schema.Condition {
	path := e.InstanceLocation
	value, _ := resolve(x.task, path)
	var found []schema.Condition
	if sizes := sizeTable(branches); len(sizes) > 0 {
		found = []schema.Condition{{Kind: schema.BreachSizes, Pointer: pointer(path), Members: sides(path, value), Sizes: sizes, Constraint: sourced()}}
	} else if choices := x.choices(branches, value, path); len(choices) > 0 {
		found = []schema.Condition{{Kind: schema.BreachChoice, Pointer: pointer(path), Choices: choices, Constraint: sourced()}}
	} else if meant := meantBranch(e, branches, value); meant >= 0 {
		return x.explain(e.Causes[meant], because)
	} else {
		found = x.forms(e, branches, path)
	}
	for i := range found {
		found[i].Because = withoutMembers(because, found[i].Members)
	}
	return found
}

// sizeTable reads branches that each fix a width and a height.
func sizeTable(branches []*jsonschema.Schema) []schema.Size {
	var sizes []schema.Size
	for _, b := range branches {
		width, okW := fixed(b.Properties["width"])
		height, okH := fixed(b.Properties["height"])
		if !okW || !okH || len(b.Properties) != 2 {
			return nil
		}
		sizes = append(sizes, schema.Size{Width: width, Height: height, Title: boundedTitle(b.Title)})
	}
	return sizes
}

func fixed(s *jsonschema.Schema) (int, bool) {
	if s == nil {
		return 0, false
	}
	f := factsOf(s)
	if !f.listed || len(f.allowed) != 1 {
		return 0, false
	}
	n, ok := f.allowed[0].(json.Number)
	if !ok {
		return 0, false
	}
	i, err := n.Int64()
	return int(i), err == nil && i > 0 && i < 1<<31
}

// boundedTitle keeps a title that is one: short and plain.
func boundedTitle(title string) string {
	if len(title) > 40 || strings.ContainsFunc(title, func(r rune) bool { return r < ' ' || r == '`' || r > '~' }) {
		return ""
	}
	return title
}

func sides(path []string, value any) []schema.Premise {
	object, _ := value.(map[string]any)
	var all []schema.Premise
	for _, name := range []string{"width", "height"} {
		state := schema.StateAbsent
		if _, ok := object[name]; ok {
			state = schema.StatePresent
		}
		all = append(all, premise(at(path, name), state))
	}
	return all
}

// sizesFor is the table that would apply to sides that are missing: the validator is asked with sides that no table has.
func (x *explainer) sizesFor(path []string, members []schema.Premise) []schema.Size {
	missing := func(name string) bool {
		return slices.ContainsFunc(members, func(p schema.Premise) bool { return p.Pointer == pointer(at(path, name)) })
	}
	if !missing("width") && !missing("height") {
		return nil
	}
	object, ok := resolve(x.task, path)
	if !ok {
		return nil
	}
	var rules []*jsonschema.Schema
	for _, top := range x.standing(path) {
		rules = append(rules, inPlace(top)...)
	}
	sided, _ := object.(map[string]any)
	probe := make(map[string]any, len(sided)+2)
	maps.Copy(probe, sided)
	for _, name := range []string{"width", "height"} {
		if missing(name) {
			probe[name] = json.Number("1")
		}
	}
	for _, s := range rules {
		for _, branches := range [][]*jsonschema.Schema{s.OneOf, s.AnyOf} {
			if sizes := sizeTable(branches); len(sizes) > 0 && x.applies(s, probe, rules) {
				return sizes
			}
		}
	}
	return nil
}

// standing lists the schemas of the value at a path, conditions apart.
func (x *explainer) standing(path []string) []*jsonschema.Schema {
	all := []*jsonschema.Schema{x.model.task}
	for _, token := range path {
		var next []*jsonschema.Schema
		for _, top := range all {
			for _, s := range inPlace(top) {
				if child := below(s, token); child != nil && !slices.Contains(next, child) {
					next = append(next, child)
				}
			}
		}
		all = next
	}
	return all
}

// applies tells whether a schema is none's branch, or that of a condition which holds for the value.
func (x *explainer) applies(s *jsonschema.Schema, value any, rules []*jsonschema.Schema) bool {
	for _, above := range rules {
		if above.If == nil || above.Then != s && above.Else != s {
			continue
		}
		if accepts(above.If, value) != (above.Then == s) {
			return false
		}
	}
	return true
}

// choices lists what each branch lacks, where that is nothing but members.
func (x *explainer) choices(branches []*jsonschema.Schema, value any, path []string) [][]string {
	if _, ok := value.(map[string]any); !ok || len(branches) < 2 {
		return nil
	}
	var all [][]string
	for _, b := range branches {
		var group []string
		for _, p := range x.whyRefused(b, value, path) {
			if p.State != schema.StateAbsent {
				return nil
			}
			group = append(group, p.Pointer)
		}
		if len(group) == 0 {
			return nil
		}
		if !slices.ContainsFunc(all, func(other []string) bool { return slices.Equal(other, group) }) {
			all = append(all, group)
		}
	}
	return all
}

// meantBranch is the branch for values of this type, where it is the only one, or the one whose constants the object
// has; -1 if none.
func meantBranch(e *jsonschema.ValidationError, branches []*jsonschema.Schema, value any) int {
	if len(e.Causes) != len(branches) {
		return -1
	}
	meant := -1
	for i, b := range branches {
		f := factsOf(b).typed()
		if !f.types.may(typeOf(value)) || f.listed && !keys(f.allowed)[key(value)] || otherConstant(b, value) {
			continue
		}
		if meant >= 0 {
			return -1
		}
		meant = i
	}
	return meant
}

// otherConstant tells a branch whose kind, a member of one value, is another than the object's.
func otherConstant(s *jsonschema.Schema, value any) bool {
	object, _ := value.(map[string]any)
	for name, member := range object {
		if property := s.Properties[name]; property != nil && property.Const != nil && key(*property.Const) != key(member) {
			return true
		}
	}
	return false
}

// forms is a value that has none of the forms which the schema takes.
func (x *explainer) forms(e *jsonschema.ValidationError, branches []*jsonschema.Schema, path []string) []schema.Condition {
	found := x.plain(x.variants(e, branches))
	self := pointer(path)
	if len(found) != 1 || found[0].Pointer != self || found[0].Kind == schema.BreachEnum {
		return found
	}
	var forms []schema.Alternative
	for _, b := range branches {
		form := schema.Alternative{Constraint: factsOf(b).constraint(), Needs: boundedNames(slices.Sorted(slices.Values(b.Required)))}
		if form.Constraint.Text == "" && form.Constraint.Type == "" && len(form.Needs) == 0 {
			continue
		}
		forms = append(forms, form)
	}
	const shown = 20
	if len(forms) < 2 || len(forms) > shown {
		return found
	}
	found[0].Alternatives = forms
	if found[0].Kind == schema.BreachOther || found[0].Kind == schema.BreachType && len(forms) == len(branches) {
		found[0].Kind = schema.BreachAlternatives
	}
	return found
}

// tooManyFit is a value that fits two branches of a oneOf.
func (x *explainer) tooManyFit(branches []*jsonschema.Schema, value any, path []string) []schema.Condition {
	if names := singleNames(branches); names != nil {
		return []schema.Condition{exclusion(path, names, value, true)}
	}
	var members []schema.Premise
	for _, b := range fitting(branches, value) {
		members = append(members, innermost(x.whyAccepted(b, value, path))...)
	}
	if members = distinct(members); len(members) > 1 {
		return []schema.Condition{{Kind: schema.BreachConflict, Pointer: pointer(path), Members: members, Constraint: sourced()}}
	}
	c := x.notUnderstood(&jsonschema.Schema{OneOf: branches}, path)
	c.Constraint.Text = "fits more than one of the variants of which the schema accepts one"
	return []schema.Condition{c}
}

// singleNames are the members, one a branch, of branches that each say only that it is there.
func singleNames(branches []*jsonschema.Schema) []string {
	var names []string
	for _, b := range branches {
		own, ok := onlyRequires(b)
		if !ok || len(own) != 1 {
			return nil
		}
		names = append(names, own[0])
	}
	return names
}

func exclusion(path, names []string, value any, exactly bool) schema.Condition {
	object, _ := value.(map[string]any)
	c := schema.Condition{Kind: schema.BreachExclusive, Pointer: pointer(path), Exactly: exactly, Constraint: sourced()}
	for _, name := range names {
		c.Names = append(c.Names, pointer(at(path, name)))
		if _, ok := object[name]; ok {
			c.Members = append(c.Members, premise(at(path, name), schema.StatePresent))
		}
	}
	return c
}

// exclusive reads a `not` that refuses every two of some names, or every two that are true: at most one is accepted.
func exclusive(not *jsonschema.Schema, value any, path, accepted []string) (schema.Condition, bool) {
	var names []string
	pairs := map[string]bool{}
	for _, b := range alternatives(not, 0) {
		pair := slices.Sorted(slices.Values(b.Required))
		if len(pair) != 2 || !onlyConstants(b, pair) {
			return schema.Condition{}, false
		}
		pairs[pair[0]+"\n"+pair[1]] = true
		names = sortedUnion(names, pair)
	}
	if len(names) < 3 || len(pairs) != len(names)*(len(names)-1)/2 {
		return schema.Condition{}, false
	}
	if accepted != nil {
		names = slices.DeleteFunc(names, func(name string) bool { return !slices.Contains(accepted, name) })
	}
	c := exclusion(path, names, value, false)
	object, _ := value.(map[string]any)
	c.Members = slices.DeleteFunc(c.Members, func(p schema.Premise) bool {
		steps := tokens(p.Pointer)
		name := steps[len(steps)-1]
		return !slices.ContainsFunc(alternatives(not, 0), func(b *jsonschema.Schema) bool {
			return slices.Contains(b.Required, name) && accepts(b, object)
		})
	})
	return c, len(c.Members) > 1
}

// onlyConstants tells a schema that says of two members that they are there, and perhaps of which one value.
func onlyConstants(s *jsonschema.Schema, names []string) bool {
	for name, property := range s.Properties {
		if !slices.Contains(names, name) || property.Const == nil {
			return false
		}
	}
	bare := *s
	bare.Properties = nil
	_, ok := onlyRequires(&bare)
	return ok
}

// accepted lists the members that an object may have at all, nil where the schema does not say.
func (x *explainer) accepted(path []string) []string {
	if f := x.model.facts(path); f.closed {
		return f.names
	}
	return nil
}

// alternatives takes an anyOf (or a oneOf) that is all that a schema says apart, to any depth.
func alternatives(s *jsonschema.Schema, depth int) []*jsonschema.Schema {
	const deep = 10
	branches := slices.Concat(s.AnyOf, s.OneOf)
	if depth > deep || len(branches) == 0 || len(s.AnyOf) > 0 && len(s.OneOf) > 0 || !isBare(s) {
		return []*jsonschema.Schema{s}
	}
	var all []*jsonschema.Schema
	for _, b := range branches {
		all = append(all, alternatives(b, depth+1)...)
	}
	return all
}

func isBare(s *jsonschema.Schema) bool {
	return s.Bool == nil && s.Types == nil && s.Enum == nil && s.Const == nil && s.Not == nil && s.Ref == nil && len(s.AllOf) == 0 && s.If == nil &&
		len(s.Required) == 0 && len(s.Properties) == 0 && s.AdditionalProperties == nil && s.Contains == nil && boundsOf(s).Text == ""
}

// contained is an array that lacks an item of a kind, or has too many of them.
func contained(s *jsonschema.Schema, path []string) []schema.Condition {
	rule := schema.ItemRule{Min: 1}
	if s.MinContains != nil {
		rule.Min = *s.MinContains
	}
	if s.MaxContains != nil {
		rule.Max = *s.MaxContains
	}
	item := s.Contains
	if item.Not != nil && len(item.Properties) == 0 && len(item.Required) == 0 {
		rule.Not, item = true, item.Not
	}
	rule.What = described(item, nil, 0)
	return []schema.Condition{{
		Kind: schema.BreachContains, Pointer: pointer(path), Members: []schema.Premise{premise(path, schema.StatePresent)}, Items: &rule, Constraint: sourced(),
	}}
}

// described lists what a schema asks of a value, whatever the value is: of the plain rules, not of the combined ones.
func described(s *jsonschema.Schema, path []string, depth int) []schema.Premise {
	const deep = 5
	if depth > deep || s.Bool != nil {
		return nil
	}
	var all []schema.Premise
	for _, name := range slices.Sorted(slices.Values(s.Required)) {
		if s.Properties[name] == nil {
			all = append(all, premise(at(path, name), schema.StatePresent))
		}
	}
	for name, property := range s.Properties {
		own := described(property, at(path, name), depth+1)
		if len(own) == 0 && slices.Contains(s.Required, name) {
			own = []schema.Premise{premise(at(path, name), schema.StatePresent)}
		}
		all = append(all, own...)
	}
	slices.SortStableFunc(all, func(a, b schema.Premise) int { return strings.Compare(a.Pointer, b.Pointer) })
	if listed := listOf(s); listed != nil {
		all = append(all, schema.Premise{Pointer: pointer(path), State: schema.StateEqual, Values: values(listed)})
	} else if bounded := boundsOf(s); bounded.Text != "" {
		all = append(all, schema.Premise{Pointer: pointer(path), State: schema.StateFits, Constraint: bounded})
	} else if len(all) == 0 && s.Types != nil {
		all = append(all, schema.Premise{Pointer: pointer(path), State: schema.StateFits, Constraint: facts{types: typesIn(s)}.constraint()})
	}
	return distinct(all)
}
