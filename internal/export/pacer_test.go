package export_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/export"
	"mcp-taskdetails/schema"
)

// api is what a test makes of one request: an error of the call, or per id.
type api func(ctx context.Context, ids []string) func(id string) error

func (a api) TaskDetails(ctx context.Context, ids ...string) []client.Lookup {
	failure := a(ctx, ids)
	var lookups []client.Lookup
	for _, id := range ids {
		lookups = append(lookups, client.Lookup{TaskUUID: id, Err: failure(id)})
	}
	return lookups
}

func fine(string) error { return nil }

func all(err error) func(string) error { return func(string) error { return err } }

func throttle(after time.Duration) error {
	return &client.Error{Kind: schema.CategoryRateLimit, StatusCode: http.StatusTooManyRequests, RetryAfter: after, Attempts: 1}
}

func crash() error {
	return &client.Error{Kind: schema.CategoryInternal, StatusCode: http.StatusInternalServerError, Attempts: 1}
}

// So many requests a second are sent, whoever asks.
func TestRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := export.NewPacer(export.PacerConfig{Rate: 2, Concurrency: 8, Fetcher: api(func(context.Context, []string) func(string) error { return fine })})
		began := time.Now()
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for range 5 {
					p.TaskDetails(t.Context(), "a")
				}
			})
		}
		group.Wait()
		if took := time.Since(began).Round(time.Millisecond); took != 39*time.Second/2 {
			t.Errorf("40 requests at 2 a second took %s", took)
		}
	})
}

// After a refusal nobody asks before the time that the API named; then half as many ask at once, and each round of
// answers lets one more ask.
func TestBackOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const most = 8
		var inFlight, peak, refusals atomic.Int64
		var mu sync.Mutex
		var refusedAt time.Time
		p := export.NewPacer(export.PacerConfig{Concurrency: most, Fetcher: api(func(context.Context, []string) func(string) error {
			n := inFlight.Add(1)
			defer inFlight.Add(-1)
			time.Sleep(100 * time.Millisecond)
			mu.Lock()
			defer mu.Unlock()
			if refusedAt.IsZero() || time.Since(refusedAt) == 0 {
				refusedAt = time.Now()
				refusals.Add(1)
				return all(throttle(30 * time.Second))
			}
			if since := time.Since(refusedAt); since < 30*time.Second {
				t.Errorf("asked again after %s", since)
			}
			peak.Store(max(peak.Load(), n))
			if since := time.Since(refusedAt); since < 30*time.Second+150*time.Millisecond && n > most/2 {
				t.Errorf("%d at once after a refusal", n)
			}
			return fine
		})})
		var group sync.WaitGroup
		for range most {
			group.Go(func() {
				for range 20 {
					for _, l := range p.TaskDetails(t.Context(), "a") {
						if l.Err != nil {
							t.Error(l.Err)
						}
					}
				}
			})
		}
		group.Wait()
		if refusals.Load() != most || peak.Load() != most {
			t.Errorf("%d refusals, at most %d at once after", refusals.Load(), peak.Load())
		}
	})
}

// An outage shorter than patience is waited out; at the end of a longer one lookups fail, and nothing is asked any more.
func TestPatience(t *testing.T) {
	for name, c := range map[string]struct {
		outage time.Duration
		down   bool
	}{"short": {8 * time.Minute, false}, "long": {time.Hour, true}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				asked := 0
				p := export.NewPacer(export.PacerConfig{Fetcher: api(func(context.Context, []string) func(string) error {
					asked++
					if time.Since(began) < c.outage {
						return all(&client.Error{Kind: schema.CategoryNetwork, Attempts: 1})
					}
					return fine
				})})
				err := p.TaskDetails(t.Context(), "a")[0].Err
				if p.Down() != c.down || (err != nil) != c.down {
					t.Errorf("down %t, error %v", p.Down(), err)
				}
				if took := time.Since(began); c.down && took > 10*time.Minute {
					t.Errorf("it took %s", took)
				}
				before := asked
				p.TaskDetails(t.Context(), "b")
				if c.down != (asked == before) {
					t.Errorf("asked %d times, then %d", before, asked)
				}
			})
		})
	}
}

// A pause longer than patience is not begun.
func TestLongRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		p := export.NewPacer(export.PacerConfig{Fetcher: api(func(context.Context, []string) func(string) error { return all(throttle(time.Hour)) })})
		p.TaskDetails(t.Context(), "a")
		if took := time.Since(began); !p.Down() || took > time.Second {
			t.Errorf("down %t after %s", p.Down(), took)
		}
	})
}

// A task that breaks every request it is in, or stays without an answer, costs itself and no other one.
func TestPoison(t *testing.T) {
	for name, poison := range map[string]func([]string) func(string) error{
		"breaks the call": func(ids []string) func(string) error {
			if slices.Contains(ids, "x") {
				return all(crash())
			}
			return fine
		},
		"has no answer": func([]string) func(string) error {
			return func(id string) error {
				if id == "x" {
					return &client.Error{Kind: schema.CategoryInternal, StatusCode: http.StatusOK}
				}
				return nil
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := export.NewPacer(export.PacerConfig{Fetcher: api(func(_ context.Context, ids []string) func(string) error {
					return poison(ids)
				})})
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				var group sync.WaitGroup
				group.Go(func() { // others are answered meanwhile
					for ctx.Err() == nil {
						p.TaskDetails(ctx, "other")
						time.Sleep(100 * time.Millisecond)
					}
				})
				failures := 0
				for _, l := range p.TaskDetails(t.Context(), "a", "b", "c", "x", "d", "e", "f", "g") {
					if (l.Err != nil) != (l.TaskUUID == "x") {
						t.Errorf("%s: %v", l.TaskUUID, l.Err)
					}
					failures++
				}
				cancel()
				group.Wait()
				if failures != 8 || p.Down() {
					t.Errorf("%d lookups, down %t", failures, p.Down())
				}
			})
		})
	}
}

// Whoever is cancelled while all pause leaves at once.
func TestCancelledPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := export.NewPacer(export.PacerConfig{Fetcher: api(func(context.Context, []string) func(string) error { return all(throttle(time.Minute)) })})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		p.TaskDetails(ctx, "a")
		if took := time.Since(began); took != time.Second {
			t.Errorf("it took %s", took)
		}
	})
}
