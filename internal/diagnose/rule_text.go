package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// text says a rule in words: "integer 256 to 2048, multiple of 16", "0 to 4 items", "6, 10", "string".
func (r rule) text(measure schema.Measure) string {
	var parts []string
	if len(r.Allowed) > 0 {
		return listText(r.Allowed)
	}
	span := r.span()
	switch {
	case measure == schema.MeasureItems || r.unit == unitItems:
		span = counted(span, r, "item", "items")
	case measure == schema.MeasureCharacters || r.unit == unitCharacters:
		span = counted(span, r, "character", "characters")
	case r.unit == unitBytes:
		span = counted(span, r, "byte", "bytes")
	case r.Type == "integer" || r.Type == "number":
		span = strings.TrimSpace(r.typeText() + " " + span)
	}
	if span != "" {
		parts = append(parts, span)
	} else if r.Type != "" {
		parts = append(parts, r.typeText())
	}
	if r.MultipleOf != "" {
		parts = append(parts, "multiple of "+string(r.MultipleOf))
	}
	return strings.Join(parts, ", ")
}

func counted(span string, r rule, one, many string) string {
	if span == "" {
		return ""
	}
	if r.Max == "1" || r.Max == "" && r.Min == "1" {
		if r.Min == "" || r.Min == r.Max || r.Max == "" {
			return span + " " + one
		}
	}
	return span + " " + many
}

func (r rule) span() string {
	switch {
	case r.Min != "" && r.Min == r.Max:
		return "exactly " + string(r.Min)
	case r.Min != "" && r.Max != "":
		return string(r.Min) + " to " + string(r.Max)
	case r.Min != "" && r.ExclusiveMax != "":
		return "at least " + string(r.Min) + " and less than " + string(r.ExclusiveMax)
	case r.ExclusiveMin != "" && r.Max != "":
		return "greater than " + string(r.ExclusiveMin) + " and at most " + string(r.Max)
	case r.ExclusiveMin != "" && r.ExclusiveMax != "":
		return "greater than " + string(r.ExclusiveMin) + " and less than " + string(r.ExclusiveMax)
	case r.Min != "":
		return "at least " + string(r.Min)
	case r.Max != "":
		return "at most " + string(r.Max)
	case r.ExclusiveMin != "":
		return "greater than " + string(r.ExclusiveMin)
	case r.ExclusiveMax != "":
		return "less than " + string(r.ExclusiveMax)
	default:
		return ""
	}
}

func (r rule) typeText() string {
	switch {
	case r.Type == "array" && r.of != "":
		return "array of " + r.of + "s"
	case r.float && r.Type == "number":
		return "float"
	default:
		return r.Type
	}
}

// maxListed bounds a list in a sentence; the whole of it stands in constraint.allowed.
const maxListed = 12

func listText(values []schema.Value) string {
	texts := make([]string, 0, len(values))
	for _, v := range values[:min(len(values), maxListed)] {
		if text, ok := rawjson.Text(v); ok {
			texts = append(texts, text)
		} else {
			texts = append(texts, string(v))
		}
	}
	text := strings.Join(texts, ", ")
	if rest := len(values) - maxListed; rest > 0 {
		text += fmt.Sprintf(" and %d more", rest)
	}
	return text
}

// constraint is the rule as the report shows it.
func (r rule) constraint(measure schema.Measure) *schema.Constraint {
	if !r.known() {
		return nil
	}
	shown := r.Constraint
	shown.Text = r.text(measure)
	shown.Allowed = slices.DeleteFunc(slices.Clone(shown.Allowed), func(v schema.Value) bool {
		text, ok := rawjson.Text(v)
		return ok && !plainText(text)
	})
	if len(shown.Allowed) > maxItems {
		shown.Allowed = shown.Allowed[:maxItems]
	}
	if shown.Type == "" && r.Type != "" {
		shown.Type = r.Type
	}
	return &shown
}
