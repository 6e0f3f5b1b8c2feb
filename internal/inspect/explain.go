package inspect

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"runtime/debug"
	"slices"

	"mcp-taskdetails/internal/diagnose"
	"mcp-taskdetails/internal/excerpt"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Held is what somebody holds of a failure.
type Held struct {
	Error   []byte   // any text that has the error in it
	Request []byte   // likewise the request that failed. Default is nil: it is not at hand.
	Notes   []string // what the answer has to say of the question
}

// ErrorForm shows what of an error is accepted.
const ErrorForm = `{"errors": [{"code": "…", "message": "…"}]}`

// Explain explains an error without looking its task up: no key is needed, and the Runware API is not asked. The service
// of model schemas is, where the request is given.
func (i *Inspector) Explain(ctx context.Context, h Held) (e schema.Explanation) {
	defer func() {
		if r := recover(); r != nil {
			e = schema.Explanation{Diagnosis: i.broken("", debug.Stack()).Diagnosis, NoError: true}
		}
	}()
	found, ok := excerpt.Error(h.Error)
	if !ok {
		return i.noError(h)
	}
	notes := slices.Clone(h.Notes)
	request := []byte(found.Request)
	if len(h.Request) > 0 {
		given, cut, ok := excerpt.Request(h.Request)
		switch {
		case !ok:
			notes = append(notes, "no request was found in what was given as one, so it was not read")
		case cut:
			notes = append(notes, "the text of the request ends within it: what is missing was not judged")
		}
		if ok {
			request = asArray(given)
		}
	} else if len(request) > 0 {
		notes = append(notes, "the request was taken from the record that the error stands in")
	}
	if found.Cut {
		notes = append(notes, "the text ends within the error: what is missing was not read")
	}
	task := schema.Task{TaskUUID: found.TaskUUID, Request: request, Response: found.Response}
	_, d := diagnose.Error(ctx, task, i.models(ctx, func() []string { return diagnose.Models(request) }).model)
	if excerpt.OfAnotherHost(h.Error) {
		d = diagnose.OfAnotherHost(d)
	}
	d.Notes = slices.Concat(notes, d.Notes)
	ids, more := i.idsWithin(h.Error)
	if more > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("%d more ids in the text are not listed", more))
	}
	shown := shown(i.config.Presenter.Knowing(h.Error), d, request, found.Response)
	return schema.Explanation{
		Diagnosis: shown.Diagnosis, TaskUUIDs: ids, Omissions: shown.Omissions, ExactNumbers: shown.ExactNumbers, Request: shown.Request,
	}
}

// noError answers a text that has no error in it.
func (i *Inspector) noError(h Held) schema.Explanation {
	ids, _ := i.idsWithin(h.Error)
	step := "Send the error as Runware returned it, such as " + ErrorForm + ", or the line of a log or the exception that holds it."
	if len(ids) > 0 {
		step = "Look the ids in `taskUUIDs` up with get_task_details, or send the error as Runware returned it, such as " + ErrorForm + "."
	}
	d := i.Refuse("", "No error of Runware's was found in "+measured(h.Error)+".", step).Diagnosis
	d.Notes = slices.Concat(i.masked(h.Notes), d.Notes)
	return schema.Explanation{Diagnosis: d, TaskUUIDs: ids, NoError: true}
}

// measured is a text by its size: what it holds may be a secret.
func measured(text []byte) string {
	switch len(text) {
	case 0:
		return "an empty text"
	case 1:
		return "the text of 1 byte"
	}
	return fmt.Sprintf("the text of %d bytes", len(text))
}

// masked shows notes of the question as every report does.
func (i *Inspector) masked(notes []string) []string {
	return i.config.Presenter.Report(schema.TaskReport{Diagnosis: schema.Diagnosis{Notes: notes}}).Diagnosis.Notes
}

// shown presents a diagnosis, with the request for people. What the presenter masks in the originals it also masks where
// the diagnosis repeats it.
func shown(p *present.Presenter, d schema.Diagnosis, request, response []byte) schema.TaskReport {
	whole := p.Report(schema.TaskReport{Diagnosis: d, Request: request, Response: response})
	short := withoutOriginals(whole)
	short.Request = whole.Request
	return short
}

// asArray is a request as it is sent: a lone task stands in an array.
func asArray(request []byte) json.RawMessage {
	if rawjson.KindOf(request) == rawjson.Object {
		return slices.Concat([]byte{'['}, request, []byte{']'})
	}
	return request
}

// maxIDs is how many ids of a text are listed.
const maxIDs = 20

// idsWithin lists the ids of a text that may be those of tasks, and counts the rest. Ids that the text calls something
// else are left out, and so are keys, many of which look the same.
func (i *Inspector) idsWithin(text []byte) (ids []string, more int) {
	const other = `(?i)(?:image|video|audio|mask|media|guideImage|model|session|file)UUID\W{1,8}[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`
	all := FindIDs(string(regexp.MustCompile(other).ReplaceAll(i.config.Presenter.Masked(text), nil)))
	if len(all) > maxIDs {
		return all[:maxIDs], len(all) - maxIDs
	}
	return all, 0
}
