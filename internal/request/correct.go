package request

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// PatchJSON applies operations to JSON text, whose other members keep their order and their digits.
func PatchJSON(raw []byte, operations []schema.Operation) ([]byte, error) {
	text, err := json.Marshal(operations)
	if err != nil {
		return nil, fmt.Errorf("patch: encode: %w", err)
	}
	patch, err := jsonpatch.DecodePatch(text)
	if err != nil {
		return nil, fmt.Errorf("patch: decode: %w", err)
	}
	options := jsonpatch.NewApplyOptions()
	options.EscapeHTML = false
	// The library tells an array by its first byte.
	patched, err := patch.ApplyWithOptions(bytes.TrimSpace(raw), options)
	if err != nil {
		return nil, fmt.Errorf("patch: apply: %w", err)
	}
	return patched, nil
}

var (
	errNoTask = errors.New("the record holds no request")
	errLong   = fmt.Errorf("the request has more than %d tasks", maxTasks)
)

// Correct makes the request to send of a recorded one: patched, with only the tasks that resend lists by their index (all
// where it lists none), each under a new id. An authentication object stays where it stands, and a poll keeps its id. The result is an array, as
// the API takes it, whose values are those of the record, secrets included.
func Correct(raw []byte, patch []schema.Operation, resend []int, newID func() string) ([]byte, error) {
	if text, ok := rawjson.Text(raw); ok {
		raw = []byte(text)
	}
	patched, err := PatchJSON(raw, patch)
	if err != nil {
		return nil, err
	}
	switch r := Read(patched); {
	case r.Left > 0:
		return nil, errLong
	case len(r.Tasks) == 0:
		return nil, errNoTask
	default:
		patched, err = PatchJSON(patched, r.renewed(resend, newID))
	}
	if err == nil && rawjson.KindOf(patched) == rawjson.Object {
		patched = slices.Concat([]byte("["), patched, []byte("]"))
	}
	return patched, err
}

// renewed are the operations that give tasks new ids and take those out that are not to be sent.
func (r *Request) renewed(resend []int, newID func() string) []schema.Operation {
	var named, removed []schema.Operation
	for i := range r.Tasks {
		t := &r.Tasks[i]
		switch {
		case !t.Runs() || t.Polls() && (len(resend) == 0 || slices.Contains(resend, t.Index)): // stays as it is
		case len(resend) == 0 || slices.Contains(resend, t.Index):
			named = append(named, schema.Operation{Op: "add", Path: t.Base + "/taskUUID", Value: schema.StringValue(newID())})
		default:
			removed = append(removed, schema.Operation{Op: "remove", Path: t.Base})
		}
	}
	slices.Reverse(removed) // so that the indexes of those before stay
	return append(named, removed...)
}
