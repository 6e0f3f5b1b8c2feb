package tools

import (
	"context"
	_ "embed" // the schemas
	"time"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/schema"
)

const detailsDescription = "Explains one Runware task (image, video, audio, 3D or text generation): returns `status`, a `diagnosis` " +
	"(why it failed, what is accepted, one JSON Patch that corrects the request) " +
	"and the original `request` and `response`. `retry: after_patch` means: apply `diagnosis.patch` (paths start in `request`), " +
	"send tasks `resend` with new taskUUIDs; `after_decision`: ask the user what `nextStep` says.\n" +
	"Use it when a Runware call failed, came out wrong or its result was lost. " +
	"The taskUUID is the id that the task was sent with: it stands in the request, in each result and error, in webhooks and in logs; " +
	"an imageUUID or videoUUID is not one.\n" +
	"It only reads: nothing is run again, changed or billed. Of a pending task it says what it does now (`live`). " +
	"What is too large is left out and listed in `omissions`; `pointer` reads a text among it. Secrets are masked."

//go:embed schemas/get_task_details.input.json
var detailsInput []byte

//go:embed schemas/get_task_details.output.json
var detailsOutput []byte

// Tasks answers for one task, always. inspect.Inspector is one.
type Tasks interface {
	Task(ctx context.Context, id string, o inspect.Options) schema.TaskReport
}

func getTaskDetails(c Config) tool {
	return tool{
		name: "get_task_details", title: "Get Runware task details", description: detailsDescription,
		input: detailsInput, output: detailsOutput, arguments: DetailsArgs{}, answers: schema.TaskReport{}, largest: present.MaxBudget,
		handle: handler(c, work[detailsArgs, schema.TaskReport]{
			parse: parseDetailsArgs,
			about: func(args detailsArgs) string { return args.id },
			watched: func(ctx context.Context, args detailsArgs, tell progress) schema.TaskReport {
				began := time.Now()
				args.options.Live = &inspect.Live{
					Until: began.Add(args.wait), Limit: began.Add(maxWait * time.Second),
					Tell: func(doing string) {
						tell(int(time.Since(began).Seconds()), int(args.wait.Seconds()), doing)
					},
				}
				return c.Tasks.Task(ctx, args.id, args.options)
			},
			refused: func(why schema.TaskReport) schema.TaskReport { return why },
		}),
	}
}
