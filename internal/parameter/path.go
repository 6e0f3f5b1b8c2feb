package parameter

import (
	"strconv"
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
	if !strings.ContainsAny(parameter, ".[") && !strings.HasPrefix(parameter, "/") {
		return parameter
	}
	last := parameter
	if path := strings.Trim(parameter, quotes); Valid(path) && !strings.Contains(path, "/") { // as Split has it, without a list
		for step := range strings.FieldsFuncSeq(path, isCut) {
			if !isIndex(step) {
				last = step
			}
		}
		return last
	}
	for _, step := range Split(parameter) {
		if !isIndex(step) {
			last = step
		}
	}
	return last
}

// Normalize writes the forms in which validators spell a path as one, with dots between names and brackets round
// indexes: [a][b], a[b], /0/a/b and $.a.b are a.b, and a.0.b is a[0].b. An index in front is the task's, and goes. A
// pair, width/height, stays a pair. False says that this is the path of no parameter.
func Normalize(path string) (string, bool) {
	if !isPointer(path) && !strings.ContainsAny(path, ".[$'\"` ") {
		return path, Valid(path)
	}
	var b strings.Builder
	for _, step := range Split(path) {
		switch {
		case isIndex(step) || step == "*":
			b.WriteString("[" + step + "]")
		case b.Len() > 0:
			b.WriteString("." + step)
		default:
			b.WriteString(step)
		}
	}
	return b.String(), b.Len() > 0
}

// Each lists what a field names: one path in its normal form, or the two of a pair, width/height.
func Each(field string) []string {
	var names []string
	if name, ok := Normalize(field); ok && !strings.Contains(name, "/") {
		return append(names, name)
	}
	for part := range strings.SplitSeq(field, "/") {
		if name, ok := Normalize(strings.TrimSpace(part)); ok {
			names = append(names, name)
		}
	}
	return names
}

// maxPath bounds a path with all its brackets and quotes, which take no more than the names do in any form there is.
const maxPath = 4 * MaxLength

// quotes are what a path may stand in.
const quotes = " '\"`$."

// Split cuts a path of any form into its steps; nil for what is no path.
func Split(path string) []string {
	path = strings.Trim(path, quotes)
	if len(path) > maxPath {
		return nil
	}
	if Valid(path) { // a.b[0]: the form of almost all
		if strings.Contains(path, "/") {
			return nil
		}
		return strings.FieldsFunc(path, isCut)
	}
	cut := isCut
	if isPointer(path) {
		cut = func(r rune) bool { return r == '/' || isCut(r) }
	}
	steps := strings.FieldsFunc(path, cut)
	for i, step := range steps {
		if strings.Contains(path, "["+step+"]") {
			steps[i] = strings.Trim(step, "'\"")
		}
	}
	if len(steps) > 1 && isIndex(steps[0]) {
		steps = steps[1:]
	}
	if whole := strings.Join(steps, "."); !Valid(whole) || strings.Contains(whole, "/") {
		return nil
	}
	return steps
}

// TaskIndex is the index in front of a path into the request array: /1/steps, [1].steps and 1.steps are of task 1. False
// for a path that begins with a name.
func TaskIndex(path string) (int, bool) {
	path = strings.TrimLeft(path, " '\"`$./[")
	end := strings.IndexFunc(path, func(r rune) bool { return r < '0' || r > '9' })
	if end < 1 || path[end] == ' ' {
		return 0, false
	}
	rest := strings.TrimLeft(path[end:], "]./[")
	n, err := strconv.Atoi(path[:end])
	return n, err == nil && len(rest) < len(path)-end && Valid(rest)
}

func isCut(r rune) bool { return r == '.' || r == '[' || r == ']' }

// isPointer tells a JSON pointer, /0/a/b, from a pair of names.
func isPointer(path string) bool { return strings.HasPrefix(path, "/") }

func isIndex(step string) bool { return strings.Trim(step, "0123456789") == "" }

// IsWildcard tells the steps that stand for every item of an array.
func IsWildcard(step string) bool { return step == "*" || step == "N" || step == "n" || step == "i" }
