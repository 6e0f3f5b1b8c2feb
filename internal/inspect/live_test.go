package inspect_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/schema"
)

// pendingID is the id of a task that is recorded as acknowledged.
const pendingID = "b6f0d8a3-5e91-4c27-9d4b-3a7c1e5f9b08"

// livingAPI has one task in its archive that was only acknowledged, and answers getResponse with the given status and
// bodies, one a question; the last one stays.
type livingAPI struct {
	status    int
	bodies    []string
	questions atomic.Int64
}

func (a *livingAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "application/json")
	if strings.Contains(string(body), `"getTaskDetails"`) {
		_, _ = fmt.Fprintf(w, `{"data":[{"taskType":"getTaskDetails","taskUUID":%[1]q,"request":[{"taskType":"videoInference","taskUUID":%[1]q,"model":"a:1@1"}],`+
			`"response":{"data":[{"taskType":"videoInference","taskUUID":%[1]q}]}}]}`, pendingID)
		return
	}
	n := int(a.questions.Add(1))
	w.WriteHeader(a.status)
	_, _ = io.WriteString(w, strings.ReplaceAll(a.bodies[min(n, len(a.bodies))-1], `"ID"`, `"`+pendingID+`"`))
}

func (a *livingAPI) task(t *testing.T, o inspect.Options) schema.TaskReport {
	t.Helper()
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	api, err := client.New(client.Config{URL: server.URL, Key: schema.NewSecret("a-key-for-tests"), Attempts: 1})
	if err != nil {
		t.Fatal(err)
	}
	inspector, err := inspect.New(inspect.Config{
		Fetcher: api, Responder: api, Presenter: present.New(present.Config{}), Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return inspector.Task(t.Context(), pendingID, o)
}

// A pending task is what getResponse says of it, and what is recorded where that says nothing.
func TestLive(t *testing.T) {
	const notFound = `{"data":[],"errors":[{"code":"taskNotFound","message":"No task found.","taskUUID":"ID"}]}`
	for name, tc := range map[string]struct {
		code   int
		body   string
		status schema.Status
		live   bool
		says   string // summary or notes
	}{
		"processing":                 {200, `{"data":[{"taskType":"videoInference","taskUUID":"ID","status":"processing","progress":40}]}`, schema.StatusPending, true, "progress is 40 %"},
		"acknowledged":               {200, `{"data":[{"taskType":"videoInference","taskUUID":"ID"}]}`, schema.StatusPending, true, "no more than the acknowledgement"},
		"finished":                   {200, `{"data":[{"taskType":"videoInference","taskUUID":"ID","status":"success","videoURL":"https://vm.runware.ai/a.mp4"}]}`, schema.StatusSucceeded, true, "1 result, as getResponse says now"},
		"upper case id":              {200, strings.ReplaceAll(`{"data":[{"taskUUID":"IT","status":"success","videoURL":"https://vm.runware.ai/a.mp4"}]}`, "IT", strings.ToUpper(pendingID)), schema.StatusSucceeded, true, ""},
		"failed":                     {400, `{"data":[],"errors":[{"code":"invalidProviderContent","message":"Invalid content detected.","taskUUID":"ID"}]}`, schema.StatusFailed, true, "getResponse says now"},
		"failed inside":              {200, `{"data":[{"taskUUID":"ID","status":"error","error":{"code":"providerError","message":"X responded with an error."}}]}`, schema.StatusFailed, true, "getResponse says now"},
		"both":                       {200, `{"data":[{"taskUUID":"ID","status":"success","videoURL":"https://vm.runware.ai/a.mp4"}],"errors":[{"code":"timeoutProvider","message":"x","taskUUID":"ID"}]}`, schema.StatusPartial, true, ""},
		"not known":                  {200, notFound, schema.StatusPending, false, "it does not know the task, or no longer"},
		"about another":              {200, `{"data":[{"taskUUID":"00000000-0000-4000-8000-000000000000","status":"success","videoURL":"https://vm.runware.ai/a.mp4"}]}`, schema.StatusPending, false, "neither an answer nor an error for this task"},
		"archive":                    {200, `{"data":[{"taskType":"getTaskDetails","taskUUID":"ID","request":[],"response":{"data":[{"taskUUID":"ID","videoURL":"https://vm.runware.ai/a.mp4"}]}}]}`, schema.StatusPending, false, "an item for this task that is no getResponse answer"},
		"the task, then the archive": {200, `{"data":[{"taskUUID":"ID","status":"processing"},{"taskType":"getTaskDetails","taskUUID":"ID","response":{}}]}`, schema.StatusPending, true, "processing"},
		"archive, then the task":     {200, `{"data":[{"taskType":"getTaskDetails","taskUUID":"ID","response":{}},{"taskUUID":"ID","status":"processing"}]}`, schema.StatusPending, true, "processing"},
		"too often":                  {429, `{"errors":[{"code":"rateLimitExceeded","message":"Slow down."}]}`, schema.StatusPending, false, "HTTP 429 with an API error"},
		"no JSON":                    {502, `<html>`, schema.StatusPending, false, "getResponse was asked too and did not say"},
		"cut off":                    {200, `{"data":[{"taskUUID":"ID","status":"succ`, schema.StatusPending, false, "breaks off"},
	} {
		t.Run(name, func(t *testing.T) {
			api := &livingAPI{status: tc.code, bodies: []string{tc.body}}
			r := api.task(t, inspect.Options{Live: &inspect.Live{}})
			said := r.Diagnosis.Summary + "\n" + strings.Join(r.Diagnosis.Notes, "\n")
			if r.Status != tc.status || r.Live != tc.live || !strings.Contains(said, tc.says) {
				t.Errorf("%s, live %t: %s", r.Status, r.Live, said)
			}
			if !strings.Contains(string(r.Request), "a:1@1") || tc.live != (string(r.Response) == strings.ReplaceAll(tc.body, `"ID"`, `"`+pendingID+`"`)) {
				t.Errorf("request %s, response %s", r.Request, r.Response)
			}
			if n := api.questions.Load(); n != 1 {
				t.Errorf("asked %d times", n)
			}
		})
	}
	api := &livingAPI{status: 200, bodies: []string{notFound}}
	if r := api.task(t, inspect.Options{}); r.Status != schema.StatusPending || r.Live || api.questions.Load() != 0 {
		t.Errorf("nobody wanted to know: %s, asked %d times", r.Status, api.questions.Load())
	}
}

// It is asked again until it has ended, each time with its state told, and what was once said stays where a question fails.
func TestLiveWaits(t *testing.T) {
	const runs, done = `{"data":[{"taskUUID":"ID","status":"processing","progress":40}]}`, `{"data":[{"taskUUID":"ID","status":"success","videoURL":"https://vm.runware.ai/a.mp4"}]}`
	api := &livingAPI{status: 200, bodies: []string{runs, `{}`, done}}
	var told []string
	began := time.Now()
	r := api.task(t, inspect.Options{Live: &inspect.Live{Until: began.Add(20 * time.Second), Tell: func(doing string) { told = append(told, doing) }}})
	if got := strings.Join(told, "; "); r.Status != schema.StatusSucceeded || got != "processing, 40 %; processing, 40 %" || api.questions.Load() != 3 {
		t.Errorf("%s after %d questions, told %q", r.Status, api.questions.Load(), got)
	}
	api = &livingAPI{status: 401, bodies: []string{`{"errors":[{"code":"invalidApiKey","message":"no"}]}`}}
	if r := api.task(t, inspect.Options{Live: &inspect.Live{Until: time.Now().Add(20 * time.Second)}}); r.Live || api.questions.Load() != 1 {
		t.Errorf("a refused question was asked %d times", api.questions.Load())
	}
}
