package modelschema

import (
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// premises is why the conditional schemas apply in which the schema of an error stands: `if`, and schemas that a
// member's presence brings.
func (x *explainer) premises(e *jsonschema.ValidationError) []schema.Premise {
	address, fragment, _ := strings.Cut(e.SchemaURL, "#")
	steps := strings.Split(fragment, "/")
	var all []schema.Premise
	for i := 1; i < len(steps); i++ {
		step := steps[i]
		if step != "then" && step != "else" && step != "dependentSchemas" && step != "dependencies" {
			continue
		}
		above := x.model.at[address+"#"+strings.Join(steps[:i], "/")]
		if i == 1 {
			above = x.model.at[address+"#"]
		}
		rest := steps[i+1:]
		if above == nil || (step == "dependentSchemas" || step == "dependencies") && len(rest) == 0 {
			continue
		}
		name := ""
		if step == "dependentSchemas" || step == "dependencies" {
			name, rest = rawjson.Unescape(rest[0]), rest[1:]
			if above.DependentSchemas[name] == nil && above.Dependencies[name] == nil {
				continue
			}
		} else if above.If == nil {
			continue
		}
		n := len(e.InstanceLocation) - descents(rest)
		if n < 0 {
			continue
		}
		path := e.InstanceLocation[:n]
		value, ok := request.At(x.task, path)
		switch {
		case !ok:
		case name != "":
			all = append(all, premise(at(path, name), schema.StatePresent))
		default:
			all = append(all, innermost(x.because(above.If, step == "then", value, path))...)
		}
	}
	return all
}

// descents counts the members and items that a schema's location leads down.
func descents(steps []string) int {
	n := 0
	for i := 0; i < len(steps); i++ {
		switch steps[i] {
		case "properties", "patternProperties", "prefixItems":
			n++
			i++
		case "items":
			n++
			if i+1 < len(steps) && strings.Trim(steps[i+1], "0123456789") == "" {
				i++
			}
		case "additionalProperties", "additionalItems", "unevaluatedProperties", "unevaluatedItems", "contains":
			n++
		case "allOf", "anyOf", "oneOf", "dependentSchemas", "dependencies":
			i++
		}
	}
	return n
}

// innermost leaves out that a member is there where something below it is named too.
func innermost(all []schema.Premise) []schema.Premise {
	return slices.DeleteFunc(slices.Clone(all), func(p schema.Premise) bool {
		return p.State == schema.StatePresent && slices.ContainsFunc(all, func(other schema.Premise) bool {
			return strings.HasPrefix(other.Pointer, p.Pointer+"/") && other.State != schema.StateAbsent
		})
	})
}

// withoutMembers keeps the reasons that are not the members themselves: a size table applies to sides that are there.
func withoutMembers(because, members []schema.Premise) []schema.Premise {
	return slices.DeleteFunc(slices.Clone(because), func(p schema.Premise) bool {
		return slices.ContainsFunc(members, func(m schema.Premise) bool {
			return m.Pointer == p.Pointer && (p.State == schema.StatePresent || p.State == m.State)
		})
	})
}

func samePremises(a, b []schema.Premise) bool {
	return slices.EqualFunc(a, b, func(p, q schema.Premise) bool { return p.Pointer == q.Pointer && p.State == q.State })
}

// maxPremises bounds what one condition is said to depend on.
const maxPremises = 20

// distinct keeps the first of equal premises.
func distinct(all []schema.Premise) []schema.Premise {
	var kept []schema.Premise
	seen := map[string]bool{}
	for _, p := range all {
		id := string(p.State) + p.Pointer + p.Constraint.Text + joinValues(p.Values)
		if seen[id] || len(kept) == maxPremises {
			continue
		}
		seen[id] = true
		kept = append(kept, p)
	}
	return kept
}

func joinValues(all []schema.Value) string {
	var b strings.Builder
	for _, v := range all {
		b.WriteByte(',')
		b.Write(v)
	}
	return b.String()
}

func premise(path []string, state schema.State) schema.Premise {
	return schema.Premise{Pointer: rawjson.PointerOf(path), State: state}
}

func at(path []string, token string) []string { return slices.Concat(path, []string{token}) }
