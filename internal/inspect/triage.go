package inspect

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/internal/triage"
	"mcp-taskdetails/schema"

	"golang.org/x/sync/errgroup"
)

// TriageOptions are what a caller of Triage may choose.
type TriageOptions struct {
	GroupBy  schema.GroupBy  // Default is schema.GroupByCause.
	Notes    []string        // what the answer has to say of the question
	Limit    time.Duration   // when to answer with what is there. Default is 0: when all is.
	Keep     bool            // whether to take finished tasks from memory, and to keep them. Default is false: any number may come.
	MaxBytes int             // of the answer's JSON. Default is present.DefaultTriage.
	Answered func(count int) // called as tasks are counted, by one goroutine at a time. Default is nil.
}

// Triage looks many tasks up and gathers their failures by what they share. Each different id is asked once, several an
// API request. Where the time limit comes first, what was answered by then is counted, and the other lookups are said to
// be missing. A caller whose ctx ends gets an answer at once; nobody is left to read it.
func (i *Inspector) Triage(ctx context.Context, ids iter.Seq[string], o TriageOptions) (answer schema.Triage) {
	defer func() {
		if r := recover(); r != nil {
			report := i.broken("", debug.Stack())
			answer = schema.Triage{Summary: report.Diagnosis.Summary, Diagnosis: &report.Diagnosis}
		}
	}()
	lookups, stop := ctx, context.CancelFunc(func() {})
	if o.Limit > 0 {
		lookups, stop = context.WithTimeout(ctx, o.Limit)
	}
	defer stop()
	tally := triage.New(o.GroupBy)
	doubled := i.tally(lookups, tally, ids, o)
	answer = tally.Answer()
	answer.Notes = append(answer.Notes, o.Notes...)
	if doubled > 0 {
		answer.Notes = append(answer.Notes, looks.Plural(strconv.Itoa(doubled), "repetition")+" left out: each id was looked up once")
	}
	if lookups.Err() != nil && ctx.Err() == nil {
		answer.Notes = append(answer.Notes, fmt.Sprintf("after %s not every lookup was answered: what was is counted here, and asking again for all is quick for those", o.Limit))
	}
	return i.config.Presenter.Triage(answer, o.MaxBytes)
}

// asked is one different id and its place among them.
type asked struct {
	id    string
	order int
}

// tally counts the tasks of ids and returns how many of these were doubled. What was looked up is diagnosed beside the
// lookups that still run; at most twice as many batches as requests are in memory.
func (i *Inspector) tally(ctx context.Context, tally *triage.Tally, ids iter.Seq[string], o TriageOptions) (doubled int) {
	results := make(chan []triage.Task)
	counted := make(chan struct{})
	go func() {
		defer close(counted)
		count := 0
		for tasks := range results {
			for _, task := range tasks {
				tally.Add(task)
			}
			if count += len(tasks); o.Answered != nil {
				o.Answered(count)
			}
		}
	}()
	work := triageWork{inspector: i, options: o, requests: make(chan struct{}, inFlight), results: results}
	work.batches.SetLimit(2 * inFlight)
	seen := map[string]bool{}
	for id := range ids {
		if errors.Is(ctx.Err(), context.Canceled) {
			break
		}
		folded := strings.ToLower(id)
		if seen[folded] {
			doubled++
			continue
		}
		one := asked{id, len(seen)}
		seen[folded] = true
		work.add(ctx, one)
	}
	work.flush(ctx)
	_ = work.batches.Wait() // no batch returns an error
	close(results)
	<-counted
	return doubled
}

// triageWork is what is under way of one triage.
type triageWork struct {
	inspector *Inspector
	options   TriageOptions
	batch     []asked
	kept      []asked
	batches   errgroup.Group
	requests  chan struct{} // one for each API request
	results   chan<- []triage.Task
}

func (w *triageWork) add(ctx context.Context, one asked) {
	if w.options.Keep {
		if _, ok := w.inspector.cache.get(one.id); ok {
			w.kept = append(w.kept, one)
			if len(w.kept) == batchSize {
				w.flushKept(ctx)
			}
			return
		}
	}
	w.batch = append(w.batch, one)
	if len(w.batch) == batchSize {
		w.flushBatch(ctx)
	}
}

