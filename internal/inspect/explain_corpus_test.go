package inspect_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
)

// recordedCase is a line of a corpus of internal/diagnose: a failure, with the request that was sent.
type recordedCase struct {
	ID       string          `json:"id"`
	Layer    string          `json:"layer"`
	Envelope json.RawMessage `json:"envelope"`
	Request  json.RawMessage `json:"request"`
	Expected struct {
		Category  string `json:"category"`
		TaskIndex *int   `json:"task_index"`
	} `json:"expected"`
}

// corpora yields the cases of every corpus.
func corpora(t *testing.T) []recordedCase {
	t.Helper()
	files, err := filepath.Glob("../diagnose/testdata/*.jsonl")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d corpora: %v", len(files), err)
	}
	var all []recordedCase
	for _, file := range files {
		content, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(content)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var c recordedCase
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			all = append(all, c)
		}
		if err := content.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// subject is the task that a case is looked up by.
func (c recordedCase) subject() string {
	var tasks []struct {
		TaskUUID string `json:"taskUUID"`
	}
	_ = json.Unmarshal(c.Request, &tasks)
	id := ""
	for _, task := range tasks {
		if task.TaskUUID != "" {
			id = task.TaskUUID
		}
	}
	if at := c.Expected.TaskIndex; at != nil && *at < len(tasks) && tasks[*at].TaskUUID != "" {
		id = tasks[*at].TaskUUID
	}
	return id
}

// holdsRecord tells an answer to getTaskDetails that found the task: its error is within.
func (c recordedCase) holdsRecord() bool {
	for _, at := range []string{"/data/0/response", "/data/response"} {
		if _, ok := rawjson.Resolve(c.Envelope, at); ok {
			return true
		}
	}
	return false
}

// ofSeveral tells a response that speaks of other tasks than the one that is looked up.
func (c recordedCase) ofSeveral() bool {
	ids := map[string]bool{}
	for _, at := range regexp.MustCompile(`"taskUUID": ?"([^"]+)"`).FindAllSubmatch(c.Envelope, -1) {
		ids[string(at[1])] = true
	}
	delete(ids, c.subject())
	return len(ids) > 0
}

// pasted is an error in the forms in which people hold it.
func pasted(envelope []byte) map[string]string {
	once := string(rawjson.Quote(string(envelope)))
	twice := string(rawjson.Quote(`{"body":` + once + `}`))
	return map[string]string{
		"JSON":          string(envelope),
		"line of a log": `2026-11-25T10:11:12.345Z ERROR [worker-3] request failed after 2 attempts: ` + string(envelope) + ` host=app-1`,
		"escaped once":  `{"level":"error","statusCode":400,"body":` + once + `}`,
		"escaped twice": `level=error upstream=` + twice + ` attempt=3`,
	}
}

// lookup answers for a task as the archive would have it.
func lookup(t *testing.T, models *modelschema.Service, task schema.Task) schema.Diagnosis {
	t.Helper()
	fetcher := fetcherFunc(func(_ context.Context, ids ...string) []client.Lookup {
		return []client.Lookup{{TaskUUID: ids[0], Task: task}}
	})
	return newInspector(t, inspect.Config{Fetcher: fetcher, Models: models}).Task(t.Context(), task.TaskUUID, inspect.Options{}).Diagnosis
}

// An error in any form is explained as the lookup of its task explains it, less what needs the request; with the request,
// just as the lookup does. Notes differ: they say what is recorded, and what was found in the text.
func TestErrorIsExplainedAsItsTask(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases in one goroutine")
	}
	fetcher, models := sandboxed(t)
	i := newInspector(t, inspect.Config{Fetcher: fetcher, Models: models})
	checked, sameCategory := 0, 0
	for _, c := range corpora(t) {
		id := c.subject()
		bare := lookup(t, models, schema.Task{TaskUUID: id, Response: c.Envelope})
		bare.Notes = nil
		whole := lookup(t, models, schema.Task{TaskUUID: id, Request: c.Request, Response: c.Envelope})
		whole.Notes = nil
		checked++
		if bare.Category == whole.Category {
			sameCategory++
		}
		for form, text := range pasted(c.Envelope) {
			explained := i.Explain(t.Context(), inspect.Held{Error: []byte(text)})
			without := explained.Diagnosis
			without.Notes = nil
			if explained.NoError { // neither a result nor an error is in it, or one that says nothing, which a text does not show to be one
				if slices.ContainsFunc(bare.Findings, func(f schema.Finding) bool { return f.Code != "" || f.Message != "" }) || bare.Category != schema.CategoryUnknown || explained.Diagnosis.NextStep == "" {
					t.Errorf("%s, %s: %+v\n%s", c.ID, form, explained, c.Envelope)
				}
				continue
			}
			if c.holdsRecord() {
				if category := string(without.Category); category != c.Expected.Category && category != "none" {
					t.Errorf("%s, %s: the record is %s, want %s", c.ID, form, category, c.Expected.Category)
				}
				continue
			}
			if diff := cmp.Diff(bare, without); diff != "" {
				t.Errorf("%s, %s, without the request (-lookup +explained):\n%s\n%s", c.ID, form, diff, c.Envelope)
			}
			if c.Layer == "call" {
				continue
			}
			with := i.Explain(t.Context(), inspect.Held{Error: []byte(text), Request: c.Request}).Diagnosis
			with.Notes = nil
			if c.ofSeveral() { // the lookup is of one of them, an error in hand is all that there is
				if len(whole.Findings) > 0 && !slices.ContainsFunc(with.Findings, func(f schema.Finding) bool { return f.Message == whole.Findings[0].Message }) {
					t.Errorf("%s, %s: lacks %q: %+v", c.ID, form, whole.Findings[0].Message, with)
				}
				continue
			}
			if diff := cmp.Diff(whole, with); diff != "" {
				t.Errorf("%s, %s, with the request (-lookup +explained):\n%s\n%s", c.ID, form, diff, c.Envelope)
			}
		}
	}
	if checked < 1000 || sameCategory < checked*8/10 {
		t.Errorf("fewer than there are")
	}
	t.Logf("%d cases; the category is the same without the request in %d", checked, sameCategory)
}
