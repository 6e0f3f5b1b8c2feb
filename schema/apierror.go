package schema

import (
	"encoding/json"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
)

// APIError is one error element of a Runware response, whatever its shape. Absent fields are zero.
//
// Sources: https://runware.ai/docs/platform/errors; the shapes seen are listed in docs/design.md §5.
type APIError struct {
	Pointer         string // RFC 6901, relative to the response: where the element stands
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
	ErrorID         json.Number // `errorId` of 2024's WebSocket form
}

// Envelope is a Runware response taken apart. Data holds the result items that are no errors, verbatim.
type Envelope struct {
	Data   []Item
	Errors []APIError
	// Recognised tells whether the response had any known shape; null and strangers do not.
	Recognised bool
}

// Item is one element of `data`.
type Item struct {
	Pointer  string // RFC 6901, relative to the response
	Raw      json.RawMessage
	TaskUUID string
	TaskType string
	Status   string // `status`, as it came
}

// DecodeEnvelope takes any response apart and keeps every error in its order: `errors`; `error` as object, array,
// string or `true` with `errorId`; errors inside `data` items; a bare array; an array of envelopes; JSON in a string.
func DecodeEnvelope(response []byte) Envelope {
	var e Envelope
	e.read(response, "", 0)
	return e
}

// nesting bounds envelopes within envelopes: an array of envelopes, or JSON in a string, is as deep as was ever seen.
const nesting = 3

func (e *Envelope) read(raw []byte, pointer string, depth int) {
	if depth > nesting {
		return
	}
	switch rawjson.KindOf(raw) {
	case rawjson.String:
		// The archive may hold the envelope as JSON in a string. Pointers cannot reach into it.
		text, _ := rawjson.Text(raw)
		if inner := strings.TrimSpace(text); rawjson.Valid([]byte(inner)) && rawjson.KindOf([]byte(inner)) != rawjson.String {
			e.read([]byte(inner), pointer, depth+1)
		}
	case rawjson.Array:
		for i, item := range rawjson.Items(raw) {
			at := rawjson.Pointer(pointer, i)
			if isEnvelope(item) {
				e.read(item, at, depth+1)
				continue
			}
			e.Recognised = true
			e.element(item, at)
		}
	case rawjson.Object:
		if rawjson.Len(raw) == 0 {
			return // nothing is recorded
		}
		if isBareMessage(raw) {
			e.Recognised = true
			e.failure(raw, pointer)
			return
		}
		if !isEnvelope(raw) {
			e.Recognised = true
			e.element(raw, pointer)
			return
		}
		e.object(raw, pointer)
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number:
	}
}

// isBareMessage tells what a gateway answers in Runware's place: a message, and nothing of a task.
func isBareMessage(raw []byte) bool {
	message := false
	for name := range rawjson.Members(raw) {
		switch name {
		case "message", "errorMessage":
			message = true
		case "code", "status", "statusCode", "requestId", "timestamp", "path":
		default:
			return false
		}
	}
	return message
}

// isEnvelope tells an envelope from an element: only an envelope has `data` or `errors`, or an `error` and no result.
func isEnvelope(raw []byte) bool {
	var envelope, failure, result bool
	for name := range rawjson.Members(raw) {
		switch name {
		case "data", "errors":
			envelope = true
		case "error":
			failure = true
		case "status", "code":
			result = true
		}
	}
	return envelope || failure && !result
}

func (e *Envelope) object(raw []byte, pointer string) {
	e.Recognised = true
	var single, outer []byte
	for name, value := range rawjson.Members(raw) {
		at := rawjson.Pointer(pointer, name)
		switch name {
		case "data":
			e.list(value, at, e.element)
		case "errors":
			e.list(value, at, e.failure)
		case "error":
			single, outer = value, raw
		}
	}
	if outer != nil {
		e.single(single, outer, pointer)
	}
}

// list reads an array, or the one object that old documentation prints in its place.
func (e *Envelope) list(raw []byte, pointer string, read func(raw []byte, pointer string)) {
	if kind := rawjson.KindOf(raw); kind == rawjson.Object || kind == rawjson.String {
		read(raw, pointer)
		return
	}
	for i, item := range rawjson.Items(raw) {
		read(item, rawjson.Pointer(pointer, i))
	}
}

