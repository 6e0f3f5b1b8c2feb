package constraint

import (
	"math/big"
	"strings"

	"mcp-taskdetails/internal/parameter"
)

// Extent is an inclusive range of areas (in pixels) or of shapes (width over height); nil ends are open.
type Extent struct {
	Low, High *big.Rat
	Text      string
}

// NonEmpty is nil for an extent without ends.
func NonEmpty(s *Extent) *Extent {
	if s == nil || s.Low == nil && s.High == nil {
		return nil
	}
	return s
}

// ParseArea reads 1280x720 as the number of its pixels.
func ParseArea(text string) (*big.Rat, bool) {
	w, h, ok := parameter.ParseSize(text)
	if !ok {
		return nil, false
	}
	return Area(w, h), true
}

// Area is the number of pixels of a size.
func Area(w, h int) *big.Rat {
	return new(big.Rat).Mul(big.NewRat(int64(w), 1), big.NewRat(int64(h), 1))
}

// Picture is what the size of a picture has to be: its area, its shape, and each of its sides, in pixels; what is nil is open.
type Picture struct{ Area, Shape, Side *Extent }

// Known tells a rule about both sides together: one for each side alone is none.
func (p Picture) Known() bool { return p.Area != nil || p.Shape != nil }

// Holds tells whether a size is right by the rule.
func (p Picture) Holds(w, h int) bool {
	of := func(n int) *big.Rat { return big.NewRat(int64(n), 1) }
	return w > 0 && h > 0 && p.Area.Holds(Area(w, h)) && p.Shape.Holds(big.NewRat(int64(w), int64(h))) && p.Side.Holds(of(w)) && p.Side.Holds(of(h))
}

// Text says the rule in words.
func (p Picture) Text() string {
	var parts []string
	if p.Area != nil {
		parts = append(parts, "total area "+p.Area.Text)
	}
	if p.Shape != nil {
		parts = append(parts, "aspect ratio "+p.Shape.Text)
	}
	if p.Side != nil {
		parts = append(parts, "each side "+p.Side.Text)
	}
	return strings.Join(parts, ", ")
}

// Holds tells whether a number lies within; nil holds everything.
func (s *Extent) Holds(x *big.Rat) bool {
	return s == nil || (s.Low == nil || x.Cmp(s.Low) >= 0) && (s.High == nil || x.Cmp(s.High) <= 0)
}
