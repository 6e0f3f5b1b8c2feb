// Package diagnose explains a task: why it failed, how we know, and what to send instead.
//
// It is pure: a request and a response go in, a diagnosis comes out. No I/O, no clock, no log; the input is never
// changed and never too strange. Start with [Task]; the rules are in rules.go, the codes in codes.go.
package diagnose

import (
	"time"

	"mcp-taskdetails/schema"
)

// Model is what a model's JSON Schema knows of one task object.
type Model interface {
	// Validate lists where the task object breaks the schema, in the order of the document.
	Validate(task []byte) []schema.Violation
	// Constraint is what the schema says of the value at an RFC 6901 pointer into a task object.
	Constraint(pointer string) (schema.Constraint, bool)
	// Documentation is the page of a dotted parameter, "" if unknown.
	Documentation(parameter string) string
}

// Failure is a lookup that brought no task.
type Failure struct {
	Category   schema.Category   // of the failure, as far as the transport could tell
	Detail     string            // what happened, in our own words: "HTTP 502 with text/html instead of JSON"
	StatusCode int               // 0 if no HTTP response arrived
	API        []schema.APIError // as received; may be empty
	RetryAfter time.Duration     // 0 if the API named none
	Attempts   int
	NoKey      bool // the API was not asked, since no key is set
}

// Task explains a recorded task. model returns nil for a model whose schema is not known.
func Task(t schema.Task, model func(id string) Model) (schema.Status, schema.Diagnosis) {
	return schema.StatusUnknown, schema.Diagnosis{Summary: "not diagnosed", Category: schema.CategoryUnknown, Retry: schema.RetryNo}
}

// Models lists the ids of the models that the tasks of a request name, each once.
func Models(request []byte) []string { return nil }

// Lookup explains why a lookup brought no task.
func Lookup(taskUUID string, f Failure) (schema.Status, schema.Diagnosis) {
	return schema.StatusUnavailable, schema.Diagnosis{Summary: f.Detail, Category: f.Category, Retry: schema.RetryNo}
}
