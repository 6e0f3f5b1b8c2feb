package inspect

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"

	"mcp-taskdetails/internal/diagnose"
)

// maxModels bounds how many models of one request are asked for: a request with more is no ordinary one.
const maxModels = 8

// models is what diagnose asks for schemas. All models of the request are fetched side by side at the first question;
// a diagnosis that asks for none, as that of a success, waits for none.
func (i *Inspector) models(ctx context.Context, request []byte) func(id string) diagnose.Model {
	if i.config.Models == nil {
		return func(string) diagnose.Model { return nil }
	}
	known := sync.OnceValue(func() map[string]diagnose.Model { return i.fetchModels(ctx, diagnose.Models(request)) })
	return func(id string) diagnose.Model { return known()[id] }
}

func (i *Inspector) fetchModels(ctx context.Context, ids []string) map[string]diagnose.Model {
	var (
		known = map[string]diagnose.Model{}
		mu    sync.Mutex
		group sync.WaitGroup
	)
	for _, id := range ids[:min(len(ids), maxModels)] {
		group.Go(func() {
			defer func() { // a schema is a help, not a need: without it the diagnosis goes on
				if r := recover(); r != nil {
					i.config.Logger.Error("reading a model's schema panicked", slog.String("stack", string(debug.Stack())))
				}
			}()
			if model := i.config.Models.Model(ctx, id); model != nil {
				mu.Lock()
				defer mu.Unlock()
				known[id] = model
			}
		})
	}
	group.Wait()
	return known
}
