package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/export"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/render"
	"mcp-taskdetails/tools"

	"github.com/spf13/cobra"
)

const exportLong = `Save tasks into a file, one report a line (NDJSON), as agents get them, but whole: nothing is cut, huge values stay
unless --omit-huge is given, secrets are masked.

The ids are taken out of any text: arguments, files, and stdin for -. Doubles are asked for once. A name that ends in
.zst or .gz is compressed; -o - writes plain lines to stdout.

The same command again goes on where a crash, Ctrl-C or a full disk ended it: what the file holds is not asked for again,
and each task stands in it once. A task that still ran is in it as pending; it is asked for again only into another file.

With --media the files that results link to are saved as DIR/TASKUUID-NUMBER.EXTENSION, before Runware deletes them: only
from Runware's own hosts, over https. A task's report is written once its files are there or gone for good. Without
--media no URL is ever fetched.

When the API asks to slow down (429, 503, no answer), the export pauses and goes on with fewer requests at once.

Exit codes:
  0  every task has its report in the file, be it that there is no such task
  2  the command line, the configuration or the output is wrong
  3  it ended early, or tasks could not be looked up: run it again`

const exportExample = `  mcp-taskdetails export app.log -o tasks.ndjson.zst
  grep -h taskUUID logs/*.log | mcp-taskdetails export - -o tasks.ndjson --rate 2
  mcp-taskdetails export ids.txt -o tasks-0.ndjson.gz --shard 0/4   # one of four parts, for one of four machines`

// exportFlags are those of export alone.
type exportFlags struct {
	output, detail, media, shard string
	omitHuge                     bool
	batch, concurrency           int
	rate                         float64
	patience                     time.Duration
}

func exportCommand(ctx context.Context, p process, shared *flags) *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:     "export FILE|-|taskUUID… -o OUTPUT",
		Short:   "Save many tasks into a file, resumably",
		Long:    exportLong,
		Example: exportExample,
		RunE:    func(_ *cobra.Command, args []string) error { return runExport(ctx, p, *shared, f, args) },
	}
	set := cmd.Flags()
	set.StringVarP(&f.output, "output", "o", "", "file to write or to go on with: .ndjson, .ndjson.zst, .ndjson.gz; - for stdout")
	set.StringVar(&f.detail, "detail", string(inspect.DetailFull), "full, or diagnosis: without request and response")
	set.BoolVar(&f.omitHuge, "omit-huge", false, "leave base64 and other values above 8 KiB out, with their size and SHA-256")
	set.StringVar(&f.media, "media", "", "directory to save result files in")
	set.StringVar(&f.shard, "shard", "", "only one of n parts of the ids: i/n, i from 0")
	set.IntVar(&f.batch, "batch", 20, "tasks a request, 1 to 100")
	set.IntVar(&f.concurrency, "concurrency", 4, "requests at once, 1 to 64")
	set.Float64Var(&f.rate, "rate", 0, "most requests a second; 0 for no limit")
	set.DurationVar(&f.patience, "patience", 10*time.Minute, "how long to wait for an API that does not answer")
	return cmd
}

// check says what of the flags cannot be used.
func (f exportFlags) check() (shard export.Shard, err error) {
	switch detail := inspect.Detail(f.detail); {
	case f.output == "":
		return shard, usage("name a file, such as -o tasks.ndjson.zst, or - for stdout", "no output given")
	case detail != inspect.DetailFull && detail != inspect.DetailDiagnosis:
		return shard, usage("accepted are full and diagnosis", "--detail %q is not a detail", f.detail)
	case f.batch < 1 || f.batch > 100:
		return shard, usage("accepted are 1 to 100; 20 is what is tried", "--batch %d is not a number of tasks for a request", f.batch)
	case f.concurrency < 1 || f.concurrency > 64:
		return shard, usage("accepted are 1 to 64", "--concurrency %d is not a number of requests", f.concurrency)
	case !(f.rate >= 0 && f.rate <= 1e6):
		return shard, usage("write requests a second, such as 2 or 0.5; 0 is no limit", "--rate %v is not a rate", f.rate)
	case f.patience <= 0:
		return shard, usage("send a duration such as 30s or 10m", "--patience %s is not a time to wait", f.patience)
	case f.shard == "":
		return shard, nil
	}
	if shard, err = export.ParseShard(f.shard); err != nil {
		return shard, usage("with four machines they take --shard 0/4, 1/4, 2/4 and 3/4", "--shard: %w", err)
	}
	return shard, nil
}

