package inspect

import (
	"log/slog"
	"runtime/debug"

	"mcp-taskdetails/schema"
)

// panicError carries a panic out of the goroutine of a lookup to everybody who waits for it. It leaves the panic's
// value behind, which may be made of task data.
type panicError struct{ stack []byte }

func (*panicError) Error() string { return "panic" }

// caught turns a panic into an error.
func caught(err *error) {
	if r := recover(); r != nil {
		*err = &panicError{stack: debug.Stack()}
	}
}

// recovered turns a panic into a report with a fixed text and a log line.
func (i *Inspector) recovered(id string, report *schema.TaskReport) {
	if r := recover(); r != nil {
		*report = i.broken(id, debug.Stack())
	}
}

// broken logs the stack, which is made of our own names, and nothing else of a panic.
func (i *Inspector) broken(id string, stack []byte) schema.TaskReport {
	i.config.Logger.Error("inspecting a task panicked", slog.String("stack", string(stack)))
	return Broken(id)
}

// Broken is the answer when this program itself failed. An empty id is that of a call about no one task.
func Broken(id string) schema.TaskReport {
	if id == "" {
		return schema.TaskReport{Status: schema.StatusUnavailable, Diagnosis: schema.Diagnosis{
			Summary:  "mcp-taskdetails failed while it worked on this call.",
			Category: schema.CategoryInternal, Retry: schema.RetryNo,
			NextStep: "Report the stack that the server logged on stderr.",
		}}
	}
	return schema.TaskReport{
		TaskUUID: id, Status: schema.StatusUnavailable,
		Diagnosis: schema.Diagnosis{
			Summary:  "mcp-taskdetails failed while it worked on this task; nothing is known about the task.",
			Category: schema.CategoryInternal, Retry: schema.RetryNo,
			NextStep: "Read the originals with `mcp-taskdetails get --raw`, and report the stack that the server logged on stderr.",
		},
	}
}