func (w *triageWork) flush(ctx context.Context) {
	w.flushKept(ctx)
	w.flushBatch(ctx)
}

func (w *triageWork) flushBatch(ctx context.Context) {
	if batch := w.batch; len(batch) > 0 {
		w.batch = nil
		w.batches.Go(func() error { w.results <- w.look(ctx, batch); return nil })
	}
}

// flushKept diagnoses tasks that are in memory. One that left it meanwhile is looked up like any other.
func (w *triageWork) flushKept(ctx context.Context) {
	batch := w.kept
	w.kept = nil
	if len(batch) == 0 {
		return
	}
	w.batches.Go(func() error {
		var tasks []triage.Task
		var gone []asked
		for _, one := range batch {
			if n, ok := w.inspector.cache.get(one.id); ok && !n.outdated(ctx, w.inspector) {
				tasks = append(tasks, triaged(n, one))
			} else {
				gone = append(gone, one)
			}
		}
		if len(gone) > 0 {
			tasks = append(tasks, w.look(ctx, gone)...)
		}
		w.results <- tasks
		return nil
	})
}

// look asks for a batch in one API request and diagnoses what comes.
func (w *triageWork) look(ctx context.Context, batch []asked) []triage.Task {
	ids := make([]string, len(batch))
	for n, one := range batch {
		ids[n] = one.id
	}
	lookups, err := w.ask(ctx, ids)
	tasks := make([]triage.Task, len(batch))
	for n, one := range batch {
		task, err := schema.Task{}, err
		if err == nil {
			task, err = pick(lookups, one.id)
		}
		tasks[n] = w.inspector.sorted(ctx, one, task, err, w.options.Keep)
	}
	return tasks
}

// ask waits for its turn. A batch whose turn did not come in time is missed like one that was not answered.
func (w *triageWork) ask(ctx context.Context, ids []string) ([]client.Lookup, error) {
	select {
	case w.requests <- struct{}{}:
		defer func() { <-w.requests }()
	case <-ctx.Done():
	}
	if ctx.Err() != nil {
		return nil, &client.Error{Kind: schema.CategoryTimeout, Detail: "there was no time left to ask", Err: ctx.Err()}
	}
	return w.inspector.fetch(ctx, ids)
}

// sorted is what a triage needs of one lookup.
func (i *Inspector) sorted(ctx context.Context, one asked, task schema.Task, err error, keep bool) (t triage.Task) {
	missed := func(report schema.TaskReport) triage.Task {
		return triage.Task{Order: one.order, TaskUUID: one.id, Status: report.Status, Diagnosis: report.Diagnosis}
	}
	defer func() {
		if r := recover(); r != nil {
			t = missed(i.broken(one.id, debug.Stack()))
		}
	}()
	if errors.Is(ctx.Err(), context.Canceled) {
		err = ctx.Err()
	}
	if err != nil {
		return missed(i.missed(one.id, err))
	}
	n := i.diagnose(context.WithoutCancel(ctx), one.id, task) // what came in time is diagnosed in full
	if keep && n.finished {
		i.cache.keep(one.id, n)
	}
	return triaged(n, one)
}

// triaged is what a triage needs of a task: of its report as it may be shown.
func triaged(n *inspection, one asked) triage.Task {
	t := triage.Task{
		Order: one.order, TaskUUID: one.id, Status: n.status, Diagnosis: n.shown.Diagnosis, Cost: triage.AmountOf(n.costs),
	}
	if sent := request.Read(n.shown.Request).Attribute(n.task.TaskUUID, ""); sent != nil {
		t.Model, t.TaskType = shortName(sent.Model), shortName(sent.TaskType)
	}
	return t
}

// maxName is longer than the name of any model or task type, in bytes.
const maxName = 100

func shortName(name string) string { return looks.Short(name, maxName) }

// recordedCosts are the costs that the task's own results state: those of its siblings are theirs.
func recordedCosts(task schema.Task, parts envelope.Parts) []string {
	var costs []string
	for _, item := range parts.Data {
		if item.TaskUUID != "" && !strings.EqualFold(item.TaskUUID, task.TaskUUID) {
			continue
		}
		if cost, ok := rawjson.Member(item.Raw, "cost"); ok {
			costs = append(costs, string(cost))
		}
	}
	return costs
}
