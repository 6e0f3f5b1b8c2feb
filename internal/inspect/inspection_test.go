package inspect_test

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
)

// prompted answers any id with a finished task whose prompt has so many bytes, and counts.
func prompted(asked *atomic.Int32, size func(id string) int) fetcherFunc {
	return func(_ context.Context, ids ...string) []client.Lookup {
		asked.Add(1)
		id := ids[0]
		prompt := strings.Repeat("a lighthouse at dusk, ", size(id)/22+1)
		return []client.Lookup{{TaskUUID: id, Task: schema.Task{
			TaskUUID: id,
			Request:  json.RawMessage(`[{"taskType":"imageInference","taskUUID":"` + id + `","width":1000,"positivePrompt":"` + prompt + `"}]`),
			Response: json.RawMessage(`{"errors":[{"code":"invalidWidth","message":"Invalid value for 'width' parameter. Width must be a multiple of 64.",` +
				`"parameter":"width","taskUUID":"` + id + `"}]}`),
		}}}
	}
}

func taskID(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

// Small tasks are kept within the bound, the last used longest; of those too large to be among them one is, and none that
// is larger than that.
func TestCacheIsBounded(t *testing.T) {
	for name, c := range map[string]struct {
		size func(id string) int
		ids  []int
		want int32
	}{
		"both fit":                 {func(string) int { return 10_000 }, []int{1, 2, 1, 2, 1}, 2},
		"not all of many":          {func(string) int { return 40_000 }, []int{1, 2, 3, 4, 5, 6, 1, 6}, 7},
		"the last used stays":      {func(string) int { return 40_000 }, []int{1, 2, 1, 3, 1, 4, 1, 5, 1}, 5},
		"a large one":              {func(string) int { return 2 << 20 }, []int{1, 1, 1}, 1},
		"one large one":            {func(string) int { return 2 << 20 }, []int{1, 2, 1, 1}, 3},
		"a large one beside small": {func(id string) int { return map[bool]int{true: 2 << 20}[id == taskID(1)] }, []int{1, 2, 3, 1, 2, 3}, 3},
		"none that is larger":      {func(string) int { return 14 << 20 }, []int{1, 1}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			i := newInspector(t, inspect.Config{Cache: inspect.NewCache(inspect.CacheConfig{Bytes: 200 << 10, Largest: 12 << 20}), Fetcher: prompted(&asked, c.size)})
			for _, n := range c.ids {
				if report := i.Task(t.Context(), taskID(n), inspect.Options{Detail: inspect.DetailDiagnosis}); report.Status != schema.StatusFailed {
					t.Fatal(report.Status)
				}
			}
			if got := asked.Load(); got != c.want {
				t.Errorf("asked %d times, want %d", got, c.want)
			}
		})
	}
}

// Owners who share a cache share its room, and nothing else: what one has looked up is asked for again for another.
func TestCacheOfSeveralOwners(t *testing.T) {
	var asked atomic.Int32
	cache := inspect.NewCache(inspect.CacheConfig{Bytes: 200 << 10})
	size := func(string) int { return 40_000 }
	look := func(owner string, n int) {
		i := newInspector(t, inspect.Config{Cache: cache, Owner: owner, Fetcher: prompted(&asked, size)})
		i.Task(t.Context(), taskID(n), inspect.Options{Detail: inspect.DetailDiagnosis})
	}
	for _, step := range []struct {
		owner string
		task  int
		want  int32
	}{{"a", 1, 1}, {"b", 1, 2}, {"a", 1, 2}, {"b", 1, 2}, {"b", 2, 3}, {"b", 3, 4}, {"b", 4, 5}, {"b", 5, 6}, {"a", 1, 7}} {
		if look(step.owner, step.task); asked.Load() != step.want {
			t.Fatalf("%s asks for %d: %d lookups, want %d", step.owner, step.task, asked.Load(), step.want)
		}
	}
}

// allocated is what a call allocates, in objects and bytes, the least of several.
func allocated(call func()) (objects, bytes uint64) {
	objects, bytes = 1<<62, 1<<62
	for range 5 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		call()
		runtime.ReadMemStats(&after)
		objects, bytes = min(objects, after.Mallocs-before.Mallocs), min(bytes, after.TotalAlloc-before.TotalAlloc)
	}
	return objects, bytes
}

