package diagnose

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// FuzzTask holds what every diagnosis promises, whatever the record: it answers, it leaves the input alone, its pointers
// resolve and its patches apply.
func FuzzTask(f *testing.F) {
	for _, a := range archives(f) {
		task := a.task()
		f.Add([]byte(task.Request), []byte(task.Response))
	}
	f.Add([]byte(`"[{\"width\":1}]"`), []byte(`"{\"errors\":[{\"code\":\"invalidWidth\",\"parameter\":\"width\",\"min\":2}]}"`))
	f.Add([]byte(`{"a/b":{"~":[1]}}`), []byte(`{"errors":[{"parameter":["a/b","x[0]"],"allowedValues":{"0":null}}]}`))
	f.Add([]byte(`[[[[]]]]`), []byte(`[{"error":true},{"error":["x",{"error":{}}]}]`))
	f.Fuzz(func(t *testing.T, request, response []byte) {
		before, beforeResponse := bytes.Clone(request), bytes.Clone(response)
		id := ""
		for _, task := range readRequest(request).tasks {
			id = task.uuid
		}
		status, d := Task(schema.Task{TaskUUID: id, Request: request, Response: response}, func(string) Model { return nil })
		if !bytes.Equal(before, request) || !bytes.Equal(beforeResponse, response) {
			t.Fatal("the input was changed")
		}
		check(t, request, status, d)
	})
}

func check(t *testing.T, request []byte, status schema.Status, d schema.Diagnosis) {
	t.Helper()
	if status == "" || d.Category == "" || d.Retry == "" || d.Summary == "" {
		t.Fatalf("incomplete: %q %+v", status, d)
	}
	if text, err := json.Marshal(d); err != nil || !json.Valid(text) {
		t.Fatalf("does not marshal: %v", err)
	}
	if len(d.Findings) > maxFindings {
		t.Fatalf("%d findings", len(d.Findings))
	}
	doc := request
	for i, f := range d.Findings {
		if f.Category == "" || f.Retry == "" || f.Confidence == "" || i > 0 && f.Cause == "" {
			t.Fatalf("incomplete: %+v", f)
		}
		if f.Pointer != "" {
			if _, ok := rawjson.Resolve(request, f.Pointer); !ok {
				t.Fatalf("pointer %q does not resolve", f.Pointer)
			}
		}
		if len(f.Patch) == 0 || !json.Valid(request) {
			continue
		}
		ops, err := json.Marshal(f.Patch)
		if err != nil {
			t.Fatal(err)
		}
		patch, err := jsonpatch.DecodePatch(ops)
		if err != nil {
			t.Fatal(err)
		}
		// Patches are for applying in the order of the findings.
		if doc, err = patch.Apply(doc); err != nil {
			t.Fatalf("patch %s does not apply: %v", ops, err)
		}
	}
}

// FuzzMessage holds that the grammar reads anything, and that no bound is invented: each of its numbers stands in the text.
func FuzzMessage(f *testing.F) {
	for _, a := range archives(f) {
		for _, e := range envelope.Decode(a.task().Response).Errors {
			f.Add(e.Message)
		}
	}
	f.Add("must be between -1.5 and +2e3, in multiples of '0.5' (got 3); one of: 'a', 'b")
	f.Fuzz(func(t *testing.T, message string) {
		c := parseMessage(message, func(name string) bool { return name == "width" || name == "steps" })
		digits := strings.Map(onlyDigits, message)
		for _, b := range c.bounds {
			for _, n := range []string{b.lo, b.hi} {
				if spelled := len(n) <= 2; b.kind == number && !spelled && !strings.Contains(digits, strings.Map(onlyDigits, n)) {
					t.Fatalf("%q is not in %q", n, message)
				}
			}
		}
		for _, l := range c.lists {
			for _, item := range l.items {
				if utf8.ValidString(message) && utf8.RuneCountInString(item) > maxItemLen {
					t.Fatalf("item %q is too long", item)
				}
			}
		}
	})
}

// FuzzLocate holds that what a name leads to resolves in the request.
func FuzzLocate(f *testing.F) {
	f.Add([]byte(`[{"inputs":{"referenceImages":["a","b"]},"lora":[{"weight":1},{"weight":2}]}]`), "referenceImages[1]")
	f.Add([]byte(`[{"lora":[{"weight":1},{"weight":2}]}]`), "lora.weight")
	f.Add([]byte(`[{"a~b":{"c/d":1}}]`), "a~b")
	f.Add([]byte(`[{"x":{"negative_prompt":""}}]`), "negativePrompt")
	f.Fuzz(func(t *testing.T, request []byte, name string) {
		for _, task := range readRequest(request).tasks {
			for _, p := range task.locate(name) {
				if got, ok := rawjson.Resolve(request, p.pointer); json.Valid(request) && (!ok || !bytes.Equal(got, p.raw)) {
					// With duplicate names a pointer means the last, and a place may be the first.
					if !ok {
						t.Fatalf("%q does not resolve", p.pointer)
					}
				}
			}
		}
	})
}
