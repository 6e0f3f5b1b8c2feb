package main

import (
	"bytes"
	"fmt"
	"strings"
)

// row is one line of the table: a figure of each program, and how ours compares.
type row struct {
	Name   string    `json:"name"`
	Unit   string    `json:"unit"`
	Values []float64 `json:"values"` // by program
	Target string    `json:"target,omitempty"`
	Ratio  float64   `json:"ratio,omitempty"` // what the target is about
	Met    bool      `json:"met,omitempty"`
}

// line says how a row comes from the samples.
type line struct {
	name, unit string
	sample     string
	quantile   float64
	against    int // the program that the target compares with, or ownSize
	factor     float64
	atLeast    bool
}

const (
	noTarget = -1
	ownSize  = -2 // the target is a multiple of the reply's own size
)

// lines is the table, with the targets.
func lines() []line {
	const ms, mib = "ms", "MiB"
	all := []line{
		{"start to `initialize`", ms, "start", 0.5, floor5, 1.15, false},
		{"first call", ms, "first", 0.5, noTarget, 0, false},
		{"warm call of a failed task, p50", ms, "warm", 0.5, floor5, 1.25, false},
		{"warm call, p99", ms, "warm", 0.99, noTarget, 0, false},
		{"16 in flight, API at once", "calls/s", "rate, 16 in flight, 0 ms", 0.5, noTarget, 0, false},
		{"64 in flight, API at once", "calls/s", "rate, 64 in flight, 0 ms", 0.5, noTarget, 0, false},
		{"64 in flight, API at once, p99", ms, "time, 64 in flight, 0 ms", 0.99, floor100, 1.5, false},
		{"16 in flight, API 20 ms", "calls/s", "rate, 16 in flight, 20 ms", 0.5, raw, 0.97, true},
		{"64 in flight, API 20 ms", "calls/s", "rate, 64 in flight, 20 ms", 0.5, noTarget, 0, false},
		{"64 in flight, API 20 ms, p99", ms, "time, 64 in flight, 20 ms", 0.99, floor100, 1.5, false},
		{"processor time a call", ms, "cpu", 0.5, noTarget, 0, false},
		{"idle memory", mib, "idle", 0.5, floor5, 1.3, false},
		{"peak memory of the small calls above", mib, "peak", 0.5, noTarget, 0, false},
		{"memory after them", mib, "after load", 0.5, floor100, 1.6, false},
		{"peak of a reply of 10 MB after them", mib, "large after load", 0.5, floor100, 1, false},
		{"`tools/list`", "bytes", "tools/list", 0.5, noTarget, 0, false},
	}
	for i, size := range sizes {
		name := fmt.Sprintf("reply of %d MB, ", size/1_000_000)
		reply := []line{
			{name + "time", ms, name + "time", 0.5, noTarget, 0, false},
			{name + "peak", mib, name + "peak", 0.5, noTarget, 0, false},
			{name + "bytes to the agent", "bytes", name + "bytes", 0.5, noTarget, 0, false},
		}
		if i > 0 {
			reply[0].against, reply[0].factor = raw, 1.2
			reply[1].against, reply[1].factor = ownSize-i, 4
		}
		all = append(all, reply...)
	}
	return all
}

func table(s *samples) []row {
	var rows []row
	for _, l := range lines() {
		r := row{Name: l.name, Unit: l.unit}
		for n := range s.programs {
			v := s.quantile(l.sample, n, l.quantile)
			if l.unit == "MiB" {
				v /= 1 << 20
			}
			r.Values = append(r.Values, v)
		}
		switch {
		case l.against <= ownSize:
			r.Ratio = r.Values[ours] * (1 << 20) / float64(sizes[ownSize-l.against])
			r.Target = fmt.Sprintf("≤ %g × the reply", l.factor)
		case l.against >= 0:
			r.Ratio = r.Values[ours] / r.Values[l.against]
			r.Target = fmt.Sprintf("≤ %g × %s", l.factor, columns[l.against])
			if l.atLeast {
				r.Target = strings.Replace(r.Target, "≤", "≥", 1)
			}
		}
		r.Met = r.Target != "" && (r.Ratio <= l.factor) != l.atLeast
		rows = append(rows, r)
	}
	return rows
}

