package tools

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/rawjson"
)

// set reads one argument under its own name.
func (a *detailsArgs) set(name string, value []byte) *argError {
	switch name {
	case "taskUUID":
		return a.setID(value)
	case "detail":
		return a.setDetail(value)
	case "pointer":
		return a.setPointer(value)
	default:
		return a.setOffset(value)
	}
}

// setID takes an id in any of its forms, and one that stands in a longer text.
func (a *detailsArgs) setID(value []byte) *argError {
	text, ok := rawjson.Text(value)
	if !ok {
		return &argError{summary: "`taskUUID` is " + article(value) + ", not a string; one call looks up one task."}
	}
	if id, ok := inspect.ParseID(text); ok {
		a.id = id
		return nil
	}
	switch ids := inspect.FindIDs(text); len(ids) {
	case 0:
		return &argError{
			summary: fmt.Sprintf("`taskUUID` %s is not a task id: 8-4-4-4-12 hexadecimal digits are accepted, of any UUID version.", quoted(text)),
		}
	case 1:
		a.id = ids[0]
		a.note("`taskUUID` held more than a task id: the one within it was looked up")
		return nil
	default:
		return &argError{
			fmt.Sprintf("`taskUUID` holds %d task ids: %s; one call looks up one task.", len(ids), enumerated(ids)),
			"Send one of them, such as " + example(ids[0], nil) + ".",
		}
	}
}

// maxNamed is how many ids of a text are named.
const maxNamed = 5

func enumerated(ids []string) string {
	more := ""
	if n := len(ids) - maxNamed; n > 0 {
		ids, more = ids[:maxNamed], fmt.Sprintf(" and %d more", n)
	}
	return "`" + strings.Join(ids, "`, `") + "`" + more
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

// setPointer takes a pointer into the report, and that of a finding, which begins at the request array.
func (a *detailsArgs) setPointer(value []byte) *argError {
	text, ok := rawjson.Text(value)
	text = strings.TrimSpace(text)
	for _, root := range []string{"/request", "/response"} {
		if ok && (text == root || strings.HasPrefix(text, root+"/")) {
			a.options.Pointer = text
			return nil
		}
	}
	if ok && regexp.MustCompile(`^/[0-9]+(?:/|$)`).MatchString(text) {
		a.options.Pointer = "/request" + text
		a.note("`pointer` was read within /request, where the pointer of a finding leads")
		return nil
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
