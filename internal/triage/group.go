package triage

import (
	"cmp"
	"slices"

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
	cause schema.Cause
	count int
	order int
	first *schema.Representative
}

func (c *counted) add(task Task) {
	c.count++
	if c.first != nil && task.Order > c.order {
		return
	}
	d := task.Diagnosis
	d.Findings, d.Notes = nil, nil
	c.order, c.first = task.Order, &schema.Representative{TaskUUID: task.TaskUUID, Diagnosis: d}
}

// shown is the group as the answer has it.
func (g *group) shown(failures int) schema.FailureGroup {
	causes := make([]*counted, 0, len(g.causes))
	for _, c := range g.causes {
		causes = append(causes, c)
	}
	slices.SortFunc(causes, func(a, b *counted) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.order, b.order))
	})
	s := schema.FailureGroup{
		Value: g.value, Count: g.count, Share: share(g.count, failures), IDs: g.ids.shown(),
		Retry: g.retry.shown(len(schema.Retries())), Models: g.models.shown(maxNames), TaskTypes: g.taskTypes.shown(maxNames),
	}
	for i, c := range causes {
		switch {
		case i == 0:
			s.Cause, s.Representative = c.cause, c.first
		case i <= maxNames:
			s.OtherCauses = append(s.OtherCauses, schema.CauseCount{Cause: c.cause, Count: c.count})
		}
	}
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
	m.Status, m.Category, m.Summary, m.Retry, m.NextStep = task.Status, d.Category, d.Summary, d.Retry, d.NextStep
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
	counts map[string]int
	others int
}

func (c *counter) add(value string) {
	if value == "" {
		return
	}
	if c.counts == nil {
		c.counts = map[string]int{}
	}
	if _, known := c.counts[value]; !known && len(c.counts) == maxValues {
		c.others++
		return
	}
	c.counts[value]++
}

// shown lists the most frequent values, and the rest as one.
func (c *counter) shown(most int) []schema.Count {
	all := make([]schema.Count, 0, len(c.counts))
	for value, count := range c.counts {
		all = append(all, schema.Count{Value: value, Count: count})
	}
	slices.SortFunc(all, func(a, b schema.Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	others := c.others
	for _, rest := range all[min(len(all), most):] {
		others += rest.Count
	}
	all = all[:min(len(all), most)]
	if others > 0 {
		all = append(all, schema.Count{Count: others})
	}
	return all
}
