package tools

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
)

// maxShown bounds what of an argument is said back, in characters.
const maxShown = 64

// quoted shows a text of the caller in backticks, control characters escaped. Of a longer one it tells the length: a
// part of a secret would not be known for one where secrets are masked.
func quoted(text string) string {
	if length := utf8.RuneCountInString(text); length > maxShown {
		return fmt.Sprintf("of %d characters", length)
	}
	shown := strconv.QuoteToGraphic(text)
	return "`" + shown[1:len(shown)-1] + "`"
}

// named shows the name of an argument, like quoted.
func named(name string) string {
	shown := quoted(name)
	if !strings.HasPrefix(shown, "`") {
		return "one " + shown
	}
	return shown
}

// shown names a value: strings and numbers themselves, anything else by its type.
func shown(value []byte) string {
	text := string(value)
	switch rawjson.KindOf(value) {
	case rawjson.String:
		text, _ = rawjson.Text(value)
	case rawjson.Number:
	case rawjson.None, rawjson.Object, rawjson.Array, rawjson.True, rawjson.False, rawjson.Null:
		return article(value)
	}
	if utf8.RuneCountInString(text) > maxShown {
		return article(value) + " " + quoted(text)
	}
	return quoted(text)
}

// article names the JSON type of a value.
func article(value []byte) string {
	switch name := looks.JSONType(value); name {
	case "", "null":
		return "null"
	case "object", "array":
		return "an " + name
	default:
		return "a " + name
	}
}
