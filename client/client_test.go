package client

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

const (
	testKey = "test-key-0123456789"
	idA     = "a770f077-f413-47de-9dac-be0b26a35da6"
	idB     = "b880f077-e514-58ef-0ebd-ce1c37b46eb7"
	idC     = "c990f077-f413-47de-9dac-be0b26a35da6"
)

// answer is one item of `data`, with originals that name the id.
func answer(id string) string {
	return `{"taskType":"getTaskDetails","taskUUID":"` + id + `","request":[{"taskUUID":"` + id +
		`","seed":9223372036854775807}],"response":{"data":[{"cost":0.0013,"taskUUID":"` + id + `"}]}}`
}

func data(items ...string) string { return `{"data":[` + strings.Join(items, ",") + `]}` }

// serve mounts handler under a path of its own, so that a client which forgets the path of its URL fails, and tells why.
func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/prefix/v1", handler)
	mux.HandleFunc("/", func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("request for %s: the client forgot the path of its URL", r.URL.Path)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// connect makes a client of server that sends a request once, unless config says otherwise.
func connect(t *testing.T, server *httptest.Server, config Config) *Client {
	t.Helper()
	config.URL = server.URL + "/prefix/v1"
	if config.Key.IsZero() {
		config.Key = schema.NewSecret(testKey)
	}
	if config.Attempts == 0 {
		config.Attempts = 1
	}
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// write sends text to a client that may have gone.
func write(w io.Writer, text string) { _, _ = io.WriteString(w, text) }

func reply200(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { write(w, body) }
}

// failure returns the error of the only lookup.
func failure(t *testing.T, lookups []Lookup) *Error {
	t.Helper()
	if len(lookups) != 1 {
		t.Fatalf("got %d lookups, want 1", len(lookups))
	}
	var e *Error
	if !errors.As(lookups[0].Err, &e) {
		t.Fatalf("got error %v (%T), want *Error", lookups[0].Err, lookups[0].Err)
	}
	return e
}

func TestQuestion(t *testing.T) {
	type question struct {
		Method, Path, Authorization, ContentType, UserAgent, IdempotencyKey, Body string
	}
	var got question
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = question{
			r.Method, r.URL.Path, r.Header.Get("Authorization"), r.Header.Get("Content-Type"), r.UserAgent(),
			r.Header.Get("Idempotency-Key"), string(body),
		}
		write(w, data(answer(idA)))
	})
	connect(t, server, Config{UserAgent: "tester/1"}).TaskDetails(t.Context(), idA, strings.ToUpper(idA), idB, idA)
	want := question{
		"POST", "/prefix/v1", "Bearer " + testKey, "application/json", "tester/1", "",
		`[{"taskType":"getTaskDetails","taskUUID":"` + idA + `"},{"taskType":"getTaskDetails","taskUUID":"` + idB + `"}]`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("request (-want +got):\n%s", diff)
	}
}

// Answers come shuffled, twice, in another letter case, with strangers and beside errors.
func TestAnswersAreMatchedByID(t *testing.T) {
	server := serve(t, reply200(`{"errors":[{"code":"taskNotFound","message":"No task found.","taskUUID":"`+idC+`"}],"data":[`+
		answer("d0000000-f413-47de-9dac-be0b26a35da6")+`,`+answer(strings.ToUpper(idB))+`,`+answer(idA)+`,`+
		`{"taskType":"getTaskDetails","taskUUID":"`+idA+`","request":[],"response":{}}]}`))
	lookups := connect(t, server, Config{}).TaskDetails(t.Context(), idA, idB, idC, idA)

	var got []string
	for _, l := range lookups {
		if l.Err != nil {
			got = append(got, l.TaskUUID+" "+l.Err.Error())
			continue
		}
		got = append(got, l.TaskUUID+" "+l.Task.TaskUUID+" "+string(l.Task.Request)+" "+string(l.Task.Response))
	}
	whole := func(asked, id string) string {
		return asked + " " + id + ` [{"taskUUID":"` + id + `","seed":9223372036854775807}] {"data":[{"cost":0.0013,"taskUUID":"` + id + `"}]}`
	}
	want := []string{
		whole(idA, idA), whole(idB, strings.ToUpper(idB)),
		idC + " runware: getTaskDetails: HTTP 200 with an API error: taskNotFound, after 1 attempt", whole(idA, idA),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lookups (-want +got):\n%s", diff)
	}
}

