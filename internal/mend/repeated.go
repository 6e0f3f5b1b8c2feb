package mend

import (
	"reflect"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// everywhere makes of each edit of an item one that does the same to all items which break the same condition: who writes
// one part of a message in another vendor's form writes all of them so.
func (p *proposer) everywhere(task any, c schema.Condition, all []schema.Condition, found []proposal) []proposal {
	shape := shapeOf(c.Pointer)
	if !strings.Contains(shape, "/*") {
		return nil
	}
	var others [][]proposal
	for _, twin := range all {
		if twin.Kind == c.Kind && twin.Pointer != c.Pointer && shapeOf(twin.Pointer) == shape {
			others = append(others, p.propose(task, twin, all))
		}
	}
	var repeated []proposal
	for _, one := range found {
		whole := one
		whole.edit.Changes, whole.operations = slices.Clone(one.edit.Changes), slices.Clone(one.operations)
		for _, proposals := range others {
			if i := slices.IndexFunc(proposals, func(other proposal) bool { return isTwin(one.edit, other.edit) }); i >= 0 {
				whole.edit.Changes = append(whole.edit.Changes, proposals[i].edit.Changes...)
				whole.operations = append(whole.operations, proposals[i].operations...)
				whole.edit.Again++
			}
		}
		if whole.edit.Again > 0 {
			whole.cost++
			repeated = append(repeated, whole)
		}
	}
	return repeated
}

// isTwin tells an edit that does to an item what another does to one beside it. What leads out of its item, or takes
// something out, is the edit of that item alone.
func isTwin(a, b Edit) bool {
	return a.Kind == b.Kind && !a.Loses && !b.Loses && slices.EqualFunc(a.Changes, b.Changes, func(a, b Change) bool {
		moves := shapeOf(a.From) == shapeOf(b.From) && shapeOf(a.To) == shapeOf(b.To)
		return moves && a.To != b.To && a.To != "" && (kept(a) && kept(b) || reflect.DeepEqual(a.New, b.New))
	})
}

// kept tells a value that only gets another place, or goes into something or comes out of it.
func kept(c Change) bool { return c.From != c.To || holds(c.New, c.Old) || holds(c.Old, c.New) }

// holds tells the only value in an object or an array.
func holds(around, value any) bool {
	switch around := around.(type) {
	case map[string]any:
		for _, member := range around {
			return len(around) == 1 && reflect.DeepEqual(member, value)
		}
	case []any:
		return len(around) == 1 && reflect.DeepEqual(around[0], value)
	}
	return false
}

// shapeOf is a pointer with `*` for each index.
func shapeOf(pointer string) string {
	path := rawjson.Tokens(pointer)
	for i, step := range path {
		if isIndex(step) {
			path[i] = "*"
		}
	}
	return rawjson.PointerOf(path)
}
