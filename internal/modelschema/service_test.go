package modelschema

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

const plain = `{"requestSchema":{"type":"object","properties":{"width":{"minimum":1}}},"responseSchema":{},"documentation":"https://runware.ai/docs/models/plain"}`

// serve mounts a schema service under a prefix, so that a path built from the host alone finds nothing.
func serve(t *testing.T, handler http.HandlerFunc) (url string, calls *atomic.Int64) {
	t.Helper()
	calls = new(atomic.Int64)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /prefix/resolve/{id}", func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		handler(w, r)
	})
	mux.HandleFunc("GET /prefix/registry.json", http.NotFound) // as if the service had none
	mux.HandleFunc("GET /prefix/docs/", http.NotFound)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("unexpected request: %s %s", r.Method, r.URL)
		http.NotFound(w, r)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/prefix", calls
}

func newService(t *testing.T, c Config) *Service {
	t.Helper()
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if s.http != nil {
			s.http.CloseIdleConnections()
		}
	})
	return s
}

func reply(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }
}

func TestModel(t *testing.T) {
	body, err := os.ReadFile("testdata/models/runware_400@1.json")
	if err != nil {
		t.Fatal(err)
	}
	url, calls := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if got := r.PathValue("id"); got != "runware:400@1" {
			t.Errorf("asked for %q", got)
		}
		want := http.Header{"Accept": {"application/json"}, "Accept-Encoding": {"gzip"}, "User-Agent": {"mcp-taskdetails/test"}}
		if diff := cmp.Diff(want, r.Header); diff != "" {
			t.Errorf("more left than a model's id (-want +got):\n%s", diff)
		}
		_, _ = w.Write(body)
	})
	s := newService(t, Config{URL: url + "/", UserAgent: "mcp-taskdetails/test"})
	first := s.Model(t.Context(), "runware:400@1")
	if first == nil {
		t.Fatal("no model")
	}
	if got, want := first.Documentation("inputs.referenceImages"), "https://runware.ai/docs/models/runware-400-1#referenceImages"; got != want {
		t.Errorf("documentation %q, want %q", got, want)
	}
	if second := s.Model(t.Context(), "runware:400@1"); second.task != first.task || calls.Load() != 1 {
		t.Errorf("second call: same model %t, %d requests; want it from the cache", second.task == first.task, calls.Load())
	}
}

// Whatever the service answers, the caller gets nil, and the service is left alone for a while.
func TestModelUnavailable(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"unknown":            http.NotFound,
		"error":              func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "sorry", http.StatusBadGateway) },
		"no_content":         func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"html":               reply("<html>"),
		"empty":              reply(""),
		"truncated":          reply(plain[:40]),
		"array":              reply("[]"),
		"no_schema":          reply(`{"responseSchema":{}}`),
		"null_schema":        reply(`{"requestSchema":null}`),
		"string_schema":      reply(`{"requestSchema":"object"}`),
		"malformed_type":     reply(`{"requestSchema":{"type":"objekt"}}`),
		"malformed_minimum":  reply(`{"requestSchema":{"properties":{"a":{"minimum":"1"}}}}`),
		"malformed_required": reply(`{"requestSchema":{"required":[1]}}`),
		"dangling_ref":       reply(`{"requestSchema":{"$ref":"#/$defs/none"}}`),
		"hidden_remote_ref":  reply(`{"requestSchema":{"$ref":"#/x/y","x":{"y":{"$ref":"https://schemas.example.com/x"}}}}`),
		"deep":               reply(`{"requestSchema":` + strings.Repeat(`{"not":`, 500) + "{}" + strings.Repeat("}", 500) + "}"),
		"too_deep_for_json":  reply(`{"requestSchema":` + strings.Repeat(`[`, 20_000) + strings.Repeat("]", 20_000) + "}"),
		"many_schemas":       reply(`{"requestSchema":{"allOf":[` + strings.Repeat("{},", 6000) + `{}]}}`),
		"many_values":        reply(`{"requestSchema":{"enum":[` + strings.Repeat("1,", 200_000) + `1]}}`),
		"too_large":          reply(`{"requestSchema":{"$comment":"` + strings.Repeat("x", 5<<20) + `"}}`),
		"redirect_elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.2:9/prefix/resolve/a:1@1", http.StatusFound)
		},
		"redirect_forever": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) },
		"hang_up":          func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			url, calls := serve(t, handler)
			var log bytes.Buffer
			s := newService(t, Config{URL: url, Timeout: 20 * time.Second, Logger: slog.New(slog.NewTextHandler(&log, nil))})
			for range 3 {
				if m := s.Model(t.Context(), "a:1@1"); m != nil {
					t.Fatal("got a model")
				}
			}
			if n := calls.Load(); n != 1 && name != "redirect_forever" || n > 5 {
				t.Errorf("%d requests", n)
			}
			if warnings := strings.Count(log.String(), "level=WARN"); warnings != 1 && name != "unknown" || name == "unknown" && log.Len() > 0 {
				t.Errorf("log:\n%s", log.String())
			}
		})
	}
}

