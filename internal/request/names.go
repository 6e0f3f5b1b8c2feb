package request

import (
	"iter"
	"maps"

	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
)

// names knows where a task has which names, at any depth up to maxDepth. It is made in one pass over the task, on first
// use, so that an error about a name that stands deep in the task costs no pass of its own.
type names struct {
	held []held
	by   map[string]occurrences // by folded name
}

// held is a member of an object within the task.
type held struct {
	name string
	raw  []byte
	in   *container
	next int // the next member of the same folded name, in the order of the task; -1 if there is none
}

type occurrences struct{ first, last, count int }

// container is an object or array within the task, and where it stands in the one around it.
type container struct {
	in   *container // nil for the task itself
	name string
	item int // -1 where it is a member
}

const (
	// maxDepth bounds the search for a name deeper in the task: no parameter of Runware's is deeper.
	maxDepth = 5
	// maxNames bounds the names that are remembered of one task. One of more was made to cost.
	maxNames = 2000
)

// HasName tells whether a member at any depth has that folded name.
func (t *Task) HasName(folded string) bool {
	t.readNames()
	_, ok := t.names.by[folded]
	return ok
}

// mayHave is false for a name that certainly stands nowhere in the task, however it is written.
func (t *Task) mayHave(name string) bool {
	return len(t.names.by) >= maxNames || len(name) > parameter.MaxLength || t.HasName(parameter.Fold(name))
}

// Names yields the folded names of the task's members at any depth, each once, up to maxNames.
func (t *Task) Names() iter.Seq[string] {
	t.readNames()
	return maps.Keys(t.names.by)
}

func (t *Task) readNames() {
	if t.names.by != nil {
		return
	}
	t.names.held = make([]held, 0, len(t.Members))
	t.names.by = make(map[string]occurrences, len(t.Members))
	if len(t.Members) == maxMembers {
		t.names.read(t.Raw, nil, "", -1, 0)
		return
	}
	task := &container{item: -1}
	for _, m := range t.Members { // whose names need not be read again
		t.names.member(m.Name, m.Raw, task, 0)
	}
}

// read goes through the value that stands as name or item in another one; the container of its own members is made with
// the first of them.
func (n *names) read(raw []byte, in *container, name string, item, depth int) {
	if depth > maxDepth {
		return
	}
	var own *container
	here := func() *container {
		if own == nil {
			own = &container{in: in, name: name, item: item}
		}
		return own
	}
	for name, value := range rawjson.Members(raw) {
		if !n.member(name, value, here(), depth) {
			return
		}
	}
	for i, value := range rawjson.Items(raw) {
		if len(n.by) >= maxNames {
			return
		}
		if rawjson.KindOf(value) == rawjson.Object && len(value) > len("{}") {
			n.read(value, here(), "", i, depth+1)
		}
	}
}

// member takes in one member and what stands in it; false when there are too many names to go on.
func (n *names) member(name string, value []byte, in *container, depth int) bool {
	if len(n.by) >= maxNames {
		return false
	}
	if len(name) <= parameter.MaxLength {
		n.add(held{name: name, raw: value, in: in, next: -1})
	}
	if kind := rawjson.KindOf(value); kind == rawjson.Object || kind == rawjson.Array {
		n.read(value, in, name, -1, depth+1)
	}
	return true
}

// add remembers a member, unless so many have its name that no more places of it are asked for.
func (n *names) add(h held) {
	folded := parameter.Fold(h.name)
	o, known := n.by[folded]
	if o.count == maxPlaces {
		return
	}
	if known {
		n.held[o.last].next = len(n.held)
	} else {
		o.first = len(n.held)
	}
	o.last = len(n.held)
	o.count++
	n.by[folded] = o
	n.held = append(n.held, h)
}

// first is the first member of a folded name, -1 if there is none.
func (n *names) first(folded string) int {
	if o, ok := n.by[folded]; ok {
		return o.first
	}
	return -1
}

func (n *names) place(t *Task, i int) Place {
	return n.held[i].in.place(t).Member(n.held[i].name)
}

func (c *container) place(t *Task) Place {
	switch {
	case c.in == nil:
		return Place{Pointer: t.Base}
	case c.item >= 0:
		return c.in.place(t).Item(c.item)
	default:
		return c.in.place(t).Member(c.name)
	}
}
