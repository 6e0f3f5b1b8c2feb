package interop

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// table collects what became of each case with each client.
type table struct {
	mu     sync.Mutex
	cells  map[[2]string]string
	suites []string // lines of the conformance table
	lines  int      // validated against a schema of the specification
}

var matrix = &table{cells: map[[2]string]string{}}

// note takes down the outcome of a subtest when it ends.
func (m *table) note(t *testing.T, row, column string) {
	t.Helper()
	t.Cleanup(func() {
		word := "ok"
		if t.Failed() {
			word = "FAIL"
		} else if t.Skipped() {
			word = "-"
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		m.cells[[2]string{row, column}] = word
	})
}

// conform adds a line to the conformance table.
func (m *table) conform(line string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.suites = append(m.suites, line)
}

func (m *table) String() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var b strings.Builder
	var columns []string
	for _, k := range kinds() {
		columns = append(columns, k.name)
	}
	var rows []string
	for _, c := range cases {
		rows = append(rows, c.name)
	}
	fmt.Fprintf(&b, "\n| case | %s |\n|---|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
	for _, row := range append(rows, loadCase) {
		fmt.Fprintf(&b, "| %s |", row)
		for _, column := range columns {
			fmt.Fprintf(&b, " %s |", m.cells[[2]string{row, column}])
		}
		b.WriteByte('\n')
	}
	if len(m.suites) > 0 {
		b.WriteString("\n| conformance | scenarios | checks passed | failed for want of a fixture | warned | |\n|---|---|---|---|---|---|\n")
		b.WriteString(strings.Join(m.suites, "\n") + "\n")
	}
	if m.lines > 0 {
		fmt.Fprintf(&b, "\n%d lines of the server hold to the specification's schemas\n", m.lines)
	}
	return b.String()
}
