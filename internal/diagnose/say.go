package diagnose

import (
	"cmp"
	"slices"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// say makes the diagnosis of what was found: the primary finding in a sentence, or what the absence of findings means.
func say(o *outcome, findings []finding, m mended) schema.Diagnosis {
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
	d.Patch, d.Verified = m.patch, m.verified
	for _, a := range m.choices {
		d.Alternatives = append(d.Alternatives, schema.Alternative{Fix: stepsWords(a.steps), Patch: a.patch})
	}
	o.askedFor(&d, first)
	held := o.holdBack(findings)
	d.Resend = o.resend
	left := unmended(findings)
	if m.whole && len(m.patch) > 0 || len(m.choices) > 0 {
		left = ofAccount(findings)
	}
	if first.Retry == schema.RetryAfterDecision && len(m.patch) > 0 && left == 0 && (m.verified == nil || *m.verified) && !slices.ContainsFunc(findings, func(f finding) bool { return f.open && takesAway(m.patch, f.Pointer) }) {
		d.Retry = schema.RetryAfterPatch
	}
	if left > 0 && d.Verified != nil && *d.Verified {
		d.Verified = nil // of a task that fails again over what is left
	}
	step := nextStep(findings, o, m, left)
	step += decideFirst(held)
	switch {
	case o.stranger:
		d.Retry = afterLook(d.Retry)
		step = saying{key: strangersStep}.String() + step
	case o.pending != "" && d.Retry == schema.RetryNo:
		d.Notes = append(d.Notes, saying{key: otherResultWas, name: o.pending}.String())
	case o.pending != "":
		step = o.stepWhileRunning(&d, findings, step)
	}
	if d.Retry == schema.RetryAsIs || d.Retry == schema.RetryAfterWait { // nothing else is to be done first
		d.Patch = append(d.Patch, m.fewer...)
		if len(m.fewer) > 0 && len(m.patch) == 0 {
			d.Verified = m.fewerPass
		}
	}
	d.Summary, d.NextStep = sentence(first.cause.String()), sentence(o.underItsID(first, step))
	d.Findings = sayAll(findings, d, o.several)
	return d
}

// afterLook is how a task is sent again whose result may be there, or on its way.
func afterLook(retry schema.Retry) schema.Retry {
	if retry == schema.RetryAsIs || retry == schema.RetryAfterWait {
		return schema.RetryCheckFirst
	}
	return retry
}

// stepWhileRunning is the next step where a result of the same task was still on its way.
func (o *outcome) stepWhileRunning(d *schema.Diagnosis, findings []finding, step string) string {
	first := &findings[0]
	d.Retry = afterLook(d.Retry)
	switch {
	case first.Category == schema.CategoryConflict && first.Parameter == "taskUUID": // what runs is the first submission
		d.Retry, first.Retry = schema.RetryCheckFirst, schema.RetryCheckFirst
		return saying{key: firstRuns, name: o.pending}.String()
	case o.status == schema.StatusPending:
		return saying{key: askLessOften, name: o.pending}.String()
	default:
		return saying{key: lookFirst, name: o.pending}.String() + step
	}
}

// askedFor says of the failure that a poll tells whose it is: what was sent is then not sent again.
func (o *outcome) askedFor(d *schema.Diagnosis, first finding) {
	if o.polls && o.isOfPoll(first) && first.Category == schema.CategoryRateLimit {
		d.Notes = append(d.Notes, saying{key: onlyAsking}.String())
	}
	if !o.polls || o.isOfPoll(first) || first.Retry == schema.RetryNo {
		return
	}
	o.resend, o.done = nil, nil
	d.Notes = append(d.Notes, saying{key: askedForOther}.String())
}

// underItsID says in a step under which id a task is sent again: a new one, each of several its own, but a poll that of the task
// which it asks for.
func (o *outcome) underItsID(first finding, step string) string {
	switch {
	case o.polls && o.isOfPoll(first):
		return strings.ReplaceAll(step, "a new taskUUID", "the same taskUUID")
	case o.several && first.TaskIndex == nil && !o.polls && !o.stranger:
		return strings.ReplaceAll(step, "with a new taskUUID", "with a new taskUUID for each task")
	default:
		return step
	}
}

// isOfPoll tells that the request itself was refused, which asks for the result of another task: it is sent again under that
// task's id. Else the error is the other task's, and that one is what to change or to send again.
func (o *outcome) isOfPoll(first finding) bool {
	e := o.errors[0]
	itself := (&request.Task{TaskType: e.TaskType}).Polls()
	switch first.Category { //nolint:exhaustive // the others are of what a task asks for
	case schema.CategoryAuthentication, schema.CategoryPermission:
		return true
	case schema.CategoryRateLimit, schema.CategoryNetwork, schema.CategoryInternal:
		itself = itself || e.TaskType == "" && !message.CodePassedOn(e.Code)
	}
	return itself && sendsUnchanged(first.Retry)
}

// sayAll puts the findings into words. Nothing is said twice: the first has no cause where the summary is it, and no fix
// where the next step is it, and none repeats what the diagnosis says as a whole.
func sayAll(findings []finding, d schema.Diagnosis, several bool) []schema.Finding {
	spelled := len(patched(findings)) <= maxSteps
	said := make([]schema.Finding, len(findings))
	for i, f := range findings {
		s := f.Finding
		if i > 0 {
			s.Cause = f.cause.String()
		}
		if i > 0 || !spelled {
			s.Fix = f.mend.String()
		}
		if len(findings) == 1 {
			s.Category = ""
		}
		if s.Retry == d.Retry || s.Retry == schema.RetryAfterDecision && (len(f.patch) > 0 || d.Retry == schema.RetryAfterPatch) {
			s.Retry = ""
		}
		if s.Measure == schema.MeasureValue {
			s.Measure = ""
		}
		if !several {
			s.TaskIndex = nil
		}
		if c := s.Constraint; c != nil && len(c.Allowed) > 0 && c.Text == constraint.ListText(c.Allowed) {
			once := *c
			once.Text = ""
			s.Constraint = &once
		}
		said[i] = s
	}
	return said
}

// sayUnfailed says what became of a task that no error speaks of.
func (o *outcome) sayUnfailed(d *schema.Diagnosis) {
	var summary, step saying
	switch o.status {
	case schema.StatusSucceeded:
		summary = o.counted(o.now(succeeded, succeededNow))
		if o.hollow >= o.results {
			summary, step = saying{key: allHollow}, saying{key: hollowStep}
			switch {
			case o.wordless:
				step.key = noMediaStep
			case o.cutAt != "":
				step = saying{key: raiseLimit, name: o.cutAt}
			}
			if o.filtered {
				summary, step = saying{key: filteredAway}, saying{key: rewordPrompt}
				d.Category, d.Retry = schema.CategoryContentPolicy, schema.RetryAfterDecision
			}
		}
	case schema.StatusPending:
		summary, step = saying{key: accepted}, saying{key: fetchResult}
		if o.uploadsModel {
			step = saying{key: waitReady}
		}
		if o.results > 0 {
			summary = o.counted(acceptedInPart)
		}
		if o.several && o.own >= 0 && o.results == 0 {
			summary = saying{key: acceptedOne, indexes: []int{o.own}}
		}
		switch others := slices.DeleteFunc(slices.Clone(o.done), func(i int) bool { return i == o.own }); {
		case len(others) > 0:
			d.Notes = append(d.Notes, saying{key: othersDone, indexes: others}.String())
		case o.several:
			d.Notes = append(d.Notes, saying{key: eachByItsID}.String())
		}
		if o.live {
			summary, step = saying{key: runsNow, name: cmp.Or(o.pending, "accepted")}, saying{key: lookLater}
		}
	case schema.StatusUnknown, schema.StatusFailed, schema.StatusPartial, schema.StatusNotFound, schema.StatusUnavailable:
		d.Category = schema.CategoryUnknown
		summary, step = saying{key: nothingRecorded}, saying{key: askGetResponse}
		if o.cancelled {
			summary, step = saying{key: cancelled}, saying{key: cancelledStep}
			d.Retry = schema.RetryAfterDecision
		}
	}
	d.Summary, d.NextStep = sentence(summary.String()), sentence(step.String())
}

// maxSteps is how many mends the next step spells out.
const maxSteps = 3

// nextStep is what the patch does, or else the first mend, and how to send the request again.
func nextStep(findings []finding, o *outcome, m mended, left int) string {
	first := findings[0]
	step := first.mend.head()
	switch {
	case first.Retry != schema.RetryAfterDecision:
	case len(m.choices) > 0:
		step = chooseStep(findings, m.choices)
	case len(m.patch) > 0:
		step = decided(first, m) + patchStep(findings, m) + sendStep(findings, o, m).String()
	}
	if len(m.steps) == 0 && len(m.choices) == 0 {
		step += first.mend.besides()
	}
	if len(o.resend) > 0 && first.Retry != schema.RetryNo && (first.Retry != schema.RetryAfterDecision || len(m.patch) == 0) {
		step += aloneStep(step, o.resend)
	}
	if len(o.resend) > 0 && len(o.done) > 0 && first.Retry != schema.RetryNo {
		step += saying{key: tasksDone, indexes: o.done}.String()
	}
	if len(o.keys) > 0 && len(o.resend) == 0 && first.Retry != schema.RetryNo {
		step += saying{key: putKeyBack, indexes: o.keys}.String()
	}
	if left > 0 && (first.Retry == schema.RetryAfterDecision || first.Category == schema.CategoryUnknown) {
		other := saying{key: mendOtherToo, count: left}
		if left > 1 {
			other.key = mendOthersToo
		}
		step += other.String()
	}
	if o.lacking() > 0 {
		lacking := o.counted(setNumberLacking)
		if lacking.count = o.running; o.running > 0 {
			lacking.key = setNumberBesides
		}
		step += lacking.String()
	}
	return step
}

// sendStep says behind what the patch does how the request is sent.
func sendStep(findings []finding, o *outcome, m mended) saying {
	send := saying{key: andSend}
	if len(m.steps) == 0 && len(patched(findings)) == 1 && findings[0].mend.sends() {
		send.key = inRequest
	}
	if len(o.resend) > 0 {
		send = saying{key: andSendTasks, indexes: o.resend}
	}
	switch {
	case o.unsent && send.key == inRequest:
		return saying{}
	case o.unsent:
		send = saying{key: inText, text: thenSend}
		if lacksAnID(findings) {
			send.text += withID
		}
	}
	return send
}

// decided is what has to be decided before the patch is of use; "" where it mends the first finding.
func decided(first finding, m mended) string {
	if len(first.patch) > 0 || m.whole || first.TaskIndex == nil || touches(m.patch, first.place()) {
		return ""
	}
	return saying{key: withThat, text: first.mend.head()}.String()
}

// chooseStep says what there is to choose from, beside what has to be decided anyway.
func chooseStep(findings []finding, choices []alternative) string {
	first := findings[0]
	switch {
	case len(choices) > 1:
		return saying{key: oneOfThese, text: choicesOf(choices)}.String()
	case first.mend.key == removeNames:
		return saying{key: onlyThisPasses, text: stepsWords(choices[0].steps)}.String()
	}
	step := first.mend.head()
	if open := firstOpen(findings); len(first.patch) > 0 && open != "" {
		step += "; " + open
	}
	return step + saying{key: oneThatPasses, text: stepsWords(choices[0].steps)}.String()
}

// firstOpen is the step of the first finding that has no patch of its own; "" if each has one.
func firstOpen(findings []finding) string {
	for _, f := range findings {
		if len(f.patch) == 0 {
			return f.mend.head()
		}
	}
	return ""
}

// choicesOf says several mends, one of which is to be chosen.
func choicesOf(choices []alternative) string {
	all := make([]string, len(choices))
	for i, a := range choices {
		all[i] = stepsWords(a.steps)
	}
	return strings.Join(all, "; or ")
}

// patchStep says what the patch does, with a comma where the sentence winds.
func patchStep(findings []finding, m mended) string {
	if len(m.steps) > 0 {
		step := stepsWords(m.steps)
		if len(m.steps) > 1 || (mend{saying: m.steps[0]}).winds() {
			step += ","
		}
		return step
	}
	mends := patched(findings)
	if len(mends) == 0 {
		return findings[0].mend.head()
	}
	if len(mends) > maxSteps {
		return saying{key: sendPatched, count: len(mends)}.String()
	}
	heads := make([]string, len(mends))
	for i, m := range mends {
		heads[i] = m.head()
	}
	step := strings.Join(heads, ", ")
	if len(mends) > 1 || mends[0].winds() {
		step += ","
	}
	return step
}

// patched lists the mends that the patch carries out.
func patched(findings []finding) []mend {
	var mends []mend
	for _, f := range findings {
		if len(f.patch) > 0 {
			mends = append(mends, f.mend)
		}
	}
	return mends
}

// unmended counts the findings besides the first that the patch does not mend.
func unmended(findings []finding) int {
	n := 0
	for _, f := range findings[1:] {
		asFirst := f.mend.key == rulesExclude && findings[0].mend.key == rulesExclude && f.Pointer == findings[0].Pointer
		if len(f.patch) == 0 && !f.mended && !sendsUnchanged(f.Retry) && !mendedByAnother(f, findings) && !asFirst {
			n++
		}
	}
	return n
}

// ofAccount counts the findings that no change of the request mends: an account, a key.
func ofAccount(findings []finding) int {
	n := 0
	for _, f := range findings[1:] {
		switch f.Category { //nolint:exhaustive // the others pass, or are the request's
		case schema.CategoryBilling, schema.CategoryAuthentication, schema.CategoryPermission:
			n++
		}
	}
	return n
}

func mendedByAnother(f finding, findings []finding) bool {
	for _, other := range findings {
		for _, op := range other.patch {
			if f.Pointer != "" && (op.Path == f.Pointer || op.From == f.Pointer) {
				return true
			}
		}
	}
	return false
}

// takesAway tells whether a patch removes the value at a pointer, and does not move it.
func takesAway(patch []schema.Operation, pointer string) bool {
	return slices.ContainsFunc(patch, func(op schema.Operation) bool { return op.Op == "remove" && within(pointer, op.Path) })
}
