package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"sync"
	"time"
)

// How much of each measurement a round holds.
const (
	startsPerRound = 8
	warmUp         = 64
	warmTurns      = 4 // of each measurement below, the servers taking turns
	warmPerTurn    = 60
	callsQuick     = 300
	callsPer20ms   = 8 // times the number in flight
	callsFarAway   = 10
)

const (
	latency = 20 * time.Millisecond
	farAway = 150 * time.Millisecond // what users have
)

// live measures the programs as processes. Within a round they take turns, so that whatever else the machine does
// falls on all of them alike.
func live(ctx context.Context, a *api, programs []program, rounds int, step func(string)) (*samples, error) {
	s := newSamples(len(programs))
	for round := range rounds {
		step(fmt.Sprintf("  round %d", round+1))
		for n := range startsPerRound * len(programs) {
			if err := starts(ctx, a, s, (n+round)%len(programs), programs); err != nil {
				return nil, err
			}
		}
		if err := warm(ctx, a, s, programs); err != nil {
			return nil, err
		}
		for size := range sizes {
			for n := range programs {
				if err := large(ctx, a, s, size, (n+round)%len(programs), programs); err != nil {
					return nil, err
				}
			}
		}
	}
	return s, nil
}

// starts measures one start, the first call, and what the process weighs once it is idle.
func starts(ctx context.Context, a *api, s *samples, n int, programs []program) error {
	p, took, err := start(ctx, a, programs[n])
	if err != nil {
		return err
	}
	s.add("start", n, milliseconds(took))
	if err := s.definition(p.ask("tools/list", `{}`), n); err != nil {
		return err
	}
	time.Sleep(30 * time.Millisecond)
	s.add("idle", n, p.memory("VmRSS"))
	r, took := p.call(a.id(0), "")
	if r.err != nil {
		return fmt.Errorf("%s: %w", programs[n].name, r.err)
	}
	s.add("first", n, milliseconds(took))
	return p.stop()
}

// enumerations are the closed sets of a tool's definition.
var enumerations = regexp.MustCompile(`"enum":\[[^\]]*\]`)

// definition measures what a host reads of get_task_details, and how much of it are closed sets that stood there before.
func (s *samples) definition(list answer, n int) error {
	var reply struct {
		Result struct {
			Tools []json.RawMessage `json:"tools"`
		} `json:"result"`
	}
	if err := json.Unmarshal(list.line, &reply); err != nil {
		return fmt.Errorf("tools/list: %w", err)
	}
	s.add("tools/list", n, float64(list.bytes))
	for _, tool := range reply.Result.Tools {
		if !bytes.Contains(tool, []byte(`"name":"get_task_details"`)) {
			continue
		}
		seen, again := map[string]bool{}, 0
		for _, set := range enumerations.FindAll(tool, -1) {
			if seen[string(set)] {
				again += len(set)
			}
			seen[string(set)] = true
		}
		s.add("definition", n, float64(len(tool)))
		s.add("said again", n, float64(again))
	}
	return nil
}

// warm runs all programs side by side, each busy in its turn.
func warm(ctx context.Context, a *api, s *samples, programs []program) error {
	running := make([]*process, len(programs))
	for n, program := range programs {
		p, _, err := start(ctx, a, program)
		if err != nil {
			return err
		}
		running[n] = p
		for range warmUp {
			p.call(a.id(0), "")
		}
	}
	for turn := range warmTurns {
		for i := range running {
			n := (i + turn) % len(running)
			if err := s.alone(a, running[n], n); err != nil {
				return fmt.Errorf("%s: %w", programs[n].name, err)
			}
		}
		for _, inFlight := range []int{16, 64} {
			for _, wait := range []time.Duration{0, latency} {
				for i := range running {
					n := (i + turn) % len(running)
					if n != floor5 || wait == 0 { // five workers of 16 or 64 callers wait for each other
						s.burst(a, running[n], n, inFlight, wait)
					}
				}
			}
		}
	}
	a.latency.Store(int64(farAway))
	for range callsFarAway {
		for n, p := range running {
			_, took := p.call(a.id(0), "")
			s.add("far away", n, milliseconds(took))
		}
	}
	a.latency.Store(0)
	for n, p := range running {
		s.add("peak", n, p.memory("VmHWM"))
		s.add("after load", n, p.memory("VmRSS"))
		if r, _ := p.call(a.id(a.named("image of 10 MB")), ""); r.err != nil {
			return fmt.Errorf("%s: %w", programs[n].name, r.err)
		}
		s.add("large after load", n, p.memory("VmHWM"))
		if err := p.stop(); err != nil {
			return fmt.Errorf("%s: %w", programs[n].name, err)
		}
	}
	return nil
}

// alone measures calls one after the other: of tasks that nobody asked for, and of each of them again.
func (s *samples) alone(a *api, p *process, n int) error {
	var first, again []float64
	for range warmPerTurn {
		id := a.id(0)
		for _, times := range []*[]float64{&first, &again} {
			r, took := p.call(id, "")
			if r.err != nil {
				return r.err
			}
			*times = append(*times, milliseconds(took))
		}
	}
	s.add("warm", n, quantile(first, 0.5))
	s.add("again", n, quantile(again, 0.5)/quantile(first, 0.5))
	return nil
}

// burst keeps so many calls in flight at an API that takes that long.
func (s *samples) burst(a *api, p *process, n, inFlight int, wait time.Duration) {
	calls := callsQuick
	if wait > 0 {
		calls = inFlight * callsPer20ms
	}
	a.latency.Store(int64(wait))
	defer a.latency.Store(0)
	key := fmt.Sprintf("%d in flight, %d ms", inFlight, wait.Milliseconds())
	window := make(chan struct{}, inFlight)
	took := make([]float64, calls)
	var group sync.WaitGroup
	before, began := p.cpu(), time.Now()
	for i := range calls {
		window <- struct{}{}
		waiting, sent := p.send("tools/call", toolCall(a.id(0), ""))
		group.Go(func() {
			r := <-waiting
			took[i] = milliseconds(r.when.Sub(sent))
			<-window
		})
	}
	group.Wait()
	s.add("rate, "+key, n, float64(calls)/time.Since(began).Seconds())
	s.add("p99, "+key, n, quantile(took, 0.99))
	s.add("cpu, "+key, n, milliseconds(p.cpu()-before)/float64(calls))
}

// large asks a fresh process, warmed by one small call, for a task with a large image.
func large(ctx context.Context, a *api, s *samples, size, n int, programs []program) error {
	p, _, err := start(ctx, a, programs[n])
	if err != nil {
		return err
	}
	p.call(a.id(0), "")
	name := fmt.Sprintf("%d MB", sizes[size]/1_000_000)
	r, took := p.call(a.id(a.named("image of "+name)), "")
	if r.err != nil {
		return fmt.Errorf("%s: %s: %w", programs[n].name, name, r.err)
	}
	s.add("reply of "+name+", time", n, milliseconds(took))
	s.add("reply of "+name+", peak", n, p.memory("VmHWM"))
	s.add("reply of "+name+", peak to it", n, p.memory("VmHWM")/float64(sizes[size]))
	s.add("reply of "+name+", bytes", n, float64(r.bytes))
	return p.stop()
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
