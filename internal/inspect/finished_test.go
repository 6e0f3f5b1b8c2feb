package inspect_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
)

// archived returns the real client over an API that answers every lookup alike, and how often it was asked.
func archived(t *testing.T, reply string) (*client.Client, *atomic.Int32) {
	t.Helper()
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, reply)
	}))
	t.Cleanup(server.Close)
	c, err := client.New(client.Config{URL: server.URL, Key: schema.NewSecret(sandbox.Key), Attempts: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, &asked
}

func record(request, response string) string {
	return `{"data":[{"taskType":"getTaskDetails","taskUUID":"` + failed + `","request":` + request + `,"response":` + response + `}]}`
}

// What may still change is asked for again; what will not is served from memory.
func TestOnlyFinishedTasksAreKept(t *testing.T) {
	const (
		one    = `{"taskType":"imageInference","taskUUID":"` + failed + `","imageURL":"https://im.runware.ai/x.jpg"}`
		bad    = `{"code":"inferenceError","message":"It broke.","taskUUID":"` + failed + `"}`
		others = `{"code":"inferenceError","message":"It broke.","taskUUID":"` + unknown + `"}`
		stated = `{"taskType":"videoInference","taskUUID":"` + failed + `","status":"%s","videoURL":"https://im.runware.ai/x.mp4"}`
	)
	request := func(results int) string {
		return fmt.Sprintf(`[{"taskType":"imageInference","taskUUID":%q,"model":"runware:101@1","numberResults":%d}]`, failed, results)
	}
	list := func(items ...string) string { return strings.Join(items, ",") }
	for _, c := range []struct {
		name, request, response string
		kept                    bool
	}{
		{"all results", request(1), `{"data":[` + one + `]}`, true},
		{"all of four", request(4), `{"data":[` + list(one, one, one, one) + `]}`, true},
		{"one of four", request(4), `{"data":[` + one + `]}`, false},
		{"three of four", request(4), `{"data":[` + list(one, one, one) + `]}`, false},
		{"one of four beside an error", request(4), `{"data":[` + one + `],"errors":[` + bad + `]}`, false},
		{"one of four beside three errors", request(4), `{"data":[` + one + `],"errors":[` + list(bad, bad, bad) + `]}`, true},
		{"an error", request(4), `{"errors":[` + bad + `]}`, true},
		{"processing beside an error", request(2), `{"data":[` + fmt.Sprintf(stated, "processing") + `],"errors":[` + bad + `]}`, false},
		{"queued beside a result", request(1), `{"data":[` + list(one, fmt.Sprintf(stated, "queued")) + `]}`, false},
		{"an acknowledgement beside an error", request(2), `{"data":[{"taskType":"imageInference","taskUUID":"` + failed + `"}],"errors":[` + bad + `]}`, false},
		{"a status never seen", request(1), `{"data":[` + fmt.Sprintf(stated, "finalizing") + `]}`, false},
		{"a success that says so", request(1), `{"data":[` + fmt.Sprintf(stated, "Success") + `]}`, true},
		{"one of four as text", fmt.Sprintf(`[{"taskUUID":%q,"numberResults":"4"}]`, failed), `{"data":[` + one + `]}`, false},
		{"one of four as a fraction", fmt.Sprintf(`[{"taskUUID":%q,"numberResults":4.0}]`, failed), `{"data":[` + one + `]}`, false},
		{"one of nobody knows how many", fmt.Sprintf(`[{"taskUUID":%q,"numberResults":{"n":4}}]`, failed), `{"data":[` + one + `]}`, false},
		{"one of a null", fmt.Sprintf(`[{"taskUUID":%q,"numberResults":null}]`, failed), `{"data":[` + one + `]}`, true},
		{"more results than are read", request(1), `{"data":[` + one + strings.Repeat(","+one, 2000) + `,` + fmt.Sprintf(stated, "processing") + `]}`, false},
		{"one of one as text", fmt.Sprintf(`[{"taskUUID":%q,"numberResults":"1"}]`, failed), `{"data":[` + one + `]}`, true},
		{"one of four, the request an object", fmt.Sprintf(`{"taskUUID":%q,"numberResults":4}`, failed), `{"data":[` + one + `]}`, false},
		{"one of four, the request in a string", string(rawjson.Quote(request(4))), `{"data":[` + one + `]}`, false},
		{"all of four, the request in a string", string(rawjson.Quote(request(4))), `{"data":[` + list(one, one, one, one) + `]}`, true},
		{"one of two beside another's error", request(2), `{"data":[` + one + `],"errors":[` + others + `]}`, false},
		{"one of three beside two of another's errors", request(3), `{"data":[` + one + `],"errors":[` + list(others, others) + `]}`, false},
		{"one of two beside an error of the call", request(2), `{"data":[` + one + `],"errors":[{"code":"inferenceError","message":"It broke."}]}`, true},
		{"an error in an item that runs", request(1), `{"data":[{"taskUUID":"` + failed + `","status":"processing","error":{"code":"inferenceError","message":"It broke."}}]}`, false},
		{"an item that runs and is an error", request(1), `{"data":[{"taskUUID":"` + failed + `","status":"Queued","code":"inferenceError","message":"It broke."}]}`, false},
		{"an error in an item that failed", request(1), `{"data":[{"taskUUID":"` + failed + `","status":"failed","error":{"code":"inferenceError","message":"It broke."}}]}`, true},
		{"an error in an item that came with a number", request(1), `{"data":[{"taskUUID":"` + failed + `","status":500,"error":{"code":"inferenceError","message":"It broke."}}]}`, true},
		{"half a result beside an error", request(2), `{"data":[{"taskUUID":"` + failed + `","progress":40,"imageURL":null}],"errors":[` + bad + `]}`, false},
		{"two of four over two tasks without ids", `[{"numberResults":2},{"numberResults":2}]`, `{"data":[` + list(one, one) + `]}`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			fetcher, asked := archived(t, record(c.request, c.response))
			i := newInspector(t, inspect.Config{Fetcher: fetcher})
			first := i.Task(t.Context(), failed, inspect.Options{})
			i.Task(t.Context(), failed, inspect.Options{Detail: inspect.DetailDiagnosis})
			if kept := asked.Load() == 1; kept != c.kept {
				t.Errorf("asked %d times for %q, %s", asked.Load(), first.Status, first.Diagnosis.Summary)
			}
		})
	}
}

