package tools

import (
	"context"
	_ "embed" // the schemas
	"fmt"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

const explainDescription = "Explains a Runware error that is at hand, without looking its task up: returns a `diagnosis` as get_task_details does " +
	"(why, what is accepted, what to do). With `request` it locates the parameter and gives the patch. " +
	"`taskUUIDs` are ids in the text that get_task_details may know.\n" +
	"Use it for an error response, an exception or a log when no taskUUID is known or nothing is archived. Nothing is run or billed; secrets are masked."

//go:embed schemas/explain_error.input.json
var explainInput []byte

//go:embed schemas/explain_error.output.json
var explainOutput []byte

// ExplainArgs documents the arguments of explain_error. Both are strings, since no provider's dialect takes any value:
// an object or an array is taken as well.
type ExplainArgs struct {
	Error   string `json:"error" jsonschema_description:"The error as it is: a response, an error object, or any text with one in it, such as a log line, a stack trace or escaped JSON."`
	Request string `json:"request,omitempty" jsonschema_description:"What was sent, if known: the JSON array of tasks, or the command."`
}

// Explainer explains an error. inspect.Inspector is one.
type Explainer interface {
	Explain(ctx context.Context, h inspect.Held) schema.Explanation
}

func explainError(c Config) tool {
	return tool{
		name: "explain_error", title: "Explain a Runware error", description: explainDescription,
		input: explainInput, output: explainOutput, arguments: ExplainArgs{}, answers: schema.Explanation{},
		handle: handler(c, work[inspect.Held, schema.Explanation]{
			parse: parseExplainArgs,
			run: func(ctx context.Context, h inspect.Held) schema.Explanation {
				return c.Explainer.Explain(ctx, h)
			},
			refused: func(why schema.TaskReport) schema.Explanation {
				return schema.Explanation{Diagnosis: why.Diagnosis, NoError: true}
			},
		}),
	}
}

func parseExplainArgs(raw []byte) (inspect.Held, *argError) {
	var h inspect.Held
	wrong := readArgs(raw, []parameter{
		{name: "error", also: []string{"errors", "text", "log", "message", "response", "exception"}, set: setText("error", inspect.ErrorForm, &h.Error), bare: isErrorItself},
		{name: "request", also: []string{"requests", "body", "payload", "tasks"}, set: setText("request", inspect.RequestForm, &h.Request)},
	}, noteIn(&h.Notes))
	if wrong == nil && len(h.Error) == 0 {
		wrong = &argError{summary: "The required argument `error` is missing.", fix: `Send {"error": ` + string(rawjson.Quote(inspect.ErrorForm)) + `}, or any text with the error in it.`}
	}
	return h, wrong
}

// isErrorItself tells arguments that are an error, or a text, where they should have one.
func isErrorItself(raw []byte) bool {
	return standsForItself(raw, func(object []byte) bool {
		has := func(name string) bool { _, ok := rawjson.Member(object, name); return ok }
		return (has("code") || has("message") && has("taskUUID") || has("data")) && !has("request")
	})
}

// standsForItself tells arguments that are what one argument should hold: a text, an array, or an object of that kind.
func standsForItself(raw []byte, isOne func(object []byte) bool) bool {
	switch rawjson.KindOf(raw) {
	case rawjson.String:
		return !absent(raw)
	case rawjson.Array:
		return rawjson.Len(raw) > 0
	case rawjson.Object:
		return isOne(raw)
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number:
	}
	return false
}

// setText takes a text, or an object or an array as it stands. The example shows one that is right.
func setText(name, example string, into *[]byte) func(value []byte) *argError {
	return func(value []byte) *argError {
		switch rawjson.KindOf(value) {
		case rawjson.String:
			text, _ := rawjson.Text(value)
			*into = []byte(text)
			return nil
		case rawjson.Object, rawjson.Array:
			*into = value
			return nil
		case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number:
		}
		return &argError{
			"`" + name + "` is " + article(value) + "; a text, an object or an array is accepted.",
			"Send it as it is, such as " + example + ".",
		}
	}
}

// noteIn adds notes to those of a question.
func noteIn(notes *[]string) func(format string, values ...any) {
	return func(format string, values ...any) { *notes = append(*notes, fmt.Sprintf(format, values...)) }
}
