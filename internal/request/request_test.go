package request

import (
	"runtime"
	"strings"
	"testing"
)

// TestBounds holds that what is kept of a request does not follow what a stranger piled up in it.
func TestBounds(t *testing.T) {
	for name, c := range map[string]struct {
		raw         string
		tasks, left int
	}{
		"empty objects":           {"[" + strings.Repeat("{},", 200_000) + "{}]", maxTasks, 200_001 - maxTasks},
		"numbers are no tasks":    {"[" + strings.Repeat("1,", 200_000) + `{"taskUUID":"u"}]`, 1, 0},
		"one task of many names":  {`[{` + strings.Repeat(`"a":1,`, 200_000) + `"model":"m:1@1"}]`, 1, 0},
		"an ordinary one":         {`[{"taskUUID":"u"},{"taskUUID":"v"}]`, 2, 0},
		"a lone object, not many": {`{"taskUUID":"u"}`, 1, 0},
	} {
		raw := []byte(c.raw)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := Read(raw)
		runtime.ReadMemStats(&after)
		if len(r.Tasks) != c.tasks || r.Left != c.left {
			t.Errorf("%s: %d tasks, %d left", name, len(r.Tasks), r.Left)
		}
		if spent := after.TotalAlloc - before.TotalAlloc; spent > 1<<20+2*uint64(len(raw)) {
			t.Errorf("%s: %d bytes allocated for %d", name, spent, len(raw))
		}
	}
	r := Read([]byte(`[{` + strings.Repeat(`"a":1,`, 2*maxMembers) + `"model":"m:1@1","width":512}]`))
	if width, ok := r.Tasks[0].Member("width"); !ok || string(width) != "512" || r.Tasks[0].Model != "m:1@1" {
		t.Error("a member behind many is not found")
	}
}
