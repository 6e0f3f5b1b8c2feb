package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/schema"
)

// This file says which of several tasks are sent again, and which of them want something first.

// holdBack takes the tasks out of those to be sent again whose error wants a decision first, where the others are sent as
// they are. It returns what is found of them.
func (o *outcome) holdBack(findings []finding) []finding {
	if !sendsUnchanged(findings[0].Retry) || findings[0].TaskIndex == nil {
		return nil
	}
	var held []finding
	send := []int{}
	for _, f := range findings {
		switch {
		case f.TaskIndex == nil:
			return nil
		case f.Retry == schema.RetryAfterDecision && len(f.patch) == 0 && *f.TaskIndex != *findings[0].TaskIndex:
			held = append(held, f)
		case !slices.Contains(send, *f.TaskIndex):
			send = append(send, *f.TaskIndex)
		}
	}
	if len(held) > 0 {
		slices.Sort(send)
		o.resend = slices.DeleteFunc(send, func(i int) bool {
			return slices.ContainsFunc(held, func(f finding) bool { return *f.TaskIndex == i })
		})
	}
	return held
}

// decideFirst says what each task that is held back wants.
func decideFirst(held []finding) string {
	steps := make([]string, len(held))
	for i, f := range held {
		steps[i] = saying{key: firstDecide, indexes: []int{*f.TaskIndex}, text: f.mend.head()}.String()
	}
	return strings.Join(steps, "")
}

// sendsUnchanged tells that nothing of the request is to be changed.
func sendsUnchanged(r schema.Retry) bool {
	return r == schema.RetryAsIs || r == schema.RetryAfterWait || r == schema.RetryCheckFirst
}

// aloneStep says behind a step that it is about some of the tasks.
func aloneStep(step string, indexes []int) string {
	if strings.Contains(step, "send it again") || strings.Contains(step, "send it once more") || strings.Contains(step, "to run it again") {
		return saying{key: thatIsTasks, indexes: indexes}.String()
	}
	return saying{key: sendTasksAlone, indexes: indexes}.String()
}
