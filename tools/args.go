package tools

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/rawjson"
)

// DetailsArgs documents the arguments of get_task_details: its JSON Schema is generated from it.
type DetailsArgs struct {
	TaskUUID string         `json:"taskUUID" jsonschema_description:"Id of the task, 8-4-4-4-12 hexadecimal digits of any UUID version, e.g. b880f077-e514-58ef-0ebd-ce1c37b46eb7."`
	Detail   inspect.Detail `json:"detail,omitempty" jsonschema:"enum=full,enum=diagnosis,default=full" jsonschema_description:"full: with request and response. diagnosis: without them, a few hundred tokens."`
	Pointer  string         `json:"pointer,omitempty" jsonschema_description:"RFC 6901 pointer taken from omissions: returns that value in pieces instead, e.g. /response/data/0/imageBase64Data."`
	Offset   int            `json:"offset,omitempty" jsonschema:"minimum=0,default=0" jsonschema_description:"With pointer: where to begin, in bytes; piece.nextOffset of the answer before."`
}

// validArgs are the names of DetailsArgs, in its order.
const validArgs = "taskUUID, detail, pointer, offset"

// detailsArgs are arguments that hold.
type detailsArgs struct {
	id      string
	options inspect.Options
}

// argError says what is wrong with an argument, and what to send instead.
type argError struct{ summary, fix string }

// parseDetailsArgs is lenient where models err and the meaning is plain (quotes round an id, a number in a string),
// and strict about the rest: an argument that was silently dropped would be taken for one that worked.
func parseDetailsArgs(raw []byte) (detailsArgs, *argError) {
	var args detailsArgs
	if kind := rawjson.KindOf(raw); kind != rawjson.Object && kind != rawjson.Null && kind != rawjson.None {
		return args, &argError{"The arguments are " + article(raw) + ", not an object.", example()}
	}
	var wrong *argError
	for name, value := range rawjson.Members(raw) {
		if rawjson.KindOf(value) == rawjson.Null {
			continue
		}
		if fault := args.set(name, value); fault != nil && wrong == nil {
			wrong = fault
		}
	}
	switch {
	case wrong != nil:
		return args, wrong
	case args.id == "":
		return args, &argError{"The required argument `taskUUID` is missing.", example()}
	case args.options.Offset > 0 && args.options.Pointer == "":
		return args, &argError{
			"`offset` has no meaning without `pointer`.",
			"Send the `pointer` of an omitted value with it, or no `offset`.",
		}
	}
	return args, nil
}

func example() string { return fmt.Sprintf(`Send {"taskUUID": %q}.`, inspect.ExampleID) }

func (a *detailsArgs) set(name string, value []byte) *argError {
	switch name {
	case "taskUUID":
		return a.setID(value)
	case "detail":
		return a.setDetail(value)
	case "pointer":
		return a.setPointer(value)
	case "offset":
		return a.setOffset(value)
	default:
		return &argError{
			fmt.Sprintf("Unknown argument %s; valid arguments: %s.", quoted(name), validArgs), example(),
		}
	}
}

func (a *detailsArgs) setID(value []byte) *argError {
	text, ok := rawjson.Text(value)
	if !ok {
		return &argError{"`taskUUID` is " + article(value) + ", not a string; one call looks up one task.", example()}
	}
	id, ok := inspect.ParseID(text)
	if !ok {
		return &argError{
			fmt.Sprintf("`taskUUID` %s is not a task id: 8-4-4-4-12 hexadecimal digits are accepted, of any UUID version.", quoted(text)),
			example(),
		}
	}
	a.id = id
	return nil
}

func (a *detailsArgs) setDetail(value []byte) *argError {
	text, _ := rawjson.Text(value)
	switch detail := inspect.Detail(strings.ToLower(strings.TrimSpace(text))); detail {
	case inspect.DetailFull, inspect.DetailDiagnosis:
		a.options.Detail = detail
		return nil
	default:
		return &argError{"`detail` is " + shown(value) + "; \"full\" and \"diagnosis\" are accepted.", `Send "diagnosis" for the short answer, or leave it out.`}
	}
}

func (a *detailsArgs) setPointer(value []byte) *argError {
	text, ok := rawjson.Text(value)
	text = strings.TrimSpace(text)
	if ok && text == "" {
		return nil
	}
	for _, root := range []string{"/request", "/response"} {
		if ok && (text == root || strings.HasPrefix(text, root+"/")) {
			a.options.Pointer = text
			return nil
		}
	}
	return &argError{
		"`pointer` is " + shown(value) + "; an RFC 6901 pointer that begins with /request or /response is accepted.",
		`Take one from omissions, such as "/response/data/0/imageBase64Data".`,
	}
}

func (a *detailsArgs) setOffset(value []byte) *argError {
	text := string(value)
	if inner, ok := rawjson.Text(value); ok {
		text = strings.TrimSpace(inner)
	}
	offset, err := strconv.Atoi(text)
	if err != nil || offset < 0 {
		return &argError{"`offset` is " + shown(value) + "; an integer of at least 0 is accepted.", "Send `piece.nextOffset` of the answer before, such as 24576."}
	}
	a.options.Offset = offset
	return nil
}

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
	switch rawjson.KindOf(value) {
	case rawjson.Object:
		return "an object"
	case rawjson.Array:
		return "an array"
	case rawjson.String:
		return "a string"
	case rawjson.Number:
		return "a number"
	case rawjson.True, rawjson.False:
		return "a boolean"
	case rawjson.Null, rawjson.None:
	}
	return "null"
}
