package mend

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// A case of the corpus: a request that failed on a model of published shape, and the patch that mends it; none where
// the choice is the user's. Paths start in the request array.
type corpusCase struct {
	ID       string `json:"id"`
	Schema   string `json:"schema"`
	Envelope struct {
		Errors []struct {
			Parameter string `json:"parameter"`
		} `json:"errors"`
	} `json:"envelope"`
	Request  []json.RawMessage `json:"request"`
	Expected struct {
		Patch []schema.Operation `json:"patch"`
	} `json:"expected"`
	Also struct {
		Patch [][]schema.Operation `json:"patch"`
	} `json:"also"`
}

func TestCorpus(t *testing.T) {
	raw, err := os.ReadFile("../modelschema/testdata/conditions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(raw) {
		var c corpusCase
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		t.Run(c.ID, func(t *testing.T) {
			task := decode(t, c.Request[0])
			p := problem(model(t, c.Schema), task)
			for _, e := range c.Envelope.Errors {
				if e.Parameter != "" {
					p.Hints = append(p.Hints, "/"+strings.ReplaceAll(e.Parameter, ".", "/"))
				}
			}
			got := mender(t).Mend(p)
			t.Log(describe(got))
			if got.Exhausted {
				t.Error("exhausted")
			}
			wanted := c.Also.Patch
			if c.Expected.Patch != nil || len(wanted) == 0 {
				wanted = append(wanted, c.Expected.Patch)
			}
			var choice bool
			for _, patch := range wanted {
				if patch == nil {
					choice = true
					continue
				}
				if len(got.Mends) > 0 && reflect.DeepEqual(patched(t, task, trimmed(patch)), patched(t, task, got.Mends[0].Operations())) {
					return
				}
			}
			if choice && (len(got.Mends) != 1 || got.Mends[0].Loses() || got.Mends[0].Abandons()) {
				return
			}
			t.Errorf("want one of %v", wanted)
		})
	}
}

func describe(r Result) string {
	var b strings.Builder
	for _, m := range r.Mends {
		text, _ := json.Marshal(m.Operations())
		b.WriteString(string(text) + "\n")
	}
	if r.Partial != nil {
		text, _ := json.Marshal(r.Partial.Operations())
		b.WriteString("partial " + string(text) + "\n")
	}
	text, _ := json.Marshal(r.Validations)
	return b.String() + "validations " + string(text)
}

func mender(tb testing.TB) *Mender {
	tb.Helper()
	m, err := New()
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func model(tb testing.TB, name string) *modelschema.Model {
	tb.Helper()
	body, err := os.ReadFile("../sandbox/schemas/" + name + ".json")
	if err != nil {
		tb.Fatal(err)
	}
	m, err := modelschema.Parse(body)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func problem(m *modelschema.Model, task any) Problem {
	return Problem{Task: task, Validator: m, Places: m.Places(), Rule: m.Constraint}
}

func decode(tb testing.TB, raw []byte) any {
	tb.Helper()
	value, err := request.Decode(raw)
	if err != nil {
		tb.Fatal(err)
	}
	return value
}

// trimmed takes the index of the task from the paths of a patch.
func trimmed(patch []schema.Operation) []schema.Operation {
	var own []schema.Operation
	for _, o := range patch {
		o.Path, o.From = strings.TrimPrefix(o.Path, "/0"), strings.TrimPrefix(o.From, "/0")
		own = append(own, o)
	}
	return own
}

func patched(tb testing.TB, task any, patch []schema.Operation) any {
	tb.Helper()
	var operations []request.Operation
	for _, o := range patch {
		own := request.Operation{Op: o.Op, From: o.From, Path: o.Path}
		if o.Value != nil {
			own.Value = decode(tb, o.Value)
		}
		operations = append(operations, own)
	}
	changed, err := request.Apply(task, operations)
	if err != nil {
		tb.Fatal(err)
	}
	return changed
}
