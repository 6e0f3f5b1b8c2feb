package codes

import (
	"strings"
	"testing"
)

// TestRows holds that each row has its five cells, and that a pattern reaches its own row.
func TestRows(t *testing.T) {
	n := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		n++
		if strings.Count(line, " | ") != 4 {
			t.Errorf("a row has five cells, code | category | retry | cause | fix: %s", line)
		}
		row := parse(line)
		if got := For(strings.ReplaceAll(row.Code, "*", "Zork")); got.Code != row.Code {
			t.Errorf("%s is answered by the row %q", row.Code, got.Code)
		}
	}
	if n == 0 || n != len(All()) {
		t.Errorf("%d rows in the table, %d read", n, len(All()))
	}
	if row := For("somethingUnheardOf"); row.Code != "" || row.Settled() {
		t.Errorf("an unknown code has the row %+v", row)
	}
}