var columns = [...]string{"ours", "mcp-go (5)", "mcp-go (100)", "raw"} //nolint:gochecknoglobals // a table

// markdown renders everything for the page.
func (r *results) markdown() []byte {
	var b bytes.Buffer
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("%s; %s; medians of %d rounds. Program of %.1f MB, %.1f MB without debugging tables.\n", r.When, r.Machine, r.Rounds,
		float64(r.Binary.Built)/1e6, float64(r.Binary.Stripped)/1e6)
	say("| | | %s | to mcp-go (5) | to mcp-go (100) | to raw | target | |\n|---|---|--:|--:|--:|--:|--:|--:|--:|---|---|", strings.Join(columns[:], " | "))
	for _, row := range r.Table {
		cells := []string{row.Name, row.Unit}
		for _, v := range row.Values {
			cells = append(cells, figure(v, row.Unit))
		}
		for _, against := range []int{floor5, floor100, raw} {
			cells = append(cells, fmt.Sprintf("%.2f", row.Values[ours]/row.Values[against]))
		}
		verdict := ""
		if row.Target != "" {
			verdict = fmt.Sprintf("missed: %.2f", row.Ratio)
			if row.Met {
				verdict = fmt.Sprintf("met: %.2f", row.Ratio)
			}
		}
		say("| %s | %s | %s |", strings.Join(cells, " | "), row.Target, verdict)
	}
	r.answersMarkdown(say)
	r.growthMarkdown(say)
	r.triageMarkdown(say)
	say("\nWhere the processor time of a call goes (in part counted again in what calls it), 16 in flight:\n\n```\n%s\n```", r.Profile)
	return b.Bytes()
}

func (r *results) answersMarkdown(say func(string, ...any)) {
	say("\nWhat an answer puts into a context: bytes of one form of it, and tokens as bench/tokens.go estimates them.\n")
	say("| task | status | findings | request and response | full | | to the originals | diagnosis | |\n|---|---|--:|--:|--:|--:|--:|--:|--:|")
	for _, c := range r.Answers {
		say("| %s | %s | %d | %d B | %d B | %d tokens | %.2f | %d B | %d tokens |", c.Task, c.Status, c.Findings, c.Original,
			c.Full.Bytes, c.Full.Tokens, float64(c.Full.Bytes)/float64(c.Original), c.Diagnosis.Bytes, c.Diagnosis.Tokens)
	}
	say("\nAPI requests: %d for %d identical lookups in flight, %d for as many of one finished task, %d for as many different ones.",
		r.Requests.Identical, lookups, r.Requests.Kept, r.Requests.Different)
}

func (r *results) growthMarkdown(say func(string, ...any)) {
	say("\nOne call for the documentation's failed task, stage by stage, inside one process:\n")
	say("| stage | µs | allocations | allocated |\n|---|--:|--:|--:|")
	for _, s := range r.Stages {
		say("| %s | %.1f | %d | %d B |", s.Name, s.Time, s.Allocs, s.Bytes)
	}
	say("\nAs a task grows; the exponents are those of the last two decades, 1 is linear:\n")
	say("| stage | task | 10 kB | 100 kB | 1 MB | 10 MB | exponent of time | of memory | MB/s at 10 MB |\n|---|---|--:|--:|--:|--:|--:|--:|--:|")
	for _, g := range r.Growth {
		var times []string
		for _, t := range g.Time {
			times = append(times, figure(t/1000, "ms")+" ms")
		}
		last := len(g.Time) - 1
		say("| %s | %s | %s | %.2f | %.2f | %.0f |", g.Stage, g.Shape, strings.Join(times, " | "), g.Exponent, g.Memory, g.Bytes[last]/g.Time[last])
	}
	say("\nAs ids on the command line grow (`get --json -`):\n\n| ids | API requests | time | peak |\n|--:|--:|--:|--:|")
	for _, c := range r.Batches {
		say("| %d | %d | %.0f ms | %.1f MiB |", c.Tasks, c.Requests, c.Time, c.Peak/(1<<20))
	}
}

// figure shows three digits of what varies and all of what does not.
func figure(v float64, unit string) string {
	switch {
	case unit == "bytes" || v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	case v >= 1:
		return fmt.Sprintf("%.2f", v)
	default:
		return fmt.Sprintf("%.3f", v)
	}
}
