package mend

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite testdata/mends.golden")

// The mends of every task of the archives on models of published shape, one mend a line, with what is lost or given up
// by it.
func TestMends(t *testing.T) {
	paths, err := filepath.Glob("../modelschema/testdata/conditions/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	var b strings.Builder
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		var p Problem
		for _, file := range archive.Files {
			if file.Name == "schema" {
				break // of no published shape
			}
			if file.Name == "model" {
				p = problem(model(t, strings.TrimSuffix(strings.TrimSpace(string(file.Data)), ".json")), nil)
			}
			task, ok := strings.CutSuffix(file.Name, ".task")
			if !ok {
				continue
			}
			p.Task = decode(t, file.Data)
			r := mender(t).Mend(p)
			checkResult(t, p, r)
			fmt.Fprintf(&b, "%s/%s: %d validations", name, task, r.Validations)
			if r.Exhausted {
				b.WriteString(", exhausted")
			}
			b.WriteByte('\n')
			for _, m := range r.Mends {
				b.WriteString("\t" + line(m) + "\n")
			}
			if r.Partial != nil {
				b.WriteString("\tpartial: " + line(*r.Partial) + "\n")
			}
		}
	}
	const golden = "testdata/mends.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("mends (-want +got):\n%s", diff)
	}
}

func line(m Mend) string {
	var parts []string
	for _, e := range m.Edits {
		var b strings.Builder
		b.WriteString(string(e.Kind))
		for _, c := range e.Changes {
			b.WriteString(" " + c.From)
			if c.To != c.From {
				b.WriteString("→" + c.To)
			}
			if e.Kind == KindNormalise || e.Kind == KindAdd {
				b.WriteString("=" + short(c.New))
			}
		}
		for _, i := range e.Settles {
			b.WriteString(" #" + strconv.Itoa(i))
		}
		if e.Loses {
			b.WriteString(" (loses)")
		}
		if e.Abandons {
			b.WriteString(" (abandons)")
		}
		parts = append(parts, b.String())
	}
	if len(parts) == 0 {
		return "nothing to mend"
	}
	return strings.Join(parts, "; ")
}

func jsonNumber(text string) json.Number { return json.Number(text) }

func short(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return "?"
	}
	return string(text)
}
