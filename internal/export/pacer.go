package export

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"mcp-taskdetails/client"
	"mcp-taskdetails/schema"

	"golang.org/x/time/rate"
)

// Fetcher asks Runware for tasks; client.Client is one. It returns one lookup for each id.
type Fetcher interface {
	TaskDetails(ctx context.Context, ids ...string) []client.Lookup
}

// PacerConfig says how hard the API may be asked.
type PacerConfig struct {
	Fetcher Fetcher // required; one that does not ask again itself, so that every refusal is seen here
	// Rate is the most requests a second. Default is 0: as many as Concurrency allows.
	Rate float64
	// Concurrency is the most requests under way. Default is 4.
	Concurrency int
	// Patience is how long the API may stay away before lookups fail. Default is 10 minutes.
	Patience time.Duration
	// BackoffMin is the ceiling of the first random pause; it doubles each time. Default is 1 s.
	BackoffMin time.Duration
	// BackoffMax is where the ceiling stops growing. Default is 1 minute.
	BackoffMax time.Duration
	Logger     *slog.Logger // gets a record for each pause. Default is none.
}

// Pacer is a Fetcher that lets many callers share what the API allows. When the API refuses (429, 503, or no answer at
// all), everybody pauses, for as long as it says or for a random time below a doubling ceiling, and half as many requests
// go out at once after; each round of answers lets one more out again.
type Pacer struct {
	config  PacerConfig
	limiter *rate.Limiter

	mu       sync.Mutex
	changed  chan struct{} // closed when somebody may go on
	inFlight int
	allowed  int       // at once
	answers  int       // since allowed changed
	failed   int       // refusals without an answer between them
	until    time.Time // of the pause
	asked    time.Time // first
	good     time.Time // when the API last answered
	down     bool
}

// NewPacer returns a pacer.
func NewPacer(c PacerConfig) *Pacer {
	c.Concurrency = cmp.Or(c.Concurrency, 4)
	c.Patience = cmp.Or(c.Patience, 10*time.Minute)
	c.BackoffMin = cmp.Or(c.BackoffMin, time.Second)
	c.BackoffMax = cmp.Or(c.BackoffMax, time.Minute)
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	limit := rate.Limit(c.Rate)
	if c.Rate == 0 {
		limit = rate.Inf
	}
	return &Pacer{config: c, limiter: rate.NewLimiter(limit, 1), changed: make(chan struct{}), allowed: c.Concurrency}
}

// again is how often a task is asked for that stays without an answer while others get one.
const again = 3

// TaskDetails asks until each task has an answer, or a failure that would come again, or patience ends.
func (p *Pacer) TaskDetails(ctx context.Context, ids ...string) []client.Lookup {
	began := time.Now()
	var done []client.Lookup
	for tries := 1; ; tries++ {
		if err := p.enter(ctx); err != nil {
			return append(done, stopped(ids, err)...)
		}
		var open []client.Lookup
		worst := answered
		for _, l := range p.config.Fetcher.TaskDetails(ctx, ids...) {
			judged := judge(l.Err)
			if judged == answered {
				done = append(done, l)
				continue
			}
			open, worst = append(open, l), max(worst, judged)
		}
		if len(open) < len(ids) && worst > unanswered {
			worst = unanswered // what is said of some tasks is not said of the call
		}
		p.leave(ctx, worst, open)
		if len(open) == 0 || ctx.Err() != nil {
			return append(done, open...)
		}
		ids = ids[:0:0]
		for _, l := range open {
			ids = append(ids, l.TaskUUID)
		}
		switch {
		case time.Since(began) > p.config.Patience:
			return append(done, open...)
		case worst == throttled || worst == broken && !p.answeredSince(began):
			tries = 0 // it is nothing about these tasks
		case tries < again:
		case worst == broken && len(ids) > 1: // one of them may be what breaks it
			return append(append(done, p.TaskDetails(ctx, ids[:len(ids)/2]...)...), p.TaskDetails(ctx, ids[len(ids)/2:]...)...)
		default:
			return append(done, open...)
		}
	}
}

// outcome is how a lookup ended, the worst last.
type outcome int