func runExport(ctx context.Context, p process, shared flags, f exportFlags, args []string) (err error) {
	shard, err := f.check()
	if err != nil {
		return err
	}
	if f.media != "" && shared.demo {
		return usage("leave --media out: the links of recorded tasks are examples", "--demo uses no network, and --media needs it")
	}
	ids, err := newSources(args, p.stdin)
	if err != nil {
		return err
	}
	logger, err := shared.logger(p.stderr)
	if err != nil {
		return err
	}
	if err := shared.validate(); err != nil {
		return err
	}
	var pacer *export.Pacer
	app, err := newAppWith(ctx, p, shared, logger, wiring{
		client:  client.Config{Attempts: 1}, // the pacer asks again, for all requests together
		present: present.Config{Whole: !f.omitHuge, Budget: exportBudget},
		around: func(api inspect.Fetcher) inspect.Fetcher {
			pacer = export.NewPacer(export.PacerConfig{
				Fetcher: api, Rate: f.rate, Concurrency: f.concurrency, Patience: f.patience, Logger: logger,
			})
			return pacer
		},
	})
	if err != nil {
		return err
	}
	if !app.hasKey {
		return noKey()
	}
	output, err := f.open(p, ids)
	if err != nil {
		return err
	}
	watch := newWatcher(ctx, p, ids, output, f.output)
	c := export.Config{
		Asker: app.inspector, Output: output, Detail: inspect.Detail(f.detail),
		Batch: f.batch, Concurrency: f.concurrency, Shard: shard, Down: pacer.Down, Progress: watch.progress,
	}
	if f.media != "" {
		c.Media, err = export.NewMedia(export.MediaConfig{
			Dir: f.media, Loopback: app.loopback, UserAgent: tools.Name + "/" + version, Logger: logger,
		})
		if err != nil {
			return errors.Join(err, output.Close())
		}
		defer func() { err = errors.Join(err, c.Media.Close()) }()
	}
	counts, err := export.Run(ctx, ids.all, c)
	if closed := output.Close(); err == nil {
		err = closed
	}
	return watch.end(ctx, counts, err)
}

// exportBudget is what a report may take when huge values are left out: nothing else is cut.
const exportBudget = 1 << 30

// open opens the output, which must be none of the inputs.
func (f exportFlags) open(p process, ids *sources) (*export.Output, error) {
	if f.output == "-" {
		return export.NewStream(lineWriter{p.stdout, isTerminal(p.stdout)}), nil
	}
	output, err := export.Open(f.output)
	if err != nil {
		return nil, err
	}
	for _, input := range ids.files {
		if info, err := os.Stat(input); err == nil && output.Is(info) {
			return nil, errors.Join(usage("name another file behind -o", "%s is input and output", input), output.Close())
		}
	}
	return output, nil
}

// lineWriter shows a terminal nothing that it would obey.
type lineWriter struct {
	out      io.Writer
	terminal bool
}

func (w lineWriter) Write(lines []byte) (int, error) {
	shown := lines
	if w.terminal {
		shown = nil
		for line := range bytesLines(lines) {
			shown = append(append(shown, render.VisibleJSON(line)...), '\n')
		}
	}
	if _, err := w.out.Write(shown); err != nil {
		return 0, err
	}
	return len(lines), nil
}

// sources are where ids come from: arguments that hold some, files, and stdin.
type sources struct {
	args  []source
	files []string
}

type source struct {
	ids  []string
	file string
	in   io.Reader
}

func newSources(args []string, stdin io.Reader) (*sources, error) {
	if len(args) == 0 {
		return nil, usage("give files, task ids of the form "+inspect.IDForm+", or - to read stdin", "nothing to take ids from")
	}
	s := &sources{}
	for _, arg := range args {
		id, isID := inspect.ParseID(arg)
		info, err := os.Stat(arg)
		switch {
		case arg == "-":
			s.args = append(s.args, source{in: stdin})
		case isID:
			s.args = append(s.args, source{ids: []string{id}})
		case err == nil && info.IsDir():
			return nil, usage("name its files, such as "+render.Visible(arg)+"/*.log", "%s is a directory", render.Visible(fmt.Sprintf("%.80q", arg)))
		case err == nil:
			s.args, s.files = append(s.args, source{file: arg}), append(s.files, arg)
		case len(inspect.FindIDs(arg)) > 0:
			s.args = append(s.args, source{ids: inspect.FindIDs(arg)})
		default:
			return nil, usage("a task id has 8-4-4-4-12 hexadecimal digits: "+inspect.IDForm+"; a file must be there to be read",
				"%s is neither a file nor a task id", render.Visible(fmt.Sprintf("%.80q", arg)))
		}
	}
	return s, nil
}

// all are the ids, as often as they stand there.
func (s *sources) all(yield func(string, error) bool) {
	for _, one := range s.args {
		for id, err := range one.all() {
			if !yield(id, err) {
				return
			}
		}
	}
}

func (s source) all() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, id := range s.ids {
			if !yield(id, nil) {
				return
			}
		}
		in := s.in
		if s.file != "" {
			file, err := os.Open(s.file)
			if err != nil {
				yield("", err)
				return
			}
			defer file.Close()
			in = file
		}
		if in == nil {
			return
		}
		for id, err := range inspect.ReadIDs(in) {
			if !yield(id, err) {
				return
			}
		}
	}
}

// total counts the ids of files and arguments; ok is false where stdin is among them.
func (s *sources) total(ctx context.Context) (n int, ok bool) {
	for _, one := range s.args {
		if one.in != nil {
			return 0, false
		}
		for _, err := range one.all() {
			if err != nil || ctx.Err() != nil {
				return 0, false
			}
			n++
		}
	}
	return n, true
}
