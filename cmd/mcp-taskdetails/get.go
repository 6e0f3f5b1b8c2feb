package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/spf13/cobra"
)

const getLong = `Look tasks up by their taskUUID and say why they failed and what to send instead.

A lone - reads the ids from stdin, separated by blanks or lines. Many ids share API requests; answers come in the
order of the ids. With --demo and no id it lists the recorded tasks.

Exit codes:
  0  every task was found and none failed
  1  a task failed, or a part of it
  2  the command line or the configuration is wrong
  3  a task was not found, or could not be looked up
Of several, the highest number wins.`

const getExample = `  mcp-taskdetails get b880f077-e514-58ef-0ebd-ce1c37b46eb7
  mcp-taskdetails get --demo
  mcp-taskdetails get --json - < ids.txt | jq 'select(.status == "failed") | .diagnosis.nextStep'`

// getFlags are those of get alone.
type getFlags struct {
	asJSON, raw bool
	detail      string
}

func getCommand(ctx context.Context, p process, shared *flags) *cobra.Command {
	var f getFlags
	cmd := &cobra.Command{
		Use:     "get taskUUID…",
		Short:   "Look tasks up and explain them",
		Long:    getLong,
		Example: getExample,
		RunE:    func(_ *cobra.Command, args []string) error { return get(ctx, p, *shared, f, args) },
	}
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print one report a line, as agents get it")
	cmd.Flags().BoolVar(&f.raw, "raw", false, "print request and response byte for byte, a line end after each; nothing is masked")
	cmd.Flags().StringVar(&f.detail, "detail", string(inspect.DetailFull), "full, or diagnosis: without request and response")
	cmd.MarkFlagsMutuallyExclusive("json", "raw")
	return cmd
}

func get(ctx context.Context, p process, shared flags, f getFlags, args []string) error {
	detail := inspect.Detail(f.detail)
	if detail != inspect.DetailFull && detail != inspect.DetailDiagnosis {
		return usage("accepted are full and diagnosis", "--detail %q is not a detail", f.detail)
	}
	if len(args) == 0 {
		if shared.demo {
			return listRecorded(p.stdout)
		}
		return usage("give one or more ids of the form "+inspect.IDForm+", or - to read them from stdin; get --demo lists recorded tasks",
			"no taskUUID given")
	}
	logger, err := shared.logger(p.stderr)
	if err != nil {
		return err
	}
	app, err := newApp(ctx, p, shared, logger)
	if err != nil {
		return err
	}
	if !app.hasKey {
		return &usageError{err: errors.New("no API key"), hints: []string{
			"set " + envKey + ", or " + envKeyFile + " to a file that holds it; get one at https://my.runware.ai/signup",
			"--demo answers from recorded tasks without a key",
		}}
	}
	ids, err := newIDs(args, p.stdin)
	if err != nil {
		return err
	}
	printer := newPrinter(p, f, detail)
	code := exitFine
	for answer := range app.inspector.Batch(ctx, ids.all, inspect.Options{Detail: detail}) {
		if ctx.Err() != nil { // what comes now says no more than that
			printer.done()
			_, _ = fmt.Fprintf(p.stderr, "%s: error: interrupted\n", tools.Name)
			return outcome(exitMissed)
		}
		if err := printer.print(answer); err != nil {
			return fmt.Errorf("write: %w", err)
		}
		code = max(code, exitCode(answer.Report.Status))
	}
	printer.done()
	if ids.err != nil {
		code = max(code, report(p.stderr, ids.err))
	}
	if code != exitFine {
		return outcome(code)
	}
	return nil
}

func exitCode(s schema.Status) int {
	switch s {
	case schema.StatusNotFound, schema.StatusUnavailable:
		return exitMissed
	case schema.StatusFailed, schema.StatusPartial:
		return exitFailed
	case schema.StatusSucceeded, schema.StatusPending, schema.StatusUnknown:
	}
	return exitFine
}

// ids are the task ids asked for. Those of the command line are checked before anything is asked; reading those of
// stdin stops at the first that is none, which err then tells.
type ids struct {
	args  []string
	stdin io.Reader
	err   error
}

func newIDs(args []string, stdin io.Reader) (*ids, error) {
	if slices.Equal(args, []string{"-"}) {
		return &ids{stdin: stdin}, nil
	}
	parsed := make([]string, 0, len(args))
	for _, arg := range args {
		id, ok := inspect.ParseID(arg)
		if !ok {
			return nil, notAnID(arg)
		}
		parsed = append(parsed, id)
	}
	return &ids{args: parsed}, nil
}

func notAnID(text string) error {
	return usage("a task id has 8-4-4-4-12 hexadecimal digits: "+inspect.IDForm, "%s is not a task id", visible(fmt.Sprintf("%.80q", text)))
}

func (i *ids) all(yield func(string) bool) {
	if i.stdin == nil {
		slices.Values(i.args)(yield)
		return
	}
	words := bufio.NewScanner(i.stdin)
	words.Split(bufio.ScanWords)
	for words.Scan() {
		id, ok := inspect.ParseID(strings.TrimRight(words.Text(), ",;"))
		if !ok {
			i.err = notAnID(words.Text())
			return
		}
		if !yield(id) {
			return
		}
	}
	if err := words.Err(); err != nil {
		i.err = fmt.Errorf("read ids from stdin: %w", err)
	}
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
