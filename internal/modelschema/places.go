package modelschema

import (
	"slices"

	"mcp-taskdetails/internal/rawjson"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Bounds of the walk for places; real schemas have some two hundred members, four levels deep.
const (
	maxPlaces     = 1000
	maxPlaceDepth = 8
)

// Places lists every member that the schema has a rule for, as a pointer into a task in which `*` stands for any index:
// `/inputs/seedImage`, `/ipAdapters/*/guideImages`. Sorted by depth, then by name.
func (m *Model) Places() []string { return slices.Clone(m.places) }

// placesOf walks the members that a schema names, conditions and variants apart from those that it always applies.
func placesOf(task *jsonschema.Schema) []string {
	w := placeWalk{seen: map[string]bool{}}
	w.visit(task, nil)
	slices.SortStableFunc(w.found, func(a, b []string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return slices.Compare(a, b)
	})
	all := make([]string, 0, len(w.found))
	for _, path := range w.found {
		all = append(all, rawjson.PointerOf(path))
	}
	return all
}

type placeWalk struct {
	found [][]string
	seen  map[string]bool
	looks int
}

func (w *placeWalk) visit(s *jsonschema.Schema, path []string) {
	if w.looks++; s == nil || w.looks > maxLooks*5 || len(path) > maxPlaceDepth {
		return
	}
	for name, property := range s.Properties {
		if property.Bool != nil && !*property.Bool {
			continue
		}
		below := at(path, name)
		if p := rawjson.PointerOf(below); !w.seen[p] && len(w.found) < maxPlaces {
			w.seen[p] = true
			w.found = append(w.found, below)
		}
		w.visit(property, below)
	}
	if items := item(s, 0); items != nil {
		w.visit(items, at(path, "*"))
	}
	// What conditions name is not by that accepted: `if` and `then` speak of members that only properties declare.
	for _, one := range slices.Concat(s.AllOf, s.AnyOf, s.OneOf, []*jsonschema.Schema{s.Ref}) {
		if one != nil && (len(one.Properties) == 0 || one.AdditionalProperties != nil || one.Types != nil || s.AdditionalProperties != false) {
			w.visit(one, path)
		}
	}
}
