package modelschema

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// gather sorts conditions, joins those that are one and drops doubles.
func (x *explainer) gather(all []schema.Condition) []schema.Condition {
	slices.SortStableFunc(all, func(a, b schema.Condition) int {
		return cmp.Or(comparePaths(rawjson.Tokens(a.Pointer), rawjson.Tokens(b.Pointer)), cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(memberNamesOf(a), memberNamesOf(b)), cmp.Compare(len(a.Because), len(b.Because)), cmp.Compare(a.Constraint.Text, b.Constraint.Text))
	})
	var kept []schema.Condition
	for _, c := range all {
		same := slices.IndexFunc(kept, func(other schema.Condition) bool { return joinable(other, c) })
		if same < 0 {
			kept = append(kept, c)
			continue
		}
		kept[same].Members = distinct(slices.Concat(kept[same].Members, c.Members))
		if len(kept[same].Members) > 1 {
			kept[same].Constraint = sourced()
		}
	}
	return slices.DeleteFunc(kept, func(c schema.Condition) bool { return x.noise(c, kept) })
}

// joinable tells conditions that are one: the same twice, or members missing for the same reason.
func joinable(a, b schema.Condition) bool {
	if a.Kind != b.Kind {
		return false
	}
	if a.Kind == schema.BreachMissing && len(a.Because) > 0 && samePremises(a.Because, b.Because) {
		return true
	}
	if a.Kind == schema.BreachMissing && memberNamesOf(a) == memberNamesOf(b) {
		return true
	}
	if a.Kind == schema.BreachRefused && len(a.Because) > 0 && a.Pointer == b.Pointer && samePremises(a.Because, b.Because) {
		return true
	}
	return a.Pointer == b.Pointer && memberNamesOf(a) == memberNamesOf(b) && samePremises(a.Because, b.Because) &&
		(a.Kind == schema.BreachMissing || a.Kind == schema.BreachUnknown || a.Constraint.Text == b.Constraint.Text)
}

// noise is a condition that says less than another: that a member is missing which is missing anyway.
func (x *explainer) noise(c schema.Condition, all []schema.Condition) bool {
	if c.Kind == schema.BreachUnknown && x.doubtful[c.Members[0].Pointer] {
		object := c.Pointer[:strings.LastIndexByte(c.Pointer, '/')]
		return slices.ContainsFunc(all, func(other schema.Condition) bool {
			known := other.Kind == schema.BreachUnknown && x.doubtful[other.Members[0].Pointer]
			return !known && (other.Pointer == object || strings.HasPrefix(other.Pointer, object+"/"))
		})
	}
	if c.Kind != schema.BreachMissing || len(c.Because) == 0 {
		return false
	}
	return !slices.ContainsFunc(c.Members, func(p schema.Premise) bool {
		return !slices.ContainsFunc(all, func(other schema.Condition) bool {
			return other.Kind == schema.BreachMissing && len(other.Because) == 0 && slices.ContainsFunc(other.Members, func(q schema.Premise) bool {
				return q.Pointer == p.Pointer || strings.HasPrefix(p.Pointer, q.Pointer+"/") && p.Pointer != q.Pointer && len(other.Members) == 1
			})
		})
	})
}

func memberNamesOf(c schema.Condition) string {
	all := make([]string, 0, len(c.Members))
	for _, p := range c.Members {
		all = append(all, p.Pointer)
	}
	for _, group := range c.Choices {
		all = append(all, strings.Join(group, "+"))
	}
	return strings.Join(all, "\n")
}

// comparePaths sorts indices by number.
func comparePaths(a, b []string) int {
	return slices.CompareFunc(a, b, func(s, t string) int {
		m, errM := strconv.Atoi(s)
		n, errN := strconv.Atoi(t)
		if errM == nil && errN == nil {
			return cmp.Compare(m, n)
		}
		return cmp.Compare(s, t)
	})
}
