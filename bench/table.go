package main

import (
	"bytes"
	"fmt"
	"strings"
)

// row is one line of the table: a figure of each program, and how ours and the earlier one compare.
type row struct {
	Name   string    `json:"name"`
	Unit   string    `json:"unit"`
	Values []float64 `json:"values"`           // by program; 0 where it was not measured
	To     string    `json:"to,omitempty"`     // what the ratios are to
	Before float64   `json:"before,omitempty"` // ratio of the earlier program
	Ratio  float64   `json:"ratio,omitempty"`
	Target string    `json:"target,omitempty"`
	Met    bool      `json:"met,omitempty"`
}

// line says how a row comes from the samples.
type line struct {
	name, unit string
	sample     string
	to         int // the program that ours is compared with, or itself: then the figure is held, and no ratio
	target     float64
	atLeast    bool
}

const itself = -1

// lines is the table, with the targets; 0 is none.
func lines() []line {
	const ms, mib, rate = "ms", "MiB", "calls/s"
	all := []line{
		{"start to `initialize`", ms, "start", floor5, 1.10, false},
		{"first call", ms, "first", floor5, 0, false},
		{"warm call of a failed task, p50", ms, "warm", floor5, 2, false},
		{"the same task again, to the first call", "×", "again", itself, 0.6, false},
		{"warm call, API 150 ms, p50", ms, "far away", floor5, 1.01, false},
		{"16 in flight, API at once", rate, "rate, 16 in flight, 0 ms", floor100, 0, false},
		{"16 in flight, API at once, processor time a call", ms, "cpu, 16 in flight, 0 ms", earlier, 0.65, false},
		{"64 in flight, API at once", rate, "rate, 64 in flight, 0 ms", floor100, 0, false},
		{"16 in flight, API 20 ms", rate, "rate, 16 in flight, 20 ms", floor100, 0.95, true},
		{"64 in flight, API 20 ms", rate, "rate, 64 in flight, 20 ms", floor100, 0, false},
		{"64 in flight, API 20 ms, p99", ms, "p99, 64 in flight, 20 ms", floor100, 1.4, false},
		{"allocations of a call but for the exchange", "", "allocations", itself, 600, false},
		{"idle memory", mib, "idle", floor5, 0, false},
		{"peak memory of the small calls above", mib, "peak", floor100, 0, false},
		{"memory after them", mib, "after load", floor100, 1.6, false},
		{"peak of a reply of 10 MB after them", mib, "large after load", floor100, 1, false},
		{"`tools/list`, all tools", "bytes", "tools/list", itself, 0, false},
		{"`get_task_details` in it", "bytes", "definition", itself, 0, false},
		{"closed sets that it says again", "bytes", "said again", itself, 0, false},
	}
	for i, size := range sizes {
		name := fmt.Sprintf("reply of %d MB, ", size/1_000_000)
		reply := []line{
			{name + "time", ms, name + "time", raw, 0, false},
			{name + "peak", mib, name + "peak", raw, 0, false},
			{name + "peak to it", "×", name + "peak to it", itself, 0, false},
			{name + "bytes to the agent", "bytes", name + "bytes", raw, 0, false},
		}
		if i > 0 { // less is mostly the program itself
			reply[0].target, reply[2].target = 1.2, 4
		}
		all = append(all, reply...)
	}
	return all
}

func table(s *samples) []row {
	var rows []row
	for _, l := range lines() {
		r := row{Name: l.name, Unit: l.unit}
		for n := range columns {
			v := s.median(l.sample, n)
			if l.unit == "MiB" {
				v /= 1 << 20
			}
			r.Values = append(r.Values, v)
		}
		held, to := r.Values[ours], ""
		if l.to != itself {
			r.Before, r.Ratio = s.ratio(l.sample, earlier, l.to), s.ratio(l.sample, ours, l.to)
			r.To, held, to = columns[l.to], r.Ratio, " × "+columns[l.to]
		}
		if l.target > 0 && held > 0 {
			sign := "≤"
			if l.atLeast {
				sign = "≥"
			}
			r.Target = fmt.Sprintf("%s %g%s", sign, l.target, to)
			r.Met = (held <= l.target) != l.atLeast
		}
		rows = append(rows, r)
	}
	return rows
}

var columns = [...]string{"now", "mcp-go (5)", "mcp-go (100)", "raw", "before"} //nolint:gochecknoglobals // a table

// markdown renders everything for the page.
func (r *results) markdown() []byte {
	var b bytes.Buffer
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("%s; %s; medians of %d rounds; before is %s. Program of %.1f MB, %.1f MB without debugging tables.\n", r.When, r.Machine, r.Rounds, r.Before,
		float64(r.Binary.Built)/1e6, float64(r.Binary.Stripped)/1e6)
	say("| | | mcp-go (5) | mcp-go (100) | raw | before | now | before, ratio | now, ratio | target | |\n|---|---|--:|--:|--:|--:|--:|--:|--:|---|---|")
	for _, row := range r.Table {
		cells := []string{row.Name, row.Unit}
		for _, n := range []int{floor5, floor100, raw, earlier, ours} {
			cells = append(cells, figure(row.Values[n], row.Unit))
		}
		for _, v := range []float64{row.Before, row.Ratio} {
			cell := ""
			if v > 0 {
				cell = fmt.Sprintf("%.2f", v)
			}
			cells = append(cells, cell)
		}
		verdict := ""
		switch {
		case row.Target != "" && row.Met:
			verdict = "met"
		case row.Target != "":
			verdict = "missed"
		case row.To != "":
			row.Target = "to " + row.To
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
	r.exports(say)
}

// exports are held to the client alone where the API answers as one over the internet does.
func (r *results) exports(say func(format string, args ...any)) {
	say("\nAn export to a zstd file, beside the client alone that asks for the same batches and drops them; the target is 0.70 at 50 ms.\n")
	say("| tasks | API | tasks/s | the client alone | ratio | memory at 10 %% | 50 %% | 100 %% |\n|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, e := range r.Exports {
		say("| %d | %.0f ms | %.0f | %.0f | %.2f | %.1f MiB | %.1f MiB | %.1f MiB |",
			e.Tasks, e.Latency, e.Ours, e.Raw, e.Ratio, mebibytes(e.Memory[0]), mebibytes(e.Memory[1]), mebibytes(e.Memory[2]))
	}
}

// figure shows three digits of what varies and all of what does not.
func figure(v float64, unit string) string {
	switch {
	case v == 0:
		return ""
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
