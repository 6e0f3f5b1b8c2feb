package diagnose

import (
	"fmt"
	"time"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

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

// Lookup explains why a lookup brought no task. It speaks of the lookup alone: nothing is known of the task.
func Lookup(taskUUID string, f Failure) (schema.Status, schema.Diagnosis) {
	category := f.Category
	var findings []schema.Finding
	for _, e := range f.API {
		if len(findings) == maxFindings {
			break
		}
		found := lookupFinding(taskUUID, e, f)
		if !repeats(findings, found) {
			findings = append(findings, found)
		}
	}
	if len(findings) > 0 {
		category = findings[0].Category
	}
	status := schema.StatusUnavailable
	if category == schema.CategoryNotFound {
		status = schema.StatusNotFound
	}
	advice := lookupAdvice(category, f)
	if len(findings) == 0 {
		findings = []schema.Finding{{Category: category, Retry: advice.Retry, Confidence: schema.ConfidenceCertain, Cause: advice.Cause, Fix: advice.Fix}}
	}
	d := schema.Diagnosis{
		Summary: sentence(findings[0].Cause), Category: category, Retry: findings[0].Retry,
		NextStep: sentence(findings[0].Fix), Findings: findings,
	}
	sayOnce(&d)
	if status == schema.StatusUnavailable {
		d.Notes = append(d.Notes, "this concerns the lookup alone: nothing is known of the task")
	}
	if f.Attempts > 1 {
		d.Notes = append(d.Notes, fmt.Sprintf("the API was asked %d times", f.Attempts))
	}
	return status, d
}

// lookupFinding explains one API error of the lookup.
func lookupFinding(taskUUID string, e schema.APIError, f Failure) schema.Finding {
	c := &evidence{req: &request.Request{}, e: e}
	c.row = codes.For(e.Code)
	if e.ErrorID == "19" {
		c.row = codes.For("invalidApiKey")
	}
	category := c.row.Category
	confidence := schema.ConfidenceLikely
	if category == "" || c.row.General {
		category = f.Category
		if s, ok := message.Classify(e.Message); ok {
			row := codes.For(s.Direct)
			category = row.Category
		}
		if c.row.Category == schema.CategoryInvalidParameter {
			category = schema.CategoryInvalidParameter
		}
	}
	if category == "" {
		category = c.row.Category
	}
	if category == "" {
		category, confidence = schema.CategoryUnknown, schema.ConfidenceGuess
	}
	advice := lookupAdvice(category, f)
	finding := c.finding(category, advice.Retry, confidence)
	finding.Cause, finding.Fix = advice.Cause, advice.Fix
	finding.Documentation = documentation(finding, e, nil)
	if category == schema.CategoryNotFound && looks.IsUUID(taskUUID) {
		index := 0
		finding.TaskIndex = &index
		finding.Parameter, finding.Actual, finding.Measure = "taskUUID", schema.StringValue(taskUUID), schema.MeasureValue
	}
	return finding
}

// lookupAdvice is what to do about a lookup that failed.
func lookupAdvice(category schema.Category, f Failure) codes.Row {
	detail := f.Detail
	if detail == "" {
		detail = "no more is known"
	}
	wait := "wait a little"
	if f.RetryAfter > 0 {
		wait = "wait " + f.RetryAfter.Round(time.Second).String()
	}
	a := codes.Row{Retry: schema.RetryAfterWait, Cause: "the lookup failed: " + detail, Fix: wait + ", then look the task up again"}
	switch category {
	case schema.CategoryNotFound:
		a.Retry = schema.RetryAfterChange
		a.Cause = "Runware has no task with this taskUUID for this API key"
		a.Fix = "check the id for a typing error, that it is a taskUUID and not an imageUUID, and that RUNWARE_API_KEY belongs to the organization that ran the task; a task of the last minutes may not be archived yet, so look again a little later"
	case schema.CategoryAuthentication:
		a.Retry = schema.RetryAfterChange
		a.Cause = "Runware does not accept the API key of this server"
		a.Fix = "set RUNWARE_API_KEY to a valid key (or RUNWARE_API_KEY_FILE to a file that holds one) and start the server again; get one at https://my.runware.ai/signup"
		if f.NoKey {
			a.Cause = "no API key is set, so Runware was not asked"
			a.Fix = "set RUNWARE_API_KEY to a Runware API key (or RUNWARE_API_KEY_FILE to a file that holds one) and start the server again; get one at https://my.runware.ai/signup"
		}
	case schema.CategoryPermission:
		a.Retry = schema.RetryAfterChange
		a.Cause = "the API key of this server may not read task details"
		a.Fix = "set RUNWARE_API_KEY to a key with that permission, or ask the owner of the account"
	case schema.CategoryBilling:
		a.Retry = schema.RetryAfterChange
		a.Cause = "Runware refused the lookup over the account's balance"
		a.Fix = "add credits at https://my.runware.ai/wallet, then look the task up again"
	case schema.CategoryRateLimit:
		a.Cause = "Runware's rate limit stopped the lookup"
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue:
		a.Retry = schema.RetryAfterChange
		a.Cause = "Runware refused the lookup as malformed: " + detail
		if f.Detail == "" {
			a.Cause = "Runware refused the lookup as malformed"
		}
		a.Fix = "give the taskUUID of a Runware task, such as b880f077-e514-58ef-0ebd-ce1c37b46eb7"
	case schema.CategoryTimeout:
		a.Retry = schema.RetryAsIs
		a.Fix = "look the task up again, if need be with a longer --timeout"
	case schema.CategoryNetwork:
		a.Retry = schema.RetryAfterWait
		a.Fix = "check that this machine reaches RUNWARE_API_URL (network, proxy, certificates), then look the task up again"
	case schema.CategoryCapacity, schema.CategoryInternal, schema.CategoryProviderFailure, schema.CategoryContentPolicy, schema.CategoryConflict,
		schema.CategoryInputMedia, schema.CategoryModelUnavailable, schema.CategoryUnknown, schema.CategoryNone:
	}
	return a
}
