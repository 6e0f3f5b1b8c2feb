package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"mcp-taskdetails/schema"
)

// renderer shows a report to a person, as a compiler shows an error: what is wrong, where, then what helps.
//
// Everything that stems from a task is shown with its control, bidirectional and invisible characters escaped: a prompt
// must not be able to move the cursor or to hide text.
type renderer struct {
	colour    bool
	originals bool // whether request and response follow
}

// The few colours used, as ANSI codes.
const (
	red   = "\x1b[1;31m"
	green = "\x1b[1;32m"
	blue  = "\x1b[1;34m"
	bold  = "\x1b[1m"
	plain = "\x1b[0m"
)

func (r renderer) paint(colour, text string) string {
	if !r.colour {
		return text
	}
	return colour + text + plain
}

// report renders one report, with a line end at its end.
func (r renderer) report(t schema.TaskReport) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", visible(t.TaskUUID), r.status(t.Status))
	r.diagnosis(&b, t)
	if r.originals {
		r.original(&b, "request", t.Request)
		r.original(&b, "response", t.Response)
		r.omissions(&b, t)
	}
	return b.String()
}

func (r renderer) status(s schema.Status) string {
	colour := bold
	switch s {
	case schema.StatusSucceeded:
		colour = green
	case schema.StatusFailed, schema.StatusPartial, schema.StatusNotFound, schema.StatusUnavailable:
		colour = red
	case schema.StatusPending, schema.StatusUnknown:
	}
	return r.paint(colour, string(s))
}

func (r renderer) diagnosis(b *strings.Builder, t schema.TaskReport) {
	d := t.Diagnosis
	switch {
	case len(d.Findings) == 0 && (d.Category == schema.CategoryNone || t.Status.Found()):
		r.line(b, blue, "note", d.Summary)
	case len(d.Findings) == 0:
		r.line(b, red, "error", d.Summary)
	}
	for n, finding := range d.Findings {
		r.finding(b, n, finding, d)
	}
	if len(d.Findings) != 1 && d.NextStep != "" {
		r.line(b, green, "help", d.NextStep)
	}
	for _, a := range d.Alternatives {
		r.line(b, green, "either", a.Fix)
		r.patch(b, a.Patch)
	}
	r.patch(b, d.Patch)
	for _, note := range d.Notes {
		r.line(b, blue, "note", note)
	}
}

// finding renders one cause. The only finding takes the diagnosis' own summary and next step, which say the most.
func (r renderer) finding(b *strings.Builder, n int, f schema.Finding, d schema.Diagnosis) {
	label := "error"
	if f.Code != "" {
		label += "[" + visible(f.Code) + "]"
	}
	headline, help := first(f.Cause, f.Message), f.Fix
	if n == 0 {
		headline = d.Summary
	}
	if len(d.Findings) == 1 {
		help = first(d.NextStep, f.Fix)
	}
	r.line(b, red, label, headline)
	if f.Pointer != "" {
		fmt.Fprintf(b, "  %s request%s\n", r.paint(blue, "-->"), visible(f.Pointer))
	}
	if f.Message != "" && headline != f.Message {
		r.line(b, bold, "runware", f.Message)
	}
	if help != "" {
		r.line(b, green, "help", help)
	}
	if f.Confidence == schema.ConfidenceGuess {
		r.line(b, blue, "note", "the cause is a guess from the family of the code")
	}
	if f.Documentation != "" {
		r.line(b, blue, "see", f.Documentation)
	}
}

// patch prints a JSON Patch in a line that can be copied.
func (r renderer) patch(b *strings.Builder, ops []schema.Operation) {
	if len(ops) == 0 {
		return
	}
	if patch, err := json.Marshal(ops); err == nil {
		r.line(b, green, "patch", string(patch))
	}
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// line prints a sentence behind its label, without a full stop; advice begins in lower case.
func (r renderer) line(b *strings.Builder, colour, label, text string) {
	text = strings.TrimSuffix(visible(text), ".")
	if label == "help" {
		text = lowerFirst(text)
	}
	fmt.Fprintf(b, "%s: %s\n", r.paint(colour, label), text)
}

// lowerFirst leaves a word alone that is no plain word: `HTTP`, a name in backticks.
func lowerFirst(text string) string {
	head, size := utf8.DecodeRuneInString(text)
	next, _ := utf8.DecodeRuneInString(text[size:])
	if unicode.IsUpper(head) && unicode.IsLower(next) {
		return string(unicode.ToLower(head)) + text[size:]
	}
	return text
}

func (r renderer) original(b *strings.Builder, name string, raw json.RawMessage) {
	if len(raw) == 0 {
		return
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, raw, "", "  "); err != nil {
		pretty.Reset()
		pretty.Write(raw)
	}
	fmt.Fprintf(b, "\n%s:\n", r.paint(bold, name))
	for text := range strings.SplitSeq(pretty.String(), "\n") {
		b.WriteString(visible(text) + "\n")
	}
}

func (r renderer) omissions(b *strings.Builder, t schema.TaskReport) {
	if len(t.Omissions) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s:\n", r.paint(bold, "left out"))
	for _, o := range t.Omissions {
		fmt.Fprintf(b, "  %s (%s", visible(o.Pointer), o.Reason)
		if o.MediaType != "" {
			fmt.Fprintf(b, ", %s", visible(o.MediaType))
		}
		if o.Bytes > 0 {
			fmt.Fprintf(b, ", %d bytes", o.Bytes)
		}
		b.WriteString(")\n")
	}
}
