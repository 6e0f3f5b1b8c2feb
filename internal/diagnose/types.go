package diagnose

import (
	"strings"
)

// readType reads "must be an integer", "must be an array of strings", "expected a boolean".
func (c *claims) readType(tokens []token) {
	for i, t := range tokens {
		if t.kind != word || c.typ != "" && (c.typ != "array" || c.of != "") {
			continue
		}
		typ := typeWord(t.lower)
		if typ == "" || i == 0 || !typeContext(tokens, i) {
			continue
		}
		if c.typ == "array" {
			c.of = typ
			continue
		}
		c.typ = typ
		switch tokens[i-1].lower {
		case "positive":
			c.bounds = append(c.bounds, bound{op: opAbove, lo: "0", kind: number})
		case "non-empty", "nonempty":
			unit := unitCharacters
			if typ == "array" {
				unit = unitItems
			}
			c.bounds = append(c.bounds, bound{op: opMin, lo: "1", kind: number, unit: unit})
		case "non-negative", "nonnegative":
			c.bounds = append(c.bounds, bound{op: opMin, lo: "0", kind: number})
		}
	}
}

// typeContext tells "must be a string" from a string that is mentioned by the way.
func typeContext(tokens []token, i int) bool {
	for back := 1; back <= 5 && i-back >= 0; back++ {
		switch w := tokens[i-back]; w.lower {
		case "be", "expected", "expects", "type", "of", "as", "requires", "contain":
			return true
		case "a", "an", "valid", "value", "single", "non-empty", "positive", "negative", "non-negative", "the", "json", "list":
		case ":":
			return true
		default:
			if typeWord(w.lower) == "" {
				return false
			}
		}
	}
	return false
}

func typeWord(w string) string {
	switch w {
	case "string", "strings", "text":
		return "string"
	case "integer", "integers", "int", "whole":
		return "integer"
	case "float", "floats", "number", "numbers", "numeric", "decimal", "double":
		return "number"
	case "boolean", "booleans", "bool":
		return "boolean"
	case "array", "arrays", "list":
		return "array"
	case "object", "objects":
		return "object"
	default:
		return ""
	}
}

// fieldType reads the `type` of an API error: `string`, `float`, `string[]`, `integer|array`.
func fieldType(typ string) (outer, of string) {
	if strings.Contains(typ, "|") {
		return "", ""
	}
	base, isArray := strings.CutSuffix(strings.ToLower(strings.TrimSpace(typ)), "[]")
	if isArray {
		return "array", typeWord(base)
	}
	return typeWord(base), ""
}
