package render

import (
	"strconv"

	"mcp-taskdetails/schema"
)

// around is how many lines are shown before and behind one that matters.
const around = 3

// changed writes the lines of a request that matter: those that a finding speaks of are marked, and what the patch takes
// the place of stands before what it puts there. Whoever listens instead of looking is told the same in words.
func (m *markup) changed(l *listing, d schema.Diagnosis) {
	failing := map[int]bool{}
	near := make([]bool, len(l.lines))
	show := func(from, to int) {
		for n := max(from-around, 0); n < min(to+around, len(near)); n++ {
			near[n] = true
		}
	}
	for _, f := range d.Findings {
		if f.Pointer == "" {
			continue
		}
		if at, ok := l.find(f.Pointer); ok {
			failing[at.line] = true
			show(at.line, at.line+1)
		}
	}
	after := patched(l, d.Patch)
	var changes []hunk
	if after != nil {
		changes = hunks(l.lines, after.lines)
	}
	for _, h := range changes {
		show(h.start, h.end)
	}
	if len(failing)+len(changes) > 0 {
		m.element("h2", "What fails, and what to send instead")
		m.open("pre", "tabindex", "0", "role", "region", "aria-label", "failing lines of the request, before and after")
		m.lines(l, after, changes, failing, near)
		m.end("pre")
	}
	if len(d.Patch) > 0 && after == nil {
		m.open("p")
		m.text("Patch: ")
		m.element("code", patchText(d.Patch))
		m.end("p")
	}
}

// lines writes the lines that are near enough, and how many there are between them.
func (m *markup) lines(before, after *listing, changes []hunk, failing map[int]bool, near []bool) {
	line, left := 0, 0
	gap := func() {
		if left > 0 {
			m.open("span", "class", "dim")
			m.text("⋯ " + counted(left, "line"))
			m.b.WriteString("</span>")
		}
		left = 0
	}
	plain := func(end int) {
		for ; line < end; line++ {
			if !near[line] {
				left++
				continue
			}
			gap()
			if failing[line] {
				m.line("mark", "▸", "fails here: ", line, before.lines[line])
			} else {
				m.line("span", " ", "", line, before.lines[line])
			}
		}
	}
	for _, h := range changes {
		plain(h.start)
		gap()
		for ; line < h.end; line++ {
			m.line("del", "−", "before: ", line, before.lines[line])
		}
		for n := h.newStart; n < h.newEnd; n++ {
			m.line("ins", "+", "after: ", n, after.lines[n])
		}
	}
	plain(len(before.lines))
	gap()
}

// line writes one line, its number counted from 0.
func (m *markup) line(name tag, sign, spoken string, number int, text string) {
	m.open(name)
	if spoken != "" {
		m.open("span", "class", "sr")
		m.text(spoken)
		m.b.WriteString("</span>")
	}
	m.open("i", "aria-hidden", "true")
	m.text(sign + " " + strconv.Itoa(number+1))
	m.b.WriteString("</i>")
	m.text(text)
	m.b.WriteString("</" + string(name) + ">")
}

// folded writes JSON that is shown on demand.
func (m *markup) folded(title string, raw []byte) {
	l := list(raw)
	if l == nil {
		return
	}
	m.open("details")
	m.element("summary", title+", "+counted(len(l.lines), "line"))
	m.open("pre", "tabindex", "0", "role", "region", "aria-label", title)
	for n, text := range l.lines {
		m.line("span", " ", "", n, text)
	}
	m.end("pre")
	m.end("details")
}
