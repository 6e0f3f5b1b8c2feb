package mend

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/schema"
)

// The costs of another value: one that says the same, and one that is near.
const (
	costSame = 2
	costNear = 3
)

// normalised is the value that was meant by one that breaks a constraint: the same in the right type or spelling, else
// the nearest. It is false where the choice is the user's.
func normalised(value any, c schema.Constraint) (changed any, cost int, ok bool) {
	if len(c.Allowed) > 0 {
		return listed(value, c.Allowed)
	}
	types := strings.Split(c.Type, "|")
	if c.Type == "" {
		types = nil
	}
	changed, cost = value, costSame
	if len(types) > 0 && !fitsType(value, types) {
		if changed, ok = converted(value, types); !ok {
			return nil, 0, false
		}
		if r, isNumber := number(value); isNumber && !r.IsInt() {
			cost = costNear // rounded
		}
	}
	if r, isNumber := number(changed); isNumber {
		near, ok := within(r, c, slices.Contains(types, "integer") && !slices.Contains(types, "number"))
		if !ok {
			return nil, 0, false
		}
		if near.Cmp(r) != 0 {
			changed, cost = decimal(near), costNear
		}
	}
	if list, isList := changed.([]any); isList && strings.Contains(c.Text, "no item twice") {
		changed = withoutDoubles(list)
	}
	if equal(changed, value) {
		return nil, 0, false
	}
	return changed, cost, true
}

func fitsType(value any, types []string) bool {
	name := typeName(value)
	return slices.Contains(types, name) || name == "integer" && slices.Contains(types, "number")
}

// converted says the same in one of the types.
func converted(value any, types []string) (any, bool) {
	takes := func(name string) bool { return slices.Contains(types, name) }
	switch v := value.(type) {
	case string:
		text := strings.TrimSpace(v)
		if r, unit, ok := measure(text); ok && (unit == "" || bareUnit(unit)) && (takes("number") || takes("integer")) {
			return decimal(r), true
		}
		if b, err := strconv.ParseBool(strings.ToLower(text)); err == nil && takes("boolean") && len(text) > 1 {
			return b, true
		}
	case json.Number:
		if r, ok := rational(v.String()); ok && !r.IsInt() && takes("integer") {
			return decimal(round(r)), true
		}
		if takes("string") {
			return v.String(), true
		}
	case []any:
		if len(v) == 1 && fitsType(v[0], types) {
			return v[0], true
		}
		return nil, false
	}
	if takes("array") && value != nil {
		return []any{value}, true
	}
	return nil, false
}

// within is the nearest number that keeps bounds and step; false where an open bound has no nearest.
func within(r *big.Rat, c schema.Constraint, whole bool) (*big.Rat, bool) {
	c.Type = ""
	if whole {
		c.Type = "integer"
	}
	return constraint.Constraint{Constraint: c}.Nearest(r)
}

// round is the nearest integer, halves up.
func round(r *big.Rat) *big.Rat {
	shifted := new(big.Rat).Add(r, big.NewRat(1, 2))
	n := new(big.Int).Div(shifted.Num(), shifted.Denom()) // Euclidean: down, since the denominator is positive
	return new(big.Rat).SetInt(n)
}

// withoutDoubles keeps the first of equal items.
func withoutDoubles(list []any) []any {
	seen := map[string]bool{}
	kept := []any{}
	for _, item := range list {
		if k := key(item); !seen[k] {
			seen[k] = true
			kept = append(kept, item)
		}
	}
	return kept
}
