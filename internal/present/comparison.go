package present

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// maxComparison is the most bytes that the JSON of a comparison takes.
const maxComparison = 16_000

// maxCompared is the longest value that is looked at for where two differ, in bytes of its JSON.
const maxCompared = 256 << 10

// Comparison returns c as it may be shown, within 16,000 bytes: texts and values masked as in a report, whatever the
// originals of the two tasks, which are recorded, hold; long values shortened round the place where they differ; the
// last of many differences counted and not shown.
func (p *Presenter) Comparison(c schema.Comparison, recorded ...[]byte) schema.Comparison {
	m := p.masker
	for _, original := range recorded {
		m = m.withRecorded(original)
	}
	for bounds := (pairs{entries: 60, value: 240, text: 1024}); ; {
		shown := p.comparison(c, m, bounds)
		text, _ := Marshal(shown)
		tighter := bounds.tighter()
		if len(text) <= maxComparison || tighter == bounds {
			return shown
		}
		bounds = tighter
	}
}

// pairs bound a comparison: differences of each kind, and bytes of a value and a text.
type pairs struct{ entries, value, text int }

func (k pairs) tighter() pairs {
	if k.value > 96 {
		k.value, k.text = k.value/2, k.text/2
		return k
	}
	k.entries = max(k.entries*2/3, 1)
	return k
}

func (p *Presenter) comparison(c schema.Comparison, m masker, k pairs) schema.Comparison {
	own := crowd{text: k.text, name: 160, notes: 10, patches: true}
	c.Summary = p.short(m.text(c.Summary), k.text)
	for _, one := range []**schema.Compared{&c.Before, &c.After} {
		if *one == nil {
			continue
		}
		shown := **one
		shown.TaskUUID, shown.Summary = p.short(shown.TaskUUID, own.name), p.short(m.text(shown.Summary), k.text)
		*one = &shown
	}
	var left int
	c.Named, left = p.differences(c.Named, m, k)
	c.More += left
	c.Differences, left = p.differences(c.Differences, m, k)
	c.More += left
	few := k
	few.entries = min(k.entries, 20)
	c.Incidental, left = p.differences(c.Incidental, m, few)
	c.More += left
	if c.Diagnosis != nil {
		d := p.own(*c.Diagnosis, own)
		c.Diagnosis = &d
	}
	c.Notes = p.notes(c.Notes, own)
	return c
}

func (p *Presenter) differences(all []schema.Difference, m masker, k pairs) (shown []schema.Difference, left int) {
	const longest = 512
	for _, d := range all {
		if len(shown) == k.entries || len(d.Pointer) > longest {
			left++
			continue
		}
		c := cleaner{p: p, masker: m, lists: newLists(p.budget), limits: wide()}
		at := placeOf(d.Pointer)
		before, after := c.whole(d.Before, at), c.whole(d.After, at)
		pointer := strings.ToValidUTF8(m.text(d.Pointer), "\uFFFD")
		before, after = nearby(before, after, k.value)
		shown = append(shown, schema.Difference{Pointer: pointer, Before: before, After: after})
	}
	return shown, left
}

// whole is a value with its secrets masked and media left out, not yet shortened: a part of a secret is not known for
// one. What is too long to be looked through is left out.
func (c *cleaner) whole(v schema.Value, at place) schema.Value {
	return c.value(v, maxCompared, at, "", "")
}

// nearby shortens two values: texts to the part where they begin to differ, anything else to its head.
func nearby(before, after schema.Value, most int) (shownBefore, shownAfter schema.Value) {
	if len(before) <= most && len(after) <= most {
		return before, after
	}
	left, leftIsText := rawjson.Text(before)
	right, rightIsText := rawjson.Text(after)
	skip := 0
	if leftIsText && rightIsText {
		for skip < len(left) && skip < len(right) && left[skip] == right[skip] {
			skip++
		}
		const context = 40
		skip = max(skip-context, 0)
		for skip > 0 && !utf8.RuneStart(left[skip]) {
			skip--
		}
	}
	return shortened(before, left, leftIsText, skip, most), shortened(after, right, rightIsText, skip, most)
}

// shortened is the part of a value from an offset on, with what is left out around it.
func shortened(v schema.Value, text string, isText bool, skip, most int) schema.Value {
	if len(v) <= most {
		return v
	}
	if !isText { // no JSON any more, so it becomes a string
		text = string(v)
	}
	head := ""
	if skip > 0 && skip < len(text) {
		head, text = fmt.Sprintf("(%d bytes) … ", skip), text[skip:]
	}
	return quoted([]byte(head + bound(strings.ToValidUTF8(text, "\uFFFD"), most)))
}
