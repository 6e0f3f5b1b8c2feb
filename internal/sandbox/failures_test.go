package sandbox_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"
)

// An id of a cause and a number always has the same answer, which names that id; any other is not found.
func TestCauses(t *testing.T) {
	server := start(t)
	causes, err := sandbox.Causes()
	if err != nil {
		t.Fatal(err)
	}
	failing := 0
	for _, cause := range causes {
		if cause.Fails() {
			failing++
		}
		for _, number := range []int{0, 42, 123_456_789} {
			id := cause.ID(number)
			body := `[{"taskType":"getTaskDetails","taskUUID":"` + strings.ToUpper(id) + `"}]`
			_, first := call(t, server.APIURL, sandbox.Key, body)
			_, again := call(t, server.APIURL, sandbox.Key, body)
			request, _ := rawjson.Resolve(first, "/data/0/request/0/taskUUID")
			if text, _ := rawjson.Text(request); text != id || string(first) != string(again) || strings.Contains(string(first), "{{") || cause.Title == "" {
				t.Errorf("%s %d: %s", cause.Name, number, first)
			}
			if hasErrors := strings.Contains(string(first), `"errors"`); hasErrors != cause.Fails() {
				t.Errorf("%s: fails %v: %s", cause.Name, cause.Fails(), first)
			}
		}
	}
	if failing < 7 || len(causes) == failing {
		t.Errorf("%d of %d causes fail", failing, len(causes))
	}
	for _, other := range []string{
		fmt.Sprintf("5ca1ab1e-%04x-4000-8000-000000000000", len(causes)), "5ca1ab1e-ffff-4000-8000-000000000000", "5ca1ab1e-0000-4000-9000-000000000000",
	} {
		if _, reply := call(t, server.APIURL, sandbox.Key, `[{"taskType":"getTaskDetails","taskUUID":"`+other+`"}]`); !strings.Contains(string(reply), "taskNotFound") {
			t.Errorf("%s: %s", other, reply)
		}
	}
	night, err := sandbox.Night()
	if err != nil || len(night) < 60 {
		t.Errorf("%d ids: %v", len(night), err)
	}
}

// A lookup takes as long as it is told to.
func TestLatency(t *testing.T) {
	const latency = 30 * time.Millisecond
	server, err := sandbox.Config{Latency: latency}.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	call(t, server.APIURL, sandbox.Key, `[]`)
	if took := time.Since(began); took < latency {
		t.Errorf("took %s", took)
	}
}
