package tools

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/rawjson"
)

// DetailsArgs documents the arguments of get_task_details: its JSON Schema is generated from it. It keeps to what every
// provider of models takes: no default, no bounds (portable_test.go).
type DetailsArgs struct {
	TaskUUID string         `json:"taskUUID" jsonschema_description:"Id of the task, 8-4-4-4-12 hexadecimal digits of any UUID version."`
	Detail   inspect.Detail `json:"detail,omitempty" jsonschema:"enum=full,enum=diagnosis,enum=corrected" jsonschema_description:"full, unless told otherwise: with request and response. diagnosis: without them, a few hundred tokens. corrected: with the request to send instead."`
	Pointer  string         `json:"pointer,omitempty" jsonschema_description:"RFC 6901 pointer taken from omissions: returns that value instead, a text in pieces, of media what they are. E.g. /request/0/positivePrompt."`
	Offset   int            `json:"offset,omitempty" jsonschema_description:"With pointer: where to begin, in bytes, from 0 on; piece.nextOffset of the answer before."`
	Wait     int            `json:"wait,omitempty" jsonschema_description:"Seconds, 0 to 50, to wait for a pending task to end."`
	MaxBytes int            `json:"maxBytes,omitempty" jsonschema_description:"Most bytes of the answer: 24000, unless told otherwise; from 4096 to 80000."`
}

// detailsArgs are arguments that hold.
type detailsArgs struct {
	id      string
	options inspect.Options
	wait    time.Duration // for a pending task to end
}

// parseDetailsArgs takes what models send where the meaning is plain, and notes what it took from elsewhere or left
// aside: an argument that was silently dropped would be taken for one that worked. The rest it refuses.
func parseDetailsArgs(raw []byte) (detailsArgs, *argError) {
	var args detailsArgs
	wrong := readArgs(raw, args.parameters(), args.note)
	switch {
	case wrong != nil:
	case args.id == "":
		wrong = &argError{summary: "The required argument `taskUUID` is missing."}
	case args.options.Offset > 0 && args.options.Pointer == "":
		wrong = &argError{
			"`offset` has no meaning without `pointer`.",
			"Send the `pointer` of an omitted value with it, or no `offset`.",
		}
	}
	if wrong != nil && wrong.fix == "" {
		wrong.fix = "Send " + example(args.id, raw) + "."
	}
	return args, wrong
}

// parameters are the arguments in the order of DetailsArgs.
func (a *detailsArgs) parameters() []parameter {
	holdsID := func(value []byte) bool { return len(inspect.FindIDs(string(value))) > 0 }
	isID := func(raw []byte) bool { return rawjson.KindOf(raw) == rawjson.String && holdsID(raw) }
	return []parameter{
		{name: "taskUUID", also: []string{"taskid", "uuid", "id"}, set: a.setID, fits: holdsID, bare: isID},
		{name: "detail", set: a.setDetail},
		{name: "pointer", set: a.setPointer},
		{name: "offset", set: a.setOffset},
		{name: "wait", set: a.setWait},
		{name: "maxBytes", set: a.setMaxBytes},
	}
}

// example shows the required argument: with the caller's own id where there is one, or else with none. An id of
// somebody's task would be looked up.
func example(id string, raw []byte) string {
	if id == "" {
		id = inspect.IDForm
		if ids := inspect.FindIDs(string(raw)); len(ids) > 0 {
			id = ids[0]
		}
	}
	return fmt.Sprintf(`{"taskUUID": %q}`, id)
}

func (a *detailsArgs) note(format string, values ...any) {
	a.options.Notes = append(a.options.Notes, fmt.Sprintf(format, values...))
}

// setID takes one id.
func (a *detailsArgs) setID(value []byte) (wrong *argError) {
	a.id, wrong = oneID("taskUUID", "one call looks up one task", value, a.note)
	return wrong
}

// oneID takes an id in any of its forms, and one that stands in a longer text. The rule says why there is to be one.
func oneID(name, rule string, value []byte, note func(format string, values ...any)) (string, *argError) {
	text, ok := rawjson.Text(value)
	if !ok {
		return "", &argError{summary: "`" + name + "` is " + article(value) + ", not a string; " + rule + "."}
	}
	if id, ok := inspect.ParseID(text); ok {
		return id, nil
	}
	switch ids := inspect.FindIDs(text); len(ids) {
	case 0:
		return "", &argError{
			summary: fmt.Sprintf("`%s` %s is not a task id: 8-4-4-4-12 hexadecimal digits are accepted, of any UUID version.", name, quoted(text)),
		}
	case 1:
		note("`%s` held more than a task id: the one within it was looked up", name)
		return ids[0], nil
	default:
		return "", &argError{
			fmt.Sprintf("`%s` holds %d task ids: %s; %s.", name, len(ids), enumerated(ids), rule),
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
	case inspect.DetailFull, inspect.DetailDiagnosis, inspect.DetailCorrected:
		a.options.Detail = detail
		return nil
	default:
		return &argError{"`detail` is " + shown(value) + "; \"full\", \"diagnosis\" and \"corrected\" are accepted.", `Send "diagnosis" for the short answer, or leave it out.`}
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
		`Take one from omissions, such as "/request/0/positivePrompt".`,
	}
}

func (a *detailsArgs) setOffset(value []byte) *argError {
	offset, ok := integer(value)
	if !ok || offset < 0 {
		return &argError{"`offset` is " + shown(value) + "; an integer of at least 0 is accepted.", "Send `piece.nextOffset` of the answer before, such as 10000."}
	}
	a.options.Offset = offset
	return nil
}

// maxWait is how long a pending task is waited for at most: hosts wait for a minute.
const maxWait = 50

// setWait takes the longest time that there is for a longer one.
func (a *detailsArgs) setWait(value []byte) *argError {
	seconds, ok := integer(value)
	if !ok || seconds < 0 {
		return &argError{
			fmt.Sprintf("`wait` is %s; an integer from 0 to %d, seconds, is accepted.", shown(value), maxWait),
			"Leave it out to ask once what a pending task does.",
		}
	}
	a.wait = time.Duration(min(seconds, maxWait)) * time.Second
	if seconds > maxWait {
		a.note("`wait` was taken for %d: it is from 0 to %d seconds", maxWait, maxWait)
	}
	return nil
}

// setMaxBytes takes the nearest size that there is: whoever asks for all of a task means as much as possible.
func (a *detailsArgs) setMaxBytes(value []byte) *argError {
	size, ok := integer(value)
	if !ok || size < 0 {
		return &argError{
			fmt.Sprintf("`maxBytes` is %s; an integer from %d to %d is accepted.", shown(value), present.MinBudget, present.MaxBudget),
			fmt.Sprintf("Leave it out for %d.", present.DefaultBudget),
		}
	}
	a.options.MaxBytes = min(max(size, present.MinBudget), present.MaxBudget)
	if a.options.MaxBytes != size {
		a.note("`maxBytes` was taken for %d: it is from %d to %d", a.options.MaxBytes, present.MinBudget, present.MaxBudget)
	}
	return nil
}

// integer reads a number, or one in a string.
func integer(value []byte) (n int, ok bool) {
	text := string(value)
	if inner, isText := rawjson.Text(value); isText {
		text = strings.TrimSpace(inner)
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}
