package modelschema

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// maxProbes bounds how often the validator is asked what would be without a member.
const maxProbes = 12

// causes puts conditions that fail only because of another one's member into that one. The validator says which: what
// vanishes with the member was its consequence. Only a member that must not be there is such a cause; one that has a
// wrong value will stay, and so will what it requires.
func (x *explainer) causes(all []schema.Condition) []schema.Condition {
	if len(all) < 2 {
		return all
	}
	probes := 0
	taken := make([]bool, len(all))
	x.mistyped(all, taken)
	x.tooHigh(all, taken)
	for i, c := range all {
		if taken[i] {
			continue
		}
		var best []int
		for _, members := range removable(c) {
			if probes == maxProbes || !concerns(all, i, members, c.Kind) {
				continue
			}
			probes++
			if gone := x.vanish(all, i, members); len(gone) > len(best) {
				best = gone
			}
		}
		for _, j := range best {
			if !taken[j] && len(all[j].Consequences) == 0 {
				taken[j] = true
				all[i].Consequences = append(all[i].Consequences, all[j])
			}
		}
	}
	var kept []schema.Condition
	for i, c := range all {
		if !taken[i] {
			kept = append(kept, c)
		}
	}
	return kept
}

// mistyped puts a table of sizes into the fault of a side that is listed but for its type.
func (x *explainer) mistyped(all []schema.Condition, taken []bool) {
	for i, c := range all {
		if c.Kind != schema.BreachSizes {
			continue
		}
		var numbers []string
		for _, m := range c.Members {
			value, _ := request.At(x.task, rawjson.Tokens(m.Pointer))
			switch v := value.(type) {
			case string:
				numbers = append(numbers, strings.TrimSpace(v))
			case json.Number:
				numbers = append(numbers, v.String())
			}
		}
		if !slices.ContainsFunc(c.Sizes, func(s schema.Size) bool {
			return slices.Equal(numbers, []string{strconv.Itoa(s.Width), strconv.Itoa(s.Height)})
		}) {
			continue
		}
		for j, other := range all {
			if other.Kind == schema.BreachType && mentions(c.Members, other.Pointer) {
				all[j].Consequences, taken[i] = append(all[j].Consequences, c), true
				break
			}
		}
	}
}

// tooHigh puts the refusal of an object into the fault of a member that stands in it one object too high. What the object
// should hold is looked for a step below and, where it is not there, taken for held: that says nothing of the object.
func (x *explainer) tooHigh(all []schema.Condition, taken []bool) {
	for i, c := range all {
		if c.Kind != schema.BreachUnknown {
			continue
		}
		path := rawjson.Tokens(c.Pointer)
		object, name := rawjson.PointerOf(path[:len(path)-1]), path[len(path)-1]
		if len(path) < 2 || !slices.ContainsFunc(x.model.places, func(place string) bool {
			below := rawjson.Tokens(place)
			return len(below) == len(path)+1 && below[len(path)] == name && strings.HasPrefix(place, object+"/")
		}) {
			continue
		}
		for j, other := range all {
			if other.Kind != schema.BreachRefused || taken[j] {
				continue
			}
			all[j].Members = slices.DeleteFunc(slices.Clone(other.Members), func(m schema.Premise) bool { return m.Pointer == object })
			if len(all[j].Members) == 0 {
				all[j].Members = other.Members
				all[i].Consequences, taken[j] = append(all[i].Consequences, all[j]), true
			}
		}
	}
}

// removable lists what of a condition's members could be taken out to satisfy it: each of those that exclude each
// other, all of those that are refused.
func removable(c schema.Condition) [][]string {
	var each [][]string
	var whole []string
	for _, p := range c.Members {
		if p.State == schema.StateAbsent || p.State == schema.StateUnequal || p.Pointer == "" {
			continue
		}
		each = append(each, []string{p.Pointer})
		whole = append(whole, p.Pointer)
	}
	switch c.Kind { //nolint:exhaustive // the others' members are to stay
	case schema.BreachConflict, schema.BreachExclusive:
		return each
	case schema.BreachRefused, schema.BreachUnknown:
		if len(whole) > 0 {
			return [][]string{whole}
		}
	}
	return nil
}

// concerns tells whether another condition speaks of the members at all.
func concerns(all []schema.Condition, i int, members []string, kind schema.Breach) bool {
	return slices.ContainsFunc(members, func(member string) bool {
		for j, c := range all {
			if j != i && (mentions(c.Because, member) || certain(kind) && mentions(c.Members, member)) {
				return true
			}
		}
		return false
	})
}

// certain tells the conditions whose members are to go, whatever the user prefers.
func certain(kind schema.Breach) bool {
	return kind == schema.BreachRefused || kind == schema.BreachUnknown
}

// vanish lists the other conditions that speak of the members and that the task would not break without them.
func (x *explainer) vanish(all []schema.Condition, i int, members []string) []int {
	without := x.task
	for _, pointer := range members {
		next, err := request.Remove(without, pointer)
		if err != nil {
			return nil
		}
		without = next
	}
	left := map[string]bool{}
	if failure := x.model.validate(without); failure != nil {
		probe := x.model.explainer(without)
		for _, c := range probe.gather(probe.explain(failure, nil)) {
			left[identity(c)] = true
		}
	}
	if left[identity(all[i])] {
		return nil
	}
	var gone []int
	for j, c := range all {
		concerned := slices.ContainsFunc(members, func(member string) bool {
			return mentions(c.Because, member) || certain(all[i].Kind) && mentions(c.Members, member)
		})
		if j != i && concerned && !left[identity(c)] {
			gone = append(gone, j)
		}
	}
	return gone
}

// mentions tells whether a premise is about a member, or something in it.
func mentions(all []schema.Premise, member string) bool {
	return slices.ContainsFunc(all, func(p schema.Premise) bool {
		return p.State != schema.StateAbsent && (p.Pointer == member || strings.HasPrefix(p.Pointer, member+"/"))
	})
}

// identity is the same for the same condition of a task that was changed elsewhere: where it stands may change with the
// schema that finds it.
func identity(c schema.Condition) string { return string(c.Kind) + " " + memberNamesOf(c) }
