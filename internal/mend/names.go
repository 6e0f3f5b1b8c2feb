package mend

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/parameter"
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

// fold makes names and values comparable that differ in letter case or separators; a full stop is one here.
func fold(name string) string { return parameter.Fold(strings.ReplaceAll(name, ".", "")) }

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
	if parameter.Mistyped(a, b) {
		return mistyped
	}
	return foreign
}