func TestModelRefusesIDs(t *testing.T) {
	url, calls := serve(t, reply(plain))
	const secret = "key-0123456789"
	s := newService(t, Config{URL: url}).Withholding(schema.Secret{}, schema.NewSecret(secret), schema.NewSecret("@1"))
	for _, id := range []string{
		"", ".", "..", "a", "a:1", "a@1", "1@a:1", ":1@1", "a:@1", "a:1@", "a:1@1@1", "a:b:1@1", "flux-1-dev", "civitai:1@1?token=x", "a:1@1#x",
		"a:1@1/b", `a:1@1\b`, "a:%2e@1", "a :1@1", "a:1@1\n", "a:1\x00@1", "a:1@1\u200b", "a:1@\xff", "模型:1@1", "a:1@" + strings.Repeat("1", 97),
		secret, "a:" + secret + "@1", "a:1@" + secret + ".x",
	} {
		if s.Model(t.Context(), id) != nil {
			t.Errorf("%q: got a model", id)
		}
	}
	if calls.Load() != 0 {
		t.Errorf("%d requests for ids that cannot be", calls.Load())
	}
	for _, id := range []string{"runware:400@1", "civitai:1.5@2", "klingai:kling-video@3-standard", "A_b:..@2.0", "a:1@" + strings.Repeat("1", 96)} {
		if s.Model(t.Context(), id) == nil {
			t.Errorf("%q: no model", id)
		}
	}
}

// A model's id is data of a task, and what a server says is foreign: no log repeats either, and an outage is warned of once.
func TestLogRepeatsNothing(t *testing.T) {
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.PathValue("id") {
		case "hidden:1@1":
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = conn.Write([]byte("HTTP/1.1 hidden-word\r\n\r\n"))
			_ = conn.Close()
		case "hidden:2@1":
			_, _ = w.Write([]byte(`{"requestSchema":{"$ref":"#/hidden"}}`))
		case "hidden:3@1":
			http.Redirect(w, r, "https://hidden.example.com/", http.StatusFound)
		case "hidden:4@1":
			w.WriteHeader(http.StatusBadGateway)
		default:
			http.NotFound(w, r)
		}
	})
	var log bytes.Buffer
	s := newService(t, Config{URL: url, Timeout: 20 * time.Second, Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))})
	for i := range 5 {
		if s.Model(t.Context(), fmt.Sprintf("hidden:%d@1", i+1)) != nil {
			t.Fatal("got a model")
		}
	}
	want := `level=WARN msg="model schema is not available" of=model reason="no answer"
level=DEBUG msg="model schema is not available" of=model reason="requestSchema cannot be used"
level=DEBUG msg="model schema is not available" of=model reason="redirect to another host"
level=DEBUG msg="model schema is not available" of=model reason="HTTP 502"
level=DEBUG msg="the schema service has none" of=model
level=DEBUG msg="the schema service has none" of=registry
`
	if diff := cmp.Diff(want, log.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNewRefusesURLs(t *testing.T) {
	for _, url := range []string{
		"http://schemas.example.com", "ftp://schemas.example.com", "schemas.example.com", "https://", "https://user:secret-word@schemas.example.com",
		"https://schemas.example.com?x=1", "https://schemas.example.com#x", "https://schemas.example.com#", "https://schemas.example.com?", "http://127.0.0.1.example.com", "https://%zz:secret-word@x", "OFF",
	} {
		_, err := New(Config{URL: url})
		if err == nil {
			t.Errorf("%s: accepted", url)
		} else if strings.Contains(err.Error(), "secret-word") {
			t.Errorf("error repeats the password: %v", err)
		}
	}
	for _, url := range []string{"", "off", "https://schemas.example.com/v1/", "http://localhost:1", "http://LOCALHOST:1", "http://127.8.8.8:1/x", "http://[::1]:1"} {
		if _, err := New(Config{URL: url}); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
	if newService(t, Config{URL: "off"}).Model(t.Context(), "a:1@1") != nil {
		t.Error("a service that is off has a model")
	}
}

// A service that never answers costs the timeout once; after that the failure is known for a while.
func TestModelTimeout(t *testing.T) {
	release := make(chan struct{})
	url, calls := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	t.Cleanup(func() { close(release) })
	s := newService(t, Config{URL: url, Timeout: 50 * time.Millisecond})
	for range 20 {
		if s.Model(t.Context(), "a:1@1") != nil {
			t.Fatal("got a model")
		}
	}
	// The first flight may still be landing when the second call begins.
	if n := calls.Load(); n > 2 {
		t.Errorf("%d requests", n)
	}
}

// Callers of one model share a flight, and one that leaves does not end it.
func TestModelOneFlight(t *testing.T) {
	arrived, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	url, calls := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		once.Do(func() { close(arrived) })
		<-release
		_, _ = w.Write([]byte(plain))
	})
	s := newService(t, Config{URL: url, Timeout: 20 * time.Second})
	impatient, leave := context.WithCancel(t.Context())
	left := make(chan *Model)
	go func() { left <- s.Model(impatient, "a:1@1") }()
	<-arrived
	leave()
	if m := <-left; m != nil {
		t.Error("a caller that left got a model")
	}
	var group sync.WaitGroup
	models := make([]*Model, 20)
	for i := range models {
		group.Go(func() { models[i] = s.Model(t.Context(), "a:1@1") })
	}
	close(release)
	group.Wait()
	for i, m := range models {
		if m == nil || m.task != models[0].task {
			t.Errorf("caller %d got %p, the first %p", i, m, models[0])
		}
	}
	if n := calls.Load(); n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestCacheExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c cache[Model]
		m := &Model{}
		c.put("a", entry[Model]{value: m, until: time.Now().Add(time.Minute)})
		c.put("none", entry[Model]{unknown: true, until: time.Now().Add(time.Second)})
		if got, ok := c.get("none"); !ok || got.value != nil || !got.unknown {
			t.Errorf("a model known to be missing: %v, %t", got, ok)
		}
		time.Sleep(time.Minute - time.Nanosecond)
		if got, ok := c.get("a"); !ok || got.value != m {
			t.Errorf("just before its end: %v, %t", got, ok)
		}
		if _, ok := c.get("none"); ok {
			t.Error("a failure is kept after its end")
		}
		time.Sleep(time.Nanosecond)
		if _, ok := c.get("a"); ok {
			t.Error("kept after its end")
		}
	})
}

