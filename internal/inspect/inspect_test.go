package inspect_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
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

const (
	succeeded = "a770f077-f413-47de-9dac-be0b26a35da6"
	failed    = "b880f077-e514-58ef-0ebd-ce1c37b46eb7"
	pending   = "b6f0d8a3-5e91-4c27-9d4b-3a7c1e5f9b08"
	large     = "91b5d3e7-4a20-4c8f-9e61-5d7b0f2a8c05"
	withKey   = "d09e7b42-8c63-4f1a-b5e7-6c2d4a8f1e09"
	unknown   = "00000000-0000-4000-8000-000000000000"
)

// fetcherFunc stands between the inspector and the real client, to count and to hold back.
type fetcherFunc func(ctx context.Context, ids ...string) []client.Lookup

func (f fetcherFunc) TaskDetails(ctx context.Context, ids ...string) []client.Lookup {
	return f(ctx, ids...)
}

// sandboxed returns the real client and schema service over the sandbox.
func sandboxed(t *testing.T) (*client.Client, *modelschema.Service) {
	t.Helper()
	server, err := sandbox.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fetcher, err := client.New(client.Config{URL: server.APIURL, Key: schema.NewSecret(sandbox.Key)})
	if err != nil {
		t.Fatal(err)
	}
	models, err := modelschema.New(modelschema.Config{URL: server.SchemasURL})
	if err != nil {
		t.Fatal(err)
	}
	return fetcher, models
}

func newInspector(t *testing.T, c inspect.Config) *inspect.Inspector {
	t.Helper()
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	c.Presenter = present.New(present.Config{Secrets: []schema.Secret{schema.NewSecret(sandbox.Key)}})
	i, err := inspect.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestEveryRecordedTaskIsAnswered(t *testing.T) {
	fetcher, models := sandboxed(t)
	i := newInspector(t, inspect.Config{Fetcher: fetcher, Models: models})
	tasks, err := sandbox.Tasks()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]schema.Status{}
	for _, task := range tasks {
		report := i.Task(t.Context(), task.TaskUUID, inspect.Options{})
		got[task.Name] = report.Status
		if report.TaskUUID != task.TaskUUID || len(report.Request) == 0 || len(report.Response) == 0 {
			t.Errorf("%s: incomplete report", task.Name)
		}
	}
	want := map[string]schema.Status{
		"async-acknowledged":             schema.StatusPending,
		"authentication-object":          schema.StatusFailed,
		"base64-result":                  schema.StatusSucceeded,
		"documentation-reference-images": schema.StatusFailed,
		"documentation-success":          schema.StatusSucceeded,
		"four-tasks-one-failure":         schema.StatusFailed,
		"insufficient-credits":           schema.StatusFailed,
		"partial-provider-timeout":       schema.StatusPartial,
		"provider-moderation":            schema.StatusFailed,
		"seed-int64":                     schema.StatusSucceeded,
		"size-not-listed":                schema.StatusFailed,
		"two-breaches":                   schema.StatusFailed,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

func TestDiagnosisAlone(t *testing.T) {
	fetcher, models := sandboxed(t)
	i := newInspector(t, inspect.Config{Fetcher: fetcher, Models: models})
	full := i.Task(t.Context(), withKey, inspect.Options{})
	short := i.Task(t.Context(), withKey, inspect.Options{Detail: inspect.DetailDiagnosis})
	if short.Request != nil || short.Response != nil || len(short.Omissions) > 0 {
		t.Errorf("short report holds originals: %+v", short)
	}
	if diff := cmp.Diff(full.Diagnosis, short.Diagnosis); diff != "" {
		t.Errorf("diagnosis (-full +short):\n%s", diff)
	}
	text, _ := present.Marshal(full)
	if strings.Contains(string(text), "recorded-example-key") {
		t.Error("a recorded key is shown")
	}
}

func TestFinishedTasksAreKept(t *testing.T) {
	fetcher, _ := sandboxed(t)
	var calls atomic.Int32
	i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(ctx context.Context, ids ...string) []client.Lookup {
		calls.Add(1)
		return fetcher.TaskDetails(ctx, ids...)
	})})
	for id, want := range map[string]int32{succeeded: 1, failed: 1, pending: 3, unknown: 3} {
		calls.Store(0)
		for _, given := range []string{id, strings.ToUpper(id), id} {
			i.Task(t.Context(), given, inspect.Options{})
		}
		if got := calls.Load(); got != want {
			t.Errorf("%s: asked %d times, want %d", id, got, want)
		}
	}
}