// A kept task is answered without a second diagnosis, and its values are read without a second pass over them.
func TestKeptTasksAreDiagnosedOnce(t *testing.T) {
	const size = 3_000_000
	var asked atomic.Int32
	i := newInspector(t, inspect.Config{Fetcher: prompted(&asked, func(string) int { return size })})
	n := 0
	first, _ := allocated(func() { n++; i.Task(t.Context(), taskID(n), inspect.Options{}) })
	want := i.Task(t.Context(), taskID(n), inspect.Options{})
	for name, o := range map[string]inspect.Options{
		"again":     {},
		"diagnosis": {Detail: inspect.DetailDiagnosis},
		"piece":     {Pointer: "/request/0/positivePrompt", Offset: 1_500_000},
	} {
		i.Task(t.Context(), taskID(n), o)
		objects, bytes := allocated(func() { i.Task(t.Context(), taskID(n), o) })
		if objects > first/2 || bytes > size/10 {
			t.Errorf("%s: %d allocations of %d bytes; the first call makes %d", name, objects, bytes, first)
		}
	}
	if got := int(asked.Load()); got != n {
		t.Errorf("asked %d times for %d tasks", got, n)
	}
	if diff := cmp.Diff(want, i.Task(t.Context(), taskID(n), inspect.Options{})); diff != "" {
		t.Errorf("the answer changed (-first +last):\n%s", diff)
	}
}

// With schemas, the second call of a failed task costs next to nothing too.
func TestKeptDiagnosesWithSchemas(t *testing.T) {
	fetcher, models := sandboxed(t)
	i := newInspector(t, inspect.Config{Fetcher: fetcher, Models: models})
	tasks, err := sandbox.Tasks()
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		report := i.Task(t.Context(), task.TaskUUID, inspect.Options{})
		if report.Status != schema.StatusFailed {
			continue
		}
		// Comparing the schemas makes a goroutine for each; a diagnosis makes some hundreds.
		if objects, _ := allocated(func() { i.Task(t.Context(), task.TaskUUID, inspect.Options{}) }); objects > 60 {
			t.Errorf("%s: %d allocations", task.Name, objects)
		}
	}
}

// A text is read to its end in pieces that make the whole, each within what the caller asked for.
func TestTextInPieces(t *testing.T) {
	var asked atomic.Int32
	fetch := prompted(&asked, func(string) int { return 300_000 })
	i := newInspector(t, inspect.Config{Fetcher: fetch})
	for _, most := range []int{0, present.MinBudget, present.MaxBudget} {
		var b strings.Builder
		calls := 0
		for o := (inspect.Options{Pointer: "/request/0/positivePrompt", MaxBytes: most}); ; calls++ {
			report := i.Task(t.Context(), taskID(1), o)
			text, _ := present.Marshal(report)
			if limit := max(most, present.MinBudget); report.Piece == nil || most > 0 && len(text) > limit {
				t.Fatalf("%d bytes in %d: %+v", len(text), limit, report)
			}
			b.WriteString(report.Piece.Text)
			if o.Offset = report.Piece.NextOffset; o.Offset == 0 {
				break
			}
		}
		request := fetch(t.Context(), taskID(1))[0].Task.Request
		if !strings.Contains(string(request), `"`+b.String()+`"`) || b.Len() < 300_000 {
			t.Errorf("with %d: %d bytes in %d calls are not the prompt", most, b.Len(), calls)
		}
	}
	if asked.Load() != 4 { // three of them are the test's own
		t.Errorf("asked %d times", asked.Load())
	}
}

// The caller's wishes hold for a kept task too.
func TestKeptTasksAreShownAsWished(t *testing.T) {
	fetcher, _ := sandboxed(t)
	i := newInspector(t, inspect.Config{Fetcher: fetcher})
	plain := i.Task(t.Context(), failed, inspect.Options{})
	noted := i.Task(t.Context(), failed, inspect.Options{Notes: []string{"a note on the question"}})
	if len(noted.Diagnosis.Notes) == 0 || noted.Diagnosis.Notes[0] != "a note on the question" {
		t.Errorf("notes: %q", noted.Diagnosis.Notes)
	}
	upper := i.Task(t.Context(), strings.ToUpper(failed), inspect.Options{})
	if upper.TaskUUID != strings.ToUpper(failed) {
		t.Error(upper.TaskUUID)
	}
	if diff := cmp.Diff(plain, i.Task(t.Context(), failed, inspect.Options{})); diff != "" {
		t.Errorf("wishes of others are seen (-before +after):\n%s", diff)
	}
}

// A diagnosis that was made without its model's schema is made again once there is one.
func TestSchemaThatComesLater(t *testing.T) {
	fetcher, service := sandboxed(t)
	var asked atomic.Int32
	models := &switched{}
	i := newInspector(t, inspect.Config{Models: models, Fetcher: fetcherFunc(func(ctx context.Context, ids ...string) []client.Lookup {
		asked.Add(1)
		return fetcher.TaskDetails(ctx, ids...)
	})})
	without := i.Task(t.Context(), failed, inspect.Options{})
	models.service = service
	with := i.Task(t.Context(), failed, inspect.Options{})
	if without.Diagnosis.Verified != nil || with.Diagnosis.Verified == nil || asked.Load() != 1 {
		t.Errorf("verified %v, then %v; asked %d times", without.Diagnosis.Verified, with.Diagnosis.Verified, asked.Load())
	}
}

// switched has no schemas until it has a service.
type switched struct{ service *modelschema.Service }

func (s *switched) Model(ctx context.Context, id string) *modelschema.Model {
	if s.service == nil {
		return nil
	}
	return s.service.Model(ctx, id)
}
