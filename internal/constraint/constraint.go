package constraint

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Constraint is what is accepted, in the form that proof needs: what it counts, and its sizes taken apart.
type Constraint struct {
	schema.Constraint
	Unit    Unit
	Of      string // what an array must hold
	Float   bool   // Runware's word float, kept for the text
	Cut     bool   // the list has more than Allowed, which is not fit to be shown: what is not among these may be right
	Partial bool   // the message asks for more than was understood: meeting the rule proves nothing
	Loose   bool   // and breaking it leaves open what would meet it: no patch
}

// Bounded tells whether a number states it.
func (r Constraint) Bounded() bool {
	return r.Min != "" || r.Max != "" || r.ExclusiveMin != "" || r.ExclusiveMax != "" || r.MultipleOf != ""
}

// Known tells whether it says anything that a value can be compared with.
func (r Constraint) Known() bool { return r.Bounded() || len(r.Allowed) > 0 || r.Type != "" }

// enormous is more than any size, count or length of time that a task is given.
const enormous = 10_000_000

// Positive takes the bounds back that a size, a count or a length of time could keep only at nothing or below, or beyond
// all that there is. What is left of such a rule proves nothing.
func (r *Constraint) Positive() {
	low, high := true, true
	for _, bound := range [...]json.Number{r.Max, r.ExclusiveMax} {
		n, ok := ParseNumber(string(bound))
		high = high && (!ok || n.Sign() > 0)
	}
	for _, bound := range [...]json.Number{r.Min, r.ExclusiveMin, r.MultipleOf} {
		n, ok := ParseNumber(string(bound))
		low = low && (bound == "" || ok && n.Cmp(big.NewRat(enormous, 1)) <= 0)
	}
	if !low || !high {
		r.Min, r.Max, r.ExclusiveMin, r.ExclusiveMax, r.MultipleOf, r.Partial = "", "", "", "", "", true
	}
	whole := len(r.Allowed)
	r.Allowed = slices.DeleteFunc(slices.Clone(r.Allowed), func(v schema.Value) bool {
		n, ok := ParseNumber(strings.Trim(string(v), `"`))
		return ok && (n.Sign() <= 0 || n.Cmp(big.NewRat(enormous, 1)) > 0)
	})
	r.Cut = r.Cut || len(r.Allowed) < whole
}

// Senseless tells a rule that nothing can keep: its minimum is above its maximum, or, of what is sized or counted, no
// bound is in the world.
func (r Constraint) Senseless(counts bool, raw []byte) bool {
	kept := r
	kept.DropSenseless(raw)
	if counts {
		kept.Positive()
	}
	return (r.Bounded() || len(r.Allowed) > 0) && !kept.Bounded() && len(kept.Allowed) == 0
}

// DropSenseless takes bounds back that no value of this kind could keep: fewer than no items or characters, a minimum
// above the maximum, a number that cannot be read. What stated them stated nothing.
func (r *Constraint) DropSenseless(raw []byte) {
	counts := rawjson.KindOf(raw) == rawjson.Array || rawjson.KindOf(raw) == rawjson.String && r.Unit != UnitNone
	for _, bound := range [...]*json.Number{&r.Min, &r.Max, &r.ExclusiveMin, &r.ExclusiveMax, &r.MultipleOf} {
		if *bound == "" {
			continue
		}
		if n, err := strconv.ParseFloat(string(*bound), 64); err != nil || counts && n < 0 {
			*bound = ""
		}
	}
	if r.Min == "" || r.Max == "" {
		return
	}
	low, errLow := strconv.ParseFloat(string(r.Min), 64)
	high, errHigh := strconv.ParseFloat(string(r.Max), 64)
	if errLow == nil && errHigh == nil && low > high {
		r.Min, r.Max, r.Partial = "", "", true
	}
}
