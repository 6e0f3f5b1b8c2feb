package present

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// limits bound the texts (in bytes) and lists (in entries) of a diagnosis.
type limits struct {
	findings, notes, list, patch int
	message, text, name, value   int
}

func wide() limits {
	return limits{findings: 20, notes: 20, list: 100, patch: 20, message: maxText, text: 1024, name: 256, value: 1024}
}

func (l limits) tighter() limits {
	return limits{
		findings: max(l.findings*2/3, 1), notes: max(l.notes*2/3, 1), list: l.list / 2, patch: l.patch / 2,
		message: max(l.message/2, 64), text: max(l.text/2, 64), name: max(l.name/2, 48), value: max(l.value/2, 48),
	}
}

// cleaner makes our own texts fit to be shown.
type cleaner struct {
	p      *Presenter
	masker masker
	lists  *lists
	limits limits
}

// diagnosis returns d as it may be shown and its size in JSON, which is at most room. What the budget leaves of request
// and response never depends on how long a stranger's message is.
func (p *Presenter) diagnosis(d schema.Diagnosis, room int, m masker, into *lists) (shown schema.Diagnosis, size int) {
	for l := wide(); ; l = l.tighter() {
		c := cleaner{p: p, masker: m, lists: into.clone(), limits: l}
		shown = c.diagnosis(d)
		text, err := json.Marshal(shown)
		if err == nil && len(text) <= room || l.tighter() == l {
			*into = *c.lists
			return shown, len(text)
		}
	}
}

func (c *cleaner) diagnosis(d schema.Diagnosis) schema.Diagnosis {
	const base = "/diagnosis"
	d.Summary = c.text(d.Summary, c.limits.text, base, "summary")
	d.NextStep = c.text(d.NextStep, c.limits.text, base, "nextStep")
	var more []string
	var lost string
	operations := len(d.Patch)
	if d.Patch, lost = c.patch(d.Patch, base+"/patch"); lost != "" {
		// Half a patch would be a wrong one, and one that was masked would put the mask into the request.
		more = append(more, fmt.Sprintf("the patch of %s is not shown: %s", count(operations, "operation"), lost))
		d.Verified = nil
		if d.Retry == schema.RetryAfterPatch {
			d.Retry = schema.RetryAfterDecision
		}
	}
	alternatives := d.Alternatives
	d.Alternatives = nil
	for i, a := range alternatives {
		at := base + "/alternatives/" + strconv.Itoa(i)
		if patch, lost := c.patch(a.Patch, at+"/patch"); lost == "" {
			d.Alternatives = append(d.Alternatives, schema.Alternative{Fix: c.text(a.Fix, c.limits.text, at, "fix"), Patch: patch})
		}
	}
	if strings.Contains(d.NextStep, redacted) { // nobody can set what is not shown
		d.NextStep = maskedStep
	}
	findings := d.Findings
	if cut := len(findings) - c.limits.findings; cut > 0 {
		findings = findings[:c.limits.findings]
		more = append(more, fmt.Sprintf("%d more findings are not shown", cut))
	}
	d.Findings = nil
	for i, f := range findings {
		d.Findings = append(d.Findings, c.finding(f, base+"/findings/"+strconv.Itoa(i)))
	}
	notes := d.Notes
	if cut := len(notes) - c.limits.notes; cut > 0 {
		notes = notes[:c.limits.notes]
		more = append(more, fmt.Sprintf("%d more notes are not shown", cut))
	}
	d.Notes = nil
	for i, note := range notes {
		d.Notes = append(d.Notes, c.text(note, c.limits.text, base+"/notes", strconv.Itoa(i)))
	}
	d.Notes = append(d.Notes, more...)
	return d
}

// maskedStep stands for a step that would put the mask into the request.
const maskedStep = "Look at the original error: the value that it asks for is masked here."

// finding cleans one finding.
func (c *cleaner) finding(f schema.Finding, base string) schema.Finding {
	at := placeOf(either(f.Pointer, strings.ReplaceAll(f.Parameter, ".", "/")))
	if f.Measure != "" && f.Measure != schema.MeasureValue {
		at = place{} // a length or a type gives nothing away
	}
	f.Code = c.text(f.Code, c.limits.name, base, "code")
	f.Message = c.text(f.Message, c.limits.message, base, "message")
	f.Parameter = c.text(f.Parameter, c.limits.name, base, "parameter")
	f.Pointer, _ = c.pointer(f.Pointer)
	f.Actual = c.value(f.Actual, c.limits.value, at, base, "actual")
	f.Cause = c.text(f.Cause, c.limits.text, base, "cause")
	if f.Fix = c.text(f.Fix, c.limits.text, base, "fix"); strings.Contains(f.Fix, redacted) {
		f.Fix = maskedStep
	}
	f.Documentation = c.text(f.Documentation, c.limits.name, base, "documentation")
	if f.Constraint != nil {
		constraint := c.constraint(*f.Constraint, base+"/constraint")
		f.Constraint = &constraint
	}
	return f
}

