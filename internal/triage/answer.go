package triage

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/schema"
)

// Answer is what was counted: the groups with the most tasks first, of equally large ones the one that was asked first.
func (t *Tally) Answer() schema.Triage {
	answer := schema.Triage{Tasks: t.tasks, Totals: t.totals}
	if t.cost.tasks > 0 {
		answer.Cost = t.cost.number()
		answer.Notes = append(answer.Notes, "a cost is recorded of "+looks.Plural(strconv.Itoa(t.cost.tasks), "task"))
	}
	failures := t.totals.Failures()
	for _, g := range inOrder(t.groups, func(g *group) (count, order int) { return g.count, g.ids.tasks[0].Order }) {
		answer.Groups = append(answer.Groups, g.shown(failures))
	}
	if t.overflow > 0 {
		answer.Notes = append(answer.Notes, fmt.Sprintf("%s had causes beyond the first %d different ones and are in no group",
			looks.Plural(strconv.Itoa(t.overflow), "failure"), maxCauses))
	}
	if t.pending.count > 0 {
		pending := t.pending.shown()
		answer.Pending = &pending
	}
	for _, m := range inOrder(t.missed, func(m *missed) (count, order int) { return m.Count, m.order }) {
		m.IDs = m.ids.shown()
		answer.Lookups = append(answer.Lookups, m.MissedGroup)
	}
	answer.Summary = t.summary(answer)
	return answer
}

// inOrder are groups by their counts, of equal ones the one that was asked for first.
func inOrder[G any](groups map[string]G, of func(G) (count, order int)) []G {
	all := make([]G, 0, len(groups))
	for _, g := range groups {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b G) int {
		aCount, aOrder := of(a)
		bCount, bOrder := of(b)
		return cmp.Or(cmp.Compare(bCount, aCount), cmp.Compare(aOrder, bOrder))
	})
	return all
}

// summary says it in one sentence: how many, what became of them, and the largest group.
func (t *Tally) summary(answer schema.Triage) string {
	var parts []string
	for _, of := range []struct {
		status schema.Status
		words  string
	}{
		{schema.StatusFailed, "failed"},
		{schema.StatusPartial, "partial"},
		{schema.StatusSucceeded, "succeeded"},
		{schema.StatusPending, "pending"},
		{schema.StatusUnknown, "of unknown outcome"},
		{schema.StatusNotFound, "not found"},
		{schema.StatusUnavailable, "not looked up"},
	} {
		if count := t.totals[of.status]; count > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count, of.words))
		}
	}
	text := looks.Plural(strconv.Itoa(t.tasks), "task")
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	failures := t.totals.Failures()
	if len(answer.Groups) == 0 || failures == 0 {
		return text + "."
	}
	largest := answer.Groups[0]
	switch {
	case t.by != schema.GroupByCause:
		text += fmt.Sprintf("; %s by %s", looks.Plural(strconv.Itoa(len(answer.Groups)), "group"), t.by)
	case len(answer.Groups) == 1:
		text += "; one cause"
	default:
		text += fmt.Sprintf("; %d causes, of which the first has %d of %s", len(answer.Groups), largest.Count, looks.Plural(strconv.Itoa(failures), "failure"))
	}
	if largest.Diagnosis == nil || t.by != schema.GroupByCause {
		return text + "."
	}
	return text + ": " + largest.Diagnosis.Summary
}
