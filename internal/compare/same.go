package compare

import (
	"encoding/json"
	"slices"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
)

// same tells whether two values mean the same: 7 and 7.0 do, and so do objects whatever the order of their members.
func same(a, b []byte) bool {
	if string(a) == string(b) {
		return true
	}
	kind := rawjson.KindOf(a)
	if kind != rawjson.KindOf(b) {
		return false
	}
	switch kind {
	case rawjson.String:
		x, _ := rawjson.Text(a)
		y, _ := rawjson.Text(b)
		return x == y
	case rawjson.Number:
		return sameNumber(string(a), string(b))
	case rawjson.Object, rawjson.Array:
		x, err := request.Decode(a)
		y, otherErr := request.Decode(b)
		return err == nil && otherErr == nil && equal(x, y)
	case rawjson.None, rawjson.True, rawjson.False, rawjson.Null:
	}
	return false
}

func sameNumber(a, b string) bool {
	x, ok := constraint.ParseNumber(a)
	y, alsoOK := constraint.ParseNumber(b)
	return a == b || ok && alsoOK && x.Cmp(y) == 0
}

// equal compares decoded values.
func equal(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for name, value := range a {
			other, there := b[name]
			if !there || !equal(value, other) {
				return false
			}
		}
		return true
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, equal)
	case json.Number:
		b, ok := b.(json.Number)
		return ok && sameNumber(string(a), string(b))
	default:
		return a == b
	}
}

// incidental tells a difference that two tasks have in any case. A source that differs may still be what failed; the
// verdict says so where a finding names it.
func incidental(path []string, before, after []byte) bool {
	if slices.ContainsFunc(path, func(step string) bool {
		name := parameter.Fold(step)
		return strings.HasSuffix(name, "uuid") || name == "seed" || parameter.Guarded(step) && name != "tasktype"
	}) {
		return true
	}
	left, isText := rawjson.Text(before)
	right, alsoText := rawjson.Text(after)
	plain := func(s string, is bool) bool { return !is || !looks.IsURL(s) && !looks.IsUUID(s) && !looks.IsMedia(s) }
	switch {
	case len(before) == 0:
		return !plain(right, alsoText)
	case len(after) == 0:
		return !plain(left, isText)
	default:
		return !plain(left, isText) && !plain(right, alsoText)
	}
}
