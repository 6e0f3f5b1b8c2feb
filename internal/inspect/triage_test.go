package inspect_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
)

// planted returns so many ids of each of the sandbox's causes, shuffled, the same each time.
func planted(t *testing.T, counts map[string]int) []string {
	t.Helper()
	causes, err := sandbox.Causes()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, cause := range causes {
		for n := range counts[cause.Name] {
			ids = append(ids, cause.ID(n))
		}
	}
	order := rand.New(rand.NewPCG(1, 2))
	order.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	return ids
}

// counting counts the requests of a fetcher, and how many ids they hold.
type counting struct {
	fetcher  inspect.Fetcher
	requests atomic.Int64
	most     atomic.Int64
	running  atomic.Int64
	together atomic.Int64
}

func (c *counting) TaskDetails(ctx context.Context, ids ...string) []client.Lookup {
	c.requests.Add(1)
	defer c.running.Add(-1)
	c.together.Store(max(c.together.Load(), c.running.Add(1)))
	c.most.Store(max(c.most.Load(), int64(len(ids))))
	return c.fetcher.TaskDetails(ctx, ids...)
}

func TestTriageGroupsByCause(t *testing.T) {
	fetcher, models := sandboxed(t)
	count := &counting{fetcher: fetcher}
	i := newInspector(t, inspect.Config{Fetcher: count, Models: models})
	want := map[string]int{
		"guidance-scale": 20, "reference-images": 12, "size": 9, "credits": 7, "moderation": 5, "provider-timeout": 4, "prompt-missing": 3,
	}
	ids := planted(t, want)
	other := map[string]int{"succeeded": 6, "pending": 2}
	ids = append(ids, planted(t, other)...)
	ids = append(ids, unknown, strings.ToUpper(ids[0]), ids[1])
	answer := i.Triage(t.Context(), slices.Values(ids), inspect.TriageOptions{})

	var counts []int
	for _, group := range answer.Groups {
		counts = append(counts, group.Count)
		if group.Diagnosis == nil || group.Diagnosis.Summary == "" || len(group.TaskUUIDs) != min(group.Count, 5) || group.More != group.Count-len(group.TaskUUIDs) {
			t.Errorf("group %+v", group)
		}
	}
	if diff := cmp.Diff([]int{20, 12, 9, 7, 5, 4, 3}, counts); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(schema.Totals{
		schema.StatusFailed: 60, schema.StatusSucceeded: 6, schema.StatusPending: 2, schema.StatusNotFound: 1,
	}, answer.Totals); diff != "" {
		t.Errorf("totals (-want +got):\n%s", diff)
	}
	if answer.Cost != "0.0078" || answer.Pending == nil || len(answer.Pending.TaskUUIDs) != 2 || len(answer.Lookups) != 1 || answer.Tasks != 69 {
		t.Errorf("cost %s, pending %v, lookups %v, tasks %d", answer.Cost, answer.Pending, answer.Lookups, answer.Tasks)
	}
	if first := answer.Groups[0]; first.Cause.Code != "invalidCFGScale" || len(first.Diagnosis.Patch) != 1 || first.Retry["after_patch"] != 20 || first.Models["runware:101@1"] != 20 {
		t.Errorf("first group: %+v", first)
	}
	if !strings.Contains(strings.Join(answer.Notes, "\n"), "2 repetitions left out") {
		t.Errorf("notes: %q", answer.Notes)
	}
	if count.requests.Load() != 4 || count.most.Load() != 20 || count.together.Load() > 4 {
		t.Errorf("%d requests of at most %d ids, %d at once", count.requests.Load(), count.most.Load(), count.together.Load())
	}
}

// The order in which lookups come back does not change the answer.
func TestTriageIsTheSameEachTime(t *testing.T) {
	fetcher, models := sandboxed(t)
	i := newInspector(t, inspect.Config{Models: models, Fetcher: fetcherFunc(func(ctx context.Context, ids ...string) []client.Lookup {
		for range rand.IntN(1000) {
			_ = ctx.Err()
		}
		return fetcher.TaskDetails(ctx, ids...)
	})})
	ids := planted(t, map[string]int{"guidance-scale": 50, "size": 50, "moderation": 49, "credits": 30, "succeeded": 20})
	var first string
	for range 3 {
		text, _ := present.Marshal(i.Triage(t.Context(), slices.Values(ids), inspect.TriageOptions{GroupBy: schema.GroupByModel}))
		if first == "" {
			first = string(text)
		}
		if diff := cmp.Diff(first, string(text)); diff != "" {
			t.Fatalf("(-first +later):\n%s", diff)
		}
	}
}

