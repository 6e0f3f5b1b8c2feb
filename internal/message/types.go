package message

import (
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/parameter"
)

// readType reads "must be an integer", "must be an array of strings", "expected a boolean".
func (r *reader) readType() {
	c, tokens := r.claims, r.tokens
	for i, t := range tokens {
		if r.void[i] || t.Kind != word || c.Type != "" && (c.Type != "array" || c.Of != "") {
			continue
		}
		typ := typeWord(t.Lower)
		if t.Lower == "true" && i+2 < len(tokens) && tokens[i+1].Lower == "or" && tokens[i+2].Lower == "false" {
			typ = "boolean"
		}
		if typ == "" || i == 0 || !typeContext(tokens, i) || isAlternative(tokens[i+1:]) {
			continue
		}
		if c.Type == "array" {
			c.Of = typ
			continue
		}
		c.Type = typ
		switch tokens[i-1].Lower {
		case "positive":
			c.Bounds = append(c.Bounds, one(OpAbove, "0", constraint.UnitNone))
		case "non-empty", "nonempty":
			unit := constraint.UnitCharacters
			if typ == "array" {
				unit = constraint.UnitItems
			}
			c.Bounds = append(c.Bounds, one(OpMin, "1", unit))
		case "non-negative", "nonnegative":
			c.Bounds = append(c.Bounds, one(OpMin, "0", constraint.UnitNone))
		}
	}
}

// isAlternative tells words behind a type that name another form, so that no type is asked for: "an integer value or one of
// 'first', 'last'".
func isAlternative(behind []Token) bool {
	if len(behind) > 0 && behind[0].Lower == "value" {
		behind = behind[1:]
	}
	if len(behind) < 2 || behind[0].Lower != "or" {
		return false
	}
	switch behind[1].Lower {
	case "one", "a", "an":
		return true
	}
	return behind[1].quote
}

// typeContext tells "must be a string" from a string that is mentioned by the way.
func typeContext(tokens []Token, i int) bool {
	for back := 1; back <= 5 && i-back >= 0; back++ {
		switch w := tokens[i-back]; w.Lower {
		case "needs", "wants", "takes", "accepts":
			return i-back > 0 && (tokens[i-back-1].quote || parameter.LooksLike(tokens[i-back-1].Text)) // "the model needs text" is said of no value
		case "be", "expected", "expects", "type", "of", "as", "requires", "contain":
			return true
		case "a", "an", "valid", "value", "single", "non-empty", "positive", "negative", "non-negative", "the", "json", "list":
		case ":":
			return true
		default:
			if typeWord(w.Lower) == "" {
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

// FieldType reads the `type` of an API error: `string`, `float`, `string[]`, `integer|array`.
func FieldType(typ string) (outer, of string) {
	if strings.Contains(typ, "|") {
		return "", ""
	}
	base, isArray := strings.CutSuffix(strings.ToLower(strings.TrimSpace(typ)), "[]")
	if isArray {
		return "array", typeWord(base)
	}
	return typeWord(base), ""
}
