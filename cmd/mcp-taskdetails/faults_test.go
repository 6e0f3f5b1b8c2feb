package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// faultOutcome is what came of a fault.
type faultOutcome struct {
	result []byte // of the tool
	asked  int64  // how often the API was
	took   time.Duration
	before int // goroutines
	after  int
	stderr string
	err    error
}

// TestFaults holds the real binary, over its real pipes, to one right answer for each fault, and to going on after it.
func TestFaults(t *testing.T) {
	var astray atomic.Int64
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { astray.Add(1) }))
	defer elsewhere.Close()
	secure := httptest.NewUnstartedServer(elsewhere.Config.Handler)
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()

	table := faults(elsewhere.URL, secure.URL, elsewhere.URL)
	outcomes := make([]chan faultOutcome, len(table))
	places := make(chan struct{}, 16)
	for i, f := range table {
		outcomes[i] = make(chan faultOutcome, 1)
		go func() {
			places <- struct{}{}
			defer func() { <-places }()
			outcomes[i] <- f.meet()
		}()
	}
	output := outputSchema(t)
	t.Logf("%-32s %-11s %-17s %-12s %5s %6s %10s", "fault", "status", "category", "retry", "asked", "ms", "goroutines")
	for i, f := range table {
		t.Run(f.name, func(t *testing.T) {
			f.judge(t, <-outcomes[i], output)
		})
	}
	if n := astray.Load(); n > 0 {
		t.Errorf("another server was asked %d times", n)
	}
}

// meet runs one process through one fault.
func (f fault) meet() (o faultOutcome) {
	var asked atomic.Int64
	address := f.url
	shut := func() {}
	if f.api != nil {
		api := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			if bytes.Contains(body, []byte(goodID)) {
				answer(200, envelope(item(goodID, 0)))(w, r)
				return
			}
			asked.Add(1)
			f.api(w, r)
		}))
		api.Config.ErrorLog = log.New(io.Discard, "", 0)
		api.Start()
		defer api.Close()
		address, shut = api.URL+"/v1", api.CloseClientConnections
	}
	flags := []string{"--log-level", "debug"}
	if f.timeout != "" {
		flags = append(flags, "--timeout", f.timeout)
	}
	h, err := startHost([]string{envKey + "=" + faultKey, envAPIURL + "=" + address, envSchemasURL + "=off", "GODEBUG=netdns=go"}, flags...)
	defer h.kill()
	if err != nil {
		return faultOutcome{err: err}
	}
	fail := func(err error) faultOutcome {
		h.kill()
		return faultOutcome{err: fmt.Errorf("%w\nstderr: %s", err, h.stderr.String())}
	}
	began := time.Now()
	if o.result, err = h.task(badID); err != nil {
		return fail(err)
	}
	o.took, o.asked, o.before = time.Since(began), asked.Load(), h.idle
	if err := h.goesOn(f.api != nil); err != nil {
		return fail(err)
	}
	shut()
	left, err := h.settled()
	if err != nil {
		return fail(err)
	}
	o.after = left.Goroutines
	if err := h.end(); err != nil {
		return fail(err)
	}
	o.stderr = h.stderr.String()
	return o
}

// goesOn makes sure that the server is as good as before.
func (h *host) goesOn(reachable bool) error {
	if !reachable {
		_, err := h.request("ping", "{}")
		return err
	}
	result, err := h.task(goodID)
	if err != nil {
		return err
	}
	if report, _ := rawjson.Member(result, "structuredContent"); member(report, "status") != string(schema.StatusSucceeded) {
		return fmt.Errorf("the next lookup went wrong: %.300s", result)
	}
	return nil
}

// judge holds an outcome to the table, and to what every outcome must be.
func (f fault) judge(t *testing.T, o faultOutcome, output *jsonschema.Schema) {
	t.Helper()
	if o.err != nil {
		t.Fatal(o.err)
	}
	report, _ := rawjson.Member(o.result, "structuredContent")
	text, _ := rawjson.Resolve(o.result, "/content/0/text")
	content, _ := rawjson.Text(text)
	diagnosis, _ := rawjson.Member(report, "diagnosis")
	got := verdict{
		schema.Status(member(report, "status")), schema.Category(member(diagnosis, "category")), schema.Retry(member(diagnosis, "retry")),
	}
	t.Logf("%-32s %-11s %-17s %-12s %5d %6d %4d → %2d  %s", f.name, got.status, got.category, got.retry, o.asked, o.took.Milliseconds(), o.before, o.after, member(diagnosis, "summary"))
	if diff := cmp.Diff(f.want, got, cmp.AllowUnexported(verdict{})); diff != "" {
		t.Errorf("verdict (-want +got):\n%s\n%s", diff, report)
	}
	if isError, _ := rawjson.Member(o.result, "isError"); (string(isError) == "true") == f.want.status.Found() {
		t.Errorf("isError is %s", isError)
	}
	if again := o.asked > 1; again != f.again {
		t.Errorf("the API was asked %d times", o.asked)
	}
	if !strings.Contains(content, f.says) || member(diagnosis, "summary") == "" || strings.Contains(content, otherID) {
		t.Errorf("%q is not in the report, or another task is: %s", f.says, content)
	}
	if !sameJSON([]byte(content), report) {
		t.Errorf("the text is not the structured content: %.500s", content)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(report))
	if err := errors.Join(err, output.Validate(value)); err != nil {
		t.Errorf("the output schema is broken: %v", err)
	}
	for _, trace := range faultKeyTraces() {
		for name, shown := range map[string]string{"result": string(o.result), "log": o.stderr} {
			if at := strings.Index(shown, trace); at >= 0 {
				t.Errorf("the key is in the %s: …%s…", name, shown[max(0, at-100):min(len(shown), at+100)])
			}
		}
	}
	if strings.Contains(o.stderr, "level=ERROR") {
		t.Errorf("stderr: %s", o.stderr)
	}
}

// outputSchema compiles what tools/list promises of get_task_details.
func outputSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	var raw []byte
	for _, definition := range definitions(t) {
		if member(definition, "name") == "get_task_details" {
			raw, _ = rawjson.Member(definition, "outputSchema")
		}
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("output.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("output.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}
