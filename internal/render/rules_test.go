package render

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"mcp-taskdetails/schema"
)

var update = flag.Bool("update", false, "rewrite what a person reads in the archives of internal/diagnose")

// TestRulesRendered holds what a person reads of each rule's archive: the diagnosis that diagnose's own tests hold, in text.
func TestRulesRendered(t *testing.T) {
	paths, err := filepath.Glob("../diagnose/testdata/rules/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			report := schema.TaskReport{TaskUUID: "c0000000-0000-4000-8000-000000000001"}
			want := -1
			for i, f := range archive.Files {
				switch f.Name {
				case "request":
					report.Request = f.Data
				case "want.json":
					if err := json.Unmarshal(f.Data, &report); err != nil {
						t.Fatal(err)
					}
				case "want.txt":
					want = i
				}
			}
			got := Report(report, Options{})
			if *update {
				if want < 0 {
					archive.Files = append(archive.Files, txtar.File{Name: "want.txt"})
					want = len(archive.Files) - 1
				}
				archive.Files[want].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatal("no want.txt: run with -update, then read it")
			}
			if diff := cmp.Diff(string(archive.Files[want].Data), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
