package mend

import (
	_ "embed" // for the table of aliases
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed aliases.txt
var aliasTable string

var errRow = errors.New("is not `words > names | meaning | example | counter-example`")

// words are the aliases as embedded. A test holds that they load.
//
//nolint:gochecknoglobals // made once, on first use, then never written
var words = sync.OnceValue(func() map[string][]string {
	all, _ := readAliases(aliasTable)
	return all
})

// Means tells whether a word is another one for a parameter.
func Means(word, name string) bool { return slices.Contains(words()[fold(word)], name) }

// readAliases reads the table, and holds each row against its examples: the first must be one of its words, the second
// must not.
func readAliases(table string) (map[string][]string, error) {
	all := map[string][]string{}
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		columns := strings.Split(line, "|")
		words, names, ok := strings.Cut(columns[0], ">")
		if len(columns) != 4 || !ok {
			return nil, fmt.Errorf("row %q %w", line, errRow)
		}
		var folded []string
		for word := range strings.FieldsSeq(words) {
			folded = append(folded, fold(word))
		}
		targets := strings.Fields(names)
		meaning, example, counter := strings.TrimSpace(columns[1]), strings.TrimSpace(columns[2]), strings.TrimSpace(columns[3])
		switch {
		case len(folded) == 0 || len(targets) == 0 || meaning == "" || example == "" || counter == "":
			return nil, fmt.Errorf("row %q %w", line, errRow)
		case !slices.Contains(folded, fold(example)):
			return nil, fmt.Errorf("row %q: the example %q is none of its words", line, example)
		case slices.Contains(folded, fold(counter)):
			return nil, fmt.Errorf("row %q: the counter-example %q is one of its words", line, counter)
		}
		for _, word := range folded {
			for _, target := range targets {
				if !slices.Contains(all[word], target) {
					all[word] = append(all[word], target)
				}
			}
		}
	}
	return all, nil
}
