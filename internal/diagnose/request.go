package diagnose

import (
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
)

// request is the recorded request, taken apart just far enough to find parameters in it.
type request struct {
	tasks []task
	byID  map[string]int // lower-case id to index in tasks
	// opaque says that the request came as JSON in a string, into which no pointer can reach.
	opaque bool
}

// task is one object of the request array.
type task struct {
	index    int
	base     string // pointer to the object: "/0", or "" where the request is a lone object
	raw      []byte
	uuid     string
	taskType string
	model    string
	members  []member
	folded   map[string]bool // the names at any depth, made on first use
}

type member struct {
	name string
	raw  []byte
}

func readRequest(raw []byte) *request {
	r := &request{}
	if text, ok := rawjson.Text(raw); ok {
		r.opaque = true
		raw = []byte(text)
	}
	switch rawjson.KindOf(raw) {
	case rawjson.Array:
		for i, item := range rawjson.Items(raw) {
			r.tasks = append(r.tasks, readTask(i, rawjson.Pointer("", i), item))
		}
	case rawjson.Object:
		r.tasks = append(r.tasks, readTask(0, "", raw))
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number, rawjson.String:
	}
	r.byID = make(map[string]int, len(r.tasks))
	for i, v := range slices.Backward(r.tasks) {
		r.byID[strings.ToLower(v.uuid)] = i
	}
	return r
}

func readTask(index int, base string, raw []byte) task {
	t := task{index: index, base: base, raw: raw}
	for name, value := range rawjson.Members(raw) {
		t.members = append(t.members, member{name, value})
		switch name {
		case "taskUUID":
			t.uuid, _ = rawjson.Text(value)
		case "taskType":
			t.taskType, _ = rawjson.Text(value)
		case "model":
			t.model, _ = rawjson.Text(value)
		}
	}
	return t
}

// runs tells a task that does something from the authentication object that may open the array.
func (t *task) runs() bool { return t.taskType != "authentication" && t.taskType != "ping" }

func (t *task) member(name string) ([]byte, bool) {
	for _, v := range slices.Backward(t.members) {
		if v.name == name {
			return v.raw, true
		}
	}
	return nil, false
}

// find returns the task with this id, nil if there is none. Ids are compared without letter case.
func (r *request) find(taskUUID string) *task {
	if i, ok := r.byID[strings.ToLower(taskUUID)]; ok && taskUUID != "" {
		return &r.tasks[i]
	}
	return nil
}

// prose lists the values of the task that are somebody's own words.
func (t *task) prose() []string {
	var all []string
	var look func(name string, raw []byte, depth int)
	look = func(name string, raw []byte, depth int) {
		if depth > maxDepth || len(all) >= maxPlaces {
			return
		}
		if text, ok := rawjson.Text(raw); ok && isProse(name) && len(text) >= 8 {
			all = append(all, text)
		}
		for name, v := range rawjson.Members(raw) {
			look(name, v, depth+1)
		}
		for i, v := range rawjson.Items(raw) {
			if i == maxPlaces {
				break
			}
			look(name, v, depth+1)
		}
	}
	for _, m := range t.members {
		look(m.name, m.raw, 0)
	}
	return all
}

// attribute finds the task that an error concerns: by its id; without one, by its task type or as the only task that
// runs. nil means the whole call.
func (r *request) attribute(taskUUID, taskType string) *task {
	if t := r.find(taskUUID); t != nil {
		return t
	}
	if taskUUID != "" && len(r.tasks) > 1 {
		return nil // some task that the recorded request does not hold
	}
	var typed, running []*task
	for i := range r.tasks {
		t := &r.tasks[i]
		if taskType != "" && t.taskType == taskType {
			typed = append(typed, t)
		}
		if t.runs() {
			running = append(running, t)
		}
	}
	switch {
	case len(typed) == 1:
		return typed[0]
	case len(running) == 1:
		return running[0]
	case len(r.tasks) == 1:
		return &r.tasks[0]
	default:
		return nil
	}
}

// place is a value of a task that a name leads to.
type place struct {
	parameter string // dotted path as the request spells it: inputs.referenceImages[0]
	pointer   string // into the request array
	raw       []byte
}

// maxPlaces bounds the values that one name may lead to, as `lora.weight` does with many LoRAs.
const maxPlaces = 64

// locate finds the values that a name leads to: as it is; with or without `inputs.`; by an alias; in other letter case
// or with other separators; deeper in the task when nothing else has the name. Nothing found is no error.
func (t *task) locate(name string) []place {
	path := splitPath(name)
	if len(path) == 0 {
		return nil
	}
	for _, variant := range variants(path) {
		var places []place
		t.walk(t.raw, variant, place{pointer: t.base}, &places, false)
		if len(places) == 0 {
			t.walk(t.raw, variant, place{pointer: t.base}, &places, true)
		}
		if len(places) > 0 {
			return places
		}
	}
	if !t.names()[foldName(path[0])] {
		return nil // nowhere deeper either; or there are too many names to look for one
	}
	var places []place
	t.search(t.raw, path, place{pointer: t.base}, &places, 0)
	return places
}

