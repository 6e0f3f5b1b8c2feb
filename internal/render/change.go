package render

import (
	"encoding/json"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// maxChanged is how many lines of a change are shown, before and after together.
const maxChanged = 16

// change prints what a patch does to a request, line by line. Where the request does not hold the places of the patch,
// such as when it was cut, it prints the patch itself.
func (p *Page) change(before *listing, patch []schema.Operation) {
	if len(patch) == 0 {
		return
	}
	after := patched(before, patch)
	if after == nil {
		if text, err := json.Marshal(patch); err == nil {
			p.Note("patch: " + string(text))
		}
		return
	}
	shown, left := 0, 0
	show := func(l *listing, line int, sign string, paint Paint) {
		if shown++; shown > maxChanged {
			left++
			return
		}
		room := p.style.columns() - p.gutter - len(" - ")
		text := Cut(strings.TrimSuffix(Visible(l.lines[line]), ","), room)
		p.b.WriteString(p.numbered(line, sign, paint) + p.style.Painted(paint, text) + "\n")
	}
	for _, h := range hunks(before.lines, after.lines) {
		for line := h.start; line < h.end; line++ {
			show(before, line, "-", Red)
		}
		for line := h.newStart; line < h.newEnd; line++ {
			show(after, line, "+", Green)
		}
	}
	if left > 0 {
		p.Note("and " + counted(left, "line") + " more")
	}
}

// patched is a listing after a patch; nil where the patch does not apply to it.
func patched(l *listing, patch []schema.Operation) *listing {
	if l == nil {
		return nil
	}
	changed, err := request.PatchJSON(l.text, patch)
	if err != nil {
		return nil
	}
	return list(changed)
}

// hunk is a run of lines that others take the place of.
type hunk struct{ start, end, newStart, newEnd int }

// hunks compares lines. A comma at the end is not looked at: it says only that something follows.
func hunks(before, after []string) []hunk {
	join := func(lines []string) string {
		var b strings.Builder
		for _, line := range lines {
			b.WriteString(strings.TrimSuffix(line, ",") + "\n")
		}
		return b.String()
	}
	text := join(before)
	var all []hunk
	shift, line, offset := 0, 0, 0
	for _, edit := range udiff.Lines(text, join(after)) {
		line += strings.Count(text[offset:edit.Start], "\n")
		removed, added := strings.Count(text[edit.Start:edit.End], "\n"), strings.Count(edit.New, "\n")
		all = append(all, hunk{line, line + removed, line + shift, line + shift + added})
		line, offset, shift = line+removed, edit.End, shift+added-removed
	}
	return all
}
