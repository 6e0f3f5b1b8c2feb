// Package triage gathers the failures of many tasks by what they have in common: one cause above all.
//
// It is pure, and whatever it is given comes from reports that may be shown: it looks nothing up, diagnoses nothing and
// masks nothing. What it keeps is bounded by the number of different causes, not by that of the tasks. Tasks may come in
// any order; the answer is the same. Start with [New]; cause.go says when two failures have the same one.
package triage

import (
	"mcp-taskdetails/schema"
)

// maxCauses bounds how many different causes are told apart. Real failures have some dozens; beyond this each is its own.
const maxCauses = 1000

// Task is one task that was looked up, whatever became of it.
type Task struct {
	Order     int // its place among the ids asked for
	TaskUUID  string
	Status    schema.Status
	Diagnosis schema.Diagnosis
	Model     string // as the request names it; empty if not known
	TaskType  string // likewise
	Cost      Amount // what its own results record
}

// Tally counts tasks. It is not safe for concurrent use.
type Tally struct {
	by       schema.GroupBy
	totals   schema.Totals
	tasks    int
	cost     sum
	causes   int
	groups   map[string]*group
	overflow int // failures whose causes had no room
	pending  firsts
	missed   map[string]*missed
}

// New returns an empty tally that groups failures by what they share. Default is [schema.GroupByCause].
func New(by schema.GroupBy) *Tally {
	if by == "" {
		by = schema.GroupByCause
	}
	return &Tally{by: by, totals: schema.Totals{}, groups: map[string]*group{}, missed: map[string]*missed{}}
}

// Add counts one task.
func (t *Tally) Add(task Task) {
	t.tasks++
	t.totals[task.Status]++
	t.cost.add(task.Cost)
	switch task.Status {
	case schema.StatusFailed, schema.StatusPartial:
		t.fail(task)
	case schema.StatusPending:
		t.pending.add(task)
	case schema.StatusNotFound, schema.StatusUnavailable:
		t.miss(task)
	case schema.StatusSucceeded, schema.StatusUnknown:
	}
}

// fail puts a failure into its group.
func (t *Tally) fail(task Task) {
	cause, key := causeOf(task.Diagnosis)
	value := t.valueOf(task, cause)
	name := value
	if t.by == schema.GroupByCause {
		name, value = key, ""
	}
	g := t.groups[name]
	if g == nil {
		if t.causes == maxCauses {
			t.overflow++
			return
		}
		g = newGroup(value)
		t.groups[name] = g
	}
	g.add(task)
	c := g.causes[key]
	if c == nil {
		if t.causes == maxCauses {
			return
		}
		t.causes++
		c = &counted{cause: cause, order: task.Order}
		g.causes[key] = c
	}
	c.add(task)
}

// valueOf is what a task shares with others of its group.
func (t *Tally) valueOf(task Task, cause schema.Cause) string {
	switch t.by {
	case schema.GroupByCategory:
		return string(cause.Category)
	case schema.GroupByCode:
		return cause.Code
	case schema.GroupByParameter:
		return cause.Parameter
	case schema.GroupByModel:
		return task.Model
	case schema.GroupByTaskType:
		return task.TaskType
	case schema.GroupByCause:
	}
	return ""
}

func (t *Tally) miss(task Task) {
	code := ""
	if len(task.Diagnosis.Findings) > 0 {
		code = task.Diagnosis.Findings[0].Code
	}
	key := string(task.Status) + " " + string(task.Diagnosis.Category) + " " + code
	m := t.missed[key]
	if m == nil {
		m = &missed{order: task.Order}
		t.missed[key] = m
	}
	m.add(task)
}
