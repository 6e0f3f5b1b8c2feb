package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/render"
	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
)

// On a terminal --json is the same JSON without a character that a terminal would obey or hide; elsewhere it is as it was.
func TestJSONOnATerminal(t *testing.T) {
	const hostile = "\u009b2J \u009d0;x \x7f \u202e \u2028 \U000e0041 \u3164 é"
	report := schema.TaskReport{
		TaskUUID: "id", Status: schema.StatusSucceeded,
		Request: json.RawMessage(`[{"a":"` + hostile + `","b":"\\\\","seed":9223372036854775807}]`),
	}
	printed := func(terminal bool) string {
		var out bytes.Buffer
		p := jsonPrinter{writers{look: look{terminal: terminal}, out: &out}}
		if err := p.print(inspect.Answer{Report: report}); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	piped, shown := printed(false), printed(true)
	if !bytes.Contains([]byte(piped), []byte(hostile)) || bytes.Count([]byte(piped), []byte("\n")) != 1 {
		t.Errorf("changed without a terminal: %q", piped)
	}
	for line := range bytes.Lines([]byte(shown)) {
		if line := string(bytes.TrimSuffix(line, []byte("\n"))); render.Visible(line) != line {
			t.Errorf("shown: %q", line)
		}
	}
	if !sameJSON([]byte(piped), []byte(shown)) {
		t.Errorf("another JSON: %s", shown)
	}
}

// The bytes of --raw stay as they are on a terminal, behind one warning.
func TestRawOnATerminal(t *testing.T) {
	var out, warnings bytes.Buffer
	p := &rawPrinter{writers: writers{look: look{terminal: true}, out: &out, err: &warnings}}
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

func TestColoured(t *testing.T) {
	type env = map[string]string
	for _, tc := range []struct {
		env      env
		colour   string
		terminal bool
		want     bool
	}{
		{env{}, "auto", true, true},
		{env{}, "auto", false, false},
		{env{"TERM": "dumb"}, "auto", true, false},
		{env{"NO_COLOR": "1"}, "auto", true, false},
		{env{"NO_COLOR": ""}, "auto", true, true},
		{env{"FORCE_COLOR": "1"}, "auto", false, true},
		{env{"FORCE_COLOR": "1", "TERM": "dumb"}, "auto", false, true},
		{env{"FORCE_COLOR": "0"}, "auto", true, false},
		{env{"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", true, false},
		{env{"FORCE_COLOR": "1"}, "never", true, false},
		{env{"NO_COLOR": "1", "TERM": "dumb"}, "always", false, true},
	} {
		getenv := func(name string) string { return tc.env[name] }
		if got := coloured(getenv, tc.colour, tc.terminal); got != tc.want {
			t.Errorf("%+v: %v", tc, got)
		}
	}
}
