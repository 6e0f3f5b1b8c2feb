package render

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"mcp-taskdetails/schema"
)

// Table shows many reports, one a row, as they come: what its columns hold is of known width, but for the last.
type Table struct {
	style Style
	cut   bool
	tally Tally
}

// NewTable returns a table for a terminal of the style's width, or one whose rows are lines that programs read whole.
func NewTable(s Style, terminal bool) *Table { return &Table{style: s, cut: terminal} }

// The columns of a table, in characters: an id, the longest status, the longest category.
const (
	idColumn       = 36
	statusColumn   = 11
	categoryColumn = 21
)

// Head is the first line.
func (t *Table) Head() string {
	return t.style.Painted(Bold, strings.TrimRight(t.row("id", "status", "category", "what"), " ")) + "\n"
}

// Row is the line of a report. Where a terminal is too narrow for what is wrong, that takes a line of its own.
func (t *Table) Row(r schema.TaskReport) string {
	t.tally.Add(r)
	d := r.Diagnosis
	what, category := sentence(Visible(d.Summary)), string(d.Category)
	if d.Category == schema.CategoryNone {
		category = "-"
	}
	head := t.row(Visible(r.TaskUUID), string(r.Status), category, "")
	if !t.cut {
		return head + what + "\n"
	}
	const least = 30
	room := t.style.columns() - columns(head)
	if room < least {
		return t.colour(r.Status, strings.TrimRight(head, " ")) + "\n  " + Cut(what, t.style.columns()-2) + "\n"
	}
	return t.colour(r.Status, head) + Cut(what, room) + "\n"
}

func (t *Table) colour(s schema.Status, text string) string {
	switch s {
	case schema.StatusFailed, schema.StatusPartial, schema.StatusNotFound, schema.StatusUnavailable:
		return t.style.Painted(Red, text)
	case schema.StatusSucceeded:
		return t.style.Painted(Green, text)
	case schema.StatusPending, schema.StatusUnknown:
	}
	return text
}

func (t *Table) row(id, status, category, what string) string {
	return fmt.Sprintf("%-*s  %-*s  %-*s  %s", idColumn, id, statusColumn, status, categoryColumn, category, what)
}

// Foot is the last line: how many of each.
func (t *Table) Foot() string { return t.tally.String() + "\n" }

// Tally counts reports by what became of their tasks. The zero value is ready.
type Tally struct {
	statuses map[schema.Status]int
	failures map[schema.Category]int // of the failed
}

// Add counts a report.
func (t *Tally) Add(r schema.TaskReport) {
	if t.statuses == nil {
		t.statuses, t.failures = map[schema.Status]int{}, map[schema.Category]int{}
	}
	t.statuses[r.Status]++
	if r.Status == schema.StatusFailed {
		t.failures[r.Diagnosis.Category]++
	}
}

// String says how many of each there are, such as "5 failed (3 invalid_parameter, 2 billing), 1 partial, 4 fine".
func (t *Tally) String() string {
	var parts []string
	for _, kind := range []struct {
		status schema.Status
		word   string
	}{
		{schema.StatusFailed, "failed"},
		{schema.StatusPartial, "partial"},
		{schema.StatusPending, "pending"},
		{schema.StatusSucceeded, "fine"},
		{schema.StatusUnknown, "unknown"},
		{schema.StatusNotFound, "not found"},
		{schema.StatusUnavailable, "not looked up"},
	} {
		n := t.statuses[kind.status]
		if n == 0 {
			continue
		}
		part := fmt.Sprintf("%d %s", n, kind.word)
		if kind.status == schema.StatusFailed {
			part += " (" + t.causes() + ")"
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return "no tasks"
	}
	return strings.Join(parts, ", ")
}

// causes lists the categories of the failed, most of them first.
func (t *Tally) causes() string {
	categories := slices.SortedFunc(maps.Keys(t.failures), func(a, b schema.Category) int {
		if n := t.failures[b] - t.failures[a]; n != 0 {
			return n
		}
		return strings.Compare(string(a), string(b))
	})
	parts := make([]string, len(categories))
	for i, c := range categories {
		parts[i] = fmt.Sprintf("%d %s", t.failures[c], c)
	}
	return strings.Join(parts, ", ")
}
