package main

import (
	"context"
	"fmt"
	"io"
	"testing"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
)

// The limits that -short holds. Targets of bench/performance.md stand as they are; the others are today's figures with
// room for a small change, so that a large one is noticed. Whoever raises one says why.
const (
	maxDefinitions     = 18_000 // bytes of tools/list, of all tools
	maxDiagnosisTokens = 425    // detail: "diagnosis" of a failure with one finding; the target is 350
	maxLargeTokens     = 2_000  // the task of 10 MB, in full
	maxFullRatio       = 2.1    // full answer of the documentation's failed task, to its request and response; the target is 1.6
	maxGrowth          = 1.15   // exponent of the bytes allocated as a task grows
	maxSecond          = 0.6    // allocations of a second call for a task, to the first
	maxPiece           = 0.01   // bytes allocated for a piece of a large value, to the value

	// What hosts keep in a conversation (code.claude.com/docs/en/mcp): some count both copies of an answer, and all warn before.
	maxBothTokens     = 25_000
	maxBothCharacters = 50_000
	maxWarned         = 10_000 // tokens of one copy
)

// maxAllocs are allocations for the documentation's failed task, by the names of steps.
//
//nolint:gochecknoglobals // a table
var maxAllocs = map[string]float64{
	"normalise":                 16,
	"diagnose without a schema": 300,
	// One pass of the validator over a schema of the published size takes 180 of these (profile of alloc_objects).
	"diagnose with its schema":       540,
	"present":                        60,
	"marshal":                        4,
	"inspect (all but the exchange)": 600,
	"inspect, a second call":         20,
	"inspect, size list":             1050,
	"inspect, image of 10 MB":        150,
	"inspect, a piece of it":         30,
}

// checks counts what holds and tells what does not.
type checks struct {
	out    io.Writer
	broken int
}

func (c *checks) most(what string, got, limit float64) {
	verdict := "ok    "
	if got > limit {
		verdict = "BROKEN"
		c.broken++
	}
	_, _ = fmt.Fprintf(c.out, "%s  %-58s %10.5g of at most %.5g\n", verdict, what, got, limit)
}

// short checks what does not depend on the machine.
func short(ctx context.Context, out io.Writer, a *api, p program) error {
	c := &checks{out: out}
	if err := c.answers(ctx, a, p); err != nil {
		return err
	}
	n, err := requests(ctx, a, p)
	if err != nil {
		return err
	}
	c.most("API requests for 16 identical lookups in flight", float64(n.Identical), 2) // what is recorded, and what it does now
	c.most("API requests for 16 lookups of one finished task", float64(n.Kept), 1)
	c.most("API requests for 16 different lookups in flight", float64(n.Different), lookups)
	sorted, err := triage(ctx, a, p, 60, 1, 0)
	if err != nil {
		return err
	}
	c.most("API requests for a triage of 60", float64(sorted.Requests), 60/perRequest)
	c.most("reply to a triage of 60, bytes, both forms", float64(sorted.Bytes), 2*16_000)
	if err := c.allocations(ctx, a); err != nil {
		return err
	}
	c.growth(ctx)
	if c.broken > 0 {
		return fmt.Errorf("%d %w", c.broken, errBroken)
	}
	return nil
}

func (c *checks) answers(ctx context.Context, a *api, p program) error {
	proc, _, err := start(ctx, a, p)
	if err != nil {
		return err
	}
	list, s := proc.ask("tools/list", `{}`), newSamples(1)
	if err := s.definition(list, ours); err != nil {
		return err
	}
	c.most("tools/list, bytes", float64(list.bytes), maxDefinitions)
	c.most("closed sets that get_task_details says again, bytes", s.median("said again", ours), 0)
	if err := proc.stop(); err != nil {
		return err
	}
	costs, err := answers(ctx, a, p)
	if err != nil {
		return err
	}
	for _, cost := range costs {
		switch {
		case cost.Task == "image of 10 MB":
			c.most(cost.Task+", full, tokens", float64(cost.Full.Tokens), maxLargeTokens)
		case cost.Findings == 1:
			c.most(cost.Task+", diagnosis, tokens", float64(cost.Diagnosis.Tokens), maxDiagnosisTokens)
		}
		if cost.Task == "documentation-reference-images" || cost.Task == manyResults {
			c.most(cost.Task+", full, tokens", float64(cost.Full.Tokens), maxWarned)
			c.most(cost.Task+", both copies, tokens", 2*float64(cost.Full.Tokens), maxBothTokens)
			c.most(cost.Task+", both copies, characters", float64(cost.Full.Line), maxBothCharacters)
		}
		if cost.Task == "documentation-reference-images" {
			c.most(cost.Task+", full, to its originals", float64(cost.Full.Bytes)/float64(cost.Original), maxFullRatio)
		}
	}
	return nil
}

func (c *checks) allocations(ctx context.Context, a *api) error {
	_, pure, err := steps(ctx, a)
	if err != nil {
		return err
	}
	if err := c.again(ctx, a); err != nil {
		return err
	}
	for _, s := range pure {
		c.most(s.name+", allocations", testing.AllocsPerRun(200, s.do), maxAllocs[s.name])
	}
	return nil
}

// again compares what comes after the first call for a task with it.
func (c *checks) again(ctx context.Context, a *api) error {
	small, err := newKept(ctx, a, a.named("documentation-reference-images"))
	if err != nil {
		return err
	}
	c.most("second call, allocations to the first", testing.AllocsPerRun(200, small.again)/testing.AllocsPerRun(200, small.first), maxSecond)
	large, err := newKept(ctx, a, a.named("image of 10 MB"))
	if err != nil {
		return err
	}
	large.again()
	var g growing
	g.measure(0, 0, func() { large.ask(inspect.Options{Pointer: "/response/data/0/imageBase64Data"}) })
	c.most("piece of 10 MB, allocated bytes to the value", g.Alloc[0]/10e6, maxPiece)
	return nil
}

func (c *checks) growth(ctx context.Context) {
	presenter := present.New(present.Config{})
	for _, shape := range shapes {
		var diagnosing, presenting growing
		for _, n := range grown[:3] {
			diagnosing.both(ctx, &presenting, presenter, shape.task(n), 0)
		}
		c.most("diagnose, "+shape.name+", exponent of allocated bytes", exponent(diagnosing.Bytes, diagnosing.Alloc), maxGrowth)
		c.most("present, "+shape.name+", exponent of allocated bytes", exponent(presenting.Bytes, presenting.Alloc), maxGrowth)
	}
}
