package mend

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/schema"
)

// listed is the listed value that was meant.
func listed(value any, allowed []schema.Value) (changed any, cost int, ok bool) {
	var values []any
	for _, raw := range allowed {
		values = append(values, decoded(raw))
	}
	if list, isList := value.([]any); isList && len(list) == 1 {
		for _, v := range values {
			if key(v) == key(list[0]) {
				return v, costSame, true
			}
		}
		return listed(list[0], allowed)
	}
	text, isText := value.(string)
	if !isText {
		if n, isNumber := value.(json.Number); isNumber {
			text, isText = n.String(), true
		}
	}
	if b, isBool := value.(bool); isBool {
		// What is on or off is the user's: another value of a list would turn it round.
		text, isText = strconv.FormatBool(b), true
	}
	if !isText {
		return nil, 0, false
	}
	for _, v := range values {
		if s := plain(v); s != "" && (fold(s) == fold(text) || parameter.SameFormat(fold(s), fold(text))) && key(v) != key(value) {
			return v, costSame, true
		}
	}
	if v, ok := sameNumbers(text, values); ok {
		return v, costSame, true
	}
	if v, ok := nearestNumber(text, values); ok {
		return v, costNear, true
	}
	if v, ok := nearestSizeText(text, values); ok {
		return v, costNear, true
	}
	if v, ok := misspelt(text, values); ok {
		return v, costNear, true
	}
	if v, ok := containing(text, values); ok {
		return v, costNear, true
	}
	if _, isBool := value.(bool); len(values) == 1 && !isBool && typeName(values[0]) == typeName(value) {
		return values[0], costNear, true
	}
	return nil, 0, false
}

// sameNumbers is the only listed value that writes the same numbers otherwise: 720 is 720p, 16x9 is 16:9.
func sameNumbers(text string, values []any) (any, bool) {
	var found []any
	for _, v := range values {
		a, unitA, okA := measure(text)
		b, unitB, okB := measure(plain(v))
		if okA && okB && a.Cmp(b) == 0 && (unitA == "" || unitB == "" || unitA == unitB) {
			found = append(found, v)
			continue
		}
		w, h, okA := parameter.ParseSize(strings.NewReplacer(":", "x", "/", "x").Replace(text))
		otherW, otherH, okB := parameter.ParseSize(strings.NewReplacer(":", "x", "/", "x").Replace(plain(v)))
		if okA && okB && w == otherW && h == otherH {
			found = append(found, v)
		}
	}
	if len(found) != 1 {
		return nil, false
	}
	return found[0], true
}

// nearestNumber compares numbers, and numbers with one unit: 720p with 480p and 768p.
func nearestNumber(text string, values []any) (any, bool) {
	n, unit, ok := measure(text)
	if !ok {
		return nil, false
	}
	var best any
	var distance *big.Rat
	for _, v := range values {
		candidate, other, ok := measure(plain(v))
		if !ok || other != unit && (other != "" || !bareUnit(unit)) {
			continue
		}
		d := new(big.Rat).Sub(candidate, n)
		if d.Abs(d); best == nil || d.Cmp(distance) < 0 {
			best, distance = v, d
		}
	}
	return best, best != nil
}

// bareUnit tells the units that Runware's numbers have without saying so: 5s is the duration 5.
func bareUnit(unit string) bool {
	return slices.Contains([]string{"s", "sec", "second", "seconds", "px", "fps", "x", "hz"}, unit)
}

// measure takes 720p apart into 720 and p.
func measure(text string) (*big.Rat, string, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != '-' })
	if end < 0 {
		end = len(text)
	}
	unit := strings.TrimSpace(text[end:])
	if strings.ContainsFunc(unit, func(r rune) bool { return !unicode.IsLetter(r) && r != '%' }) || len(unit) > 10 {
		return nil, "", false
	}
	r, ok := rational(text[:end])
	return r, unit, ok
}

func nearestSizeText(text string, values []any) (any, bool) {
	w, h, ok := parameter.ParseSize(text)
	if !ok {
		return nil, false
	}
	var sizes [][2]int
	var of []any
	for _, v := range values {
		if sw, sh, ok := parameter.ParseSize(plain(v)); ok {
			sizes, of = append(sizes, [2]int{sw, sh}), append(of, v)
		}
	}
	i := parameter.NearestSize(w, h, sizes)
	if i < 0 {
		return nil, false
	}
	return of[i], true
}

// misspelt is the only listed word within a typing error.
func misspelt(text string, values []any) (any, bool) {
	const longest = 60
	var found []any
	a := fold(text)
	for _, v := range values {
		b := fold(plain(v))
		if len(a) > longest || len(b) > longest {
			continue
		}
		if parameter.Mistyped(a, b) {
			found = append(found, v)
		}
	}
	if len(found) != 1 {
		return nil, false
	}
	return found[0], true
}

// containing is the only listed word that the text begins or ends with, or that begins or ends with it: image_url, image.
func containing(text string, values []any) (any, bool) {
	const shortest = 4
	var found []any
	a := fold(text)
	for _, v := range values {
		b := fold(plain(v))
		if _, isText := v.(string); !isText || min(len(a), len(b)) < shortest {
			continue
		}
		if strings.HasPrefix(a, b) || strings.HasSuffix(a, b) || strings.HasPrefix(b, a) || strings.HasSuffix(b, a) {
			found = append(found, v)
		}
	}
	if len(found) != 1 {
		return nil, false
	}
	return found[0], true
}
