package modelschema

import (
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

// publishing is a service with a schema, a registry and a page, that counts what it is asked for.
func publishing(t *testing.T, files map[string]string) (url string, asked func() map[string]int) {
	t.Helper()
	var mu sync.Mutex
	counts := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		counts[r.URL.Path]++
		mu.Unlock()
		body, ok := files[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return server.URL, func() map[string]int {
		mu.Lock()
		defer mu.Unlock()
		return maps.Clone(counts)
	}
}

const listedModels = `{"version":"1","models":{
	"runware:101@1":{"taskType":"imageInference","id":"flux-1-dev"},
	"runware:5@1":{"taskType":"imageInference","id":"twice"},"runware:6@1":{"taskType":"imageInference","id":"twice"},
	"civitai:1@1":{"taskType":"imageInference","id":"uploaded"},
	"runware:7@1":{"taskType":"imageInference","id":"../../v1"},"not an id":{"id":"odd"},"runware:8@1":7,"klingai:9@1":{"id":null}}}`

func TestRegistry(t *testing.T) {
	url, asked := publishing(t, map[string]string{
		"/resolve/runware:101@1":         plain,
		"/registry.json":                 listedModels,
		"/docs/models/plain/schema.json": `{"openapi":"3.1.0","info":{"x-status":"deprecated"}}`,
	})
	s := newService(t, Config{URL: url})
	for id, want := range map[string]*schema.Listing{
		"runware:101@1":        {Status: schema.ListingDeprecated},
		"flux-1-dev":           {AIR: "runware:101@1", Slug: "flux-1-dev", Status: schema.ListingDeprecated},
		"uploaded":             {AIR: "civitai:1@1", Slug: "uploaded"}, // of which there is no schema
		"runware:99@1":         {AIR: "runware:99@1", Status: schema.ListingUnlisted},
		"klingai:99@1":         {AIR: "klingai:99@1", Status: schema.ListingUnlisted},
		"klingai:9@1":          nil, // listed, without a schema
		"civitai:2@2":          nil, // others' models are not listed
		"rundiffusion:130@100": nil,
		"twice":                nil, // which one is meant is not known
		"odd":                  nil,
		"flux":                 nil,
		"Flux-1-Dev":           nil,
		"../../v1":             nil,
		"a photo of a cat":     nil,
	} {
		m := s.Model(t.Context(), id)
		if want == nil || m == nil {
			if m != nil || want != nil {
				t.Errorf("%s: got %v, want %v", id, m, want)
			}
			continue
		}
		if diff := cmp.Diff(*want, m.Listing()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
		if m.task != nil {
			continue
		}
		// A model without a schema judges nothing.
		task := mustDecode(t, []byte(`{"model":"x"}`))
		if broken, judged := m.Broken(task); len(broken) > 0 || judged || m.Accepts(task) || m.Passes([]byte(`{}`)) || len(m.Validate([]byte(`{}`))) > 0 {
			t.Errorf("%s: judged without a schema", id)
		}
		if _, ok := m.Constraint("/x"); ok || len(m.Places()) > 0 || len(m.Unchecked(task)) > 0 || m.Parameters() != nil || m.Documentation("x") != "" {
			t.Errorf("%s: knows something without a schema", id)
		}
		if _, ok := m.Price(task); ok {
			t.Errorf("%s: has a price", id)
		}
	}
	for path, n := range asked() {
		if n != 1 {
			t.Errorf("%s was asked for %d times", path, n)
		}
		if strings.Contains(path, "flux") || strings.Contains(path, "cat") {
			t.Errorf("what stands in the task was told: %s", path)
		}
	}
}

// The registry is asked for only where an id is no id, or has no schema.
func TestRegistryIsNotAskedInVain(t *testing.T) {
	url, asked := publishing(t, map[string]string{"/resolve/runware:101@1": plain, "/registry.json": listedModels})
	s := newService(t, Config{URL: url})
	if s.Model(t.Context(), "runware:101@1") == nil {
		t.Fatal("no model")
	}
	if diff := cmp.Diff(map[string]int{"/resolve/runware:101@1": 1}, asked()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Whatever stands where the registry or a page should, nothing is known then.
func TestPublishedNonsense(t *testing.T) {
	for _, body := range []string{"", "<html>", "[]", "null", `{"models":[]}`, `{"models":null}`, `{"models":{"a":{"id":"flux"}}}`, `{"models"`, `{"info":[]}`, `{"info":{"x-pricing":{"rates":{}}}}`, strings.Repeat("[", 20_000)} {
		url, _ := publishing(t, map[string]string{"/resolve/runware:101@1": plain, "/registry.json": body, "/docs/models/plain/schema.json": body})
		s := newService(t, Config{URL: url, Logger: slog.New(slog.DiscardHandler)})
		if m := s.Model(t.Context(), "flux"); m != nil {
			t.Errorf("%.20q: a slug became %+v", body, m.Identity())
		}
		if m := s.Model(t.Context(), "runware:99@1"); m != nil {
			t.Errorf("%.20q: listed %+v", body, m.Identity())
		}
		m := s.Model(t.Context(), "runware:101@1")
		if m == nil {
			t.Fatal("no model")
		}
		if l := m.Listing(); l != (schema.Listing{}) {
			t.Errorf("%.20q: %+v", body, l)
		}
		if p, ok := m.Price(mustDecode(t, []byte(`{"duration":5}`))); ok {
			t.Errorf("%.20q: %+v", body, p)
		}
	}
}

// A page that never answers costs no more than what is left of the timeout, and the schema is there all the same.
func TestPageNeverAnswers(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/resolve/") {
			_, _ = io.WriteString(w, plain)
			return
		}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(release) })
	m := newService(t, Config{URL: server.URL, Timeout: 2 * time.Second}).Model(t.Context(), "runware:101@1")
	if m == nil {
		t.Fatal("no model")
	}
	if p, ok := m.Price(mustDecode(t, []byte(`{}`))); ok {
		t.Errorf("price %+v", p)
	}
}

// Pages are asked for with Runware, or with the service that stands in for it; never elsewhere.
func TestDocumentURL(t *testing.T) {
	for base, want := range map[string]string{
		"":                            "https://runware.ai/docs/models/x/schema.json",
		"https://schemas.runware.ai/": "https://runware.ai/docs/models/x/schema.json",
		"http://127.0.0.1:1/prefix":   "http://127.0.0.1:1/prefix/docs/models/x/schema.json",
		"https://mirror.example.com":  "https://mirror.example.com/docs/models/x/schema.json",
	} {
		s := newService(t, Config{URL: base})
		if got := s.documentURL("https://runware.ai/docs/models/x"); got != want {
			t.Errorf("%q: %s, want %s", base, got, want)
		}
	}
}