func variants(path []string) [][]string {
	all := [][]string{path}
	if strings.EqualFold(path[0], "inputs") {
		if len(path) > 1 {
			all = append(all, path[1:])
		}
	} else {
		all = append(all, append([]string{"inputs"}, path...))
	}
	if len(path) > 1 && !strings.EqualFold(path[0], "inputs") {
		all = append(all, path[1:]) // body.steps, Task.numberResults: the first step names the request itself
	}
	if other := alias(foldName(path[0])); other != "" && !strings.Contains(other, "/") {
		all = append(all, append([]string{other}, path[1:]...))
	}
	return all
}

// walk follows a path and adds what it leads to. A name that meets an array stands for that member of every item.
func (t *task) walk(raw []byte, path []string, at place, places *[]place, fold bool) {
	if len(path) == 0 {
		at.raw = raw
		if len(*places) < maxPlaces {
			*places = append(*places, at)
		}
		return
	}
	switch rawjson.KindOf(raw) {
	case rawjson.Object:
		for name, value := range rawjson.Members(raw) {
			if name == path[0] || fold && foldName(name) == foldName(path[0]) {
				t.walk(value, path[1:], at.member(name), places, fold)
				return
			}
		}
	case rawjson.Array:
		index, err := strconv.Atoi(path[0])
		every := err != nil
		rest := path
		if !every || isWildcard(path[0]) {
			rest = path[1:]
		}
		for i, item := range rawjson.Items(raw) {
			if len(*places) >= maxPlaces || !every && i > index {
				return
			}
			if every || i == index {
				t.walk(item, rest, at.item(i), places, fold)
			}
		}
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number, rawjson.String:
	}
}

// maxDepth bounds the search for a name deeper in the task: no parameter of Runware's is deeper.
const maxDepth = 5

// search looks for a path anywhere below the top of the task.
func (t *task) search(raw []byte, path []string, at place, places *[]place, depth int) {
	if depth > maxDepth || len(*places) >= maxPlaces {
		return
	}
	for name, value := range rawjson.Members(raw) {
		if foldName(name) == foldName(path[0]) {
			t.walk(value, path[1:], at.member(name), places, true)
		}
		if kind := rawjson.KindOf(value); kind == rawjson.Object || kind == rawjson.Array {
			t.search(value, path, at.member(name), places, depth+1)
		}
	}
	for i, value := range rawjson.Items(raw) {
		if rawjson.KindOf(value) != rawjson.Object {
			continue
		}
		t.search(value, path, at.item(i), places, depth+1)
	}
}

// holding finds the first string of the task that has this very value; a zero place if there is none.
func (t *task) holding(value string) place {
	want := string(rawjson.Quote(value))
	var found place
	var look func(raw []byte, at place, depth int)
	look = func(raw []byte, at place, depth int) {
		if found.pointer != "" || depth > maxDepth {
			return
		}
		for name, v := range rawjson.Members(raw) {
			look(v, at.member(name), depth+1)
		}
		for i, v := range rawjson.Items(raw) {
			if i == maxPlaces {
				break
			}
			look(v, at.item(i), depth+1)
		}
		if string(raw) == want && found.pointer == "" {
			found = at
			found.raw = raw
		}
	}
	look(t.raw, place{pointer: t.base}, 0)
	return found
}

func (p place) member(name string) place {
	if p.parameter != "" {
		p.parameter += "."
	}
	p.parameter += name
	p.pointer = rawjson.Pointer(p.pointer, name)
	return p
}

func (p place) item(i int) place {
	p.parameter += "[" + strconv.Itoa(i) + "]"
	p.pointer = rawjson.Pointer(p.pointer, i)
	return p
}

// splitPath cuts a.b[2].c and a.2.c into their steps; nil for what is no path.
func splitPath(name string) []string {
	name = strings.Trim(name, " '\"`$./")
	if !validName(name) || strings.Contains(name, "/") {
		return nil
	}
	return strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}

func isWildcard(step string) bool { return step == "*" || step == "N" || step == "n" || step == "i" }

// names are the folded names of the task's members at any depth, up to maxNames.
func (t *task) names() map[string]bool {
	if t.folded == nil {
		t.folded = make(map[string]bool, min(2*len(t.members), maxNames))
		collectNames(t.raw, t.folded, 0)
	}
	return t.folded
}

// maxNames bounds the names that are remembered of one task.
const maxNames = 2000

func collectNames(raw []byte, names map[string]bool, depth int) {
	if depth > maxDepth {
		return
	}
	for name, value := range rawjson.Members(raw) {
		if len(names) >= maxNames {
			return
		}
		if len(name) <= maxName {
			names[foldName(name)] = true
		}
		if kind := rawjson.KindOf(value); kind == rawjson.Object || kind == rawjson.Array {
			collectNames(value, names, depth+1)
		}
	}
	for _, value := range rawjson.Items(raw) {
		if rawjson.KindOf(value) != rawjson.Object || len(names) >= maxNames {
			continue
		}
		collectNames(value, names, depth+1)
	}
}
