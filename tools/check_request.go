package tools

import (
	"context"
	_ "embed" // the schemas

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

const checkDescription = "Checks a Runware request before it is sent and paid for: every task against its model's published schema. " +
	"Returns a `diagnosis` as get_task_details does: what would be refused, what is ignored, one `patch` that corrects it, and `verified` " +
	"when the patched request passes; category `none` when nothing known is wrong. `tasks` tells which models' schemas are known.\n" +
	"Use it on a new or a corrected request. Nothing is sent to the Runware API, run or billed."

//go:embed schemas/check_request.input.json
var checkInput []byte

//go:embed schemas/check_request.output.json
var checkOutput []byte

// CheckArgs documents the arguments of check_request. An array or an object is taken as well as a string, see ExplainArgs.
type CheckArgs struct {
	Request string `json:"request" jsonschema_description:"The JSON array of tasks, one task, or the command that sends them."`
}

// Checker checks a request. inspect.Inspector is one.
type Checker interface {
	Check(ctx context.Context, d inspect.Draft) schema.Check
}

func checkRequest(c Config) tool {
	return tool{
		name: "check_request", title: "Check a Runware request", description: checkDescription,
		input: checkInput, output: checkOutput, arguments: CheckArgs{}, answers: schema.Check{},
		handle: handler(c, work[inspect.Draft, schema.Check]{
			parse: parseCheckArgs,
			run: func(ctx context.Context, d inspect.Draft) schema.Check {
				return c.Checker.Check(ctx, d)
			},
			refused: func(why schema.TaskReport) schema.Check {
				return schema.Check{Diagnosis: why.Diagnosis, NoRequest: true}
			},
		}),
	}
}

func parseCheckArgs(raw []byte) (inspect.Draft, *argError) {
	var d inspect.Draft
	wrong := readArgs(raw, []parameter{
		{name: "request", also: []string{"requests", "body", "payload", "tasks", "task", "json", "data"}, set: setText("request", inspect.RequestForm, &d.Request), bare: isRequestItself},
	}, noteIn(&d.Notes))
	if wrong == nil && len(d.Request) == 0 {
		wrong = &argError{"The required argument `request` is missing.", `Send {"request": ` + inspect.RequestForm + `}.`}
	}
	return d, wrong
}

// isRequestItself tells arguments that are a request, or a text, where they should have one.
func isRequestItself(raw []byte) bool {
	return standsForItself(raw, func(object []byte) bool {
		_, typed := rawjson.Member(object, "taskType")
		_, model := rawjson.Member(object, "model")
		return typed || model
	})
}
