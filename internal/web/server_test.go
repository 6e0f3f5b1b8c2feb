package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mcp-taskdetails/schema"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const reading = `{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"test://text"}}`

// running is a server on the loopback whose only resource is a text of some size.
type running struct {
	t      *testing.T
	at     string
	opened atomic.Int32 // how many callers were made
	stop   context.CancelFunc
	ended  chan error
}

func start(t *testing.T, size int, c Config) *running {
	t.Helper()
	r := &running{t: t, ended: make(chan error, 1)}
	c.Logger = slog.New(slog.DiscardHandler)
	c.Open = func(schema.Secret) (*server.MCPServer, error) {
		r.opened.Add(1)
		s := server.NewMCPServer("test", "1")
		s.AddResource(mcp.NewResource("test://text", "text"), func(context.Context, mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
			return []mcp.ResourceContents{mcp.TextResourceContents{URI: "test://text", Text: strings.Repeat("x", size)}}, nil
		})
		return s, nil
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r.at = listener.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	r.stop = stop
	go func() { r.ended <- s.Serve(ctx, listener) }()
	return r
}

// stall sends a request whose answer nobody reads, and returns when it takes the only place.
func (r *running) stall(key string) {
	r.t.Helper()
	connection, err := new(net.Dialer).DialContext(r.t.Context(), "tcp", r.at)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = connection.Close() })
	_, err = fmt.Fprintf(connection, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"+
		"Authorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s", Path, key, len(reading), reading)
	if err != nil {
		r.t.Fatal(err)
	}
	for range 400 {
		if strings.Contains(r.metrics(), "taskdetails_requests_in_flight 1\n") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	r.t.Fatal("the request is not under way")
}

func (r *running) metrics() string {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, "http://"+r.at+"/metrics", nil)
	if err != nil {
		r.t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return string(text)
}

// status is that of a request whose answer is read.
func (r *running) status(key string) int {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), http.MethodPost, "http://"+r.at+Path, strings.NewReader(reading))
	if err != nil {
		r.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json, text/event-stream")
	request.Header.Set("Authorization", "Bearer "+key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		r.t.Fatal(err)
	}
	if again := response.Header.Get("Retry-After"); (response.StatusCode == http.StatusTooManyRequests) != (again == "1") {
		r.t.Errorf("%d with Retry-After %q", response.StatusCode, again)
	}
	return response.StatusCode
}

// until asks again and again until a status comes; it fails where none does for long.
func (r *running) until(key string, want int) {
	r.t.Helper()
	got := 0
	for range 400 {
		if got = r.status(key); got == want {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	r.t.Fatalf("still %d, not %d", got, want)
}

const (
	oneKey   = "rw_8f3kd02mxq71vbz5htn4pl9e01"
	otherKey = "rw_8f3kd02mxq71vbz5htn4pl9e02"
	thirdKey = "rw_8f3kd02mxq71vbz5htn4pl9e03"

	pastBuffers = 32 << 20 // more than the kernel takes off a server's hands
)

// Who asks and reads nothing gives the place back to others.
func TestServeReaderThatStalls(t *testing.T) {
	r := start(t, pastBuffers, Config{MaxInFlight: 1, Timeout: 2 * time.Second})
	r.stall(oneKey)
	if status := r.status(otherKey); status != http.StatusTooManyRequests {
		t.Fatalf("%d beside a request that takes the only place", status)
	}
	r.until(otherKey, http.StatusOK)
}

// Nor does it keep the server from ending in order.
func TestServeEndsBesideReaderThatStalls(t *testing.T) {
	r := start(t, pastBuffers, Config{MaxInFlight: 1, Timeout: 2 * time.Second, Drain: time.Millisecond})
	r.stall(oneKey)
	r.stop()
	select {
	case err := <-r.ended:
		if err != nil {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Error("does not end")
	}
}

// Callers are kept while there is room for them; the one that asked longest ago goes first.
func TestServeForgetsIdleCallers(t *testing.T) {
	r := start(t, 1, Config{MaxCallers: 2})
	for i, step := range []struct {
		key    string
		opened int32
	}{{oneKey, 1}, {oneKey, 1}, {otherKey, 2}, {oneKey, 2}, {thirdKey, 3}, {oneKey, 3}, {otherKey, 4}} {
		if status := r.status(step.key); status != http.StatusOK || r.opened.Load() != step.opened {
			t.Errorf("step %d: %d, %d callers were made, want %d", i, status, r.opened.Load(), step.opened)
		}
	}
}
