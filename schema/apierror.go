package schema

import "encoding/json"

// APIError is one error element of a Runware response, whatever its shape. Absent fields are zero.
//
// Sources: https://runware.ai/docs/platform/errors; the shapes seen are listed in docs/design.md §5.
type APIError struct {
	Code            string
	Message         string
	Parameters      []string // `parameter`, a string or an array of strings; pairs such as `width/height` as they come
	Type            string
	TaskUUID        string
	TaskType        string
	Documentation   string
	Min, Max        json.Number
	Multiplier      json.Number
	Allowed         []Value     // `allowedValues`, an array or an object, in order
	ResponseContent string      // the provider's own words; JSON that is not a string is kept as its text
	ResponseStatus  string      // `responseStatusCode`, a slug or a number
	Provider        string      // who said it, where the error has a member for that
	ErrorID         json.Number // `errorId` of 2024's WebSocket form
}