// Ten callers ask for one task; the API is asked once.
func TestIdenticalLookupsShareARequest(t *testing.T) {
	fetcher, _ := sandboxed(t)
	const callers = 10
	var calls atomic.Int32
	arrived, release := make(chan struct{}), make(chan struct{})
	i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(ctx context.Context, ids ...string) []client.Lookup {
		if calls.Add(1) == 1 {
			close(arrived)
		}
		<-release
		return fetcher.TaskDetails(ctx, ids...)
	})})
	var group sync.WaitGroup
	statuses := make([]schema.Status, callers)
	for n := range callers {
		group.Go(func() { statuses[n] = i.Task(t.Context(), pending, inspect.Options{}).Status })
	}
	<-arrived
	inspect.AwaitWaiting(i, pending, callers)
	close(release)
	group.Wait()
	if got := calls.Load(); got != 1 {
		t.Errorf("asked %d times", got)
	}
	if slices.ContainsFunc(statuses, func(s schema.Status) bool { return s != schema.StatusPending }) {
		t.Errorf("statuses %v", statuses)
	}
}

// A cancelled caller leaves at once and the others still get their answer; the request ends with the last caller.
func TestCancelledCallersLeave(t *testing.T) {
	started, stopped := make(chan struct{}, 2), make(chan struct{}, 2)
	release := make(chan struct{})
	i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(ctx context.Context, ids ...string) []client.Lookup {
		started <- struct{}{}
		select {
		case <-release:
			return []client.Lookup{{TaskUUID: ids[0], Task: schema.Task{TaskUUID: ids[0], Request: json.RawMessage(`[]`), Response: json.RawMessage(`{"data":[]}`)}}}
		case <-ctx.Done():
			stopped <- struct{}{}
			return []client.Lookup{{TaskUUID: ids[0], Err: ctx.Err()}}
		}
	})})
	ask := func(ctx context.Context) <-chan schema.TaskReport {
		answer := make(chan schema.TaskReport, 1)
		go func() { answer <- i.Task(ctx, failed, inspect.Options{}) }()
		return answer
	}
	impatient, leave := context.WithCancel(t.Context())
	first := ask(impatient)
	<-started
	second := ask(t.Context())
	inspect.AwaitWaiting(i, failed, 2)
	leave()
	if got := (<-first).Status; got != schema.StatusUnavailable {
		t.Errorf("cancelled caller: %s", got)
	}
	close(release)
	if got := <-second; !got.Status.Found() {
		t.Errorf("patient caller: %+v", got)
	}

	release = make(chan struct{})
	lone, leave := context.WithCancel(t.Context())
	third := ask(lone)
	<-started
	leave()
	<-third
	<-stopped // or the test hangs: nobody waits, so the request must end
}

func TestPanicsBecomeReports(t *testing.T) {
	const secret = "a prompt that nobody may read in a log"
	var log strings.Builder
	i := newInspector(t, inspect.Config{
		Logger:  slog.New(slog.NewTextHandler(&log, nil)),
		Fetcher: fetcherFunc(func(context.Context, ...string) []client.Lookup { panic(secret) }),
	})
	want := inspect.Broken(failed)
	if diff := cmp.Diff(want, i.Task(t.Context(), failed, inspect.Options{})); diff != "" {
		t.Errorf("task (-want +got):\n%s", diff)
	}
	if _, report, ok := i.Originals(t.Context(), failed); ok || !cmp.Equal(want, report) {
		t.Errorf("originals: %v, %+v", ok, report)
	}
	for answer := range i.Batch(t.Context(), slices.Values([]string{failed}), inspect.Options{}) {
		if diff := cmp.Diff(want, answer.Report); diff != "" {
			t.Errorf("batch (-want +got):\n%s", diff)
		}
	}
	if got := strings.Count(log.String(), "panicked"); got != 3 {
		t.Errorf("%d log lines, want 3", got)
	}
	if strings.Contains(log.String(), "prompt") {
		t.Error("the log holds the panic's value")
	}
}

