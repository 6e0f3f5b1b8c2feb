package mend

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// The costs of taking out. What the user made costs more than any list of other edits.
const (
	costFlip     = 6
	costRemove   = 7
	costOther    = 8
	costSeed     = 3 // none is nearer to another than a random one
	costAbandon  = 10
	costBlindly  = 11 // from a condition that was not understood
	costMaterial = 1000
)

// proposal is an edit that is still to be judged.
type proposal struct {
	edit       Edit // without its operations
	operations []request.Operation
	cost       int
}

// proposer thinks of edits for one condition at a time.
type proposer struct {
	mender  *Mender
	problem Problem
	places  [][]string
	times   map[string]int // how many places have a name
}

func newProposer(m *Mender, problem Problem) *proposer {
	p := &proposer{mender: m, problem: problem, times: map[string]int{}}
	for _, place := range problem.Places {
		if path := split(place); len(path) > 0 && path[len(path)-1] != "*" {
			p.places = append(p.places, path)
			p.times[path[len(path)-1]]++
		}
	}
	return p
}

// rank is the place of a name among those that a word may mean: the first is the nearest.
func (m *Mender) rank(word, name string) int {
	return max(0, slices.Index(m.aliases[fold(word)], name))
}

// propose lists edits that may satisfy a condition.
func (p *proposer) propose(task any, c schema.Condition, all []schema.Condition) []proposal {
	var found []proposal
	switch c.Kind {
	case schema.BreachUnknown:
		found = p.unknown(task, c)
	case schema.BreachMissing:
		found = p.missing(task, c)
	case schema.BreachEnum, schema.BreachRange, schema.BreachLength, schema.BreachItems, schema.BreachType, schema.BreachFormat:
		found = p.value(task, c, all)
	case schema.BreachRefused:
		found = p.refused(task, c)
	case schema.BreachConflict, schema.BreachExclusive:
		for _, m := range c.Members {
			found = append(found, p.undo(task, m, 0)...)
		}
	case schema.BreachChoice:
		found = p.abandon(task, c)
	case schema.BreachSizes:
		object := split(c.Pointer)
		found = p.sized(task, object, c.Sizes)
		found = append(found, p.takeOut(task, pointers(c.Members), 0)...)
	case schema.BreachContains:
		found = p.contained(task, c)
	case schema.BreachAlternatives:
		found = p.otherForm(task, c)
	case schema.BreachOther:
		for _, m := range c.Members {
			found = append(found, p.takeOut(task, []string{m.Pointer}, costBlindly-costRemove)...)
		}
	}
	for _, because := range c.Because {
		for _, one := range p.undo(task, because, costAbandon-costRemove) {
			one.edit.Abandons = c.Kind == schema.BreachMissing || c.Kind == schema.BreachChoice
			found = append(found, one)
		}
	}
	return found
}

func (p *proposer) unknown(task any, c schema.Condition) []proposal {
	var found []proposal
	for _, m := range c.Members {
		path := split(m.Pointer)
		found = append(found, p.moves(task, path)...)
		if one, ok := p.dissolve(task, path); ok {
			found = append(found, one)
		}
		if one, ok := p.sidesOf(task, path); ok {
			found = append(found, one)
		}
		found = append(found, p.takeOut(task, []string{m.Pointer}, 0)...)
	}
	return found
}

