package diagnose_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"mcp-taskdetails/internal/diagnose"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/schema"
)

// stranger is a line of testdata/strangers.jsonl or strangers-more.jsonl: a request and a response that somebody made to mislead, or one that only
// looks like it, and what a right answer has.
type stranger struct {
	ID       string          `json:"id"`
	Request  json.RawMessage `json:"request"`
	Response json.RawMessage `json:"response"`
	Schema   json.RawMessage `json:"schema"` // of the model; none: it is not known

	Patch      json.RawMessage `json:"patch"`      // the whole of it; null: none
	Unsure     bool            `json:"unsure"`     // no finding is certain
	Unverified bool            `json:"unverified"` // is not said to pass
	Says       []string        `json:"says"`       // regular expressions, each found in our own words
	Never      []string        `json:"never"`      // none of these is, nor in a patch
	Note       string          `json:"note"`       // why the answer is right, where a reader may doubt it
}

// TestStrangersCorpus runs all of them, and those that were made beside the rules.
func TestStrangersCorpus(t *testing.T) {
	for _, name := range []string{"strangers", "strangers-more"} {
		runStrangers(t, "testdata/"+name+".jsonl")
	}
}

func runStrangers(t *testing.T, path string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for n := 0; lines.Scan(); n++ {
		var s stranger
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatalf("line %d: %v", n+1, err)
		}
		t.Run(s.ID, s.run)
	}
}

func (s stranger) run(t *testing.T) {
	model := func(string) diagnose.Model { return nil }
	if len(s.Schema) > 0 {
		parsed, err := modelschema.Parse(s.Schema)
		if err == nil {
			model = func(string) diagnose.Model { return parsed }
		}
	}
	var task struct {
		TaskUUID string `json:"taskUUID"`
	}
	first := json.NewDecoder(bytes.NewReader(bytes.TrimLeft(s.Request, "[ ")))
	if err := first.Decode(&task); err != nil {
		t.Fatal(err)
	}
	_, d := diagnose.Task(t.Context(), schema.Task{TaskUUID: task.TaskUUID, Request: s.Request, Response: s.Response}, model)
	got, _ := json.Marshal(d.Patch)
	if !sameJSON(got, s.Patch) {
		t.Errorf("patch %s, want %s", got, s.Patch)
	}
	if s.Unverified && d.Verified != nil && *d.Verified {
		t.Error("is said to pass")
	}
	said := []string{d.Summary, d.NextStep, strings.Join(d.Notes, " "), string(got)}
	for _, f := range d.Findings {
		said = append(said, f.Cause, f.Fix)
		if f.Constraint != nil {
			said = append(said, f.Constraint.Text)
		}
		if s.Unsure && f.Confidence == schema.ConfidenceCertain {
			t.Error("is certain")
		}
	}
	for _, alternative := range d.Alternatives {
		text, _ := json.Marshal(alternative)
		said = append(said, string(text))
	}
	words := strings.Join(said, "\n")
	for _, wanted := range s.Says {
		if !regexp.MustCompile(wanted).MatchString(words) {
			t.Errorf("lacks %s:\n%s", wanted, words)
		}
	}
	for _, wrong := range s.Never {
		if regexp.MustCompile(wrong).MatchString(words) {
			t.Errorf("has %s:\n%s", wrong, words)
		}
	}
	if t.Failed() {
		t.Logf("%s\n%s", s.Response, words)
	}
}

// sameJSON compares two values; what is absent is null.
func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	if len(b) == 0 {
		b = json.RawMessage("null")
	}
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}
