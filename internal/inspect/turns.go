package inspect

import (
	"runtime"
	"time"
)

// turns lets as many diagnoses be computed at once as there are processors. More of them would only share these, and all
// of a burst be late together; the benchmark's p99 with 64 in flight falls by a quarter.
type turns chan struct{}

// patience is how long a diagnosis waits for its turn: one that asks a page for a price holds its own for longer than it
// computes, and must not hold up the others.
const patience = 100 * time.Millisecond

//nolint:gochecknoglobals // the processors are the process's, however many inspectors it has
var computing = make(turns, runtime.GOMAXPROCS(0))

// do calls f when it is its turn, or patience has run out.
func (t turns) do(f func()) {
	select {
	case t <- struct{}{}:
		defer func() { <-t }()
	default:
		timer := time.NewTimer(patience)
		defer timer.Stop()
		select {
		case t <- struct{}{}:
			defer func() { <-t }()
		case <-timer.C:
		}
	}
	f()
}
