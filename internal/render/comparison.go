package render

import (
	"fmt"

	"mcp-taskdetails/schema"
)

// Comparison shows an answer about two tasks to a person: the verdict, then what differs, a minus in front of what the
// first has and a plus in front of what the other has.
func Comparison(c schema.Comparison, s Style) string {
	p := NewPage(s)
	p.Text(0, sentence(c.Summary))
	p.Blank()
	p.compared("-", c.Before)
	p.compared("+", c.After)
	p.differences("named by the failure", Red, c.Named)
	p.differences("different", Bold, c.Differences)
	p.differences("ids, URLs, seeds and media", Bold, c.Incidental)
	if c.More > 0 {
		p.Blank()
		p.Text(0, counted(c.More, "more difference")+" not shown")
	}
	if d := c.Diagnosis; d != nil && d.NextStep != "" {
		p.Blank()
		p.Line(Green, "help", lowerFirst(d.NextStep))
	}
	for _, note := range c.Notes {
		p.Line(Blue, "note", note)
	}
	return p.String()
}

func (p *Page) compared(sign string, c *schema.Compared) {
	if c != nil {
		p.hanging(sign+" ", 2, deepest, fmt.Sprintf("%s %s: %s", c.TaskUUID, c.Status, sentence(c.Summary)))
	}
}

func (p *Page) differences(title string, paint Paint, all []schema.Difference) {
	if len(all) == 0 {
		return
	}
	p.Blank()
	p.b.WriteString(p.style.Painted(paint, title) + ":\n")
	for _, d := range all {
		p.Text(2, d.Pointer)
		if len(d.Before) > 0 {
			p.hanging("    "+p.style.Painted(Red, "-")+" ", 6, 8, string(d.Before))
		}
		if len(d.After) > 0 {
			p.hanging("    "+p.style.Painted(Green, "+")+" ", 6, 8, string(d.After))
		}
	}
}
