package mend

import (
	"slices"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// missing proposes what stands elsewhere under a name that may be meant, what the schema leaves no choice about, and to
// give up the object that lacks something.
func (p *proposer) missing(task any, c schema.Condition) []proposal {
	var found []proposal
	for _, m := range c.Members {
		to := rawjson.Tokens(m.Pointer)
		for _, from := range p.strays(task, to) {
			for _, one := range p.moves(task, from) {
				if one.edit.Changes[0].To == m.Pointer {
					found = append(found, one)
				}
			}
		}
	}
	if len(c.Sizes) > 0 && len(c.Members) > 0 {
		to := rawjson.Tokens(c.Members[0].Pointer)
		found = append(found, p.sized(task, to[:len(to)-1], c.Sizes)...)
	}
	if len(c.Members) == 1 && len(c.Constraint.Allowed) == 1 {
		to := rawjson.Tokens(c.Members[0].Pointer)
		above, ok := parents(task, to)
		if ok && !onGuard(to) {
			one := added(to, decoded(c.Constraint.Allowed[0]))
			one.operations = append(above, one.operations...)
			found = append(found, one)
		}
	}
	return append(found, p.abandon(task, c)...)
}

// strays lists members of the task that the schema has no place for, beside a place and at the top.
func (p *proposer) strays(task any, to []string) [][]string {
	var all [][]string
	homes := [][]string{nil, {"inputs"}, {"settings"}}
	if len(to) > 1 {
		homes = append(homes, to[:len(to)-1])
	}
	for i, home := range homes {
		if slices.ContainsFunc(homes[:i], func(other []string) bool { return slices.Equal(other, home) }) {
			continue
		}
		value, _ := request.Resolve(task, rawjson.PointerOf(home))
		object, _ := value.(map[string]any)
		for _, name := range sortedNames(object) {
			path := slices.Concat(home, []string{name})
			if !p.hasPlace(path) {
				all = append(all, path)
			}
		}
	}
	return all
}

func (p *proposer) hasPlace(path []string) bool {
	return slices.ContainsFunc(p.places, func(place []string) bool {
		return slices.EqualFunc(place, path, func(a, b string) bool { return a == b || a == "*" && isIndex(b) })
	})
}

// abandon gives up the object that lacks a member, with all that is in it.
func (p *proposer) abandon(task any, c schema.Condition) []proposal {
	if c.Pointer == "" {
		return nil
	}
	value, _ := request.Resolve(task, c.Pointer)
	found := p.takeOut(task, []string{c.Pointer}, costAbandon-costRemove+min(leaves(value), costAbandon))
	for i := range found {
		found[i].edit.Abandons = true
	}
	return found
}

// leaves counts the scalars of a value.
func leaves(value any) int {
	n := 0
	switch v := value.(type) {
	case map[string]any:
		for _, member := range v {
			n += leaves(member)
		}
	case []any:
		for _, item := range v {
			n += leaves(item)
		}
	default:
		n = 1
	}
	return n
}
