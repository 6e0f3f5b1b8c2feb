package stdio

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/server"
)

// client is the far end of a session within this process.
type client struct {
	t    *testing.T
	in   *io.PipeWriter
	out  chan string
	done chan error
}

func connect(t *testing.T, s *server.MCPServer) *client {
	t.Helper()
	in, feed := io.Pipe()
	results, out := io.Pipe()
	c := &client{t, feed, make(chan string, 100), make(chan error, 1)}
	go func() { c.done <- Serve(t.Context(), s, in, out, Config{}) }()
	go func() {
		for lines := bufio.NewScanner(results); lines.Scan(); {
			c.out <- lines.Text()
		}
	}()
	return c
}

func (c *client) send(lines ...string) {
	c.t.Helper()
	if _, err := io.WriteString(c.in, strings.Join(lines, "\n")+"\n"); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) want(lines ...string) {
	c.t.Helper()
	for _, want := range lines {
		select {
		case got := <-c.out:
			if got != want {
				c.t.Fatalf("got  %s\nwant %s", got, want)
			}
		case <-time.After(patience):
			c.t.Fatalf("no line came; want %s", want)
		}
	}
}

// One process serves several clients at once: ids, cancellations, tokens and ends of one are nothing to the others.
func TestSeveralSessions(t *testing.T) {
	s := newServer()
	var clients []*client
	for range 8 {
		clients = append(clients, connect(t, s))
	}
	for _, c := range clients {
		c.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}`)
		if got := <-c.out; !strings.Contains(got, `"id":1,"result":{"protocolVersion":"2025-11-25"`) {
			t.Fatal(got)
		}
		c.send(callLine("1", "block", "{}"))
	}
	clients[0].send(cancelOf("1"), callLine("1", "echo", `{"text":"again"}`))
	clients[0].want(textReply("1", "again"))
	clients[1].send(callLine("1", "echo", "{}"))
	clients[1].want(invalid("null", "id 1 belongs to a request that is still open"))
	for i, c := range clients {
		c.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"progress","arguments":{"steps":1},"_meta":{"progressToken":"of %d"}}}`, i))
		c.want(fmt.Sprintf(`{"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":0,"progressToken":"of %d"}}`, i), textReply("2", "done"))
	}
	for i, c := range clients {
		c.send(cancelOf("1"))
		if err := c.in.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-c.done; err != nil {
			t.Errorf("client %d: %v", i, err)
		}
		for _, other := range clients[i+1:] {
			other.send(callLine("3", "echo", `{"text":"still here"}`))
			other.want(textReply("3", "still here"))
		}
	}
}

// A subscription goes on until its client cancels it, which gets no reply, or ends the input, which does not wait for it.
func TestSubscriptions(t *testing.T) {
	const line = `{"jsonrpc":"2.0","id":%s,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},"_meta":` +
		`{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}`
	const acknowledged = `{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":` +
		`{"_meta":{"io.modelcontextprotocol/subscriptionId":%s},"notifications":{"toolsListChanged":true}}}`
	c := connect(t, server.NewMCPServer("test", "1", server.WithToolCapabilities(true)))
	for _, id := range []string{`9007199254740993`, `"a<b"`} {
		c.send(fmt.Sprintf(line, id))
		c.want(fmt.Sprintf(acknowledged, id))
	}
	c.send(cancelOf(`"a<b"`), pingLine("1"))
	c.want(pong("1"))
	began := time.Now()
	if err := c.in.Close(); err != nil {
		t.Fatal(err)
	}
	c.want(`{"jsonrpc":"2.0","id":9007199254740993,"result":{"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"test","version":"1"},` +
		`"io.modelcontextprotocol/subscriptionId":9007199254740993},"resultType":"complete"}}`)
	if err := <-c.done; err != nil || len(c.out) > 0 || time.Since(began) > 10*time.Second {
		t.Errorf("%v, %d lines more, after %s", err, len(c.out), time.Since(began))
	}
}
