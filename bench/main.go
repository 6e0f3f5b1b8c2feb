// Command bench measures what mcp-taskdetails costs: in time, memory and tokens. From the root of the repository
//
//	go run ./bench
//
// builds the program, what it was at an earlier commit (-before, before.go) and two floors (bench/floor: the smallest mcp-go
// server for the job; bench/raw: one written by hand without a library), runs them by turns against an API on loopback inside this process, prints the table of medians and
// their ratios to the floors, and writes bench/latest.json and the generated block of bench/performance.md. It takes a few
// minutes, wants an idle machine, and reads memory and processor time from Linux's /proc.
//
//	go run ./bench -export 100000
//
// exports that many tasks, and asks for them with the client alone, which takes some minutes.
//
//	go run ./bench -short
//
// holds only what no machine changes (bytes, tokens, allocations, API requests) against limits.go, in a few seconds,
// and exits with 1 where one is broken. CI runs that. -triage measures triage_tasks against its floor, and nothing else.
//
//	go run ./bench -shapes all [-size 1000000]
//
// makes hostile tasks (shapes.go), every content at every place, and holds what they cost to bounds that are counted
// (work.go): allocations, and, where the program counts its own statements as in CI, those. From 8 MB the peak of the
// heap is held too. With -before COMMIT the shapes are asked of that commit's program and of this one instead, each
// as a process, whose time and memory are printed (wholes.go).
//
// Start reading at [run]. The API is api.go; a server under test is process.go; what is done to all of them is live.go;
// what is measured inside this process is stages.go and growth.go.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var o options
	flag.BoolVar(&o.short, "short", false, "check the figures that no machine changes, and write nothing")
	flag.IntVar(&o.rounds, "rounds", 5, "how often everything is measured")
	flag.IntVar(&o.export, "export", 0, "only export that many tasks, beside the client alone")
	flag.StringVar(&o.json, "json", "bench/latest.json", "file for all figures")
	flag.StringVar(&o.docs, "docs", "bench/performance.md", "file whose generated block is rewritten")
	flag.BoolVar(&o.triage, "triage", false, "only measure triage_tasks against its floor, and write nothing")
	flag.BoolVar(&o.team, "team", false, "only measure serve --http with many callers, beside a plain handler, and write nothing")
	flag.StringVar(&o.shapes, "shapes", "", "only measure the hostile shapes whose names hold one of these `words`, parted by commas, or all, and write nothing")
	flag.IntVar(&o.size, "size", 40_000, "of -shapes: the smaller size in bytes; the other is 16 times that")
	flag.StringVar(&o.before, "before", "", "`commit` whose program is measured beside this one; default is "+beginning+", but with -shapes nothing")
	flag.DurationVar(&o.limit, "limit", time.Minute, "of -shapes with -before: how long a call may take")
	flag.StringVar(&o.profile, "profile", "", "only profile the server, inside this process, into that file for `go tool pprof`")
	flag.Parse()
	if err := run(ctx, o, os.Stdout, os.Stderr); err != nil { //nolint:forbidigo // this is a main
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1) //nolint:forbidigo // this is a main
	}
}

type options struct {
	short      bool
	rounds     int
	export     int
	json, docs string
	profile    string
	triage     bool
	team       bool
	shapes     string
	size       int
	before     string
	limit      time.Duration
}

var errBroken = errors.New("limits are broken")

func run(ctx context.Context, o options, out, progress io.Writer) error {
	if o.shapes != "" {
		if o.before != "" {
			return printWholes(ctx, out, o)
		}
		return printWork(ctx, out, []int{o.size, shapeFactor * o.size}, o.shapes)
	}
	api, err := startAPI(ctx)
	if err != nil {
		return err
	}
	if o.profile != "" {
		file, err := os.Create(o.profile)
		if err != nil {
			return err
		}
		defer file.Close()
		return profiled(ctx, api, file)
	}
	programs, clean, err := build(ctx, o.short || o.triage || o.team || o.export > 0)
	if err != nil {
		return err
	}
	defer clean()

	if o.triage {
		r := &results{}
		if r.Triages, err = triages(ctx, api, programs[0]); err != nil {
			return err
		}
		r.triageMarkdown(func(format string, args ...any) { _, _ = fmt.Fprintf(out, format+"\n", args...) })
		return nil
	}
	if o.team {
		t, err := measureTeam(ctx, programs[0])
		t.print(out)
		return err
	}
	if o.export > 0 {
		all, err := exports(ctx, api, programs[0], o.export)
		printExports(out, all)
		return err
	}
	if o.short {
		return short(ctx, out, api, programs[0])
	}
	o.before = cmp.Or(o.before, beginning)
	switch before, clean, err := buildBefore(ctx, o.before); {
	case errors.Is(err, errNoBefore):
		_, _ = fmt.Fprintln(progress, "bench: nothing earlier is measured:", err)
		o.before = "not measured"
	case err != nil:
		return err
	default:
		defer clean()
		programs = append(programs, before)
	}
	r := &results{When: time.Now().UTC().Format("2006-01-02 15:04 UTC"), Machine: machine(), Rounds: o.rounds, Before: o.before}
	step := func(name string) { _, _ = fmt.Fprintln(progress, name) }
	if r.Binary, err = binarySize(ctx, programs[0].path); err != nil {
		return err
	}
	step("answers")
	if r.Answers, err = answers(ctx, api, programs[0]); err != nil {
		return err
	}
	if r.Requests, err = requests(ctx, api, programs[0]); err != nil {
		return err
	}
	step("live")
	if r.Live, err = live(ctx, api, programs, o.rounds, step); err != nil {
		return err
	}
	for n, p := range programs {
		if p.tree != "" {
			r.Live.add("allocations", n, allocations(ctx, p.tree))
		}
	}
	step("batches of the command line")
	if r.Batches, err = batches(ctx, api, programs[0]); err != nil {
		return err
	}
	step("triage")
	if r.Triages, err = triages(ctx, api, programs[0]); err != nil {
		return err
	}
	step("exports")
	if r.Exports, err = exports(ctx, api, programs[0], 100_000); err != nil {
		return err
	}
	step("stages")
	if r.Stages, err = stages(ctx, api); err != nil {
		return err
	}
	step("growth")
	r.Growth = growth(ctx)
	step("profile")
	if r.Profile, err = profile(ctx, api); err != nil {
		return err
	}
	return r.publish(o, out)
}