func TestTriageGroupsByAnythingElse(t *testing.T) {
	fetcher, models := sandboxed(t)
	i := newInspector(t, inspect.Config{Fetcher: fetcher, Models: models})
	ids := planted(t, map[string]int{"guidance-scale": 4, "size": 3, "moderation": 2, "credits": 1})
	for by, want := range map[schema.GroupBy]string{
		schema.GroupByCategory:  "1 billing, 2 content_policy, 3 unsupported_value, 4 invalid_parameter",
		schema.GroupByCode:      "1 insufficientCredits, 2 providerError, 3 unsupportedDimensions, 4 invalidCFGScale",
		schema.GroupByParameter: "3 , 3 width, 4 CFGScale",
		schema.GroupByModel:     "2 openai:3@1, 3 google:4@1, 5 runware:101@1",
		schema.GroupByTaskType:  "2 videoInference, 8 imageInference",
	} {
		answer := i.Triage(t.Context(), slices.Values(ids), inspect.TriageOptions{GroupBy: by})
		var got []string
		for n, g := range answer.Groups {
			got = append(got, fmt.Sprintf("%d %s", g.Count, g.Value))
			if g.Diagnosis == nil || n > 0 && g.Count > answer.Groups[n-1].Count {
				t.Errorf("%s: %+v", by, g)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", by, diff)
		}
	}
}

// Whatever tasks hold, the answer about 200 of them stays small, and says what it leaves out.
func TestTriageFitsWhateverTheTasksHold(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases in one goroutine")
	}
	for name, text := range map[string]string{
		"long":      strings.Repeat("the value is not accepted here; ", 300),
		"escaped":   strings.Repeat("\x01\u202e\"\\", 300),
		"short":     "no",
		"no UTF-8":  strings.Repeat("\xff\xfe", 400),
		"wide":      strings.Repeat("試験", 500),
		"backticks": strings.Repeat("`a` ", 300),
	} {
		t.Run(name, func(t *testing.T) {
			i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(_ context.Context, ids ...string) []client.Lookup {
				var lookups []client.Lookup
				for _, id := range ids {
					parameter, _ := json.Marshal("p" + id[:8] + text[:min(len(text), 200)])
					message, _ := json.Marshal(id + " " + text)
					code, _ := json.Marshal("code" + id)
					lookups = append(lookups, client.Lookup{TaskUUID: id, Task: schema.Task{
						TaskUUID: id,
						Request:  fmt.Appendf(nil, `[{"taskType":%s,"taskUUID":%q,"model":%s,"positivePrompt":%s}]`, message, id, message, message),
						Response: fmt.Appendf(nil, `{"errors":[{"code":%s,"message":%s,"parameter":%s,"taskUUID":%q,"allowedValues":[%s]}]}`, code, message, parameter, id, message),
					}})
				}
				return lookups
			})})
			ids := make([]string, 200)
			for n := range ids {
				ids[n] = fmt.Sprintf("%08x-0000-4000-8000-000000000000", n)
			}
			answer := i.Triage(t.Context(), slices.Values(ids), inspect.TriageOptions{GroupBy: schema.GroupByCode})
			text, structured := present.Marshal(answer)
			if len(text) > 16_000 || len(structured) > 16_000 {
				t.Errorf("%d bytes", len(text))
			}
			tasks := 0
			for _, g := range answer.Groups {
				tasks += g.Count
			}
			if answer.Rest != nil {
				tasks += answer.Rest.Tasks
			}
			if tasks != 200 || len(answer.Groups) < 3 || answer.Summary == "" {
				t.Errorf("%d tasks in %d groups and rest %+v; %s", tasks, len(answer.Groups), answer.Rest, answer.Summary)
			}
		})
	}
}

