package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"

	"github.com/spf13/cobra"
)

const getLong = `Look tasks up by their taskUUID and say why they failed and what to send instead.

Ids are found in any text: lines of a log, URLs, CSV, JSON. A lone - reads stdin. Each id is looked up once, many share
an API request, and answers come in the order of the ids. Several are shown as a table. With --demo and no id it lists
the recorded tasks. With --wait a task that is pending is asked what it does now, until it has ended or the time is up.

Exit codes:
  0  the lookups worked, whatever became of the tasks
  1  a task failed, or a part of it (only with --exit-status)
  2  the command line or the configuration is wrong
  3  a task was not found, or could not be looked up
  4  a task is pending (only with --exit-status)
Of several, the first of 3, 1 and 4 counts. 130 says that it was interrupted.`

const getExample = `  mcp-taskdetails get b880f077-e514-58ef-0ebd-ce1c37b46eb7
  mcp-taskdetails get --demo
  grep ERROR worker.log | mcp-taskdetails get -
  mcp-taskdetails get --format html b880f077-e514-58ef-0ebd-ce1c37b46eb7 > task.html
  mcp-taskdetails get --json - < ids.txt | jq 'select(.status == "failed") | .diagnosis.nextStep'`

// getFlags are those of get alone.
type getFlags struct {
	format      string
	asJSON, raw bool
	detail      string
	byStatus    bool
	wait        time.Duration
}

func getCommand(ctx context.Context, p process, shared *flags) *cobra.Command {
	var f getFlags
	cmd := &cobra.Command{
		Use:               "get taskUUID…",
		Short:             "Look tasks up and explain them",
		Long:              getLong,
		Example:           getExample,
		ValidArgsFunction: completeIDs(shared),
		RunE:              func(_ *cobra.Command, args []string) error { return get(ctx, p, *shared, f, args) },
	}
	cmd.Flags().StringVar(&f.format, "format", "", enumeration(formNames())+" (default text for one task, table for several)")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "short for --format json: one report a line, as agents get it")
	cmd.Flags().BoolVar(&f.raw, "raw", false, "print request and response byte for byte, a line end after each; nothing is masked")
	cmd.Flags().StringVar(&f.detail, "detail", "", "full or diagnosis: without request and response (default diagnosis, in JSON full)")
	cmd.Flags().BoolVar(&f.byStatus, "exit-status", false, "exit with 1 if a task failed, with 4 if one is pending")
	cmd.Flags().DurationVar(&f.wait, "wait", 0, "ask what a pending task does now, and again for so long until it has ended")
	offer(cmd, "format", formNames())
	offer(cmd, "detail", detailNames())
	return cmd
}

// detailNames are the values of --detail.
func detailNames() []string {
	return []string{string(inspect.DetailFull), string(inspect.DetailDiagnosis)}
}

// form is the way to print that the flags name.
func (f getFlags) form() (form, error) {
	switch {
	case f.raw && f.asJSON, f.format != "" && (f.raw || f.asJSON):
		return form{}, usage("send one of them", "--format, --json and --raw name one form each")
	case f.raw:
		return form{full: true, open: func(w writers) answerPrinter { return &rawPrinter{writers: w} }}, nil
	case f.asJSON:
		return formOf("json")
	default:
		return formOf(f.format)
	}
}

func get(ctx context.Context, p process, shared flags, f getFlags, args []string) error {
	form, err := f.form()
	if err != nil {
		return err
	}
	if f.detail != "" && !slices.Contains(detailNames(), f.detail) {
		return usage("accepted are "+enumeration(detailNames()), "--detail %q is not a detail", f.detail)
	}
	if f.wait < 0 {
		return usage("send a duration such as 30s or 5m", "--wait %s is not a time to wait", f.wait)
	}
	if len(args) == 0 {
		if shared.demo {
			return listRecorded(p.stdout)
		}
		return usage("give one or more ids of the form "+inspect.IDForm+", or - to read them from stdin; get --demo lists recorded tasks",
			"no taskUUID given")
	}
	app, err := openApp(ctx, p, shared)
	if err != nil {
		return err
	}
	ids := &foundIDs{args: args, stdin: p.stdin, stderr: p.stderr, mask: app.mask}
	full := f.detail == string(inspect.DetailFull) || f.detail == "" && form.full
	printer := form.open(writers{look: newLook(p, shared.colour), out: p.stdout, err: p.stderr, originals: full, next: shared.next})
	options := inspect.Options{Detail: inspect.DetailFull} // a person is shown lines of the request in any case
	if (f.asJSON || f.format == "json") && !full {
		options.Detail = inspect.DetailDiagnosis
	}
	if f.wait > 0 {
		options.Live = &inspect.Live{Until: time.Now().Add(f.wait)}
	}
	code, err := printAll(ctx, p, app.inspector.Batch(ctx, ids.all(ctx), options), printer, f.byStatus)
	if err != nil {
		return err
	}
	if ids.err != nil {
		return first(report(p.stderr, ids.err), code)
	}
	if err := ids.none(); err != nil {
		return err
	}
	return code.err()
}

// printAll prints answers as they come, counts them on a terminal that shows nothing else, and tells the exit code.
func printAll(ctx context.Context, p process, answers iter.Seq[inspect.Answer], printer answerPrinter, byStatus bool) (outcome, error) {
	watched := newLook(p, "never").watched
	code, count := outcome(exitFine), 0
	for answer := range answers {
		if ctx.Err() != nil { // what comes now says no more than that
			break
		}
		if count++; watched {
			_, _ = fmt.Fprintf(p.stderr, "\r%d tasks", count)
		}
		if err := printer.print(answer); err != nil {
			return 0, fmt.Errorf("write: %w", err)
		}
		code = first(code, exitCode(answer.Report.Status, byStatus))
	}
	if watched {
		_, _ = fmt.Fprintf(p.stderr, "\r%s\r", strings.Repeat(" ", len("4294967295 tasks")))
	}
	if err := printer.end(); err != nil {
		return 0, fmt.Errorf("write: %w", err)
	}
	if ctx.Err() != nil {
		return 0, errInterrupted
	}
	return code, nil
}

func exitCode(s schema.Status, byStatus bool) outcome {
	switch s {
	case schema.StatusNotFound, schema.StatusUnavailable:
		return exitMissed
	case schema.StatusFailed, schema.StatusPartial:
		if byStatus {
			return exitFailed
		}
	case schema.StatusPending:
		if byStatus {
			return exitPending
		}
	case schema.StatusSucceeded, schema.StatusUnknown:
	}
	return exitFine
}

// listRecorded prints what --demo can answer.
func listRecorded(out io.Writer) error {
	tasks, err := sandbox.Tasks()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, task := range tasks {
		_, _ = fmt.Fprintf(table, "%s\t%s\n", task.TaskUUID, task.Title)
	}
	return table.Flush()
}
