package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"time"
)

// This file asks whole programs for hostile tasks: an earlier commit's cannot count its work for us.

// quickShape is what a call may take before its growth says anything: below it, starting costs and noise do.
const quickShape = 100 * time.Millisecond

// maxClockExponent is wider than the bound of what is counted: a clock hears the rest of the machine.
const maxClockExponent = 1.25

var errOverLimit = errors.New("no answer in time")

// quicker asks twice where that takes no time, and keeps the less: whatever else the machine does only ever adds.
func (w *worker) quicker(ctx context.Context, p program, h hostile, n int, limit time.Duration) (spent, error) {
	s, err := w.whole(ctx, p, h, n, limit)
	if err != nil || s.time > 10*quickShape {
		return s, err
	}
	again, err := w.whole(ctx, p, h, n, limit)
	s.time, s.peak = min(s.time, again.time), min(s.peak, again.peak)
	return s, err
}

// whole asks a fresh process for a shape of n bytes. The call before, for another id, pays for connections.
func (w *worker) whole(ctx context.Context, p program, h hostile, n int, limit time.Duration) (s spent, err error) {
	if s.size, err = w.offer(h, n); err != nil {
		return s, err
	}
	proc, _, err := start(ctx, &api{url: w.url + "/v1", schemas: w.url}, p)
	if err != nil {
		return s, err
	}
	defer func() {
		_ = proc.cmd.Process.Kill()
		_ = proc.stop()
	}()
	idle := proc.memory("VmRSS")
	answered, began := proc.send("tools/call", toolCall(imageID, ""))
	select {
	case r := <-answered:
		s.time, s.peak = r.when.Sub(began), proc.memory("VmHWM")-idle
		return s, r.err
	case <-time.After(limit):
		s.time, s.peak = limit, proc.memory("VmHWM")-idle
		return s, errOverLimit
	}
}

// wholes is what a shape cost a program at two sizes.
type wholes struct {
	small, large spent
	err          error // of the larger, or of the smaller and then there is no larger
}

func (w *worker) wholes(ctx context.Context, p program, h hostile, o options) (g wholes) {
	if g.small, g.err = w.quicker(ctx, p, h, o.size, o.limit); g.err == nil {
		g.large, g.err = w.quicker(ctx, p, h, shapeFactor*o.size, o.limit)
	} else {
		g.large = g.small
	}
	return g
}

// cells are time, exponent and peak of a program, what breaks a bound in bold, and whether anything does.
func (g wholes) cells() (cells string, broken bool) {
	peak := g.large.peak / g.large.size
	mark := func(text string, over bool) string {
		if over {
			broken = true
			return "**" + text + "**"
		}
		return text
	}
	took, grows := fmt.Sprintf("%.2f s", g.large.time.Seconds()), 0.0
	switch {
	case errors.Is(g.err, errOverLimit):
		took = fmt.Sprintf("over %.0f s", g.large.time.Seconds())
	case g.err != nil:
		took = g.err.Error()
	}
	exponent := ""
	if g.large.size > g.small.size {
		grows = math.Log(float64(g.large.time)/float64(g.small.time)) / math.Log(g.large.size/g.small.size)
		exponent = fmt.Sprintf("%.2f", grows)
		if g.err != nil {
			exponent = "≥ " + exponent
		}
	}
	return fmt.Sprintf("%s | %s | %s", mark(took, g.err != nil), mark(exponent, grows > maxClockExponent && g.large.time > quickShape),
		mark(fmt.Sprintf("%.1f", peak), (g.large.peak-fixedPeak)/g.large.size > maxShapePeak)), broken
}

// printWholes asks an earlier program and this one for shapes, and prints a row of each.
func printWholes(ctx context.Context, out io.Writer, o options) error {
	w, err := newWorker(ctx)
	if err != nil {
		return err
	}
	programs, clean, err := build(ctx, true)
	if err != nil {
		return err
	}
	defer clean()
	before, cleanBefore, err := buildBefore(ctx, o.before)
	if err != nil {
		return err
	}
	defer cleanBefore()
	_, _ = fmt.Fprintf(out, "| shape | reply | before: time | exponent | peak | now: time | exponent | peak |\n|---|--:|--:|--:|--:|--:|--:|--:|\n")
	var shapes, brokenBefore, brokenNow int
	for _, h := range shapesOf(o.shapes) {
		size, err := w.offer(h, shapeFactor*o.size)
		if err != nil {
			return fmt.Errorf("%s: %w", h.name, err)
		}
		old, wasBroken := w.wholes(ctx, before, h, o).cells()
		now, isBroken := w.wholes(ctx, programs[ours], h, o).cells()
		_, _ = fmt.Fprintf(out, "| %s | %.1f MB | %s | %s |\n", h.name, size/1e6, old, now)
		shapes++
		if wasBroken {
			brokenBefore++
		}
		if isBroken {
			brokenNow++
		}
	}
	_, _ = fmt.Fprintf(out, "\n%d shapes; out of bounds: %d before, %d now\n", shapes, brokenBefore, brokenNow)
	if brokenNow > 0 {
		return fmt.Errorf("%d %w", brokenNow, errBroken)
	}
	return nil
}
