// Package inspect has the use cases: look a task up, diagnose it, present it, and the same for an error that is at hand and
// for a request that was not sent yet. The MCP tools and the command line both call it and add nothing but their own form.
//
// It always answers. Whatever the API, the data or a bug does, a [schema.TaskReport] comes back: there is no error to
// forget. It asks the API once for identical lookups in flight and diagnoses once what it found, and keeps finished tasks
// with their diagnosis for a while, so that reading an omitted value in pieces costs neither again. What it returns is
// shared: nobody may change it. Start with [New] and [Inspector.Task]; the others are [Inspector.Explain] and
// [Inspector.Check].
package inspect

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/schema"

	"github.com/google/uuid"
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
	Responder Responder          // Default is nil: nobody is asked what a pending task does now.
	Models    Models             // Default is nil: no model's schema is known.
	Presenter *present.Presenter // required
	Logger    *slog.Logger       // required; it gets task ids and counts, never data

	Cache *Cache // keeps finished tasks, with what was made of them. Default is one of its own.
	Owner string // whose tasks these are, where the cache is shared. Default is "": an owner like any other.

	NotFound string // what a report of a task that was not found has to say besides. Default is nothing.

	NewID func() string // makes the ids of corrected tasks. Default is a random UUID.
}

// Inspector answers for tasks. It is safe for concurrent use.
type Inspector struct {
	config      Config
	lookups     *flights[schema.Task]
	responses   *flights[schema.Task] // of getResponse
	inspections *flights[*inspection]
	cache       shelf
}

// New checks the configuration.
func New(c Config) (*Inspector, error) {
	if c.Fetcher == nil || c.Presenter == nil || c.Logger == nil {
		return nil, errors.New("inspect: new: fetcher, presenter and logger are required")
	}
	if c.Cache == nil {
		c.Cache = NewCache(CacheConfig{})
	}
	if c.NewID == nil {
		c.NewID = uuid.NewString
	}
	return &Inspector{
		config: c, lookups: newFlights[schema.Task](), responses: newFlights[schema.Task](), inspections: newFlights[*inspection](),
		cache: shelf{c.Cache, c.Owner},
	}, nil
}

// Detail says how much of a task goes into its report.
type Detail string

// The details. The zero value is DetailFull.
const (
	DetailFull      Detail = "full"      // with request and response
	DetailDiagnosis Detail = "diagnosis" // without them
	DetailCorrected Detail = "corrected" // with the request to send instead
)

// Options are what a caller may choose.
type Options struct {
	Detail   Detail   // Default is DetailFull.
	Pointer  string   // reads the value at this pointer into the report instead. Default is "": the report itself.
	Offset   int      // where to begin in that value, in bytes. Default is 0.
	Choice   int      // of DetailCorrected: which alternative of the diagnosis to take, from 1. Default is 0: none.
	MaxBytes int      // most bytes of one copy of the report. Default is that of the presenter.
	Live     *Live    // asks what a pending task does now. Default is nil: what is recorded of it is all.
	Notes    []string // what the answer has to say of the question, such as what of it was ignored
}

// Task answers for one task. A caller whose ctx ends gets a report at once; nobody is left to read it.
func (i *Inspector) Task(ctx context.Context, id string, o Options) (report schema.TaskReport) {
	defer i.recovered(id, &report)
	key := strings.ToLower(id)
	kept, ok := i.cache.get(id)
	if !ok || kept.outdated(ctx, i) {
		var err error
		kept, err = i.inspections.do(ctx, key, func(ctx context.Context) (*inspection, error) { return i.inspect(ctx, id) })
		if err != nil {
			return i.missed(id, err, o.Notes...)
		}
	}
	kept = i.current(ctx, id, kept, o.Live)
	if o.Pointer == "" {
		return i.answer(kept, id, o).Report
	}
	reading, err := i.read(kept, o.Pointer)
	if err == nil && reading != kept.reading && kept.finished {
		kept = kept.with(reading)
		i.cache.keep(id, kept)
	}
	return i.piece(kept, id, reading, err, o)
}

// inspect asks for a task and diagnoses it, and keeps both if nothing of them can change.
func (i *Inspector) inspect(ctx context.Context, id string) (found *inspection, err error) {
	defer caught(&err)
	task, err := i.ask(ctx, id)
	if err != nil {
		return nil, err
	}
	found = i.diagnose(ctx, id, task)
	if found.finished {
		i.cache.keep(id, found)
	}
	return found, nil
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

// lookup finds a task without a diagnosis, which its whole text needs none of.
func (i *Inspector) lookup(ctx context.Context, id string) (schema.Task, error) {
	return i.lookups.do(ctx, strings.ToLower(id), func(ctx context.Context) (task schema.Task, err error) {
		defer caught(&err)
		return i.ask(ctx, id)
	})
}

// ask finds a task: kept, or asked for now.
func (i *Inspector) ask(ctx context.Context, id string) (schema.Task, error) {
	if kept, ok := i.cache.get(id); ok {
		return kept.task, nil
	}
	return pick(i.config.Fetcher.TaskDetails(ctx, id), id)
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

// Refuse answers a call whose arguments are wrong: what is wrong, and what is accepted.
func (i *Inspector) Refuse(id, summary, nextStep string) schema.TaskReport {
	return i.config.Presenter.Report(schema.TaskReport{
		TaskUUID: id, Status: schema.StatusUnavailable,
		Diagnosis: schema.Diagnosis{
			Summary: summary, Category: schema.CategoryInvalidParameter, Retry: schema.RetryAfterDecision, NextStep: nextStep,
		},
	})
}
