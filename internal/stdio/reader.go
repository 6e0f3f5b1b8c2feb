package stdio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"mcp-taskdetails/internal/rawjson"
)

// idWithin is how much of a line that is too long is searched for its id.
const idWithin = 4 << 10

// reader reads the client's lines, answers those that are no messages, and feeds the others to mcp-go.
type reader struct {
	lines *lines
	feed  *io.PipeWriter
	calls *calls
	w     *writer
	log   *slog.Logger
	drain time.Duration
	stop  context.CancelFunc
}

// run reads until the input ends or ctx is done, and then ends mcp-go's input: not before what was read is answered,
// because mcp-go cancels everything in flight as soon as its own input ends.
func (r *reader) run(ctx context.Context) {
	for {
		line, err := r.lines.next()
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errTooLong):
			r.refuse(&fault{id: idOf(line), code: codeInvalid, text: fmt.Sprintf(
				"invalid request: the line is longer than %d bytes; it was skipped", r.lines.max)})
		case err != nil:
			r.end(ctx, err)
			return
		default:
			r.handle(ctx, line)
		}
	}
}

func (r *reader) handle(ctx context.Context, line []byte) {
	m, err := parse(line)
	if broken := (*fault)(nil); errors.As(err, &broken) {
		r.refuse(broken)
		return
	}
	method, _ := rawjson.Text(m.method)
	switch {
	case m.method == nil: // a response, but we ask nothing
		r.log.Debug("ignored a response")
	case m.id != nil:
		r.request(ctx, m, method)
	case method == methodCancelled:
		r.cancel(m)
	default:
		r.send(m.line(0))
	}
}

func (r *reader) request(ctx context.Context, m message, method string) {
	c := &call{id: m.id, key: idKey(m.id), method: method}
	if err := r.calls.add(ctx, c); errors.Is(err, errDuplicate) {
		r.refuse(&fault{id: m.id, code: codeInvalid, text: fmt.Sprintf(
			"invalid request: id %.100s belongs to a request that is still open", m.id)})
		return
	} else if err != nil {
		return
	}
	m.params = c.takeProgressToken(m.params)
	r.send(m.line(c.number))
}

// cancel passes a cancellation on under the number that mcp-go knows the call by.
func (r *reader) cancel(m message) {
	id, _ := rawjson.Member(m.params, "requestId")
	if number, ok := r.calls.cancel(idKey(id)); ok {
		r.send(cancelLine(number))
	}
}

// send hands a line to mcp-go. It fails only once mcp-go has stopped reading, and then nobody wants it.
func (r *reader) send(line []byte) { _, _ = r.feed.Write(line) }

// refuse answers a line that is no message. An id that an open request has is not used: its one reply is to come.
func (r *reader) refuse(f *fault) {
	r.log.Warn("refused a line", slog.Int("code", f.code))
	if f.id != nil && r.calls.isOpen(idKey(f.id)) {
		f.id = nil
	}
	r.w.line(faultLine(f.id, f.code, f.text))
}

// idOf looks for the id in the beginning of a message.
func idOf(head []byte) []byte {
	id, _ := rawjson.Member(head[:min(len(head), idWithin)], "id")
	if !usableID(id) {
		return nil
	}
	return id
}

func (r *reader) end(ctx context.Context, cause error) {
	defer time.AfterFunc(r.drain+grace, r.stop).Stop() // the client may have stopped reading
	select {
	case <-r.calls.ended():
	case <-ctx.Done():
	case <-time.After(r.drain):
		for _, number := range r.calls.numbers() {
			r.w.fail(number, fmt.Sprintf("internal error: no answer within %s after the end of input", r.drain))
		}
	}
	_ = r.feed.CloseWithError(cause) // always nil
	time.AfterFunc(grace, r.stop)    // a handler may ignore that its context ended
}
