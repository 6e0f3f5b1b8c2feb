package diagnose

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// archive is a file of testdata/rules: <rule>_<what>.txtar with a request, a response, the diagnosis expected and, in
// text, what the command line prints (checked by cmd/mcp-taskdetails).
type archive struct {
	path string
	*txtar.Archive
}

func archives(tb testing.TB) []archive {
	tb.Helper()
	paths, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(paths) == 0 {
		tb.Fatal("no archives", err)
	}
	var all []archive
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, archive{path, a})
	}
	return all
}

func (a archive) section(name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return bytes.TrimSpace(f.Data)
		}
	}
	return nil
}

func (a archive) task() schema.Task {
	raw := a.section("request")
	id := ""
	for _, t := range request.Read(raw).Tasks {
		id = t.UUID
	}
	return schema.Task{TaskUUID: id, Request: raw, Response: a.section("response")}
}

func (a archive) model(tb testing.TB) func(string) Model {
	tb.Helper()
	text := a.section("schema")
	if text == nil {
		return func(string) Model { return nil }
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"documentation":"https://runware.ai/docs/models/example","requestSchema":` + string(text) + `}`))
	}))
	tb.Cleanup(server.Close)
	service, err := modelschema.New(modelschema.Config{URL: server.URL})
	if err != nil {
		tb.Fatal(err)
	}
	m := service.Model(tb.Context(), "m:1@1")
	if m == nil {
		tb.Fatalf("%s: the schema does not compile", a.path)
	}
	return func(string) Model { return m }
}

func (a archive) rule() string {
	rule, _, _ := strings.Cut(filepath.Base(a.path), "_")
	return rule
}

// TestRules compares the diagnosis of each archive with its golden, and holds that the rule in its name gave it.
func TestRules(t *testing.T) {
	held := map[string]bool{}
	for _, a := range archives(t) {
		held[a.rule()] = true // which each subtest proves
		t.Run(strings.TrimSuffix(filepath.Base(a.path), ".txtar"), func(t *testing.T) {
			task := a.task()
			req := request.Read(task.Request)
			e := envelope.Decode(task.Response).Errors[0]
			at := (&outcome{}).taskOf(req, e)
			known := &schemas{model: a.model(t), known: map[int]*judgement{}}
			c := gather(req, at, e, known.of(req, at))
			_, rule := explain(c)
			if rule != a.rule() {
				t.Errorf("the rule %s answered", rule)
			}
			status, d := Task(t.Context(), task, a.model(t))
			got, err := marshal(map[string]any{"status": status, "diagnosis": d})
			if err != nil {
				t.Fatal(err)
			}
			want := a.section("want.json")
			if *update {
				a.set("want.json", got)
				if err := os.WriteFile(a.path, txtar.Format(a.Archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(want), strings.TrimSpace(string(got))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	for _, r := range rules() {
		if !held[r.name] {
			t.Errorf("the rule %s has no archive in testdata/rules", r.name)
		}
	}
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}

func (a archive) set(name string, data []byte) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = data
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: data})
}

// TestCodes holds the answer to every row of the table: a family is asked by a code that its pattern makes.
func TestCodes(t *testing.T) {
	const golden = "testdata/codes.golden"
	request := []byte(`[{"taskType":"imageInference","taskUUID":"c0000000-0000-4000-8000-000000000001","model":"runware:101@1","positivePrompt":"a lighthouse","deliveryMethod":"sync"}]`)
	categories := map[schema.Category]bool{}
	for _, c := range schema.Categories() {
		categories[c] = true
	}
	retries := map[schema.Retry]bool{}
	for _, r := range schema.Retries() {
		retries[r] = true
	}
	var got bytes.Buffer
	for _, row := range codes.All() {
		if !categories[row.Category] || !retries[row.Retry] {
			t.Errorf("malformed row: %+v", row)
		}
		code := strings.ReplaceAll(row.Code, "*", "Zork")
		if matched := codes.For(code); matched.Code != row.Code {
			t.Errorf("%s is answered by the row %s: the row is never reached by its own pattern", code, matched.Code)
		}
		e, _ := json.Marshal(code)
		task := schema.Task{TaskUUID: "c0000000-0000-4000-8000-000000000001", Request: request, Response: []byte(`{"errors":[{"code":` + string(e) + `,"message":"-","taskUUID":"c0000000-0000-4000-8000-000000000001"}]}`)}
		_, d := Task(t.Context(), task, nil)
		got.WriteString(row.Code + "\n  " + string(d.Category) + ", " + string(d.Retry) + ", " + string(d.Findings[0].Confidence) + "\n  " + d.Summary + "\n  " + d.NextStep + "\n")
	}
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
