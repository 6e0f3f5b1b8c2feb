package inspect_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
)

// BenchmarkTriage is all that a triage of 60 tasks costs but for the exchange.
func BenchmarkTriage(b *testing.B) {
	server, err := sandbox.Start(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	fetcher, err := client.New(client.Config{URL: server.APIURL, Key: schema.NewSecret(sandbox.Key)})
	if err != nil {
		b.Fatal(err)
	}
	causes, err := sandbox.Causes()
	if err != nil {
		b.Fatal(err)
	}
	var ids []string
	for n := range 60 {
		ids = append(ids, causes[n%7].ID(n))
	}
	known := map[string]client.Lookup{}
	for _, lookup := range fetcher.TaskDetails(b.Context(), ids...) {
		known[lookup.TaskUUID] = lookup
	}
	models, err := modelschema.New(modelschema.Config{URL: server.SchemasURL})
	if err != nil {
		b.Fatal(err)
	}
	i, err := inspect.New(inspect.Config{
		Models: models, Presenter: present.New(present.Config{Secrets: []schema.Secret{schema.NewSecret(sandbox.Key)}}), Logger: slog.New(slog.DiscardHandler),
		Fetcher: fetcherFunc(func(_ context.Context, ids ...string) []client.Lookup {
			lookups := make([]client.Lookup, len(ids))
			for n, id := range ids {
				lookups[n] = known[id]
			}
			return lookups
		}),
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		present.Marshal(i.Triage(b.Context(), slices.Values(ids), inspect.TriageOptions{}))
	}
}
