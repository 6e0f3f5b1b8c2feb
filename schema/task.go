package schema

import "encoding/json"

// Task is one thing Runware ran, as its archive returns it: both originals are verbatim.
//
// Source: https://runware.ai/docs/platform/task-details.
type Task struct {
	TaskUUID string
	Request  json.RawMessage // the array of task objects that was sent; nil if not recorded
	Response json.RawMessage // the whole response envelope; object, array, JSON string or null have been seen
	Live     bool            // whether Response is what getResponse says now, and not recorded
}

// Violation is one place where a task breaks its model's JSON Schema.
type Violation struct {
	Pointer    string     // RFC 6901, relative to the task object: the value at fault, or the missing or unknown member
	Kind       Breach     // what is broken
	Constraint Constraint // Source is SourceModelSchema
}

// Breach is the way in which a value breaks a schema.
type Breach string

// The breaches. The zero value is invalid.
const (
	BreachMissing Breach = "missing" // required or dependentRequired
	BreachUnknown Breach = "unknown" // a name that additionalProperties: false or a false schema refuses
	BreachEnum    Breach = "enum"    // enum, const or a oneOf of consts
	BreachRange   Breach = "range"   // minimum, maximum, exclusive ones, multipleOf
	BreachLength  Breach = "length"  // minLength, maxLength: characters
	BreachItems   Breach = "items"   // minItems, maxItems, uniqueItems
	BreachType    Breach = "type"
	BreachFormat  Breach = "format" // pattern, format, contentEncoding
	BreachOther   Breach = "other"  // combinators and the rest: said in Constraint.Text

	// Of a [Condition] alone.
	BreachRefused      Breach = "refused"      // not accepted with something else that is there, or is not
	BreachConflict     Breach = "conflict"     // not accepted together
	BreachChoice       Breach = "choice"       // one of several groups of members is required
	BreachExclusive    Breach = "exclusive"    // more than one of which one is accepted
	BreachSizes        Breach = "sizes"        // no pair of a table
	BreachContains     Breach = "contains"     // contains, minContains, maxContains
	BreachAlternatives Breach = "alternatives" // a constant or an object, and the like
)
