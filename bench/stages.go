package main

import (
	"context"
	"log/slog"
	"testing"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/diagnose"
	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
)

// stage is one step of a call for the documentation's failed task, measured alone inside this process.
type stage struct {
	Name   string  `json:"name"`
	Time   float64 `json:"us"`
	Bytes  int64   `json:"bytes"`
	Allocs int64   `json:"allocs"`
}

// step is what a stage does.
type step struct {
	name string
	do   func()
}

// fixed answers every lookup with one task, at once.
type fixed struct{ task schema.Task }

func (f fixed) TaskDetails(_ context.Context, ids ...string) []client.Lookup {
	lookups := make([]client.Lookup, len(ids))
	for i, id := range ids {
		lookups[i] = client.Lookup{TaskUUID: id, Task: f.task}
	}
	return lookups
}

// steps prepares the stages. exchange is the only one that leaves the process's own memory.
func steps(ctx context.Context, a *api) (exchange step, pure []step, err error) {
	fetcher, err := client.New(client.Config{URL: a.url, Key: schema.NewSecret(sandbox.Key)})
	if err != nil {
		return step{}, nil, err
	}
	models, err := modelschema.New(modelschema.Config{URL: a.schemas})
	if err != nil {
		return step{}, nil, err
	}
	lookup := fetcher.TaskDetails(ctx, a.id(0))[0]
	if lookup.Err != nil {
		return step{}, nil, lookup.Err
	}
	task := lookup.Task
	presenter := present.New(present.Config{Secrets: []schema.Secret{schema.NewSecret(sandbox.Key)}})
	whole, err := newKept(ctx, a, 0)
	if err != nil {
		return step{}, nil, err
	}
	sizes, err := newKept(ctx, a, a.named("size-not-listed"))
	if err != nil {
		return step{}, nil, err
	}
	image, err := newKept(ctx, a, a.named("image of 10 MB"))
	if err != nil {
		return step{}, nil, err
	}
	model := func(id string) diagnose.Model {
		if m := models.Model(ctx, id); m != nil {
			return m
		}
		return nil
	}
	status, diagnosis := diagnose.Task(ctx, task, model)
	report := schema.TaskReport{
		TaskUUID: task.TaskUUID, Status: status, Diagnosis: diagnosis, Request: task.Request, Response: task.Response,
	}
	shown := presenter.Report(report)
	return step{"exchange (HTTP, decode)", func() { fetcher.TaskDetails(ctx, a.id(0)) }}, []step{
		{"normalise", func() { envelope.DecodeContext(ctx, task.Response) }},
		{"diagnose without a schema", func() { diagnose.Task(ctx, task, nil) }},
		{"diagnose with its schema", func() { diagnose.Task(ctx, task, model) }},
		{"present", func() { presenter.Report(report) }},
		{"marshal", func() { present.Marshal(shown) }},
		{"inspect (all but the exchange)", whole.first},
		{"inspect, a second call", whole.again},
		{"inspect, size list", sizes.first},
		{"inspect, image of 10 MB", image.first},
		{"inspect, a piece of it", func() { image.ask(inspect.Options{Pointer: "/response/data/0/imageBase64Data"}) }},
	}, nil
}

// kept asks an inspector for tasks that are all alike.
type kept struct {
	ctx       context.Context //nolint:containedctx // of the whole measurement
	api       *api
	inspector *inspect.Inspector
	id        string // of the last task
}

func newKept(ctx context.Context, a *api, kind int) (*kept, error) {
	fetcher, err := client.New(client.Config{URL: a.url, Key: schema.NewSecret(sandbox.Key)})
	if err != nil {
		return nil, err
	}
	models, err := modelschema.New(modelschema.Config{URL: a.schemas})
	if err != nil {
		return nil, err
	}
	lookup := fetcher.TaskDetails(ctx, a.id(kind))[0]
	if lookup.Err != nil {
		return nil, lookup.Err
	}
	inspector, err := inspect.New(inspect.Config{
		Fetcher: fixed{lookup.Task}, Models: models, Logger: slog.New(slog.DiscardHandler),
		Presenter: present.New(present.Config{Secrets: []schema.Secret{schema.NewSecret(sandbox.Key)}}),
	})
	return &kept{ctx: ctx, api: a, inspector: inspector, id: a.id(0)}, err
}

// first asks for a task that nobody asked for before.
func (k *kept) first() {
	k.id = k.api.id(0)
	k.again()
}

func (k *kept) again() { k.ask(inspect.Options{}) }

func (k *kept) ask(o inspect.Options) { k.inspector.Task(k.ctx, k.id, o) }

func stages(ctx context.Context, a *api) ([]stage, error) {
	exchange, pure, err := steps(ctx, a)
	if err != nil {
		return nil, err
	}
	var all []stage
	for _, s := range append([]step{exchange}, pure...) {
		r := testing.Benchmark(func(b *testing.B) {
			b.Helper()
			b.ReportAllocs()
			for b.Loop() {
				s.do()
			}
		})
		all = append(all, stage{
			Name: s.name, Time: float64(r.NsPerOp()) / 1000, Bytes: r.AllocedBytesPerOp(), Allocs: r.AllocsPerOp(),
		})
	}
	return all, nil
}
