package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
)

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"plain, é, 模型, \U0001f600, ❤\ufe0f, a\u00a0b": "plain, é, 模型, \U0001f600, ❤\ufe0f, a\u00a0b",
		"\x1b[2J \x7f \u009b \u009d":                  `\x1b[2J \x7f \u009b \u009d`,
		"\u202e \u2066 \u200b \u2028 \ufeff":          `\u202e \u2066 \u200b \u2028 \ufeff`,
		"\u3164 \u115f \u1160 \uffa0 \u2800 \u034f":   `\u3164 \u115f \u1160 \uffa0 \u2800 \u034f`,
		"\U000e0041 \U000e0100":                       `\U000e0041 \U000e0100`,
		"\xff":                                        `\ufffd`,
	} {
		if diff := cmp.Diff(want, visible(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// On a terminal --json is the same JSON without a character that a terminal would obey or hide; elsewhere it is as it was.
func TestJSONOnATerminal(t *testing.T) {
	const hostile = "\u009b2J \u009d0;x \x7f \u202e \u2028 \U000e0041 \u3164 é"
	report := schema.TaskReport{
		TaskUUID: "id", Status: schema.StatusSucceeded,
		Request: json.RawMessage(`[{"a":"` + hostile + `","b":"\\\\","seed":9223372036854775807}]`),
	}
	printed := func(terminal bool) string {
		var out bytes.Buffer
		p := &printer{out: &out, err: &bytes.Buffer{}, flags: getFlags{asJSON: true}, terminal: terminal}
		if err := p.print(inspect.Answer{Report: report}); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	piped, shown := printed(false), printed(true)
	if !bytes.Contains([]byte(piped), []byte(hostile)) {
		t.Errorf("changed without a terminal: %q", piped)
	}
	if line := shown[:len(shown)-1]; visible(line) != line || shown[len(shown)-1] != '\n' {
		t.Errorf("shown: %q", shown)
	}
	if !sameJSON([]byte(piped), []byte(shown)) {
		t.Errorf("another JSON: %s", shown)
	}
}

// The bytes of --raw stay as they are on a terminal, behind one warning.
func TestRawOnATerminal(t *testing.T) {
	var out, warnings bytes.Buffer
	p := &printer{out: &out, err: &warnings, flags: getFlags{raw: true}, terminal: true}
	answer := inspect.Answer{
		Report: schema.TaskReport{Status: schema.StatusSucceeded},
		Task:   schema.Task{Request: json.RawMessage("\"\u009b\""), Response: json.RawMessage("[]")},
	}
	for range 2 {
		if err := p.print(answer); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff("\"\u009b\"\n[]\n\"\u009b\"\n[]\n", out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want := "mcp-taskdetails: warning: the exact bytes of a task can steer a terminal; send them to a file or a program\n"
	if diff := cmp.Diff(want, warnings.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
