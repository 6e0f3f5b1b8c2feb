package constraint

import (
	"math/big"
	"strings"
)

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
