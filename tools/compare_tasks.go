package tools

import (
	"context"
	_ "embed" // the schemas

	"mcp-taskdetails/schema"
)

const compareDescription = "Says in what two Runware tasks differ and which difference explains the failure of one: " +
	"a failed task beside a similar one that worked. Long texts are shortened round the difference; " +
	"ids, URLs, seeds and media are listed apart. It only reads."

//go:embed schemas/compare_tasks.input.json
var compareInput []byte

//go:embed schemas/compare_tasks.output.json
var compareOutput []byte

// Comparer answers for two tasks, always. inspect.Inspector is one.
type Comparer interface {
	Compare(ctx context.Context, id, other string, notes ...string) schema.Comparison
}

func compareTasks(c Config) tool {
	return tool{
		name: "compare_tasks", title: "Compare two Runware tasks", description: compareDescription,
		input: compareInput, output: compareOutput, arguments: CompareArgs{}, answers: schema.Comparison{},
		handle: handler(c, work[compareArgs, schema.Comparison]{
			parse: parseCompareArgs,
			about: func(args compareArgs) string { return args.id },
			run: func(ctx context.Context, args compareArgs) schema.Comparison {
				return c.Comparer.Compare(ctx, args.id, args.other, args.notes...)
			},
			refused: func(why schema.TaskReport) schema.Comparison {
				return schema.Comparison{Summary: why.Diagnosis.Summary, Verdict: schema.VerdictNotCompared, Diagnosis: &why.Diagnosis}
			},
		}),
	}
}
