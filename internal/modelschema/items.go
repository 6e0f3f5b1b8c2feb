package modelschema

import (
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

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
		Kind: schema.BreachContains, Pointer: rawjson.PointerOf(path), Members: []schema.Premise{premise(path, schema.StatePresent)}, Items: &rule, Constraint: sourced(),
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
		all = append(all, schema.Premise{Pointer: rawjson.PointerOf(path), State: schema.StateEqual, Values: values(listed)})
	} else if bounded := boundsOf(s); bounded.Text != "" {
		all = append(all, schema.Premise{Pointer: rawjson.PointerOf(path), State: schema.StateFits, Constraint: bounded})
	} else if len(all) == 0 && s.Types != nil {
		all = append(all, schema.Premise{Pointer: rawjson.PointerOf(path), State: schema.StateFits, Constraint: facts{types: typesIn(s)}.constraint()})
	}
	return distinct(all)
}
