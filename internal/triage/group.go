package triage

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"mcp-taskdetails/schema"
)

// What an answer shows of a group.
const (
	maxIDs    = 5
	maxNames  = 3 // models, task types, other causes
	maxValues = 100
)

// group is a number of failures that share a value.
type group struct {
	value     string
	count     int
	ids       firsts
	causes    map[string]*counted
	retry     counter
	models    counter
	taskTypes counter
}

func newGroup(value string) *group { return &group{value: value, causes: map[string]*counted{}} }

func (g *group) add(task Task) {
	g.count++
	g.ids.add(task)
	g.retry.add(string(task.Diagnosis.Retry))
	g.models.add(task.Model)
	g.taskTypes.add(task.TaskType)
}

// counted is a cause, how many tasks have it, and the first of them.
type counted struct {
	cause     schema.Cause
	count     int
	order     int
	taskUUID  string
	diagnosis *schema.Diagnosis
}

func (c *counted) add(task Task) {
	if c.count++; c.count > 1 && task.Order > c.order {
		return
	}
	d := task.Diagnosis
	d.Findings, d.Notes = nil, nil
	c.order, c.taskUUID, c.diagnosis = task.Order, task.TaskUUID, &d
}

// words are the cause in a few words, where there is no room for more.
func (c *counted) words() string {
	return strings.Join(strings.Fields(string(c.cause.Category)+" "+c.cause.Code+" "+c.cause.Parameter), " ")
}

// shown is the group as the answer has it. The task that stands for it comes first.
func (g *group) shown(failures int) schema.FailureGroup {
	causes := inOrder(g.causes, func(c *counted) (count, order int) { return c.count, c.order })
	s := schema.FailureGroup{
		Value: g.value, Count: g.count, Share: share(g.count, failures), IDs: g.ids.shown(),
		Retry: g.retry.shown(len(schema.Retries())), Models: g.models.shown(maxNames), TaskTypes: g.taskTypes.shown(maxNames),
	}
	var others counter
	for i, c := range causes {
		if i > 0 {
			others.count(c.words(), c.count)
			continue
		}
		s.Cause, s.Diagnosis = c.cause, c.diagnosis
		rest := slices.DeleteFunc(s.TaskUUIDs, func(id string) bool { return id == c.taskUUID })
		s.TaskUUIDs = append([]string{c.taskUUID}, rest[:min(len(rest), maxIDs-1)]...)
	}
	s.OtherCauses = others.shown(maxNames)
	return s
}

// share is a part of a whole, in hundredths.
func share(part, whole int) float64 {
	const hundredths = 100
	return float64((part*hundredths*2+whole)/(2*whole)) / hundredths
}

// missed is a number of lookups that brought no task for one reason.
type missed struct {
	schema.MissedGroup
	order int
	ids   firsts
}

func (m *missed) add(task Task) {
	m.ids.add(task)
	if m.Count++; m.Count > 1 && task.Order > m.order {
		return
	}
	d := task.Diagnosis
	m.order = task.Order
	d.Findings, d.Notes = nil, nil
	m.Status, m.Diagnosis = task.Status, d
}

// firsts are the first few tasks of many, in the order asked.
type firsts struct {
	tasks []Task
	count int
}

func (f *firsts) add(task Task) {
	f.count++
	task.Diagnosis = schema.Diagnosis{}
	at, _ := slices.BinarySearchFunc(f.tasks, task, func(a, b Task) int { return cmp.Compare(a.Order, b.Order) })
	if at == maxIDs {
		return
	}
	f.tasks = slices.Insert(f.tasks, at, task)
	f.tasks = f.tasks[:min(len(f.tasks), maxIDs)]
}

func (f *firsts) shown() schema.IDs {
	s := schema.IDs{More: f.count - len(f.tasks)}
	for _, task := range f.tasks {
		s.TaskUUIDs = append(s.TaskUUIDs, task.TaskUUID)
	}
	return s
}

// counter counts values. Beyond a hundred different ones it does not tell them apart.
type counter struct {
	counts schema.Counts
	others int
}

func (c *counter) add(value string) { c.count(value, 1) }

func (c *counter) count(value string, count int) {
	if value == "" {
		return
	}
	if c.counts == nil {
		c.counts = schema.Counts{}
	}
	if _, known := c.counts[value]; !known && len(c.counts) == maxValues {
		c.others += count
		return
	}
	c.counts[value] += count
}

// shown are the most frequent values, and the rest as one.
func (c *counter) shown(most int) schema.Counts {
	names := slices.SortedFunc(maps.Keys(c.counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(c.counts[b], c.counts[a]), cmp.Compare(a, b))
	})
	var shown schema.Counts
	others := c.others
	for i, name := range names {
		if i >= most {
			others += c.counts[name]
			continue
		}
		if shown == nil {
			shown = schema.Counts{}
		}
		shown[name] = c.counts[name]
	}
	if others > 0 {
		shown[schema.Others] = others
	}
	return shown
}
