package codes

import (
	_ "embed"
	"strings"
	"sync"

	"mcp-taskdetails/schema"
)

// CodesText is the table that a newcomer extends: its head says how.
//
//go:embed codes.txt
var CodesText string

// Row is a row of the table.
type Row struct {
	Code       string
	Category   schema.Category
	Retry      schema.Retry
	Cause, Fix string
	General    bool     // the message may name a closer category
	Family     bool     // matched by a pattern, not by the code itself
	parts      []string // of the pattern, lower case, cut at its stars
}

type codeTable struct {
	exact    map[string]Row
	families []Row
}

//nolint:gochecknoglobals // parsed once, on first use, then never written
var codes = sync.OnceValue(func() codeTable {
	table := codeTable{exact: make(map[string]Row, 128)}
	for line := range strings.Lines(CodesText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		row := Parse(line)
		if row.Family {
			row.parts = strings.Split(strings.ToLower(row.Code), "*")
			table.families = append(table.families, row)
		} else {
			table.exact[strings.ToLower(row.Code)] = row
		}
	}
	return table
})

// Parse reads a row; a test holds that each has five cells with known words.
func Parse(line string) Row {
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
	return Row{
		Code: cells[0], Category: schema.Category(category), Retry: schema.Retry(cells[2]),
		Cause: cells[3], Fix: cells[4], General: general, Family: strings.Contains(cells[0], "*"),
	}
}

// For finds the row of a code: the code itself first, then the families from the top.
func For(code string) (Row, bool) {
	code = strings.ToLower(code)
	if code == "" {
		return Row{}, false
	}
	table := codes()
	if row, ok := table.exact[code]; ok {
		return row, true
	}
	for _, row := range table.families {
		if matchFamily(row.parts, code) {
			return row, true
		}
	}
	return Row{}, false
}

// matchFamily matches lower-case text against a pattern in which a star, between two parts, stands for any characters.
func matchFamily(parts []string, text string) bool {
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
