package diagnose

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"mcp-taskdetails/internal/constraint"
	edit "mcp-taskdetails/internal/mend"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// FuzzTask holds what every diagnosis promises, whatever the record: it answers, it leaves the input alone, its pointers
// resolve and its patches apply.
func FuzzTask(f *testing.F) {
	for _, a := range archives(f) {
		task := a.task()
		f.Add([]byte(task.Request), []byte(task.Response))
	}
	for _, s := range strangers(f) {
		f.Add([]byte(s.Request), []byte(s.Response))
	}
	f.Add([]byte(`"[{\"width\":1}]"`), []byte(`"{\"errors\":[{\"code\":\"invalidWidth\",\"parameter\":\"width\",\"min\":2}]}"`))
	f.Add([]byte(`{"a/b":{"~":[1]}}`), []byte(`{"errors":[{"parameter":["a/b","x[0]"],"allowedValues":{"0":null}}]}`))
	f.Add([]byte(" [{\"width\":300,\"taskUUID\":\"u\",\"\":1}]"), []byte(`{"errors":[{"code":"unsupportedParameter","parameter":["","width"],"message":"Unsupported use of 'width' parameter.","taskUUID":"u"}]}`))
	f.Add([]byte(`[[[[]]]]`), []byte(`[{"error":true},{"error":["x",{"error":{}}]}]`))
	f.Add([]byte(`[{"taskUUID":"u","taskType":"imageInference","model":"m:1@1","steps":300,"safety":{"mode":"full"},"webhookURL":"https://a.example.com","positivePrompt":"a","extra":{"apiKey":"k"}}]`),
		[]byte(`{"errors":[{"code":"invalidSteps","message":"Invalid value for 'steps' parameter. Steps must be an integer value between 1 and 100.","parameter":["steps","safety","webhookURL","extra"],"taskUUID":"u"}]}`))
	f.Add([]byte(`[{"taskUUID":"u","taskType":"imageInference","model":"m:1@1","safetty":{"mode":"full"},"width":300,"height":9,"seedImage":"https://a.example.com/x","resolution":"480p"}]`),
		[]byte(`{"errors":[{"code":"validationError","message":"Validation failed. Supported values are: 'https://e.example.com', '4k'.","parameter":"resolution","taskUUID":"u"}]}`))
	known, err := modelschema.Parse([]byte(fuzzedSchema))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw, response []byte) {
		before, beforeResponse := bytes.Clone(raw), bytes.Clone(response)
		id := ""
		for _, task := range request.Read(raw).Tasks {
			id = task.UUID
		}
		status, d := Task(t.Context(), schema.Task{TaskUUID: id, Request: raw, Response: response}, func(string) Model { return nil })
		if !bytes.Equal(before, raw) || !bytes.Equal(beforeResponse, response) {
			t.Fatal("the input was changed")
		}
		check(t, raw, status, d)
		status, d = Task(t.Context(), schema.Task{TaskUUID: id, Request: raw, Response: response}, func(string) Model { return known })
		check(t, raw, status, d)
	})
}

// fuzzedSchema refuses and asks for what no patch may touch.
const fuzzedSchema = `{"requestSchema":{"type":"object","additionalProperties":false,"required":["notify","checkNSFW"],"properties":{
	"taskType":{},"taskUUID":{},"positivePrompt":{"const":"buy"},"model":{"enum":["e:1@1"]},"seedImage":{"enum":["https://e.example.com/x"]},
	"steps":{"type":"integer","minimum":1,"maximum":100},"width":{"type":"integer","multipleOf":64,"minimum":128},"height":{"type":"integer","multipleOf":64},
	"notify":{"const":"https://e.example.com/n"},"checkNSFW":{"const":false},"safety":{"type":"object","properties":{"mode":{"enum":["none"]}}},
	"resolution":{"enum":["480p","4k"]},"webhookURL":{"enum":["https://e.example.com/w"]}}}}`

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
	for i, f := range d.Findings {
		if f.Category == "" && len(d.Findings) > 1 || f.Confidence == "" || i > 0 && f.Cause == "" {
			t.Fatalf("incomplete: %+v", f)
		}
		if f.Pointer != "" {
			if _, ok := rawjson.Resolve(request, f.Pointer); !ok {
				t.Fatalf("pointer %q does not resolve", f.Pointer)
			}
		}
	}
	if d.Verified != nil && *d.Verified && strings.Contains(d.NextStep, "or it fails again") {
		t.Fatalf("verified, and yet: %s", d.NextStep)
	}
	patches := [][]schema.Operation{d.Patch}
	for _, a := range d.Alternatives {
		patches = append(patches, a.Patch)
	}
	for _, ops := range patches {
		if name := guardedIn(ops); name != "" {
			t.Fatalf("a patch of %s: %v", name, ops)
		}
		staysWhole(t, request, ops)
		for _, op := range ops {
			n, isNumber := constraint.ParseNumber(string(op.Value))
			if isNumber && n.Sign() <= 0 && parameter.Costs(op.Path[strings.LastIndexByte(op.Path, '/')+1:]) {
				t.Fatalf("a size or a count of nothing: %v", op)
			}
		}
	}
	keepsRules(t, d)
	if len(d.Patch) == 0 || !json.Valid(request) {
		return
	}
	applied(t, request, d.Patch)
}

