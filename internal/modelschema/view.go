package modelschema

import (
	"maps"
	"slices"
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// maxLooks bounds one walk through the schema: references may lead in circles, and allOf may branch at each step.
const maxLooks = 2000

// facts is what the schema says of the value at a path, whatever the task holds. Conditions are not followed.
func (m *Model) facts(path []string) facts {
	if m.task == nil {
		return facts{}
	}
	v := viewer{left: maxLooks}
	return v.look(m.task, path, 0)
}

// factsOf is what one schema says of the value that it stands for.
func factsOf(s *jsonschema.Schema) facts {
	v := viewer{left: maxLooks}
	return v.look(s, nil, 0)
}

type viewer struct{ left int }

// look gathers what a schema and those applied with it say. Where it gives up, it knows nothing, which is true.
func (v *viewer) look(s *jsonschema.Schema, path []string, depth int) facts {
	if v.left--; v.left < 0 || depth > 50 {
		return facts{}
	}
	var f facts
	if len(path) == 0 {
		f = stated(s)
	} else if child := below(s, path[0]); child != nil {
		f = v.look(child, path[1:], depth+1)
	} else {
		f.never = refuses(s, path[0])
	}
	if s.Ref != nil {
		f = f.and(v.look(s.Ref, path, depth+1))
	}
	for _, one := range s.AllOf {
		f = f.and(v.look(one, path, depth+1))
	}
	for _, variants := range [][]*jsonschema.Schema{s.AnyOf, s.OneOf} {
		if len(variants) == 0 {
			continue
		}
		some := facts{never: true}
		for _, one := range variants {
			some = some.or(v.look(one, path, depth+1))
		}
		f = f.and(some)
	}
	if u := s.UnevaluatedProperties; len(path) == 0 && u != nil && u.Bool != nil && !*u.Bool {
		if names, complete := declared(s); complete {
			f = f.and(facts{names: names, closed: true})
		}
	}
	return f
}

// below is the schema of a member or item, nil if this schema does not say. An index means an item wherever an array
// may be.
func below(s *jsonschema.Schema, token string) *jsonschema.Schema {
	if i, ok := index(token); ok && i >= 0 && typesIn(s).may(typeArray) {
		return item(s, i)
	}
	if property, ok := s.Properties[token]; ok {
		return property
	}
	for pattern, property := range s.PatternProperties {
		if len(s.PatternProperties) == 1 && pattern.MatchString(token) {
			return property
		}
	}
	if additional, ok := s.AdditionalProperties.(*jsonschema.Schema); ok && len(s.PatternProperties) == 0 {
		return additional
	}
	return nil
}

// index tells the tokens that may be of an item. An error of strconv's for each name would be a copy of it.
func index(token string) (int, bool) {
	if token == "" || token[0] > '9' {
		return 0, false
	}
	i, err := strconv.Atoi(token)
	return i, err == nil
}

func item(s *jsonschema.Schema, i int) *jsonschema.Schema {
	if i < len(s.PrefixItems) {
		return s.PrefixItems[i]
	}
	if s.Items2020 != nil {
		return s.Items2020
	}
	switch items := s.Items.(type) {
	case *jsonschema.Schema:
		return items
	case []*jsonschema.Schema:
		if i < len(items) {
			return items[i]
		}
		additional, _ := s.AdditionalItems.(*jsonschema.Schema)
		return additional
	}
	return nil
}

// refuses tells whether a schema lets no member or item of this name be.
func refuses(s *jsonschema.Schema, token string) bool {
	if s.Bool != nil {
		return !*s.Bool
	}
	types := typesIn(s)
	if _, ok := index(token); ok && types.may(typeArray) {
		return false
	}
	if !types.may(typeObject) {
		return true // a number or string has no members, and an array none of this name
	}
	return s.AdditionalProperties == false && !slices.ContainsFunc(slices.Collect(maps.Keys(s.PatternProperties)),
		func(pattern jsonschema.Regexp) bool { return pattern.MatchString(token) })
}

func typesIn(s *jsonschema.Schema) types {
	if s.Types == nil {
		return 0
	}
	return typesOf(s.Types.ToStrings())
}

// inPlace lists a schema and all that are applied to the same value with it, conditions and variants included.
func inPlace(s *jsonschema.Schema) []*jsonschema.Schema {
	all := []*jsonschema.Schema{s}
	seen := map[*jsonschema.Schema]bool{s: true}
	for i := 0; i < len(all); i++ {
		for _, next := range applied(all[i]) {
			if next != nil && !seen[next] {
				seen[next] = true
				all = append(all, next)
			}
		}
	}
	return all
}

// applied lists the schemas that a schema applies to the same value, `not` apart; some may be nil.
func applied(s *jsonschema.Schema) []*jsonschema.Schema {
	all := slices.Concat(s.AllOf, s.AnyOf, s.OneOf, []*jsonschema.Schema{s.Ref, s.RecursiveRef, s.If, s.Then, s.Else})
	all = slices.AppendSeq(all, maps.Values(s.DependentSchemas))
	for _, dependency := range s.Dependencies {
		all = append(all, schemasOf(dependency)...)
	}
	if s.DynamicRef != nil {
		all = append(all, s.DynamicRef.Ref)
	}
	return all
}

// declares tells whether a schema or one applied with it speaks of a member of this name.
func declares(s *jsonschema.Schema, name string) bool {
	return slices.ContainsFunc(inPlace(s), func(s *jsonschema.Schema) bool {
		return below(s, name) != nil || s.AdditionalProperties == true || takesAll(s.UnevaluatedProperties)
	})
}

// declared lists the members that a schema and those applied with it speak of, and whether that is all of them.
func declared(s *jsonschema.Schema) (names []string, complete bool) {
	for _, s := range inPlace(s) {
		if takesAll(s.UnevaluatedProperties) || len(s.PatternProperties) > 0 || s.AdditionalProperties != nil && s.AdditionalProperties != false {
			return nil, false
		}
		names = sortedUnion(names, stated(s).names)
	}
	return names, true
}

// takesAll tells whether unevaluatedProperties speaks of every member that is left, instead of refusing them.
func takesAll(s *jsonschema.Schema) bool { return s != nil && (s.Bool == nil || *s.Bool) }
