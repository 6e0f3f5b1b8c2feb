package inspect

import (
	"context"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"sync"

	"mcp-taskdetails/internal/diagnose"
	"mcp-taskdetails/internal/modelschema"
)

// maxModels bounds how many models of one request are asked for: a request with more is no ordinary one.
const maxModels = 8

// models is what diagnose asks for schemas. All models of the request are fetched side by side at the first question;
// a diagnosis that asks for none, as that of a success, waits for none.
type models struct {
	model func(id string) diagnose.Model
	asked map[string]*modelschema.Model // by id, once there was a question; nil for one of which nothing is known
}

func (i *Inspector) models(ctx context.Context, named func() []string) *models {
	m := &models{model: func(string) diagnose.Model { return nil }}
	if i.config.Models == nil {
		return m
	}
	m.model = func(id string) diagnose.Model {
		if m.asked == nil {
			m.asked = i.fetchModels(ctx, named())
		}
		if model := m.asked[id]; model != nil {
			return model
		}
		return nil
	}
	return m
}

// editions are those of models.
func editions(known map[string]*modelschema.Model) map[string]modelschema.Edition {
	all := make(map[string]modelschema.Edition, len(known))
	for id, model := range known {
		all[id] = model.Edition()
	}
	return all
}

// fetchModels returns what is known of each model, nil for nothing.
func (i *Inspector) fetchModels(ctx context.Context, ids []string) map[string]*modelschema.Model {
	var (
		known = map[string]*modelschema.Model{}
		mu    sync.Mutex
		group sync.WaitGroup
	)
	for _, id := range ids[:min(len(ids), maxModels)] {
		known[id] = nil
	}
	for _, id := range slices.Collect(maps.Keys(known)) {
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
