package modelschema

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// maxReasons bounds the steps that one task's reasons may take.
const maxReasons = 5000

// reasoner says why a schema accepts or refuses a value: which members being there, absent or of which value decide it.
// It asks the validator about each part and follows only what was decisive.
type reasoner struct{ left int }

func accepts(s *jsonschema.Schema, v any) bool { return s.Validate(v) == nil }

// whyAccepted lists what makes a schema accept a value. It is empty for one that accepts everything.
func (r *reasoner) whyAccepted(s *jsonschema.Schema, v any, path []string) []schema.Premise {
	if r.left--; s == nil || r.left < 0 || len(path) > maxDepth {
		return nil
	}
	var all []schema.Premise
	object, _ := v.(map[string]any)
	for _, name := range s.Required {
		if _, ok := object[name]; ok && s.Properties[name] == nil {
			all = append(all, premise(at(path, name), schema.StatePresent))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		member, ok := object[name]
		if !ok {
			continue
		}
		own := r.whyAccepted(s.Properties[name], member, at(path, name))
		if len(own) == 0 && slices.Contains(s.Required, name) {
			own = []schema.Premise{premise(at(path, name), schema.StatePresent)}
		}
		all = append(all, own...)
	}
	if listed := listOf(s); listed != nil {
		all = append(all, schema.Premise{Pointer: rawjson.PointerOf(path), State: schema.StateEqual, Values: values(listed)})
	} else if bounded := boundsOf(s); bounded.Text != "" && boundsApply(s, v) {
		all = append(all, schema.Premise{Pointer: rawjson.PointerOf(path), State: schema.StateFits, Constraint: bounded})
	}
	all = append(all, r.whyAcceptedHere(s, v, path)...)
	if len(all) == 0 && s.Types != nil && len(path) > 0 {
		all = append(all, schema.Premise{Pointer: rawjson.PointerOf(path), State: schema.StateFits, Constraint: facts{types: typesIn(s)}.constraint()})
	}
	return distinct(all)
}

// whyAcceptedHere is whyAccepted for the schemas that are applied with one to the same value.
func (r *reasoner) whyAcceptedHere(s *jsonschema.Schema, v any, path []string) []schema.Premise {
	var all []schema.Premise
	for _, one := range append(slices.Clone(s.AllOf), s.Ref) {
		all = append(all, r.whyAccepted(one, v, path)...)
	}
	for _, branches := range [][]*jsonschema.Schema{s.AnyOf, s.OneOf} {
		for _, one := range branches {
			if accepts(one, v) {
				all = append(all, r.whyAccepted(one, v, path)...)
				break
			}
		}
	}
	if s.Not != nil {
		all = append(all, r.whyRefused(s.Not, v, path)...)
	}
	if s.If != nil {
		met := accepts(s.If, v)
		all = append(all, r.because(s.If, met, v, path)...)
		if met {
			all = append(all, r.whyAccepted(s.Then, v, path)...)
		} else {
			all = append(all, r.whyAccepted(s.Else, v, path)...)
		}
	}
	if s.Contains != nil {
		if list, ok := v.([]any); ok {
			for i, item := range list {
				if accepts(s.Contains, item) {
					all = append(all, r.whyAccepted(s.Contains, item, at(path, strconv.Itoa(i)))...)
					break
				}
			}
		}
	}
	return all
}

// because is why a condition is met, or is not.
func (r *reasoner) because(condition *jsonschema.Schema, met bool, v any, path []string) []schema.Premise {
	if met {
		return r.whyAccepted(condition, v, path)
	}
	return r.whyRefused(condition, v, path)
}

// whyRefused lists what makes a schema refuse a value: the first reason that it finds.
func (r *reasoner) whyRefused(s *jsonschema.Schema, v any, path []string) []schema.Premise {
	if r.left--; s == nil || r.left < 0 || len(path) > maxDepth {
		return nil
	}
	if s.Bool != nil {
		return []schema.Premise{premise(path, schema.StatePresent)}
	}
	if s.Types != nil && !typesIn(s).may(typeOf(v)) {
		return []schema.Premise{{Pointer: rawjson.PointerOf(path), State: schema.StateUnfit, Constraint: facts{types: typesIn(s)}.constraint()}}
	}
	if listed := listOf(s); listed != nil && !keys(listed)[key(v)] {
		return []schema.Premise{{Pointer: rawjson.PointerOf(path), State: schema.StateUnequal, Values: values(listed)}}
	}
	if object, ok := v.(map[string]any); ok {
		if found := r.whyRefusedMembers(s, object, path); len(found) > 0 {
			return distinct(found)
		}
	}
	return distinct(r.whyRefusedHere(s, v, path))
}

// whyRefusedMembers is whyRefused for the rules on an object's members.
func (r *reasoner) whyRefusedMembers(s *jsonschema.Schema, object map[string]any, path []string) []schema.Premise {
	var all []schema.Premise
	for _, name := range s.Required {
		if _, ok := object[name]; !ok {
			all = append(all, r.absences(s.Properties[name], at(path, name))...)
		}
	}
	if len(all) > 0 {
		return all
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if member, ok := object[name]; ok && !accepts(s.Properties[name], member) {
			return r.whyRefused(s.Properties[name], member, at(path, name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.DependentRequired)) {
		if _, ok := object[name]; !ok {
			continue
		}
		for _, needed := range s.DependentRequired[name] {
			if _, ok := object[needed]; !ok {
				return []schema.Premise{premise(at(path, name), schema.StatePresent), premise(at(path, needed), schema.StateAbsent)}
			}
		}
	}
	return nil
}

// whyRefusedHere is whyRefused for the schemas that are applied with one to the same value, and then for its own bounds.
func (r *reasoner) whyRefusedHere(s *jsonschema.Schema, v any, path []string) []schema.Premise {
	for _, one := range append(slices.Clone(s.AllOf), s.Ref) {
		if one != nil && !accepts(one, v) {
			return r.whyRefused(one, v, path)
		}
	}
	for _, branches := range [][]*jsonschema.Schema{s.AnyOf, s.OneOf} {
		if slices.ContainsFunc(branches, func(one *jsonschema.Schema) bool { return accepts(one, v) }) {
			continue
		}
		var all []schema.Premise
		for _, one := range branches {
			all = append(all, r.whyRefused(one, v, path)...)
		}
		if len(all) > 0 {
			return all
		}
	}
	if fitting := fitting(s.OneOf, v); len(fitting) > 1 {
		return slices.Concat(r.whyAccepted(fitting[0], v, path), r.whyAccepted(fitting[1], v, path))
	}
	if s.Not != nil && accepts(s.Not, v) {
		return r.whyAccepted(s.Not, v, path)
	}
	if s.If != nil {
		met := accepts(s.If, v)
		branch := s.Else
		if met {
			branch = s.Then
		}
		if branch != nil && !accepts(branch, v) {
			return slices.Concat(r.because(s.If, met, v, path), r.whyRefused(branch, v, path))
		}
	}
	if bounded := boundsOf(s); bounded.Text != "" {
		return []schema.Premise{{Pointer: rawjson.PointerOf(path), State: schema.StateUnfit, Constraint: bounded}}
	}
	return nil
}

func fitting(branches []*jsonschema.Schema, v any) []*jsonschema.Schema {
	return slices.DeleteFunc(slices.Clone(branches), func(one *jsonschema.Schema) bool { return !accepts(one, v) })
}

func listOf(s *jsonschema.Schema) []any {
	switch {
	case s.Const != nil:
		return []any{*s.Const}
	case s.Enum != nil:
		return s.Enum.Values
	default:
		return nil
	}
}

// boundsOf is what a schema says of a value's size, length, items or form, its type and list apart.
func boundsOf(s *jsonschema.Schema) schema.Constraint {
	if s.Bool != nil {
		return schema.Constraint{}
	}
	f := stated(s)
	bounds := facts{
		min: f.min, max: f.max, above: f.above, below: f.below, multiple: f.multiple, length: f.length, items: f.items,
		unique: f.unique, format: f.format, pattern: f.pattern,
	}
	// Without a type in the schema the bounds themselves say which values they are for.
	switch {
	case bounds.items.stated() || bounds.unique:
		bounds.types = typeArray
	case bounds.length.stated() || bounds.format != "" || bounds.pattern != "":
		bounds.types = typeString
	case bounds.min != nil || bounds.max != nil || bounds.above != nil || bounds.below != nil || bounds.multiple != nil:
		bounds.types = typeNumber
	default:
		return schema.Constraint{}
	}
	return bounds.constraint()
}

// boundsApply tells whether a schema's bounds speak of values of this type: `minItems` accepts every string.
func boundsApply(s *jsonschema.Schema, v any) bool {
	f := stated(s)
	switch v.(type) {
	case json.Number:
		return f.min != nil || f.max != nil || f.above != nil || f.below != nil || f.multiple != nil
	case string:
		return f.length.stated() || f.format != "" || f.pattern != ""
	case []any:
		return f.items.stated() || f.unique
	default:
		return false
	}
}
