package diagnose

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/schema"
)

// pictureRule reads "the total area must be within 1265×1265 to 1440×1440, no side may exceed 4704 pixels; the aspect ratio
// must be between 1:4 and 4:1".
func (c *oneCase) pictureRule() (rule constraint.Picture) {
	for _, b := range c.claims.Bounds {
		var read func(string) (*big.Rat, bool)
		var to **constraint.Extent
		switch {
		case b.Kind == message.Ratio:
			read, to = constraint.ParseRatio, &rule.Shape
		case b.Kind == message.Size:
			read, to = constraint.ParseArea, &rule.Area
		case b.Unit == constraint.UnitRatio:
			read, to = constraint.ParseNumber, &rule.Shape
		case b.Unit == constraint.UnitArea, isArea(b):
			read, to = constraint.ParseNumber, &rule.Area
		case b.Subject == "" && isPixels(b.Word):
			read, to = constraint.ParseNumber, &rule.Side
		default:
			continue
		}
		low, okLow := read(b.Lo)
		high, okHigh := read(b.Hi)
		if !okLow {
			continue
		}
		if *to == nil {
			*to = &constraint.Extent{}
		}
		s := *to
		switch b.Op {
		case message.OpRange:
			if okHigh {
				if low.Cmp(high) > 0 {
					low, high = high, low
				}
				s.Low, s.High, s.Text = low, high, b.Lo+" to "+b.Hi
			}
		case message.OpMin:
			s.Low, s.Text = low, strings.TrimSpace(s.Text+" at least "+b.Lo)
		case message.OpMax:
			s.High, s.Text = low, strings.TrimSpace(s.Text+" at most "+b.Lo)
		case message.OpAbove, message.OpBelow, message.OpMultiple, message.OpExact, message.OpSent, message.OpSkip, message.OpDefault, message.OpOffset:
		}
	}
	return constraint.Picture{Area: constraint.NonEmpty(rule.Area), Shape: constraint.NonEmpty(rule.Shape), Side: constraint.NonEmpty(rule.Side)}
}

// isArea tells "at least 3686400 pixels" from a rule for a side: no side is as long.
func isArea(b message.Bound) bool {
	const longestSide = 50_000
	n, ok := constraint.ParseNumber(b.Lo)
	return ok && isPixels(b.Word) && n.Cmp(new(big.Rat).SetInt64(longestSide)) > 0
}

func isPixels(word string) bool { return word == "pixels" || word == "pixel" || word == "px" }

func (c *oneCase) explainArea(f *finding, w, h int, rule constraint.Picture) {
	f.Confidence = schema.ConfidenceCertain
	fits := func(w, h int) bool {
		return rule.Holds(w, h) && c.fitsMultiples(w, h)
	}
	if fits(w, h) {
		f.Retry = schema.RetryAsIs
		f.cause.saying = saying{key: sizeMeetsRule, size: [2]int{w, h}, text: f.Constraint.Text}
		f.mend.saying = saying{key: leaveSize}
		return
	}
	f.pair = true
	f.cause.saying = saying{key: sizeBreaksRule, size: [2]int{w, h}, who: c.who(), text: f.Constraint.Text}
	f.mend.saying = saying{key: chooseSize}
	switch total := constraint.Area(w, h); {
	case rule.Area == nil || rule.Area.Holds(total):
	case rule.Area.Low != nil && total.Cmp(rule.Area.Low) < 0:
		f.mend.key = chooseLargerSize
	default:
		f.mend.key = chooseSmallerSize
	}
	const grid = 16 // what picture models draw in, where the rule states no multiples
	edgeW, edgeH, ok := c.nearestArea(w, h, rule, 1, fits)
	newW, newH, onGrid := c.nearestArea(w, h, rule, grid, fits)
	if !onGrid {
		newW, newH = edgeW, edgeH
	}
	if ok || onGrid {
		f.mend.aside = append(f.mend.aside, saying{key: nearestInShape, size: [2]int{newW, newH}})
		if ok && c.statesSize(edgeW, edgeH) { // then the nearest is the rule's own size, not one that was merely computed
			if newW != edgeW || newH != edgeH {
				f.Confidence = schema.ConfidenceLikely // the grid is no part of the rule
			}
			f.mend = mend{saying: saying{key: setSizeEnd, size: [2]int{newW, newH}}}
			c.patchSize(f, w, h, newW, newH, c.t.Locate("width")[0], c.t.Locate("height")[0])
		}
	}
}

// statesSize tells whether the rule names this very size as one of its ends.
func (c *oneCase) statesSize(w, h int) bool {
	for _, b := range c.claims.Bounds {
		for _, end := range [...]string{b.Lo, b.Hi} {
			if statedW, statedH, ok := parameter.ParseSize(end); ok && statedW == w && statedH == h {
				return true
			}
		}
	}
	return false
}

// fitsMultiples holds a side to the multiples that the message states besides the area.
func (c *oneCase) fitsMultiples(w, h int) bool {
	for _, b := range c.claims.Bounds {
		if n, err := strconv.Atoi(b.Lo); b.Op == message.OpMultiple && err == nil && n > 0 && (w%n != 0 || h%n != 0) {
			return false
		}
	}
	return true
}

// nearestArea scales a size into what is asked of the picture: the shape first, by the longer side, then both sides alike.
func (c *oneCase) nearestArea(w, h int, rule constraint.Picture, grid int, fits func(w, h int) bool) (newW, newH int, ok bool) {
	fw, fh := float64(w), float64(h)
	if shape := rule.Shape; shape != nil {
		r := fw / fh
		if shape.High != nil {
			if high, _ := shape.High.Float64(); r > high {
				fw = fh * high
			}
		}
		if shape.Low != nil {
			if low, _ := shape.Low.Float64(); r < low {
				fh = fw / low
			}
		}
	}
	up := false
	if area := rule.Area; area != nil {
		total := fw * fh
		target := total
		if area.High != nil {
			if high, _ := area.High.Float64(); total > high {
				target = high
			}
		}
		if area.Low != nil {
			if low, _ := area.Low.Float64(); total < low {
				target, up = low, true
			}
		}
		scale := math.Sqrt(target / total)
		fw, fh = fw*scale, fh*scale
	}
	if rule.Side != nil && rule.Side.High != nil {
		if high, _ := rule.Side.High.Float64(); max(fw, fh) > high {
			fw, fh, up = fw*high/max(fw, fh), fh*high/max(fw, fh), false
		}
	}
	step := grid
	for _, b := range c.claims.Bounds {
		if n, err := strconv.Atoi(b.Lo); b.Op == message.OpMultiple && err == nil && n > 1 && n < 4096 {
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
