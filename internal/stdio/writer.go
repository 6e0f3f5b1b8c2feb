package stdio

import (
	"bufio"
	"context"
	"log/slog"
	"sync"

	"mcp-taskdetails/internal/wire"
)

// writer writes lines, each in one Write unless it is longer than a buffer.
type writer struct {
	log  *slog.Logger
	stop context.CancelFunc

	mu     sync.Mutex
	out    *bufio.Writer
	closed bool
}

// line never fails: what cannot be written ends the session instead.
func (w *writer) line(l wire.Line) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	l.Put(w.out)
	if err := w.out.Flush(); err != nil {
		w.closed = true
		w.log.Warn("output closed", slog.Any("error", err))
		w.stop()
	}
}

// close lets no more lines out. It waits for a line that is leaving.
func (w *writer) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
}
