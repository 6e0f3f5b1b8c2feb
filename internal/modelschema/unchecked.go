package modelschema

import (
	"encoding/json"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Unchecked lists what of a decoded task the model's schema cannot tell, or tells by a form that anything passes. A task
// that passes is verified but for these. Sorted by pointer.
func (m *Model) Unchecked(task any) []schema.Unchecked {
	var all []schema.Unchecked
	var room [16]string // so that a place costs no allocation
	for _, one := range m.blind {
		matching(task, one.path, room[:0], func(path []string, value any) {
			if doubt, ok := one.doubts(value); ok {
				doubt.Pointer = rawjson.PointerOf(path)
				all = append(all, doubt)
			}
		})
	}
	slices.SortStableFunc(all, func(a, b schema.Unchecked) int {
		return comparePaths(rawjson.Tokens(a.Pointer), rawjson.Tokens(b.Pointer))
	})
	return all[:min(len(all), maxViolations)]
}

// blindSpot is a place of which the schema document says more, or less, than can be judged. A `*` in its path stands
// for any index.
type blindSpot struct {
	path      []string
	unchecked schema.Unchecked
}

// doubts tells whether a value is one that the blind spot is about.
func (b blindSpot) doubts(value any) (schema.Unchecked, bool) {
	u := b.unchecked
	switch u.Reason {
	case schema.UncheckedMedia:
		text, ok := value.(string)
		return u, ok && (looks.IsBareWord(text) || looks.IsLocalPath(text)) // `C:/cat` and `file:///cat` are URIs too
	case schema.UncheckedNumber:
		n, ok := value.(json.Number)
		if !ok {
			return u, false
		}
		r, ok := new(big.Rat).SetString(n.String())
		return u, ok && r.Cmp(maxInt64()) > 0
	case schema.UncheckedPattern:
		_, ok := value.(string)
		return u, ok
	case schema.UncheckedFile, schema.UncheckedReference:
		return u, true
	default:
		return u, false
	}
}

func maxInt64() *big.Rat { return new(big.Rat).SetInt64(math.MaxInt64) }

// matching visits the places of a task that a path with `*` stands for.
func matching(value any, pattern, path []string, visit func(path []string, value any)) {
	if len(pattern) == 0 {
		visit(path, value)
		return
	}
	switch v := value.(type) {
	case map[string]any:
		if member, ok := v[pattern[0]]; ok {
			matching(member, pattern[1:], append(path, pattern[0]), visit)
		}
	case []any:
		if pattern[0] != "*" {
			return
		}
		for i, one := range v[:min(len(v), maxItems)] {
			matching(one, pattern[1:], append(path, strconv.Itoa(i)), visit)
		}
	}
}

// blindSpots reads a schema document, before anything is dropped from it, for what will not be judged.
func blindSpots(document any, fragment string) []blindSpot {
	w := blindWalk{document: document}
	task := document
	if fragment != "" {
		if found, ok := lookUp(document, strings.TrimPrefix(fragment, "#")); ok {
			task = found
		}
	}
	w.visit(task, nil, 0)
	return w.found
}

type blindWalk struct {
	document any
	found    []blindSpot
	seen     int
}

func (w *blindWalk) visit(value any, path []string, depth int) {
	const deep = 20
	s, ok := value.(map[string]any)
	if w.seen++; !ok || w.seen > maxSchemas || depth > deep || len(w.found) > maxSchemas {
		return
	}
	w.rules(s, path)
	if pattern, ok := s["pattern"].(string); ok && !readable(pattern) {
		w.add(path, schema.Unchecked{Reason: schema.UncheckedPattern, Detail: bounded(pattern)})
	}
	if ref, ok := s["$ref"].(string); ok {
		if target, found := lookUp(w.document, strings.TrimPrefix(ref, "#")); strings.HasPrefix(ref, "#/") && found {
			w.visit(target, path, depth+1)
		} else if !strings.HasPrefix(ref, "#") {
			w.add(path, schema.Unchecked{Reason: schema.UncheckedReference, Detail: bounded(ref)})
		}
	}
	if maximum, ok := s["maximum"].(json.Number); ok {
		if r, ok := new(big.Rat).SetString(maximum.String()); ok && r.Cmp(maxInt64()) > 0 {
			c := schema.Constraint{Max: json.Number(maxInt64().RatString()), Source: schema.SourceModelSchema}
			w.add(path, schema.Unchecked{Reason: schema.UncheckedNumber, Constraint: c})
		}
	}
	if isMedia(s) {
		w.add(path, schema.Unchecked{Reason: schema.UncheckedMedia})
	}
	properties, _ := s["properties"].(map[string]any)
	for name, property := range properties {
		w.visit(property, at(path, name), depth+1)
	}
	for _, keyword := range []string{"items", "additionalItems"} {
		for _, one := range subschemas("items", s[keyword]) {
			w.visit(one, at(path, "*"), depth+1)
		}
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf", "then", "else"} {
		for _, one := range subschemas(keyword, s[keyword]) {
			w.visit(one, path, depth+1)
		}
	}
}

// rules reads `x-constraints`, Runware's rules about files: their area in pixels, their length.
func (w *blindWalk) rules(s map[string]any, path []string) {
	list, _ := s["x-constraints"].([]any)
	for _, one := range list {
		rule, _ := one.(map[string]any)
		operation, _ := rule["operation"].(string)
		u := schema.Unchecked{Reason: schema.UncheckedFile, Detail: boundedTitle(operation)}
		u.Constraint.Source = schema.SourceModelSchema
		u.Constraint.Min, _ = rule["minimum"].(json.Number)
		u.Constraint.Max, _ = rule["maximum"].(json.Number)
		names, _ := rule["parameters"].([]any)
		for _, name := range names {
			dotted, _ := name.(string)
			if dotted == "" || len(dotted) > maxValueBytes {
				continue
			}
			w.add(slices.Concat(path, strings.Split(strings.NewReplacer("[]", ".*", "[*]", ".*").Replace(dotted), ".")), u)
		}
	}
}

func (w *blindWalk) add(path []string, u schema.Unchecked) {
	if !slices.ContainsFunc(w.found, func(b blindSpot) bool {
		return slices.Equal(b.path, path) && b.unchecked.Reason == u.Reason && b.unchecked.Detail == u.Detail
	}) {
		w.found = append(w.found, blindSpot{path, u})
	}
}

// isMedia tells the schema of a file: a UUID or a URL, or else what a pattern takes for base64.
func isMedia(s map[string]any) bool {
	var link, letters bool
	for _, keyword := range []string{"anyOf", "oneOf"} {
		for _, one := range subschemas(keyword, s[keyword]) {
			form, _ := one.(map[string]any)
			format, _ := form["format"].(string)
			pattern, _ := form["pattern"].(string)
			link = link || format == "uri" || format == "uuid"
			letters = letters || strings.Contains(pattern, "+/") && !strings.Contains(pattern, "data:")
		}
	}
	return link && letters
}
