package request

import (
	"bytes"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
)

// Place is a value of a task that a name leads to.
type Place struct {
	Parameter string // dotted path as the request spells it: inputs.referenceImages[0]
	Pointer   string // into the request array
	Raw       []byte
}

// maxPlaces bounds the values that one name may lead to, as `lora.weight` does with many LoRAs.
const maxPlaces = 64

// maxLocated bounds the names that are looked for in a task with more than maxNames.
const maxLocated = 20

// Locate finds the values that a name leads to: as it is; with or without `inputs.`; by an alias; in other letter case
// or with other separators; deeper in the task when nothing else has the name. Nothing found is no error.
//
// Of a task with more names than are remembered, so many are looked for and no more: each costs a pass over the task.
func (t *Task) Locate(name string) []Place {
	path := parameter.Split(name)
	if len(path) == 0 {
		return nil
	}
	t.readNames()
	if len(t.names.by) < maxNames {
		return t.locate(path)
	}
	if found, known := t.located[name]; known || len(t.located) == maxLocated {
		return found
	}
	if t.located == nil {
		t.located = map[string][]Place{}
	}
	t.located[name] = t.locate(path)
	return t.located[name]
}

func (t *Task) locate(path []string) []Place {
	for _, variant := range variants(path) {
		if !t.mayHave(variant[0]) {
			continue
		}
		var places []Place
		t.walk(t.Raw, variant, Place{Pointer: t.Base}, &places, false)
		if len(places) == 0 {
			t.walk(t.Raw, variant, Place{Pointer: t.Base}, &places, true)
		}
		if len(places) > 0 {
			return places
		}
	}
	var places []Place
	for i := t.names.first(parameter.Fold(path[0])); i >= 0 && len(places) < maxPlaces; i = t.names.held[i].next {
		t.walk(t.names.held[i].raw, path[1:], t.names.place(t, i), &places, true)
	}
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
	if other := parameter.Alias(parameter.Fold(path[0])); other != "" && !strings.Contains(other, "/") {
		all = append(all, append([]string{other}, path[1:]...))
	}
	return all
}

// walk follows a path and adds what it leads to. A name that meets an array stands for that member of every item.
func (t *Task) walk(raw []byte, path []string, at Place, places *[]Place, fold bool) {
	if len(path) == 0 {
		at.Raw = raw
		if len(*places) < maxPlaces {
			*places = append(*places, at)
		}
		return
	}
	switch rawjson.KindOf(raw) {
	case rawjson.Object:
		if !fold {
			for name, value := range rawjson.Fields(raw) {
				if rawjson.Is(name, path[0]) {
					t.walk(value, path[1:], at.Member(path[0]), places, fold)
					return
				}
			}
			return
		}
		for name, value := range rawjson.Members(raw) {
			if name == path[0] || parameter.Fold(name) == parameter.Fold(path[0]) {
				t.walk(value, path[1:], at.Member(name), places, fold)
				return
			}
		}
	case rawjson.Array:
		index, err := strconv.Atoi(path[0])
		every := err != nil
		rest := path
		if !every || parameter.IsWildcard(path[0]) {
			rest = path[1:]
		}
		for i, item := range rawjson.Items(raw) {
			if len(*places) >= maxPlaces || !every && i > index {
				return
			}
			if every || i == index {
				t.walk(item, rest, at.Item(i), places, fold)
			}
		}
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number, rawjson.String:
	}
}

// Holding finds the first string of the task that has this very value; a zero place if there is none.
func (t *Task) Holding(value string) Place {
	want := rawjson.Quote(value)
	var found Place
	if !bytes.Contains(t.Raw, want) {
		return found
	}
	var look func(raw []byte, at Place, depth int)
	look = func(raw []byte, at Place, depth int) {
		if found.Pointer != "" || depth > maxDepth {
			return
		}
		for name, v := range rawjson.Members(raw) {
			look(v, at.Member(name), depth+1)
		}
		for i, v := range rawjson.Items(raw) {
			if i == maxPlaces {
				break
			}
			look(v, at.Item(i), depth+1)
		}
		if bytes.Equal(raw, want) && found.Pointer == "" {
			found = at
			found.Raw = raw
		}
	}
	look(t.Raw, Place{Pointer: t.Base}, 0)
	return found
}

// Member is the place of a member of the object at p.
func (p Place) Member(name string) Place {
	if p.Parameter != "" {
		p.Parameter += "."
	}
	p.Parameter += name
	p.Pointer = rawjson.Pointer(p.Pointer, name)
	return p
}

// Item is the place of an item of the array at p.
func (p Place) Item(i int) Place {
	p.Parameter += "[" + strconv.Itoa(i) + "]"
	p.Pointer = rawjson.Pointer(p.Pointer, i)
	return p
}
