package message

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed phrases.txt
var phrasesText string

//go:embed signals.txt
var signalsText string

//go:embed stances.txt
var stancesText string

//go:embed complaints.txt
var complaintsText string

//go:embed notions.txt
var notionsText string

//go:embed hedges.txt
var hedgesText string

//go:embed units.txt
var unitsText string

//go:embed classes.txt
var classesText string

//go:embed subjects.txt
var subjectsText string

// tables are the words that messages are read by.
type tables struct {
	phrases    map[string][]phrase // by first word; "" holds those that begin with a number
	signals    []signalRow
	stances    []stanceRow
	complaints []complaintRow
	notions    []notionRow
	hedges     []hedgeRow
	subjects   []subjectRow
	units      map[string]unitRow
	classes    map[string][]string // words that stand for one another in the patterns of the others
	stems      map[string]*stem    // by pattern
	shared     int                 // how many of them several rows have
}

// words are the tables as embedded. A test holds that they load; a row that is refused is absent.
//
//nolint:gochecknoglobals // made once, on first use, then never written
var words = sync.OnceValue(func() *tables {
	t, _ := load(phrasesText, signalsText, stancesText, unitsText, complaintsText, notionsText, hedgesText, classesText, subjectsText)
	return t
})

// meant is what a row that says one thing in one way says, and the way.
func meant[T any](t *tables, r row, of func(meaning string) (T, bool), kind string) (meaning T, way stems, err error) {
	meaning, ok := of(r.meaning)
	if !ok {
		return meaning, nil, fmt.Errorf("%q is no %s", r.meaning, kind)
	}
	way, err = t.newStems(r.pattern)
	return meaning, way, err
}

// load reads the nine tables, and refuses the first row of each that could not mean what it says. What loaded is
// returned with the error.
func load(phrases, signals, stances, units, complaints, notions, hedges, classes, subjects string) (*tables, error) {
	t := &tables{phrases: map[string][]phrase{}, units: map[string]unitRow{}, classes: map[string][]string{}, stems: map[string]*stem{}}
	for _, table := range [...]struct {
		name, text string
		add        func(row) error
	}{
		{"classes.txt", classes, t.addClass},
		{"phrases.txt", phrases, t.addPhrase},
		{"signals.txt", signals, t.addSignal},
		{"stances.txt", stances, t.addStance},
		{"units.txt", units, t.addUnit},
		{"complaints.txt", complaints, t.addComplaint},
		{"notions.txt", notions, t.addNotion},
		{"hedges.txt", hedges, t.addHedge},
		{"subjects.txt", subjects, t.addSubject},
	} {
		rows, err := readRows(table.text)
		for _, r := range rows {
			if err != nil {
				break
			}
			if err = table.add(r); err != nil {
				err = fmt.Errorf("line %d: %w", r.line, err)
			}
		}
		if err != nil {
			return t, fmt.Errorf("%s: %w", table.name, err)
		}
	}
	return t, nil
}

// addClass adds words to a class.
func (t *tables) addClass(r row) error {
	words, err := alternatives(r.pattern)
	for _, w := range words {
		if w = strings.ReplaceAll(w, "_", " "); strings.TrimSpace(w) == "" {
			return fmt.Errorf("%q holds an empty word", r.pattern)
		}
		t.classes[r.meaning] = append(t.classes[r.meaning], w)
	}
	return err
}

// row is a line of a table: what is looked for, what it means, a text that reads otherwise without the row, and one
// that the row must leave alone.
type row struct {
	line                            int
	pattern, meaning, text, counter string
}

// readRows takes a table apart. Columns stand between bars that have a blank on either side; "#" begins a remark.
func readRows(text string) ([]row, error) {
	var rows []row
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		columns := strings.Split(line, " | ")
		if len(columns) < 3 || len(columns) > 4 {
			return rows, fmt.Errorf("line %d: %d columns, want row | meaning | example, and a counter-example where it can over-reach", n, len(columns))
		}
		for i := range columns {
			if columns[i] = strings.TrimSpace(columns[i]); columns[i] == "" {
				return rows, fmt.Errorf("line %d: column %d is empty", n, i+1)
			}
		}
		r := row{line: n, pattern: columns[0], meaning: columns[1], text: columns[2]}
		if len(columns) == 4 {
			r.counter = columns[3]
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// alternatives cuts a|b|c, and refuses an empty word: it would match anywhere.
func alternatives(pattern string) ([]string, error) {
	all := strings.Split(pattern, "|")
	for _, w := range all {
		if w == "" {
			return nil, fmt.Errorf("%q holds an empty word", pattern)
		}
		if w != strings.ToLower(w) {
			return nil, fmt.Errorf("%q is not lower case, as the text is when it is compared", w)
		}
	}
	return all, nil
}
