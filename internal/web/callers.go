package web

import (
	"container/list"
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"sync"
	"time"

	"mcp-taskdetails/schema"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// caller is everything that is kept for one key.
type caller struct {
	http.Handler // MCP, over the caller's own lookups

	id    identity
	slots chan struct{}
}

// identity stands for a key where keys are compared.
type identity [sha256.Size]byte

// callers are kept as long as there is room; one that is gone is made anew.
type callers struct {
	most, slots int
	open        func(key schema.Secret) (http.Handler, error)

	mu    sync.Mutex
	known map[identity]*list.Element
	used  *list.List // of *caller, the last used first
}

func newCallers(most, slots int, open func(key schema.Secret) (http.Handler, error)) *callers {
	return &callers{most: most, slots: slots, open: open, known: map[identity]*list.Element{}, used: list.New()}
}

// of finds the caller of a key, or makes it. A caller that is dropped meanwhile answers what it has begun.
func (c *callers) of(key schema.Secret) (*caller, error) {
	id := identity(sha256.Sum256([]byte(key.Reveal())))
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.known[id]; ok {
		c.used.MoveToFront(e)
		return e.Value.(*caller), nil //nolint:forcetypeassert // nothing else is in the list
	}
	handler, err := c.open(key)
	if err != nil {
		return nil, err
	}
	one := &caller{Handler: handler, id: id, slots: make(chan struct{}, c.slots)}
	c.known[id] = c.used.PushFront(one)
	if c.used.Len() > c.most {
		last := c.used.Back()
		delete(c.known, last.Value.(*caller).id) //nolint:forcetypeassert // likewise
		c.used.Remove(last)
	}
	return one, nil
}

// open makes the MCP server of a caller, as an HTTP handler.
func (s *Server) open(key schema.Secret) (http.Handler, error) {
	mcpServer, err := s.config.Open(key)
	if err != nil {
		return nil, fmt.Errorf("web: open: %w", err)
	}
	hooks := &server.Hooks{}
	hooks.AddAfterCallTool(s.metrics.called)
	hooks.AddAfterSubscriptionsListen(linger)
	server.WithHooks(hooks)(mcpServer)
	return server.NewStreamableHTTPServer(mcpServer,
		server.WithStateLess(true),
		server.WithDisableStreaming(true),           // there is nothing to listen to
		server.WithDisableLocalhostProtection(true), // stranger judges Host and Origin
		server.WithStreamableHTTPLogger(s.config.Logger),
	), nil
}

// linger holds the result of subscriptions/listen back until its acknowledgement is on the wire. There is nothing to
// listen to here, so that both are due at once, and then the HTTP transport of mcp-go 1.2.1 may drop the acknowledgement:
// its forwarder takes the notification off the channel, and finds the request ended before it can write
// (server/streamable_http.go).
func linger(context.Context, any, *mcp.SubscriptionsListenRequest, *mcp.SubscriptionsListenResult) {
	time.Sleep(100 * time.Millisecond)
}
