package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/render"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"

	"github.com/spf13/cobra"
)

const triageLong = `Look any number of tasks up and sort them by what became of them, the failed ones into groups with the same cause.

Ids are found in any text: lines of a log, URLs, CSV, JSON. An argument is an id, a text with ids in it, or the name of a
file; a lone - reads stdin. Each id is looked up once, twenty share an API request. With --demo and nothing else it
sorts a night of failures that are recorded in the program.

Exit codes:
  0  the lookups worked, whatever became of the tasks; ids that Runware does not know are counted
  1  a task failed, or a part of it (only with --exit-status)
  2  the command line or the configuration is wrong
  3  no task was found, or some could not be looked up
  4  a task is pending (only with --exit-status)
Of several, the first of 3, 1 and 4 counts. 130 says that it was interrupted.`

const triageExample = `  mcp-taskdetails triage worker.log
  mcp-taskdetails triage --demo
  mcp-taskdetails triage --format html worker.log > triage.html
  grep ERROR worker.log | mcp-taskdetails triage --group-by model -
  mcp-taskdetails triage --json worker.log | jq '.groups[] | {count, cause}'`

// triageFlags are those of triage alone.
type triageFlags struct {
	groupBy  string
	format   string
	asJSON   bool
	byStatus bool
}

// plainForms are the values of --format for one answer about several tasks.
func plainForms() []string { return []string{"text", "json"} }

// triageForms are those of triage.
func triageForms() []string { return append(plainForms(), "html") }

func groupings() []string {
	var names []string
	for _, by := range schema.GroupBys() {
		names = append(names, string(by))
	}
	return names
}

func triageCommand(ctx context.Context, p process, shared *flags) *cobra.Command {
	var f triageFlags
	cmd := &cobra.Command{
		Use:     "triage FILE|-|taskUUID…",
		Short:   "Sort many tasks by why they failed",
		Long:    triageLong,
		Example: triageExample,
		RunE:    func(_ *cobra.Command, args []string) error { return triage(ctx, p, *shared, f, args) },
	}
	cmd.Flags().StringVar(&f.groupBy, "group-by", string(schema.GroupByCause), enumeration(groupings()))
	cmd.Flags().StringVar(&f.format, "format", triageForms()[0], enumeration(triageForms()))
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "short for --format json: the answer as agents get it, with more groups")
	cmd.Flags().BoolVar(&f.byStatus, "exit-status", false, "exit with 1 if a task failed, with 4 if one is pending")
	offer(cmd, "group-by", groupings())
	offer(cmd, "format", triageForms())
	return cmd
}

// wantsJSON checks the form that was asked for.
func wantsJSON(accepted []string, format string, asJSON bool) (bool, error) {
	if !slices.Contains(accepted, format) {
		return false, usage("accepted are "+enumeration(accepted), "--format %q is not a form", format)
	}
	return asJSON || format == "json", nil
}

func triage(ctx context.Context, p process, shared flags, f triageFlags, args []string) error {
	asJSON, err := wantsJSON(triageForms(), f.format, f.asJSON)
	if err != nil {
		return err
	}
	if !slices.Contains(groupings(), f.groupBy) {
		return usage("accepted are "+enumeration(groupings()), "--group-by %q is nothing to group by", f.groupBy)
	}
	if len(args) == 0 {
		if !shared.demo {
			return usage("name a file, or give - to read stdin, or ids of the form "+inspect.IDForm+"; triage --demo sorts recorded tasks", "nothing to sort is given")
		}
		if args, err = sandbox.Night(); err != nil {
			return err
		}
	}
	app, err := openApp(ctx, p, shared)
	if err != nil {
		return err
	}
	ids := &foundIDs{args: args, stdin: p.stdin, stderr: p.stderr, mask: app.mask, files: true, often: true}
	look := newLook(p, shared.colour)
	answer := app.inspector.Triage(ctx, ids.all(ctx), inspect.TriageOptions{
		GroupBy: schema.GroupBy(f.groupBy), MaxBytes: present.DefaultBudget,
		Answered: func(count int) {
			if look.watched {
				_, _ = fmt.Fprintf(p.stderr, "\r%d tasks\r", count)
			}
		},
	})
	switch {
	case ctx.Err() != nil:
		return errInterrupted
	case ids.err != nil && len(ids.known) == 0:
		return ids.err
	case ids.none() != nil:
		return ids.none()
	}
	w := writers{look: look, out: p.stdout, err: p.stderr}
	switch {
	case asJSON:
		err = w.answer(answer)
	case f.format == "html":
		_, err = io.WriteString(p.stdout, render.HTMLTriage(answer))
	default:
		_, err = io.WriteString(p.stdout, render.Triage(answer, look.style))
	}
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	code := triageCode(answer, f.byStatus)
	if ids.err != nil {
		return first(report(p.stderr, ids.err), code)
	}
	return code.err()
}

func triageCode(t schema.Triage, byStatus bool) outcome {
	code := outcome(exitFine)
	if t.Missed() {
		code = exitMissed
	}
	for status := range t.Totals {
		if status != schema.StatusNotFound { // which an id of something else is too
			code = first(code, exitCode(status, byStatus))
		}
	}
	return code
}
