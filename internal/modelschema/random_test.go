package modelschema

import (
	"encoding/json"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// Random schemas and tasks over a few names and values, so that most rules meet a value that they speak of.
//
// What must hold of all: a task that the validator refuses gets violations at places that are there, and one that it
// accepts gets none and keeps every constraint that the schema is said to state.
func TestRandomSchemas(t *testing.T) {
	var accepted, refused, checked int
	for seed := range uint64(3000) {
		g := generator{rand.New(rand.NewPCG(seed, 1))}
		document, err := json.Marshal(g.root())
		if err != nil {
			t.Fatal(err)
		}
		m, err := compile(document)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, document)
		}
		for range 4 {
			task, err := json.Marshal(g.value(3))
			if err != nil {
				t.Fatal(err)
			}
			value, err := request.Decode(task)
			if err != nil {
				t.Fatal(err)
			}
			violations := m.Validate(task)
			if failure, _ := m.check(value); failure != nil {
				refused++
				if len(violations) == 0 && !circular(failure) {
					t.Errorf("seed %d: refused without a reason\n%s\n%s", seed, document, task)
				}
				for _, v := range violations {
					checkPlace(t, task, v)
				}
			} else {
				accepted++
				if len(violations) != 0 {
					t.Errorf("seed %d: accepted, yet %s\n%s\n%s", seed, listed(t, violations), document, task)
				}
				checked += checkConstraints(t, m, document, task, "")
			}
			if t.Failed() {
				t.Fatalf("seed %d\n%s\n%s", seed, document, task)
			}
		}
	}
	if accepted < 2000 || refused < 2000 || checked < 1000 {
		t.Errorf("%d accepted, %d refused, %d constraints checked: the generator is of no use", accepted, refused, checked)
	}
}

// circular tells whether a schema refuses for its own fault: a $ref that leads back to itself.
func circular(e *jsonschema.ValidationError) bool {
	_, cycle := e.ErrorKind.(*kind.RefCycle)
	return cycle || slices.ContainsFunc(e.Causes, circular)
}

// checkConstraints holds every value of an accepted task against what the schema is said to state there.
func checkConstraints(t *testing.T, m *Model, document, value []byte, pointer string) (checked int) {
	t.Helper()
	c, ok := m.Constraint(pointer)
	if ok {
		checked++
		if problem := breaks(c, value); problem != "" {
			t.Errorf("%q: %s is said to be %s: %s", pointer, value, c.Text, problem)
		}
	} else if m.facts(rawjson.Tokens(pointer)).never {
		t.Errorf("%q: %s is said to be refused", pointer, value)
	}
	for name, member := range rawjson.Members(value) {
		checked += checkConstraints(t, m, document, member, rawjson.Pointer(pointer, name))
	}
	for i, item := range rawjson.Items(value) {
		checked += checkConstraints(t, m, document, item, rawjson.Pointer(pointer, i))
	}
	return checked
}

func breaks(c schema.Constraint, raw []byte) string {
	v, err := request.Decode(raw)
	if err != nil {
		return err.Error()
	}
	types := typeOf(v)
	if c.Type != "" && typesOf(strings.Split(c.Type, "|"))&types == 0 {
		return "type"
	}
	if c.Allowed != nil && !slices.ContainsFunc(c.Allowed, func(a schema.Value) bool {
		allowed, err := request.Decode(a)
		return err == nil && key(allowed) == key(v)
	}) {
		return "list"
	}
	if names, ok := v.(map[string]any); ok && c.AllowedParameter != nil {
		for name := range names {
			if !slices.Contains(c.AllowedParameter, name) {
				return "name " + name
			}
		}
	}
	if c.Type == "" && types&typeNumber == 0 {
		return ""
	}
	measure := new(big.Rat)
	switch v := v.(type) {
	case json.Number:
		measure.SetString(v.String())
	case string:
		measure.SetInt64(int64(utf8.RuneCountInString(v)))
	case []any:
		measure.SetInt64(int64(len(v)))
	default:
		return ""
	}
	for _, bound := range []struct {
		limit json.Number
		holds func(int) bool
	}{
		{c.Min, func(n int) bool { return n >= 0 }},
		{c.Max, func(n int) bool { return n <= 0 }},
		{c.ExclusiveMin, func(n int) bool { return n > 0 }},
		{c.ExclusiveMax, func(n int) bool { return n < 0 }},
	} {
		if limit, ok := new(big.Rat).SetString(bound.limit.String()); ok && !bound.holds(measure.Cmp(limit)) {
			return "bound " + bound.limit.String()
		}
	}
	if step, ok := new(big.Rat).SetString(c.MultipleOf.String()); ok && !new(big.Rat).Quo(measure, step).IsInt() {
		return "multiple"
	}
	return ""
}

