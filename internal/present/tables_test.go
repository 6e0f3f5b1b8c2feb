package present

import (
	"fmt"
	"strings"
	"testing"
)

// example is one row of a table: what is masked for it alone, and what looks alike. without runs a function while the
// row is not there.
type example struct {
	name, masked, shown string
	without             func(func())
}

// Every row of the tables masks its example and leaves its look-alike, and the example needs the row. The names have the
// same test in package looks.
func TestRowsOfTables(t *testing.T) {
	p := New(Config{})
	seen := map[string]bool{}
	for _, e := range examples() {
		t.Run(e.name, func(t *testing.T) {
			if seen[e.name] {
				t.Fatal("stands there twice")
			}
			seen[e.name] = true
			masked, shown := "so "+strings.ReplaceAll(e.masked, bar, "")+" it is", "so "+strings.ReplaceAll(e.shown, bar, "")+" it is"
			if got := p.Text(masked); !strings.Contains(got, redacted) || !strings.HasPrefix(got, "so ") || !strings.HasSuffix(got, " it is") {
				t.Errorf("%s became %s", masked, got)
			}
			if got := p.Text(shown); got != shown {
				t.Errorf("%s became %s", shown, got)
			}
			e.without(func() {
				if got := p.Text(masked); got != masked {
					t.Errorf("%s becomes %s without its row", masked, got)
				}
			})
		})
	}
	for i := range endpoints {
		row := endpoints[i]
		if !hintsAtEndpoint([]byte(row.word)) {
			t.Errorf("no hint leads to the row of %s", row.word)
		}
		if got := endpointOf([]byte(row.example)); got != row.where {
			t.Errorf("%s is %d, its row says %d", row.example, got, row.where)
		}
		if got := endpointOf([]byte(row.not)); (got == plain) != (row.where != plain) {
			t.Errorf("%s, which the row of %s must not reach, is %d", row.not, row.word, got)
		}
		without(&endpoints[i], endpointRow{word: "\x00"})(func() {
			if got := endpointOf([]byte(row.example)); got == row.where {
				t.Errorf("%s is judged the same without the row of %s", row.example, row.word)
			}
		})
	}
}

func examples() (all []example) {
	for first := range shapesBy {
		for i := range shapesBy[first] {
			row := &shapesBy[first][i]
			if row.prefix[0] != byte(first) {
				panic(row.prefix + " stands under another letter")
			}
			all = append(all, example{fmt.Sprint("shape ", row.prefix, row.proof), row.example, row.not, without(row, shape{prefix: "\x00"})})
		}
	}
	for i := range hooks {
		row := &hooks[i]
		all = append(all, example{"hook " + strings.ReplaceAll(row.pattern, "/", "|"), row.example, row.not, without(row, hook{pattern: "\x00"})})
	}
	for i := range phrases {
		row := &phrases[i]
		all = append(all, example{"phrase " + row.words, row.example, row.not, without(row, phrase{words: "\x00"})})
	}
	for i := range quotes {
		row := &quotes[i]
		all = append(all, example{"quote " + row.open, row.example, row.not, without(row, mark{open: "\x00", end: "\x00"})})
	}
	for i := range copulas {
		row := &copulas[i]
		all = append(all, example{"copula " + row.word, row.example, row.not, without(row, copula{word: "\x00"})})
	}
	for i := range shorts {
		row := &shorts[i]
		all = append(all, example{"option " + row.program + row.option, row.example, row.not, without(row, short{option: "\x00"})})
	}
	return all
}

// without takes a row out of its table for as long as a function runs.
func without[T any](row *T, nothing T) func(func()) {
	return func(run func()) {
		kept := *row
		*row = nothing
		defer func() { *row = kept }()
		run()
	}
}
