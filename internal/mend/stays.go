package mend

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
)

// Reason is why an operation is in no patch.
type Reason uint8

// The reasons. The zero value is none.
const (
	May           Reason = iota
	MemberGuarded        // whose task it is, where its results go, with which key
	KeepsSafe            // what makes the task safer is taken out, changed or put in
	ModelRemoved         // a task without its model is none
	ModelReplaced        // another model is another task: only Runware's own advice may say so
	AddressNew           // a URL or a host that the task does not hold
	TextNew              // a sentence that the task does not hold
	WordsReplaced        // what the user wrote gets other words
)

// Stays tells whether an operation on a task may be in a patch, whoever asks for it, and which member forbids it. It is the
// one place that knows what stays as it is.
func Stays(task any, op request.Operation) (name string, why Reason) {
	to, from := rawjson.Tokens(op.Path), rawjson.Tokens(op.From)
	for _, step := range slices.Concat(to, from) {
		if parameter.Guarded(step) {
			return step, MemberGuarded
		}
	}
	old, _ := request.Resolve(task, op.Path)
	if op.Op == "move" {
		old, _ = request.Resolve(task, op.From)
	}
	if name := memberIn(old, parameter.Guarded); name != "" && (op.Op != "replace" || !reflect.DeepEqual(onlyItem(op.Value), old)) {
		return name, MemberGuarded
	}
	if name := safeguardIn(op, to, from, old); name != "" {
		return name, KeepsSafe
	}
	if why := modelStays(task, op, to, from, old); why != May {
		return "model", why
	}
	if op.Op != "add" && op.Op != "replace" {
		return "", May
	}
	for _, is := range [...]func(string) bool{parameter.Guarded, parameter.Safeguards} {
		if name := memberIn(op.Value, is); name != "" && memberIn(old, is) != name {
			return name, MemberGuarded
		}
	}
	var known map[string]bool // made where a text asks for it
	for _, text := range texts(op.Value) {
		if text == "" || looks.Plain(text) || looks.IsModelID(text) && !looks.IsAddress(text) && !looks.GivesOrders(text) {
			continue
		}
		if known == nil {
			known = setOf(texts(task))
		}
		if known[text] {
			continue
		}
		if looks.IsAddress(text) {
			return last(to), AddressNew
		}
		return last(to), TextNew
	}
	if written, isText := op.Value.(string); isText && op.Op == "replace" && parameter.IsProse(last(to)) && written != fmt.Sprint(old) {
		return last(to), WordsReplaced
	}
	return "", May
}

// modelStays tells why a model, of the task or of a part of it, is not changed. The task's own is not taken out, and
// nothing is put in its place; another spelling of it is no change.
func modelStays(task any, op request.Operation, to, from []string, old any) Reason {
	root := len(to) == 1 && to[0] == "model" || len(from) == 1 && from[0] == "model"
	switch {
	case op.Op == "replace" && last(to) == "model" && !strings.EqualFold(strings.TrimSpace(fmt.Sprint(op.Value)), strings.TrimSpace(fmt.Sprint(old))):
		return ModelReplaced
	case root && op.Op == "move", op.Op == "remove" && len(to) > 0 && to[len(to)-1] == "model" && (!root || !takesNoModel(task)):
		return ModelRemoved
	}
	return May
}

// edited is a task after the operations of an edit, each of which is asked of the task that those before it left; false
// where one may be in no patch, or does not apply.
func edited(task any, operations []request.Operation) (any, bool) {
	for i := range operations {
		if _, why := Stays(task, operations[i]); why != May {
			return nil, false
		}
		var err error
		if task, err = request.Apply(task, operations[i:i+1]); err != nil {
			return nil, false
		}
	}
	return task, true
}

// safeguardIn is the member that makes a task safer and that an operation takes out, changes or puts in; "" if there is
// none. The same value in its right type, or under the name that such a member has now, is no change.
func safeguardIn(op request.Operation, to, from []string, old any) string {
	at, was := slices.IndexFunc(to, parameter.Safeguards), slices.IndexFunc(from, parameter.Safeguards)
	switch {
	case op.Op == "add" && isEmptyObject(op.Value): // room for a move
		return ""
	case op.Op == "move" && at >= 0 && was >= 0, op.Op == "replace" && strings.EqualFold(fmt.Sprint(op.Value), fmt.Sprint(old)):
		return ""
	case at >= 0:
		return to[at]
	case was >= 0:
		return from[was]
	default:
		return memberIn(old, parameter.Safeguards)
	}
}

// takesNoModel tells the tasks of which Runware documents no model: they chose one of their own.
func takesNoModel(task any) bool {
	object, _ := task.(map[string]any)
	return object["taskType"] == "promptEnhance"
}

func isEmptyObject(value any) bool {
	object, ok := value.(map[string]any)
	return ok && len(object) == 0
}

// last is the last name of a path: of an item its array's.
func last(path []string) string {
	for _, step := range slices.Backward(path) {
		if _, err := strconv.Atoi(step); err != nil {
			return step
		}
	}
	return ""
}

// onlyItem is the one item of an array: what was put into one stands in it.
func onlyItem(value any) any {
	if list, ok := value.([]any); ok && len(list) == 1 {
		return list[0]
	}
	return value
}

// texts lists the strings in a value.
func texts(value any) []string {
	var all []string
	switch v := value.(type) {
	case string:
		all = append(all, v)
	case []any:
		for _, item := range v {
			all = append(all, texts(item)...)
		}
	case map[string]any:
		for _, member := range v {
			all = append(all, texts(member)...)
		}
	}
	return all
}

func setOf(all []string) map[string]bool {
	set := make(map[string]bool, len(all))
	for _, s := range all {
		set[s] = true
	}
	return set
}

// memberIn is the name of a member, anywhere in a value, of which something holds; "" if there is none. Of several it is
// the first by name.
func memberIn(value any, is func(name string) bool) string {
	switch v := value.(type) {
	case map[string]any:
		first, found := "", ""
		for name, member := range v { // in any order, so that no list is made of thousands of members
			if found != "" && name > first {
				continue
			}
			if is(name) {
				first, found = name, name
			} else if inner := memberIn(member, is); inner != "" {
				first, found = name, inner
			}
		}
		return found
	case []any:
		for _, item := range v {
			if inner := memberIn(item, is); inner != "" {
				return inner
			}
		}
	}
	return ""
}

// onGuard tells whether a path leads to or through a guarded member. The model is one: another model is another task.
func onGuard(path []string) bool {
	return slices.ContainsFunc(path, parameter.Guarded) || len(path) == 1 && path[0] == "model"
}

// mayMove tells whether a member may stand elsewhere.
func mayMove(path []string, value any) bool {
	return !onGuard(path) && memberIn(value, parameter.Guarded) == ""
}

// mayRemove tells whether a member may go.
func mayRemove(path []string, value any) bool {
	return !slices.ContainsFunc(path, parameter.Safeguards) && mayMove(path, value) && memberIn(value, parameter.Safeguards) == ""
}
