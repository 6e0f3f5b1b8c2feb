package mend

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
)

// costObject is that of a value that goes into an object, or comes out of one.
const costObject = 4

// intoObject proposes to put a text into the object that the schema takes in its place, under the name that says what
// it is, or to take it out of such an object: a frame is an image or an object with one.
func (p *proposer) intoObject(path []string, value any) []proposal {
	self := rawjson.PointerOf(path)
	if onGuard(path) {
		return nil
	}
	if object, ok := value.(map[string]any); ok {
		name, ok := holder(object)
		if !ok || len(object) != 1 {
			return nil
		}
		return []proposal{{
			edit:       Edit{Kind: KindNormalise, Changes: []Change{{From: self, To: self, Old: value, New: object[name]}}},
			operations: outOf(self, "/"+name),
			cost:       costObject,
		}}
	}
	text, ok := value.(string)
	if !ok || len(path) == 0 {
		return nil
	}
	var found []proposal
	for _, place := range p.places {
		name := place[len(place)-1]
		if len(place) != len(path)+1 || !carries(name) || !slices.EqualFunc(place[:len(path)], path, func(a, b string) bool { return a == b || a == "*" && isIndex(b) }) {
			continue
		}
		one := proposal{
			edit: Edit{Kind: KindNormalise, Changes: []Change{{From: self, To: self, Old: value, New: map[string]any{name: text}}}},
			cost: costObject,
		}
		one.operations = into(self, map[string]any{}, "/"+name)
		found = append(found, one)
	}
	return found
}

// into puts a value into a new one that takes its place, without repeating it. In an array the new item stands before the
// old one until that has moved; in an object the old one steps aside, under a name that no parameter has.
func into(pointer string, around any, below string) []request.Operation {
	if next, ok := following(pointer); ok {
		return []request.Operation{{Op: "add", Path: pointer, Value: around}, {Op: "move", From: next, Path: pointer + below}}
	}
	aside := pointer + "~0"
	return []request.Operation{{Op: "move", From: pointer, Path: aside}, {Op: "add", Path: pointer, Value: around}, {Op: "move", From: aside, Path: pointer + below}}
}

// outOf puts what a value holds in its place.
func outOf(pointer, below string) []request.Operation {
	operations := []request.Operation{{Op: "move", From: pointer + below, Path: pointer}}
	if next, ok := following(pointer); ok {
		operations = append(operations, request.Operation{Op: "remove", Path: next})
	}
	return operations
}

// following is the place of the next item of an array. Members of objects whose name is a number are taken for items,
// which at worst makes an edit that does not apply.
func following(pointer string) (string, bool) {
	path := rawjson.Tokens(pointer)
	if len(path) == 0 || !isIndex(path[len(path)-1]) {
		return "", false
	}
	return rawjson.PointerOf(slices.Concat(path[:len(path)-1], []string{after(path[len(path)-1])})), true
}

// holder is the only member of an object that holds the text which matters in it; false where none does, or several.
func holder(object map[string]any) (string, bool) {
	found := ""
	for name, member := range object {
		if _, isText := member.(string); !isText || !carries(name) && !bare(name) {
			continue
		}
		if found != "" {
			return "", false
		}
		found = name
	}
	return found, found != ""
}

// bare tells the names of a file that do not say of which medium it is.
func bare(name string) bool {
	return slices.Contains([]string{"url", "uri", "src", "source", "data", "file"}, strings.ToLower(name))
}

// carries tells the names of the one member that matters most in its object.
func carries(name string) bool {
	return slices.Contains([]string{"image", "video", "audio", "model", "text"}, strings.ToLower(name))
}
