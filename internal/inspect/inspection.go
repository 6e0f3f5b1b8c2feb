package inspect

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/diagnose"
	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/schema"
)

// inspection is a task and all that was made of it. It is immutable: several callers have it at a time.
type inspection struct {
	task      schema.Task
	status    schema.Status
	diagnosis schema.Diagnosis
	models    map[string]modelschema.Edition // those that the diagnosis asked for
	costs     []string                       // that its own results state
	doing     string                         // what a task that runs does, in a few words
	finished  bool                           // nothing of the task can still change
	shown     schema.TaskReport              // the report of nobody's special wishes
	reading   *present.Reading               // what was read of it last; nil if nothing was
}

// diagnose makes all of a task that every answer needs.
func (i *Inspector) diagnose(ctx context.Context, id string, task schema.Task) (n *inspection) {
	computing.do(func() { n = i.compute(ctx, id, task) })
	return n
}

func (i *Inspector) compute(ctx context.Context, id string, task schema.Task) *inspection {
	record := diagnose.Read(ctx, task)
	parts := record.Parts
	models := i.models(ctx, record.Models)
	n := &inspection{task: task}
	n.status, n.diagnosis = record.Diagnose(models.model)
	n.diagnosis.Notes = append(n.diagnosis.Notes, notes(task, parts)...)
	n.models = editions(models.asked)
	n.costs = recordedCosts(task, parts)
	n.doing = doing(parts, task.TaskUUID)
	n.finished = !task.Live && ctx.Err() == nil && finished(n.status, n.diagnosis, task, parts)
	i.present(n, id)
	return n
}

// present is apart so that the diagnosis, whose calls are deep, has a small stack above it.
func (i *Inspector) present(n *inspection, id string) {
	n.shown = i.config.Presenter.Report(n.full(id))
}

// full is the report before it is presented.
func (n *inspection) full(id string) schema.TaskReport {
	return schema.TaskReport{TaskUUID: id, Status: n.status, Diagnosis: n.diagnosis, Request: n.task.Request, Response: n.task.Response, Live: n.task.Live}
}

// outdated tells whether a schema that the diagnosis asked for is another now, or has come meanwhile.
func (n *inspection) outdated(ctx context.Context, i *Inspector) bool {
	return len(n.models) > 0 && !maps.Equal(n.models, editions(i.fetchModels(ctx, slices.Collect(maps.Keys(n.models)))))
}

// with returns the inspection with another reading.
func (n *inspection) with(r *present.Reading) *inspection {
	other := *n
	other.reading = r
	return &other
}

// answer answers with the task: as it was presented already, unless the caller wishes otherwise.
func (i *Inspector) answer(n *inspection, id string, o Options) Answer {
	answer := Answer{Task: n.task, Report: n.shown}
	presenter, notes := i.config.Presenter.Within(o.MaxBytes), o.Notes
	if o.Detail == DetailCorrected {
		if answer.Corrected, answer.Undecided = i.correct(n, o.Choice); answer.Undecided != "" {
			notes = slices.Concat([]string{"no `corrected` request: " + answer.Undecided}, notes)
		}
	}
	if id != answer.Report.TaskUUID || o.MaxBytes != 0 || len(notes) > 0 {
		full := n.full(id)
		full.Diagnosis.Notes = slices.Concat(notes, full.Diagnosis.Notes)
		// The originals go through the presenter in any case: what it masks in them, it also masks where messages repeat it.
		answer.Report = presenter.Report(full)
	}
	if o.Detail != DetailFull && o.Detail != "" {
		answer.Report = withoutOriginals(answer.Report)
	}
	if answer.Corrected != nil {
		answer.Report = withCorrected(presenter, answer.Report, answer.Corrected, n.task)
	}
	return answer
}

// read finds a value, unless it was the last one read.
func (i *Inspector) read(n *inspection, pointer string) (*present.Reading, error) {
	if n.reading.At(pointer) {
		return n.reading, nil
	}
	return i.config.Presenter.Read(n.task.Request, n.task.Response, pointer, n.shown)
}

// piece answers with a part of one value. The diagnosis is cut to its head: the caller has read the rest already.
func (i *Inspector) piece(n *inspection, id string, reading *present.Reading, err error, o Options) schema.TaskReport {
	presenter := i.config.Presenter.Within(o.MaxBytes)
	var piece schema.Piece
	if err == nil {
		piece, err = presenter.Piece(reading, o.Offset)
	}
	if err != nil {
		return i.Refuse(id, fmt.Sprintf("No value can be read there: %v.", err),
			"Take a pointer from `omissions` whose reason is not `secret`, such as \"/request/0/positivePrompt\".")
	}
	d := n.shown.Diagnosis // what the originals' secrets were masked in
	return presenter.Report(schema.TaskReport{
		TaskUUID: id, Status: n.status, Piece: &piece, Live: n.task.Live,
		Diagnosis: schema.Diagnosis{Summary: d.Summary, Category: d.Category, Retry: d.Retry, Notes: o.Notes},
	})
}

// notes says how the report differs from what Runware sent.
func notes(task schema.Task, parts envelope.Parts) []string {
	all := parts.Left.Notes()
	for _, original := range []struct {
		name string
		raw  []byte
	}{{"request", task.Request}, {"response", task.Response}} {
		if !utf8.Valid(original.raw) {
			all = append(all, "the recorded "+original.name+" is not valid UTF-8: what could not be read is shown as U+FFFD")
		}
	}
	return all
}

func withoutOriginals(r schema.TaskReport) schema.TaskReport {
	short := schema.TaskReport{TaskUUID: r.TaskUUID, Status: r.Status, Diagnosis: r.Diagnosis, Live: r.Live}
	for _, o := range r.Omissions {
		if strings.HasPrefix(o.Pointer, "/diagnosis") {
			short.Omissions = append(short.Omissions, o)
		}
	}
	for _, n := range r.ExactNumbers {
		if strings.HasPrefix(n.Pointer, "/diagnosis") {
			short.ExactNumbers = append(short.ExactNumbers, n)
		}
	}
	return short
}
