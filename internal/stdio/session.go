package stdio

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/wire"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// session is one client: its pipes and its calls.
type session struct {
	Config
	mcp         *server.MCPServer
	out         *writer
	id          string
	initialized atomic.Bool

	slots   chan struct{} // one for each call that is not over
	waiting chan func()   // calls of tools, for a worker
	last    atomic.Int64  // number of a message, which is its id for mcp-go
	replies sync.WaitGroup

	mu      sync.Mutex
	workers int              // at work
	open    map[string]*call // by key: those that may still get a reply
}

func newSession(s *server.MCPServer, out io.Writer, c Config, stop context.CancelFunc) *session {
	return &session{
		Config: c, mcp: s, id: rand.Text(), open: map[string]*call{},
		out:   &writer{log: c.Logger, stop: stop, out: bufio.NewWriterSize(out, shrink)},
		slots: make(chan struct{}, c.Queue), waiting: make(chan func(), c.Queue),
	}
}

// SessionID and the three below are what mcp-go wants of a session.
func (x *session) SessionID() string { return x.id }

// Initialize notes that notifications are welcome.
func (x *session) Initialize() { x.initialized.Store(true) }

// Initialized reports whether they are.
func (x *session) Initialized() bool { return x.initialized.Load() }

// NotificationChannel takes nothing: what is said to all clients is that lists changed, and ours do not.
func (*session) NotificationChannel() chan<- mcp.JSONRPCNotification { return nil }

// read handles the lines of in until they or ctx end.
func (x *session) read(ctx context.Context, in io.Reader) error {
	lines := newLines(in, x.MaxLine)
	for {
		line, err := lines.next()
		switch {
		case errors.Is(err, errTooLong):
			x.refuse(wire.Invalid(wire.IDOf(line), "the line is longer than %d bytes; it was skipped", x.MaxLine))
		case err != nil:
			return err
		case ctx.Err() != nil:
			return io.EOF
		default:
			x.handle(ctx, line)
		}
	}
}

func (x *session) handle(ctx context.Context, line []byte) {
	m, broken := wire.Parse(line)
	switch {
	case broken != nil:
		x.refuse(broken)
	case m.ID != nil:
		x.request(ctx, m)
	case m.Method == string(mcp.MethodNotificationCancelled):
		id, _ := rawjson.Member(m.Params, "requestId")
		x.abandon(wire.Key(id))
	case m.Method != "": // otherwise it is a response, but we ask nothing
		x.ask(x.mcp.WithContext(ctx, x), m)
	}
}

func (x *session) request(ctx context.Context, m wire.Message) {
	c := &call{Message: m, session: x, key: wire.Key(m.ID)}
	if x.find(c.key) != nil {
		x.refuse(wire.Invalid(m.ID, "id %.100s belongs to a request that is still open", m.ID))
		return
	}
	if code, text := x.Refuse(m.Method, m.Params); text != "" {
		x.out.line((&wire.Fault{ID: m.ID, Code: code, Text: text}).Reply())
		return
	}
	select {
	case x.slots <- struct{}{}:
	case <-ctx.Done():
		return
	}
	ctx, c.cancel = context.WithCancel(ctx)
	x.replies.Add(1)
	x.mu.Lock()
	x.open[c.key] = c
	x.mu.Unlock()
	x.start(ctx, c)
}

// start runs a call: initialize at once, so that nothing overtakes it; tools in their order, as workers become free.
func (x *session) start(ctx context.Context, c *call) {
	switch mcp.MCPMethod(c.Method) { //nolint:exhaustive // the others are alike
	case mcp.MethodInitialize:
		x.run(ctx, c)
	case mcp.MethodToolsCall:
		x.mu.Lock()
		defer x.mu.Unlock()
		x.waiting <- func() { x.run(ctx, c) } // there is room for each that has a slot
		if x.workers < x.Workers {
			x.workers++
			go x.work()
		}
	default:
		go x.run(ctx, c)
	}
}

// work runs calls of tools until none waits.
func (x *session) work() {
	for {
		x.mu.Lock()
		select {
		case run := <-x.waiting:
			x.mu.Unlock()
			run()
		default:
			x.workers--
			x.mu.Unlock()
			return
		}
	}
}

func (x *session) run(ctx context.Context, c *call) {
	defer func() { c.cancel(); <-x.slots }()
	if x.find(c.key) != c { // it was cancelled before it began
		return
	}
	reply := x.ask(x.mcp.WithContext(ctx, c), c.Message)
	c.hush()
	x.reply(c, reply)
}

// ask returns the reply to a message. What a panic says may be anything, so it is not logged.
func (x *session) ask(ctx context.Context, m wire.Message) (reply wire.Line) {
	defer func() {
		if r := recover(); r != nil {
			x.Logger.Error("panic recovered in a handler", slog.String("stack", string(debug.Stack())))
			reply = m.Reply(nil)
		}
	}()
	return m.Reply(x.mcp.HandleMessage(ctx, m.Line(x.last.Add(1))))
}

// refuse answers a line that becomes no call. An id that an open call has is not used: its one reply is to come.
func (x *session) refuse(f *wire.Fault) {
	x.Logger.Warn("refused a line", slog.Int("code", f.Code))
	if x.find(wire.Key(f.ID)) != nil {
		f.ID = nil
	}
	x.out.line(f.Reply())
}

// find returns the open call of a key or nil.
func (x *session) find(key string) *call {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.open[key]
}

// close ends the time in which a call can get a reply. It reports false if that had ended.
func (x *session) close(c *call) (closed bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if closed = x.open[c.key] == c; closed {
		delete(x.open, c.key)
	}
	return closed
}

// reply writes the one reply of a call, unless it has one or must get none.
func (x *session) reply(c *call, line wire.Line) {
	if x.close(c) {
		x.out.line(line)
		x.replies.Done()
	}
}

// abandon cancels a call. An unknown or answered one is nobody's business, and initialize was answered at once.
func (x *session) abandon(key string) {
	if c := x.find(key); c != nil && x.close(c) {
		c.cancel()
		x.replies.Done()
	}
}

// unanswered lists the open calls.
func (x *session) unanswered() []*call {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Collect(maps.Values(x.open))
}

// drain waits until what was asked is answered. What is not in time gets a fault for a reply.
func (x *session) drain(ctx context.Context) {
	for _, c := range x.unanswered() {
		if c.Method == string(mcp.MethodSubscriptionsListen) { // it lasts as long as the client wants
			c.cancel()
		}
	}
	if within(ctx, x.Drain, x.replies.Wait) || ctx.Err() != nil {
		return
	}
	text := fmt.Sprintf("internal error: no answer within %s after the end of input", x.Drain)
	within(ctx, grace, func() { // the client may have stopped reading
		for _, c := range x.unanswered() {
			x.reply(c, (&wire.Fault{ID: c.ID, Code: mcp.INTERNAL_ERROR, Text: text}).Reply())
		}
	})
}
