package render

import (
	"fmt"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// HTMLReport is one report as a part of a page, between [HTMLHead] and [HTMLFoot].
func HTMLReport(t schema.TaskReport) string {
	var m markup
	d := t.Diagnosis
	m.open("article")
	m.verdict(t)
	if d.NextStep != "" {
		m.open("div", "class", "step")
		m.prose("div", d.NextStep)
		m.end("div")
	}
	m.alternatives(d.Alternatives)
	if request := list(t.Request); request != nil {
		m.changed(request, d)
	}
	for n := range d.Findings {
		m.finding(n, t)
	}
	m.siblings(t)
	m.results(t)
	if len(t.Request)+len(t.Response) > 0 {
		m.element("h2", "Originals")
	}
	m.folded("Request", t.Request)
	m.folded("Response", t.Response)
	m.remarks(t)
	m.end("article")
	return m.b.String()
}

// verdict says what became of a task, and which one it is.
func (m *markup) verdict(t schema.TaskReport) {
	class := "badge dim"
	switch t.Status {
	case schema.StatusSucceeded:
		class = "badge good"
	case schema.StatusFailed, schema.StatusPartial, schema.StatusNotFound, schema.StatusUnavailable:
		class = "badge bad"
	case schema.StatusPending, schema.StatusUnknown:
	}
	m.element("span", strings.ReplaceAll(string(t.Status), "_", " "), "class", class)
	m.prose("h1", t.Diagnosis.Summary)
	m.open("p", "class", "dim")
	m.open("span", "class", "id")
	m.text(t.TaskUUID)
	m.b.WriteString("</span>")
	if t.Live {
		m.text(" as getResponse says now, not the archive")
	}
	if cost := costs(t); cost != "" {
		m.text(" · cost $" + cost)
	}
	m.end("p")
}

// costs are those that the task's own results state, as they state them.
func costs(t schema.TaskReport) string {
	var all []string
	for _, item := range items(t.Response, "data") {
		if cost, ok := rawjson.Member(item.raw, "cost"); ok && rawjson.KindOf(cost) == rawjson.Number && item.of(t.TaskUUID) {
			all = append(all, string(cost))
		}
	}
	const most = 8
	if n := len(all) - most; n > 0 {
		return strings.Join(all[:most], " + ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(all, " + ")
}

func (m *markup) alternatives(all []schema.Alternative) {
	if len(all) == 0 {
		return
	}
	m.element("h2", "One of these")
	m.open("ol")
	for _, a := range all {
		m.prose("li", a.Fix)
	}
	m.end("ol")
}

// finding says one cause, where it is, and what Runware said.
func (m *markup) finding(n int, t schema.TaskReport) {
	f := t.Diagnosis.Findings[n]
	if len(t.Diagnosis.Findings) > 1 {
		m.prose("h2", fmt.Sprintf("%d. %s", n+1, headline(n, t.Diagnosis)))
	} else {
		m.element("h2", "How this is known")
	}
	m.open("p", "class", "dim")
	if f.Code != "" {
		m.open("code")
		m.text(f.Code)
		m.b.WriteString("</code> ")
	}
	m.text(place(schema.TaskReport{Request: t.Request}, &f))
	if f.Confidence != "" {
		m.text(", " + string(f.Confidence))
	}
	if f.Documentation != "" {
		m.text(" · ")
		m.link(f.Documentation, "documentation")
	}
	m.end("p")
	m.prose("p", f.Fix)
	m.element("blockquote", f.Message)
}

// remarks are notes, and what was left out.
func (m *markup) remarks(t schema.TaskReport) {
	if len(t.Diagnosis.Notes) > 0 {
		m.element("h2", "Notes")
		m.open("ul")
		for _, note := range t.Diagnosis.Notes {
			m.prose("li", note)
		}
		m.end("ul")
	}
	if len(t.Omissions) > 0 {
		m.element("h2", "Left out")
		m.open("ul")
		for _, o := range t.Omissions {
			text := o.Pointer + " (" + string(o.Reason)
			if o.Bytes > 0 {
				text += ", " + counted(o.Bytes, "byte")
			}
			m.element("li", text+")", "class", "id")
		}
		m.end("ul")
	}
}
