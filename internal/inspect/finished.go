package inspect

import (
	"strconv"
	"strings"

	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// finished tells whether a task will stay as it is: only such a one may be served from memory. One that is to be looked
// at again first may change, and so may one that still runs beside an error or has fewer results than were asked for.
func finished(r schema.TaskReport, task schema.Task, parts envelope.Parts) bool {
	if r.Diagnosis.Retry == schema.RetryCheckFirst || parts.Left.Stopped {
		return false
	}
	switch r.Status {
	case schema.StatusSucceeded, schema.StatusFailed, schema.StatusPartial:
	case schema.StatusPending, schema.StatusNotFound, schema.StatusUnavailable, schema.StatusUnknown:
		return false
	}
	results := 0
	for _, item := range parts.Data {
		if !isOver(item) {
			return false
		}
		if item.TaskUUID == "" || strings.EqualFold(item.TaskUUID, task.TaskUUID) {
			results++
		}
	}
	// An error without results is the end; beside some, each one missing must be accounted for.
	failures := len(parts.Errors) + parts.Left.Repeated + parts.Left.Errors
	return results == 0 || results+parts.Left.Items+failures >= requested(task)
}

// isOver tells an item that has its result from one that may still get it: an unknown status may be a passing one.
func isOver(item envelope.Item) bool {
	switch strings.ToLower(item.Status) {
	case "success", "succeeded", "completed", "complete", "done":
		return true
	case "":
	default:
		return false
	}
	for name := range rawjson.Members(item.Raw) {
		switch name {
		case "taskUUID", "taskType", "status", "progress":
		default:
			return true
		}
	}
	return false // an acknowledgement is all there is
}

// requested is how many results the task was to have; of a request that does not name it, how many all were to have.
func requested(task schema.Task) int {
	all := 0
	for _, object := range rawjson.Items(task.Request) {
		n := 1
		if raw, ok := rawjson.Member(object, "numberResults"); ok {
			if asked, err := strconv.Atoi(string(raw)); err == nil {
				n = asked
			}
		}
		if raw, ok := rawjson.Member(object, "taskUUID"); ok {
			if id, _ := rawjson.Text(raw); strings.EqualFold(id, task.TaskUUID) {
				return n
			}
		}
		all += n
	}
	return all
}
