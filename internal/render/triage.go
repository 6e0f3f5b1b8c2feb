package render

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"mcp-taskdetails/schema"
)

// barColumns is how long the bar of a group that is everything would be.
const barColumns = 20

// Triage shows an answer about many tasks to a person: each group with a bar for its share, what is wrong, and what helps.
func Triage(t schema.Triage, s Style) string {
	p := NewPage(s)
	p.Text(0, sentence(t.Summary))
	for _, g := range t.Groups {
		p.Blank()
		p.group(g)
	}
	if t.Rest != nil {
		p.Blank()
		p.Text(0, fmt.Sprintf("%s of smaller groups, %s, not shown", counted(t.Rest.Groups, "cause"), counted(t.Rest.Tasks, "task")))
	}
	for _, m := range t.Lookups {
		p.Blank()
		p.Line(Red, string(m.Status), fmt.Sprintf("%s: %s", counted(m.Count, "lookup"), m.Diagnosis.Summary))
		if m.Diagnosis.NextStep != "" {
			p.Line(Green, "help", lowerFirst(m.Diagnosis.NextStep))
		}
		p.ids(m.IDs)
	}
	if t.Pending != nil {
		p.Blank()
		p.Line(Blue, "pending", "may still run, look again later")
		p.ids(*t.Pending)
	}
	if t.Diagnosis != nil {
		p.Line(Green, "help", lowerFirst(t.Diagnosis.NextStep))
	}
	if len(t.Notes) > 0 || t.Cost != "" {
		p.Blank()
	}
	if t.Cost != "" {
		p.Line(Blue, "cost", "$"+string(t.Cost)+" recorded")
	}
	for _, note := range t.Notes {
		p.Line(Blue, "note", note)
	}
	return p.String()
}

func (p *Page) group(g schema.FailureGroup) {
	full := int(math.Round(g.Share * barColumns))
	bar := p.style.Painted(Red, strings.Repeat("█", full)) + strings.Repeat("░", barColumns-full)
	const figures = 15 // columns
	p.hanging(fmt.Sprintf("%s %4d  %3.0f %%  ", bar, g.Count, g.Share*100), barColumns+figures, deepest, nameOf(g))
	if d := g.Diagnosis; d != nil {
		p.Line(Red, "error", d.Summary)
		if d.NextStep != "" {
			p.Line(Green, "help", lowerFirst(d.NextStep))
		}
		if patch, err := json.Marshal(d.Patch); err == nil && len(d.Patch) > 0 {
			p.Line(Green, "patch", string(patch))
		}
	}
	p.Note("retry: " + countsInWords(g.Retry))
	if len(g.Models) > 0 {
		p.Note("models: " + countsInWords(g.Models))
	}
	if len(g.OtherCauses) > 0 {
		p.Note("other causes: " + countsInWords(g.OtherCauses))
	}
	p.ids(g.IDs)
}

// nameOf names a group by what it shares.
func nameOf(g schema.FailureGroup) string {
	if g.Value != "" {
		return g.Value
	}
	c := g.Cause
	name := cmp.Or(c.Code, string(c.Category))
	if c.Parameter != "" {
		name += ": " + c.Parameter
	}
	if c.Constraint != "" {
		name += " (" + c.Constraint + ")"
	}
	return name
}

// ids names the first task; all are more than anybody reads.
func (p *Page) ids(ids schema.IDs) {
	text := ids.TaskUUIDs[0]
	if more := len(ids.TaskUUIDs) - 1 + ids.More; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	p.Note("tasks: " + text)
}

// countsInWords lists counts, the largest first.
func countsInWords(counts schema.Counts) string {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = fmt.Sprintf("%s (%d)", name, counts[name])
	}
	return strings.Join(parts, ", ")
}
