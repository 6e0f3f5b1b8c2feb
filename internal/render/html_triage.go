package render

import (
	"fmt"
	"strconv"

	"mcp-taskdetails/schema"
)

// HTMLTriage is an answer about many tasks as a page.
func HTMLTriage(t schema.Triage) string {
	var m markup
	m.b.WriteString(HTMLHead("Runware tasks by why they failed"))
	m.prose("h1", t.Summary)
	if t.Cost != "" {
		m.element("p", "$"+string(t.Cost)+" recorded", "class", "dim")
	}
	if t.Diagnosis != nil {
		m.prose("div", t.Diagnosis.NextStep, "class", "step")
	}
	for _, g := range t.Groups {
		m.group(g)
	}
	if t.Rest != nil {
		m.element("p", fmt.Sprintf("%s of smaller groups, %s, not shown", counted(t.Rest.Groups, "cause"), counted(t.Rest.Tasks, "task")))
	}
	for _, l := range t.Lookups {
		m.open("article")
		m.element("span", string(l.Status), "class", "badge bad")
		m.prose("h2", counted(l.Count, "lookup")+": "+l.Diagnosis.Summary)
		m.prose("div", l.Diagnosis.NextStep, "class", "step")
		m.ids(l.IDs)
		m.end("article")
	}
	if t.Pending != nil {
		m.open("article")
		m.element("span", "pending", "class", "badge dim")
		m.element("h2", "May still run, look again later")
		m.ids(*t.Pending)
		m.end("article")
	}
	m.remarks(schema.TaskReport{Diagnosis: schema.Diagnosis{Notes: t.Notes}})
	m.b.WriteString(HTMLFoot())
	return m.b.String()
}

func (m *markup) group(g schema.FailureGroup) {
	m.open("article")
	m.element("h2", nameOf(g))
	share := fmt.Sprintf("%s, %.0f %% of all failures", counted(g.Count, "task"), g.Share*100)
	m.open("meter", "min", "0", "max", "1", "value", strconv.FormatFloat(g.Share, 'f', 4, 64), "aria-label", share)
	m.end("meter")
	m.element("p", share+" · retry: "+countsInWords(g.Retry))
	if d := g.Diagnosis; d != nil {
		m.prose("p", d.Summary)
		m.prose("div", d.NextStep, "class", "step")
		if len(d.Patch) > 0 {
			m.open("p")
			m.text("Patch: ")
			m.element("code", patchText(d.Patch))
			m.end("p")
		}
	}
	if len(g.Models) > 0 {
		m.element("p", "models: "+countsInWords(g.Models), "class", "dim")
	}
	if len(g.OtherCauses) > 0 {
		m.element("p", "other causes: "+countsInWords(g.OtherCauses), "class", "dim")
	}
	m.ids(g.IDs)
	m.end("article")
}

func (m *markup) ids(ids schema.IDs) {
	m.open("ul")
	for _, id := range ids.TaskUUIDs {
		m.element("li", id, "class", "id")
	}
	if ids.More > 0 {
		m.element("li", fmt.Sprintf("and %d more", ids.More), "class", "dim")
	}
	m.end("ul")
}
