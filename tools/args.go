package tools

import (
	"fmt"
	"slices"
	"strings"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/rawjson"
)

// DetailsArgs documents the arguments of get_task_details: its JSON Schema is generated from it. It keeps to what every
// provider of models takes: no default, no bounds (portable_test.go).
type DetailsArgs struct {
	TaskUUID string         `json:"taskUUID" jsonschema_description:"Id of the task, 8-4-4-4-12 hexadecimal digits of any UUID version."`
	Detail   inspect.Detail `json:"detail,omitempty" jsonschema:"enum=full,enum=diagnosis" jsonschema_description:"full, unless told otherwise: with request and response. diagnosis: without them, a few hundred tokens."`
	Pointer  string         `json:"pointer,omitempty" jsonschema_description:"RFC 6901 pointer taken from omissions: returns that value in pieces instead, e.g. /response/data/0/imageBase64Data."`
	Offset   int            `json:"offset,omitempty" jsonschema_description:"With pointer: where to begin, in bytes, from 0 on; piece.nextOffset of the answer before."`
}

// validArgs are the names of DetailsArgs, in its order.
const validArgs = "taskUUID, detail, pointer, offset"

// canonical finds the argument that a name means: in any letter case and with any separators, and what else models call
// the id of a task.
func canonical(name string) (string, bool) {
	switch strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name)) {
	case "taskuuid", "taskid", "uuid", "id":
		return "taskUUID", true
	case "detail":
		return "detail", true
	case "pointer":
		return "pointer", true
	case "offset":
		return "offset", true
	default:
		return "", false
	}
}

// detailsArgs are arguments that hold.
type detailsArgs struct {
	id      string
	options inspect.Options
}

// argError says what is wrong with an argument, and what to send instead; with no fix, an example of what is accepted.
type argError struct{ summary, fix string }

// parseDetailsArgs takes what models send where the meaning is plain, and notes what it took from elsewhere or left
// aside: an argument that was silently dropped would be taken for one that worked. The rest it refuses.
func parseDetailsArgs(raw []byte) (detailsArgs, *argError) {
	var args detailsArgs
	wrong := args.read(raw)
	switch {
	case wrong != nil:
	case args.id == "":
		wrong = &argError{summary: "The required argument `taskUUID` is missing."}
	case args.options.Offset > 0 && args.options.Pointer == "":
		wrong = &argError{
			"`offset` has no meaning without `pointer`.",
			"Send the `pointer` of an omitted value with it, or no `offset`.",
		}
	}
	if wrong != nil && wrong.fix == "" {
		wrong.fix = "Send " + example(args.id, raw) + "."
	}
	return args, wrong
}

// example shows the required argument: with the caller's own id where there is one, or else with none. An id of
// somebody's task would be looked up.
func example(id string, raw []byte) string {
	if id == "" {
		id = inspect.IDForm
		if ids := inspect.FindIDs(string(raw)); len(ids) > 0 {
			id = ids[0]
		}
	}
	return fmt.Sprintf(`{"taskUUID": %q}`, id)
}

func (a *detailsArgs) note(format string, values ...any) {
	a.options.Notes = append(a.options.Notes, fmt.Sprintf(format, values...))
}

// maxWraps is how many times arguments may stand within others.
const maxWraps = 3

// read takes the arguments out of what a host or a model put round them, and then one after another.
func (a *detailsArgs) read(raw []byte) *argError {
	for range maxWraps {
		inner, how, ok := unwrap(raw)
		if !ok {
			break
		}
		a.note("the arguments were taken from %s", how)
		raw = inner
	}
	switch rawjson.KindOf(raw) {
	case rawjson.Object:
		return a.readMembers(raw)
	case rawjson.String:
		if len(inspect.FindIDs(string(raw))) == 0 {
			break
		}
		a.note("the arguments were a string, not an object: it was taken for `taskUUID`")
		return a.setID(raw)
	case rawjson.Null, rawjson.None:
		return nil
	case rawjson.Array, rawjson.Number, rawjson.True, rawjson.False:
	}
	return &argError{summary: "The arguments are " + article(raw) + ", not an object."}
}

// unwrap takes an object out of a string that holds it as JSON, or out of an object that holds nothing else.
func unwrap(raw []byte) (inner []byte, how string, ok bool) {
	if text, isString := rawjson.Text(raw); isString {
		inner = []byte(strings.TrimSpace(text))
		return inner, "JSON within a string", rawjson.KindOf(inner) == rawjson.Object && rawjson.Valid(inner)
	}
	if rawjson.KindOf(raw) != rawjson.Object || rawjson.Len(raw) != 1 {
		return nil, "", false
	}
	for name, value := range rawjson.Members(raw) {
		switch name {
		case "arguments", "args", "input", "parameters", "params":
			kind := rawjson.KindOf(value)
			return value, "within `" + name + "`", kind == rawjson.Object || kind == rawjson.String
		}
	}
	return nil, "", false
}

// argument is a member of the arguments. The lower its rank, the more it is meant.
type argument struct {
	name, meant string // as sent, and as it is called here
	value       []byte
	rank        int
}

const (
	rankNamed   = iota // under its own name
	rankSpelled        // under another that means the same
	rankGuessed        // the same, but no task id where one is due
	rankUnknown
)

// arguments are in the order in which they count.
func arguments(raw []byte) []argument {
	var all []argument
	for name, value := range rawjson.Members(raw) {
		if absent(value) {
			continue
		}
		a := argument{name: name, value: value, rank: rankUnknown}
		if meant, ok := canonical(name); ok {
			a.meant, a.rank = meant, rankSpelled
			switch {
			case meant == name:
				a.rank = rankNamed
			case meant == "taskUUID" && len(inspect.FindIDs(string(value))) == 0:
				a.rank = rankGuessed
			}
		}
		all = append(all, a)
	}
	slices.SortStableFunc(all, func(a, b argument) int { return a.rank - b.rank })
	return all
}

// readMembers takes each argument under its own name first; other spellings count where that is absent.
func (a *detailsArgs) readMembers(raw []byte) *argError {
	var wrong *argError
	var ignored []string
	given := map[string]bool{}
	for _, arg := range arguments(raw) {
		if arg.rank == rankUnknown || arg.rank > rankNamed && given[arg.meant] {
			ignored = append(ignored, named(arg.name))
			continue
		}
		given[arg.meant] = true
		if fault := a.set(arg.meant, arg.value); fault != nil && wrong == nil {
			wrong = fault
		}
		if arg.rank > rankNamed {
			a.note("`%s` was taken from the argument %s", arg.meant, named(arg.name))
		}
	}
	a.ignored(ignored)
	return wrong
}

// maxIgnored is how many ignored arguments are named.
const maxIgnored = 4

func (a *detailsArgs) ignored(names []string) {
	if len(names) == 0 {
		return
	}
	more := ""
	if n := len(names) - maxIgnored; n > 0 {
		names, more = names[:maxIgnored], fmt.Sprintf(" and %d more", n)
	}
	a.note("ignored arguments: %s%s; valid are %s", strings.Join(names, ", "), more, validArgs)
}

// absent tells whether a value says that there is none: models fill in every argument that they see.
func absent(value []byte) bool {
	if rawjson.KindOf(value) == rawjson.Null {
		return true
	}
	text, ok := rawjson.Text(value)
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "", "null", "none", "undefined":
		return ok
	}
	return false
}