// missing proposes what stands elsewhere under a name that may be meant, what the schema leaves no choice about, and to
// give up the object that lacks something.
func (p *proposer) missing(task any, c schema.Condition) []proposal {
	var found []proposal
	for _, m := range c.Members {
		to := split(m.Pointer)
		for _, from := range p.strays(task, to) {
			for _, one := range p.moves(task, from) {
				if one.edit.Changes[0].To == m.Pointer {
					found = append(found, one)
				}
			}
		}
	}
	if len(c.Sizes) > 0 && len(c.Members) > 0 {
		to := split(c.Members[0].Pointer)
		found = append(found, p.sized(task, to[:len(to)-1], c.Sizes)...)
	}
	if len(c.Members) == 1 && len(c.Constraint.Allowed) == 1 {
		to := split(c.Members[0].Pointer)
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
		value, _ := request.Resolve(task, join(home))
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

// value proposes another value for a member, or its removal.
func (p *proposer) value(task any, c schema.Condition, all []schema.Condition) []proposal {
	path := split(c.Pointer)
	value, there := request.Resolve(task, c.Pointer)
	if !there || onGuard(path) {
		return nil
	}
	name := ""
	if len(path) > 0 {
		name = path[len(path)-1]
	}
	if c.Kind == schema.BreachRange && strings.HasSuffix(fold(name), "seed") {
		return p.takeOut(task, []string{c.Pointer}, costSeed-costRemove)
	}
	if isSide(name) && c.Kind == schema.BreachRange {
		object := path[:len(path)-1]
		rules := map[string]schema.Constraint{}
		for _, other := range all {
			if at := split(other.Pointer); other.Kind == schema.BreachRange && len(at) == len(path) && startsWith(at, object) && isSide(at[len(at)-1]) {
				rules[at[len(at)-1]] = other.Constraint
			}
		}
		found := p.scaled(task, object, rules)
		for _, other := range all {
			if other.Kind == schema.BreachSizes && slices.Equal(split(other.Pointer), object) {
				found = p.sized(task, object, other.Sizes)
			}
		}
		if len(found) > 0 {
			return append(found, p.takeOut(task, []string{c.Pointer}, 0)...)
		}
	}
	var found []proposal
	if changed, cost, ok := normalised(value, c.Constraint); ok && (!kept(name) || typeName(changed) != typeName(value)) {
		found = append(found, replaced(c.Pointer, value, changed, cost))
	}
	if list, isList := value.([]any); isList && c.Kind == schema.BreachItems {
		found = append(found, p.trimmed(path, list, c.Constraint)...)
	}
	return append(found, p.takeOut(task, []string{c.Pointer}, 0)...)
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
		one.edit.Changes = append(one.edit.Changes, Change{From: join(at), Old: list[i]})
		one.operations = append(one.operations, request.Operation{Op: "remove", Path: join(at)})
	}
	one.edit.Loses = lost > 0
	one.cost += lost * costMaterial
	return []proposal{one}
}

// refused proposes to take out all that is refused for one reason, which is one edit.
func (p *proposer) refused(task any, c schema.Condition) []proposal {
	if len(c.Members) == 1 {
		return p.undo(task, c.Members[0], 0)
	}
	whole := proposal{edit: Edit{Kind: KindRemove}}
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
		whole.cost = max(whole.cost, one[0].cost) + min(one[0].cost/costMaterial, 1)*costMaterial
		whole.edit.Kind = one[0].edit.Kind
	}
	return []proposal{whole}
}

