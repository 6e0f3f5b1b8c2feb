package mend

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
)

// The costs of moves. A name that is only spelt otherwise is nearer than one that another word means.
const (
	costSpelt    = 2
	costKnown    = 3
	costMistyped = 4
	costAway     = 1 // to another object
	costDeep     = 1 // to one that no rule of Runware's names
	costShape    = 1 // into an array, or out of one
)

// moves proposes where a member that is not accepted could stand instead.
func (p *proposer) moves(task any, path []string) []proposal {
	value, ok := request.Resolve(task, rawjson.PointerOf(path))
	if !ok || len(path) == 0 || isIndex(path[len(path)-1]) || !mayMove(path, value) {
		return nil
	}
	name := path[len(path)-1]
	var all []proposal
	for _, place := range p.places {
		like := p.mender.alike(name, place[len(place)-1])
		if like >= mistyped && p.shaped(path, place, value) {
			like = known
		}
		if like == foreign {
			continue
		}
		to, ok := concrete(task, place, path)
		if !ok || slices.Equal(to, path) || startsWith(to, path) || onGuard(to) {
			continue
		}
		if _, taken := request.Resolve(task, rawjson.PointerOf(to)); taken || like == known && (!fitsMedium(place[len(place)-1], value) || !inPlace(path, to)) {
			continue
		}
		cost, ok := p.reach(task, path, to, place, like, value)
		if !ok {
			continue
		}
		if one, ok := p.move(task, path, to, value, cost, like); ok {
			all = append(all, one)
		}
	}
	return all
}

// shaped tells that an object has only members which the one member that the schema has beside it takes: the settings of
// the model's provider, under somebody else's name.
func (p *proposer) shaped(path, place []string, value any) bool {
	object, ok := value.(map[string]any)
	home := path[:len(path)-1]
	if !ok || len(object) == 0 || len(home) == 0 || !slices.Equal(place[:len(place)-1], home) {
		return false
	}
	for _, other := range p.places {
		if len(other) == len(place) && startsWith(other, home) && !slices.Equal(other, place) {
			return false
		}
	}
	for name := range object {
		if !p.hasPlace(slices.Concat(place, []string{name})) {
			return false
		}
	}
	return true
}

// inPlace tells that a name which says nothing by itself, as url, gets a meaning within its own object alone.
func inPlace(from, to []string) bool {
	name := from[len(from)-1]
	return !bare(name) && name != "id" || slices.Equal(from[:len(from)-1], to[:len(to)-1])
}

// reach tells whether a name may be meant for a place, and what that costs: in the same object, where Runware's
// documentation keeps inputs and settings, or further below where no other place has the name.
func (p *proposer) reach(task any, from, to, place []string, like likeness, value any) (int, bool) {
	cost := costSpelt
	switch like {
	case same, spelt:
	case plural, known:
		cost = costKnown + p.mender.rank(from[len(from)-1], to[len(to)-1])
	case mistyped:
		cost = costMistyped
	case foreign:
		return 0, false
	}
	home, parent := from[:len(from)-1], to[:len(to)-1]
	if len(home) > 0 && !isIndex(home[len(home)-1]) && !p.hasPlace(home) {
		home = home[:len(home)-1] // what an unknown object holds is as good as beside it
	}
	switch {
	case slices.Equal(home, parent):
		return cost, true
	case like == mistyped:
		return 0, false
	case len(parent) == 0, len(parent) == 1 && slices.Contains([]string{"inputs", "settings", "speech"}, parent[0]), len(parent) == 2 && parent[0] == "providerSettings":
		return cost + costAway, true
	case like == plural || !startsWith(parent, home):
		return 0, false
	}
	if _, there := request.Resolve(task, rawjson.PointerOf(parent)); there && like != known {
		return cost + costAway + costDeep, true
	}
	return cost + costAway + costDeep, p.times[place[len(place)-1]] == 1 && material(from, value) == 0
}

// move builds the edit: parents are made where they are absent, and the value is put into an array or taken out of one
// where the place is for the other.
func (p *proposer) move(task any, from, to []string, value any, cost int, like likeness) (proposal, bool) {
	rule, _ := p.problem.Rule(rawjson.PointerOf(to))
	types := strings.Split(rule.Type, "|")
	if rule.Type == "" {
		types = nil
	}
	list, isList := value.([]any)
	object, isObject := value.(map[string]any)
	takes := func(name string) bool { return len(types) == 0 || slices.Contains(types, name) }
	wrap := !isList && len(types) > 0 && takes("array") && !takes(typeName(value))
	unwrap := isList && !takes("array")
	switch {
	case isObject && !wrap && !takes("object"):
		return p.moveHeld(task, from, to, object, cost, like)
	case unwrap && len(list) != 1,
		!isObject && !isList && !wrap && len(types) == 1 && takes("object"):
		return proposal{}, false
	}
	operations, ok := parents(task, to)
	if !ok {
		return proposal{}, false
	}
	source, target := rawjson.PointerOf(from), rawjson.PointerOf(to)
	change := Change{From: source, To: target, Old: value, New: value}
	switch {
	case wrap:
		operations = append(operations, request.Operation{Op: "add", Path: target, Value: []any{}}, request.Operation{Op: "move", From: source, Path: target + "/0"})
		change.New = []any{value}
	case unwrap:
		operations = append(operations, request.Operation{Op: "move", From: source + "/0", Path: target}, request.Operation{Op: "remove", Path: source})
		change.New = list[0]
	default:
		operations = append(operations, request.Operation{Op: "move", From: source, Path: target})
	}
	if (wrap || unwrap) && like != plural {
		cost += costShape
	}
	kind := KindMove
	if slices.Equal(from[:len(from)-1], to[:len(to)-1]) && !wrap && !unwrap {
		kind = KindRename
	}
	return proposal{edit: Edit{Kind: kind, Changes: []Change{change}}, operations: operations, cost: cost}, true
}

