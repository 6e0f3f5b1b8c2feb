package triage

import (
	"encoding/json"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/schema"
)

// SameCause tells whether two failures have one cause.
func SameCause(a, b schema.Diagnosis) bool {
	_, key := causeOf(a)
	_, other := causeOf(b)
	return key == other
}

// causeOf returns a cause as it is shown, and a key that is equal for the same ones: it holds the whole constraint, of
// which the words may name a dozen values.
func causeOf(d schema.Diagnosis) (cause schema.Cause, key string) {
	cause.Category = d.Category
	if len(d.Findings) == 0 {
		return cause, string(d.Category)
	}
	f := d.Findings[0]
	if f.Category != "" {
		cause.Category = f.Category
	}
	cause.Code, cause.Parameter = f.Code, withoutIndices(f.Parameter)
	accepted := ""
	if f.Constraint != nil {
		cause.Constraint, accepted = inWords(*f.Constraint), essence(*f.Constraint)
	}
	parts := []string{string(cause.Category), strings.ToLower(cause.Code), strings.ToLower(cause.Parameter), accepted}
	raw, _ := json.Marshal(parts) // strings alone never fail
	return cause, string(raw)
}

// withoutIndices writes a path so that it stands for every item of an array: lora[3].weight is lora[].weight.
func withoutIndices(path string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(path, '[')
		if open < 0 {
			break
		}
		end := open + strings.IndexByte(path[open:], ']')
		if end < open {
			break
		}
		inner := path[open+1 : end]
		if strings.Trim(inner, "0123456789") == "" {
			inner = ""
		}
		b.WriteString(path[:open] + "[" + inner + "]")
		path = path[end+1:]
	}
	steps := strings.Split(path, ".")
	for i, step := range steps {
		if step != "" && strings.Trim(step, "0123456789") == "" {
			steps[i] = "[]"
		}
	}
	return b.String() + strings.ReplaceAll(strings.Join(steps, "."), ".[]", "[]")
}

func inWords(c schema.Constraint) string {
	switch {
	case c.Text != "":
		return c.Text
	case len(c.Allowed) > 0:
		return constraint.ListText(c.Allowed)
	case len(c.AllowedParameter) > 0:
		return "one of " + strings.Join(c.AllowedParameter[:min(len(c.AllowedParameter), constraint.MaxListed)], ", ")
	default:
		return c.Type
	}
}

// essence is what a constraint accepts, whoever said it and in whatever words: 30 and 30.0 are one bound. The type
// counts where nothing else is known, and the words where there is no type.
func essence(c schema.Constraint) string {
	var parts []string
	for _, bound := range []struct {
		name  string
		value json.Number
	}{{"min", c.Min}, {"max", c.Max}, {"above", c.ExclusiveMin}, {"below", c.ExclusiveMax}, {"step", c.MultipleOf}} {
		if bound.value == "" {
			continue
		}
		text := string(bound.value)
		if exact, ok := constraint.ParseNumber(text); ok {
			text = exact.RatString()
		}
		parts = append(parts, bound.name+" "+text)
	}
	for _, v := range c.Allowed {
		parts = append(parts, string(v))
	}
	parts = append(parts, c.AllowedParameter...)
	if len(parts) == 0 {
		if c.Type != "" {
			return c.Type
		}
		return c.Text
	}
	return strings.Join(parts, "\n")
}
