package inspect

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// correct makes the request to send instead of a task's, or says why there is none: nothing is invented where somebody
// has to decide. The choice is one of the diagnosis' alternatives, counted from 1.
func (i *Inspector) correct(n *inspection, choice int) (corrected json.RawMessage, why string) {
	patch, why := chosen(n.diagnosis, choice)
	if why == "" && choice == 0 {
		why = Undecided(n.status, n.diagnosis)
	}
	if why != "" {
		return nil, why
	}
	corrected, err := request.Correct(n.task.Request, patch, n.diagnosis.Resend, i.config.NewID)
	if err != nil {
		return nil, "the recorded request cannot be corrected: " + err.Error()
	}
	return corrected, ""
}

// chosen is the patch of the diagnosis, or of the alternative that was chosen.
func chosen(d schema.Diagnosis, choice int) (patch []schema.Operation, why string) {
	switch n := len(d.Alternatives); {
	case choice == 0:
		return d.Patch, ""
	case n == 0:
		return nil, "there is nothing to choose from: the diagnosis has no alternatives"
	case choice < 0 || choice > n:
		return nil, fmt.Sprintf("choice %d is none of the %d alternatives", choice, n)
	}
	of := func(a schema.Alternative) string { // which task it mends
		if len(a.Patch) == 0 {
			return ""
		}
		return strings.Join(rawjson.Tokens(a.Patch[0].Path)[:1], "")
	}
	if slices.ContainsFunc(d.Alternatives, func(a schema.Alternative) bool { return of(a) != of(d.Alternatives[0]) }) {
		return nil, "the alternatives mend different tasks: one choice is not enough"
	}
	return d.Alternatives[choice-1].Patch, ""
}

// Undecided says what stands between a diagnosis and a request that can be sent; empty where nothing does.
func Undecided(status schema.Status, d schema.Diagnosis) string {
	switch status {
	case schema.StatusSucceeded:
		if d.Category == schema.CategoryNone {
			return "the task succeeded: there is nothing to correct"
		}
	case schema.StatusPending:
		return "the task may still be running: the next step says how to look"
	case schema.StatusNotFound, schema.StatusUnavailable:
		return "the lookup brought no request"
	case schema.StatusFailed, schema.StatusPartial, schema.StatusUnknown:
	}
	if len(d.Findings) == 0 {
		return blocked(d.Retry)
	}
	for _, f := range d.Findings {
		if why := blocked(cmp.Or(f.Retry, d.Retry)); why != "" {
			return why
		}
	}
	switch {
	case d.Retry == schema.RetryAfterPatch && len(d.Patch) == 0:
		return "the patch does not reach into the recorded request"
	case d.Verified != nil && !*d.Verified:
		return "the patched request does not pass its model's schema yet: what is left is a decision"
	}
	return ""
}

func blocked(r schema.Retry) string {
	switch r {
	case schema.RetryAfterDecision:
		return "a decision is open, the next step says which and whose it is"
	case schema.RetryCheckFirst:
		return "the task may still be running and be billed: look again first, as the next step says"
	case schema.RetryNo:
		return "there is nothing to send again"
	case schema.RetryAsIs, schema.RetryAfterWait, schema.RetryAfterPatch:
	}
	return ""
}

// withCorrected puts the corrected request into a report in the place of the originals, masked and bounded like them.
func withCorrected(p *present.Presenter, report schema.TaskReport, corrected json.RawMessage, task schema.Task) schema.TaskReport {
	// Beside the originals, so that what is masked in them is masked in it too.
	originals := slices.Concat([]byte("["), orNull(task.Request), []byte(","), orNull(task.Response), []byte("]"))
	shown := p.Report(schema.TaskReport{Request: corrected, Response: originals})
	report.Corrected = shown.Request
	within := func(pointer string) (string, bool) {
		rest, ok := strings.CutPrefix(pointer, "/request")
		return "/corrected" + rest, ok
	}
	left := false
	for _, o := range shown.Omissions {
		if pointer, ok := within(o.Pointer); ok {
			o.Pointer, left = pointer, true
			report.Omissions = append(report.Omissions, o)
		}
	}
	for _, n := range shown.ExactNumbers {
		if pointer, ok := within(n.Pointer); ok {
			n.Pointer = pointer
			report.ExactNumbers = append(report.ExactNumbers, n)
		}
	}
	if left {
		report.Diagnosis.Notes = append(slices.Clip(report.Diagnosis.Notes), // what a report holds is shared
			"`corrected` is not ready to be sent: put the original values back where `omissions` says that one is masked or left out")
	}
	return report
}

func orNull(raw json.RawMessage) json.RawMessage {
	if !rawjson.Valid(raw) {
		return json.RawMessage("null")
	}
	return raw
}
