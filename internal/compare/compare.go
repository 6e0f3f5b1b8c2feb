// Package compare tells in what two tasks differ, and which of the differences a failure names.
//
// It is pure, and compares the two task objects that were asked for, each found in its own request array by its
// taskUUID: their siblings are other people's business. Values stay the bytes they were recorded as; whoever shows one
// masks it first. Start with [Requests]; verdict.go ties the differences to the outcomes.
package compare

import (
	"slices"
	"strconv"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// maxDifferences bounds what is compared of two requests that have nothing in common.
const maxDifferences = 500

// maxDepth is deeper than any parameter: below it values are compared as a whole.
const maxDepth = 20

// Tasks are the two task objects that are compared.
type Tasks struct {
	Before, After *request.Task // nil where the request holds no such task
	Differences   []Difference
	Left          int // differences beyond the bound
}

// Difference is one value in which the tasks differ.
type Difference struct {
	schema.Difference
	Path       string // pointer within the task object
	Incidental bool   // an id, a URL, a seed or media, which differ between any two tasks
}

// Requests compares the tasks with these ids in the requests that they were sent with.
func Requests(before []byte, id string, after []byte, other string) Tasks {
	t := Tasks{Before: request.Read(before).Attribute(id, ""), After: request.Read(after).Attribute(other, "")}
	if t.Before == nil || t.After == nil {
		return t
	}
	w := walk{tasks: &t}
	w.values(nil, t.Before.Raw, t.After.Raw)
	return t
}

type walk struct{ tasks *Tasks }

// values compares two values at one path; one that is not there is nil.
func (w *walk) values(path []string, before, after []byte) {
	kind := rawjson.KindOf(before)
	switch {
	case same(before, after):
	case kind == rawjson.Object && rawjson.KindOf(after) == kind && len(path) < maxDepth:
		w.objects(path, before, after)
	case kind == rawjson.Array && rawjson.KindOf(after) == kind && len(path) < maxDepth:
		w.arrays(path, before, after)
	default:
		w.differ(path, before, after)
	}
}

// objects compares member by member, in the order of the first object and then that of the second.
func (w *walk) objects(path []string, before, after []byte) {
	a, names := members(before)
	b, others := members(after)
	for _, name := range names {
		w.values(append(slices.Clip(path), name), a[name], b[name])
	}
	for _, name := range others {
		if _, done := a[name]; !done {
			w.values(append(slices.Clip(path), name), nil, b[name])
		}
	}
}

// members are those of an object, and their names in order; of several with one name the last counts, as a decoder has it.
func members(object []byte) (values map[string][]byte, names []string) {
	values = map[string][]byte{}
	for name, value := range rawjson.Members(object) {
		if _, doubled := values[name]; !doubled {
			names = append(names, name)
		}
		values[name] = value
	}
	return values, names
}

// arrays compares item by item between the items that both begin and end with: one that was put in or taken out in the
// middle is one difference. What stands between is compared in order.
func (w *walk) arrays(path []string, before, after []byte) {
	a, b := items(before), items(after)
	head := 0
	for head < len(a) && head < len(b) && same(a[head], b[head]) {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && same(a[len(a)-1-tail], b[len(b)-1-tail]) {
		tail++
	}
	for i := head; i < max(len(a), len(b))-tail; i++ {
		var left, right []byte
		if i < len(a)-tail {
			left = a[i]
		}
		if i < len(b)-tail {
			right = b[i]
		}
		w.values(append(slices.Clip(path), strconv.Itoa(i)), left, right)
	}
}

func items(raw []byte) [][]byte {
	var all [][]byte
	for _, item := range rawjson.Items(raw) {
		all = append(all, item)
	}
	return all
}

// differ notes a difference. A whole object that only one task has is one.
func (w *walk) differ(path []string, before, after []byte) {
	t := w.tasks
	if len(t.Differences) == maxDifferences {
		t.Left++
		return
	}
	within := rawjson.PointerOf(path)
	d := Difference{Path: within, Incidental: incidental(path, before, after)}
	d.Pointer, d.Before, d.After = t.Before.Base+within, before, after
	t.Differences = append(t.Differences, d)
}
