package inspect

import (
	"context"
	"runtime/debug"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/compare"
	"mcp-taskdetails/internal/triage"
	"mcp-taskdetails/schema"
)

// Compare tells in what two tasks differ, and which difference the failure of one of them names. Both are asked for in
// one API request, but for a finished one that is still in memory.
func (i *Inspector) Compare(ctx context.Context, id, other string, notes ...string) (c schema.Comparison) {
	defer func() {
		if r := recover(); r != nil {
			report := i.broken(id, debug.Stack())
			c = schema.Comparison{Summary: report.Diagnosis.Summary, Verdict: schema.VerdictNotCompared, Diagnosis: &report.Diagnosis}
		}
	}()
	before, after := i.both(ctx, id, other)
	c = schema.Comparison{Before: before.compared(), After: after.compared(), Notes: notes}
	if before.err != nil || after.err != nil {
		return i.config.Presenter.Comparison(notCompared(c, before, after))
	}
	one, two := before.inspection.task, after.inspection.task
	tasks := compare.Requests(one.Request, before.id, two.Request, after.id)
	recorded := [][]byte{one.Request, one.Response, two.Request, two.Response}
	if tasks.Before == nil || tasks.After == nil {
		c.Verdict = schema.VerdictUndecided
		c.Summary = "The recorded request of one of the tasks does not hold that task, so that there is nothing to compare."
		return i.config.Presenter.Comparison(c, recorded...)
	}
	verdict := tasks.Judge(before.outcome(), after.outcome(), triage.SameCause(before.report.Diagnosis, after.report.Diagnosis))
	c.Verdict, c.Summary, c.More = verdict.Word, verdict.Summary, tasks.Left
	for _, d := range verdict.Named {
		c.Named = append(c.Named, d.Difference)
	}
	for _, d := range verdict.Others {
		if d.Incidental {
			c.Incidental = append(c.Incidental, d.Difference)
		} else {
			c.Differences = append(c.Differences, d.Difference)
		}
	}
	switch failed := before.outcome().Failed(); {
	case failed && after.outcome().Failed():
	case failed:
		c.Diagnosis = &before.report.Diagnosis
	case after.outcome().Failed():
		c.Diagnosis = &after.report.Diagnosis
	}
	return i.config.Presenter.Comparison(c, recorded...)
}

// looked is one of two tasks, as far as the lookup brought it.
type looked struct {
	id         string
	inspection *inspection // nil where the lookup brought no task
	err        error
	report     schema.TaskReport // as it may be shown
}

func (l looked) outcome() compare.Outcome {
	return compare.Outcome{Status: l.report.Status, Diagnosis: l.report.Diagnosis}
}

func (l looked) compared() *schema.Compared {
	return &schema.Compared{TaskUUID: l.report.TaskUUID, Status: l.report.Status, Summary: l.report.Diagnosis.Summary}
}

// both looks two tasks up.
func (i *Inspector) both(ctx context.Context, id, other string) (before, after looked) {
	both := []looked{{id: id}, {id: other}}
	var missing []string
	for n := range both {
		kept, ok := i.cache.get(both[n].id)
		if ok && !kept.outdated(ctx, i) {
			both[n].inspection = kept
		} else {
			missing = append(missing, both[n].id)
		}
	}
	var lookups []client.Lookup
	var err error
	if len(missing) > 0 {
		lookups, err = i.fetch(ctx, missing)
	}
	for n := range both {
		l := &both[n]
		if l.inspection == nil {
			task := schema.Task{}
			if l.err = err; err == nil {
				task, l.err = pick(lookups, l.id)
			}
			if l.err != nil {
				l.report = i.missed(l.id, l.err)
				continue
			}
			if l.inspection = i.diagnose(ctx, l.id, task); l.inspection.finished {
				i.cache.keep(l.id, l.inspection)
			}
		}
		l.report = i.answer(l.inspection, l.id, Options{Detail: DetailDiagnosis}).Report
	}
	return both[0], both[1]
}

// notCompared answers where a lookup brought no task: with the diagnosis of that lookup.
func notCompared(c schema.Comparison, before, after looked) schema.Comparison {
	c.Verdict = schema.VerdictNotCompared
	missed, which := before, "The task of `taskUUID` was not looked up: "
	switch {
	case before.err != nil && after.err != nil:
		which = "Neither task was looked up: "
	case after.err != nil:
		missed, which = after, "The task of `otherTaskUUID` was not looked up: "
	}
	c.Summary, c.Diagnosis = which+missed.report.Diagnosis.Summary, &missed.report.Diagnosis
	return c
}
