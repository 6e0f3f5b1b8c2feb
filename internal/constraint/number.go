package constraint

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// NumberLen is the length of the JSON-like number that s begins with, 0 if there is none.
func NumberLen(s string) int {
	i := 0
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		i++
	}
	digits := i
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == digits {
		return 0
	}
	if i+1 < len(s) && s[i] == '.' && s[i+1] >= '0' && s[i+1] <= '9' {
		for i++; i < len(s) && s[i] >= '0' && s[i] <= '9'; {
			i++
		}
	}
	if i+1 < len(s) && (s[i] == 'e' || s[i] == 'E') {
		j := i + 1
		if s[j] == '-' || s[j] == '+' {
			j++
		}
		k := j
		for k < len(s) && s[k] >= '0' && s[k] <= '9' {
			k++
		}
		if k > j {
			i = k
		}
	}
	return i
}

// NumberValue is a list item or bound as a JSON number.
func NumberValue(text string) (json.Number, bool) {
	if n := NumberLen(text); n == 0 || n != len(text) || text[0] == '+' {
		return "", false
	}
	n, ok := ParseNumber(text)
	if !ok {
		return "", false
	}
	if !rawjson.Valid([]byte(text)) {
		text = FormatNumber(n) // 007 is a number in a message, but not in JSON
	}
	return json.Number(text), true
}

// ItemValue is a list item as JSON: a number where it is one and numbers are wanted, else a string.
func ItemValue(text string, numeric bool) schema.Value {
	if numeric {
		if n, ok := NumberValue(text); ok {
			return schema.Value(n)
		}
	}
	return schema.StringValue(text)
}

// maxDigits bounds what is computed exactly; nobody sends longer numbers on purpose.
const maxDigits = 400

// ParseNumber reads a JSON number exactly. Numbers whose length or exponent is absurd are declined.
func ParseNumber(text string) (*big.Rat, bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > maxDigits {
		return nil, false
	}
	if NumberLen(text) != len(text) {
		return nil, false
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && len(text) < 20 { // as nearly all are, and a third of the allocations
		return new(big.Rat).SetInt64(n), true
	}
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		if exp, err := strconv.Atoi(text[at+1:]); err != nil || exp > maxDigits || exp < -maxDigits {
			return nil, false
		}
	}
	return new(big.Rat).SetString(text)
}

// FormatNumber writes a number as JSON: an integer if it is one, else the shortest exact decimal.
func FormatNumber(r *big.Rat) string {
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
