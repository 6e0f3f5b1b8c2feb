package modelschema

import (
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// refusals is a schema under `not` that accepts the value: each of its variants that does is refused.
func (x *explainer) refusals(not *jsonschema.Schema, value any, path []string) []schema.Condition {
	if c, ok := exclusive(not, value, path, x.accepted(path)); ok {
		return []schema.Condition{c}
	}
	self := schema.Condition{Kind: schema.BreachRefused, Pointer: rawjson.PointerOf(path), Constraint: sourced()}
	var all []schema.Condition
	for _, variant := range alternatives(not, 0) {
		if !accepts(variant, value) {
			continue
		}
		group := innermost(x.whyAccepted(variant, value, path))
		switch len(group) {
		case 0:
		case 1:
			self.Members = append(self.Members, group...)
		default:
			all = append(all, schema.Condition{Kind: schema.BreachConflict, Pointer: rawjson.PointerOf(path), Members: group, Constraint: sourced()})
		}
	}
	if self.Members = distinct(self.Members); len(self.Members) > 0 {
		all = append(all, self)
	}
	if len(all) == 0 {
		return []schema.Condition{x.notUnderstood(not, path)}
	}
	return all
}

// notUnderstood names what a schema speaks of, where nothing better can be said.
func (x *explainer) notUnderstood(s *jsonschema.Schema, path []string) schema.Condition {
	c := schema.Condition{Kind: schema.BreachOther, Pointer: rawjson.PointerOf(path), Constraint: schema.Constraint{
		Text: "a combination that is not accepted", Source: schema.SourceModelSchema,
	}}
	for _, below := range x.spokenOf(s, path, 0) {
		state := schema.StateAbsent
		if _, ok := request.At(x.task, below); ok {
			state = schema.StatePresent
		}
		c.Members = append(c.Members, premise(below, state))
	}
	if c.Members = distinct(c.Members); len(c.Members) == 0 {
		c.Members = []schema.Premise{premise(path, schema.StatePresent)}
	}
	return c
}

// spokenOf lists the members that a schema names, innermost ones.
func (x *explainer) spokenOf(s *jsonschema.Schema, path []string, depth int) [][]string {
	const deep = 10
	if x.reasoner.left--; s == nil || depth > deep || x.reasoner.left < 0 {
		return nil
	}
	var all [][]string
	for _, name := range s.Required {
		if s.Properties[name] == nil {
			all = append(all, at(path, name))
		}
	}
	for name, property := range s.Properties {
		if below := x.spokenOf(property, at(path, name), depth+1); len(below) > 0 {
			all = append(all, below...)
		} else {
			all = append(all, at(path, name))
		}
	}
	for _, one := range append(applied(s), s.Not) {
		all = append(all, x.spokenOf(one, path, depth+1)...)
	}
	slices.SortFunc(all, slices.Compare)
	return all
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
		return []schema.Condition{{Kind: schema.BreachConflict, Pointer: rawjson.PointerOf(path), Members: members, Constraint: sourced()}}
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
	c := schema.Condition{Kind: schema.BreachExclusive, Pointer: rawjson.PointerOf(path), Exactly: exactly, Constraint: sourced()}
	for _, name := range names {
		c.Names = append(c.Names, rawjson.PointerOf(at(path, name)))
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
		steps := rawjson.Tokens(p.Pointer)
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
