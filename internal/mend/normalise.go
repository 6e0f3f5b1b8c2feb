package mend

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// The costs of another value: one that says the same, and one that is near.
const (
	costSame = 2
	costNear = 3
)

// normalised is the value that was meant by one that breaks a constraint: the same in the right type or spelling, else
// the nearest. It is false where the choice is the user's.
func normalised(value any, c schema.Constraint) (changed any, cost int, ok bool) {
	if len(c.Allowed) > 0 {
		return listed(value, c.Allowed)
	}
	types := strings.Split(c.Type, "|")
	if c.Type == "" {
		types = nil
	}
	changed, cost = value, costSame
	if len(types) > 0 && !fitsType(value, types) {
		if changed, ok = converted(value, types); !ok {
			return nil, 0, false
		}
		if r, isNumber := number(value); isNumber && !r.IsInt() {
			cost = costNear // rounded
		}
	}
	if r, isNumber := number(changed); isNumber {
		near, ok := within(r, c, slices.Contains(types, "integer") && !slices.Contains(types, "number"))
		if !ok {
			return nil, 0, false
		}
		if near.Cmp(r) != 0 {
			changed, cost = decimal(near), costNear
		}
	}
	if list, isList := changed.([]any); isList && strings.Contains(c.Text, "no item twice") {
		changed = withoutDoubles(list)
	}
	if key(changed) == key(value) {
		return nil, 0, false
	}
	return changed, cost, true
}

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
		if s := plain(v); s != "" && (fold(s) == fold(text) || oneFormat(fold(s), fold(text))) && key(v) != key(value) {
			return v, costSame, true
		}
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

// oneFormat knows the file formats that have two names.
func oneFormat(a, b string) bool {
	jpeg := func(s string) bool { return s == "jpg" || s == "jpeg" }
	return jpeg(a) && jpeg(b)
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
	w, h, ok := size(text)
	if !ok {
		return nil, false
	}
	var sizes []schema.Size
	var of []any
	for _, v := range values {
		if sw, sh, ok := size(plain(v)); ok {
			sizes, of = append(sizes, schema.Size{Width: sw, Height: sh}), append(of, v)
		}
	}
	i := nearestSize(w, h, sizes)
	if i < 0 {
		return nil, false
	}
	return of[i], true
}

func size(text string) (w, h int, ok bool) {
	a, b, ok := strings.Cut(strings.NewReplacer("×", "x", "*", "x", "X", "x").Replace(text), "x")
	w, errW := strconv.Atoi(strings.TrimSpace(a))
	h, errH := strconv.Atoi(strings.TrimSpace(b))
	return w, h, ok && errW == nil && errH == nil && w > 0 && h > 0
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
		if d := distance(a, b); d == 1 && min(len(a), len(b)) >= 4 || d == 2 && min(len(a), len(b)) >= 8 {
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

func fitsType(value any, types []string) bool {
	name := typeName(value)
	return slices.Contains(types, name) || name == "integer" && slices.Contains(types, "number")
}

// converted says the same in one of the types.
func converted(value any, types []string) (any, bool) {
	takes := func(name string) bool { return slices.Contains(types, name) }
	switch v := value.(type) {
	case string:
		text := strings.TrimSpace(v)
		if r, unit, ok := measure(text); ok && (unit == "" || bareUnit(unit)) && (takes("number") || takes("integer")) {
			return decimal(r), true
		}
		if b, err := strconv.ParseBool(strings.ToLower(text)); err == nil && takes("boolean") && len(text) > 1 {
			return b, true
		}
	case json.Number:
		if r, ok := rational(v.String()); ok && !r.IsInt() && takes("integer") {
			return decimal(round(r)), true
		}
		if takes("string") {
			return v.String(), true
		}
	case []any:
		if len(v) == 1 && fitsType(v[0], types) {
			return v[0], true
		}
		return nil, false
	}
	if takes("array") && value != nil {
		return []any{value}, true
	}
	return nil, false
}

// within is the nearest number that keeps bounds and step; false where an open bound has no nearest.
func within(r *big.Rat, c schema.Constraint, whole bool) (*big.Rat, bool) {
	step, stepped := rational(c.MultipleOf.String())
	if !stepped && whole {
		step, stepped = big.NewRat(1, 1), true
	}
	low, hasLow := rational(c.Min.String())
	high, hasHigh := rational(c.Max.String())
	above, hasAbove := rational(c.ExclusiveMin.String())
	below, hasBelow := rational(c.ExclusiveMax.String())
	near := new(big.Rat).Set(r)
	if hasLow && near.Cmp(low) < 0 {
		near.Set(low)
	}
	if hasHigh && near.Cmp(high) > 0 {
		near.Set(high)
	}
	if hasAbove && near.Cmp(above) <= 0 {
		if !stepped {
			return nil, false
		}
		near.Set(above)
	}
	if hasBelow && near.Cmp(below) >= 0 {
		if !stepped {
			return nil, false
		}
		near.Set(below)
	}
	if !stepped || step.Sign() <= 0 {
		return near, true
	}
	keeps := func(n *big.Rat) bool {
		return (!hasLow || n.Cmp(low) >= 0) && (!hasHigh || n.Cmp(high) <= 0) && (!hasAbove || n.Cmp(above) > 0) && (!hasBelow || n.Cmp(below) < 0)
	}
	count := round(new(big.Rat).Quo(near, step))
	for _, shift := range []int64{0, -1, 1} {
		n := new(big.Rat).Mul(new(big.Rat).Add(count, big.NewRat(shift, 1)), step)
		if keeps(n) {
			return n, true
		}
	}
	return nil, false
}

// round is the nearest integer, halves up.
func round(r *big.Rat) *big.Rat {
	shifted := new(big.Rat).Add(r, big.NewRat(1, 2))
	n := new(big.Int).Div(shifted.Num(), shifted.Denom()) // Euclidean: down, since the denominator is positive
	return new(big.Rat).SetInt(n)
}

// withoutDoubles keeps the first of equal items.
func withoutDoubles(list []any) []any {
	seen := map[string]bool{}
	kept := []any{}
	for _, item := range list {
		if k := key(item); !seen[k] {
			seen[k] = true
			kept = append(kept, item)
		}
	}
	return kept
}

// rational reads a plain number; one with an absurd exponent is none.
func rational(text string) (*big.Rat, bool) {
	const longest = 60
	if text == "" || len(text) > longest || strings.Trim(text, "0123456789.+-eE") != "" || strings.ContainsAny(text, "eE") && !shortExponent(text) {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

func shortExponent(text string) bool {
	const digits = 2
	_, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	return len(strings.TrimLeft(exponent, "+-")) <= digits
}

func number(value any) (*big.Rat, bool) {
	n, ok := value.(json.Number)
	if !ok {
		return nil, false
	}
	return rational(n.String())
}

// decimal writes a number that has a finite expansion.
func decimal(r *big.Rat) json.Number {
	digits, _ := r.FloatPrec()
	return json.Number(r.FloatString(digits))
}

// plain is the text of a short scalar.
func plain(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	default:
		return ""
	}
}

// decoded reads a listed value.
func decoded(raw schema.Value) any {
	if text, ok := rawjson.Text(raw); ok {
		return text
	}
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil
	}
	return v
}

// key is the same for values that JSON Schema holds to be equal.
func key(value any) string {
	if r, ok := number(value); ok {
		return r.RatString()
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}
