package constraint

import (
	"math/big"
	"strings"
)

// Extent is an inclusive range of areas (in pixels) or of shapes (width over height); nil ends are open.
type Extent struct {
	Low, High *big.Rat
	Text      string
}

func NonEmpty(s *Extent) *Extent {
	if s == nil || s.Low == nil && s.High == nil {
		return nil
	}
	return s
}

func ParseArea(text string) (*big.Rat, bool) {
	w, h, ok := ParseSize(text)
	if !ok {
		return nil, false
	}
	return new(big.Rat).Mul(big.NewRat(int64(w), 1), big.NewRat(int64(h), 1)), true
}

func ExtentText(area, shape *Extent) string {
	var parts []string
	if area != nil {
		parts = append(parts, "total area "+area.Text)
	}
	if shape != nil {
		parts = append(parts, "aspect ratio "+shape.Text)
	}
	return strings.Join(parts, ", ")
}

func (s *Extent) Holds(x *big.Rat) bool {
	return s == nil || (s.Low == nil || x.Cmp(s.Low) >= 0) && (s.High == nil || x.Cmp(s.High) <= 0)
}
