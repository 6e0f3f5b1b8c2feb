package tools

import (
	"cmp"
	"fmt"
	"strings"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/rawjson"
)

// CompareArgs documents the arguments of compare_tasks, like DetailsArgs.
type CompareArgs struct {
	TaskUUID      string `json:"taskUUID" jsonschema_description:"Id of one task: before."`
	OtherTaskUUID string `json:"otherTaskUUID" jsonschema_description:"Id of the other: after."`
}

// compareArgs are arguments that hold.
type compareArgs struct {
	id, other string
	notes     []string
}

func (a *compareArgs) note(format string, values ...any) {
	a.notes = append(a.notes, fmt.Sprintf(format, values...))
}

func parseCompareArgs(raw []byte) (compareArgs, *argError) {
	var args compareArgs
	wrong := readArgs(raw, args.parameters(), args.note)
	switch {
	case wrong != nil:
	case args.id == "" && args.other == "":
		wrong = &argError{summary: "The required arguments `taskUUID` and `otherTaskUUID` are missing."}
	case args.id == "":
		wrong = &argError{summary: "The required argument `taskUUID` is missing."}
	case args.other == "":
		wrong = &argError{summary: "The required argument `otherTaskUUID` is missing."}
	case strings.EqualFold(args.id, args.other):
		wrong = &argError{
			"`taskUUID` and `otherTaskUUID` are the same task.",
			"Send two different ones, such as a failed task and one that worked; get_task_details explains a single one.",
		}
	}
	if wrong != nil && wrong.fix == "" {
		wrong.fix = fmt.Sprintf(`Send {"taskUUID": %q, "otherTaskUUID": %q}.`, cmp.Or(args.id, inspect.IDForm), cmp.Or(args.other, inspect.IDForm))
	}
	return args, wrong
}

// parameters are the arguments in the order of CompareArgs.
func (a *compareArgs) parameters() []parameter {
	holdsID := func(value []byte) bool { return len(inspect.FindIDs(string(value))) > 0 }
	pair := func(value []byte) bool {
		kind := rawjson.KindOf(value)
		return (kind == rawjson.Array || kind == rawjson.String) && len(inspect.FindIDs(string(value))) == 2
	}
	return []parameter{
		{name: "taskUUID", also: []string{
			"taskid", "uuid", "id", "before", "a", "left", "first", "task", "taskuuids", "taskids", "ids", "uuids", "tasks", "taskuuid1", "taskuuida",
		}, set: a.setID, fits: holdsID, bare: pair},
		{name: "otherTaskUUID", also: []string{
			"othertaskid", "otherid", "other", "othertask", "otheruuid", "after", "b", "right", "second", "taskuuid2", "taskuuidb", "with",
		}, set: a.setOther, fits: holdsID},
	}
}

const ruleOfTwo = "each of `taskUUID` and `otherTaskUUID` names one task"

// setID takes one id, or both from a list or a text that holds two.
func (a *compareArgs) setID(value []byte) (wrong *argError) {
	if ids := inspect.FindIDs(string(value)); len(ids) == 2 && a.other == "" {
		a.id, a.other = ids[0], ids[1]
		a.note("both ids were taken from one argument")
		return nil
	}
	a.id, wrong = oneID("taskUUID", ruleOfTwo, value, a.note)
	return wrong
}

func (a *compareArgs) setOther(value []byte) (wrong *argError) {
	a.other, wrong = oneID("otherTaskUUID", ruleOfTwo, value, a.note)
	return wrong
}