// moveHeld puts the file or the text that an object is made for in a place that takes no object: the address of another
// vendor's image_url. What else the object holds goes with it.
func (p *proposer) moveHeld(task any, from, to []string, object map[string]any, cost int, like likeness) (proposal, bool) {
	name, ok := holder(object)
	if !ok || !fitsMedium(to[len(to)-1], object[name]) || !mayRemove(from, object) {
		return proposal{}, false
	}
	one, ok := p.move(task, slices.Concat(from, []string{name}), to, object[name], cost+costShape, like)
	if !ok {
		return proposal{}, false
	}
	one.edit.Kind = KindMove
	one.operations = append(one.operations, request.Operation{Op: "remove", Path: rawjson.PointerOf(from)})
	for _, other := range sortedNames(object) {
		if other != name {
			own := slices.Concat(from, []string{other})
			lost := material(own, object[other])
			one.edit.Changes = append(one.edit.Changes, Change{From: rawjson.PointerOf(own), Old: object[other]})
			one.edit.Loses = one.edit.Loses || lost > 0
			one.cost += costKnown + lost*costMaterial
		}
	}
	return one, true
}

// dissolve moves the members of an object that is not accepted to where the schema takes them. What it takes nowhere
// goes with the object.
func (p *proposer) dissolve(task any, path []string) (proposal, bool) {
	const few = 12
	value, _ := request.Resolve(task, rawjson.PointerOf(path))
	object, ok := value.(map[string]any)
	if !ok || len(object) == 0 || len(object) > few || onGuard(path) {
		return proposal{}, false
	}
	whole := proposal{edit: Edit{Kind: KindMove}, cost: costKnown}
	moved, lost := 0, 0
	for _, name := range sortedNames(object) {
		own := slices.Concat(path, []string{name})
		var best proposal
		for _, one := range p.moves(task, own) {
			if startsWith(rawjson.Tokens(one.edit.Changes[0].To), path) {
				continue
			}
			if best.cost == 0 || one.cost < best.cost {
				best = one
			}
		}
		if best.cost == 0 {
			lost += material(own, object[name])
			whole.cost += costKnown
			whole.edit.Changes = append(whole.edit.Changes, Change{From: rawjson.PointerOf(own), Old: object[name]})
			continue
		}
		next, err := request.Apply(task, best.operations)
		if err != nil {
			return proposal{}, false
		}
		task = next
		whole.edit.Changes = append(whole.edit.Changes, best.edit.Changes...)
		whole.operations = append(whole.operations, best.operations...)
		whole.cost++
		moved++
	}
	if moved == 0 {
		return proposal{}, false
	}
	whole.edit.Loses = lost > 0
	whole.cost += lost * costMaterial
	whole.operations = append(whole.operations, request.Operation{Op: "remove", Path: rawjson.PointerOf(path)})
	return whole, true
}

// parents makes the objects above a place that are absent.
func parents(task any, to []string) ([]request.Operation, bool) {
	var operations []request.Operation
	for i := 1; i < len(to); i++ {
		value, there := request.Resolve(task, rawjson.PointerOf(to[:i]))
		if !there {
			if isIndex(to[i-1]) {
				return nil, false
			}
			operations = append(operations, request.Operation{Op: "add", Path: rawjson.PointerOf(to[:i]), Value: map[string]any{}})
			continue
		}
		_, isObject := value.(map[string]any)
		_, isList := value.([]any)
		if !isObject && !isList {
			return nil, false
		}
	}
	return operations, true
}

// concrete puts indices into a place: those of the member that is to be moved, or the only one that the task has.
func concrete(task any, place, from []string) ([]string, bool) {
	to := slices.Clone(place)
	for i, step := range place {
		if step != "*" {
			continue
		}
		if i < len(from) && isIndex(from[i]) && slices.Equal(to[:i], from[:i]) {
			to[i] = from[i]
			continue
		}
		list, _ := request.Resolve(task, rawjson.PointerOf(to[:i]))
		if items, ok := list.([]any); !ok || len(items) != 1 {
			return nil, false
		}
		to[i] = "0"
	}
	return to, true
}