// undo proposes what makes a premise untrue: the member goes, or is switched off where only its being on matters.
func (p *proposer) undo(task any, m schema.Premise, more int) []proposal {
	path := split(m.Pointer)
	value, there := request.Resolve(task, m.Pointer)
	if !there || len(path) == 0 {
		return nil
	}
	switch m.State {
	case schema.StatePresent, schema.StateUnfit, schema.StateUnequal:
		return p.takeOut(task, []string{m.Pointer}, more)
	case schema.StateEqual:
		if value == true && len(m.Values) == 1 {
			if onGuard(path) || slices.ContainsFunc(path, kept) {
				return nil
			}
			return []proposal{replaced(m.Pointer, true, false, costFlip+more)}
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
	path := split(m.Pointer)
	rule, _ := p.problem.Rule(m.Pointer)
	if len(rule.Allowed) > few || onGuard(path) || slices.ContainsFunc(path, kept) {
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
		path := split(pointer)
		value, there := request.Resolve(task, pointer)
		if !there {
			continue
		}
		if len(path) == 0 || !mayRemove(path, value) {
			return nil
		}
		lost += material(path, value)
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
		path := split(pointer)
		if len(path) == 0 || !isSide(path[len(path)-1]) {
			continue
		}
		for _, name := range []string{"width", "height"} {
			other := join(slices.Concat(path[:len(path)-1], []string{name}))
			if _, there := request.Resolve(task, other); there && !slices.Contains(all, other) {
				all = append(all, other)
			}
		}
	}
	return all
}

// contained proposes for the items that a rule must not hold for, one at a time, to take out what makes it hold.
func (p *proposer) contained(task any, c schema.Condition) []proposal {
	const few = 4
	value, _ := request.Resolve(task, c.Pointer)
	list, _ := value.([]any)
	var found []proposal
	if c.Items != nil && c.Items.Not {
		for i := range min(len(list), few) {
			for _, what := range c.Items.What {
				if what.Pointer != "" {
					what.Pointer = c.Pointer + "/" + strconv.Itoa(i) + what.Pointer
					found = append(found, p.undo(task, what, 0)...)
				}
			}
		}
	}
	if c.Items != nil && c.Items.Max > 0 && len(list) > c.Items.Max {
		found = append(found, p.trimmed(split(c.Pointer), list, schema.Constraint{Max: jsonInt(len(list) - 1)})...)
	}
	return append(found, p.abandon(task, c)...)
}

// otherForm proposes the form of a value that says the same, or its removal.
func (p *proposer) otherForm(task any, c schema.Condition) []proposal {
	value, there := request.Resolve(task, c.Pointer)
	if !there || onGuard(split(c.Pointer)) {
		return nil
	}
	var found []proposal
	for _, form := range c.Alternatives {
		if changed, cost, ok := normalised(value, form.Constraint); ok && cost == costSame && len(form.Needs) == 0 {
			found = append(found, replaced(c.Pointer, value, changed, cost))
		}
	}
	return append(found, p.takeOut(task, []string{c.Pointer}, 0)...)
}

func replaced(pointer string, old, value any, cost int) proposal {
	return proposal{
		edit:       Edit{Kind: KindNormalise, Changes: []Change{{From: pointer, To: pointer, Old: old, New: value}}},
		operations: replacement(pointer, old, value),
		cost:       cost,
	}
}

// replacement puts a value in place of another. One that only goes into a list, or out of it, is moved: it may be an
// image of megabytes.
func replacement(pointer string, old, value any) []request.Operation {
	if list, ok := old.([]any); ok && len(list) == 1 && reflect.DeepEqual(list[0], value) {
		return []request.Operation{{Op: "move", From: pointer + "/0", Path: pointer}}
	}
	if list, ok := value.([]any); ok && len(list) == 1 && large(old) && reflect.DeepEqual(list[0], old) {
		aside := pointer + "~0" // beside it, under a name that no parameter has
		return []request.Operation{{Op: "move", From: pointer, Path: aside}, {Op: "add", Path: pointer, Value: []any{}}, {Op: "move", From: aside, Path: pointer + "/0"}}
	}
	return []request.Operation{{Op: "replace", Path: pointer, Value: value}}
}

// large tells a value that a patch should not repeat.
func large(value any) bool {
	const most = 200
	switch v := value.(type) {
	case string:
		return len(v) > most
	case map[string]any, []any:
		return true
	default:
		return false
	}
}

func added(path []string, value any) proposal {
	return proposal{
		edit:       Edit{Kind: KindAdd, Changes: []Change{{To: join(path), New: value}}},
		operations: []request.Operation{{Op: "add", Path: join(path), Value: value}},
		cost:       costSame,
	}
}

func pointers(members []schema.Premise) []string {
	all := make([]string, 0, len(members))
	for _, m := range members {
		all = append(all, m.Pointer)
	}
	return all
}

func sortedNames(object map[string]any) []string { return slices.Sorted(maps.Keys(object)) }
