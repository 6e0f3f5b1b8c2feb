package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"runtime"
	"sync"
	"time"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/schema"
)

// Asker answers for tasks that share an API request; inspect.Inspector is one.
type Asker interface {
	Together(ctx context.Context, ids []string, o inspect.Options) []inspect.Answer
}

// Config is what an export works with.
type Config struct {
	Asker  Asker          // required
	Output *Output        // required
	Media  *Media         // Default is nil: no file is saved.
	Detail inspect.Detail // Default is inspect.DetailFull.
	// Batch is how many tasks share a request. Default is 20.
	Batch int
	// Concurrency is how many requests the Asker lets out at once; a few more batches are worked on. Default is 4.
	Concurrency int
	Shard       Shard // Default is all tasks.
	// Down tells that the API is not asked any more: the export then stops. Default is nil: never.
	Down func() bool
	// Progress is told how far the export is, now and then. Default is nil.
	Progress func(Counts)
}

// Counts is how far an export is.
type Counts struct {
	Read      int                   // ids
	Doubles   int                   // read before in this run; within one piece of a text they count once
	There     int                   // in the output before
	Elsewhere int                   // of other shards
	Written   map[schema.Status]int // reports of this run
	Left      int                   // tasks that could not be looked up, or whose files could not be had, and are in no report
	Media     Saved
}

// Reports is how many reports this run wrote.
func (c Counts) Reports() int {
	n := 0
	for _, some := range c.Written {
		n += some
	}
	return n
}

// Done is how many of the ids read are dealt with.
func (c Counts) Done() int { return c.Reports() + c.Doubles + c.There + c.Elsewhere + c.Left }

// StoppedError ends an export before its time, since no other task would fare better. It is about the call, in our words.
type StoppedError struct{ Summary, NextStep string }

func (e *StoppedError) Error() string { return "export: " + e.Summary }

