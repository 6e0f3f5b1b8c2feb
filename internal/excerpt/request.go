package excerpt

import (
	"encoding/json"
	"strings"

	"mcp-taskdetails/internal/rawjson"
)

// Request finds a request in a text: an array of tasks or a lone one, as JSON, in a string, in a shell command, as a
// program prints it, or in a record of a task beside its response. cut tells that the text ends within it; ok is false
// where there is none.
func Request(text []byte) (request json.RawMessage, cut, ok bool) {
	r := newReader(text)
	plain := strings.ReplaceAll(string(text), `'\''`, `'`) // as a shell has an apostrophe within quotes
	if request, cut, ok = r.request(plain, 0); ok {
		return request, cut, true
	}
	for v := range r.values(plain) { // no task by its type: whoever judges it says so
		if kind := rawjson.KindOf(v.raw); kind == rawjson.Object || kind == rawjson.Array {
			return v.raw, v.cut, true
		}
	}
	return nil, false, false
}

func (r *reader) request(text string, depth int) (request json.RawMessage, cut, ok bool) {
	for v := range r.values(text) {
		if found, ok := r.tasksIn(v.raw, depth, 0); ok {
			return found, v.cut, true
		}
	}
	return nil, false, false
}

// tasksIn finds the outermost value that is a request.
func (r *reader) tasksIn(raw []byte, texts, depth int) (request []byte, ok bool) {
	if r.steps -= 1 + len(raw)/8; depth > maxDepth || r.steps < 0 {
		return nil, false
	}
	switch rawjson.KindOf(raw) {
	case rawjson.Object:
		if isTask(raw) {
			return raw, true
		}
		if recorded, has := rawjson.Member(raw, "request"); has {
			if found, ok := r.tasksIn(recorded, texts, depth+1); ok {
				return found, true
			}
		}
		for _, value := range rawjson.Members(raw) {
			if found, ok := r.tasksIn(value, texts, depth+1); ok {
				return found, true
			}
		}
	case rawjson.Array:
		for _, item := range rawjson.Items(raw) {
			if isTask(item) {
				return raw, true
			}
			if found, ok := r.tasksIn(item, texts, depth+1); ok {
				return found, true
			}
		}
	case rawjson.String:
		inner, _ := rawjson.Text(raw)
		if texts < maxTexts && strings.ContainsAny(inner, "{[") {
			found, _, ok := r.request(inner, texts+1)
			return found, ok
		}
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number:
	}
	return nil, false
}

// isTask tells an object that is sent from an element of a response.
func isTask(raw []byte) bool {
	typed := false
	for name := range rawjson.Members(raw) {
		switch name {
		case "taskType":
			typed = true
		case "code", "request", "response", "errors", "data", "error", "status", "cost", "imageUUID", "videoUUID", "audioUUID", "imageURL", "videoURL", "audioURL", "imageBase64Data", "imageDataURI":
			return false
		}
	}
	return typed
}
