// Package codes is what is known of Runware's error codes: a table of code, category, retry, cause and fix. Codes are an
// open set, so families of codes answer for those that nobody has seen yet; For says which row speaks.
//
// It knows nothing of messages and requests. The table is codes.txt, whose head says how to extend it.
package codes

import (
	_ "embed" // for the table
	"strings"
	"sync"

	"mcp-taskdetails/schema"
)

//go:embed codes.txt
var text string

// Row is what the table says of a code. The zero Row speaks for codes of which nothing is known.
type Row struct {
	Code       string // as the table spells it; a family has a star in it
	Category   schema.Category
	Retry      schema.Retry
	Cause, Fix string   // our words, with names in braces to be filled in; empty where the message decides
	General    bool     // the message may name a closer category
	Family     bool     // matched by a pattern, not by the code itself
	parts      []string // of the pattern, lower case, cut at its stars
}

// Settled tells a code that says all by itself, whatever the message is: a balance, a key, moderation.
func (r Row) Settled() bool { return r.Code != "" && !r.General }

type index struct {
	rows     []Row // in the order of the table
	exact    map[string]Row
	families []Row
}

//nolint:gochecknoglobals // parsed once, on first use, then never written
var table = sync.OnceValue(func() index {
	t := index{exact: make(map[string]Row, 128)}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		row := parse(line)
		t.rows = append(t.rows, row)
		if row.Family {
			t.families = append(t.families, row)
		} else {
			t.exact[strings.ToLower(row.Code)] = row
		}
	}
	return t
})

// parse reads a row; a test holds that each has five cells with known words.
func parse(line string) Row {
	cells := strings.SplitN(line, " | ", 5)
	for len(cells) < 5 {
		cells = append(cells, "-")
	}
	for i, cell := range cells {
		if cells[i] = strings.TrimSpace(cell); cells[i] == "-" {
			cells[i] = ""
		}
	}
	category, general := strings.CutPrefix(cells[1], "~")
	row := Row{
		Code: cells[0], Category: schema.Category(category), Retry: schema.Retry(cells[2]),
		Cause: cells[3], Fix: cells[4], General: general, Family: strings.Contains(cells[0], "*"),
	}
	if row.Family {
		row.parts = strings.Split(strings.ToLower(row.Code), "*")
	}
	return row
}

// All lists the rows in the order of the table.
func All() []Row { return table().rows }

// For finds the row of a code, compared without letter case: the code itself first, then the families from the top. It
// is the zero Row where none speaks.
func For(code string) Row {
	if code == "" {
		return Row{}
	}
	code = strings.ToLower(code)
	t := table()
	if row, ok := t.exact[code]; ok {
		return row
	}
	for _, row := range t.families {
		if matches(row.parts, code) {
			return row
		}
	}
	return Row{}
}

// matches compares lower-case text with a pattern in which a star, between two parts, stands for any characters.
func matches(parts []string, text string) bool {
	if !strings.HasPrefix(text, parts[0]) {
		return false
	}
	text = text[len(parts[0]):]
	for i, part := range parts[1:] {
		if i == len(parts)-2 {
			return strings.HasSuffix(text, part)
		}
		at := strings.Index(text, part)
		if at < 0 {
			return false
		}
		text = text[at+len(part):]
	}
	return text == ""
}

// WrongSize tells a code that calls something too large, too small, too long, or of another size than what it goes with: a
// file, where the parameter holds one.
func WrongSize(code string) bool {
	code = strings.ToLower(code)
	for _, words := range [...]string{"toolarge", "toosmall", "toobig", "toolong", "tooshort", "toowide", "toohigh", "sizemismatch", "dimensionmismatch", "dimensionsmismatch"} {
		if strings.Contains(code, words) {
			return true
		}
	}
	return false
}
