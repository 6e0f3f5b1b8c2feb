package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net"
	"runtime"
	"time"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/stdio"
	"mcp-taskdetails/internal/web"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/mark3labs/mcp-go/server"
	"github.com/spf13/cobra"
)

const serveLong = `Serve MCP: on stdin and stdout, as without a command, or for a team over streamable HTTP.

With --http each request carries its caller's own Runware key, as the header "Authorization: Bearer KEY". What one caller
looks up never reaches another: tasks and limits are per key. The server keeps no session, so that any number of
replicas may stand behind a load balancer. It speaks plain HTTP: put what ends TLS in front of it.

  /mcp       MCP, protocol versions up to 2026-07-28
  /healthz   whether it runs        /readyz   whether it takes requests: not while it drains
  /metrics   counts and times for Prometheus, without ids, keys or data

RUNWARE_API_KEY is not used, but with --shared-key, on a loopback address alone: then every request is made with it.
SIGTERM lets it answer what was asked, then it exits with 0.`

const serveExample = `  mcp-taskdetails serve --http 127.0.0.1:8080
  mcp-taskdetails serve --http 0.0.0.0:8080 --allow-host tasks.example.com
  mcp-taskdetails serve --http 127.0.0.1:8080 --demo`

// serveFlags are those of serve alone.
type serveFlags struct {
	http           string
	shared         bool
	hosts, origins []string
	inFlight       int
	perCaller      int
	drain          time.Duration
}

func serveCommand(ctx context.Context, p process, shared *flags) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use: "serve", Short: "Serve MCP on stdin and stdout, or over HTTP", Long: serveLong, Example: serveExample,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.http == "" {
				if cmd.Flags().Changed("shared-key") || len(f.hosts) > 0 || len(f.origins) > 0 {
					return usage("give the address too, such as --http 127.0.0.1:8080", "these flags are about HTTP")
				}
				return serve(ctx, p, *shared)
			}
			return serveHTTP(ctx, p, *shared, f)
		},
	}
	set := cmd.Flags()
	set.StringVar(&f.http, "http", "", "address to serve HTTP on, such as 127.0.0.1:8080; port 0 takes a free one, which is printed")
	set.BoolVar(&f.shared, "shared-key", false, "make every request with RUNWARE_API_KEY; on a loopback address alone")
	set.StringSliceVar(&f.hosts, "allow-host", nil, "names accepted in Host (default those of the loopback on a loopback address, else any)")
	set.StringSliceVar(&f.origins, "allow-origin", nil, "web pages that may ask, by their Origin (default none)")
	set.IntVar(&f.inFlight, "max-in-flight", 256, "requests at a time; the others get 429")
	set.IntVar(&f.perCaller, "max-per-key", 32, "requests at a time with one key")
	set.DurationVar(&f.drain, "drain", 2*time.Second, "how long to go on after SIGTERM, until balancers noticed")
	return cmd
}

// cacheOfAll is what all callers' tasks in memory may take together, in bytes: the memory of the server does not grow
// with the number of keys that come, made-up ones among them.
const cacheOfAll = 64 << 20

func serveHTTP(ctx context.Context, p process, shared flags, f serveFlags) error {
	if f.inFlight < 1 || f.perCaller < 1 || f.drain < 0 {
		return usage("limits are 1 or more, --drain is a duration such as 2s", "a limit of serve cannot be used")
	}
	if err := shared.validate(); err != nil {
		return err
	}
	held := ballast(p.getenv)
	defer runtime.KeepAlive(held)
	logs, flush := stdio.NonBlocking(p.stderr)
	defer flush()
	logger, err := shared.logger(logs)
	if err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(f.http)
	if err != nil {
		return usage("give host and port, such as --http 127.0.0.1:8080", "--http %q is no address", f.http)
	}
	if f.shared && !isLoopback("http://"+net.JoinHostPort(host, "1")) {
		return usage("leave it out, so that each request carries its caller's own key; or serve on 127.0.0.1", "--shared-key on %s would lend the key to everybody who reaches that address", host)
	}
	c, err := loadConfig(ctx, p.getenv, shared.demo, shared.latency)
	if err != nil {
		return err
	}
	config := web.Config{
		Hosts: f.hosts, Origins: f.origins, MaxInFlight: f.inFlight, MaxPerCaller: f.perCaller, Drain: f.drain, Logger: logger,
	}
	switch {
	case shared.demo:
		config.Shared = c.key
	case f.shared && c.key.IsZero():
		return noKey()
	case f.shared:
		config.Shared = c.key
	}
	models, err := newModels(c, logger) // schemas are nobody's own; what they are not asked for is each caller's
	if err != nil {
		return err
	}
	cache := inspect.NewCache(inspect.CacheConfig{Bytes: cacheOfAll})
	config.Open = func(key schema.Secret) (*server.MCPServer, error) {
		own, owner := c, sha256.Sum256([]byte(key.Reveal()))
		own.key = key
		app, err := wire(own, models, shared, logger, wiring{cache: cache, owner: string(owner[:])})
		if err != nil {
			return nil, err
		}
		return newServer(app.inspector, logger), nil
	}
	s, err := web.New(config)
	if err != nil {
		return err
	}
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", f.http)
	if err != nil {
		return &usageError{err: err, hints: []string{"give an address of this machine and a port that is free; port 0 takes one"}}
	}
	p.drains.Store(true)
	if _, err := fmt.Fprintf(p.stderr, "%s: serving http://%s%s\n", tools.Name, listener.Addr(), web.Path); err != nil {
		return err
	}
	return s.Serve(ctx, listener)
}
