package modelschema

import (
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// required is members that are missing. Where one is itself an object of which members are asked, those are named.
func (x *explainer) required(s *jsonschema.Schema, path, names []string) []schema.Condition {
	c := schema.Condition{Kind: schema.BreachMissing, Pointer: rawjson.PointerOf(path)}
	var all []schema.Condition
	for _, name := range names {
		member := at(path, name)
		demands := x.demands(s.Properties[name], member)
		if choices := x.choicesIn(demands, member); len(choices) > 1 {
			all = append(all, schema.Condition{Kind: schema.BreachChoice, Pointer: rawjson.PointerOf(path), Choices: choices, Constraint: sourced()})
			continue
		}
		for _, below := range x.demandedOfAll(demands, member) {
			c.Members = append(c.Members, premise(below, schema.StateAbsent))
		}
	}
	c.Members = distinct(c.Members)
	if len(c.Members) == 0 {
		return all
	}
	if len(c.Members) == 1 {
		c.Constraint = x.missing(path, s, names[:1], "")[0].Constraint
		if one := rawjson.Tokens(c.Members[0].Pointer); len(one) > len(path)+1 {
			c.Constraint = x.model.facts(one).constraint()
		}
	}
	c.Constraint.Source, c.Constraint.AllowedParameter = schema.SourceModelSchema, nil
	c.Sizes = x.sizesFor(path, c.Members)
	return append(all, c)
}

// demands is the schema that asks something of a member that is missing: the one at hand, or, where that says nothing
// of it, the one that declares it.
func (x *explainer) demands(s *jsonschema.Schema, path []string) *jsonschema.Schema {
	if s != nil && (len(s.Required) > 0 || len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) > 0 || s.Ref != nil) {
		return s
	}
	for _, declared := range x.standing(path) {
		if typesIn(declared) == typeObject {
			return declared
		}
	}
	return s
}

// choicesIn lists what an object that is missing must have one of: the members that each variant asks for.
func (x *explainer) choicesIn(s *jsonschema.Schema, path []string) [][]string {
	if s == nil || len(s.Required) > 0 {
		return nil
	}
	for _, branches := range [][]*jsonschema.Schema{s.AnyOf, s.OneOf} {
		var all [][]string
		for _, b := range branches {
			if _, plain := onlyRequires(b); !plain {
				all = nil
				break
			}
			var group []string
			for _, below := range x.demandedOfAll(b, path) {
				group = append(group, rawjson.PointerOf(below))
			}
			all = append(all, group)
		}
		if len(all) > 1 {
			return all
		}
	}
	return nil
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

// absences says that a member is not there, and names what a schema asks of it where it asks for members: that
// `inputs.frameImages` is absent says more than that `inputs` is.
func (r *reasoner) absences(s *jsonschema.Schema, path []string) []schema.Premise {
	var all []schema.Premise
	for _, below := range r.demanded(s, path, true, 0) {
		all = append(all, premise(below, schema.StateAbsent))
	}
	return distinct(all)
}

// demandedOfAll lists the innermost members that a schema requires whatever its variants do; the path itself if none.
func (r *reasoner) demandedOfAll(s *jsonschema.Schema, path []string) [][]string {
	return r.demanded(s, path, false, 0)
}

// demanded lists the innermost members that a schema requires, in any of its variants or in all; the path itself if
// none.
func (r *reasoner) demanded(s *jsonschema.Schema, path []string, variants bool, depth int) [][]string {
	const deep = 10
	if r.left--; s == nil || depth > deep || r.left < 0 {
		return [][]string{path}
	}
	var all [][]string
	parts := slices.Concat([]*jsonschema.Schema{s}, s.AllOf, []*jsonschema.Schema{s.Ref})
	if variants {
		parts = slices.Concat(parts, s.AnyOf, s.OneOf)
	}
	for _, one := range parts {
		if one == nil {
			continue
		}
		if one != s {
			if below := r.demanded(one, path, variants, depth+1); len(below) > 1 || len(below[0]) > len(path) {
				all = append(all, below...)
			}
			continue
		}
		for _, name := range s.Required {
			all = append(all, r.demanded(s.Properties[name], at(path, name), variants, depth+1)...)
		}
	}
	if len(all) == 0 || len(all) > maxPremises {
		return [][]string{path}
	}
	return all
}
