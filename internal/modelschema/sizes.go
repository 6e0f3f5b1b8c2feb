package modelschema

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

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
		return slices.ContainsFunc(members, func(p schema.Premise) bool { return p.Pointer == rawjson.PointerOf(at(path, name)) })
	}
	if !missing("width") && !missing("height") {
		return nil
	}
	object, ok := request.At(x.task, path)
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
