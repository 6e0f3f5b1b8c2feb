// Package envelope takes a Runware response apart: results, and errors in every shape that the API, its gateways and its
// archive are known to have used. It judges none of them, and whatever a response holds, what is kept of it is bounded:
// [Left] says what is not there. Start with [Decode].
package envelope

import (
	"context"
	"encoding/json"

	"mcp-taskdetails/schema"
)

// Parts are what a response is made of. Data holds the result items that are no errors, verbatim.
type Parts struct {
	Data   []Item
	Errors []schema.APIError // each distinct one once
	// Stated are the statuses of elements of `data` that are errors, each distinct one once, as they came: an element may
	// carry an error and say that it still runs.
	Stated []string
	// Recognised tells whether the response had any known shape; null and strangers do not.
	Recognised bool
	Left       Left
}

// Item is one element of `data`.
type Item struct {
	Raw      json.RawMessage
	TaskUUID string
	Status   string // `status`, as it came
}

// Decode takes any response apart and keeps its errors in their order: `errors`; `error` as object, array, string or
// `true` with `errorId`; errors inside `data` items; a bare array; an array of envelopes; JSON in a string.
//
// What names one of the ids, which are taskUUIDs, is kept before anything else where a bound is met.
func Decode(response []byte, ids ...string) Parts {
	return DecodeContext(context.Background(), response, ids...)
}

// DecodeContext is Decode that stops when ctx ends. The parts then are what had been read until there.
func DecodeContext(ctx context.Context, response []byte, ids ...string) Parts {
	d := newDecoder(ctx, ids)
	d.read(response)
	return d.Parts
}