// A failure is forgotten before a success is, so that a service that comes back is found.
func TestModelIsAskedAgain(t *testing.T) {
	var healthy atomic.Bool
	url, calls := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !healthy.Load() {
			http.Error(w, "sorry", http.StatusServiceUnavailable)
			return
		}
		reply(plain)(w, r)
	})
	s := newService(t, Config{URL: url, TTL: time.Hour})
	at := url + "/resolve/a:1@1"
	if s.Model(t.Context(), "a:1@1") != nil {
		t.Fatal("got a model")
	}
	healthy.Store(true)
	if kept := time.Until(s.models.entries[at].until); kept > 6*time.Minute || kept < 5*time.Minute {
		t.Errorf("a failure is kept for %v", kept)
	}
	s.models.entries[at] = entry[Model]{until: time.Now()}
	if s.Model(t.Context(), "a:1@1") == nil || calls.Load() != 2 {
		t.Errorf("not asked again: %d requests", calls.Load())
	}
	if kept := time.Until(s.models.entries[at].until); kept < 59*time.Minute {
		t.Errorf("a schema is kept for %v", kept)
	}
}

func TestCacheIsBounded(t *testing.T) {
	var c cache[Model]
	for i := range maxKept + 10 {
		c.put(strconv.Itoa(i), entry[Model]{value: &Model{}, until: time.Now().Add(time.Hour + time.Duration(i)*time.Second)})
	}
	if len(c.entries) != maxKept {
		t.Errorf("%d entries", len(c.entries))
	}
	if _, ok := c.get("9"); ok {
		t.Error("the oldest is kept")
	}
	if _, ok := c.get("10"); !ok {
		t.Error("a younger one is gone")
	}
}

// A $ref to another document is never followed, wherever it stands.
func TestRemoteRefIsNotFetched(t *testing.T) {
	var base string
	asked := new(atomic.Int64)
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = w.Write([]byte("{}"))
	}))
	t.Cleanup(other.Close)
	url, calls := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(strings.NewReplacer("OTHER", other.URL, "BASE", base).Replace(`{"requestSchema":{
			"$schema":"OTHER/meta","$id":"BASE/resolve/x",
			"properties":{"a":{"$ref":"OTHER/a"},"b":{"$ref":"y#/z"},"c":{"$ref":"file:///etc/passwd"},"d":{"type":"integer"},"e":{"$schema":"OTHER/m","$id":"OTHER/e","$ref":"f"}}}}`)))
	})
	base = url
	m := newService(t, Config{URL: url}).Model(t.Context(), "a:1@1")
	if m == nil {
		t.Fatal("no model")
	}
	if diff := cmp.Diff("type \"/d\" {\"text\":\"integer\",\"type\":\"integer\"}\n", listed(t, m.Validate([]byte(`{"a":1,"b":1,"c":1,"d":"x","e":1}`)))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if asked.Load() != 0 || calls.Load() != 1 {
		t.Errorf("%d requests to another host, %d to the service", asked.Load(), calls.Load())
	}
}
