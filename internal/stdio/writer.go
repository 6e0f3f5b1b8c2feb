package stdio

import (
	"bytes"
	"context"
	"io"
	"iter"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"
)

// What mcp-go's messages begin with: encoding/json writes the fields of its structs in their order.
const (
	replyHead  = `{"jsonrpc":"2.0","id":`
	noticeHead = `{"jsonrpc":"2.0","method":"`
	resultHead = `"result":`
	errorHead  = `"error":`
	panicHead  = `"error":{"code":-32603,"message":"internal panic: `
)

// writer is what mcp-go writes to. It knows its messages by their heads, puts the clients' ids back and lets each
// call have one reply. A line leaves in one Write unless it is too long to be copied for that.
type writer struct {
	out   io.Writer
	calls *calls
	log   *slog.Logger
	stop  context.CancelFunc

	mu     sync.Mutex
	buf    []byte
	closed bool
}

// Write takes one message, as mcp-go gives it. It never fails: what cannot be written ends the session instead.
func (w *writer) Write(p []byte) (int, error) {
	if number, ok := barrierNumber(p); ok {
		if c := w.calls.get(number); c != nil {
			c.flush()
		}
	} else if rest, ok := bytes.CutPrefix(p, []byte(replyHead)); ok {
		w.reply(rest)
	} else {
		w.line(restoreNotice(p, w.calls))
	}
	return len(p), nil
}

// reply writes a reply under the id that the client sent; rest begins at our number.
func (w *writer) reply(rest []byte) {
	number := leadingNumber(rest)
	_, rest, _ = bytes.Cut(rest, []byte(","))
	if !bytes.HasPrefix(rest, []byte(resultHead)) && !bytes.HasPrefix(rest, []byte(errorHead)) {
		w.log.Warn("dropped a request to the client: its answer would not be read")
		return
	}
	c := w.calls.take(number)
	if c == nil {
		return
	}
	defer w.calls.settle(c)
	switch {
	case bytes.HasPrefix(rest, []byte(panicHead)): // it goes on with the panic's value, which may hold anything
		w.line(faultLine(c.id, codeInternal, "internal error: the request met a bug in this server"))
	case c.method == methodListen:
		w.line([]byte(replyHead), c.id, []byte(","), restoreSubscription(rest, c))
	case c.answer != nil:
		filled, ok := c.answer.fill(rest)
		if !ok { // a result always has its content
			w.line(faultLine(c.id, codeInternal, "internal error: the answer was lost on its way"))
			return
		}
		w.line([]byte(replyHead), c.id, []byte(","), filled)
	case c.long == nil:
		w.line([]byte(replyHead), c.id, []byte(","), rest)
	default:
		w.parts(withLong(slices.Concat([]byte(replyHead), c.id, []byte(","), rest), c.long))
	}
}

// fail answers a call in place of mcp-go.
func (w *writer) fail(number int64, text string) {
	if c := w.calls.take(number); c != nil {
		defer w.calls.settle(c)
		w.line(faultLine(c.id, codeInternal, text))
	}
}

// line writes its parts as one.
func (w *writer) line(parts ...[]byte) { w.parts(slices.Values(parts)) }

func (w *writer) parts(parts iter.Seq[[]byte]) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	if err := w.write(parts); err != nil {
		w.closed = true
		w.log.Warn("output closed", slog.Any("error", err))
		w.stop()
	}
}

// write gathers parts up to the size of a buffer that is worth keeping.
func (w *writer) write(parts iter.Seq[[]byte]) error {
	w.buf = w.buf[:0]
	for part := range parts {
		if len(w.buf)+len(part) <= shrink {
			w.buf = append(w.buf, part...)
			continue
		}
		if err := w.flush(); err != nil {
			return err
		}
		if _, err := w.out.Write(part); err != nil {
			return err
		}
	}
	return w.flush()
}

func (w *writer) flush() error {
	if len(w.buf) == 0 {
		return nil
	}
	_, err := w.out.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}

// close lets no more lines out. It waits for a line that is leaving, but not for a client that does not read it.
func (w *writer) close() {
	closed := make(chan struct{})
	go func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.closed = true
		close(closed)
	}()
	select {
	case <-closed:
	case <-time.After(grace):
	}
}

// leadingNumber reads the digits that p begins with; 0 if there are none, which is no call's number.
func leadingNumber(p []byte) int64 {
	end := 0
	for end < len(p) && p[end] >= '0' && p[end] <= '9' {
		end++
	}
	number, err := strconv.ParseInt(string(p[:end]), 10, 64)
	if err != nil {
		return 0
	}
	return number
}
