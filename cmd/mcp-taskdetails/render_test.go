package main

import (
	"encoding/json"
	"testing"

	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
)

func TestRender(t *testing.T) {
	index := 0
	several := schema.TaskReport{
		TaskUUID: "id", Status: schema.StatusPartial,
		Diagnosis: schema.Diagnosis{
			Summary: "`width` is 1000.", Category: schema.CategoryInvalidParameter, NextStep: "Change both.",
			Patch: []schema.Operation{{Op: "replace", Path: "/0/width", Value: schema.IntValue(1024)}},
			Findings: []schema.Finding{
				{
					Code: "invalidWidth", Cause: "not shown: the summary is", Fix: "Set it to 1024.", Pointer: "/0/width", TaskIndex: &index,
					Confidence: schema.ConfidenceCertain,
				},
				{Code: "brandNew", Message: "Something else.", Fix: "HTTP is fine.", Confidence: schema.ConfidenceGuess},
			},
			Notes: []string{"One result is there."},
		},
		Request:   json.RawMessage(`[{"seed":9223372036854775807}]`),
		Omissions: []schema.Omission{{Pointer: "/response/data/0/x", Reason: schema.ReasonSize, MediaType: "image/png", Bytes: 7}, {Pointer: "/request/0/apiKey", Reason: schema.ReasonSecret}},
	}
	for name, tc := range map[string]struct {
		renderer renderer
		report   schema.TaskReport
		want     string
	}{
		"several findings": {renderer{originals: true}, several, "id: partial\n" +
			"error[invalidWidth]: `width` is 1000\n" +
			"  --> request/0/width\n" +
			"help: set it to 1024\n" +
			"error[brandNew]: Something else\n" +
			"help: HTTP is fine\n" +
			"note: the cause is a guess from the family of the code\n" +
			"help: change both\n" +
			"patch: [{\"op\":\"replace\",\"path\":\"/0/width\",\"value\":1024}]\n" +
			"note: One result is there\n" +
			"\nrequest:\n[\n  {\n    \"seed\": 9223372036854775807\n  }\n]\n" +
			"\nleft out:\n  /response/data/0/x (size, image/png, 7 bytes)\n  /request/0/apiKey (secret)\n"},
		"colour": {renderer{colour: true}, schema.TaskReport{
			TaskUUID: "id", Status: schema.StatusSucceeded,
			Diagnosis: schema.Diagnosis{Summary: "It came out well.", Category: schema.CategoryNone},
		}, "id: \x1b[1;32msucceeded\x1b[0m\n\x1b[1;34mnote\x1b[0m: It came out well\n"},
		"no finding": {renderer{}, schema.TaskReport{
			TaskUUID: "id", Status: schema.StatusUnavailable,
			Diagnosis: schema.Diagnosis{Summary: "Nothing arrived.", Category: schema.CategoryNetwork, NextStep: "Wait."},
		}, "id: unavailable\nerror: Nothing arrived\nhelp: wait\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.renderer.report(tc.report)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestServerFlags(t *testing.T) {
	for _, tc := range []struct {
		args   []string
		server bool
	}{
		{nil, true},
		{[]string{"--demo"}, true},
		{[]string{"--log-level", "debug", "--timeout=5s"}, true},
		{[]string{"get", "--demo"}, false},
		{[]string{"--demo", "get"}, false},
		{[]string{"--help"}, false},
		{[]string{"-h"}, false},
		{[]string{"--version"}, false},
		{[]string{"--unknown"}, false},
		{[]string{"--timeout", "soon"}, false},
	} {
		if _, got := serverFlags(tc.args); got != tc.server {
			t.Errorf("%q: server %v", tc.args, got)
		}
	}
}