// element reads a member of `data`: a result, or an error that stands among the results.
func (e *Envelope) element(raw []byte, pointer string) {
	item := Item{Pointer: pointer, Raw: raw}
	var inner []byte
	var code, message bool
	for name, value := range rawjson.Members(raw) {
		switch name {
		case "taskUUID":
			item.TaskUUID, _ = rawjson.Text(value)
		case "taskType":
			item.TaskType, _ = rawjson.Text(value)
		case "status":
			item.Status, _ = rawjson.Text(value)
		case "error":
			inner = value
		case "code", "errorId":
			code = true
		case "message", "errorMessage":
			message = true
		}
	}
	kind := rawjson.KindOf(inner)
	switch {
	case kind == rawjson.Object || kind == rawjson.Array || kind == rawjson.String || kind == rawjson.True:
		e.single(inner, raw, pointer)
	case code && message, strings.EqualFold(item.Status, "error"), strings.EqualFold(item.Status, "failed"):
		e.failure(raw, pointer)
	default:
		e.Data = append(e.Data, item)
	}
}

// single reads an `error` in the singular; outer is the object around it, which may carry the ids.
func (e *Envelope) single(raw, outer []byte, pointer string) {
	first := len(e.Errors)
	at := rawjson.Pointer(pointer, "error")
	switch rawjson.KindOf(raw) {
	case rawjson.Array:
		e.list(raw, at, e.failure)
	case rawjson.Object, rawjson.String:
		e.failure(raw, at)
	case rawjson.True:
		e.failure(outer, pointer)
	case rawjson.None, rawjson.Null, rawjson.False, rawjson.Number:
		return
	}
	around := decodeError(outer, pointer)
	for i := range e.Errors[first:] {
		inner := &e.Errors[first+i]
		inner.TaskUUID = cmpOr(inner.TaskUUID, around.TaskUUID)
		inner.TaskType = cmpOr(inner.TaskType, around.TaskType)
		inner.Message = cmpOr(inner.Message, around.Message)
	}
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (e *Envelope) failure(raw []byte, pointer string) {
	e.Errors = append(e.Errors, decodeError(raw, pointer))
}

func decodeError(raw []byte, pointer string) APIError {
	e := APIError{Pointer: pointer}
	if text, ok := rawjson.Text(raw); ok {
		e.Message = text
		return e
	}
	for name, value := range rawjson.Members(raw) {
		switch name {
		case "code", "errorCode":
			e.Code = scalar(value)
		case "message", "errorMessage":
			e.Message = words(value)
		case "parameter":
			e.Parameters = texts(value)
		case "type":
			e.Type = strings.Join(texts(value), "|")
		case "taskUUID":
			e.TaskUUID = scalar(value)
		case "taskType":
			e.TaskType = scalar(value)
		case "documentation":
			e.Documentation = scalar(value)
		case "min":
			e.Min = number(value)
		case "max":
			e.Max = number(value)
		case "multiplier", "multipleOf":
			e.Multiplier = number(value)
		case "allowedValues":
			e.Allowed = values(value)
		case "responseContent":
			e.ResponseContent = words(value)
		case "responseStatusCode":
			e.ResponseStatus = scalar(value)
		case "errorId":
			e.ErrorID = number(value)
		}
	}
	return e
}

// scalar is the text of a string or number; anything else is absent.
func scalar(raw []byte) string {
	switch rawjson.KindOf(raw) {
	case rawjson.String:
		text, _ := rawjson.Text(raw)
		return text
	case rawjson.Number:
		return string(raw)
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Object, rawjson.Array:
	}
	return ""
}

// words is the text of a string, or the JSON of anything that is not null.
func words(raw []byte) string {
	switch rawjson.KindOf(raw) {
	case rawjson.String:
		text, _ := rawjson.Text(raw)
		return text
	case rawjson.None, rawjson.Null:
		return ""
	case rawjson.True, rawjson.False, rawjson.Number, rawjson.Object, rawjson.Array:
	}
	return string(raw)
}

// texts reads a string, or an array of strings.
func texts(raw []byte) []string {
	if text, ok := rawjson.Text(raw); ok {
		if text == "" {
			return nil
		}
		return []string{text}
	}
	var all []string
	for _, item := range rawjson.Items(raw) {
		if text, ok := rawjson.Text(item); ok && text != "" {
			all = append(all, text)
		}
	}
	return all
}

// number reads a JSON number, or a string that holds one.
func number(raw []byte) json.Number {
	text := scalar(raw)
	if rawjson.KindOf([]byte(text)) != rawjson.Number || !rawjson.Valid([]byte(text)) {
		return ""
	}
	return json.Number(text)
}

// values reads `allowedValues`: an array, or an object with numeric or ratio keys.
func values(raw []byte) []Value {
	var all []Value
	for _, item := range rawjson.Items(raw) {
		all = append(all, slices.Clone(item))
	}
	for _, item := range rawjson.Members(raw) {
		all = append(all, slices.Clone(item))
	}
	return all
}
