package main

import (
	"context"
	"fmt"
	"io"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/render"

	"github.com/spf13/cobra"
)

const compareLong = `Tell in what two tasks differ, and which difference the failure of one of them names.

The two task objects are compared, each found in its request by its taskUUID. Long texts are shortened round the
difference; ids, URLs, seeds and media are listed apart.

Exit codes:
  0  both were looked up, whatever became of them
  1  a task failed, or a part of it (only with --exit-status)
  2  the command line or the configuration is wrong
  3  a task was not found, or could not be looked up
  4  a task is pending (only with --exit-status)`

const compareExample = `  mcp-taskdetails compare b880f077-e514-58ef-0ebd-ce1c37b46eb7 a770f077-f413-47de-9dac-be0b26a35da6
  mcp-taskdetails compare --demo 4d8e2c6a-0f15-4b93-a7c1-8e6d5f4c3b72 a770f077-f413-47de-9dac-be0b26a35da6`

func compareCommand(ctx context.Context, p process, shared *flags) *cobra.Command {
	var format string
	var asJSON, byStatus bool
	cmd := &cobra.Command{
		Use:               "compare taskUUID taskUUID",
		Short:             "Tell in what two tasks differ",
		Long:              compareLong,
		Example:           compareExample,
		ValidArgsFunction: completeIDs(shared),
		RunE: func(_ *cobra.Command, args []string) error {
			asJSON, err := wantsJSON(plainForms(), format, asJSON)
			if err != nil {
				return err
			}
			return compare(ctx, p, *shared, asJSON, byStatus, args)
		},
	}
	cmd.Flags().StringVar(&format, "format", plainForms()[0], enumeration(plainForms()))
	cmd.Flags().BoolVar(&asJSON, "json", false, "short for --format json: the answer as agents get it")
	cmd.Flags().BoolVar(&byStatus, "exit-status", false, "exit with 1 if a task failed, with 4 if one is pending")
	offer(cmd, "format", plainForms())
	return cmd
}

func compare(ctx context.Context, p process, shared flags, asJSON, byStatus bool, args []string) error {
	app, err := openApp(ctx, p, shared)
	if err != nil {
		return err
	}
	found := &foundIDs{args: args, stdin: p.stdin, stderr: p.stderr, mask: app.mask}
	ids, err := found.collect(ctx)
	if err != nil {
		return err
	}
	if len(ids) != 2 {
		return usage("give two different ids of the form "+inspect.IDForm+"; triage takes any number", "%d different task ids given, and two are compared", len(ids))
	}
	answer := app.inspector.Compare(ctx, ids[0], ids[1])
	if ctx.Err() != nil {
		return errInterrupted
	}
	w := writers{look: newLook(p, shared.colour), out: p.stdout, err: p.stderr}
	if asJSON {
		err = w.answer(answer)
	} else {
		_, err = io.WriteString(p.stdout, render.Comparison(answer, w.style))
	}
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return first(exitCode(answer.Before.Status, byStatus), exitCode(answer.After.Status, byStatus)).err()
}
