package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"
)

// teamLoad is what many callers at once get of serve --http, beside a plain handler that asks the same API and hands on
// what it says.
type teamLoad struct {
	Callers int     `json:"callers"`
	Calls   int     `json:"calls"` // of each
	Wrong   int     `json:"wrong"` // refused, broken, or of another caller
	P50     float64 `json:"p50"`   // ms
	P99     float64 `json:"p99"`
	Floor50 float64 `json:"floor_p50"`
	Floor99 float64 `json:"floor_p99"`
}

const (
	teamCallers = 200
	teamCalls   = 50
	teamLatency = 20 * time.Millisecond
)

// owned is an API that answers each key with tasks of its own.
func owned() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(teamLatency)
		var asked []struct {
			TaskUUID string `json:"taskUUID"`
		}
		if json.NewDecoder(r.Body).Decode(&asked) != nil || len(asked) != 1 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		key := r.Header.Get("Authorization")
		id := asked[0].TaskUUID
		//nolint:gosec // an API of the bench
		_, _ = fmt.Fprintf(w, `{"data":[{"taskType":"getTaskDetails","taskUUID":%q,"request":[{"taskType":"imageInference","taskUUID":%q,"model":"runware:101@1","positivePrompt":"task of owner %s","CFGScale":75}],"response":{"errors":[{"code":"invalidCFGScale","message":"Invalid value for 'CFGScale' parameter. It must be between 0 and 20.","parameter":"CFGScale","taskUUID":%q}]}}]}`, id, id, key[len(key)-3:], id)
	}))
}

// measureTeam loads the program and the plain handler in turn, both in front of the same API.
func measureTeam(ctx context.Context, p program) (teamLoad, error) {
	api := owned()
	defer api.Close()
	//nolint:gosec // our own binary
	cmd := exec.CommandContext(ctx, p.path, "serve", "--http", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), "RUNWARE_API_URL="+api.URL, "RUNWARE_SCHEMAS_URL=off", "RUNWARE_API_KEY=")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return teamLoad{}, err
	}
	if err := cmd.Start(); err != nil {
		return teamLoad{}, err
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	lines := bufio.NewReader(stderr)
	first, err := lines.ReadString('\n')
	if err != nil {
		return teamLoad{}, err
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	_, url, _ := strings.Cut(strings.TrimSpace(first), "serving ")

	upstream := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: teamCallers}}
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var call struct {
			Params struct {
				Arguments json.RawMessage `json:"arguments"`
			} `json:"params"`
		}
		if json.NewDecoder(r.Body).Decode(&call) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		request, err := http.NewRequestWithContext(r.Context(), http.MethodPost, api.URL, strings.NewReader("["+string(call.Params.Arguments)+"]"))
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		request.Header.Set("Authorization", r.Header.Get("Authorization"))
		response, err := upstream.Do(request)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer response.Body.Close()
		_, _ = io.Copy(w, response.Body)
	}))
	defer plain.Close()
	t := teamLoad{Callers: teamCallers, Calls: teamCalls}
	floor, wrong, err := loadTeam(ctx, plain.URL)
	if err != nil {
		return t, fmt.Errorf("the plain handler: %w", err)
	}
	if wrong > 0 {
		return t, fmt.Errorf("the plain handler: %d answers are wrong", wrong)
	}
	ours, wrong, err := loadTeam(ctx, url)
	t.Wrong = wrong
	t.P50, t.P99 = ours[len(ours)/2], ours[len(ours)*99/100]
	t.Floor50, t.Floor99 = floor[len(floor)/2], floor[len(floor)*99/100]
	return t, err
}

// loadTeam makes the calls of all callers at once. It returns how long each took, in ms, the quickest first.
func loadTeam(ctx context.Context, url string) (took []float64, wrong int, err error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: teamCallers}}
	defer client.CloseIdleConnections()
	var mu sync.Mutex
	var group sync.WaitGroup
	for n := range teamCallers {
		group.Go(func() {
			key := fmt.Sprintf("rw_8f3kd02mxq71vbz5htn4pl9e%03d", n)
			for i := range teamCalls {
				begun := time.Now()
				fine, fault := teamCall(ctx, client, url, key, fmt.Sprintf("%08x-0000-4000-8000-%012x", n*7919+i, i))
				mu.Lock()
				took = append(took, float64(time.Since(begun).Microseconds())/1000)
				if !fine {
					wrong++
				}
				if fault != nil {
					err = fault
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	slices.Sort(took)
	return took, wrong, err
}

// teamCall tells whether a call got the caller's own task.
func teamCall(ctx context.Context, client *http.Client, url, key, id string) (bool, error) {
	body := fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_task_details","arguments":{"taskUUID":%q}}}`, id)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return false, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json, text/event-stream")
	request.Header.Set("Authorization", "Bearer "+key)
	response, err := client.Do(request)
	if err != nil {
		return false, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return response.StatusCode == http.StatusOK && bytes.Contains(text, []byte("task of owner "+key[len(key)-3:])) && bytes.Contains(text, []byte(id)), err
}

func (t teamLoad) print(out io.Writer) {
	_, _ = fmt.Fprintf(out, "%d callers × %d calls: %d wrong; p50 %.0f ms (plain handler %.0f, ratio %.2f), p99 %.0f ms (plain handler %.0f, ratio %.2f)\n",
		t.Callers, t.Calls, t.Wrong, t.P50, t.Floor50, t.P50/t.Floor50, t.P99, t.Floor99, t.P99/t.Floor99)
}
