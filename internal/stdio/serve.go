// Package stdio carries MCP over a pair of pipes. It stands around mcp-go's stdio server, which parses, dispatches
// and runs the calls, and adds what a host that keeps the process for weeks needs: every request gets exactly one
// reply, a cancelled one none; an end of input waits for the answers already asked for; no line, however long or
// broken, stops the next.
//
//	in → lines → reader → pipe → server.StdioServer → writer → out
//	               └──────────── calls ────────────────┘
//
// The reader gives every request a number of our own in place of its id, and the writer puts the id back, byte for
// byte (mcp-go would read 9007199254740993 as ...992). The table of these calls is what tells duplicates, cancelled
// calls and open calls apart. Hooks on the server close the gaps that mcp-go leaves between the two ends.
//
// Requests from server to client (sampling, elicitation, roots) are not carried. mcp-go keeps its stdio session in a
// package variable, so a process serves one pair of pipes at a time. Start reading at [Serve].
package stdio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"time"

	"github.com/mark3labs/mcp-go/server"
)

// Config says within which limits to serve. The zero value is ready for use.
type Config struct {
	Logger  *slog.Logger  // what went wrong on the wire; never a message's content. Default is no log
	MaxLine int           // longest input line in bytes, without its line end. Default is 4 MiB
	Drain   time.Duration // how long the end of input waits for calls already read. Default is 30 s
	Workers int           // tool calls run at once; mcp-go allows 100. Default is 100
	Queue   int           // requests read and not yet answered; at this many, reading pauses. mcp-go allows 10000. Default is 10000
}

// What mcp-go accepts at most: it reduces anything higher, with a complaint in the log.
const (
	maxWorkers = 100
	maxQueue   = 10_000
)

// grace is what a handler that ignores its context, or a reader that stopped reading, can delay the end.
const grace = 250 * time.Millisecond

func (c Config) withDefaults() Config {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	c.MaxLine = positive(c.MaxLine, 4<<20)
	c.Drain = positive(c.Drain, 30*time.Second)
	c.Workers = min(positive(c.Workers, maxWorkers), maxWorkers)
	c.Queue = min(positive(c.Queue, maxQueue), maxQueue)
	return c
}

func positive[T int | time.Duration](value, otherwise T) T {
	if value > 0 {
		return value
	}
	return otherwise
}

// Serve speaks MCP over in and out until in ends, ctx is cancelled or out is closed: all three are orderly ends and
// return nil. Any other error while reading in is returned, after the calls already read were answered.
//
// It adds hooks to s and may be called once for it; they empty the results of tools, so that a tool has to give a new one
// each time. When it returns, a Read of in may still be blocked and a handler
// that ignores its context may still run, so the process should end soon after.
func Serve(ctx context.Context, s *server.MCPServer, in io.Reader, out io.Writer, c Config) error {
	c = c.withDefaults()
	ctx, stop := context.WithCancel(ctx)
	defer stop()

	calls := newCalls(c.Queue)
	w := &writer{out: out, calls: calls, log: c.Logger, stop: stop}
	hook(s, calls, w)

	fed, feed := io.Pipe()
	defer fed.Close()
	r := &reader{lines: newLines(in, c.MaxLine), feed: feed, calls: calls, w: w, log: c.Logger, drain: c.Drain, stop: stop}

	stock := server.NewStdioServer(s)
	for _, option := range []server.StdioOption{
		server.WithErrorLogger(log.New(complaints{c.Logger}, "", 0)),
		server.WithWorkerPoolSize(c.Workers),
		server.WithQueueSize(c.Queue),
	} {
		option(stock)
	}
	listened := make(chan error, 1)
	go func() { listened <- stock.Listen(ctx, fed, w) }()
	go r.run(ctx)

	var err error
	select {
	case err = <-listened:
	case <-ctx.Done():
		select {
		case err = <-listened:
		case <-time.After(grace):
		}
	}
	w.close()
	if err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("stdio: serve: %w", err)
	}
	return nil
}