// An error without an id concerns every task that was not answered; one with an id concerns that task alone.
func TestErrorsAreAttributed(t *testing.T) {
	server := serve(t, reply200(`{"data":[`+answer(idA)+`],"errors":[{"code":"rateLimitExceeded","message":"m"},`+
		`{"code":"taskNotFound","message":"m","taskUUID":"`+strings.ToUpper(idB)+`"}]}`))
	var got []schema.Category
	for _, l := range connect(t, server, Config{}).TaskDetails(t.Context(), idA, idB, idC) {
		if e, ok := errors.AsType[*Error](l.Err); ok {
			got = append(got, e.Kind)
			continue
		}
		got = append(got, schema.CategoryNone)
	}
	want := []schema.Category{schema.CategoryNone, schema.CategoryNotFound, schema.CategoryRateLimit}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

func TestNoKeySendsNothing(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") }))
	defer server.Close()
	c, err := New(Config{URL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	want := &Error{Kind: schema.CategoryAuthentication, Detail: "no key is set", NoKey: true}
	if diff := cmp.Diff(want, failure(t, c.TaskDetails(t.Context(), idA))); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
	if got := c.TaskDetails(t.Context()); got != nil {
		t.Errorf("no ids brought %v, want nil", got)
	}
}

func TestNew(t *testing.T) {
	const example = "; an example is https://api.runware.ai/v1"
	for _, test := range []struct{ url, want string }{
		{"", ""},
		{"https://api.example.com/v1?region=eu", ""},
		{"http://127.8.0.1:9000/v1", ""},
		{"http://[::1]:9000", ""},
		{"http://LocalHost:9000/v1", ""},
		{"http://api.example.com/v1", "must be https, since http would show the key to the network; http is for loopback alone, such as http://127.0.0.1:8080/v1"},
		{"http://10.0.0.1/v1", "must be https, since http would show the key to the network; http is for loopback alone, such as http://127.0.0.1:8080/v1"},
		{"http://localhost.example.com/v1", "must be https, since http would show the key to the network; http is for loopback alone, such as http://127.0.0.1:8080/v1"},
		{"https://user:hunter2@api.example.com/v1", "must not hold a user or password"},
		{"https://api.example.com/v1#top", "must not hold a fragment"},
		{"https://api.example.com/v1#", "must not hold a fragment"},
		{"wss://ws-api.example.com/v1", "must begin with https://"},
		{"api.example.com/v1", "names no host"},
		{"https://:443/v1", "names no host"},
		{"https://hunter2\x7f.example.com", "cannot be read"},
	} {
		_, err := New(Config{URL: test.url})
		got := ""
		if err != nil {
			got = strings.TrimSuffix(strings.TrimPrefix(err.Error(), "client: the API URL "), example)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.url, diff)
		}
		if strings.Contains(got, "hunter2") {
			t.Errorf("%s: the error repeats the URL", test.url)
		}
	}
}

func TestNewRefusesOddSettings(t *testing.T) {
	for name, config := range map[string]Config{
		"line break in key": {Key: schema.NewSecret(testKey + "\n")},
		"blank in key":      {Key: schema.NewSecret("Bearer " + testKey)},
		"negative timeout":  {Timeout: -time.Second},
		"negative limit":    {MaxReply: -1},
		"negative attempts": {Attempts: -1},
	} {
		if _, err := New(config); err == nil || strings.Contains(err.Error(), testKey) {
			t.Errorf("%s: got error %v", name, err)
		}
	}
}

// A hundred calls in flight keep a hundred connections for the next hundred; a failed call costs none of them.
func TestConnectionsAreKept(t *testing.T) {
	const calls = 100
	arrived, release := make(chan string, calls), make(chan struct{})
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		arrived <- r.RemoteAddr
		<-release
		w.WriteHeader(http.StatusUnauthorized)
		write(w, `{"errors":[{"code":"invalidApiKey","message":"m"}]}`)
	})
	c := connect(t, server, Config{})
	seen := make(map[string]bool)
	for range 2 {
		done := make(chan struct{}, calls)
		for range calls {
			go func() { c.TaskDetails(t.Context(), idA); done <- struct{}{} }()
		}
		for range calls {
			seen[<-arrived] = true
		}
		for range calls {
			release <- struct{}{}
		}
		for range calls {
			<-done
		}
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		if c.TaskDetails(cancelled, idA)[0].Err == nil {
			t.Error("a cancelled call was answered")
		}
	}
	if len(seen) != calls {
		t.Errorf("%d connections for two rounds of %d calls, want %d", len(seen), calls, calls)
	}
}

// A server may close an idle connection just as a call takes it. That costs a new connection, not an attempt and its wait.
func TestStaleConnection(t *testing.T) {
	var seen []string
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.RemoteAddr)
		if len(seen) == 2 {
			panic(http.ErrAbortHandler)
		}
		write(w, data(answer(idA)))
	})
	c := connect(t, server, Config{Attempts: 1})
	for range 2 {
		if err := c.TaskDetails(t.Context(), idA)[0].Err; err != nil {
			t.Error(err)
		}
	}
	if len(seen) != 3 || seen[0] != seen[1] || seen[1] == seen[2] {
		t.Errorf("requests came from %v, want one, the same, another", seen)
	}
}

// In a batch, keeping one task must not keep the memory of them all, nor in a reply that is mostly something else; alone,
// nothing is copied.
func TestOriginalsShareTheBodyOnlyWhenAlone(t *testing.T) {
	body := []byte(data(answer(idA), answer(idB)))
	crowded := []byte(data(answer(idA), strings.Repeat(answer(idB)+",", 100)+"0"))
	x := &exchange{Client: &Client{}, ids: []string{idA}, taskType: taskDetails}
	read := func(body []byte) {
		if err := x.read(t.Context(), body); err != nil {
			t.Fatal(err)
		}
	}
	read(body)
	alone := x.reply.answers[idA].Request
	x.ids = []string{idA, idB}
	read(body)
	batched := x.reply.answers[idA].Request
	x.ids = []string{idA}
	read(crowded)
	inCrowd := x.reply.answers[idA].Request
	clear(body)
	clear(crowded)
	if json.Valid(alone) {
		t.Error("a lone answer was copied")
	}
	if !json.Valid(batched) {
		t.Error("an answer of a batch shares the body")
	}
	if !json.Valid(inCrowd) {
		t.Error("an answer shares a body that is mostly something else")
	}
}

func TestCancelledBeforehand(t *testing.T) {
	server := serve(t, reply200(data(answer(idA))))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	e := failure(t, connect(t, server, Config{}).TaskDetails(ctx, idA))
	if !errors.Is(e, context.Canceled) || e.Detail != "the call was cancelled" {
		t.Errorf("got %v", e)
	}
}
