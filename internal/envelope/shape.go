package envelope

import (
	"bytes"

	"mcp-taskdetails/internal/rawjson"
)

// bare takes the quotes off a string that stands in JSON; one with escapes is read.
func bare(quoted []byte) []byte {
	quoted = bytes.TrimSpace(quoted)
	if bytes.IndexByte(quoted, '\\') >= 0 {
		return unquoted(quoted)
	}
	if len(quoted) < 2 || quoted[0] != '"' {
		return nil
	}
	return quoted[1 : len(quoted)-1]
}

func isEmpty(raw []byte) bool {
	for range rawjson.Fields(raw) {
		return false
	}
	return true
}

// isBareMessage tells what a gateway answers in Runware's place: a message, and nothing of a task.
func isBareMessage(raw []byte) bool {
	message := false
	for name := range rawjson.Fields(raw) {
		switch string(bare(name)) {
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
	for name := range rawjson.Fields(raw) {
		switch string(bare(name)) {
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