func TestPieces(t *testing.T) {
	fetcher, _ := sandboxed(t)
	i := newInspector(t, inspect.Config{Fetcher: fetcher})
	report := i.Task(t.Context(), large, inspect.Options{Pointer: "/response/data/0/imageBase64Data"})
	if p := report.Piece; p == nil || !strings.HasPrefix(p.Text, "iVBORw0KGgo") || p.Total != (1<<20+2)/3*4 || p.NextOffset != 0 || p.Media == nil {
		t.Fatalf("an image: %+v", report)
	}
	want := schema.Media{MediaType: "image/png", Width: 16, Height: 16, Bytes: 1 << 20, SHA256: report.Piece.Media.SHA256}
	if diff := cmp.Diff(want, *report.Piece.Media); diff != "" || len(report.Piece.Text) > 3000 {
		t.Errorf("an image (-want +got):\n%s", diff)
	}
	if report := i.Task(t.Context(), large, inspect.Options{Pointer: "/response/data/7"}); report.Status != schema.StatusUnavailable ||
		report.Diagnosis.Category != schema.CategoryInvalidParameter {
		t.Errorf("a pointer to nothing: %+v", report)
	}
}

// A key that stands in the request must not come back in the summary beside a piece of something else.
func TestPiecesMaskRecordedKeys(t *testing.T) {
	const key = "abcdefg1234567HIJ"
	i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(_ context.Context, ids ...string) []client.Lookup {
		return []client.Lookup{{TaskUUID: ids[0], Task: schema.Task{
			TaskUUID: ids[0], Request: json.RawMessage(`[{"taskType":"authentication","apiKey":"` + key + `"}]`),
			Response: json.RawMessage(`{"errors":[{"code":"no_` + key + `","message":"The key has no access"}]}`),
		}}}
	})})
	for _, o := range []inspect.Options{{}, {Detail: inspect.DetailDiagnosis}, {Pointer: "/request/0/taskType"}} {
		report := i.Task(t.Context(), failed, o)
		if strings.Contains(fmt.Sprintf("%+v", report), key) || !strings.Contains(report.Diagnosis.Summary, "[redacted]") {
			t.Errorf("%+v: %+v", o, report)
		}
		if o.Pointer != "" && (report.Piece == nil || report.Request != nil || report.Response != nil) {
			t.Errorf("not a piece alone: %+v", report)
		}
	}
}

func TestBatchKeepsOrder(t *testing.T) {
	fetcher, _ := sandboxed(t)
	var calls atomic.Int32
	i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(ctx context.Context, ids ...string) []client.Lookup {
		calls.Add(1)
		lookups := fetcher.TaskDetails(ctx, ids...)
		slices.Reverse(lookups)
		return lookups
	})})
	var ids, got []string
	for n := range 45 {
		ids = append(ids, fmt.Sprintf("00000000-0000-4000-8000-%012d", n), succeeded)
	}
	for answer := range i.Batch(t.Context(), slices.Values(ids), inspect.Options{}) {
		got = append(got, answer.Report.TaskUUID)
		if found := answer.Report.Status.Found(); found != (answer.Report.TaskUUID == succeeded) || found != (answer.Task.Request != nil) {
			t.Errorf("%s: %s", answer.Report.TaskUUID, answer.Report.Status)
		}
	}
	if diff := cmp.Diff(ids, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	if got := calls.Load(); got != 5 {
		t.Errorf("%d requests for 90 ids, want 5", got)
	}
}

