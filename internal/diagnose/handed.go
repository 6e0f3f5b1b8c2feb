package diagnose

import (
	"context"
	"slices"
	"strings"

	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// Error explains an error that somebody holds, of which no record is at hand: t.Response has it, t.Request is what was
// sent or absent, and t.TaskUUID the task where that is known. It says of the error what [Task] says, less what needs the
// request where that is absent.
func Error(ctx context.Context, t schema.Task, model func(id string) Model) (schema.Status, schema.Diagnosis) {
	req := request.Read(t.Request)
	if t.TaskUUID == "" {
		t.TaskUUID = theOnlyTask(ctx, t.Response, req)
	}
	o := readOutcome(t, req, envelope.DecodeContext(ctx, t.Response, t.TaskUUID))
	o.notes = slices.DeleteFunc(o.notes, func(n saying) bool { return n.key == noRequest })
	d := diagnosis(req, o, model)
	if len(req.Tasks) == 0 && aboutParameters(d.Category) {
		d.Notes = append(d.Notes, withoutRequest)
	}
	return o.status, d
}

// theOnlyTask is the task that all errors name, else the only one of the request: it may have another id by now.
func theOnlyTask(ctx context.Context, response []byte, req *request.Request) string {
	id := ""
	for _, e := range envelope.DecodeContext(ctx, response).Errors {
		switch {
		case e.TaskUUID == "" || strings.EqualFold(e.TaskUUID, id):
		case id != "":
			return "" // of several tasks
		default:
			id = e.TaskUUID
		}
	}
	if id != "" {
		return id
	}
	for i := range req.Tasks {
		if t := &req.Tasks[i]; t.Runs() {
			if id != "" {
				return ""
			}
			id = t.UUID
		}
	}
	return id
}
