package envelope

import (
	"encoding/json"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

func decodeError(raw []byte) schema.APIError {
	var e schema.APIError
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
func values(raw []byte) []schema.Value {
	var all []schema.Value
	for _, item := range rawjson.Items(raw) {
		all = append(all, slices.Clone(item))
	}
	for _, item := range rawjson.Members(raw) {
		all = append(all, slices.Clone(item))
	}
	return all
}
