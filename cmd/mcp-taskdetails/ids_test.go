package main

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Ids are found wherever they stand, each once; what holds none is told, and hides no secret on the way.
func TestFoundIDs(t *testing.T) {
	const a, b = "b880f077-e514-58ef-0ebd-ce1c37b46eb7", "91b5d3e7-4a20-4c8f-9e61-5d7b0f2a8c05"
	long := strings.Repeat("x, ", maxLine) // an id must survive where a long line is cut
	for name, tc := range map[string]struct {
		args     []string
		stdin    string
		want     []string
		warnings string
		none     bool
	}{
		"arguments":    {args: []string{"https://x.example.com/t/" + a + "?b", "{" + strings.ToUpper(a) + "}", "urn:uuid:" + b}, want: []string{a, b}},
		"not one":      {args: []string{"oops\x1b[2J"}, none: true, warnings: "mcp-taskdetails: warning: \"oops\\x1b[2J\" holds no task id\n"},
		"csv":          {args: []string{"-"}, stdin: "id,status\n" + a + ",failed\n\"" + b + "\",fine\n", want: []string{a, b}, warnings: "mcp-taskdetails: warning: line 1 of stdin holds no task id: \"id,status\"\n"},
		"json":         {args: []string{"-"}, stdin: "{\n  \"taskUUID\": \"" + a + "\"\n}\n", want: []string{a}},
		"both":         {args: []string{b, "-", a}, stdin: a, want: []string{b, a}},
		"windows":      {args: []string{"-"}, stdin: a + "\r\n" + b + "\r\n", want: []string{a, b}},
		"no hyphens":   {args: []string{"-"}, stdin: strings.ReplaceAll(a, "-", ""), want: []string{a}},
		"a long line":  {args: []string{"-"}, stdin: long + a + ", " + long + b + "," + long, want: []string{a, b}, warnings: "many"},
		"nothing":      {args: []string{"-"}, none: true},
		"many without": {args: []string{"-"}, stdin: "q\nr\ns\nt\nu", none: true, warnings: "mcp-taskdetails: warning: line 1 of stdin holds no task id: \"q\"\nmcp-taskdetails: warning: line 2 of stdin holds no task id: \"r\"\nmcp-taskdetails: warning: line 3 of stdin holds no task id: \"s\"\nmcp-taskdetails: warning: 2 more lines of stdin hold none\n"},
		"one beyond":   {args: []string{"-"}, stdin: "q\nr\ns\nt\n\n---\n", none: true, warnings: "mcp-taskdetails: warning: line 1 of stdin holds no task id: \"q\"\nmcp-taskdetails: warning: line 2 of stdin holds no task id: \"r\"\nmcp-taskdetails: warning: line 3 of stdin holds no task id: \"s\"\nmcp-taskdetails: warning: 1 more line of stdin holds none\n"},
		"a secret":     {args: []string{"made-up-secret"}, none: true, warnings: "mcp-taskdetails: warning: \"[redacted]\" holds no task id\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var stderr bytes.Buffer
			f := &foundIDs{args: tc.args, stdin: strings.NewReader(tc.stdin), stderr: &stderr, mask: func(text string) string {
				return strings.ReplaceAll(text, "made-up-secret", "[redacted]")
			}}
			got := slices.Collect(f.all(t.Context()))
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.warnings, stderr.String()); tc.warnings != "many" && diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if err := f.none(); (err != nil) != tc.none || f.err != nil {
				t.Errorf("none: %v, err: %v", err, f.err)
			}
		})
	}
}

// A reader that fails is told after what came before it.
func TestFoundIDsBrokenStdin(t *testing.T) {
	f := &foundIDs{args: []string{"-"}, stderr: io.Discard, mask: strings.ToLower, stdin: io.MultiReader(
		strings.NewReader("b880f077-e514-58ef-0ebd-ce1c37b46eb7\n"), brokenReader{},
	)}
	if got := slices.Collect(f.all(t.Context())); len(got) != 1 || f.err == nil {
		t.Errorf("%q, %v", got, f.err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestFirstExitCode(t *testing.T) {
	for _, tc := range [][3]outcome{
		{exitFine, exitPending, exitPending},
		{exitPending, exitFailed, exitFailed},
		{exitFailed, exitMissed, exitMissed},
		{exitMissed, exitPending, exitMissed},
		{exitFine, exitFine, exitFine},
	} {
		if got := first(tc[0], tc[1]); got != tc[2] {
			t.Errorf("%d and %d: %d", tc[0], tc[1], got)
		}
	}
}
