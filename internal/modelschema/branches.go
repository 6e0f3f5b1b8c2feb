package modelschema

import (
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// branches explains a value that fits no branch of an anyOf or oneOf: a table of sizes, a choice between members, forms
// of one value, or the one branch that was meant.
func (x *explainer) branches(e *jsonschema.ValidationError, branches []*jsonschema.Schema, because []schema.Premise) []schema.Condition {
	path := e.InstanceLocation
	value, _ := request.At(x.task, path)
	var found []schema.Condition
	if sizes := sizeTable(branches); len(sizes) > 0 {
		found = []schema.Condition{{Kind: schema.BreachSizes, Pointer: rawjson.PointerOf(path), Members: sides(path, value), Sizes: sizes, Constraint: sourced()}}
	} else if choices := x.choices(branches, value, path); len(choices) > 0 {
		found = []schema.Condition{{Kind: schema.BreachChoice, Pointer: rawjson.PointerOf(path), Choices: choices, Constraint: sourced()}}
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
	self := rawjson.PointerOf(path)
	if len(found) != 1 || found[0].Pointer != self || found[0].Kind == schema.BreachEnum {
		return found
	}
	var forms []schema.Form
	for _, b := range branches {
		form := schema.Form{Constraint: factsOf(b).constraint(), Needs: boundedNames(slices.Sorted(slices.Values(b.Required)))}
		if form.Constraint.Text == "" && form.Constraint.Type == "" && len(form.Needs) == 0 {
			continue
		}
		forms = append(forms, form)
	}
	const shown = 20
	if len(forms) < 2 || len(forms) > shown {
		return found
	}
	found[0].Forms = forms
	if found[0].Kind == schema.BreachOther || found[0].Kind == schema.BreachType && len(forms) == len(branches) {
		found[0].Kind = schema.BreachAlternatives
	}
	return found
}
