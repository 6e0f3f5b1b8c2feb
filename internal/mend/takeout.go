package mend

import (
	"slices"
	"strconv"

	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// refused proposes to take out all that is refused for one reason, which is one edit.
func (p *proposer) refused(task any, c schema.Condition) []proposal {
	if len(c.Members) == 1 {
		return p.undo(task, c.Members[0], 0)
	}
	whole := proposal{edit: Edit{Kind: KindRemove}}
	lost, removes := 0, false
	for _, m := range c.Members {
		if slices.ContainsFunc(whole.operations, func(o request.Operation) bool { return o.Path == m.Pointer }) {
			continue // the other side of a picture, gone already
		}
		one := p.undo(task, m, 0)
		if len(one) == 0 {
			return nil
		}
		whole.edit.Changes = append(whole.edit.Changes, one[0].edit.Changes...)
		whole.edit.Loses = whole.edit.Loses || one[0].edit.Loses
		whole.operations = append(whole.operations, one[0].operations...)
		lost += one[0].cost / costMaterial
		whole.cost = max(whole.cost, one[0].cost%costMaterial)
		removes = removes || one[0].edit.Kind == KindRemove
	}
	whole.cost += lost * costMaterial
	if !removes {
		whole.edit.Kind = KindNormalise // all are switched off
	}
	return []proposal{whole}
}

// undo proposes what makes a premise untrue: the member goes, or is switched off where only its being on matters.
func (p *proposer) undo(task any, m schema.Premise, more int) []proposal {
	path := rawjson.Tokens(m.Pointer)
	value, there := request.Resolve(task, m.Pointer)
	if !there || len(path) == 0 {
		return nil
	}
	switch m.State {
	case schema.StatePresent, schema.StateUnfit, schema.StateUnequal:
		return p.takeOut(task, []string{m.Pointer}, more)
	case schema.StateEqual:
		switch {
		case value == true && m.Default && !onGuard(path) && !slices.ContainsFunc(path, parameter.Safeguards):
			return []proposal{replaced(m.Pointer, true, false, costFlip+more)}
		case m.Default: // it is the same when it is left out
			return p.others(m, value, more)
		}
		return append(p.takeOut(task, []string{m.Pointer}, more), p.others(m, value, more)...)
	case schema.StateFits:
		if list, isList := value.([]any); isList {
			if least, err := strconv.Atoi(m.Constraint.Min.String()); err == nil && least > 1 {
				fewer := schema.Constraint{}
				fewer.Max = "1"
				if least > 2 {
					fewer.Max = jsonInt(least - 1)
				}
				return p.trimmed(path, list, fewer)
			}
		}
		return p.takeOut(task, []string{m.Pointer}, more)
	case schema.StateAbsent:
	}
	return nil
}

// others proposes the other values of a short list, such as the kinds of a message's part.
func (p *proposer) others(m schema.Premise, value any, more int) []proposal {
	const few = 4
	path := rawjson.Tokens(m.Pointer)
	rule, _ := p.problem.Rule(m.Pointer)
	if len(rule.Allowed) > few || onGuard(path) || slices.ContainsFunc(path, parameter.Safeguards) {
		return nil
	}
	var found []proposal
	for _, raw := range rule.Allowed {
		refused := slices.ContainsFunc(m.Values, func(v schema.Value) bool { return key(decoded(v)) == key(decoded(raw)) })
		if other := decoded(raw); !refused && typeName(other) == typeName(value) {
			found = append(found, replaced(m.Pointer, value, other, costOther+more))
		}
	}
	return found
}

// takeOut proposes to remove members, as one edit. With one side of a picture goes the other.
func (p *proposer) takeOut(task any, members []string, more int) []proposal {
	members = withOtherSides(task, members)
	one := proposal{edit: Edit{Kind: KindRemove}, cost: costRemove + more}
	lost := 0
	for _, pointer := range members {
		path := rawjson.Tokens(pointer)
		value, there := request.Resolve(task, pointer)
		if !there {
			continue
		}
		if len(path) == 0 || !mayRemove(path, value) {
			return nil
		}
		lost += material(path, value)
		if value == nil && len(members) == 1 {
			one.cost = costSame + more // null is as good as absent
		}
		one.cost += 2 * min(max(leaves(value)-1, 0), costAbandon) // what is large was more work to set
		one.edit.Changes = append(one.edit.Changes, Change{From: pointer, Old: value})
		one.operations = append(one.operations, request.Operation{Op: "remove", Path: pointer})
	}
	if len(one.operations) == 0 {
		return nil
	}
	one.edit.Loses = lost > 0
	one.cost += lost * costMaterial
	return []proposal{one}
}

func withOtherSides(task any, members []string) []string {
	all := slices.Clone(members)
	for _, pointer := range members {
		path := rawjson.Tokens(pointer)
		if len(path) == 0 || !isSide(path[len(path)-1]) {
			continue
		}
		for _, name := range []string{"width", "height"} {
			other := rawjson.PointerOf(slices.Concat(path[:len(path)-1], []string{name}))
			if _, there := request.Resolve(task, other); there && !slices.Contains(all, other) {
				all = append(all, other)
			}
		}
	}
	return all
}

// trimmed takes the last items of a list that is too long.
func (p *proposer) trimmed(path []string, list []any, c schema.Constraint) []proposal {
	const few = 20
	most, err := strconv.Atoi(c.Max.String())
	if err != nil || most < 0 || len(list) <= most || len(list)-most > few {
		return nil
	}
	one := proposal{edit: Edit{Kind: KindRemove}, cost: costRemove}
	lost := 0
	for i := len(list) - 1; i >= most; i-- {
		at := slices.Concat(path, []string{strconv.Itoa(i)})
		if !mayRemove(at, list[i]) {
			return nil
		}
		lost += material(at, list[i])
		one.edit.Changes = append(one.edit.Changes, Change{From: rawjson.PointerOf(at), Old: list[i]})
		one.operations = append(one.operations, request.Operation{Op: "remove", Path: rawjson.PointerOf(at)})
	}
	one.edit.Loses = lost > 0
	one.cost += lost * costMaterial
	return []proposal{one}
}
