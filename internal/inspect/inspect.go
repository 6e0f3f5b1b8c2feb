// Package inspect has the use cases: look a task up, diagnose it, present it, and the same for an error that is at hand and
// for a request that was not sent yet. The MCP tools and the command line both call it and add nothing but their own form.
//
// It always answers. Whatever the API, the data or a bug does, a [schema.TaskReport] comes back: there is no error to
// forget. It asks the API once for identical lookups in flight, and keeps finished tasks for a while, so that reading
// an omitted value in pieces costs one lookup. Start with [New] and [Inspector.Task]; the others are [Inspector.Explain] and
// [Inspector.Check].
package inspect

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/diagnose"
	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/schema"
)

// Fetcher asks Runware for tasks; client.Client is one. It returns one lookup for each id, in any order.
type Fetcher interface {
	TaskDetails(ctx context.Context, ids ...string) []client.Lookup
}

// Models knows the JSON Schemas of models; modelschema.Service is one. It returns nil for a model it does not know.
type Models interface {
	Model(ctx context.Context, id string) *modelschema.Model
}

// Config is what an Inspector works with.
type Config struct {
	Fetcher   Fetcher            // required
	Models    Models             // Default is nil: no model's schema is known.
	Presenter *present.Presenter // required
	Logger    *slog.Logger       // required; it gets task ids and counts, never data

	CacheBytes int           // most bytes of finished tasks to keep. Default is 64 MiB.
	CacheTTL   time.Duration // how long to keep one. Default is 10 minutes.
	PieceBytes int           // how much of an omitted value one call returns. Default is 24 KiB.
}

// Inspector answers for tasks. It is safe for concurrent use.
type Inspector struct {
	config  Config
	flights *flights
	cache   *cache
}

// New checks the configuration.
func New(c Config) (*Inspector, error) {
	if c.Fetcher == nil || c.Presenter == nil || c.Logger == nil {
		return nil, errors.New("inspect: new: fetcher, presenter and logger are required")
	}
	if c.CacheBytes == 0 {
		c.CacheBytes = 64 << 20
	}
	if c.CacheTTL == 0 {
		c.CacheTTL = 10 * time.Minute
	}
	if c.PieceBytes == 0 {
		c.PieceBytes = 24 << 10
	}
	return &Inspector{config: c, flights: newFlights(), cache: newCache(c.CacheBytes, c.CacheTTL)}, nil
}

// Detail says how much of a task goes into its report.
type Detail string

// The details. The zero value is DetailFull.
const (
	DetailFull      Detail = "full"      // with request and response
	DetailDiagnosis Detail = "diagnosis" // without them
)

// Options are what a caller may choose.
type Options struct {
	Detail  Detail   // Default is DetailFull.
	Pointer string   // reads the value at this pointer into the report instead. Default is "": the report itself.
	Offset  int      // where to begin in that value, in bytes. Default is 0.
	Notes   []string // what the answer has to say of the question, such as what of it was ignored
}

// Task answers for one task. A caller whose ctx ends gets a report at once; nobody is left to read it.
func (i *Inspector) Task(ctx context.Context, id string, o Options) (report schema.TaskReport) {
	defer i.recovered(id, &report)
	task, err := i.lookup(ctx, id)
	if err != nil {
		return i.missed(id, err, o.Notes...)
	}
	parts := envelope.DecodeContext(ctx, task.Response, task.TaskUUID)
	report = i.answer(ctx, id, task, parts, o)
	if finished(report, task, parts) {
		i.cache.keep(strings.ToLower(id), task)
	}
	return report
}

// Originals returns the whole request and response of a task with its secrets masked; ok is false when the lookup
// brought no task, and report then says why.
func (i *Inspector) Originals(ctx context.Context, id string) (original schema.Task, report schema.TaskReport, ok bool) {
	defer i.recovered(id, &report)
	task, err := i.lookup(ctx, id)
	if err != nil {
		return schema.Task{}, i.missed(id, err), false
	}
	request, response := i.config.Presenter.Whole(task.Request, task.Response)
	return schema.Task{TaskUUID: task.TaskUUID, Request: request, Response: response}, report, true
}

