package message

import (
	"fmt"
	"strings"

	"mcp-taskdetails/internal/constraint"
)

// unitRow is what a word of units.txt measures behind its number ("at most 3 items"), and what it announces before one
// ("a length between 2 and 3000").
type unitRow struct {
	after, before constraint.Unit
	follows       bool // a unit behind a number, be it one that measures nothing we compare: px, seconds
}

// addUnit takes a row: its words separated by bars, and what they measure. A meaning that begins with "before-" is for
// words that stand before their number.
func (t *tables) addUnit(r row) error {
	meaning, before := strings.CutPrefix(r.meaning, "before-")
	unit, ok := unitOf(meaning)
	if !ok || before && unit == constraint.UnitNone {
		return fmt.Errorf("%q is no unit", r.meaning)
	}
	all, err := alternatives(r.pattern)
	if err != nil {
		return err
	}
	for _, w := range all {
		u := t.units[w]
		if before {
			u.before = unit
		} else {
			u.after, u.follows = unit, true
		}
		t.units[w] = u
	}
	return nil
}

func unitOf(meaning string) (constraint.Unit, bool) {
	switch meaning {
	case "characters":
		return constraint.UnitCharacters, true
	case "items":
		return constraint.UnitItems, true
	case "bytes":
		return constraint.UnitBytes, true
	case "area":
		return constraint.UnitArea, true
	case "ratio":
		return constraint.UnitRatio, true
	case "other":
		return constraint.UnitOther, true
	case "none":
		return constraint.UnitNone, true
	default:
		return constraint.UnitNone, false
	}
}

// unitBefore reads the unit that stands before its numbers: "a length between 2 and 3000", "number of elements".
func (t *tables) unitBefore(w string) constraint.Unit {
	return t.units[w].before
}

// unitAfter reads the unit that follows its number.
func (t *tables) unitAfter(w string) (constraint.Unit, bool) {
	u := t.units[w]
	return u.after, u.follows
}
