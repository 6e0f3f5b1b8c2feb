package tools

import (
	"fmt"
	"strings"

	"mcp-taskdetails/internal/inspect"
	names "mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// TriageArgs documents the arguments of triage_tasks, like DetailsArgs. Both of the first may be given.
type TriageArgs struct {
	TaskUUIDs []string       `json:"taskUUIDs,omitempty" jsonschema_description:"Task ids. Either these or text."`
	Text      string         `json:"text,omitempty" jsonschema_description:"Any text with task ids in it: log, CSV, JSON, URLs."`
	GroupBy   schema.GroupBy `json:"groupBy,omitempty" jsonschema_description:"cause, unless told otherwise."`
}

// triageArgs are arguments that hold.
type triageArgs struct {
	ids       []string // as often as they were given
	different []string
	groupBy   schema.GroupBy
	notes     []string
}

func (a *triageArgs) note(format string, values ...any) {
	a.notes = append(a.notes, fmt.Sprintf(format, values...))
}

func parseTriageArgs(raw []byte) (triageArgs, *argError) {
	var args triageArgs
	wrong := readArgs(raw, args.parameters(), args.note)
	args.different = inspect.FindIDs(strings.Join(args.ids, "\n"))
	switch n := len(args.different); {
	case wrong != nil:
	case n == 0:
		wrong = &argError{summary: "Neither `taskUUIDs` nor `text` is there; one of them is required."}
	case n > maxTriaged:
		wrong = &argError{
			fmt.Sprintf("There are %d different task ids; one call takes %d.", n, maxTriaged),
			fmt.Sprintf("Send them in parts of at most %d, or run `mcp-taskdetails triage FILE` on the command line, which takes any number.", maxTriaged),
		}
	}
	if wrong != nil && wrong.fix == "" {
		wrong.fix = fmt.Sprintf("Send {\"taskUUIDs\": [%q]}, or {\"text\": …} with whole task ids in it.", inspect.IDForm)
	}
	return args, wrong
}

// parameters are the arguments in the order of TriageArgs.
func (a *triageArgs) parameters() []parameter {
	holdsID := func(value []byte) bool { return len(inspect.FindIDs(string(value))) > 0 }
	list := func(value []byte) bool {
		kind := rawjson.KindOf(value)
		return (kind == rawjson.Array || kind == rawjson.String) && holdsID(value)
	}
	return []parameter{
		{name: "taskUUIDs", also: []string{"taskuuid", "taskids", "taskid", "uuids", "uuid", "ids", "id", "tasks"}, set: a.setIDs, fits: holdsID, bare: list},
		{name: "text", also: []string{"log", "logs", "content", "body", "lines"}, set: a.setText, fits: holdsID},
		{name: "groupBy", also: []string{"group", "by", "grouping"}, set: a.setGroupBy},
	}
}

// setIDs takes ids in a list, in a text, or in whatever else holds them. Entries of a list without one are left out, and
// the answer says so.
func (a *triageArgs) setIDs(value []byte) *argError {
	var without []string
	if rawjson.KindOf(value) == rawjson.Array {
		for _, item := range rawjson.Items(value) {
			ids := idsIn(item)
			if len(ids) == 0 {
				without = append(without, shown(item))
			}
			a.ids = append(a.ids, ids...)
		}
	} else {
		a.ids = append(a.ids, idsIn(value)...)
	}
	if len(a.ids) == 0 {
		return &argError{summary: "`taskUUIDs` holds no task id: 8-4-4-4-12 hexadecimal digits are accepted, of any UUID version, and none that was shortened."}
	}
	if n := len(without); n > 0 {
		more := ""
		if n > maxNamed {
			without, more = without[:maxNamed], fmt.Sprintf(" and %d more", n-maxNamed)
		}
		a.note("entries of `taskUUIDs` that hold no task id were left out: %s%s", strings.Join(without, ", "), more)
	}
	return nil
}

// setText takes every id of a text; a text that came as other JSON is read as it stands.
func (a *triageArgs) setText(value []byte) *argError {
	ids := idsIn(value)
	if len(ids) == 0 {
		return &argError{summary: "`text` holds no task id: 8-4-4-4-12 hexadecimal digits are looked for, of any UUID version, and none that was shortened."}
	}
	a.ids = append(a.ids, ids...)
	return nil
}

func idsIn(value []byte) []string {
	text, ok := rawjson.Text(value)
	if !ok {
		text = string(value)
	}
	if id, ok := inspect.ParseID(text); ok {
		return []string{id}
	}
	return inspect.EveryID(text)
}

func (a *triageArgs) setGroupBy(value []byte) *argError {
	text, _ := rawjson.Text(value)
	given := strings.TrimSuffix(names.Fold(strings.TrimSpace(text)), "s")
	var accepted []string
	for _, by := range schema.GroupBys() {
		if given == names.Fold(string(by)) {
			a.groupBy = by
			return nil
		}
		accepted = append(accepted, `"`+string(by)+`"`)
	}
	return &argError{"`groupBy` is " + shown(value) + "; " + strings.Join(accepted, ", ") + " are accepted.", `Leave it out for groups by cause, or send "category".`}
}