// A batch of many thousands must not fill the cache, which is there for whoever reads one task again.
func TestBatchKeepsNothing(t *testing.T) {
	fetcher, _ := sandboxed(t)
	var calls atomic.Int32
	i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(ctx context.Context, ids ...string) []client.Lookup {
		calls.Add(1)
		return fetcher.TaskDetails(ctx, ids...)
	})})
	for range 2 {
		for range i.Batch(t.Context(), slices.Values([]string{succeeded}), inspect.Options{}) {
			continue
		}
	}
	i.Task(t.Context(), succeeded, inspect.Options{})
	if got := calls.Load(); got != 3 {
		t.Errorf("asked %d times: a batch was kept", got)
	}
}

func TestBatchStopsWithItsReader(t *testing.T) {
	var asked atomic.Int32
	i := newInspector(t, inspect.Config{Fetcher: fetcherFunc(func(context.Context, ...string) []client.Lookup {
		return nil
	})})
	endless := func(yield func(string) bool) {
		for yield(failed) {
			asked.Add(1)
		}
	}
	for range i.Batch(t.Context(), endless, inspect.Options{}) {
		break
	}
	if got := asked.Load(); got > 200 {
		t.Errorf("%d ids were taken for one answer", got)
	}
}

func TestParseID(t *testing.T) {
	for text, want := range map[string]string{
		failed:                                    failed,
		" `" + failed + "`\n":                     failed,
		`"` + strings.ToUpper(failed):             strings.ToUpper(failed),
		"“" + failed + "”":                        failed,
		"{" + failed + "}":                        failed,
		"URN:UUID:" + failed:                      failed,
		strings.ReplaceAll(failed, "-", ""):       failed,
		strings.ReplaceAll(failed, "-", "\u2011"): failed,
		strings.ReplaceAll(failed, "-", "–"):      failed,
		"task " + failed:                          "",
		failed + ", " + failed:                    "",
		strings.Repeat("é", 16):                   "",
		strings.Repeat("0", 31):                   "",
		inspect.IDForm:                            "",
		failed[:35] + "g":                         "",
		"":                                        "",
	} {
		id, ok := inspect.ParseID(text)
		if ok != (want != "") || ok && id != want {
			t.Errorf("%q: %q, %v", text, id, ok)
		}
	}
}

func TestFindIDs(t *testing.T) {
	const other = "91b5d3e7-4a20-4c8f-9e61-5d7b0f2a8c05"
	bare := strings.ReplaceAll(failed, "-", "")
	for text, want := range map[string][]string{
		"https://my.example.com/tasks/" + failed + "?tab=log":   {failed},
		"https://my.example.com/?task%2F" + failed:              {failed},
		"2026-11-02T10:00:00Z ERROR task_" + failed + " failed": {failed},
		"taskUUID=" + strings.ReplaceAll(failed, "-", "\u2011"): {failed},
		"task " + bare + " failed":                              {failed},
		`{"taskUUID":"` + failed + `"}`:                         {failed},
		failed + " and " + strings.ToUpper(failed):              {failed},
		failed + " and " + other + ", " + failed:                {failed, other},
		"sum " + bare[1:] + "0, task " + other:                  {other},
		"sha256:" + bare + bare:                                 nil,
		"a" + failed:                                            nil,
		failed + "0":                                            nil,
		"":                                                      nil,
		inspect.IDForm:                                          nil,
		"100% of task " + failed:                                {failed},
		"100% done, %7B" + failed + "%7D":                       {failed},        // not the whole text is an escaped URL
		`at\n` + failed + `\t` + other:                          {failed, other}, // a log within JSON
		`\u003c` + failed + `\u003e`:                            {failed},
		"\x1b[31m" + failed + "\x1b[0m":                         {failed}, // a coloured log
		`\u001b[1;31m` + failed:                                 {failed},
		"m" + failed:                                            nil,
		"xn" + failed:                                           nil,
		failed[:8] + "…, " + failed[:13]:                        nil,
		failed + "-" + other:                                    {failed, other},
		"00-" + bare + "-" + other:                              {other},
	} {
		if diff := cmp.Diff(want, inspect.FindIDs(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}