type generator struct{ *rand.Rand }

func (g generator) one(of ...any) any { return of[g.IntN(len(of))] }

func (g generator) name() string { return string('a' + rune(g.IntN(4))) }

func (g generator) value(depth int) any {
	n := g.IntN(10)
	switch {
	case depth > 0 && n < 4:
		object := map[string]any{}
		for range g.IntN(4) {
			object[g.name()] = g.value(depth - 1)
		}
		return object
	case depth > 0 && n < 6:
		array := []any{}
		for range g.IntN(4) {
			array = append(array, g.value(depth-1))
		}
		return array
	default:
		return g.one(1, 2, 3, 4.0, 0.5, -1, "a", "bb", "ccc", true, nil)
	}
}

func (g generator) root() map[string]any {
	root := g.object(3)
	root["$defs"] = map[string]any{"x": g.schema(2), "y": g.object(1)}
	return root
}

func (g generator) schema(depth int) any {
	if n := g.IntN(12); n == 0 {
		return true
	} else if n == 1 {
		return false
	}
	return g.object(depth)
}

func (g generator) object(depth int) map[string]any {
	s := map[string]any{}
	for range 1 + g.IntN(3) {
		g.keyword(s, depth)
	}
	return s
}

func (g generator) list(depth int) []any {
	all := []any{g.schema(depth)}
	for range g.IntN(3) {
		all = append(all, g.schema(depth))
	}
	return all
}

func (g generator) keyword(s map[string]any, depth int) {
	n := g.IntN(26)
	if depth == 0 {
		n = g.IntN(12)
	}
	switch n {
	case 0, 1:
		s["type"] = g.one("integer", "number", "string", "object", "array", "null", "boolean", []string{"string", "null"}, []string{"array", "string"}, []string{"object", "integer"})
	case 2:
		s["enum"] = []any{g.value(0), g.value(0), g.value(1)}
	case 3:
		s["const"] = g.value(0)
	case 4:
		s[g.one("minimum", "exclusiveMinimum").(string)] = g.one(-1, 0, 1, 2, 0.5)
	case 5:
		s[g.one("maximum", "exclusiveMaximum").(string)] = g.one(0, 1, 2, 3, 4)
	case 6:
		s["multipleOf"] = g.one(1, 2, 0.5, 1.5)
	case 7:
		s[g.one("minLength", "minItems", "minProperties").(string)] = g.IntN(3)
	case 8:
		s[g.one("maxLength", "maxItems", "maxProperties").(string)] = g.IntN(4)
	case 9:
		s["required"] = []string{g.name()}
	case 10:
		s["dependentRequired"] = map[string]any{g.name(): []string{g.name()}}
	case 11:
		s[g.one("pattern", "uniqueItems").(string)] = true
		if s["pattern"] != nil {
			s["pattern"] = "^[ab]"
		}
	case 12, 13, 14, 15:
		properties := map[string]any{}
		for range 1 + g.IntN(3) {
			properties[g.name()] = g.schema(depth - 1)
		}
		s["properties"] = properties
	case 16:
		s["additionalProperties"] = g.one(false, false, g.schema(depth-1))
	case 17:
		s["unevaluatedProperties"] = g.one(false, false, g.schema(depth-1))
	case 18:
		s["items"] = g.one(g.schema(depth-1), g.list(depth-1))
		s["additionalItems"] = g.schema(depth - 1)
	case 19:
		s["allOf"] = g.list(depth - 1)
	case 20, 21:
		s[g.one("anyOf", "oneOf").(string)] = g.list(depth - 1)
	case 22:
		s["not"] = g.schema(depth - 1)
	case 23:
		s["if"], s["then"], s["else"] = g.schema(depth-1), g.schema(depth-1), g.schema(depth-1)
	case 24:
		s["$ref"] = g.one("#/$defs/x", "#/$defs/y", "#")
	case 25:
		s[g.one("contains", "propertyNames", "unevaluatedItems").(string)] = g.schema(depth - 1)
	}
}
