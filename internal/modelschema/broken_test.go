package modelschema

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// What the validator accepts has no broken condition; what it refuses has one at least, and each names a member or value
// that it is about. Random schemas and tasks, as for [TestRandomSchemas].
func TestBrokenRandom(t *testing.T) {
	var accepted, refused, reasons, consequences int
	for seed := range uint64(3000) {
		g := generator{rand.New(rand.NewPCG(seed, 7))}
		document, err := json.Marshal(g.root())
		if err != nil {
			t.Fatal(err)
		}
		m := mustCompile(t, string(document))
		for range 4 {
			task, err := json.Marshal(g.value(3))
			if err != nil {
				t.Fatal(err)
			}
			broken := checkBroken(t, m, task)
			if t.Failed() {
				t.Fatalf("seed %d\n%s\n%s", seed, document, task)
			}
			if len(broken) == 0 {
				accepted++
				continue
			}
			refused++
			for _, c := range broken {
				if len(c.Because) > 0 {
					reasons++
				}
				consequences += len(c.Consequences)
			}
		}
	}
	if accepted < 2000 || refused < 2000 || reasons < 100 || consequences < 20 {
		t.Errorf("%d accepted, %d refused, %d with reasons, %d consequences: the generator is of no use", accepted, refused, reasons, consequences)
	}
}

// Any schema with any task: no panic, nothing changed, and the same as the validator says.
func FuzzBroken(f *testing.F) {
	seedAll(f)
	for _, document := range []string{
		`{"allOf":[{"if":{"properties":{"a":{"anyOf":[{"required":["x"]},{"required":["y"]}]}},"required":["a"]},"then":{"not":{"anyOf":[{"required":["b"]},{"required":["c"]}]}},"else":{"required":["b"]}}]}`,
		`{"dependentSchemas":{"b":{"required":["c"],"properties":{"d":false}}},"contains":{"not":{"required":["a"]}}}`,
		`{"oneOf":[{"title":"t","properties":{"width":{"const":1},"height":{"const":2}}},{"properties":{"width":{"const":3},"height":{"const":2}}}]}`,
		`{"not":{"$ref":"#"},"then":{"if":{"else":false}},"if":true}`,
	} {
		for _, task := range []string{`{}`, `{"a":{"x":1},"b":1,"c":2}`, `{"b":1,"d":2,"width":1,"height":3}`, `[{"a":1}]`, `"x"`} {
			f.Add(document, []byte(task))
		}
	}
	f.Fuzz(func(t *testing.T, document string, task []byte) {
		m, err := compile([]byte(document))
		if err != nil {
			return
		}
		if _, err := request.Decode(task); err != nil {
			return
		}
		checkBroken(t, m, task)
	})
}

func checkBroken(t *testing.T, m *Model, task []byte) []schema.Condition {
	t.Helper()
	value, before := mustDecode(t, task), mustDecode(t, task)
	failure, judged := m.check(value)
	broken, explained := m.Broken(value)
	if !reflect.DeepEqual(value, before) {
		t.Error("the task was changed")
	}
	if len(broken) > maxViolations {
		t.Errorf("%d conditions", len(broken))
	}
	for _, u := range m.Unchecked(value) {
		if _, there := resolve(value, tokens(u.Pointer)); !there || u.Reason == "" {
			t.Errorf("unchecked %+v leads nowhere", u)
		}
	}
	switch {
	case !judged || !explained:
		return broken
	case failure == nil && len(broken) > 0:
		t.Errorf("accepted, yet %s", told(broken, ""))
	case failure != nil && len(broken) == 0 && !circular(failure):
		t.Error("refused without a condition")
	}
	for _, c := range broken {
		checkCondition(t, value, failure, c)
	}
	return broken
}

// checkCondition holds that a condition says what it is about, and that it is so.
func checkCondition(t *testing.T, task any, failure *jsonschema.ValidationError, c schema.Condition) {
	t.Helper()
	if c.Kind == "" || c.Constraint.Source != schema.SourceModelSchema {
		t.Errorf("incomplete: %+v", c)
	}
	if len(c.Members) == 0 && len(c.Choices) == 0 {
		t.Errorf("names nobody: %s", told([]schema.Condition{c}, ""))
	}
	if _, there := resolve(task, tokens(c.Pointer)); !there {
		t.Errorf("stands nowhere: %s", told([]schema.Condition{c}, ""))
	}
	for _, p := range append(append([]schema.Premise(nil), c.Members...), c.Because...) {
		if _, there := resolve(task, tokens(p.Pointer)); there == (p.State == schema.StateAbsent) {
			t.Errorf("%s %q is not so: %s", p.State, p.Pointer, told([]schema.Condition{c}, ""))
		}
	}
	for _, group := range c.Choices {
		for _, member := range group {
			if _, there := resolve(task, tokens(member)); there {
				t.Errorf("a choice of what is there, %q: %s", member, told([]schema.Condition{c}, ""))
			}
		}
	}
	if !concernsFailure(failure, c) {
		t.Errorf("is about nothing that failed: %s", told([]schema.Condition{c}, ""))
	}
	for _, consequence := range c.Consequences {
		checkCondition(t, task, failure, consequence)
	}
}

// concernsFailure tells whether a condition speaks of a place where the validator found fault, or of something in it.
func concernsFailure(e *jsonschema.ValidationError, c schema.Condition) bool {
	place := pointer(e.InstanceLocation)
	if len(e.Causes) == 0 && (place == c.Pointer || strings.HasPrefix(c.Pointer, place+"/") || strings.HasPrefix(place, c.Pointer+"/") || place == "") {
		return true
	}
	for _, cause := range e.Causes {
		if concernsFailure(cause, c) {
			return true
		}
	}
	return false
}
