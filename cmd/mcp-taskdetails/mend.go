package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/render"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/spf13/cobra"
)

const mendLong = `Print the corrected request of a task, ready to be sent: the patch of its diagnosis is applied, only the tasks to send
are in it, and each has a new taskUUID. Everything else is as it was recorded, digit by digit, secrets included.

Nothing is invented: where somebody has to decide, nothing is printed, and stderr says what it is. --choose takes one of
the choices that get shows.

Exit codes:
  0  the request is printed, and nothing is left to decide
  1  there is no request to send: stderr says why
  2  the command line or the configuration is wrong
  3  the task was not found, or could not be looked up`

const mendExample = `  mcp-taskdetails mend b880f077-e514-58ef-0ebd-ce1c37b46eb7 > request.json
  curl https://api.runware.ai/v1 -H "Authorization: Bearer $RUNWARE_API_KEY" -H 'Content-Type: application/json' -d @request.json`

func mendCommand(ctx context.Context, p process, shared *flags) *cobra.Command {
	choice := 0
	cmd := &cobra.Command{
		Use:               "mend taskUUID",
		Short:             "Print the corrected request of a task",
		Long:              mendLong,
		Example:           mendExample,
		ValidArgsFunction: completeIDs(shared),
		RunE:              func(_ *cobra.Command, args []string) error { return mend(ctx, p, *shared, choice, args) },
	}
	cmd.Flags().IntVar(&choice, "choose", 0, "which of the choices that get shows to take, from 1")
	return cmd
}

func mend(ctx context.Context, p process, shared flags, choice int, args []string) error {
	if len(args) == 0 {
		return usage("give one id of the form "+inspect.IDForm+"; get --demo lists recorded tasks", "no taskUUID given")
	}
	app, err := openApp(ctx, p, shared)
	if err != nil {
		return err
	}
	found := &foundIDs{args: args, stdin: p.stdin, stderr: p.stderr, mask: app.mask}
	ids, err := found.collect(ctx)
	switch {
	case err != nil:
		return err
	case len(ids) == 0:
		return found.none()
	case len(ids) > 1:
		return usage("mend them one after another", "%d task ids given, and a request is sent for one", len(ids))
	}
	for answer := range app.inspector.Batch(ctx, slices.Values(ids), inspect.Options{Detail: inspect.DetailCorrected, Choice: choice}) {
		if ctx.Err() != nil {
			return errInterrupted
		}
		return printMended(p, newLook(p, shared.colour), answer)
	}
	return errInterrupted
}

// printMended prints the request on stdout, and on stderr what a person has to know of it.
func printMended(p process, l look, a inspect.Answer) error {
	if a.Corrected == nil && !a.Report.Status.Found() {
		_, _ = io.WriteString(p.stderr, render.Report(a.Report, render.Options{}))
		return outcome(exitMissed)
	}
	d := a.Report.Diagnosis
	if a.Corrected == nil {
		_, _ = fmt.Fprintf(p.stderr, "%s: error: no corrected request: %s\n", tools.Name, render.Visible(a.Undecided))
		tell(p.stderr, "what is wrong: ", d.Summary)
		tell(p.stderr, "", d.NextStep)
		for n, choice := range d.Alternatives {
			tell(p.stderr, fmt.Sprintf("--choose %d: ", n+1), choice.Fix)
		}
		return outcome(exitFailed)
	}
	var text bytes.Buffer
	if err := json.Indent(&text, a.Corrected, "", "  "); err != nil {
		return fmt.Errorf("lay out: %w", err)
	}
	text.WriteByte('\n')
	out := text.Bytes()
	if l.terminal {
		out = render.JSON(a.Corrected, l.style)
	}
	if _, err := p.stdout.Write(out); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	if d.Retry != schema.RetryAfterPatch { // the patch is what the next step says
		tell(p.stderr, "", d.NextStep)
	}
	return nil
}

// tell prints what else a person has to know, if anything.
func tell(stderr io.Writer, label, text string) {
	if text != "" {
		_, _ = fmt.Fprintf(stderr, "%s: hint: %s%s\n", tools.Name, label, render.Visible(text))
	}
}
