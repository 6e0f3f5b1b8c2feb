package tools

import (
	"context"
	_ "embed" // the schemas
	"fmt"
	"iter"
	"slices"
	"time"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/schema"
)

const triageDescription = "Sorts 1 to 200 Runware tasks by what became of them, the failed ones into groups with the same cause " +
	"(category, code, parameter, constraint), largest first: share, models, whether a retry helps, one representative with its patch. " +
	"Use it for a log, a list or a night of failures; get_task_details explains one task in full. It only reads."

//go:embed schemas/triage_tasks.input.json
var triageInput []byte

//go:embed schemas/triage_tasks.output.json
var triageOutput []byte

// Triager answers for many tasks, always. inspect.Inspector is one.
type Triager interface {
	Triage(ctx context.Context, ids iter.Seq[string], o inspect.TriageOptions) schema.Triage
}

// maxTriaged is how many tasks one call answers for: ten API requests.
const maxTriaged = 200

// triageLimit is when a call answers with what it has: hosts wait for a minute.
const triageLimit = 50 * time.Second

func triageTasks(c Config) tool {
	return tool{
		name: "triage_tasks", title: "Triage Runware tasks", description: triageDescription,
		input: triageInput, output: triageOutput, arguments: TriageArgs{}, answers: schema.Triage{},
		handle: handler(c, work[triageArgs, schema.Triage]{
			parse: parseTriageArgs,
			watched: func(ctx context.Context, args triageArgs, tell progress) schema.Triage {
				total := len(args.different)
				return c.Triager.Triage(ctx, slices.Values(args.ids), inspect.TriageOptions{
					GroupBy: args.groupBy, Notes: args.notes, Limit: triageLimit, Keep: true,
					Answered: func(count int) { tell(count, total, fmt.Sprintf("%d of %d tasks", count, total)) },
				})
			},
			refused: func(why schema.TaskReport) schema.Triage {
				return schema.Triage{Summary: why.Diagnosis.Summary, Diagnosis: &why.Diagnosis}
			},
		}),
	}
}
