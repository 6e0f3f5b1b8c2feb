package mend

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// The costs of taking out. What the user made costs more than any list of other edits.
const (
	costFlip     = 6
	costRemove   = 7
	costOther    = 8
	costSeed     = 3 // none is nearer to another than a random one
	costWanted   = 4 // more, for what the schema has a place for
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
		if path := rawjson.Tokens(place); len(path) > 0 && path[len(path)-1] != "*" {
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
		object := rawjson.Tokens(c.Pointer)
		found = p.sized(task, object, c.Sizes)
		found = append(found, p.takeOut(task, schema.Pointers(c.Members), 0)...)
	case schema.BreachContains:
		found = p.contained(task, c)
	case schema.BreachAlternatives:
		found = p.otherForm(task, c)
	case schema.BreachOther:
		for _, m := range c.Members {
			found = append(found, p.takeOut(task, []string{m.Pointer}, costBlindly-costRemove)...)
		}
	}
	more := costAbandon - costRemove
	if mutual(c) {
		more = 0
	}
	for _, because := range c.Because {
		for _, one := range p.undo(task, because, more) {
			one.edit.Abandons = c.Kind == schema.BreachMissing || c.Kind == schema.BreachChoice
			found = append(found, one)
		}
	}
	return found
}

// mutual tells a refusal that reads the same from its other end: one setting with this value goes with no other that has
// that one. Which of the two the user wants is not said by the order in which a schema names them.
func mutual(c schema.Condition) bool {
	return c.Kind == schema.BreachRefused && len(c.Members) == 1 && len(c.Because) == 1 &&
		c.Members[0].State == schema.StateEqual && c.Because[0].State == schema.StateEqual
}

func (p *proposer) unknown(task any, c schema.Condition) []proposal {
	var found []proposal
	for _, m := range c.Members {
		path := rawjson.Tokens(m.Pointer)
		elsewhere := p.moves(task, path)
		found = append(found, elsewhere...)
		if one, ok := p.dissolve(task, path); ok {
			found = append(found, one)
		}
		if one, ok := p.sidesOf(task, path); ok {
			found = append(found, one)
		}
		more := 0
		if len(elsewhere) > 0 {
			more = costWanted
		}
		found = append(found, p.takeOut(task, []string{m.Pointer}, more)...)
	}
	return found
}

// value proposes another value for a member, or its removal.
func (p *proposer) value(task any, c schema.Condition, all []schema.Condition) []proposal {
	path := rawjson.Tokens(c.Pointer)
	value, there := request.Resolve(task, c.Pointer)
	name := last(path)
	if !there || slices.ContainsFunc(path, parameter.Guarded) || senseless(name, c) {
		return nil
	}
	if c.Kind == schema.BreachRange && strings.HasSuffix(fold(name), "seed") {
		return p.takeOut(task, []string{c.Pointer}, costSeed-costRemove)
	}
	if isSide(name) && c.Kind == schema.BreachRange {
		object := path[:len(path)-1]
		rules := map[string]schema.Constraint{}
		for _, other := range all {
			if at := rawjson.Tokens(other.Pointer); other.Kind == schema.BreachRange && len(at) == len(path) && startsWith(at, object) && isSide(at[len(at)-1]) {
				rules[at[len(at)-1]] = other.Constraint
			}
		}
		found := p.scaled(task, object, rules)
		for _, other := range all {
			if other.Kind == schema.BreachSizes && slices.Equal(rawjson.Tokens(other.Pointer), object) {
				found = p.sized(task, object, other.Sizes)
			}
		}
		if len(found) > 0 {
			return append(found, p.takeOut(task, []string{c.Pointer}, 0)...)
		}
	}
	var found []proposal
	if changed, cost, ok := normalised(value, c.Constraint); ok && (name != "model" || cost == costSame) && (!parameter.Safeguards(name) || typeName(changed) != typeName(value)) {
		found = append(found, replaced(c.Pointer, value, changed, cost))
	}
	if c.Kind == schema.BreachType {
		found = append(found, p.intoObject(path, value)...)
	}
	if list, isList := value.([]any); isList && c.Kind == schema.BreachItems {
		found = append(found, p.trimmed(path, list, c.Constraint)...)
		for _, other := range all { // another bound of the same list, that holds beside a mask
			if other.Kind == schema.BreachItems && other.Pointer == c.Pointer && other.Constraint.Max != c.Constraint.Max {
				found = append(found, p.trimmed(path, list, other.Constraint)...)
			}
		}
	}
	if one, ok := p.spoken(task, path, value); ok {
		found = append(found, one)
	}
	return append(found, p.takeOut(task, []string{c.Pointer}, 0)...)
}

// spoken moves the words of a message whose role is not taken to the member that the role is another name of, and the
// rest of the message goes: what the system says is a setting.
func (p *proposer) spoken(task any, path []string, role any) (proposal, bool) {
	name, isText := role.(string)
	if !isText || len(path) < 2 || path[len(path)-1] != "role" || !isIndex(path[len(path)-2]) {
		return proposal{}, false
	}
	item := path[:len(path)-1]
	if message, _ := request.Resolve(task, rawjson.PointerOf(item)); leaves(message) != 2 {
		return proposal{}, false
	}
	content := rawjson.PointerOf(slices.Concat(item, []string{"content"}))
	words, _ := request.Resolve(task, content)
	if _, isText := words.(string); !isText {
		return proposal{}, false
	}
	for _, place := range p.places {
		if slices.Contains(place, "*") || p.mender.alike(name, place[len(place)-1]) != known {
			continue
		}
		to := rawjson.PointerOf(place)
		above, ok := parents(task, place)
		if _, taken := request.Resolve(task, to); taken || !ok || onGuard(place) {
			continue
		}
		return proposal{
			edit: Edit{Kind: KindMove, Changes: []Change{{From: content, To: to, Old: words, New: words}, {From: rawjson.PointerOf(path), Old: role}}},
			operations: append(above, request.Operation{Op: "move", From: content, Path: to},
				request.Operation{Op: "remove", Path: rawjson.PointerOf(item)}),
			cost: costKnown + costAway,
		}, true
	}
	return proposal{}, false
}

// senseless tells a condition that no value in the world keeps.
func senseless(name string, c schema.Condition) bool {
	r := constraint.Constraint{Constraint: c.Constraint}
	return c.Kind == schema.BreachRange && !r.Bounded() || r.Senseless(parameter.Costs(name), nil)
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
		found = append(found, p.trimmed(rawjson.Tokens(c.Pointer), list, schema.Constraint{Max: jsonInt(len(list) - 1)})...)
	}
	return append(found, p.abandon(task, c)...)
}

// otherForm proposes the form of a value that says the same, or its removal.
func (p *proposer) otherForm(task any, c schema.Condition) []proposal {
	value, there := request.Resolve(task, c.Pointer)
	if !there || onGuard(rawjson.Tokens(c.Pointer)) {
		return nil
	}
	var found []proposal
	for _, form := range c.Forms {
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
		return outOf(pointer, "/0")
	}
	if list, ok := value.([]any); ok && len(list) == 1 && large(old) && reflect.DeepEqual(list[0], old) {
		return into(pointer, []any{}, "/0")
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
		edit:       Edit{Kind: KindAdd, Changes: []Change{{To: rawjson.PointerOf(path), New: value}}},
		operations: []request.Operation{{Op: "add", Path: rawjson.PointerOf(path), Value: value}},
		cost:       costSame,
	}
}

func sortedNames(object map[string]any) []string { return slices.Sorted(maps.Keys(object)) }
