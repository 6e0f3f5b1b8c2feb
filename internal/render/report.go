package render

import (
	"fmt"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Options are what else a report may show.
type Options struct {
	Style
	Originals bool   // whether request and response follow. Default is false.
	Next      string // a command that sends the next step on its way, shown where there is one. Default is none.
}

// Report shows one report to a person. It needs the request in it to quote lines; without, it names places.
func Report(t schema.TaskReport, o Options) string {
	p := NewPage(o.Style)
	p.Task(t, o.Next)
	if o.Originals {
		p.original("request", t.Request)
		p.original("response", t.Response)
		p.omissions(t.Omissions)
	}
	return p.String()
}

// Task prints the diagnosis of a task.
func (p *Page) Task(t schema.TaskReport, next string) {
	d := t.Diagnosis
	request := list(t.Request)
	if request != nil {
		p.gutter = max(minGutter, digits(len(request.lines)))
	}
	switch len(d.Findings) {
	case 0:
		p.fine(t)
		p.help(request, d)
	case 1:
		p.finding(0, t, request)
		p.help(request, d)
		p.facts(0, d)
	default:
		for n := range d.Findings {
			p.finding(n, t, request)
			if fix := d.Findings[n].Fix; fix != "" {
				p.Line(Green, "help", lowerFirst(fix))
			}
			p.facts(n, d)
			p.Blank()
		}
		p.help(request, d) // of all of them
	}
	p.notes(d)
	if len(d.Findings) == 1 && d.Findings[0].Documentation != "" {
		p.Note("docs: " + d.Findings[0].Documentation)
	}
	if next != "" {
		p.Command("next", next)
	}
}

// help prints what to do, and what the request is then.
func (p *Page) help(request *listing, d schema.Diagnosis) {
	if d.NextStep != "" {
		p.Line(Green, "help", lowerFirst(d.NextStep))
	}
	p.change(request, d.Patch)
	for n, a := range d.Alternatives {
		p.Line(Green, fmt.Sprintf("choice %d", n+1), lowerFirst(a.Fix))
		p.change(request, a.Patch)
	}
}

// fine prints a task without findings: its status stands for a code.
func (p *Page) fine(t schema.TaskReport) {
	paint, label := Blue, strings.ReplaceAll(string(t.Status), "_", " ")
	switch t.Status {
	case schema.StatusSucceeded:
		paint = Green
	case schema.StatusFailed, schema.StatusPartial, schema.StatusNotFound, schema.StatusUnavailable:
		paint, label = Red, "error"
	case schema.StatusPending, schema.StatusUnknown:
	}
	p.Line(paint, label, t.Diagnosis.Summary)
	p.Place(place(t, nil))
}

// finding prints one cause, and where it is.
func (p *Page) finding(n int, t schema.TaskReport, request *listing) {
	f := t.Diagnosis.Findings[n]
	label := "error"
	if f.Code != "" {
		label += "[" + f.Code + "]"
	}
	p.Line(Red, label, headline(n, t.Diagnosis))
	p.Place(place(t, &f))
	if request != nil && f.Pointer != "" {
		if at, ok := request.find(f.Pointer); ok {
			p.quote(request, at)
		}
	}
}

// headline is the cause of a finding. The first one takes the diagnosis' own summary, which says the most.
func headline(n int, d schema.Diagnosis) string {
	text := d.Findings[n].Cause
	if n == 0 {
		text = d.Summary
	}
	if text == "" {
		text = d.Findings[n].Message
	}
	return text
}

// facts prints how a finding is known.
func (p *Page) facts(n int, d schema.Diagnosis) {
	f := d.Findings[n]
	if f.Message != "" && sentence(f.Message) != sentence(headline(n, d)) {
		p.Note("runware: " + f.Message)
	}
	if f.Confidence == schema.ConfidenceGuess {
		p.Note("the cause is a guess from the family of the code")
	}
	if f.Documentation != "" && len(d.Findings) > 1 {
		p.Note("docs: " + f.Documentation)
	}
}

// place says where a finding is: the task looked up, its status where it did not simply fail, which task of its request,
// and the parameter there.
func place(t schema.TaskReport, f *schema.Finding) string {
	var parts []string
	if t.TaskUUID != "" {
		parts = append(parts, t.TaskUUID)
	}
	if f == nil {
		return strings.Join(parts, ", ")
	}
	if t.Status != schema.StatusFailed && t.Status.Found() && t.Status != "" {
		parts = append(parts, string(t.Status))
	}
	if tasks := rawjson.Len(t.Request); f.TaskIndex != nil && *f.TaskIndex >= 0 {
		which := fmt.Sprintf("task %d", *f.TaskIndex+1)
		if tasks > *f.TaskIndex {
			which += fmt.Sprintf(" of %d", tasks)
		}
		which += fmt.Sprintf(" (index %d)", *f.TaskIndex) // as the sentences of a diagnosis count, and its pointers
		parts = append(parts, which)
	}
	if f.Pointer != "" {
		parts = append(parts, "request"+f.Pointer)
	}
	if len(parts) == 0 {
		return "the request"
	}
	return strings.Join(parts, ", ")
}

// notes prints what else is known.
func (p *Page) notes(d schema.Diagnosis) {
	if d.Verified != nil && len(d.Patch) > 0 {
		if *d.Verified {
			p.Note("checked: the corrected request passes the model's schema")
		} else {
			p.Note("the corrected request does not pass the whole schema of its model yet")
		}
	}
	for _, note := range d.Notes {
		p.Note(note)
	}
}

// original prints a request or a response in lines.
func (p *Page) original(name string, raw []byte) {
	if len(raw) == 0 {
		return
	}
	p.Blank()
	p.b.WriteString(p.style.Painted(Bold, name) + ":\n")
	lines := []string{string(raw)}
	if l := list(raw); l != nil {
		lines = l.lines
	}
	for _, line := range lines {
		p.b.WriteString(Visible(line) + "\n")
	}
}

func (p *Page) omissions(all []schema.Omission) {
	if len(all) == 0 {
		return
	}
	p.Blank()
	p.b.WriteString(p.style.Painted(Bold, "left out") + ":\n")
	for _, o := range all {
		text := o.Pointer + " (" + string(o.Reason)
		if o.MediaType != "" {
			text += ", " + o.MediaType
		}
		if o.Bytes > 0 {
			text += ", " + counted(o.Bytes, "byte")
		}
		p.Text(2, text+")")
	}
}
