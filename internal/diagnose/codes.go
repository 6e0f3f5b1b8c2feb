package diagnose

import (
	_ "embed" // for the table of codes
	"strings"
	"sync"

	"mcp-taskdetails/schema"
)

// codesText is the table that a newcomer extends: its head says how.
//
//go:embed codes.txt
var codesText string

// advice is a row of the table.
type advice struct {
	code       string
	category   schema.Category
	retry      schema.Retry
	cause, fix string
	general    bool     // the message may name a closer category
	family     bool     // matched by a pattern, not by the code itself
	parts      []string // of the pattern, lower case, cut at its stars
}

type codeTable struct {
	exact    map[string]advice
	families []advice
}

//nolint:gochecknoglobals // parsed once, on first use, then never written
var codes = sync.OnceValue(func() codeTable {
	table := codeTable{exact: make(map[string]advice, 128)}
	for line := range strings.Lines(codesText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		row := parseAdvice(line)
		if row.family {
			row.parts = strings.Split(strings.ToLower(row.code), "*")
			table.families = append(table.families, row)
		} else {
			table.exact[strings.ToLower(row.code)] = row
		}
	}
	return table
})

// parseAdvice reads a row; a test holds that each has five cells with known words.
func parseAdvice(line string) advice {
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
	return advice{
		code: cells[0], category: schema.Category(category), retry: schema.Retry(cells[2]),
		cause: cells[3], fix: cells[4], general: general, family: strings.Contains(cells[0], "*"),
	}
}

// adviceFor finds the row of a code: the code itself first, then the families from the top.
func adviceFor(code string) (advice, bool) {
	code = strings.ToLower(code)
	if code == "" {
		return advice{}, false
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
	return advice{}, false
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
