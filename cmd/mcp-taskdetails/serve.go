package main

import (
	"context"
	"fmt"
	"log/slog"
	"os/signal"
	"runtime"
	"sync"
	"syscall"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/stdio"
	"mcp-taskdetails/tools"

	"github.com/mark3labs/mcp-go/server"
)

// serve is the MCP server on stdio, until stdin ends, a signal comes or the parent is gone: all are exit 0.
func serve(ctx context.Context, p process, f flags) error {
	// A host that closes stderr must not end the server, and one that closes stdout ends it in order. Commands keep the
	// signal: it ends `get` in a pipe whose reader has enough.
	signal.Ignore(syscall.SIGPIPE)
	held := &weighted{getenv: p.getenv}
	defer runtime.KeepAlive(held)
	logs, flush := stdio.NonBlocking(p.stderr) // a host that never reads stderr must not stop the server
	defer flush()
	logger, err := f.logger(logs)
	if err != nil {
		return err
	}
	ctx, stop := withParent(ctx, logger)
	defer stop()
	app, err := newAppWith(ctx, p, f, logger, wiring{around: held.around})
	answers, err := lookupsOf(app, err, logs)
	if err != nil {
		return err
	}
	if isTerminal(p.stdin) {
		_, _ = fmt.Fprintf(p.stderr, "%s: waiting for an MCP client on stdin; `%s get --demo` is for people\n", tools.Name, tools.Name)
	}
	return stdio.Serve(ctx, newServer(answers, logger), p.stdin, p.stdout, stdio.Config{Logger: logger, Refuse: tools.RefuseRequest})
}

func newServer(l lookups, logger *slog.Logger) *server.MCPServer {
	return tools.NewServer(tools.Config{
		Tasks: l, Originals: l, Explainer: l, Checker: l, Triager: l, Comparer: l,
		Refuse: l.Refuse, Version: version, Logger: logger,
	})
}

// weighted takes the ballast with the first lookup. Taken at the start, it would make the collector run before the host
// has its first answer, which is a sixth of the time that it waits for it.
type weighted struct {
	inspect.Fetcher
	getenv func(string) string
	once   sync.Once
	held   []byte
}

func (w *weighted) around(f inspect.Fetcher) inspect.Fetcher {
	w.Fetcher = f
	return w
}

func (w *weighted) TaskDetails(ctx context.Context, ids ...string) []client.Lookup {
	w.once.Do(func() { w.held = ballast(w.getenv) })
	return w.Fetcher.TaskDetails(ctx, ids...)
}

// ballast makes the heap look larger than it is, so that the collector, which runs when it has doubled, does not run every
// few calls. Nobody touches it, so it takes no memory. Whoever sets the collector by himself needs none.
func ballast(getenv func(string) string) []byte {
	const size = 2 << 20 // bench/performance.md has what it was chosen by
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return nil
	}
	return make([]byte, size)
}
