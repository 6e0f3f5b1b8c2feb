package inspect

import (
	"context"
	"encoding/json"
	"iter"

	"golang.org/x/sync/errgroup"

	"mcp-taskdetails/client"
	"mcp-taskdetails/schema"
)

// Batches keep memory bounded: so many lookups go into one API request, so many requests are under way.
const (
	batchSize = 20
	inFlight  = 4
)

// Answer is one task of a batch.
type Answer struct {
	Report schema.TaskReport
	// Task is the task as recorded, with all its secrets: for a person who asked for it, never for a model. It is
	// zero when the lookup brought none.
	Task schema.Task
	// Corrected is the request to send instead, where it was asked for and nothing is left to decide. Its values are those
	// of the task.
	Corrected json.RawMessage
	Undecided string // why there is none, where it was asked for
}

// Batch answers for many tasks, in the order of ids and as they come. Several ids share an API request; nothing is kept.
func (i *Inspector) Batch(ctx context.Context, ids iter.Seq[string], o Options) iter.Seq[Answer] {
	return func(yield func(Answer) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		for answers := range i.batches(ctx, ids, o) {
			for _, answer := range <-answers {
				if !yield(answer) {
					return
				}
			}
		}
	}
}

// batches sends one channel a request, in order; at most inFlight of them wait to be read.
func (i *Inspector) batches(ctx context.Context, ids iter.Seq[string], o Options) <-chan chan []Answer {
	queue := make(chan chan []Answer, inFlight-1)
	send := func(batch []string) bool {
		answers := make(chan []Answer, 1)
		select {
		case queue <- answers:
		case <-ctx.Done():
			return false
		}
		go func() { answers <- i.Together(ctx, batch, o) }()
		return true
	}
	go func() {
		defer close(queue)
		var batch []string
		for id := range ids {
			batch = append(batch, id)
			if len(batch) == batchSize {
				if !send(batch) {
					return
				}
				batch = nil
			}
		}
		if len(batch) > 0 {
			send(batch)
		}
	}()
	return queue
}

// Together answers for tasks that share one API request, in the order of ids. Nothing is kept. It is [Inspector.Batch]
// for a caller that decides itself when to ask, and how much at once.
func (i *Inspector) Together(ctx context.Context, ids []string, o Options) []Answer {
	lookups, err := i.fetch(ctx, ids)
	answers := make([]Answer, len(ids))
	var waiting errgroup.Group // each pending task is waited for, and none makes the others wait
	if o.Live == nil {
		waiting.SetLimit(1)
	}
	for n, id := range ids {
		waiting.Go(func() error { answers[n] = i.one(ctx, id, lookups, err, o); return nil })
	}
	_ = waiting.Wait() // none returns an error
	return answers
}

func (i *Inspector) fetch(ctx context.Context, ids []string) (lookups []client.Lookup, err error) {
	defer caught(&err)
	return i.config.Fetcher.TaskDetails(ctx, ids...), nil
}

func (i *Inspector) one(ctx context.Context, id string, lookups []client.Lookup, err error, o Options) (answer Answer) {
	defer i.recovered(id, &answer.Report)
	if err != nil {
		return Answer{Report: i.missed(id, err)}
	}
	task, err := pick(lookups, id)
	if err != nil {
		return Answer{Report: i.missed(id, err)}
	}
	return i.answer(i.current(ctx, id, i.diagnose(ctx, id, task), o.Live), id, o)
}