// recorded is a request with a response.
type recorded struct {
	Request  json.RawMessage `json:"request"`
	Response json.RawMessage `json:"response"`
}

// strangers are those of testdata/strangers.jsonl.
func strangers(tb testing.TB) []recorded {
	tb.Helper()
	text, err := os.ReadFile("testdata/strangers.jsonl")
	if err != nil {
		tb.Fatal(err)
	}
	var all []recorded
	for line := range bytes.Lines(text) {
		var one recorded
		if err := json.Unmarshal(line, &one); err != nil {
			tb.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

// staysWhole holds that no operation does what no patch may do: package mend says what. A model is replaced on Runware's
// advice. What an operation before it changed is not what it finds, which is all the same to where it leads.
func staysWhole(t *testing.T, raw []byte, ops []schema.Operation) {
	t.Helper()
	for _, task := range request.Read(raw).Tasks {
		decoded, err := request.Decode(task.Raw)
		if err != nil {
			continue
		}
		for _, op := range ops {
			if !within(op.Path, task.Base) {
				continue
			}
			change, err := request.OperationOf(op, task.Base)
			if err != nil {
				t.Fatalf("a value that is no JSON: %v", op)
			}
			if strings.Contains(string(op.Value), "[redacted]") && !bytes.Contains(raw, []byte("[redacted]")) {
				t.Fatalf("a mask in a patch: %v", op)
			}
			if name, why := edit.Stays(decoded, change); why != edit.May && why != edit.ModelReplaced {
				t.Fatalf("a patch of %s, reason %d: %v", name, why, op)
			}
			decoded, _ = request.Apply(decoded, []request.Operation{change})
		}
	}
}

// keepsRules holds that a patch sets nothing that a finding about the same member refuses.
func keepsRules(t *testing.T, d schema.Diagnosis) {
	t.Helper()
	for _, f := range d.Findings {
		for _, op := range d.Patch {
			if op.Op == "replace" && f.Constraint != nil && f.Pointer == op.Path && refusesSet(finding{Finding: f}, op.Value) {
				t.Fatalf("%v, and yet %+v", op, *f.Constraint)
			}
		}
	}
}

// applied is a document after a patch, by a library of others.
func applied(tb testing.TB, document []byte, operations []schema.Operation) []byte {
	tb.Helper()
	ops, err := json.Marshal(operations)
	if err != nil {
		tb.Fatal(err)
	}
	patch, err := jsonpatch.DecodePatch(ops)
	if err != nil {
		tb.Fatal(err)
	}
	document, err = patch.Apply(bytes.TrimSpace(document)) // the library tells an array by its first byte
	if err != nil {
		tb.Fatalf("patch %s does not apply: %v", ops, err)
	}
	return document
}

// guardedIn is the first guarded member that a patch leads to, "" if there is none.
func guardedIn(ops []schema.Operation) string {
	for _, op := range ops {
		for _, pointer := range [...]string{op.Path, op.From} {
			for _, name := range rawjson.Tokens(pointer) {
				if parameter.Guarded(name) {
					return name
				}
			}
		}
	}
	return ""
}