// When the time is over, what was answered stays, and the rest is said to be missing.
func TestTriageKeepsWhatCameInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(ctx context.Context, ids ...string) []client.Lookup {
			lookups := make([]client.Lookup, len(ids))
			late := strings.HasSuffix(ids[0], "00")
			if late {
				<-ctx.Done()
			}
			for n, id := range ids {
				lookups[n].TaskUUID = id
				if late {
					lookups[n].Err = &client.Error{Kind: schema.CategoryTimeout, Detail: "no answer", Err: ctx.Err()}
				} else {
					lookups[n].Task = schema.Task{TaskUUID: id, Response: []byte(`{"errors":[{"code":"timeoutProvider","message":"too slow"}]}`)}
				}
			}
			return lookups
		})})
		var ids []string
		for n := range 100 {
			ids = append(ids, fmt.Sprintf("00000000-0000-4000-8000-%012d", n))
		}
		began := time.Now()
		answer := i.Triage(t.Context(), slices.Values(ids), inspect.TriageOptions{Limit: time.Minute})
		if took := time.Since(began); took != time.Minute {
			t.Errorf("took %s", took)
		}
		if answer.Totals[schema.StatusFailed] != 80 || answer.Totals[schema.StatusUnavailable] != 20 || len(answer.Lookups) != 1 || answer.Missed() {
			t.Errorf("%+v", answer)
		}
		if notes := strings.Join(answer.Notes, "\n"); !strings.Contains(notes, "after 1m0s not every lookup was answered") {
			t.Errorf("notes: %s", notes)
		}
	})
}

// A caller that leaves ends the lookups.
func TestTriageEndsWithItsCaller(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var once sync.Once
	var requests atomic.Int64
	i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(ctx context.Context, _ ...string) []client.Lookup {
		requests.Add(1)
		once.Do(cancel)
		<-ctx.Done()
		return nil
	})})
	answer := i.Triage(ctx, slices.Values(planted(t, map[string]int{"size": 1000})), inspect.TriageOptions{})
	if requests.Load() > 4 || answer.Totals.Found() > 0 {
		t.Errorf("%d requests, %+v", requests.Load(), answer.Totals)
	}
}

// Finished tasks are taken from memory where the caller wants that, and one asked for before is no request.
func TestTriageFromMemory(t *testing.T) {
	fetcher, models := sandboxed(t)
	count := &counting{fetcher: fetcher}
	i := newInspector(t, inspect.Config{Fetcher: count, Models: models})
	ids := planted(t, map[string]int{"size": 30, "pending": 1})
	first := i.Triage(t.Context(), slices.Values(ids), inspect.TriageOptions{Keep: true})
	if count.requests.Load() != 2 {
		t.Errorf("%d requests", count.requests.Load())
	}
	second := i.Triage(t.Context(), slices.Values(ids), inspect.TriageOptions{Keep: true})
	if count.requests.Load() != 3 { // the pending one alone
		t.Errorf("%d requests", count.requests.Load())
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("(-first +second):\n%s", diff)
	}
	i.Task(t.Context(), ids[0], inspect.Options{})
	if count.requests.Load() > 4 {
		t.Errorf("%d requests", count.requests.Load())
	}
}

// A panic while one task is diagnosed costs that task alone.
func TestTriageAfterAPanic(t *testing.T) {
	i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(context.Context, ...string) []client.Lookup { panic("x") })})
	answer := i.Triage(t.Context(), slices.Values([]string{failed}), inspect.TriageOptions{})
	if answer.Totals[schema.StatusUnavailable] != 1 || !answer.Missed() || len(answer.Lookups) != 1 || answer.Lookups[0].Diagnosis.Category != schema.CategoryInternal {
		t.Errorf("%+v", answer)
	}
}

// Secrets of a task are masked in what the answer says of it.
func TestTriageMasks(t *testing.T) {
	const secret = "rw_9fK2mQ7xLpV4tZ8sB1nD6cW3"
	i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(_ context.Context, ids ...string) []client.Lookup {
		return []client.Lookup{{TaskUUID: ids[0], Task: schema.Task{
			TaskUUID: ids[0],
			Request:  fmt.Appendf(nil, `[{"taskType":"imageInference","taskUUID":%q,"apiKey":%q,"model":"a:%s@1"}]`, ids[0], secret, secret),
			Response: fmt.Appendf(nil, `{"errors":[{"code":"e-%s","message":"the key %s is no good","parameter":%q,"taskUUID":%q}]}`, secret, secret, secret, ids[0]),
		}}}
	})})
	for _, by := range schema.GroupBys() {
		text, _ := present.Marshal(i.Triage(t.Context(), slices.Values([]string{failed}), inspect.TriageOptions{GroupBy: by}))
		if strings.Contains(string(text), secret) {
			t.Errorf("%s: %s", by, text)
		}
	}
}
