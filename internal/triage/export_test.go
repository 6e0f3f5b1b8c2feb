package triage

import "mcp-taskdetails/schema"

// CauseOf is the cause of a failure, as it is shown.
func CauseOf(d schema.Diagnosis) schema.Cause {
	cause, _ := causeOf(d)
	return cause
}
