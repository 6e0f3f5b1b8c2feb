package modelschema

import (
	"bytes"
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// What of a schema goes into a report is bounded, whatever the schema holds. A list that is longer is left out whole:
// half a list would say that the other half is refused.
const (
	maxAllowed    = 100
	maxValueBytes = 200
	maxDigits     = 40
)

func larger(a, b *big.Rat) *big.Rat {
	if a == nil || b != nil && b.Cmp(a) > 0 {
		return b
	}
	return a
}

func smaller(a, b *big.Rat) *big.Rat {
	if a == nil || b != nil && b.Cmp(a) < 0 {
		return b
	}
	return a
}

// loosest is the bound that is further in the direction; none if one of them is open.
func loosest(a, b *big.Rat, direction int) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	if a.Cmp(b)*direction > 0 {
		return a
	}
	return b
}

// commonMultiple is the least number that is a multiple of both.
func commonMultiple(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return larger(a, b)
	}
	// lcm(p/q, r/s) = lcm(p·s, r·q) / (q·s)
	x, y := new(big.Int).Mul(a.Num(), b.Denom()), new(big.Int).Mul(b.Num(), a.Denom())
	divisor := new(big.Int).GCD(nil, nil, x, y)
	if divisor.Sign() == 0 {
		return nil
	}
	x.Mul(x, y.Quo(y, divisor))
	return new(big.Rat).SetFrac(x, new(big.Int).Mul(a.Denom(), b.Denom()))
}

func (s span) and(t span) span {
	if s.min == nil || t.min != nil && *t.min > *s.min {
		s.min = t.min
	}
	if s.max == nil || t.max != nil && *t.max < *s.max {
		s.max = t.max
	}
	return s
}

func (s span) or(t span) span {
	if s.min == nil || t.min == nil {
		s.min = nil
	} else if *t.min < *s.min {
		s.min = t.min
	}
	if s.max == nil || t.max == nil {
		s.max = nil
	} else if *t.max > *s.max {
		s.max = t.max
	}
	return s
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func equal(a, b string) string {
	if a != b {
		return ""
	}
	return a
}

func sortedUnion(a, b []string) []string {
	if len(b) == 0 {
		return a
	}
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// common is what stands in both lists, in the order of the first.
func common(a, b []any) []any {
	in := keys(b)
	return slices.DeleteFunc(slices.Clone(a), func(v any) bool { return !in[key(v)] })
}

// missing is what stands in b only, in its order.
func missing(a, b []any) []any {
	in := keys(a)
	return slices.DeleteFunc(slices.Clone(b), func(v any) bool { return in[key(v)] })
}

func keys(list []any) map[string]bool {
	all := make(map[string]bool, len(list))
	for _, v := range list {
		all[key(v)] = true
	}
	return all
}

// key is the same for values that JSON Schema holds to be equal: 1 is 1.0.
func key(v any) string {
	if n, ok := v.(json.Number); ok {
		if isPlainInteger(n.String()) {
			return n.String()
		}
		if r, ok := new(big.Rat).SetString(n.String()); ok {
			return r.RatString()
		}
	}
	return string(encode(v))
}

// isPlainInteger tells a number that is written in the one way that a whole number has without an exponent.
func isPlainInteger(s string) bool {
	digits := strings.TrimPrefix(s, "-")
	return digits != "" && (digits[0] != '0' || s == "0") && strings.Trim(digits, "0123456789") == ""
}

// encode prints a decoded value as JSON again.
func encode(v any) schema.Value {
	switch v := v.(type) {
	case string:
		return rawjson.Quote(v)
	case json.Number:
		return schema.Value(v)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil
	}
	return bytes.TrimSpace(b.Bytes())
}

// values prints a list of accepted values, nil if it is too long to be shown whole.
func values(list []any) []schema.Value {
	if len(list) > maxAllowed {
		return nil
	}
	all := make([]schema.Value, 0, len(list))
	for _, v := range list {
		text := encode(v)
		if len(text) == 0 || len(text) > maxValueBytes {
			return nil
		}
		all = append(all, text)
	}
	return all
}

func boundedNames(names []string) []string {
	if len(names) > maxAllowed || slices.ContainsFunc(names, func(n string) bool { return len(n) > maxValueBytes }) {
		return nil
	}
	return names
}

func count(n *int) json.Number {
	if n == nil {
		return ""
	}
	return json.Number(strconv.Itoa(*n))
}

// decimal prints a number that came from JSON, hence has a finite decimal expansion; "" when it is absurdly long.
func decimal(r *big.Rat) json.Number {
	if r == nil {
		return ""
	}
	digits, exact := r.FloatPrec()
	if !exact || digits > maxDigits {
		return ""
	}
	text := r.FloatString(digits)
	if len(strings.TrimPrefix(text, "-")) > maxDigits {
		return ""
	}
	return json.Number(text)
}
