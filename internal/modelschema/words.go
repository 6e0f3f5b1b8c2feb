package modelschema

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Words says a constraint in words: "0 to 4 items", "256 to 2048, multiple of 64", "one of `a`, `b`", "string of 2 to
// 3000 characters", "integer". It is "" for a constraint that says nothing.
func Words(c schema.Constraint) string {
	if len(c.Allowed) > 0 {
		return listWords(c.Allowed)
	}
	bounds := boundWords(c)
	switch {
	case bounds == "" && c.MultipleOf == "":
		return strings.ReplaceAll(c.Type, "|", " or ")
	case has(c.Type, "array") && bounds != "":
		return bounds + " " + looks.Noun(lastBound(c), "item")
	case has(c.Type, "string") && bounds != "":
		return "string of " + bounds + " " + looks.Noun(lastBound(c), "character")
	case c.MultipleOf != "":
		return strings.TrimPrefix(bounds+", multiple of "+c.MultipleOf.String(), ", ")
	case has(c.Type, "integer"):
		return "integer, " + bounds
	default:
		return bounds
	}
}

// words adds to the constraint's own what only a schema says.
func (f facts) words(c schema.Constraint) string {
	if f.listed {
		if len(c.Allowed) == 0 {
			return fmt.Sprintf("one of %d values", len(f.allowed))
		}
		return Words(c)
	}
	text := Words(c)
	if f.format != "" && f.types.may(typeString) {
		text = joined(text, formatWords(f.format))
	}
	if f.pattern != "" && f.types.may(typeString) && !looks.IsSentence(f.pattern) {
		text = joined(text, "matching the pattern "+code(f.pattern))
	}
	if f.unique && f.types.may(typeArray) {
		text = joined(text, "no item twice")
	}
	return text
}

func joined(a, b string) string {
	if a == "" || a == "string" {
		return b
	}
	return a + ", " + b
}

// formatWords names the formats that are checked, and is "" for the others: JSON Schema holds a format to be a hint,
// so only those are checked that cannot well be meant otherwise.
func formatWords(format string) string {
	switch format {
	case "uuid":
		return "a UUID"
	case "uri":
		return "an absolute URI"
	case "email":
		return "an e-mail address"
	case "date-time":
		return "a date and time as RFC 3339 has it"
	case "date":
		return "a date such as 2030-12-31"
	case "hostname":
		return "a host name"
	case "ipv4":
		return "an IPv4 address"
	case "ipv6":
		return "an IPv6 address"
	default:
		return ""
	}
}

func boundWords(c schema.Constraint) string {
	switch {
	case c.Min != "" && c.Min == c.Max:
		return "exactly " + c.Min.String()
	case c.Min != "" && c.Max != "":
		return c.Min.String() + " to " + c.Max.String()
	case c.Min != "" && c.ExclusiveMax != "":
		return "at least " + c.Min.String() + " and less than " + c.ExclusiveMax.String()
	case c.ExclusiveMin != "" && c.Max != "":
		return "more than " + c.ExclusiveMin.String() + " and at most " + c.Max.String()
	case c.ExclusiveMin != "" && c.ExclusiveMax != "":
		return "more than " + c.ExclusiveMin.String() + " and less than " + c.ExclusiveMax.String()
	case c.Min != "":
		return "at least " + c.Min.String()
	case c.Max != "":
		return "at most " + c.Max.String()
	case c.ExclusiveMin != "":
		return "more than " + c.ExclusiveMin.String()
	case c.ExclusiveMax != "":
		return "less than " + c.ExclusiveMax.String()
	default:
		return ""
	}
}

// lastBound is the last number of the bounds' words, by which a noun behind them counts.
func lastBound(c schema.Constraint) string { return either(c.Max.String(), c.Min.String()) }

func has(types, name string) bool {
	for one := range strings.SplitSeq(types, "|") {
		if one == name {
			return true
		}
	}
	return false
}

// listWords names up to ten values; the whole list is in the constraint.
func listWords(allowed []schema.Value) string {
	const shown = 10
	var all []string
	for _, v := range allowed[:min(len(allowed), shown)] {
		all = append(all, valueWord(v))
	}
	if len(allowed) == 1 {
		return all[0]
	}
	text := "one of " + strings.Join(all, ", ")
	if more := len(allowed) - shown; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func valueWord(v schema.Value) string {
	if text, ok := rawjson.Text(v); ok {
		return code(text)
	}
	return code(string(v))
}

// code puts backticks round what a stranger wrote, so that it stays one short word of ours.
func code(text string) string {
	const longest = 80
	var b strings.Builder
	b.WriteByte('`')
	for i, r := range []rune(text) {
		if i == longest {
			b.WriteString("…")
			break
		}
		switch {
		case r == '`':
			b.WriteByte('\'')
		case r == ' ' || unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	b.WriteByte('`')
	return b.String()
}

// codes lists names: "`a`", "`a` and `b`", "`a`, `b` and `c`".
func codes(names []string) string {
	const shown = 10
	var all []string
	for _, n := range names[:min(len(names), shown)] {
		all = append(all, code(n))
	}
	if more := len(names) - shown; more > 0 {
		all = append(all, fmt.Sprintf("%d more", more))
	}
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}
