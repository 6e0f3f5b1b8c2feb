package inspect

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// finished tells whether a task will stay as it is: only such a one may be served from memory. One that is to be looked
// at again first may change, and so may one that still runs beside an error or has fewer results than were asked for.
func finished(status schema.Status, d schema.Diagnosis, task schema.Task, parts envelope.Parts) bool {
	if d.Retry == schema.RetryCheckFirst || parts.Left.Stopped || parts.Left.Items > 0 {
		return false // what was not read may say that it runs
	}
	switch status {
	case schema.StatusSucceeded, schema.StatusFailed, schema.StatusPartial:
	case schema.StatusPending, schema.StatusNotFound, schema.StatusUnavailable, schema.StatusUnknown:
		return false
	}
	return !slices.ContainsFunc(parts.Stated, mayPass) && !slices.ContainsFunc(parts.Data, mayStillGetIt) && accounted(task, parts)
}

// mayPass tells a status that another may follow: any that is not known to be the last.
func mayPass(status string) bool { return !envelope.PhaseOf(status).Last() }

// mayStillGetIt tells an item that waits for its result from one that has it or ended without.
func mayStillGetIt(item envelope.Item) bool {
	if item.Status != "" {
		return mayPass(item.Status)
	}
	for name, value := range rawjson.Fields(item.Raw) {
		switch string(name) {
		case `"taskUUID"`, `"taskType"`, `"status"`, `"progress"`:
		default:
			if rawjson.KindOf(value) != rawjson.Null {
				return false
			}
		}
	}
	return true // an acknowledgement is all there is
}

// accounted tells whether nothing is missing: an error of the task without results is the end of it; beside some, each
// result that is not there has its error. Errors of another task account for nothing.
func accounted(task schema.Task, parts envelope.Parts) bool {
	own := func(taskUUID string) bool { return taskUUID == "" || strings.EqualFold(taskUUID, task.TaskUUID) }
	results, failures, others := 0, 0, false
	for _, item := range parts.Data {
		if own(item.TaskUUID) {
			results++
		} else {
			others = true
		}
	}
	for _, e := range parts.Errors {
		if own(e.TaskUUID) {
			failures++
		} else {
			others = true
		}
	}
	if results == 0 {
		return failures > 0
	}
	if !others { // else whose they are is not known
		failures += parts.Left.Repeated + parts.Left.Errors
	}
	asked, ok := requested(task.Request, task.TaskUUID)
	return ok && results+failures >= asked
}

// requested is how many results the task was to have; of a request that does not name it, how many all were to have. It
// is not known where the request says it in a way that cannot be read.
func requested(request []byte, taskUUID string) (int, bool) {
	if text, ok := rawjson.Text(request); ok {
		request = []byte(text)
	}
	if rawjson.KindOf(request) == rawjson.Object {
		_, n, ok := one(request)
		return n, ok
	}
	all, known := 0, true
	for _, object := range rawjson.Items(request) {
		id, n, ok := one(object)
		if strings.EqualFold(id, taskUUID) {
			return n, ok
		}
		all, known = all+n, known && ok
	}
	return all, known
}

// one reads the id of a task and how many results it was to have: 1 where it does not say.
func one(object []byte) (id string, results int, known bool) {
	results, known = 1, true
	for name, value := range rawjson.Fields(object) {
		switch string(name) {
		case `"taskUUID"`:
			id, _ = rawjson.Text(value)
		case `"numberResults"`:
			if rawjson.KindOf(value) == rawjson.Null {
				continue
			}
			if text, ok := rawjson.Text(value); ok {
				value = []byte(text)
			}
			const most = 1e6 // more is no count
			n, err := strconv.ParseFloat(strings.TrimSpace(string(value)), 64)
			results, known = 1, err == nil && n <= most
			if known {
				results = int(max(math.Ceil(n), 1))
			}
		}
	}
	return id, results, known
}
