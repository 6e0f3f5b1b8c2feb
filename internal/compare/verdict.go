package compare

import (
	"fmt"
	"slices"
	"strings"

	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// Outcome is what became of one of the tasks.
type Outcome struct {
	Status    schema.Status
	Diagnosis schema.Diagnosis
}

// Failed tells whether something of the task failed.
func (o Outcome) Failed() bool {
	return o.Status == schema.StatusFailed || o.Status == schema.StatusPartial
}

// settled tells whether it is known what became of the task.
func (o Outcome) settled() bool { return o.Failed() || o.Status == schema.StatusSucceeded }

// Verdict is what the differences have to do with the outcomes, in a word and in a sentence.
type Verdict struct {
	Word    schema.Verdict
	Summary string
	Named   []Difference // those that a finding of the failed task names
	Others  []Difference // all others
}

// Judge ties the differences to the outcomes. sameCause says whether both, if they failed, failed for one cause.
func (t Tasks) Judge(before, after Outcome, sameCause bool) Verdict {
	v := Verdict{Others: t.Differences}
	switch {
	case before.Failed() && after.Failed() && sameCause:
		v.Word, v.Summary = schema.VerdictSameCause, "Both failed for the same cause: "+before.Diagnosis.Summary
	case before.Failed() && after.Failed():
		v.Word, v.Summary = schema.VerdictDifferentCauses, "Both failed, for different causes."
	case !before.settled() || !after.settled():
		v.Word = schema.VerdictUndecided
		v.Summary = fmt.Sprintf("What the difference means is open: `taskUUID` is %s, `otherTaskUUID` %s.", before.Status, after.Status)
	case before.Failed():
		t.tie(&v, before, t.Before, "`taskUUID`")
	case after.Failed():
		t.tie(&v, after, t.After, "`otherTaskUUID`")
	default:
		v.Word, v.Summary = schema.VerdictNeitherFailed, "Neither task failed: "+t.counted()+"."
	}
	return v
}

// counted says how many differences there are.
func (t Tasks) counted() string {
	n := t.Left
	for _, d := range t.Differences {
		if !d.Incidental {
			n++
		}
	}
	switch n {
	case 0:
		return "the two requests are alike but for ids, URLs and seeds"
	case 1:
		return "the two requests differ in one value"
	default:
		return fmt.Sprintf("the two requests differ in %d values", n)
	}
}

// tie looks for the differences that the findings of the one failed task name.
func (t Tasks) tie(v *Verdict, failed Outcome, task *request.Task, who string) {
	names := places(failed.Diagnosis, task)
	v.Others = nil
	var named, own []string
	for _, d := range t.Differences {
		name, ok := names.meets(d.Path)
		if !ok {
			v.Others = append(v.Others, d)
			continue
		}
		v.Named = append(v.Named, d)
		if !slices.Contains(named, name) {
			named = append(named, name)
		}
	}
	for _, p := range names {
		if !slices.Contains(own, p.name) {
			own = append(own, p.name)
		}
	}
	switch {
	case len(named) > 0:
		v.Word = schema.VerdictDifference
		v.Summary = fmt.Sprintf("Only %s failed, and its finding names what differs: %s. %s", who, list(named), failed.Diagnosis.Summary)
	case len(own) > 0:
		v.Word = schema.VerdictSameValue
		v.Summary = fmt.Sprintf("Only %s failed. Its finding names %s, which is the same in both: %s.", who, list(own), t.counted())
		if t.differs("/model") {
			v.Summary += " One of them is `model`, and each model has rules of its own."
		}
	default:
		v.Word = schema.VerdictNoParameter
		v.Summary = fmt.Sprintf("Only %s failed. Its finding names no parameter of the request: that a difference caused it is not known.", who)
	}
}

func (t Tasks) differs(path string) bool {
	return slices.ContainsFunc(t.Differences, func(d Difference) bool { return d.Path == path })
}

// place is a parameter that a finding names, and where it stands, or would, within the task object.
type place struct{ name, path string }

type named []place

// places are those of the primary finding: what Runware refused. What else is wrong may be so in the other task too.
func places(d schema.Diagnosis, task *request.Task) named {
	var all named
	for i, f := range d.Findings {
		if i > 0 && (f.Code != d.Findings[0].Code || f.Message != d.Findings[0].Message) {
			break
		}
		if within, ok := strings.CutPrefix(f.Pointer, task.Base); ok && f.Pointer != "" && (within == "" || within[0] == '/') {
			all = append(all, place{f.Parameter, within})
		}
		for _, name := range parameter.Each(f.Parameter) {
			if found := task.Locate(name); len(found) > 0 {
				for _, at := range found {
					all = append(all, place{name, strings.TrimPrefix(at.Pointer, task.Base)})
				}
				continue
			}
			all = append(all, place{name, rawjson.PointerOf(parameter.Split(name))})
		}
	}
	return all
}

// meets tells whether a difference is at one of the places, within it, or takes it in.
func (n named) meets(path string) (name string, ok bool) {
	for _, p := range n {
		if p.path == path || strings.HasPrefix(path, p.path+"/") || strings.HasPrefix(p.path, path+"/") {
			return p.name, true
		}
	}
	return "", false
}

// list names parameters in a sentence.
func list(names []string) string {
	const most = 4
	more := ""
	if n := len(names) - most; n > 0 {
		names, more = names[:most], fmt.Sprintf(" and %d more", n)
	}
	return "`" + strings.Join(names, "`, `") + "`" + more
}
