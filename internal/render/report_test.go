package render

import (
	"encoding/json"
	"strings"
	"testing"

	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
)

func TestReport(t *testing.T) {
	index := 2
	four := json.RawMessage(`[{"a":1},{"a":2},{"a":[],"CFGScale":75,"n":9223372036854775807},{"a":4}]`)
	failed := schema.TaskReport{
		TaskUUID: "id", Status: schema.StatusFailed, Request: four,
		Diagnosis: schema.Diagnosis{
			Summary: "`CFGScale` is 75.", Category: schema.CategoryInvalidParameter, NextStep: "Set it to 30.",
			Patch: []schema.Operation{{Op: "replace", Path: "/2/CFGScale", Value: schema.IntValue(30)}}, Verified: new(true),
			Findings: []schema.Finding{{
				Code: "invalidCFGScale", Message: "Runware's words.", TaskIndex: &index, Pointer: "/2/CFGScale",
				Confidence: schema.ConfidenceCertain, Documentation: "https://runware.ai/docs",
			}},
			Notes: []string{"one result is there"},
		},
	}
	several := failed
	several.Status, several.Diagnosis.Findings = schema.StatusPartial, []schema.Finding{
		failed.Diagnosis.Findings[0],
		{Code: "brandNew", Message: "Something else.", Fix: "HTTP is fine.", Confidence: schema.ConfidenceGuess},
	}
	choices := failed
	choices.Request = json.RawMessage(`{"x":{"y":1},"z":2}`)
	choices.Diagnosis = schema.Diagnosis{
		Summary: "Not both.", Category: schema.CategoryConflict, Retry: schema.RetryAfterDecision,
		Alternatives: []schema.Alternative{
			{Fix: "Remove `x`.", Patch: []schema.Operation{{Op: "remove", Path: "/x"}}},
			{Fix: "Move `z`.", Patch: []schema.Operation{{Op: "move", From: "/z", Path: "/x/z"}}},
		},
		Findings: []schema.Finding{{Pointer: "/x", Confidence: schema.ConfidenceLikely}},
	}
	cut := failed
	cut.Request = json.RawMessage(`[]`)
	for name, tc := range map[string]struct {
		options Options
		report  schema.TaskReport
		want    string
	}{
		"one finding": {Options{Next: "mend id"}, failed, `
error[invalidCFGScale]: ` + "`CFGScale`" + ` is 75
  --> id, task 3 of 4 (index 2), request/2/CFGScale
   |
10 |     "CFGScale": 75,
   |                 ^^
help: set it to 30
10 -     "CFGScale": 75
10 +     "CFGScale": 30
   = runware: Runware's words
   = checked: the corrected request passes the model's schema
   = one result is there
   = docs: https://runware.ai/docs
next: mend id
`},
		"several findings": {Options{}, several, `
error[invalidCFGScale]: ` + "`CFGScale`" + ` is 75
  --> id, partial, task 3 of 4 (index 2), request/2/CFGScale
   |
10 |     "CFGScale": 75,
   |                 ^^
   = runware: Runware's words
   = docs: https://runware.ai/docs

error[brandNew]: Something else
  --> id, partial
help: HTTP is fine
   = the cause is a guess from the family of the code

help: set it to 30
10 -     "CFGScale": 75
10 +     "CFGScale": 30
   = checked: the corrected request passes the model's schema
   = one result is there
`},
		"choices": {Options{}, choices, `
error: Not both
  --> id, request/x
   |
 2 |   "x": {
   |   ^^^^^^
choice 1: remove ` + "`x`" + `
 2 -   "x": {
 3 -     "y": 1
 4 -   }
choice 2: move ` + "`z`" + `
 4 +     "z": 2
 5 -   "z": 2
`},
		"a request that was cut": {Options{}, cut, `
error[invalidCFGScale]: ` + "`CFGScale`" + ` is 75
  --> id, task 3 (index 2), request/2/CFGScale
help: set it to 30
   = patch: [{"op":"replace","path":"/2/CFGScale","value":30}]
   = runware: Runware's words
   = checked: the corrected request passes the model's schema
   = one result is there
   = docs: https://runware.ai/docs
`},
		"originals": {Options{Originals: true}, schema.TaskReport{
			TaskUUID: "id", Status: schema.StatusSucceeded,
			Diagnosis: schema.Diagnosis{Summary: "It came out well.", Category: schema.CategoryNone},
			Request:   json.RawMessage(`[{"seed":9223372036854775807}]`),
			Omissions: []schema.Omission{{Pointer: "/response/data/0/x", Reason: schema.ReasonSize, MediaType: "image/png", Bytes: 7}, {Pointer: "/request/0/apiKey", Reason: schema.ReasonSecret}},
		}, `
succeeded: It came out well
  --> id

request:
[
  {
    "seed": 9223372036854775807
  }
]

left out:
  /response/data/0/x (size, image/png, 7 bytes)
  /request/0/apiKey (secret)
`},
		"no finding": {Options{}, schema.TaskReport{
			TaskUUID: "id", Status: schema.StatusUnavailable,
			Diagnosis: schema.Diagnosis{Summary: "Nothing arrived.", Category: schema.CategoryNetwork, NextStep: "Wait."},
		}, `
error: Nothing arrived
  --> id
help: wait
`},
		"hanging": {Options{Style: Style{Width: 30}}, schema.TaskReport{
			TaskUUID: "id", Status: schema.StatusPending,
			Diagnosis: schema.Diagnosis{
				Summary: "One two three four five six seven.", NextStep: "Go to https://runware.ai/a/long/link there and 模型模型 模型模型.",
				Notes: []string{"a note that is longer than a line has room"},
			},
		}, `
pending: One two three four
         five six seven
  --> id
help: go to
      https://runware.ai/a/long/link
      there and 模型模型
      模型模型
   = a note that is longer
     than a line has room
`},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimPrefix(tc.want, "\n"), Report(tc.report, tc.options)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReportInColour(t *testing.T) {
	got := Report(schema.TaskReport{
		TaskUUID: "id", Status: schema.StatusSucceeded, Diagnosis: schema.Diagnosis{Summary: "It came out well.", Category: schema.CategoryNone},
	}, Options{Style: Style{Colour: true}})
	if diff := cmp.Diff("\x1b[1;32msucceeded\x1b[0m: It came out well\n  \x1b[1;34m-->\x1b[0m id\n", got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What a task holds must not steer a terminal, wherever it is shown, nor make lines that no terminal has room for.
func TestReportIsInert(t *testing.T) {
	const hostile = "\x1b[2J \u202e \u200b \u2028 \u009b"
	long := strings.Repeat("模x", 500_000)
	quoted, _ := json.Marshal(hostile + long)
	report := schema.TaskReport{
		TaskUUID: hostile, Status: schema.StatusFailed,
		Request: json.RawMessage(`[{` + string(quoted) + `:1,"p":` + string(quoted) + `}]`),
		Diagnosis: schema.Diagnosis{
			Summary: hostile, NextStep: hostile, Notes: []string{hostile},
			Patch: []schema.Operation{{Op: "replace", Path: "/0/p", Value: schema.StringValue(hostile + long + "end")}},
			Findings: []schema.Finding{
				{Code: hostile, Message: "m" + hostile, Pointer: "/0/p", Documentation: hostile, Confidence: schema.ConfidenceGuess},
			},
		},
	}
	got := Report(report, Options{})
	for line := range strings.Lines(got) {
		if line = strings.TrimSuffix(line, "\n"); Visible(line) != line || columns(line) > 80 {
			t.Errorf("%d columns: %.200q", columns(line), line)
		}
	}
	if !strings.Contains(got, "end\"\n") {
		t.Errorf("where the change is cannot be seen:\n%s", got)
	}
}

// A request of many short lines is read once, not once a line.
func TestFindFollowsTheSize(t *testing.T) {
	deep := strings.Repeat("[", 5000) + "1" + strings.Repeat("]", 5000)
	l := list([]byte(`[{"a":` + deep + `,"b":7}]`))
	if at, ok := l.find("/0/b"); !ok || at.line != 10003 || at.start != 9 {
		t.Errorf("%v %+v", ok, at)
	}
}
