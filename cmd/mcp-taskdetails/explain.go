package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/render"
	"mcp-taskdetails/schema"

	"github.com/spf13/cobra"
)

const explainLong = `Explain a Runware error that is at hand: no key is needed, and the Runware API is not asked.

The error is found in any text: a response, a line of a log, a stack trace, JSON escaped within JSON, an exception of an
SDK. With the request that failed, the parameter at fault is found in it and corrected.

Exit codes:
  0  an error was found and explained
  1  the same, with --exit-status
  2  the command line or the configuration is wrong
  3  no error was found in the text`

const explainExample = `  mcp-taskdetails explain error.json --request request.json
  tail -50 worker.log | mcp-taskdetails explain -
  mcp-taskdetails explain --json - < error.txt | jq .diagnosis.nextStep`

const checkLong = `Check a request before it is sent and paid for: every task against the published schema of its model. No key is needed,
and the Runware API is not asked. The request is JSON, or the command that sends it.

Exit codes:
  0  the request was checked
  1  something is wrong with it (only with --exit-status)
  2  the command line or the configuration is wrong
  3  no request was found in the text`

const checkExample = `  mcp-taskdetails check request.json
  mcp-taskdetails check --exit-status - < request.json && send request.json`

// heldFlags are those of the commands that read what somebody holds.
type heldFlags struct {
	format   string
	asJSON   bool
	byStatus bool
	request  string
}

func (f *heldFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.format, "format", plainForms()[0], enumeration(plainForms()))
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "short for --format json: the answer in a line, as agents get it")
	cmd.Flags().BoolVar(&f.byStatus, "exit-status", false, "exit with 1 if something is wrong")
}

func (f *heldFlags) validate() (err error) {
	f.asJSON, err = wantsJSON(plainForms(), f.format, f.asJSON)
	return err
}

func explainCommand(ctx context.Context, p process, shared *flags) *cobra.Command {
	var f heldFlags
	cmd := &cobra.Command{
		Use: "explain [FILE|-]", Short: "Explain an error that is at hand", Long: explainLong, Example: explainExample,
		RunE: func(_ *cobra.Command, args []string) error { return explain(ctx, p, *shared, f, args) },
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.request, "request", "", "file with the request that failed")
	return cmd
}

func explain(ctx context.Context, p process, shared flags, f heldFlags, args []string) error {
	if err := f.validate(); err != nil {
		return err
	}
	app, err := openKeyless(ctx, p, shared)
	if err != nil {
		return err
	}
	var held inspect.Held
	if held.Error, err = readInput(ctx, p, args, "the error"); err != nil {
		return err
	}
	if f.request != "" {
		if held.Request, err = readFile(f.request, "give a file that holds the request"); err != nil {
			return err
		}
	}
	e := app.inspector.Explain(ctx, held)
	t := schema.TaskReport{Status: schema.StatusFailed, Diagnosis: e.Diagnosis, Request: e.Request}
	after := ""
	if len(e.TaskUUIDs) > 0 {
		after = "ids in the text: " + strings.Join(e.TaskUUIDs, ", ")
	}
	return f.print(writers{look: newLook(p, shared.colour), out: p.stdout}, e, t, after)
}

func checkCommand(ctx context.Context, p process, shared *flags) *cobra.Command {
	var f heldFlags
	cmd := &cobra.Command{
		Use: "check [FILE|-]", Short: "Check a request before it is sent", Long: checkLong, Example: checkExample,
		RunE: func(_ *cobra.Command, args []string) error { return check(ctx, p, *shared, f, args) },
	}
	f.register(cmd)
	return cmd
}

func check(ctx context.Context, p process, shared flags, f heldFlags, args []string) error {
	if err := f.validate(); err != nil {
		return err
	}
	app, err := openKeyless(ctx, p, shared)
	if err != nil {
		return err
	}
	draft, err := readInput(ctx, p, args, "the request")
	if err != nil {
		return err
	}
	c := app.inspector.Check(ctx, inspect.Draft{Request: draft})
	var prices []string
	for _, task := range c.Tasks {
		if task.Price != "" {
			prices = append(prices, fmt.Sprintf("task %d costs %s, as published", task.TaskIndex, task.Price))
		}
	}
	t := schema.TaskReport{Status: schema.StatusFailed, Diagnosis: c.Diagnosis, Request: c.Request}
	return f.print(writers{look: newLook(p, shared.colour), out: p.stdout}, c, t, strings.Join(prices, "; "))
}

// print shows an answer in the form that was asked for: t is what of it people are shown, and after what follows. It
// returns the exit code.
func (f *heldFlags) print(w writers, a interface{ Missed() bool }, t schema.TaskReport, after string) error {
	switch {
	case a.Missed():
		t.Status = schema.StatusUnavailable
	case t.Diagnosis.Category == schema.CategoryNone:
		t.Status = schema.StatusSucceeded
	}
	if err := f.write(w, a, t, after); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	switch {
	case a.Missed():
		return outcome(exitMissed).err()
	case f.byStatus && t.Diagnosis.Category != schema.CategoryNone:
		return outcome(exitFailed).err()
	}
	return nil
}

func (f *heldFlags) write(w writers, a any, t schema.TaskReport, after string) error {
	if f.asJSON {
		return w.answer(a)
	}
	page := render.NewPage(w.style)
	page.Task(t, "")
	if after != "" {
		page.Note(after)
	}
	_, err := io.WriteString(w.out, page.String())
	return err
}
