// Package envelope takes a Runware response apart: results, and errors in every shape that the API, its gateways and its
// archive are known to have used. It judges none of them. Start with [Decode].
package envelope

import (
	"cmp"
	"encoding/json"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Parts are what a response is made of. Data holds the result items that are no errors, verbatim.
type Parts struct {
	Data   []Item
	Errors []schema.APIError
	// Recognised tells whether the response had any known shape; null and strangers do not.
	Recognised bool
}

// Item is one element of `data`.
type Item struct {
	Raw      json.RawMessage
	TaskUUID string
	Status   string // `status`, as it came
}

// Decode takes any response apart and keeps every error in its order: `errors`; `error` as object, array,
// string or `true` with `errorId`; errors inside `data` items; a bare array; an array of envelopes; JSON in a string.
func Decode(response []byte) Parts {
	var p Parts
	p.read(response, 0)
	return p
}

// nesting bounds envelopes within envelopes: an array of envelopes, or JSON in a string, is as deep as was ever seen.
const nesting = 3

func (p *Parts) read(raw []byte, depth int) {
	if depth > nesting {
		return
	}
	switch rawjson.KindOf(raw) {
	case rawjson.String:
		// The archive may hold the envelope as JSON in a string.
		text, _ := rawjson.Text(raw)
		if inner := strings.TrimSpace(text); rawjson.Valid([]byte(inner)) && rawjson.KindOf([]byte(inner)) != rawjson.String {
			p.read([]byte(inner), depth+1)
		}
	case rawjson.Array:
		for _, item := range rawjson.Items(raw) {
			if isEnvelope(item) {
				p.read(item, depth+1)
				continue
			}
			p.Recognised = true
			p.element(item)
		}
	case rawjson.Object:
		if rawjson.Len(raw) == 0 {
			return // nothing is recorded
		}
		if isBareMessage(raw) {
			p.Recognised = true
			p.failure(raw)
			return
		}
		if !isEnvelope(raw) {
			p.Recognised = true
			p.element(raw)
			return
		}
		p.object(raw)
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

func (p *Parts) object(raw []byte) {
	p.Recognised = true
	var single, outer []byte
	for name, value := range rawjson.Members(raw) {
		switch name {
		case "data":
			p.list(value, p.element)
		case "errors":
			p.list(value, p.failure)
		case "error":
			single, outer = value, raw
		}
	}
	if outer != nil {
		p.single(single, outer)
	}
}

// list reads an array, or the one object that old documentation prints in its place.
func (p *Parts) list(raw []byte, read func(raw []byte)) {
	if kind := rawjson.KindOf(raw); kind == rawjson.Object || kind == rawjson.String {
		read(raw)
		return
	}
	for _, item := range rawjson.Items(raw) {
		read(item)
	}
}

// element reads a member of `data`: a result, or an error that stands among the results.
func (p *Parts) element(raw []byte) {
	item := Item{Raw: raw}
	var inner []byte
	var code, message bool
	for name, value := range rawjson.Members(raw) {
		switch name {
		case "taskUUID":
			item.TaskUUID, _ = rawjson.Text(value)
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
		p.single(inner, raw)
	case code && message, strings.EqualFold(item.Status, "error"), strings.EqualFold(item.Status, "failed"):
		p.failure(raw)
	default:
		p.Data = append(p.Data, item)
	}
}

// single reads an `error` in the singular; outer is the object around it, which may carry the ids.
func (p *Parts) single(raw, outer []byte) {
	first := len(p.Errors)
	switch rawjson.KindOf(raw) {
	case rawjson.Array:
		p.list(raw, p.failure)
	case rawjson.Object, rawjson.String:
		p.failure(raw)
	case rawjson.True:
		p.failure(outer)
	case rawjson.None, rawjson.Null, rawjson.False, rawjson.Number:
		return
	}
	around := decodeError(outer)
	for i := range p.Errors[first:] {
		inner := &p.Errors[first+i]
		inner.TaskUUID = cmp.Or(inner.TaskUUID, around.TaskUUID)
		inner.TaskType = cmp.Or(inner.TaskType, around.TaskType)
		inner.Message = cmp.Or(inner.Message, around.Message)
	}
}

func (p *Parts) failure(raw []byte) {
	p.Errors = append(p.Errors, decodeError(raw))
}
