package request

import (
	"fmt"
	"strings"
	"testing"
)

// TestLocateMany holds that a name deep in a task costs no pass of its own, and that a task of more names than are
// remembered is searched for a few, each once.
func TestLocateMany(t *testing.T) {
	var names strings.Builder
	for i := range 3 * maxNames {
		fmt.Fprintf(&names, `"name%d":{"weight":1},`, i)
	}
	r := Read([]byte(`[{"extra":{` + names.String() + `"last":1},"width":512}]`))
	task := &r.Tasks[0]
	if places := task.Locate("width"); len(places) != 1 || places[0].Pointer != "/0/width" {
		t.Errorf("width behind many names stands at %v", places)
	}
	if places := task.Locate("name7"); len(places) != 1 || places[0].Pointer != "/0/extra/name7" || places[0].Parameter != "extra.name7" {
		t.Errorf("name7 stands at %v", places)
	}
	for i := range 3 * maxLocated {
		task.Locate(fmt.Sprintf("absent%d", i))
	}
	if len(task.located) != maxLocated {
		t.Errorf("%d names were looked for", len(task.located))
	}
	if places := task.Locate("width"); len(places) != 1 {
		t.Error("what was found is not found again")
	}
}

// TestLocateOrder pins that places come in the order of the task, whatever their depth.
func TestLocateOrder(t *testing.T) {
	r := Read([]byte(`[{"a":{"Weight":1,"b":[{"weight":2},{"c":{"weight":3}}]},"d":[{"weight":4},[{"weight":5}]]}]`))
	var pointers []string
	for _, p := range r.Tasks[0].Locate("weight") {
		pointers = append(pointers, p.Pointer)
	}
	const want = "/0/a/Weight /0/a/b/0/weight /0/a/b/1/c/weight /0/d/0/weight"
	if got := strings.Join(pointers, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
