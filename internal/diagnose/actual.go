package diagnose

import (
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// show is a value in our own sentences: quoted as JSON has it, without the quotes of plain strings.
func show(v schema.Value) string {
	if text, ok := rawjson.Text(v); ok {
		switch {
		case text == "":
			return "empty"
		case strings.Contains(text, "://"):
			return "a URL" // which may carry credentials, and says nothing in a sentence
		}
		return "`" + text + "`"
	}
	return string(v)
}
