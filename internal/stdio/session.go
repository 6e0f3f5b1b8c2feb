package stdio

import (
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
	workers chan struct{} // one for each tool that runs
	turn    chan struct{} // closed when the last call of a tool need not wait for a worker any more; the reader's alone
	last    atomic.Int64  // number of a message, which is its id for mcp-go
	replies sync.WaitGroup

	mu   sync.Mutex
	open map[string]*call // by key: those that may still get a reply
}

func newSession(s *server.MCPServer, out io.Writer, c Config, stop context.CancelFunc) *session {
	x := &session{
		Config: c, mcp: s, out: newWriter(out, c.Logger, stop), id: rand.Text(), open: map[string]*call{},
		slots: make(chan struct{}, c.Queue), workers: make(chan struct{}, c.Workers), turn: make(chan struct{}),
	}
	close(x.turn)
	return x
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
		case ctx.Err() != nil, errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errTooLong):
			x.refuse(&wire.Fault{ID: wire.IDOf(line), Code: mcp.INVALID_REQUEST, Text: fmt.Sprintf(
				"invalid request: the line is longer than %d bytes; it was skipped", x.MaxLine)})
		case err != nil:
			return err
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
		x.refuse(&wire.Fault{ID: m.ID, Code: mcp.INVALID_REQUEST, Text: fmt.Sprintf(
			"invalid request: id %.100s belongs to a request that is still open", m.ID)})
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
		before, turn := x.turn, make(chan struct{})
		x.turn = turn
		go func() {
			<-before
			select {
			case x.workers <- struct{}{}:
				defer func() { <-x.workers }()
			case <-ctx.Done():
			}
			close(turn)
			x.run(ctx, c)
		}()
	default:
		go x.run(ctx, c)
	}
}

func (x *session) run(ctx context.Context, c *call) {
	defer func() { c.cancel(); <-x.slots }()
	if x.find(c.key) != c { // it was cancelled before it began
		return
	}
	response := x.ask(x.mcp.WithContext(ctx, c), c.Message)
	c.hush()
	x.reply(c, func() wire.Line { return c.Reply(response) })
}

// ask returns mcp-go's answer, or nil. What a panic says may be anything, so it is not logged.
func (x *session) ask(ctx context.Context, m wire.Message) (response mcp.JSONRPCMessage) {
	defer func() {
		if r := recover(); r != nil {
			x.Logger.Error("panic recovered in a handler", slog.String("stack", string(debug.Stack())))
			response = nil
		}
	}()
	return x.mcp.HandleMessage(ctx, m.Line(x.last.Add(1)))
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
func (x *session) close(c *call) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.open[c.key] != c {
		return false
	}
	delete(x.open, c.key)
	return true
}

// reply writes the one reply of a call, unless it has one or must not get one.
func (x *session) reply(c *call, line func() wire.Line) {
	if x.close(c) {
		x.out.line(line())
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

// drain waits until what was asked is answered. What is not in time gets a fault for a reply.
func (x *session) drain(ctx context.Context) {
	x.mu.Lock()
	rest := slices.Collect(maps.Values(x.open))
	x.mu.Unlock()
	for _, c := range rest {
		if c.Method == string(mcp.MethodSubscriptionsListen) { // it lasts as long as the client wants
			c.cancel()
		}
	}
	if within(ctx, x.Drain, x.replies.Wait) || ctx.Err() != nil {
		return
	}
	text := fmt.Sprintf("internal error: no answer within %s after the end of input", x.Drain)
	within(ctx, grace, func() { // the client may have stopped reading
		for _, c := range rest {
			x.reply(c, (&wire.Fault{ID: c.ID, Code: mcp.INTERNAL_ERROR, Text: text}).Reply)
		}
	})
}

// fill takes all slots, which is to wait until every call is over.
func (x *session) fill() {
	for range cap(x.slots) {
		x.slots <- struct{}{}
	}
}
