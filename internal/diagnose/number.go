package diagnose

import (
	"math/big"
	"strconv"
	"strings"
)

// maxDigits bounds what is computed exactly; nobody sends longer numbers on purpose.
const maxDigits = 400

// parseNumber reads a JSON number exactly. Numbers whose length or exponent is absurd are declined.
func parseNumber(text string) (*big.Rat, bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > maxDigits {
		return nil, false
	}
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		if exp, err := strconv.Atoi(text[at+1:]); err != nil || exp > maxDigits || exp < -maxDigits {
			return nil, false
		}
	}
	if numberLen(text) != len(text) {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

// formatNumber writes a number as JSON: an integer if it is one, else the shortest exact decimal.
func formatNumber(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	precision, exact := r.FloatPrec()
	if !exact {
		precision = 6
	}
	return strings.TrimRight(strings.TrimRight(r.FloatString(precision), "0"), ".")
}

// floorTo and ceilTo are the nearest multiples of step at or below, and at or above.
func floorTo(r, step *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(r, step)
	n := new(big.Int).Div(q.Num(), q.Denom()) // Euclidean division floors for positive denominators
	return new(big.Rat).Mul(new(big.Rat).SetInt(n), step)
}

func ceilTo(r, step *big.Rat) *big.Rat {
	down := floorTo(r, step)
	if down.Cmp(r) == 0 {
		return down
	}
	return down.Add(down, step)
}

func isMultiple(r, step *big.Rat) bool {
	return step.Sign() > 0 && new(big.Rat).Quo(r, step).IsInt()
}

// parseSize reads 1280x720, 1280*720 or 1280×720.
func parseSize(text string) (w, h int, ok bool) {
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

// parseRatio reads 16:9 as width over height.
func parseRatio(text string) (*big.Rat, bool) {
	a, b, found := strings.Cut(text, ":")
	if !found {
		return nil, false
	}
	w, okW := parseNumber(a)
	h, okH := parseNumber(b)
	if !okW || !okH || h.Sign() <= 0 || w.Sign() <= 0 {
		return nil, false
	}
	return w.Quo(w, h), true
}
