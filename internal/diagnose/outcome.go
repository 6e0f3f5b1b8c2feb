package diagnose

import (
	"fmt"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// outcome is what the response says became of the task that was looked up.
type outcome struct {
	status    schema.Status
	errors    []schema.APIError // those that concern the task; the primary first
	results   int
	requested int
	pending   string // status of an item that is not finished
	ack       bool   // an acknowledgement is all there is
	notes     []string
}

func (o *outcome) note(text string) { o.notes = append(o.notes, text) }

func readOutcome(t schema.Task, req *request) *outcome {
	envelope := envelope.Decode(t.Response)
	o := &outcome{}
	own := req.find(t.TaskUUID)
	several := len(req.tasks) > 1
	mine := func(taskUUID string) bool {
		return taskUUID == "" || own == nil && t.TaskUUID == "" || strings.EqualFold(taskUUID, t.TaskUUID) || own == nil && req.find(taskUUID) == nil || own == nil && !several
	}
	o.readErrors(envelope, req, own, mine)
	o.readItems(envelope, req, own, mine)
	o.requested = requestedResults(own, req)
	o.decide(envelope, t)
	return o
}

// readErrors keeps the errors that concern the task, its own before those of the whole call; others become notes.
func (o *outcome) readErrors(envelope envelope.Parts, req *request, own *task, mine func(string) bool) {
	var whole []schema.APIError
	others := 0
	for _, e := range envelope.Errors {
		switch {
		case e.TaskUUID != "" && !mine(e.TaskUUID) && own != nil:
			if at := req.find(e.TaskUUID); at != nil && others < 3 {
				o.note(fmt.Sprintf("another task of the same call failed: task %d of the request array", at.index))
			}
			others++
		case e.TaskUUID == "" && len(req.tasks) > 1:
			whole = append(whole, e)
		default:
			o.errors = append(o.errors, e)
		}
	}
	o.errors = append(o.errors, whole...)
}

func (o *outcome) readItems(envelope envelope.Parts, req *request, own *task, mine func(string) bool) {
	nsfw, oddStatus := 0, ""
	for _, item := range envelope.Data {
		if !mine(item.TaskUUID) && (own != nil || len(req.tasks) > 1) {
			continue
		}
		result, flagged := false, false
		for name, value := range rawjson.Members(item.Raw) {
			switch name {
			case "taskUUID", "taskType", "status", "progress":
			case "NSFWContent":
				flagged = rawjson.KindOf(value) == rawjson.True
				result = true
			default:
				result = result || rawjson.KindOf(value) != rawjson.Null
			}
		}
		status := strings.ToLower(item.Status)
		switch {
		case isRunning(status):
			o.pending = status
			if progress, ok := rawjson.Member(item.Raw, "progress"); ok && rawjson.KindOf(progress) == rawjson.Number && len(progress) < 8 {
				o.note(fmt.Sprintf("progress was %s %% when this was recorded", progress))
			}
		case result || status == "success" || status == "completed":
			o.results++
			if flagged {
				nsfw++
			}
			if status != "" && status != "success" && status != "completed" && status != "succeeded" && status != "done" {
				oddStatus = status
			}
		default:
			o.ack = true
		}
	}
	if nsfw > 0 {
		o.note(fmt.Sprintf("`NSFWContent` is true for %s: a flag on a result that was delivered, not an error", plural(strconv.Itoa(nsfw), "result")))
	}
	if validName(oddStatus) {
		o.note(fmt.Sprintf("a result has the status `%s`", oddStatus))
	}
}

func isRunning(status string) bool {
	switch status {
	case "processing", "queued", "pending", "scheduled", "waiting", "running", "starting", "in_progress", "inprogress":
		return true
	default:
		return false
	}
}

// requestedResults is numberResults of the task, 0 where it does not say.
func requestedResults(own *task, req *request) int {
	if own == nil {
		for i := range req.tasks {
			if req.tasks[i].runs() && own == nil {
				own = &req.tasks[i]
			}
		}
	}
	if own == nil {
		return 0
	}
	raw, _ := own.member("numberResults")
	n, err := strconv.Atoi(string(raw))
	if err != nil || n < 1 {
		return 0
	}
	return n
}

func (o *outcome) decide(envelope envelope.Parts, t schema.Task) {
	failed := len(o.errors) > 0
	switch {
	case failed && o.results > 0:
		o.status = schema.StatusPartial
		o.note(resultsAre(o.results, o.requested) + " recorded beside the error: usable as they are")
	case failed:
		o.status = schema.StatusFailed
	case o.pending != "" || o.ack && o.results == 0:
		o.status = schema.StatusPending
		if o.results > 0 {
			o.note(resultsAre(o.results, o.requested) + " recorded so far")
		}
	case o.results > 0:
		o.status = schema.StatusSucceeded
	default:
		o.status = schema.StatusUnknown
	}
	if failed && o.pending != "" {
		o.note(fmt.Sprintf("another result of the same task was `%s` when this was recorded", o.pending))
	}
	if o.status == schema.StatusSucceeded && o.requested > o.results {
		o.note(resultsAre(o.results, o.requested) + " recorded, and no error says why there are not more")
	}
	if o.ack && o.results == 0 && !failed && o.pending == "" {
		o.note("only the acknowledgement of an asynchronous task is recorded, no result and no error")
	}
	if o.status == schema.StatusUnknown && !envelope.Recognised && len(t.Response) > 0 && rawjson.KindOf(t.Response) != rawjson.Null {
		o.note("the response has no shape that is known here")
	}
	if len(t.Request) == 0 || rawjson.KindOf(t.Request) == rawjson.Null {
		o.note("no request is recorded")
	}
}

func resultsAre(n, of int) string {
	switch {
	case of > n && n == 1:
		return fmt.Sprintf("1 of %d requested results is", of)
	case of > n:
		return fmt.Sprintf("%d of %d requested results are", n, of)
	case n == 1:
		return "1 result is"
	default:
		return fmt.Sprintf("%d results are", n)
	}
}

// diagnosis sums up: the primary finding in a sentence, or what the absence of findings means.
func (o *outcome) diagnosis(findings []schema.Finding) schema.Diagnosis {
	d := schema.Diagnosis{Findings: findings, Notes: o.notes, Category: schema.CategoryNone, Retry: schema.RetryNo}
	if len(findings) > 0 {
		first := findings[0]
		d.Category, d.Retry = first.Category, first.Retry
		d.Summary = sentence(first.Cause)
		d.NextStep = sentence(nextStep(findings, o))
		sayOnce(&d)
		return d
	}
	switch o.status {
	case schema.StatusSucceeded:
		d.Summary = sentence("the task succeeded: " + strings.TrimSuffix(strings.TrimSuffix(resultsAre(o.results, o.requested), " is"), " are") + " recorded")
	case schema.StatusPending:
		d.Summary = "The task was accepted and no result is recorded yet; nothing failed."
		d.NextStep = "Fetch the result with getResponse and this taskUUID; do not send the request again, it may be running and billed."
	case schema.StatusUnknown, schema.StatusFailed, schema.StatusPartial, schema.StatusNotFound, schema.StatusUnavailable:
		d.Category = schema.CategoryUnknown
		d.Summary = "Neither a result nor an error is recorded: what became of the task is not known."
		d.NextStep = "Ask getResponse with this taskUUID; whether to send the request again, and risk paying twice, is the user's choice."
	}
	return d
}

// sayOnce drops the cause and the fix of the first finding where the summary and the next step say the same.
func sayOnce(d *schema.Diagnosis) {
	first := &d.Findings[0]
	if sentence(first.Cause) == d.Summary {
		first.Cause = ""
	}
	if sentence(first.Fix) == d.NextStep {
		first.Fix = ""
	}
}

// nextStep is the first fix, and how to send the request again.
func nextStep(findings []schema.Finding, o *outcome) string {
	first := findings[0]
	step, aside, _ := strings.Cut(first.Fix, "; ")
	if first.Retry == schema.RetryAfterChange && len(first.Patch) > 0 && !strings.Contains(first.Fix, "taskUUID") {
		if strings.Contains(step, ", ") {
			step += ","
		}
		step += " and send the request with a new taskUUID"
	}
	if aside != "" {
		step += "; " + aside
	}
	if rest := besides(first, findings[1:]); rest > 0 && (first.Retry == schema.RetryAfterChange || first.Category == schema.CategoryUnknown) {
		other := "finding"
		if rest > 1 {
			other = strconv.Itoa(rest) + " findings"
		}
		step += fmt.Sprintf("; mend the other %s too, or it fails again", other)
	}
	if o.status == schema.StatusPartial && o.requested > o.results {
		step += fmt.Sprintf("; only %d more of the %d results are needed", o.requested-o.results, o.requested)
	}
	return step
}

// besides counts the findings that the first one's patch does not mend.
func besides(first schema.Finding, others []schema.Finding) int {
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