// lookup finds a task: kept, in flight for somebody else, or asked for now.
func (i *Inspector) lookup(ctx context.Context, id string) (schema.Task, error) {
	key := strings.ToLower(id)
	if task, ok := i.cache.get(key); ok {
		return task, nil
	}
	return i.flights.do(ctx, key, func(ctx context.Context) (task schema.Task, err error) {
		defer func() {
			if r := recover(); r != nil {
				err = &panicError{stack: debug.Stack()}
			}
		}()
		return pick(i.config.Fetcher.TaskDetails(ctx, id), id)
	})
}

// pick finds an id among lookups, which need not come in the order they were asked for.
func pick(lookups []client.Lookup, id string) (schema.Task, error) {
	for _, lookup := range lookups {
		if strings.EqualFold(lookup.TaskUUID, id) {
			return lookup.Task, lookup.Err
		}
	}
	return schema.Task{}, errors.New("the lookup was not answered")
}

// answer turns a task into its report.
func (i *Inspector) answer(ctx context.Context, id string, task schema.Task, parts envelope.Parts, o Options) schema.TaskReport {
	status, diagnosis := diagnose.Task(task, i.models(ctx, task.Request))
	diagnosis.Notes = slices.Concat(o.Notes, diagnosis.Notes)
	diagnosis.Notes = append(diagnosis.Notes, notes(task, parts)...)
	if o.Pointer != "" {
		return i.piece(id, task, status, diagnosis, o)
	}
	// The originals go through the presenter in any case: what it masks in them, it also masks where messages repeat it.
	report := i.config.Presenter.Report(schema.TaskReport{
		TaskUUID: id, Status: status, Diagnosis: diagnosis, Request: task.Request, Response: task.Response,
	})
	if o.Detail == DetailDiagnosis {
		return withoutOriginals(report)
	}
	return report
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
	short := schema.TaskReport{TaskUUID: r.TaskUUID, Status: r.Status, Diagnosis: r.Diagnosis}
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

// piece answers with a part of one value. The diagnosis is cut to its head: the caller has read the rest already.
func (i *Inspector) piece(id string, task schema.Task, status schema.Status, d schema.Diagnosis, o Options) schema.TaskReport {
	piece, err := i.config.Presenter.Piece(task.Request, task.Response, o.Pointer, o.Offset, i.config.PieceBytes)
	if err != nil {
		return i.Refuse(id, fmt.Sprintf("No value can be read there: %v.", err),
			"Take a pointer from `omissions` whose reason is not `secret`, such as \"/response/data/0/imageBase64Data\".")
	}
	// With the originals, so that what is masked in them is masked in the summary too.
	report := withoutOriginals(i.config.Presenter.Report(schema.TaskReport{
		TaskUUID: id, Status: status, Request: task.Request, Response: task.Response,
		Diagnosis: schema.Diagnosis{Summary: d.Summary, Category: d.Category, Retry: d.Retry, Notes: o.Notes},
	}))
	report.Diagnosis.Notes = nil // they speak of the originals
	if len(o.Notes) > 0 {        // and these of the question; they are masked like every other report's
		report.Diagnosis.Notes = i.config.Presenter.Report(schema.TaskReport{Diagnosis: schema.Diagnosis{Notes: o.Notes}}).Diagnosis.Notes
	}
	report.Piece = &piece
	return report
}

// Refuse answers a call whose arguments are wrong: what is wrong, and what is accepted.
func (i *Inspector) Refuse(id, summary, nextStep string) schema.TaskReport {
	return i.config.Presenter.Report(schema.TaskReport{
		TaskUUID: id, Status: schema.StatusUnavailable,
		Diagnosis: schema.Diagnosis{
			Summary: summary, Category: schema.CategoryInvalidParameter, Retry: schema.RetryAfterDecision, NextStep: nextStep,
		},
	})
}
