// Command overhttp serves the program's MCP server over streamable HTTP, with the recorded tasks behind it. The
// protocol's conformance suite speaks nothing but HTTP: this is for that suite, and never shipped.
//
// It prints its URL and ends with its stdin.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func main() {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	if err := run(ctx, os.Stdin, os.Stdout); err != nil { //nolint:forbidigo // this is main
		fmt.Fprintln(os.Stderr, "overhttp:", err)
		os.Exit(1) //nolint:forbidigo // this is main
	}
}

func run(ctx context.Context, stdin io.Reader, stdout io.Writer) error {
	mcpServer, err := newServer(ctx)
	if err != nil {
		return err
	}
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	web := &http.Server{Handler: server.NewStreamableHTTPServer(mcpServer, server.WithStateful(true)), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		_, _ = io.Copy(io.Discard, stdin)
		_ = web.Close()
	}()
	if _, err := fmt.Fprintf(stdout, "http://%s/mcp\n", listener.Addr()); err != nil {
		return err
	}
	if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func newServer(ctx context.Context) (*server.MCPServer, error) {
	api, err := sandbox.Start(ctx)
	if err != nil {
		return nil, err
	}
	fetcher, err := client.New(client.Config{URL: api.APIURL, Key: schema.NewSecret(sandbox.Key)})
	if err != nil {
		return nil, err
	}
	models, err := modelschema.New(modelschema.Config{URL: api.SchemasURL})
	if err != nil {
		return nil, err
	}
	logger := slog.New(slog.DiscardHandler)
	inspector, err := inspect.New(inspect.Config{
		Fetcher: fetcher, Models: models, Presenter: present.New(present.Config{}), Logger: logger,
	})
	if err != nil {
		return nil, err
	}
	s := tools.NewServer(tools.Config{
		Tasks: inspector, Originals: inspector, Triager: inspector, Comparer: inspector, Refuse: inspector.Refuse, Version: "0.0.0", Logger: logger,
	})
	server.WithHooks(lingering())(s)
	return s, nil
}

// lingering holds the result of subscriptions/listen back until its acknowledgement is on the wire. There is nothing to
// listen to here, so that both are due at once, and then the HTTP transport of mcp-go 1.2.1 may drop the acknowledgement:
// its forwarder takes the notification off the channel, and finds the request ended before it can write
// (server/streamable_http.go). What is shipped does not use that transport.
func lingering() *server.Hooks {
	hooks := &server.Hooks{}
	hooks.AddAfterSubscriptionsListen(func(context.Context, any, *mcp.SubscriptionsListenRequest, *mcp.SubscriptionsListenResult) {
		time.Sleep(100 * time.Millisecond)
	})
	return hooks
}
