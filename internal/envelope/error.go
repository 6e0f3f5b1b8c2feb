package envelope

import (
	"encoding/json"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// fields reads what an error says of itself.
func (d *decoder) fields(raw []byte) schema.APIError {
	var e schema.APIError
	if text, ok := rawjson.Text(raw); ok {
		e.Message = text
		return e
	}
	for name, value := range rawjson.Fields(raw) {
		switch string(bare(name)) {
		case "code", "errorCode":
			e.Code = scalar(value)
		case "message", "errorMessage":
			e.Message = words(value)
		case "failureReason", "failureMessage", "statusMessage", "reason":
			if e.Message == "" {
				e.Message = words(value)
			}
		case "parameter":
			e.Parameters = d.texts(value)
		case "type":
			e.Type = strings.Join(d.texts(value), "|")
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
			e.Allowed = d.allowed(value)
		case "responseContent":
			e.ResponseContent = words(value)
		case "responseStatusCode":
			e.ResponseStatus = scalar(value)
		case "provider":
			e.Provider = scalar(value)
		case "source", "origin":
			if from := scalar(value); strings.Contains(strings.ToLower(from), "provider") || strings.Contains(strings.ToLower(from), "upstream") {
				e.Provider = from
			}
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
func (d *decoder) texts(raw []byte) []string {
	if text, ok := rawjson.Text(raw); ok {
		if text == "" {
			return nil
		}
		return []string{text}
	}
	var all []string
	for _, item := range rawjson.Items(raw) {
		switch {
		case d.stop():
			return all
		case rawjson.KindOf(item) != rawjson.String || len(bare(item)) == 0:
		case d.full(len(all)):
			d.Left.Allowed++
		default:
			text, _ := rawjson.Text(item)
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

// allowed reads `allowedValues`: an array, or an object with numeric or ratio keys.
func (d *decoder) allowed(raw []byte) []schema.Value {
	var all []schema.Value
	read := func(item []byte) bool {
		switch {
		case d.stop():
			return false
		case d.full(len(all)):
			d.Left.Allowed++
		default:
			all = append(all, slices.Clone(item))
		}
		return true
	}
	for _, item := range rawjson.Items(raw) {
		if !read(item) {
			break
		}
	}
	for _, item := range rawjson.Fields(raw) {
		if !read(item) {
			break
		}
	}
	return all
}

// full tells whether an error has as many values as it may have; all errors together may have some times as many.
func (d *decoder) full(have int) bool {
	if have == maxAllowed || d.values == 4*maxAllowed {
		return true
	}
	d.values++
	return false
}
