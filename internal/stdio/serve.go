// Package stdio carries MCP over a pair of pipes. mcp-go answers each message; this package reads and writes them, and
// adds what a host that keeps the process for weeks needs: every request gets exactly one reply, a cancelled one none;
// initialize is answered before anything that came after it; an end of input waits for the answers already asked for; no
// line, however long or broken, stops the next.
//
//	in → lines → session → a goroutine for each call → MCPServer.HandleMessage → replyTo → writer → out
//
// A session numbers the requests for mcp-go, and replies under the ids as the client wrote them (mcp-go would read
// 9007199254740993 as ...992). Its table of open calls tells duplicates, cancelled calls and answered ones apart.
//
// Requests from server to client (sampling, elicitation, roots) and notifications to all clients are not carried. Start
// reading at [Serve].
package stdio

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/mark3labs/mcp-go/server"
)

// Config says within which limits to serve. The zero value is ready for use.
type Config struct {
	Logger  *slog.Logger  // what went wrong on the wire; never a message's content. Default is no log
	MaxLine int           // longest input line in bytes, without its line end. Default is 4 MiB
	Drain   time.Duration // how long the end of input waits for calls already read. Default is 30 s
	Workers int           // tool calls run at once, 100 at most. Default is 100
	Queue   int           // requests read and not yet answered, 10000 at most; at this many, reading pauses. Default is 10000
	Refuse  Refuse        // Default is to leave every request to mcp-go
}

// Refuse says why a request is not given to mcp-go, as an error of JSON-RPC; an empty text is no reason.
type Refuse func(method string, params []byte) (code int, text string)

// A call is a goroutine, and one of a tool a request to the API.
const (
	maxWorkers = 100
	maxQueue   = 10_000
)

// grace is what a handler that ignores its context, or a reader that stopped reading, can delay the end.
const grace = 250 * time.Millisecond

func (c Config) withDefaults() Config {
	c.Logger = cmp.Or(c.Logger, slog.New(slog.DiscardHandler))
	c.MaxLine = cmp.Or(max(c.MaxLine, 0), 4<<20)
	c.Drain = cmp.Or(max(c.Drain, 0), 30*time.Second)
	c.Workers = min(cmp.Or(max(c.Workers, 0), maxWorkers), maxWorkers)
	c.Queue = min(cmp.Or(max(c.Queue, 0), maxQueue), maxQueue)
	if c.Refuse == nil {
		c.Refuse = func(string, []byte) (int, string) { return 0, "" }
	}
	return c
}

// Serve speaks MCP over in and out until in ends, ctx is cancelled or out is closed: all three are orderly ends and
// return nil. Any other error while reading in is returned, after the calls already read were answered. One s can be
// served over several pairs of pipes, at once or in turn: each call of Serve is a session of its own.
//
// When it returns, a Read of in may still be blocked and a handler that ignores its context may still run; nothing more
// is handled or written.
func Serve(ctx context.Context, s *server.MCPServer, in io.Reader, out io.Writer, c Config) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	x := newSession(s, out, c.withDefaults(), stop)
	if err := s.RegisterSession(ctx, x); err != nil {
		return fmt.Errorf("stdio: register session: %w", err)
	}
	defer s.UnregisterSession(ctx, x.id)

	ended := make(chan error, 1)
	go func() { ended <- x.read(ctx, in) }()
	var err error
	select {
	case err = <-ended:
		x.drain(ctx)
	case <-ctx.Done():
	}
	stop()
	for _, c := range x.unanswered() {
		x.abandon(c.key)
	}
	ctx = context.WithoutCancel(ctx)
	within(ctx, grace, func() { // all slots are free when no call runs
		for range cap(x.slots) {
			x.slots <- struct{}{}
		}
	})
	within(ctx, grace, x.out.close)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("stdio: read: %w", err)
	}
	return nil
}

// within reports whether f returned in time. If it did not, it goes on behind the caller's back.
func within(ctx context.Context, patience time.Duration, f func()) bool {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return false
	}
}
