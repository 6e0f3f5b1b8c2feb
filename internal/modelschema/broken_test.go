package modelschema

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// What the validator accepts has no broken condition; what it refuses has one at least, and each names a member or value
// that it is about. Random schemas and tasks, as for [TestRandomSchemas].
func TestBrokenRandom(t *testing.T) {
	var accepted, refused, reasons, consequences int
	for seed := range uint64(1500) {
		g := generator{rand.New(rand.NewPCG(seed, 7))}
		document := mustEncode(t, g.root())
		m := mustCompile(t, string(document))
		for range 4 {
			task := mustEncode(t, g.value(3))
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
	if accepted < 1000 || refused < 1000 || reasons < 100 || consequences < 10 {
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
		if _, there := request.At(value, rawjson.Tokens(u.Pointer)); !there || u.Reason == "" {
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
	if _, there := request.At(task, rawjson.Tokens(c.Pointer)); !there {
		t.Errorf("stands nowhere: %s", told([]schema.Condition{c}, ""))
	}
	for _, p := range append(append([]schema.Premise(nil), c.Members...), c.Because...) {
		if _, there := request.At(task, rawjson.Tokens(p.Pointer)); there == (p.State == schema.StateAbsent) {
			t.Errorf("%s %q is not so: %s", p.State, p.Pointer, told([]schema.Condition{c}, ""))
		}
	}
	for _, group := range c.Choices {
		for _, member := range group {
			if _, there := request.At(task, rawjson.Tokens(member)); there {
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
	place := rawjson.PointerOf(e.InstanceLocation)
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

// What a condition is said to depend on decides it: without the member that made it apply, or without those that it
// refuses, the validator finds no such condition.
func TestBecause(t *testing.T) {
	checked := 0
	for _, path := range archives(t, "conditions") {
		archive := read(t, path)
		name, ok := section(archive, "model")
		if !ok {
			continue
		}
		m := published(t, strings.TrimSpace(string(name.Data)))
		for _, file := range archive.Files {
			if !strings.HasSuffix(file.Name, ".task") {
				continue
			}
			task := mustDecode(t, file.Data)
			broken, _ := m.Broken(task)
			for _, c := range broken {
				checked += checkDecisive(t, m, task, c)
			}
		}
	}
	if checked < 40 {
		t.Errorf("%d checked", checked)
	}
}

// The same over random schemas, of which no one has thought.
func TestBecauseRandom(t *testing.T) {
	checked := 0
	for seed := range uint64(1000) {
		g := generator{rand.New(rand.NewPCG(seed, 9))}
		document := mustEncode(t, g.root())
		m := mustCompile(t, string(document))
		for range 4 {
			task := mustEncode(t, g.value(3))
			value := mustDecode(t, task)
			broken, _ := m.Broken(value)
			for _, c := range broken {
				checked += checkDecisive(t, m, value, c)
			}
			if t.Failed() {
				t.Fatalf("seed %d\n%s\n%s", seed, document, task)
			}
		}
	}
	if checked < 200 {
		t.Errorf("%d checked", checked)
	}
}

func checkDecisive(t *testing.T, m *Model, task any, c schema.Condition) (checked int) {
	t.Helper()
	for _, members := range decisive(c) {
		if len(members) == 0 || slices.Contains(members, "") || slices.ContainsFunc(members, isItem) {
			continue // without an item the next one takes its place, and perhaps its fault
		}
		without := task
		for _, member := range members {
			if next, err := request.Remove(without, member); err == nil {
				without = next
			}
		}
		if reflect.DeepEqual(without, task) {
			t.Errorf("%v is not there: %s", members, told([]schema.Condition{c}, ""))
		}
		checked++
		left, _ := m.Broken(without)
		if same := told([]schema.Condition{bare(c)}, ""); strings.Contains(told(flat(left), ""), same) {
			t.Errorf("without %v it is still so: %s", members, same)
		}
	}
	return checked
}

func isItem(pointer string) bool {
	_, err := strconv.Atoi(pointer[strings.LastIndexByte(pointer, '/')+1:])
	return err == nil
}

// decisive lists the sets of members of which each by itself would satisfy a condition if it were gone.
func decisive(c schema.Condition) [][]string {
	var all [][]string
	for _, p := range c.Because {
		if p.State != schema.StateAbsent && p.State != schema.StateUnfit && p.State != schema.StateUnequal {
			all = append(all, []string{p.Pointer})
		}
	}
	var whole []string
	for _, p := range c.Members {
		if p.State == schema.StateAbsent {
			continue
		}
		whole = append(whole, p.Pointer)
		if c.Kind == schema.BreachConflict {
			all = append(all, []string{p.Pointer})
		}
	}
	if c.Kind == schema.BreachRefused || c.Kind == schema.BreachUnknown || c.Kind == schema.BreachExclusive {
		all = append(all, whole)
	}
	for i, set := range all {
		if slices.Equal(set, []string{"/width"}) {
			all[i] = []string{"/width", "/height"} // conditions name the first of the two, and both have it apply
		}
	}
	return all
}

// bare is a condition without what is told elsewhere.
func bare(c schema.Condition) schema.Condition {
	c.Consequences = nil
	return c
}

// flat lists conditions and their consequences alike.
func flat(all []schema.Condition) []schema.Condition {
	var listed []schema.Condition
	for _, c := range all {
		listed = append(listed, bare(c))
		listed = append(listed, flat(c.Consequences)...)
	}
	return listed
}