func (c *cleaner) constraint(k schema.Constraint, base string) schema.Constraint {
	k.Text = c.text(k.Text, c.limits.text, base, "text")
	k.Type = c.text(k.Type, c.limits.name, base, "type")
	k.Min = c.number(k.Min, base, "min")
	k.Max = c.number(k.Max, base, "max")
	k.ExclusiveMin = c.number(k.ExclusiveMin, base, "exclusiveMin")
	k.ExclusiveMax = c.number(k.ExclusiveMax, base, "exclusiveMax")
	k.MultipleOf = c.number(k.MultipleOf, base, "multipleOf")
	allowed := k.Allowed
	k.Allowed = nil
	for i, v := range allowed[:min(len(allowed), c.limits.list)] {
		k.Allowed = append(k.Allowed, c.value(v, c.limits.name, place{}, base+"/allowed", strconv.Itoa(i)))
	}
	names := k.AllowedParameter
	k.AllowedParameter = nil
	for i, name := range names[:min(len(names), c.limits.list)] {
		k.AllowedParameter = append(k.AllowedParameter, c.text(name, c.limits.name, base+"/allowedParameters", strconv.Itoa(i)))
	}
	if cut := len(allowed) - len(k.Allowed) + len(names) - len(k.AllowedParameter); cut > 0 {
		k.Text = strings.TrimSpace(fmt.Sprintf("%s (%d more are accepted than listed)", k.Text, cut))
	}
	return k
}

// patch shows a patch as it is, or not at all; lost says why.
func (c *cleaner) patch(patch []schema.Operation, base string) (shown []schema.Operation, lost string) {
	const tooLarge, masked = "it is too large", "it holds what is masked here, such as a secret"
	if len(patch) > c.limits.patch {
		return nil, tooLarge
	}
	for i, op := range patch {
		at, entry := placeOf(op.Path), base+"/"+strconv.Itoa(i)
		if len(op.From) > 4*c.limits.name || len(op.Path) > 4*c.limits.name || len(op.Value) > 4*c.limits.value {
			return nil, tooLarge
		}
		before := *c.lists.clone()
		clean := schema.Operation{Op: op.Op, From: c.masker.text(op.From), Path: c.masker.text(op.Path), Value: c.value(op.Value, 4*c.limits.value, at, entry, "value")}
		if clean.From != op.From || clean.Path != op.Path || string(clean.Value) != string(op.Value) {
			*c.lists = before
			return nil, masked
		}
		shown = append(shown, clean)
	}
	return shown, ""
}

// text cleans a string; where it stands is base/name.
func (c *cleaner) text(s string, limit int, base, name string) string {
	masked, changed := c.masker.mask([]byte(s), plain)
	if changed {
		c.lists.omit(schema.Omission{Pointer: base + "/" + name, Reason: schema.ReasonSecret})
		s = string(masked)
	}
	return bound(escapeHidden(s), limit)
}

// pointer keeps a pointer as it is, since it must resolve, but masks it; too long a one is of no use and goes.
func (c *cleaner) pointer(s string) (shown string, ok bool) {
	if len(s) > 4*c.limits.name {
		return "", false
	}
	return strings.ToValidUTF8(c.masker.text(s), "\uFFFD"), true
}

// number drops what is no JSON number and lists what a float64 would change.
func (c *cleaner) number(n json.Number, base, name string) json.Number {
	if n == "" || len(n) > c.limits.name || rawjson.KindOf([]byte(n)) != rawjson.Number || !rawjson.Valid([]byte(n)) {
		return ""
	}
	if changes([]byte(n)) {
		c.lists.number(base+"/"+name, []byte(n))
	}
	return n
}

// value cleans any JSON value; what is no JSON is shown as a string.
func (c *cleaner) value(v schema.Value, limit int, at place, base, name string) schema.Value {
	if len(v) == 0 {
		return v
	}
	if !rawjson.Valid(v) {
		v = quoted(v)
	}
	t := measure(v, limit)
	w := show{
		masker: c.masker, limit: limit, own: true, base: base + "/" + name, lists: c.lists, tree: &t,
		digest: func(_ int, content []byte) (schema.Omission, bool) { return digest(content, limit, c.masker) },
	}
	allowance := whole
	if t.cost > limit {
		allowance = limit
	}
	return w.run(v, at, allowance)
}

// placeOf is what the names of a pointer, or of a dotted path with slashes for dots, say of the value there.
func placeOf(pointer string) place {
	var at place
	for name := range strings.SplitSeq(pointer, "/") {
		at = at.under([]byte(name))
	}
	return at
}
