package constraint

import (
	"encoding/json"
	"math/big"
	"strings"
	"unicode"

	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// NearestName picks the listed value that a string can only have meant: the same but for letter case or separators,
// another name of the same thing, the nearest of numbers with one unit, the only one that begins or ends with it, or the only one
// within a typing error. nil leaves the choice to the user.
func NearestName(text string, allowed []schema.Value) schema.Value {
	folded := parameter.Fold(text)
	if folded == "" {
		return nil
	}
	if len(allowed) == 1 {
		return allowed[0]
	}
	var containing, similar []schema.Value
	for _, a := range allowed {
		s, ok := rawjson.Text(a)
		if !ok {
			continue
		}
		candidate := parameter.Fold(s)
		if candidate == folded || parameter.SameFormat(candidate, folded) {
			return a
		}
		if len(folded) >= 4 && (strings.HasSuffix(candidate, folded) || strings.HasPrefix(candidate, folded)) || len(candidate) >= 4 && (strings.HasSuffix(folded, candidate) || text == folded && strings.HasPrefix(folded, candidate)) { // asynchronous is async, EulerAncestral is not Euler
			containing = append(containing, a)
		}
		if d := parameter.Distance(candidate, folded); d == 1 && len(folded) >= 4 || d == 2 && len(folded) >= 8 {
			similar = append(similar, a)
		}
	}
	if v := nearestWithUnit(text, allowed); v != nil {
		return v
	}
	if len(similar) == 1 {
		return similar[0]
	}
	if len(containing) == 1 && len(similar) == 0 {
		return containing[0]
	}
	return nil
}

// nearestWithUnit compares 720p with 480p and 768p, 5s with 6s: numbers that share a unit. Sizes are nearest by shape.
func nearestWithUnit(text string, allowed []schema.Value) schema.Value {
	if w, h, ok := parameter.ParseSize(text); ok {
		var sizes [][2]int
		var values []schema.Value
		for _, a := range allowed {
			s, _ := rawjson.Text(a)
			if aw, ah, ok := parameter.ParseSize(s); ok {
				sizes, values = append(sizes, [2]int{aw, ah}), append(values, a)
			}
		}
		if at := parameter.NearestSize(w, h, sizes); at >= 0 {
			return values[at]
		}
		return nil
	}
	n, unit, ok := splitUnit(text)
	if !ok || unit == "" {
		return nil
	}
	var best schema.Value
	var distance *big.Rat
	for _, a := range allowed {
		s, _ := rawjson.Text(a)
		candidate, other, ok := splitUnit(s)
		if !ok || other != unit {
			continue
		}
		d := new(big.Rat).Sub(candidate, n)
		if d.Abs(d); best == nil || d.Cmp(distance) < 0 {
			best, distance = a, d
		}
	}
	return best
}

// splitUnit takes 720p apart into 720 and p.
func splitUnit(s string) (*big.Rat, string, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	end := NumberLen(s)
	if end == 0 {
		return nil, "", false
	}
	unit := strings.TrimSpace(s[end:])
	if strings.ContainsFunc(unit, func(r rune) bool { return !unicode.IsLetter(r) && r != '%' }) {
		return nil, "", false
	}
	n, ok := ParseNumber(s[:end])
	return n, unit, ok
}

// Nearest is the value next to n that meets the bounds; n itself if it does. fixable is false where the bounds leave
// no value, or only an open one ("greater than 0") from which no single value follows.
func (r Constraint) Nearest(n *big.Rat) (fixed *big.Rat, fixable bool) {
	a := r.ladder()
	if a.holds(n, n) {
		return n, true
	}
	var best, distance *big.Rat
	for _, c := range a.around(n) {
		d := new(big.Rat).Sub(c, n)
		d.Abs(d)
		if a.holds(c, n) && (best == nil || d.Cmp(distance) < 0) {
			best, distance = c, d
		}
	}
	return best, best != nil
}

// ladder are the numbers that a constraint accepts: ends, which may be open, and steps between them. What is nil is not
// bounded.
type ladder struct {
	step, low, high   *big.Rat
	lowOpen, highOpen bool
}

func (r Constraint) ladder() ladder {
	var l ladder
	if step, ok := ParseNumber(string(r.MultipleOf)); ok && step.Sign() > 0 {
		l.step = step
	} else if r.Type == "integer" {
		l.step = big.NewRat(1, 1)
	}
	if low, known, open := edge(r.Min, r.ExclusiveMin); known {
		l.low, l.lowOpen = low, open
	}
	if high, known, open := edge(r.Max, r.ExclusiveMax); known {
		l.high, l.highOpen = high, open
	}
	return l
}

// holds tells whether x may take the place of n. Zero is a multiple of everything, and a size or a count of nothing: it
// takes the place of more only where the low end names it.
func (l ladder) holds(x, n *big.Rat) bool {
	switch {
	case l.step != nil && x.Sign() == 0 && n.Sign() > 0 && (l.low == nil || l.low.Sign() > 0):
		return false
	case l.low != nil && (x.Cmp(l.low) < 0 || l.lowOpen && x.Cmp(l.low) == 0):
		return false
	case l.high != nil && (x.Cmp(l.high) > 0 || l.highOpen && x.Cmp(l.high) == 0):
		return false
	default:
		return l.step == nil || isMultiple(x, l.step)
	}
}

// around are the numbers next to n that may be accepted.
func (l ladder) around(n *big.Rat) []*big.Rat {
	clamp := n
	if l.low != nil && n.Cmp(l.low) < 0 {
		clamp = l.low
	}
	if l.high != nil && n.Cmp(l.high) > 0 {
		clamp = l.high
	}
	if l.step == nil {
		return []*big.Rat{clamp}
	}
	below, above := floorTo(clamp, l.step), ceilTo(clamp, l.step)
	return []*big.Rat{below, above, new(big.Rat).Add(above, l.step), new(big.Rat).Sub(below, l.step)}
}

func edge(inclusive, exclusive json.Number) (bound *big.Rat, known, open bool) {
	if n, ok := ParseNumber(string(inclusive)); ok {
		return n, true, false
	}
	n, ok := ParseNumber(string(exclusive))
	return n, ok, ok
}
