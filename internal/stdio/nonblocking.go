package stdio

import (
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// backlog is how many lines NonBlocking holds for a slow reader.
const backlog = 512

// NonBlocking returns a writer that never waits for w: what w does not take in time is dropped, and counted in a line
// of its own once w takes lines again. A host that leaves stderr unread would otherwise stop the process as soon as
// the pipe is full. flush waits until everything accepted is written, for a quarter of a second at most, and ends the
// writer; what is written later is dropped.
func NonBlocking(w io.Writer) (writer io.Writer, flush func()) {
	n := &nonBlocking{lines: make(chan []byte, backlog), written: make(chan struct{})}
	go n.copyTo(w)
	return n, n.flush
}

type nonBlocking struct {
	mu      sync.RWMutex // held for writing only to close lines
	closed  bool
	lines   chan []byte
	dropped atomic.Int64
	written chan struct{}
}

func (n *nonBlocking) Write(p []byte) (int, error) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	if n.closed {
		return len(p), nil
	}
	select {
	case n.lines <- append([]byte(nil), p...):
	default:
		n.dropped.Add(1)
	}
	return len(p), nil
}

func (n *nonBlocking) copyTo(w io.Writer) {
	defer close(n.written)
	for line := range n.lines {
		_, _ = w.Write(line) // there is nowhere left to report to
		if dropped := n.dropped.Swap(0); dropped > 0 {
			_, _ = fmt.Fprintf(w, "%d log lines dropped: nobody read them\n", dropped)
		}
	}
}

func (n *nonBlocking) flush() {
	n.mu.Lock()
	if !n.closed {
		n.closed = true
		close(n.lines)
	}
	n.mu.Unlock()
	select {
	case <-n.written:
	case <-time.After(grace):
	}
}
