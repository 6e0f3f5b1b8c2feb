package modelschema

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"mcp-taskdetails/schema"
)

var update = flag.Bool("update", false, "rewrite the expected sections of testdata")

// An archive has a schema (or names a model of testdata/models) and tasks. The violations of x.task stand in x.want,
// one a line: breach, pointer, constraint.
func TestValidate(t *testing.T) {
	for _, path := range archives(t, "validate") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive := read(t, path)
			m := archiveModel(t, archive)
			for _, file := range slices.Clone(archive.Files) {
				name, ok := strings.CutSuffix(file.Name, ".task")
				if !ok {
					continue
				}
				before := bytes.Clone(file.Data)
				got := listed(t, m.Validate(file.Data))
				if !bytes.Equal(before, file.Data) {
					t.Errorf("%s: Validate changed the task", name)
				}
				expect(t, archive, name+".want", got)
			}
			if *update {
				write(t, path, archive)
			}
		})
	}
}

func archives(tb testing.TB, folder string) []string {
	tb.Helper()
	paths, err := filepath.Glob("testdata/" + folder + "/*.txtar")
	if err != nil || len(paths) == 0 {
		tb.Fatalf("no archives in %s: %v", folder, err)
	}
	return paths
}

func read(tb testing.TB, path string) *txtar.Archive {
	tb.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return archive
}

func write(t *testing.T, path string, archive *txtar.Archive) {
	t.Helper()
	if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

func section(archive *txtar.Archive, name string) (*txtar.File, bool) {
	for i, file := range archive.Files {
		if file.Name == name {
			return &archive.Files[i], true
		}
	}
	return nil, false
}

func archiveModel(tb testing.TB, archive *txtar.Archive) *Model {
	tb.Helper()
	if file, ok := section(archive, "model"); ok {
		return fileModel(tb, strings.TrimSpace(string(file.Data)))
	}
	file, ok := section(archive, "schema")
	if !ok {
		tb.Fatal("archive has neither schema nor model")
	}
	return mustCompile(tb, string(file.Data))
}

func fileModel(tb testing.TB, name string) *Model {
	tb.Helper()
	return parsed(tb, "testdata/models/"+name)
}

func parsed(tb testing.TB, path string) *Model {
	tb.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	m, err := Parse(body)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func mustCompile(tb testing.TB, document string) *Model {
	tb.Helper()
	m, err := compile([]byte(document))
	if err != nil {
		tb.Fatalf("compile: %v", err)
	}
	return m
}

// expect compares a section of the archive, or sets it under -update.
func expect(t *testing.T, archive *txtar.Archive, name, got string) {
	t.Helper()
	file, ok := section(archive, name)
	switch {
	case *update && !ok:
		// After its task; at the end if it is not about one.
		task := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == strings.TrimSuffix(name, ".want")+".task" })
		if task < 0 {
			task = len(archive.Files) - 1
		}
		archive.Files = slices.Insert(archive.Files, task+1, txtar.File{Name: name, Data: []byte(got)})
	case *update:
		file.Data = []byte(got)
	case !ok:
		t.Errorf("%s: no such section; run with -update and read what it writes", name)
	default:
		if diff := cmp.Diff(string(file.Data), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func listed(tb testing.TB, violations []schema.Violation) string {
	tb.Helper()
	if len(violations) == 0 {
		return "passes\n"
	}
	var b strings.Builder
	for _, v := range violations {
		fmt.Fprintf(&b, "%s %q %s\n", v.Kind, v.Pointer, compact(tb, v.Constraint))
	}
	return b.String()
}

// compact prints a constraint without its source, which is always the same.
func compact(tb testing.TB, c schema.Constraint) string {
	tb.Helper()
	if c.Source != schema.SourceModelSchema {
		tb.Errorf("source is %q", c.Source)
	}
	text, err := json.Marshal(c)
	if err != nil {
		tb.Fatal(err)
	}
	plain := strings.NewReplacer(`,"source":"model_schema"`, "", `"source":"model_schema"`, "", `\u003c`, "<", `\u003e`, ">", `\u0026`, "&")
	return plain.Replace(string(text))
}

// TestPasses holds that what was not judged in full does not pass: it would be shown as verified.
func TestPasses(t *testing.T) {
	m := mustCompile(t, `{"type":"object","properties":{"width":{"type":"integer"}}}`)
	for _, c := range []struct {
		name, task string
		want       bool
	}{
		{"fits", `{"width":1}`, true},
		{"breaks", `{"width":"1"}`, false},
		{"no JSON", `{"width":`, false},
		{"too many values", `{"list":[` + strings.Repeat("1,", maxValues) + `1]}`, false},
		{"too deep", `{"deep":` + strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1) + `}`, false},
	} {
		if got := m.Passes([]byte(c.task)); got != c.want {
			t.Errorf("%s: passes = %t", c.name, got)
		}
	}
}
