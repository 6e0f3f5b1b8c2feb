package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"

	jsonpatch "github.com/evanphx/json-patch/v5"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestScript holds that the script is whole: ten failures by the tools that there are, each case once, and each held to
// something that its own arguments have.
func TestScript(t *testing.T) {
	failures, tools, seen := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, c := range cases(t) {
		failures[c.Failure], tools[c.Tool] = true, true
		if seen[c.name()] {
			t.Errorf("%s is there twice", c.name())
		}
		seen[c.name()] = true
		arguments, err := json.Marshal(c.Arguments)
		if err != nil {
			t.Fatal(err)
		}
		if c.Question == "" || len(c.Holds) == 0 || !c.held(string(arguments)) || c.held("{}") {
			t.Errorf("%s: the scripted call is not held to anything, or not good", c.name())
		}
	}
	for _, tool := range open(t).tools {
		if !tools[tool.Name] {
			t.Errorf("%s has no case", tool.Name)
		}
	}
	if len(failures) != 10 || len(seen) != 10*len(tools) {
		t.Errorf("%d failures, %d tools, %d cases", len(failures), len(tools), len(seen))
	}
}

// reply is what the answers of all tools have in common, as far as an agent acts on it.
type reply struct {
	Diagnosis *schema.Diagnosis `json:"diagnosis"`
	Request   json.RawMessage   `json:"request"`
	Groups    []struct {
		Diagnosis *schema.Diagnosis `json:"diagnosis"`
		TaskUUIDs []string          `json:"taskUUIDs"`
	} `json:"groups"`
	Before *struct {
		TaskUUID string `json:"taskUUID"`
	} `json:"before"`
}

// TestBaseline is the agent without a model: it makes each case's call, moves as the diagnosis says, and where that is to
// patch, applies the patch with somebody else's library and holds each task that is to be sent to its model's schema.
func TestBaseline(t *testing.T) {
	p := open(t)
	patched := 0
	for _, c := range cases(t) {
		t.Run(c.name(), func(t *testing.T) {
			r := p.reply(t, c.Tool, c.Arguments)
			d := r.Diagnosis
			if len(r.Groups) > 0 {
				d = r.Groups[0].Diagnosis
			}
			if d == nil {
				t.Fatal("no diagnosis")
			}
			if got := moveOf(d.Retry); got != c.Next || got == "" {
				t.Errorf("retry is %s, so that the next move is %s, not %s: %s", d.Retry, got, c.Next, d.Summary)
			}
			if c.Next != movePatch {
				return
			}
			patched++
			before := p.request(t, c, r)
			passes(t, before, d.Resend, false) // else there was nothing to patch
			passes(t, apply(t, before, d.Patch), d.Resend, true)
		})
	}
	if patched == 0 {
		t.Error("no case has a patch")
	}
}

func (p *program) reply(t *testing.T, tool string, arguments any) reply {
	t.Helper()
	raw, err := json.Marshal(arguments)
	if err != nil {
		t.Fatal(err)
	}
	text, err := p.call(t.Context(), tool, raw)
	if err != nil {
		t.Fatal(err)
	}
	var r reply
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// request is what an agent applies the patch to: what it sent itself, or what was recorded.
func (p *program) request(t *testing.T, c evalCase, r reply) []byte {
	t.Helper()
	if own, ok := c.Arguments["request"].(string); ok {
		return []byte(own)
	}
	if r.Request != nil {
		return r.Request
	}
	var id string
	switch {
	case len(r.Groups) > 0:
		id = r.Groups[0].TaskUUIDs[0]
	case r.Before != nil:
		id = r.Before.TaskUUID
	default:
		t.Fatal("the answer names no task")
	}
	return p.reply(t, "get_task_details", map[string]any{"taskUUID": id}).Request
}

func apply(t *testing.T, request []byte, patch []schema.Operation) []byte {
	t.Helper()
	raw, err := json.Marshal(patch)
	if err != nil {
		t.Fatal(err)
	}
	operations, err := jsonpatch.DecodePatch(raw)
	if err != nil {
		t.Fatal(err)
	}
	patched, err := operations.Apply(request)
	if err != nil {
		t.Fatalf("%v: %s", err, raw)
	}
	return patched
}

// passes holds the tasks that are to be sent (all, where none is named) to the schemas of their models: want all of them to
// pass, or one of them not to.
func passes(t *testing.T, request []byte, resend []int, want bool) {
	t.Helper()
	wanted := map[int]bool{}
	for _, i := range resend {
		wanted[i] = true
	}
	var tasks []json.RawMessage
	if err := json.Unmarshal(request, &tasks); err != nil {
		t.Fatal(err)
	}
	judged := 0
	var faults []error
	for i, task := range tasks {
		model, hasModel := rawjson.Member(task, "model")
		id, _ := rawjson.Text(model)
		if len(wanted) > 0 && !wanted[i] || !hasModel {
			continue
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(task))
		if err != nil {
			t.Fatal(err)
		}
		judged++
		if err := requestSchema(t, id).Validate(value); err != nil {
			faults = append(faults, err)
		}
	}
	switch {
	case judged == 0:
		t.Errorf("no task is to be sent: %s", request)
	case want && len(faults) > 0:
		t.Errorf("the patched request is not accepted: %v", faults)
	case !want && len(faults) == 0:
		t.Errorf("the request passes without the patch: %s", request)
	}
}

// requestSchema compiles the schema of a model as it is published, with no code of ours.
func requestSchema(t *testing.T, model string) *jsonschema.Schema {
	t.Helper()
	name := strings.NewReplacer(":", "_", "@", "_").Replace(model) + ".json"
	content, err := os.ReadFile(filepath.Join("..", "internal", "sandbox", "schemas", name))
	if err != nil {
		t.Fatal(err)
	}
	raw, ok := rawjson.Member(content, "requestSchema")
	if !ok {
		t.Fatalf("%s has no requestSchema", name)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	anonymous(document)
	c := jsonschema.NewCompiler()
	if err := c.AddResource("model.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("model.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// anonymous takes the ids out of a schema: published ones have the same part, id and all, in several places, which is one id
// too many for a compiler, and nothing refers to them.
func anonymous(document any) {
	switch value := document.(type) {
	case map[string]any:
		delete(value, "$id")
		for _, part := range value {
			anonymous(part)
		}
	case []any:
		for _, part := range value {
			anonymous(part)
		}
	}
}
