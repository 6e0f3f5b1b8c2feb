package main

import (
	"context"
	"fmt"
	"log/slog"
	"os/signal"
	"runtime"
	"syscall"

	"mcp-taskdetails/internal/stdio"
	"mcp-taskdetails/tools"

	"github.com/mark3labs/mcp-go/server"
)

// serve is the MCP server on stdio, until stdin ends, a signal comes or the parent is gone: all are exit 0.
func serve(ctx context.Context, p process, f flags) error {
	// A host that closes stderr must not end the server, and one that closes stdout ends it in order. Commands keep the
	// signal: it ends `get` in a pipe whose reader has enough.
	signal.Ignore(syscall.SIGPIPE)
	held := ballast(p.getenv)
	defer runtime.KeepAlive(held)
	logs, flush := stdio.NonBlocking(p.stderr) // a host that never reads stderr must not stop the server
	defer flush()
	logger, err := f.logger(logs)
	if err != nil {
		return err
	}
	ctx, stop := withParent(ctx, logger)
	defer stop()
	app, err := newApp(ctx, p, f, logger)
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

// ballast makes the heap look larger than it is, so that the collector, which runs when it has doubled, does not run every
// few calls. Nobody touches it, so it takes no memory. Whoever sets the collector by himself needs none.
func ballast(getenv func(string) string) []byte {
	const size = 2 << 20 // bench/performance.md has what it was chosen by
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return nil
	}
	return make([]byte, size)
}
