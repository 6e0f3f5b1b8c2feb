package diagnose

import (
	"mcp-taskdetails/schema"
)

// say makes the diagnosis of what was found: the primary finding in a sentence, or what the absence of findings means.
func say(o *outcome, findings []finding) schema.Diagnosis {
	d := schema.Diagnosis{Category: schema.CategoryNone, Retry: schema.RetryNo}
	for _, n := range o.notes {
		d.Notes = append(d.Notes, n.String())
	}
	if len(findings) == 0 {
		o.sayUnfailed(&d)
		return d
	}
	first := findings[0]
	d.Category, d.Retry = first.Category, first.Retry
	step := nextStep(findings, o)
	d.Summary, d.NextStep = sentence(first.cause.String()), sentence(step)
	d.Findings = sayAll(findings, step)
	return d
}

// sayAll puts the findings into words. The first has no cause where the summary is it, and no fix where the next step
// is it: nothing is said twice.
func sayAll(findings []finding, step string) []schema.Finding {
	said := make([]schema.Finding, len(findings))
	for i, f := range findings {
		said[i] = f.Finding
		if i > 0 {
			said[i].Cause = f.cause.String()
		}
		if fix := f.mend.String(); i > 0 || fix != step {
			said[i].Fix = fix
		}
	}
	return said
}

// sayUnfailed says what became of a task that no error speaks of.
func (o *outcome) sayUnfailed(d *schema.Diagnosis) {
	var summary, step saying
	switch o.status {
	case schema.StatusSucceeded:
		summary = o.counted(succeeded)
	case schema.StatusPending:
		summary, step = saying{key: accepted}, saying{key: fetchResult}
	case schema.StatusUnknown, schema.StatusFailed, schema.StatusPartial, schema.StatusNotFound, schema.StatusUnavailable:
		d.Category = schema.CategoryUnknown
		summary, step = saying{key: nothingRecorded}, saying{key: askGetResponse}
	}
	d.Summary, d.NextStep = sentence(summary.String()), sentence(step.String())
}

// nextStep is the first mend, and how to send the request again.
func nextStep(findings []finding, o *outcome) string {
	first := findings[0]
	step := first.mend.head()
	if first.Retry == schema.RetryAfterChange && len(first.Patch) > 0 {
		if first.mend.winds() {
			step += ","
		}
		step += saying{key: andSend}.String()
	}
	step += first.mend.besides()
	if rest := besides(first, findings[1:]); rest > 0 && (first.Retry == schema.RetryAfterChange || first.Category == schema.CategoryUnknown) {
		other := saying{key: mendOtherToo, count: rest}
		if rest > 1 {
			other.key = mendOthersToo
		}
		step += other.String()
	}
	if o.status == schema.StatusPartial && o.requested > o.results {
		step += o.counted(onlyMoreNeeded).String()
	}
	return step
}

// besides counts the findings that the first one's patch does not mend.
func besides(first finding, others []finding) int {
	n := 0
	for _, f := range others {
		mended := false
		for _, op := range first.Patch {
			mended = mended || f.Pointer != "" && op.Path == f.Pointer
		}
		if !mended {
			n++
		}
	}
	return n
}
