package constraint

import (
	"fmt"
	"slices"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Text says a constraint in words: "integer 256 to 2048, multiple of 16", "0 to 4 items", "6, 10", "string".
func (r Constraint) Text(measure schema.Measure) string { return r.phrase(measure, true) }

// Uncounted is Text without the word for what is counted, beside a value that has it already.
func (r Constraint) Uncounted(measure schema.Measure) string { return r.phrase(measure, false) }

func (r Constraint) phrase(measure schema.Measure, noun bool) string {
	if len(r.Allowed) > 0 {
		return ListText(r.Allowed)
	}
	span := r.span()
	switch {
	case measure == schema.MeasureItems || r.Unit == UnitItems:
		if noun || measure != schema.MeasureItems {
			span = counted(span, r, "item", "items")
		}
	case measure == schema.MeasureCharacters || r.Unit == UnitCharacters:
		if noun || measure != schema.MeasureCharacters {
			span = counted(span, r, "character", "characters")
		}
	case r.Unit == UnitBytes:
		span = counted(span, r, "byte", "bytes")
	case r.Type == "integer" || r.Type == "number":
		span = strings.TrimSpace(r.typeText() + " " + span)
	}
	var parts []string
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

// TypeStands tells whether Text begins with the type.
func (r Constraint) TypeStands(measure schema.Measure) bool {
	if len(r.Allowed) > 0 || r.Type == "" {
		return false
	}
	counts := measure == schema.MeasureItems || measure == schema.MeasureCharacters || r.Unit == UnitItems || r.Unit == UnitCharacters || r.Unit == UnitBytes
	return r.span() == "" || !counts && (r.Type == "integer" || r.Type == "number")
}

func counted(span string, r Constraint, one, many string) string {
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

func (r Constraint) span() string {
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

func (r Constraint) typeText() string {
	switch {
	case r.Type == "array" && r.Of != "":
		return "array of " + r.Of + "s"
	case r.Float && r.Type == "number":
		return "float"
	default:
		return r.Type
	}
}

// MaxListed bounds a list in a sentence; the whole of it stands in constraint.allowed.
const MaxListed = 12

// ListText says a list in words: its first dozen, and how many more.
func ListText(values []schema.Value) string {
	texts := make([]string, 0, len(values))
	for _, v := range values[:min(len(values), MaxListed)] {
		if text, ok := rawjson.Text(v); ok {
			texts = append(texts, text)
		} else {
			texts = append(texts, string(v))
		}
	}
	text := strings.Join(texts, ", ")
	if rest := len(values) - MaxListed; rest > 0 {
		text += fmt.Sprintf(" and %d more", rest)
	}
	return text
}

// MaxAllowed bounds a list of accepted values: beyond it an enumeration is prose.
const MaxAllowed = 200

// Shown is the rule as the report shows it.
func (r Constraint) Shown(measure schema.Measure) *schema.Constraint {
	if !r.Known() {
		return nil
	}
	shown := r.Constraint
	shown.Allowed = slices.DeleteFunc(slices.Clone(shown.Allowed), func(v schema.Value) bool {
		text, ok := rawjson.Text(v)
		return ok && !looks.Plain(text)
	})
	if shown.Text = r.Text(measure); len(shown.Allowed) < len(r.Allowed) {
		shown.Text = fmt.Sprintf("one of %d values", len(r.Allowed))
	}
	if len(shown.Allowed) > MaxAllowed {
		shown.Allowed = shown.Allowed[:MaxAllowed]
	}
	if shown.Type == "" && r.Type != "" {
		shown.Type = r.Type
	}
	return &shown
}
