package constraint

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// NearestSize picks the listed size that is nearest by aspect ratio, then by area; -1 if there is none.
func NearestSize(w, h int, sizes [][2]int) int {
	best := -1
	var bestRatio, bestArea float64
	for i, s := range sizes {
		ratio := math.Abs(math.Log(float64(s[0])/float64(s[1])) - math.Log(float64(w)/float64(h)))
		area := math.Abs(math.Log(float64(s[0])*float64(s[1])) - math.Log(float64(w)*float64(h)))
		const same = 1e-9
		if best < 0 || ratio < bestRatio-same || ratio < bestRatio+same && area < bestArea {
			best, bestRatio, bestArea = i, ratio, area
		}
	}
	return best
}

// ParseSize reads 1280x720, 1280*720 or 1280×720.
func ParseSize(text string) (w, h int, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, sep := range [...]string{"x", "*", "×"} {
		if a, b, found := strings.Cut(text, sep); found {
			w, errW := strconv.Atoi(strings.TrimSpace(a))
			h, errH := strconv.Atoi(strings.TrimSpace(b))
			return w, h, errW == nil && errH == nil && w > 0 && h > 0
		}
	}
	return 0, 0, false
}

// ParseRatio reads 16:9 as width over height.
func ParseRatio(text string) (*big.Rat, bool) {
	a, b, found := strings.Cut(text, ":")
	if !found {
		return nil, false
	}
	w, okW := ParseNumber(a)
	h, okH := ParseNumber(b)
	if !okW || !okH || h.Sign() <= 0 || w.Sign() <= 0 {
		return nil, false
	}
	return w.Quo(w, h), true
}
