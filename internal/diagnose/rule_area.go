package diagnose

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"mcp-taskdetails/schema"
)

// span2D is an inclusive range of areas (in pixels) or of shapes (width over height); nil ends are open.
type span2D struct {
	low, high *big.Rat
	text      string
}

// areaRule reads "the total area must be within 1265×1265 to 1440×1440; the aspect ratio between 1:4 and 4:1".
func (c *evidence) areaRule() (area, shape *span2D) {
	for _, b := range c.claims.bounds {
		var read func(string) (*big.Rat, bool)
		var to **span2D
		switch {
		case b.kind == ratio:
			read, to = parseRatio, &shape
		case b.kind == size:
			read, to = parseArea, &area
		case b.unit == unitRatio:
			read, to = parseNumber, &shape
		case b.unit == unitArea:
			read, to = parseNumber, &area
		default:
			continue
		}
		low, okLow := read(b.lo)
		high, okHigh := read(b.hi)
		if !okLow {
			continue
		}
		if *to == nil {
			*to = &span2D{}
		}
		s := *to
		switch b.op {
		case opRange:
			if okHigh {
				if low.Cmp(high) > 0 {
					low, high = high, low
				}
				s.low, s.high, s.text = low, high, b.lo+" to "+b.hi
			}
		case opMin:
			s.low, s.text = low, strings.TrimSpace(s.text+" at least "+b.lo)
		case opMax:
			s.high, s.text = low, strings.TrimSpace(s.text+" at most "+b.lo)
		case opAbove, opBelow, opMultiple, opExact, opSkip, opDefault, opOffset:
		}
	}
	return nonEmpty(area), nonEmpty(shape)
}

func nonEmpty(s *span2D) *span2D {
	if s == nil || s.low == nil && s.high == nil {
		return nil
	}
	return s
}

func parseArea(text string) (*big.Rat, bool) {
	w, h, ok := parseSize(text)
	if !ok {
		return nil, false
	}
	return new(big.Rat).Mul(big.NewRat(int64(w), 1), big.NewRat(int64(h), 1)), true
}

func areaText(area, shape *span2D) string {
	var parts []string
	if area != nil {
		parts = append(parts, "total area "+area.text)
	}
	if shape != nil {
		parts = append(parts, "aspect ratio "+shape.text)
	}
	return strings.Join(parts, ", ")
}

func (s *span2D) holds(x *big.Rat) bool {
	return s == nil || (s.low == nil || x.Cmp(s.low) >= 0) && (s.high == nil || x.Cmp(s.high) <= 0)
}

func (c *evidence) explainArea(f *schema.Finding, w, h int, area, shape *span2D) {
	f.Confidence = schema.ConfidenceCertain
	fits := func(w, h int) bool {
		return w > 0 && h > 0 && area.holds(new(big.Rat).SetInt64(int64(w)*int64(h))) && shape.holds(big.NewRat(int64(w), int64(h))) && c.fitsMultiples(w, h)
	}
	if fits(w, h) {
		f.Retry = schema.RetryAsIs
		f.Cause = fmt.Sprintf("the size %dx%d meets the rule that the error states (%s): the request does not show what was wrong", w, h, f.Constraint.Text)
		f.Fix = "do not change `width` and `height`: send the request once more with a new taskUUID, and if it is refused again, report it to Runware"
		return
	}
	f.Cause = fmt.Sprintf("`width` and `height` are %dx%d; %s accepts a %s", w, h, c.who(), f.Constraint.Text)
	f.Fix = "choose a size within the rule, for `width` and `height` together: which one is the user's choice"
	if newW, newH, ok := c.nearestArea(w, h, area, shape, fits); ok {
		f.Fix += fmt.Sprintf("; %dx%d is the nearest in shape", newW, newH)
		if c.statesSize(newW, newH) { // then it is the rule's own size, not one that was computed
			f.Fix = fmt.Sprintf("set `width` and `height` to %dx%d, the nearest end of the rule", newW, newH)
			c.patchSize(f, w, h, newW, newH, c.t.locate("width")[0], c.t.locate("height")[0])
		}
	}
}

// statesSize tells whether the rule names this very size as one of its ends.
func (c *evidence) statesSize(w, h int) bool {
	for _, b := range c.claims.bounds {
		for _, end := range [...]string{b.lo, b.hi} {
			if statedW, statedH, ok := parseSize(end); ok && statedW == w && statedH == h {
				return true
			}
		}
	}
	return false
}

// fitsMultiples holds a side to the multiples that the message states besides the area.
func (c *evidence) fitsMultiples(w, h int) bool {
	for _, b := range c.claims.bounds {
		if n, err := strconv.Atoi(b.lo); b.op == opMultiple && err == nil && n > 0 && (w%n != 0 || h%n != 0) {
			return false
		}
	}
	return true
}

// nearestArea scales a size into an area and a shape: the shape first, by the longer side, then both sides alike.
func (c *evidence) nearestArea(w, h int, area, shape *span2D, fits func(w, h int) bool) (newW, newH int, ok bool) {
	fw, fh := float64(w), float64(h)
	if shape != nil {
		r := fw / fh
		if shape.high != nil {
			if high, _ := shape.high.Float64(); r > high {
				fw = fh * high
			}
		}
		if shape.low != nil {
			if low, _ := shape.low.Float64(); r < low {
				fh = fw / low
			}
		}
	}
	up := false
	if area != nil {
		total := fw * fh
		target := total
		if area.high != nil {
			if high, _ := area.high.Float64(); total > high {
				target = high
			}
		}
		if area.low != nil {
			if low, _ := area.low.Float64(); total < low {
				target, up = low, true
			}
		}
		scale := math.Sqrt(target / total)
		fw, fh = fw*scale, fh*scale
	}
	step := 1
	for _, b := range c.claims.bounds {
		if n, err := strconv.Atoi(b.lo); b.op == opMultiple && err == nil && n > 1 && n < 4096 {
			step = n
		}
	}
	round := func(x float64, ceil bool) int {
		n := math.Floor(x/float64(step)+1e-9) * float64(step)
		if ceil && n < x-1e-6 {
			n += float64(step)
		}
		return int(n)
	}
	if fw > 1e6 || fh > 1e6 {
		return 0, 0, false
	}
	for _, ceilings := range [...][2]bool{{up, up}, {true, false}, {false, true}, {true, true}, {false, false}} {
		if newW, newH = round(fw, ceilings[0]), round(fh, ceilings[1]); fits(newW, newH) {
			return newW, newH, true
		}
	}
	return 0, 0, false
}
