package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// How much of each measurement a round holds.
const (
	startsPerRound = 8
	warmUp         = 64
	warmTurns      = 6  // of warm calls, the servers taking turns
	warmPerTurn    = 60 // calls
	callsQuick     = 1200
	callsPer20ms   = 12 // times the number in flight
)

const latency = 20 * time.Millisecond

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
	list := p.ask("tools/list", `{}`)
	s.add("tools/list", n, float64(list.bytes))
	time.Sleep(30 * time.Millisecond)
	s.add("idle", n, p.memory("VmRSS"))
	r, took := p.call(a.id(0), "")
	if r.err != nil {
		return fmt.Errorf("%s: %w", programs[n].name, r.err)
	}
	s.add("first", n, milliseconds(took))
	return p.stop()
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
	for range warmTurns {
		for n, p := range running {
			for range warmPerTurn {
				r, took := p.call(a.id(0), "")
				if r.err != nil {
					return fmt.Errorf("%s: %w", programs[n].name, r.err)
				}
				s.add("warm", n, milliseconds(took))
			}
		}
	}
	for _, inFlight := range []int{16, 64} {
		for _, wait := range []time.Duration{0, latency} {
			calls := callsQuick
			if wait > 0 {
				calls = inFlight * callsPer20ms
			}
			a.latency.Store(int64(wait))
			for n, p := range running {
				before := p.cpu()
				rate, took := burst(a, p, calls, inFlight)
				key := fmt.Sprintf("%d in flight, %d ms", inFlight, wait.Milliseconds())
				s.add("rate, "+key, n, rate)
				for _, one := range took {
					s.add("time, "+key, n, milliseconds(one))
				}
				if inFlight == 16 && wait == 0 {
					s.add("cpu", n, milliseconds(p.cpu()-before)/float64(calls))
				}
			}
			a.latency.Store(0)
		}
	}
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

// burst keeps so many calls in flight, and returns the calls a second and what each took.
func burst(a *api, p *process, calls, inFlight int) (rate float64, took []time.Duration) {
	window := make(chan struct{}, inFlight)
	took = make([]time.Duration, calls)
	var group sync.WaitGroup
	began := time.Now()
	for i := range calls {
		window <- struct{}{}
		waiting, sent := p.send("tools/call", toolCall(a.id(0), ""))
		group.Go(func() {
			r := <-waiting
			took[i] = r.when.Sub(sent)
			<-window
		})
	}
	group.Wait()
	return float64(calls) / time.Since(began).Seconds(), took
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
	s.add("reply of "+name+", bytes", n, float64(r.bytes))
	return p.stop()
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
