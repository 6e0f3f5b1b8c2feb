package interop

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// apiKey is the one key that the API below accepts. No answer may hold it.
const apiKey = "interop-key-0123456789abcdef"

// api stands for Runware where it misbehaves. What it does with a lookup stands in the first digits of the taskUUID.
type api struct {
	url string

	mu      sync.Mutex
	lookups map[string]int // by taskUUID
	gone    int            // held lookups that the caller gave up
	release chan struct{}  // closed to let held lookups go
}

// The first digits of a taskUUID, and a whole one made with them.
const (
	answers  = "00000000"
	held     = "11111111" // answered after release
	limited  = "00000429"
	broken   = "00000500"
	web      = "00000200" // HTML with status 200
	vast     = "0000e400" // a request with numbers beyond a float64
	restUUID = "-0000-4000-8000-%012d"
)

func uuid(head string, n int) string { return head + fmt.Sprintf(restUUID, n) }

func startAPI(t *testing.T) *api {
	t.Helper()
	a := &api{lookups: map[string]int{}, release: make(chan struct{})}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	a.url = server.URL + "/prefix/v1"
	return a
}

// session prepares a server that talks to this API, with a key or without.
func (a *api) session(t *testing.T, key, timeout string) *session {
	t.Helper()
	return newSession(t, []string{"--timeout", timeout}, map[string]string{
		"RUNWARE_API_URL": a.url, "RUNWARE_API_KEY": key, "RUNWARE_SCHEMAS_URL": "off",
	})
}

// asked says how often this task was looked up; all of them for "".
func (a *api) asked(id string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id != "" {
		return a.lookups[id]
	}
	sum := 0
	for _, n := range a.lookups {
		sum += n
	}
	return sum
}

func (a *api) abandoned() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.gone
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var tasks []struct {
		TaskUUID string `json:"taskUUID"`
	}
	if err := json.NewDecoder(r.Body).Decode(&tasks); err != nil || len(tasks) != 1 {
		http.Error(w, "not one task", http.StatusTeapot)
		return
	}
	id := tasks[0].TaskUUID
	a.mu.Lock()
	a.lookups[id]++
	a.mu.Unlock()
	if r.Header.Get("Authorization") != "Bearer "+apiKey {
		reply(w, http.StatusUnauthorized, `{"errors":[{"code":"invalidApiKey","message":"Invalid API key. Get one at https://my.runware.ai/signup"}]}`)
		return
	}
	switch head, _, _ := strings.Cut(id, "-"); head {
	case limited:
		w.Header().Set("Retry-After", "60")
		reply(w, http.StatusTooManyRequests, `{"errors":[{"code":"rateLimitExceeded","message":"Too many requests."}]}`)
	case broken:
		page(w, http.StatusBadGateway)
	case web:
		page(w, http.StatusOK)
	case held:
		select {
		case <-a.release:
			reply(w, http.StatusOK, record(id, `"seed":7`))
		case <-r.Context().Done():
			a.mu.Lock()
			defer a.mu.Unlock()
			a.gone++
		}
	case vast:
		reply(w, http.StatusOK, record(id, `"seed":9007199254740993,"CFGScale":1e400,"strength":0.10000000000000000000001`))
	default:
		reply(w, http.StatusOK, record(id, `"seed":7`))
	}
}

func reply(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

func page(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(status)
	_, _ = w.Write([]byte("<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>The origin is away.</body></html>"))
}

// record is a task that came out well, with these members in its request.
func record(id, members string) string {
	return fmt.Sprintf(`{"data":[{"taskType":"getTaskDetails","taskUUID":%[1]q,`+
		`"request":[{"taskType":"imageInference","taskUUID":%[1]q,"model":"runware:101@1","positivePrompt":"a quay at dawn",%[2]s}],`+
		`"response":{"data":[{"taskType":"imageInference","taskUUID":%[1]q,"imageURL":"https://images.example.com/1.jpg"}]}}]}`, id, members)
}
