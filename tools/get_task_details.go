package tools

import (
	"context"
	_ "embed" // the schemas
	"encoding/json"
	"log/slog"
	"runtime/debug"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/schema"

	"github.com/mark3labs/mcp-go/mcp"
)

const detailsName = "get_task_details"

const detailsDescription = "Explains one Runware task (image, video, audio, 3D or text generation): returns `status`, a `diagnosis` " +
	"(why it failed, what is accepted, one JSON Patch that corrects the request) " +
	"and the original `request` and `response`. `retry: after_patch` means: apply `diagnosis.patch` (paths start in `request`), " +
	"send tasks `resend` with new taskUUIDs; `after_decision`: ask the user what `nextStep` says.\n" +
	"Use it when a Runware call failed, came out wrong or its result was lost. " +
	"The taskUUID is the id that the task was sent with: it stands in the request, in each result and error, in webhooks and in logs; " +
	"an imageUUID or videoUUID is not one.\n" +
	"It only reads the archive: nothing is run again, changed or billed. " +
	"Huge values are left out and listed in `omissions`; call again with `pointer` to read one. Secrets are masked."

//go:embed schemas/get_task_details.input.json
var detailsInput []byte

//go:embed schemas/get_task_details.output.json
var detailsOutput []byte

// Tasks answers for one task, always. inspect.Inspector is one.
type Tasks interface {
	Task(ctx context.Context, id string, o inspect.Options) schema.TaskReport
}

type getTaskDetails struct {
	tasks  Tasks
	refuse Refuse
	logger *slog.Logger
}

// tool is a literal: mcp.NewTool presets an input schema that contradicts a raw one.
func (getTaskDetails) tool() mcp.Tool {
	return mcp.Tool{
		Name:            detailsName,
		Title:           "Get Runware task details",
		Description:     detailsDescription,
		RawInputSchema:  detailsInput,
		RawOutputSchema: detailsOutput,
		Annotations: mcp.ToolAnnotation{
			Title:           "Get Runware task details",
			ReadOnlyHint:    new(true),
			DestructiveHint: new(false),
			IdempotentHint:  new(true),
			OpenWorldHint:   new(true),
		},
	}
}

func (t getTaskDetails) handle(ctx context.Context, call mcp.CallToolRequest) (result *mcp.CallToolResult, _ error) {
	var args detailsArgs
	defer func() {
		if r := recover(); r != nil {
			t.logger.Error("a tool panicked", slog.String("stack", string(debug.Stack())))
			result = resultOf(inspect.Broken(args.id))
		}
	}()
	args, wrong := parseDetailsArgs(rawArguments(call))
	if wrong != nil {
		return resultOf(t.refuse(args.id, wrong.summary, wrong.fix)), nil
	}
	return resultOf(t.tasks.Task(ctx, args.id, args.options)), nil
}

// resultOf says the same twice: some hosts show models the structured content, some the text.
func resultOf(report schema.TaskReport) *mcp.CallToolResult {
	text, structured := present.Marshal(report)
	return &mcp.CallToolResult{
		Content:              []mcp.Content{mcp.TextContent{Type: mcp.ContentTypeText, Text: string(text)}},
		RawStructuredContent: structured,
		IsError:              !report.Status.Found(),
	}
}

// rawArguments are the arguments as they came over the wire; a call made in this process has only their Go form.
func rawArguments(call mcp.CallToolRequest) []byte {
	if len(call.Params.RawArguments) > 0 {
		return call.Params.RawArguments
	}
	raw, err := json.Marshal(call.Params.Arguments)
	if err != nil {
		return nil
	}
	return raw
}
