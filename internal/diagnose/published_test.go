package diagnose

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
)

// published asks the sandbox by the real service.
func published(t *testing.T) func(id string) Model {
	t.Helper()
	server, err := sandbox.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	service, err := modelschema.New(modelschema.Config{URL: server.SchemasURL})
	if err != nil {
		t.Fatal(err)
	}
	return func(id string) Model {
		if m := service.Model(t.Context(), id); m != nil {
			return m
		}
		return nil
	}
}

// What Runware publishes beside schemas, the registry and the pages that the sandbox serves, asked by the real service;
// and what its schemas ask that nobody can check here (unchecked-*).
func TestPublished(t *testing.T) {
	model := published(t)
	paths, err := filepath.Glob("testdata/published/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			parsed, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			a := archive{path, parsed}
			known := model
			if a.section("schema") != nil {
				known = a.model(t)
			}
			status, d := Task(t.Context(), a.task(), known)
			got, err := marshal(map[string]any{"status": status, "diagnosis": d})
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				a.set("want.json", got)
				if err := os.WriteFile(path, txtar.Format(a.Archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(a.section("want.json")), strings.TrimSpace(string(got))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestPrices(t *testing.T) {
	_, tasks := Request([]byte(`[
		{"taskType":"videoInference","model":"klingai:kling-video@2.6-pro","duration":5,"providerSettings":{"klingai":{"sound":true}}},
		{"taskType":"videoInference","model":"klingai:kling-video@2.6-pro","duration":5},
		{"taskType":"imageInference","model":"google-gemini-2-5-flash-image","numberResults":1},
		{"taskType":"imageInference","model":"google:4@1","numberResults":3},
		{"taskType":"imageInference","model":"runware:101@1"},
		{"taskType":"imageInference","model":"nobody:1@1"},
		{"taskType":"imageUpload"}]`), published(t))
	got := map[int]string{}
	for _, task := range tasks {
		if task.Price != "" {
			got[task.Index] = task.Price
		}
	}
	want := map[int]string{0: "$0.14 per second, $0.70 in all", 2: "$0.039 per image", 3: "$0.039 per image, $0.117 in all"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestRaise(t *testing.T) {
	for _, c := range []struct {
		before, after schema.Price
		want          string
	}{
		{schema.Price{Rate: "0.07", Unit: "second", Total: "0.35"}, schema.Price{Rate: "0.14", Unit: "second", Total: "0.70"}, "$0.07 → $0.14 per second"},
		{schema.Price{Rate: "0.07", Unit: "second", Total: "0.35"}, schema.Price{Rate: "0.07", Unit: "second", Total: "0.70"}, "$0.35 → $0.70"},
		{schema.Price{Rate: "0.07", Unit: "second"}, schema.Price{Rate: "0.07", Unit: "second", Total: "0.70"}, ""},
		{schema.Price{Rate: "0.14", Unit: "second", Total: "0.70"}, schema.Price{Rate: "0.07", Unit: "second", Total: "0.35"}, ""},
		{schema.Price{Rate: "0.1", Unit: "image", Total: "0.10"}, schema.Price{Rate: "0.10", Unit: "second", Total: "0.10"}, ""},
	} {
		if got := raise(c.before, c.after); got != c.want {
			t.Errorf("%v to %v: %q, want %q", c.before, c.after, got, c.want)
		}
	}
}
