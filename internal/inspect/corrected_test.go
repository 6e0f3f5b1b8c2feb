package inspect_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/schema"
)

// The corrected request is there when nothing is left to decide, and only then; the tasks that have results are not in it.
func TestCorrected(t *testing.T) {
	fetcher, models := sandboxed(t)
	for id, want := range map[string]struct{ corrected, note string }{
		"4d8e2c6a-0f15-4b93-a7c1-8e6d5f4c3b72": {corrected: `[{"taskType":"imageInference","taskUUID":"new-1","model":"runware:101@1","positivePrompt":"a lighthouse in autumn","width":1024,"height":1024,"numberResults":1,"CFGScale":20}]`},
		withKey: {
			corrected: `[{"taskType":"authentication","apiKey":"[redacted]"},{"taskType":"imageInference","taskUUID":"new-1","model":"runware:101@1","positivePrompt":"a ceramic teapot on a linen cloth","width":1024,"height":1024,"numberResults":1}]`,
			note:      "`corrected` is not ready to be sent: put the original values back where `omissions` says that one is masked or left out",
		},
		succeeded:                              {note: "no `corrected` request: the task succeeded: there is nothing to correct"},
		pending:                                {note: "no `corrected` request: the task may still be running: the next step says how to look"},
		"c7d2e9f4-1b38-4a65-8f90-2a4c6e8d0b03": {note: "no `corrected` request: a decision is open, the next step says which and whose it is"},
		unknown:                                {},
	} {
		t.Run(id, func(t *testing.T) {
			made := 0
			i := newInspector(t, inspect.Config{Fetcher: fetcher, Models: models, NewID: func() string { made++; return fmt.Sprint("new-", made) }})
			r := i.Task(t.Context(), id, inspect.Options{Detail: inspect.DetailCorrected})
			if string(r.Corrected) != want.corrected || r.Request != nil || r.Response != nil {
				t.Errorf("corrected: %s, want %s; request: %s", r.Corrected, want.corrected, r.Request)
			}
			if want.note != "" && !slices.Contains(r.Diagnosis.Notes, want.note) {
				t.Errorf("notes: %q", r.Diagnosis.Notes)
			}
			for _, o := range r.Omissions {
				if o.Pointer != "/corrected/0/apiKey" || o.Reason != schema.ReasonSecret {
					t.Errorf("omission: %+v", o)
				}
			}
			if id == withKey && len(r.Omissions) != 1 {
				t.Errorf("%d omissions", len(r.Omissions))
			}
		})
	}
}

// A person gets the request as it was recorded: digits, order and secrets. A choice is taken where one is given.
func TestCorrectedForAPerson(t *testing.T) {
	const id = "c0000000-0000-4000-8000-000000000001"
	task := schema.Task{
		TaskUUID: id,
		Request:  json.RawMessage(`[{"taskUUID":"` + id + `","webhookURL":"https://hooks.example.com/x?token=made-up-token-0123456789","seed":9223372036854775807,"steps":"28"}]`),
		Response: json.RawMessage(`{"errors":[{"code":"invalidSteps","message":"Invalid value for 'steps' parameter. Steps must be an integer value between 1 and 100.","parameter":"steps","taskUUID":"` + id + `"}]}`),
	}
	i := newInspector(t, inspect.Config{NewID: func() string { return "new" }, Fetcher: fetcherFunc(func(context.Context, ...string) []client.Lookup {
		return []client.Lookup{{TaskUUID: id, Task: task}}
	})})
	for choice, want := range map[int]string{
		0: `[{"taskUUID":"new","webhookURL":"https://hooks.example.com/x?token=made-up-token-0123456789","seed":9223372036854775807,"steps":28}]`,
		1: "",
	} {
		for a := range i.Batch(t.Context(), slices.Values([]string{id}), inspect.Options{Detail: inspect.DetailCorrected, Choice: choice}) {
			if string(a.Corrected) != want || (a.Undecided == "") != (want != "") {
				t.Errorf("%s (%s)\nwant %s", a.Corrected, a.Undecided, want)
			}
			if strings.Contains(string(a.Report.Corrected), "made-up-token") {
				t.Errorf("the report shows %s", a.Report.Corrected)
			}
		}
	}
}

func TestUndecided(t *testing.T) {
	finding := func(r schema.Retry) schema.Finding { return schema.Finding{Retry: r} }
	ops := []schema.Operation{{Op: "remove", Path: "/0/x"}}
	for name, tc := range map[string]struct {
		d    schema.Diagnosis
		open bool
	}{
		"patched":          {schema.Diagnosis{Retry: schema.RetryAfterPatch, Patch: ops, Findings: []schema.Finding{finding("")}}, false},
		"again":            {schema.Diagnosis{Retry: schema.RetryAsIs, Findings: []schema.Finding{finding("")}}, false},
		"later":            {schema.Diagnosis{Retry: schema.RetryAfterWait, Findings: []schema.Finding{finding("")}}, false},
		"a second finding": {schema.Diagnosis{Retry: schema.RetryAfterPatch, Patch: ops, Findings: []schema.Finding{finding(""), finding(schema.RetryAfterDecision)}}, true},
		"may run":          {schema.Diagnosis{Retry: schema.RetryCheckFirst, Findings: []schema.Finding{finding("")}}, true},
		"no patch":         {schema.Diagnosis{Retry: schema.RetryAfterPatch, Findings: []schema.Finding{finding("")}}, true},
		"not verified":     {schema.Diagnosis{Retry: schema.RetryAfterPatch, Patch: ops, Verified: new(bool), Findings: []schema.Finding{finding("")}}, true},
		"nothing to send":  {schema.Diagnosis{Retry: schema.RetryNo}, true},
	} {
		if why := inspect.Undecided(schema.StatusFailed, tc.d); (why != "") != tc.open {
			t.Errorf("%s: %q", name, why)
		}
	}
}

func TestChosen(t *testing.T) {
	remove := func(path string) schema.Alternative {
		return schema.Alternative{Patch: []schema.Operation{{Op: "remove", Path: path}}}
	}
	one := schema.Diagnosis{Alternatives: []schema.Alternative{remove("/0/x"), remove("/0/y")}}
	for _, tc := range []struct {
		d      schema.Diagnosis
		choice int
		path   string
	}{
		{one, 1, "/0/x"},
		{one, 2, "/0/y"},
		{one, 3, ""},
		{one, -1, ""},
		{schema.Diagnosis{}, 1, ""},
		{schema.Diagnosis{Alternatives: []schema.Alternative{remove("/0/x"), remove("/1/x")}}, 1, ""},
	} {
		patch, why := inspect.Chosen(tc.d, tc.choice)
		if (why == "") != (tc.path != "") || tc.path != "" && patch[0].Path != tc.path {
			t.Errorf("choice %d: %v, %q", tc.choice, patch, why)
		}
	}
}
