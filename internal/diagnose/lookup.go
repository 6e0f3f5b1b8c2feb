package diagnose

import (
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
	var findings []finding
	for _, e := range f.API {
		if len(findings) == maxFindings {
			break
		}
		found := lookupFinding(taskUUID, e, f)
		if !repeats(findings, &found) {
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
	if len(findings) == 0 {
		findings = []finding{lookupAdvice(answer(schema.Finding{Category: category, Confidence: schema.ConfidenceCertain}), f)}
	}
	first := findings[0]
	step := first.mend.String()
	d := schema.Diagnosis{
		Summary: sentence(first.cause.String()), Category: category, Retry: first.Retry, NextStep: sentence(step),
	}
	d.Findings = sayAll(findings, d, false)
	if status == schema.StatusUnavailable {
		d.Notes = append(d.Notes, saying{key: aboutTheLookup}.String())
	}
	if f.Attempts > 1 {
		d.Notes = append(d.Notes, saying{key: askedOften, count: f.Attempts}.String())
	}
	return status, d
}

// lookupFinding explains one API error of the lookup.
func lookupFinding(taskUUID string, e schema.APIError, f Failure) finding {
	c := &oneCase{req: &request.Request{}, e: e}
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
	found := lookupAdvice(c.finding(category, "", confidence), f)
	found.Documentation = documentation(found.Parameter, e, nil)
	if category == schema.CategoryNotFound && looks.IsUUID(taskUUID) {
		index := 0
		found.TaskIndex = &index
		found.Parameter, found.Actual, found.Measure = "taskUUID", schema.StringValue(taskUUID), schema.MeasureValue
	}
	return found
}

// lookupAdvice says of a finding about a lookup what is wrong and what to do.
func lookupAdvice(found finding, f Failure) finding {
	detail := f.Detail
	if detail == "" {
		detail = "no more is known"
	}
	wait := ""
	if f.RetryAfter > 0 {
		wait = f.RetryAfter.Round(time.Second).String()
	}
	found.Retry = schema.RetryAfterWait
	found.cause.saying = saying{key: lookupFailed, text: detail}
	found.mend.saying = saying{key: lookAgain, text: wait}
	switch found.Category {
	case schema.CategoryNotFound:
		found.Retry, found.cause.key, found.mend.key = schema.RetryAfterDecision, noSuchTask, checkID
	case schema.CategoryAuthentication:
		found.Retry, found.cause.key, found.mend.key = schema.RetryAfterDecision, keyRefused, setKey
		if f.NoKey {
			found.cause.key, found.mend.key = noKey, setAKey
		}
	case schema.CategoryPermission:
		found.Retry, found.cause.key, found.mend.key = schema.RetryAfterDecision, mayNotRead, setKeyThatMay
	case schema.CategoryBilling:
		found.Retry, found.cause.key, found.mend.key = schema.RetryAfterDecision, lookupUnpaid, payFirst
	case schema.CategoryRateLimit:
		found.cause.key = lookupRateLimited
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue:
		found.Retry, found.cause.key, found.mend.key = schema.RetryAfterDecision, lookupMalformedAt, giveTaskUUID
		if f.Detail == "" {
			found.cause.key = lookupMalformed
		}
	case schema.CategoryTimeout:
		found.Retry, found.mend.key = schema.RetryAsIs, lookLonger
	case schema.CategoryNetwork:
		found.mend.key = checkNetwork
	case schema.CategoryCapacity, schema.CategoryInternal, schema.CategoryProviderFailure, schema.CategoryContentPolicy, schema.CategoryConflict,
		schema.CategoryInputMedia, schema.CategoryModelUnavailable, schema.CategoryUnknown, schema.CategoryNone:
	}
	return found
}
