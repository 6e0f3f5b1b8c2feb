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
	return new(big.Rat).Mul(big.NewRat(int64(w), 1), big.NewRat(int64(h), 1)), true
}

// ExtentText says an area, in pixels or as a size, and a shape in words.
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

// Holds tells whether a number lies within; nil holds everything.
func (s *Extent) Holds(x *big.Rat) bool {
	return s == nil || (s.Low == nil || x.Cmp(s.Low) >= 0) && (s.High == nil || x.Cmp(s.High) <= 0)
}