// Run writes a report of each task into the output, in no particular order. Whatever ends it, what was written stays and
// is whole; Counts says what was done. When ctx ends it returns at once, also while ids blocks.
func Run(ctx context.Context, ids iter.Seq2[string, error], c Config) (Counts, error) {
	c.Batch, c.Concurrency = cmp.Or(c.Batch, 20), cmp.Or(c.Concurrency, 4)
	if err := c.Output.check(c.Detail != inspect.DetailDiagnosis); err != nil {
		return Counts{}, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	e := &exporter{Config: c, batches: make(chan []string), results: make(chan result), counts: Counts{Written: map[schema.Status]int{}}}
	go e.read(ctx, ids)
	e.workers(ctx)
	err := e.write(ctx)
	cancel()
	if flush := e.Output.flush(); flush != nil && err == nil {
		err = flush
	}
	e.progress()
	return e.snapshot(), err
}

type exporter struct {
	Config
	batches chan []string
	results chan result
	readErr error // set before batches is closed

	mu     sync.Mutex
	counts Counts
}

func (e *exporter) snapshot() Counts {
	e.mu.Lock()
	defer e.mu.Unlock()
	c := e.counts
	c.Written = maps.Clone(e.counts.Written)
	return c
}

func (e *exporter) count(change func(c *Counts)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	change(&e.counts)
}

func (e *exporter) progress() {
	if e.Progress != nil {
		e.Progress(e.snapshot())
	}
}

// read sends the ids that are to be asked for, in batches.
func (e *exporter) read(ctx context.Context, ids iter.Seq2[string, error]) {
	defer close(e.batches)
	seen := make(map[key]struct{})
	var batch []string
	send := func() bool {
		select {
		case e.batches <- batch:
			batch = nil
			return true
		case <-ctx.Done():
			return false
		}
	}
	for id, err := range ids {
		if err != nil {
			e.readErr = err
			break
		}
		k, _ := keyOf(id)
		if !e.wanted(k, seen) {
			continue
		}
		if len(seen)+len(e.Output.there) >= maxKnown {
			e.readErr = errors.New(tooMany("the input has").Error())
			break
		}
		seen[k] = struct{}{}
		if batch = append(batch, id); len(batch) == e.Batch && !send() {
			return
		}
	}
	if len(batch) > 0 {
		send()
	}
}

func (e *exporter) wanted(k key, seen map[key]struct{}) (wanted bool) {
	_, there := e.Output.there[k]
	_, double := seen[k]
	e.count(func(c *Counts) {
		c.Read++
		switch {
		case !e.Shard.holds(k):
			c.Elsewhere++
		case there:
			c.There++
		case double:
			c.Doubles++
		default:
			wanted = true
		}
	})
	return wanted
}

// result is what became of one batch.
type result struct {
	lines   [][]byte
	status  []schema.Status
	left    int
	media   Saved
	stopped error
}

// workers answer batches until there are none. There are a few more than requests under way, which are diagnosed meanwhile.
func (e *exporter) workers(ctx context.Context) {
	var group sync.WaitGroup
	for range e.Concurrency + runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for batch := range e.batches {
				r := e.batch(ctx, batch)
				select {
				case e.results <- r:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		group.Wait()
		close(e.results)
	}()
}

func (e *exporter) batch(ctx context.Context, ids []string) (r result) {
	answers := e.Asker.Together(ctx, ids, inspect.Options{Detail: e.Detail})
	if ctx.Err() != nil { // what comes now says no more than that
		return result{left: len(ids)}
	}
	decisions := 0
	for _, a := range answers {
		if a.Report.Status == schema.StatusUnavailable && a.Report.Diagnosis.Retry == schema.RetryAfterDecision {
			decisions++
		}
	}
	for n, a := range answers {
		switch {
		case decisions == len(answers):
			r.stopped = &StoppedError{Summary: a.Report.Diagnosis.Summary, NextStep: a.Report.Diagnosis.NextStep}
		case !final(a.Report):
			r.left++
			if e.Down != nil && e.Down() {
				r.stopped = &StoppedError{Summary: a.Report.Diagnosis.Summary, NextStep: "Run the same command again later: it goes on where it stopped."}
			}
		default:
			e.line(ctx, ids[n], a, &r)
		}
	}
	return r
}

// final tells a report that belongs into an archive from one that another lookup would replace. What Runware would answer
// again as it is, such as a reply that is too large, is final.
func final(report schema.TaskReport) bool {
	if report.Status != schema.StatusUnavailable {
		return true
	}
	return report.Diagnosis.Retry == schema.RetryNo || report.Diagnosis.Retry == schema.RetryAfterDecision
}

// line adds a report, once the files of its results are there or gone.
func (e *exporter) line(ctx context.Context, id string, a inspect.Answer, r *result) {
	if a.Report.TaskUUID != id { // masked, since it is the key: it could not be read back
		r.left++
		return
	}
	if e.Media != nil && a.Report.Status.Found() {
		saved, err := e.Media.save(ctx, schema.Task{TaskUUID: id, Request: a.Task.Request, Response: a.Task.Response})
		r.media.add(saved)
		if isDisk(err) {
			r.stopped = err
		}
		if err != nil {
			r.left++
			return
		}
	}
	text, _ := present.Marshal(a.Report)
	r.lines, r.status = append(r.lines, text), append(r.status, a.Report.Status)
}

// How long lines wait for others before they are written, and how often progress is told meanwhile.
const (
	linesWait = 2 * time.Second
	tick      = 200 * time.Millisecond
)

// write files results until there are no more.
func (e *exporter) write(ctx context.Context) error {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		select {
		case r, ok := <-e.results:
			if !ok {
				return e.end(ctx)
			}
			if err := e.file(r); err != nil {
				return err
			}
		case <-ticker.C:
			if err := e.Output.flushOld(linesWait); err != nil {
				return err
			}
			e.progress()
		case <-ctx.Done():
			return fmt.Errorf("export: %w", ctx.Err())
		}
	}
}

func (e *exporter) end(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if e.readErr != nil {
		return fmt.Errorf("export: read ids: %w", e.readErr)
	}
	return nil
}

func (e *exporter) file(r result) error {
	for _, line := range r.lines {
		if err := e.Output.add(line); err != nil {
			return err
		}
	}
	if e.Output.stream != nil {
		if err := e.Output.flush(); err != nil {
			return err
		}
	}
	e.count(func(c *Counts) {
		for _, status := range r.status {
			c.Written[status]++
		}
		c.Left += r.left
		c.Media.add(r.media)
	})
	return r.stopped
}
