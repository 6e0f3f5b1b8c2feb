package mend

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

func typeName(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case json.Number:
		if r, ok := rational(v.String()); ok && r.IsInt() {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	default:
		return "object"
	}
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

// decoded reads a listed value; nil for what is none.
func decoded(raw schema.Value) any {
	v, err := request.Decode(raw)
	if err != nil {
		return nil
	}
	return v
}

// equal tells values that JSON Schema holds to be equal. A text, which may be an image of many megabytes, is not encoded.
func equal(a, b any) bool {
	textA, isTextA := a.(string)
	textB, isTextB := b.(string)
	if isTextA || isTextB {
		return isTextA && isTextB && textA == textB
	}
	return key(a) == key(b)
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
