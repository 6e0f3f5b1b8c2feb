package tools_test

import (
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"

	"github.com/google/go-cmp/cmp"
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
		"long name": {
			map[string]any{strings.Repeat("x", 50) + key: 1},
			"Unknown argument of 78 characters; valid arguments: taskUUID, detail, pointer, offset.",
		},
		"long detail": {
			map[string]any{"detail": strings.Repeat("x", 50) + key},
			"`detail` is a string of 78 characters; \"full\" and \"diagnosis\" are accepted.",
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
