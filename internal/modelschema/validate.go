package modelschema

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// What is judged of a task. Real ones have some dozens of values, four levels deep; past these bounds a task was made
// to cost, and is not judged. Of a longer array only the first items are.
const (
	maxDepth      = 64
	maxValues     = 20_000
	maxItems      = 1000
	maxViolations = 50
)

// Validate lists where a task object breaks the schema, in the order of the task; what is missing comes at the end of
// the object that misses it. At most 50 places are named, each once a [schema.Breach]. It is empty for a task that
// cannot be judged: one that is no JSON, or absurdly deep or large in number of values.
//
// Time and memory are linear in the task. Formats are checked with more patience than the schema asks for: any
// 8-4-4-4-12 hex id is a UUID. Encodings (contentEncoding) are not checked.
func (m *Model) Validate(task []byte) []schema.Violation {
	value, err := request.DecodeWithin(task, request.Limits{Depth: maxDepth, Values: maxValues, Items: maxItems})
	if err != nil {
		return nil
	}
	failure, judged := m.check(value)
	if failure == nil || !judged {
		return nil
	}
	f := finder{model: m, task: value, left: maxFaults}
	return inOrder(task, f.report(failure))
}

// Passes reports whether the task object was judged in full and breaks nothing. A task that is too large or too deep to
// judge, or whose judging was given up, does not pass.
func (m *Model) Passes(task []byte) bool {
	value, err := request.Decode(task)
	if err != nil {
		return false
	}
	failure, judged := m.check(value)
	return judged && failure == nil
}

// check runs the validator; judged is false when it gave up.
func (m *Model) check(value any) (failure *jsonschema.ValidationError, judged bool) {
	if m.task == nil {
		return nil, false
	}
	judged = m.work.guard(maxWork, func() { failure = m.validate(value) })
	if !judged {
		failure = nil
	}
	return failure, judged
}

// validate asks the validator, under a guard.
func (m *Model) validate(value any) (failure *jsonschema.ValidationError) {
	errors.As(m.task.Validate(value), &failure)
	return failure
}

// inOrder puts violations in the order of their places in the task, and drops those over the limit.
func inOrder(task []byte, all []schema.Violation) []schema.Violation {
	if len(all) > 1 {
		root := newPlace()
		for _, v := range all {
			root.add(rawjson.Tokens(v.Pointer))
		}
		root.visit(task)
		slices.SortStableFunc(all, func(a, b schema.Violation) int {
			return cmp.Compare(root.order(rawjson.Tokens(a.Pointer)), root.order(rawjson.Tokens(b.Pointer)))
		})
	}
	return all[:min(len(all), maxViolations)]
}

// place is a node of the tree of the pointers that violations name.
type place struct {
	below map[string]*place
	start int // when one pass over the task came here; 0 if never
	end   int // when it left
}

func newPlace() *place { return &place{below: map[string]*place{}} }

func (p *place) add(path []string) {
	for _, token := range path {
		if p.below[token] == nil {
			p.below[token] = newPlace()
		}
		p = p.below[token]
	}
}

// order is when the pass came to a path, or left the object that misses it.
func (p *place) order(path []string) int {
	for _, token := range path {
		if p.below[token].start == 0 {
			return p.end
		}
		p = p.below[token]
	}
	return p.start
}

func (p *place) visit(task []byte) {
	clock := 0
	p.pass(task, &clock)
}

func (p *place) pass(raw []byte, clock *int) {
	*clock++
	p.start = *clock
	if len(p.below) > 0 {
		for name, value := range rawjson.Members(raw) {
			if child := p.below[name]; child != nil {
				child.pass(value, clock)
			}
		}
		for i, value := range rawjson.Items(raw) {
			if child := p.below[strconv.Itoa(i)]; child != nil {
				child.pass(value, clock)
			}
		}
	}
	*clock++
	p.end = *clock
}