// A report says what it does not hold, or holds otherwise than Runware sent it.
func TestReportNotesWhatWasLeft(t *testing.T) {
	for name, c := range map[string]struct{ reply, want string }{
		"equal errors":      {record(`[]`, `{"errors":[{"code":"a"}`+strings.Repeat(`,{"code":"a"}`, 5000)+`]}`), "5000 further errors repeat others word for word"},
		"results":           {record(`[]`, `{"data":[{"imageURL":"x"}`+strings.Repeat(`,{"imageURL":"x"}`, 1200)+`]}`), "201 further items of the response were not read: 1000 are the most"},
		"UTF-8 of request":  {record("[{\"positivePrompt\":\"caf\xe9\"}]", `{}`), "the recorded request is not valid UTF-8: what could not be read is shown as U+FFFD"},
		"UTF-8 of response": {record(`[]`, "{\"errors\":[{\"code\":\"a\",\"message\":\"\xff\"}]}"), "the recorded response is not valid UTF-8: what could not be read is shown as U+FFFD"},
		"UTF-8 of an error": {"{\"errors\":[{\"code\":\"taskNotFound\",\"message\":\"\xff\"}]}", "the reply is not valid UTF-8: what could not be read is shown as U+FFFD"},
	} {
		fetcher, _ := archived(t, c.reply)
		report := newInspector(t, inspect.Config{Fetcher: fetcher}).Task(t.Context(), failed, inspect.Options{})
		if !slices.Contains(report.Diagnosis.Notes, c.want) {
			t.Errorf("%s: noted %q", name, report.Diagnosis.Notes)
		}
	}
	fetcher, _ := archived(t, record(`[{"positivePrompt":"café \ufffd"}]`, `{"data":[{"imageURL":"x"}]}`))
	report := newInspector(t, inspect.Config{Fetcher: fetcher}).Task(t.Context(), failed, inspect.Options{})
	for _, note := range report.Diagnosis.Notes {
		if strings.Contains(note, "UTF-8") || strings.Contains(note, "further") {
			t.Errorf("noted %q of a plain record", note)
		}
	}
}

// A lookup whose reply would come again as it is says so, and does not send anybody to wait.
func TestLastingFailure(t *testing.T) {
	for name, reply := range map[string]string{
		"not a number": record(`[]`, `{"cost":NaN}`),
		"nested":       record(`[]`, strings.Repeat("[", 12_000)+strings.Repeat("]", 12_000)),
	} {
		fetcher, _ := archived(t, reply)
		i := newInspector(t, inspect.Config{Fetcher: fetcher})
		reports := []schema.TaskReport{i.Task(t.Context(), failed, inspect.Options{})}
		for answer := range i.Batch(context.WithoutCancel(t.Context()), slices.Values([]string{failed, unknown}), inspect.Options{}) {
			reports = append(reports, answer.Report)
		}
		for _, r := range reports {
			if r.Status != schema.StatusUnavailable || r.Diagnosis.Retry != schema.RetryNo || strings.Contains(r.Diagnosis.NextStep, "wait a") {
				t.Errorf("%s: %+v", name, r.Diagnosis)
			}
			for _, f := range r.Diagnosis.Findings {
				if f.Retry != schema.RetryNo || f.Fix != "" {
					t.Errorf("%s: finding %+v", name, f)
				}
			}
		}
	}
}
