package parameter

import (
	"slices"
	"strings"
)

// Canonical is the folded last name of a path, or of what it is an alias of.
func Canonical(path string) string {
	name := Fold(Last(path))
	if other := Alias(name); other != "" {
		return Fold(other)
	}
	return name
}

// Last is the last name of a path, without an index behind it.
func Last(parameter string) string {
	if !strings.ContainsAny(parameter, ".[") {
		return parameter
	}
	steps := Split(parameter)
	for _, step := range slices.Backward(steps) {
		if strings.Trim(step, "0123456789") != "" {
			return step
		}
	}
	return parameter
}

// Split cuts a.b[2].c and a.2.c into their steps; nil for what is no path.
func Split(name string) []string {
	name = strings.Trim(name, " '\"`$./")
	if !Valid(name) || strings.Contains(name, "/") {
		return nil
	}
	return strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}

func IsWildcard(step string) bool { return step == "*" || step == "N" || step == "n" || step == "i" }
