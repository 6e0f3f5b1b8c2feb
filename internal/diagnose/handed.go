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
	if len(req.Tasks) > 0 && t.TaskUUID != "" && req.Find(t.TaskUUID) == nil && len(d.Patch) > 0 {
		ofAnotherTask(&d)
	}
	if len(req.Tasks) == 0 && aboutParameters(d.Category) {
		d.Notes = append(d.Notes, withoutRequest)
	}
	return o.status, d
}

// ofAnotherTask takes the patch back of an error that bears the id of another task than the request has: it may have been
// sent again under another id, or be another request.
func ofAnotherTask(d *schema.Diagnosis) {
	d.Patch, d.Verified = nil, nil
	if d.Retry == schema.RetryAfterPatch {
		d.Retry = schema.RetryAfterDecision
	}
	d.NextStep = saying{key: makeSureOfRequest}.String() + d.NextStep
	for i := range d.Findings {
		d.Findings[i].Confidence = atMostLikely(d.Findings[i].Confidence)
	}
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

// OfAnotherHost is what is left of a diagnosis where the text names another host as the one that answered: what it says of
// credentials and accounts is not said of Runware's.
func OfAnotherHost(d schema.Diagnosis) schema.Diagnosis {
	switch d.Category { //nolint:exhaustive // the others accuse nobody
	case schema.CategoryAuthentication, schema.CategoryPermission, schema.CategoryBilling:
	default:
		return d
	}
	d.Category, d.Retry, d.Patch = schema.CategoryUnknown, schema.RetryAfterDecision, nil
	d.Summary, d.NextStep = sentence(saying{key: otherHost}.String()), sentence(saying{key: credentialsOfHost}.String())
	for i := range d.Findings {
		d.Findings[i].Category, d.Findings[i].Confidence = "", atMostLikely(d.Findings[i].Confidence)
	}
	return d
}
