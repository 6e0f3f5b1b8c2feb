package schema

// Status says what became of a task, or of the lookup when there is no task to speak of.
type Status string

// The statuses. The zero value is invalid.
const (
	StatusSucceeded   Status = "succeeded"   // results are recorded and no error concerns this task
	StatusFailed      Status = "failed"      // at least one error and no result
	StatusPartial     Status = "partial"     // results and errors side by side
	StatusPending     Status = "pending"     // acknowledged or still running
	StatusNotFound    Status = "not_found"   // Runware knows no such task for this key
	StatusUnavailable Status = "unavailable" // this lookup could not be made; says nothing about the task
	StatusUnknown     Status = "unknown"     // a task is recorded, but neither a result nor an error
)

// Found reports whether the lookup brought a task back; otherwise the tool result is an error.
func (s Status) Found() bool { return s != StatusNotFound && s != StatusUnavailable }

// Category is the kind of cause behind a finding.
type Category string

// The categories. The zero value is invalid.
const (
	CategoryInvalidParameter     Category = "invalid_parameter"     // a value breaks a rule: a bound, a length, a form, a type
	CategoryMissingParameter     Category = "missing_parameter"     // something required is not there
	CategoryUnsupportedParameter Category = "unsupported_parameter" // this name is not accepted here: remove
	CategoryUnsupportedValue     Category = "unsupported_value"     // not in the list: replace
	CategoryConflict             Category = "conflict"              // parameters that are not accepted together
	CategoryAuthentication       Category = "authentication"        // the API key is missing or not accepted
	CategoryPermission           Category = "permission"            // the key or the account may not do this
	CategoryBilling              Category = "billing"               // balance, quota or payment
	CategoryRateLimit            Category = "rate_limit"            // too many requests for now
	CategoryCapacity             Category = "capacity"              // no server was free
	CategoryContentPolicy        Category = "content_policy"        // moderation refused the input or the output
	CategoryProviderFailure      Category = "provider_failure"      // the provider behind the model failed
	CategoryTimeout              Category = "timeout"               // something did not answer in time
	CategoryInputMedia           Category = "input_media"           // an input file cannot be fetched, read or used
	CategoryModelUnavailable     Category = "model_unavailable"     // the model is not known, not ready or not offered
	CategoryNotFound             Category = "not_found"             // what is referred to does not exist
	CategoryInternal             Category = "internal"              // a fault on Runware's side, or of this program
	CategoryNetwork              Category = "network"               // the connection failed
	CategoryUnknown              Category = "unknown"               // nothing is known of the code but Runware's own message
	CategoryNone                 Category = "none"                  // nothing is wrong
)

// Categories lists every category, in the order of docs/design.md §4.
func Categories() []Category {
	return []Category{
		CategoryInvalidParameter, CategoryMissingParameter, CategoryUnsupportedParameter, CategoryUnsupportedValue,
		CategoryConflict, CategoryAuthentication, CategoryPermission, CategoryBilling, CategoryRateLimit,
		CategoryCapacity, CategoryContentPolicy, CategoryProviderFailure, CategoryTimeout, CategoryInputMedia,
		CategoryModelUnavailable, CategoryNotFound, CategoryInternal, CategoryNetwork, CategoryUnknown, CategoryNone,
	}
}

// Retry says whether and how to send the request again.
type Retry string

// The retries. The zero value is invalid.
const (
	RetryAsIs          Retry = "as_is"          // the same request may pass now
	RetryAfterWait     Retry = "after_wait"     // it may pass after a pause
	RetryAfterPatch    Retry = "after_patch"    // the patch mends everything known
	RetryAfterDecision Retry = "after_decision" // someone must choose, reword, pay or fix a key
	RetryCheckFirst    Retry = "check_first"    // it may still run and be billed: look again before resending
	RetryNo            Retry = "no"             // nothing to resend
)

// Retries lists every retry.
func Retries() []Retry {
	return []Retry{RetryAsIs, RetryAfterWait, RetryAfterPatch, RetryAfterDecision, RetryCheckFirst, RetryNo}
}

// Confidence says how a finding is known.
type Confidence string

// The confidences. The zero value is invalid.
const (
	ConfidenceCertain Confidence = "certain" // proved from the request
	ConfidenceLikely  Confidence = "likely"  // from the code or the message
	ConfidenceGuess   Confidence = "guess"   // from the family of the code alone
)

// Measure says what Finding.Actual measures.
type Measure string

// The measures. The zero value means that there is no actual.
const (
	MeasureValue      Measure = "value"      // the value itself
	MeasureItems      Measure = "items"      // length of an array
	MeasureCharacters Measure = "characters" // Unicode code points of a string
	MeasureBytes      Measure = "bytes"      // size of a file or text
	MeasureType       Measure = "type"       // JSON type, where the value itself is not for showing
)

// Source says where a constraint is known from.
type Source string

// The sources. The zero value is invalid.
const (
	SourceErrorFields   Source = "error_fields"  // min, max, multiplier, allowedValues or type of the API error
	SourceMessage       Source = "message"       // the words of the API error
	SourceModelSchema   Source = "model_schema"  // the model's published JSON Schema
	SourceDocumentation Source = "documentation" // a fact that Runware documents, such as its task types
)

// Reason says why a value was left out.
type Reason string

// The reasons. The zero value is invalid.
const (
	ReasonSize   Reason = "size"   // replaced by a marker
	ReasonSecret Reason = "secret" // masked for good
	ReasonBudget Reason = "budget" // cut to keep the answer small
)

// The ways of grouping failures. The zero value is GroupByCause.
const (
	GroupByCause     GroupBy = "cause"     // category, code, parameter and constraint
	GroupByCategory  GroupBy = "category"  // the category alone
	GroupByCode      GroupBy = "code"      // Runware's error code
	GroupByParameter GroupBy = "parameter" // the parameter at fault
	GroupByModel     GroupBy = "model"     // the request's model
	GroupByTaskType  GroupBy = "taskType"  // the request's task type
)

// GroupBys lists every way of grouping.
func GroupBys() []GroupBy {
	return []GroupBy{GroupByCause, GroupByCategory, GroupByCode, GroupByParameter, GroupByModel, GroupByTaskType}
}

// The verdicts on two tasks. The zero value is invalid.
const (
	VerdictDifference      Verdict = "difference"       // one failed; its finding names a parameter that differs
	VerdictSameValue       Verdict = "same_value"       // one failed; what its finding names is the same in both
	VerdictNoParameter     Verdict = "no_parameter"     // one failed; its finding names nothing of the request
	VerdictSameCause       Verdict = "same_cause"       // both failed, for one cause
	VerdictDifferentCauses Verdict = "different_causes" // both failed, for different ones
	VerdictNeitherFailed   Verdict = "neither_failed"   // both succeeded
	VerdictUndecided       Verdict = "undecided"        // of at least one it is not known what became of it
	VerdictNotCompared     Verdict = "not_compared"     // a lookup brought no task
)
