package tools_test

import (
	"maps"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"

	"github.com/google/go-cmp/cmp"
	mcpclient "github.com/mark3labs/mcp-go/client"
)

// A key that a model sent for an argument is masked, also where its middle is as far as an argument is said back: a part
// of it would not be known for the key.
func TestRefusedArgumentsKeepTheKey(t *testing.T) {
	const key = "runware-key-0123456789abcdef"
	c := connect(t, key, nil)
	for name, tc := range map[string]struct {
		arguments map[string]any
		want      string
	}{
		"short id": {
			map[string]any{"taskUUID": "x" + key},
			"`taskUUID` `x[redacted]` is not a task id: 8-4-4-4-12 hexadecimal digits are accepted, of any UUID version.",
		},
		"long id": {
			map[string]any{"taskUUID": strings.Repeat("é", 50) + key},
			"`taskUUID` of 78 characters is not a task id: 8-4-4-4-12 hexadecimal digits are accepted, of any UUID version.",
		},
		"long detail": {
			map[string]any{"detail": strings.Repeat("x", 50) + key},
			"`detail` is a string of 78 characters; \"full\", \"diagnosis\" and \"corrected\" are accepted.",
		},
		"64 characters": {
			map[string]any{"pointer": strings.Repeat("x", 36) + key},
			"`pointer` is `" + strings.Repeat("x", 36) + "[redacted]`; an RFC 6901 pointer that begins with /request or /response is accepted.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			result := call(t, c, tc.arguments)
			raw := result.RawStructuredContent
			summary, _ := rawjson.Resolve(raw, "/diagnosis/summary")
			got, _ := rawjson.Text(summary)
			if diff := cmp.Diff(tc.want, got); diff != "" || strings.Contains(string(raw), "runware-key") {
				t.Errorf("(-want +got):\n%s\n%s", diff, raw)
			}
		})
	}
}

// The same holds for the notes of a call that is answered, whatever its answer is.
func TestNotesKeepTheKey(t *testing.T) {
	const key = "runware-key-0123456789abcdef"
	c := connect(t, key, nil) // which Runware does not know: the lookup fails
	known := connect(t, sandbox.Key, nil)
	const ignored, valid = "ignored arguments: ", "; valid are taskUUID, detail, pointer, offset, wait, maxBytes"
	for name, tc := range map[string]struct {
		c    *mcpclient.Client
		name string
		want string
	}{
		"unavailable": {c, "x" + key, ignored + "`x[redacted]`" + valid},
		"long":        {c, strings.Repeat("x", 50) + key, ignored + "one of 78 characters" + valid},
		"found":       {known, "x" + sandbox.Key, ignored + "`x[redacted]`" + valid},
	} {
		for _, more := range []map[string]any{{}, {"detail": "diagnosis"}, {"pointer": "/request/0"}} {
			arguments := map[string]any{"taskUUID": "b880f077-e514-58ef-0ebd-ce1c37b46eb7", tc.name: 1}
			maps.Copy(arguments, more)
			raw := call(t, tc.c, arguments).RawStructuredContent
			note, _ := rawjson.Resolve(raw, "/diagnosis/notes/0")
			if got, _ := rawjson.Text(note); got != tc.want || strings.Contains(string(raw), key) || strings.Contains(string(raw), sandbox.Key) {
				t.Errorf("%s %v: %s", name, more, raw)
			}
		}
	}
}
