package mend

import (
	"slices"
	"strings"
	"unicode"
)

// likeness is how a name in the task is related to one of the schema; smaller is nearer.
type likeness int

const (
	same likeness = iota + 1
	spelt
	plural
	known
	mistyped
	foreign
)

// fold makes names comparable that differ in letter case or separators.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' || r == '.' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// alike compares a name in a task with one in the schema.
func (m *Mender) alike(name, accepted string) likeness {
	const longest = 60
	if name == accepted {
		return same
	}
	a, b := fold(name), fold(accepted)
	switch {
	case len(a) > longest || len(b) > longest || a == "":
		return foreign
	case a == b:
		return spelt
	case a+"s" == b || a == b+"s":
		return plural
	case slices.Contains(m.aliases[a], accepted):
		return known
	}
	if d := distance(a, b); d == 1 && min(len(a), len(b)) >= 4 || d == 2 && min(len(a), len(b)) >= 8 {
		return mistyped
	}
	return foreign
}

// distance counts insertions, deletions, replacements and swaps of neighbours.
func distance(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
