package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"
)

// triaged is a call of triage_tasks against the floor: the same batches, as many at once, sent and read by nothing but an
// HTTP client. Both are the quickest of calls that took turns: whatever else the machine does only ever adds.
type triaged struct {
	Tasks    int     `json:"tasks"`
	Requests int64   `json:"requests"`
	Bytes    int     `json:"bytes"` // of the reply, both forms of the answer
	Time     float64 `json:"ms"`
	Floor    float64 `json:"floor"`
	Ratio    float64 `json:"ratio"`
}

// How internal/inspect asks for many tasks, and what is measured of it.
const (
	perRequest    = 20
	requestsAtOne = 4
	triageLatency = 50 * time.Millisecond
	triageRounds  = 15
	maxTriage     = 1.3 // of the floor
)

// failures are the kinds of tasks that a triage is measured with: one cause each.
func failures(a *api) []int {
	var kinds []int
	for _, name := range []string{
		"documentation-reference-images", "four-tasks-one-failure", "insufficient-credits", "partial-provider-timeout",
		"provider-moderation", "size-not-listed", "authentication-object",
	} {
		kinds = append(kinds, a.named(name))
	}
	return kinds
}

func triages(ctx context.Context, a *api, p program) ([]triaged, error) {
	var all []triaged
	for _, tasks := range []int{60, 200} {
		t, err := triage(ctx, a, p, tasks, triageRounds, triageLatency)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// triage measures one number of tasks. Every call has ids of its own, since finished tasks are kept.
func triage(ctx context.Context, a *api, p program, tasks, rounds int, latency time.Duration) (triaged, error) {
	kinds := failures(a)
	fresh := func() []string {
		ids := make([]string, tasks)
		for n := range ids {
			ids[n] = a.id(kinds[n%len(kinds)])
		}
		return ids
	}
	proc, _, err := start(ctx, a, p)
	if err != nil {
		return triaged{}, err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: requestsAtOne}}
	defer client.CloseIdleConnections()
	t := triaged{Tasks: tasks}
	var ours, floor []float64
	for round := range rounds + 1 { // the first, which fetches the schemas, is for warmth
		requests := a.requests.Load()
		a.latency.Store(int64(latency))
		ids, _ := json.Marshal(fresh())
		waiting, began := proc.send("tools/call", fmt.Sprintf(`{"name":"triage_tasks","arguments":{"taskUUIDs":%s}}`, ids))
		r := <-waiting
		took := r.when.Sub(began)
		t.Requests, t.Bytes = a.requests.Load()-requests, r.bytes
		if groups, _ := rawjson.Resolve(r.line, "/result/structuredContent/groups"); r.err != nil || rawjson.Len(groups) != len(kinds) {
			return t, fmt.Errorf("triage of %d: %d groups of %d: %w: %.300s", tasks, rawjson.Len(groups), len(kinds), r.err, r.line)
		}
		bare, err := requestsAlone(ctx, client, a.url, fresh())
		a.latency.Store(0)
		if err != nil {
			return t, err
		}
		if round > 0 {
			ours, floor = append(ours, milliseconds(took)), append(floor, milliseconds(bare))
		}
	}
	t.Time, t.Floor = slices.Min(ours), slices.Min(floor)
	t.Ratio = t.Time / t.Floor
	return t, proc.stop()
}

// requestsAlone sends the batches of these ids, and reads what comes.
func requestsAlone(ctx context.Context, client *http.Client, url string, ids []string) (time.Duration, error) {
	var (
		group  sync.WaitGroup
		places = make(chan struct{}, requestsAtOne)
		failed = make(chan error, len(ids))
		began  = time.Now()
	)
	for batch := range slices.Chunk(ids, perRequest) {
		places <- struct{}{}
		group.Go(func() {
			defer func() { <-places }()
			failed <- requestAlone(ctx, client, url, batch)
		})
	}
	group.Wait()
	took := time.Since(began)
	close(failed)
	for err := range failed {
		if err != nil {
			return 0, err
		}
	}
	return took, nil
}

func requestAlone(ctx context.Context, client *http.Client, url string, ids []string) error {
	type lookup struct {
		TaskType string `json:"taskType"`
		TaskUUID string `json:"taskUUID"`
	}
	asked := make([]lookup, len(ids))
	for n, id := range ids {
		asked[n] = lookup{"getTaskDetails", id}
	}
	body, err := json.Marshal(asked)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+sandbox.Key)
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

func (r *results) triageMarkdown(say func(string, ...any)) {
	say("\nA call of `triage_tasks` with seven causes, the API taking %d ms, against the same %d ids a request, %d requests at once, by an HTTP client alone (target: ≤ %g ×):\n",
		triageLatency.Milliseconds(), perRequest, requestsAtOne, maxTriage)
	say("| tasks | API requests | reply | time | floor | to the floor | |\n|--:|--:|--:|--:|--:|--:|---|")
	for _, t := range r.Triager {
		verdict := "missed"
		if t.Ratio <= maxTriage {
			verdict = "met"
		}
		say("| %d | %d | %d B | %.1f ms | %.1f ms | %.2f | %s |", t.Tasks, t.Requests, t.Bytes, t.Time, t.Floor, t.Ratio, verdict)
	}
}
