package modelschema

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Any schema with any task: no panic, nothing changed, a bounded answer, and every pointer leads to a value of the
// task, or, for what is missing, to an object that misses it.
func FuzzValidate(f *testing.F) {
	seedAll(f)
	f.Add(`{"items":{"$ref":"#"},"uniqueItems":true}`, []byte(`[[1e999999999],[1e999999999]]`))
	f.Add(`{"$recursiveRef":"#","allOf":[{"$ref":"#"}]}`, []byte(`{}`))
	f.Add(`{"additionalProperties":{"not":{}}}`, []byte(`{"":{"~/":1}}`))
	f.Fuzz(func(t *testing.T, document string, task []byte) {
		m, err := compile([]byte(document))
		if err != nil {
			return
		}
		before := bytes.Clone(task)
		violations := m.Validate(task)
		if !bytes.Equal(before, task) {
			t.Fatal("Validate changed the task")
		}
		if len(violations) > maxViolations {
			t.Errorf("%d violations", len(violations))
		}
		for _, v := range violations {
			checkPlace(t, task, v)
			m.Constraint(v.Pointer)
		}
	})
}

// seedAll adds every task of the archives with its schema.
func seedAll(f *testing.F) {
	f.Helper()
	for _, path := range archives(f, "validate") {
		archive := read(f, path)
		document := ""
		if file, ok := section(archive, "schema"); ok {
			document = string(file.Data)
		} else if file, ok := section(archive, "model"); ok {
			body, err := os.ReadFile("testdata/models/" + strings.TrimSpace(string(file.Data)))
			if err != nil {
				f.Fatal(err)
			}
			request, _ := rawjson.Member(body, "requestSchema")
			document = string(request)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".task") {
				f.Add(document, file.Data)
			}
		}
	}
}

func checkPlace(t *testing.T, task []byte, v schema.Violation) {
	t.Helper()
	if v.Kind == "" || v.Constraint.Source != schema.SourceModelSchema {
		t.Errorf("incomplete: %+v", v)
	}
	if v.Kind == schema.BreachOther && v.Constraint.Text == "" {
		t.Errorf("says nothing: %+v", v)
	}
	_, found := rawjson.Resolve(task, v.Pointer)
	if v.Kind != schema.BreachMissing {
		if !found {
			t.Errorf("%s %q leads nowhere", v.Kind, v.Pointer)
		}
		return
	}
	parent, ok := rawjson.Resolve(task, v.Pointer[:strings.LastIndexByte(v.Pointer, '/')])
	if found || !ok || rawjson.KindOf(parent) != rawjson.Object {
		t.Errorf("missing %q: there %t, in an object %t", v.Pointer, found, ok)
	}
}

func FuzzConstraint(f *testing.F) {
	for _, path := range archives(f, "constraint") {
		archive := read(f, path)
		pointers, _ := section(archive, "pointers")
		document := `{"properties":{"a":{"items":[{"$ref":"#"}],"type":["array","string"]}}}`
		if file, ok := section(archive, "schema"); ok {
			document = string(file.Data)
		}
		for line := range strings.Lines(string(pointers.Data)) {
			f.Add(document, strings.TrimSpace(line))
		}
	}
	f.Fuzz(func(t *testing.T, document, pointer string) {
		m, err := compile([]byte(document))
		if err != nil {
			return
		}
		c, ok := m.Constraint(pointer)
		if ok && c.Source != schema.SourceModelSchema {
			t.Errorf("source %q", c.Source)
		}
		if len(c.Allowed) > maxAllowed || len(c.AllowedParameter) > maxAllowed || len(c.Text) > 10_000 {
			t.Errorf("unbounded: %d values, %d names, %d bytes", len(c.Allowed), len(c.AllowedParameter), len(c.Text))
		}
		for _, n := range []string{c.Min.String(), c.Max.String(), c.ExclusiveMin.String(), c.ExclusiveMax.String(), c.MultipleOf.String()} {
			if n != "" && !rawjson.Valid([]byte(n)) {
				t.Errorf("bound %q is no number", n)
			}
		}
		m.Parameters()
	})
}