const (
	_          outcome = iota
	answered           // or failed in a way that would come again
	unanswered         // by a call that went well otherwise
	broken             // no call, or the API's fault
	throttled          // asked too much
)

func judge(err error) outcome {
	e, ok := errors.AsType[*client.Error](err)
	if !ok || e.Final || errors.Is(err, context.Canceled) {
		return answered
	}
	switch e.Kind { //nolint:exhaustive // all others are answers
	case schema.CategoryRateLimit, schema.CategoryCapacity:
		return throttled
	case schema.CategoryTimeout, schema.CategoryNetwork:
		return broken
	case schema.CategoryInternal:
		switch {
		case e.StatusCode/100 == 2:
			return unanswered
		case e.StatusCode == 0 || e.StatusCode/100 == 5 && e.StatusCode != http.StatusNotImplemented:
			return broken
		}
	}
	return answered // 4xx: another place than the API
}

func stopped(ids []string, err error) []client.Lookup {
	lookups := make([]client.Lookup, len(ids))
	for i, id := range ids {
		lookups[i] = client.Lookup{TaskUUID: id, Err: &client.Error{Kind: schema.CategoryNetwork, Detail: "the call was not made", Err: err}}
	}
	return lookups
}

// errDown is why nothing is asked any more.
var errDown = errors.New("the API was away for too long")

// Down tells whether patience has ended. Nothing is asked then.
func (p *Pacer) Down() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.down
}

func (p *Pacer) answeredSince(when time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.good.After(when)
}

// enter waits for a turn.
func (p *Pacer) enter(ctx context.Context) error {
	for {
		p.mu.Lock()
		if p.down {
			p.mu.Unlock()
			return errDown
		}
		now := time.Now()
		pause := p.until.Sub(now)
		if pause <= 0 && p.inFlight < p.allowed {
			p.inFlight++
			if p.asked.IsZero() {
				p.asked = now
			}
			p.mu.Unlock()
			if err := p.limiter.Wait(ctx); err != nil {
				p.mu.Lock()
				p.inFlight--
				p.wake()
				p.mu.Unlock()
				return err
			}
			return nil
		}
		changed := p.changed
		p.mu.Unlock()
		var over <-chan time.Time
		if pause > 0 {
			timer := time.NewTimer(pause)
			defer timer.Stop()
			over = timer.C
		}
		select {
		case <-changed:
		case <-over:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// wake lets everybody who waits look again. The caller holds the lock.
func (p *Pacer) wake() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// leave files what became of a request.
func (p *Pacer) leave(ctx context.Context, o outcome, open []client.Lookup) {
	p.mu.Lock()
	defer p.mu.Unlock()
	defer p.wake()
	p.inFlight--
	if ctx.Err() != nil {
		return
	}
	now := time.Now()
	if o <= unanswered {
		p.good, p.failed = now, 0
		if p.answers++; p.answers >= p.allowed && p.allowed < p.config.Concurrency {
			p.allowed, p.answers = p.allowed+1, 0
		}
		return
	}
	e, _ := errors.AsType[*client.Error](open[0].Err)
	first := !now.Before(p.until)
	if first { // those of the same pause are one refusal
		p.failed++
		p.allowed, p.answers = max(p.allowed/2, 1), 0
		p.until = now.Add(p.backoff())
	}
	if asked := now.Add(e.RetryAfter); asked.After(p.until) {
		p.until = asked
	}
	since := p.good
	if since.IsZero() {
		since = p.asked
	}
	p.down = p.down || p.until.Sub(since) > p.config.Patience
	if first && !p.down {
		p.config.Logger.WarnContext(ctx, "runware does not answer, the export pauses",
			slog.String("cause", e.Detail), slog.Duration("pause", p.until.Sub(now).Round(time.Millisecond)))
	}
}

// backoff draws from the range below a ceiling that doubles with each refusal.
func (p *Pacer) backoff() time.Duration {
	ceiling := p.config.BackoffMin
	for i := 1; i < p.failed && ceiling < p.config.BackoffMax; i++ {
		ceiling *= 2
	}
	return rand.N(min(ceiling, p.config.BackoffMax) + 1) //nolint:gosec // jitter needs no secrecy
}
