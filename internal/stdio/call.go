package stdio

import (
	"context"
	"sync"

	"mcp-taskdetails/internal/wire"

	"github.com/mark3labs/mcp-go/mcp"
)

// call is one request. While mcp-go handles it, it stands for the client's session, so that what is said during one call
// is told from what is said during another.
type call struct {
	wire.Message
	*session
	key    string // in session.open
	cancel context.CancelFunc

	first  sync.Once
	said   chan mcp.JSONRPCNotification // nil if nothing is
	hushed chan struct{}
}

// NotificationChannel takes the notifications of the call. mcp-go drops some where it would have to wait.
func (c *call) NotificationChannel() chan<- mcp.JSONRPCNotification {
	c.first.Do(func() {
		c.said, c.hushed = make(chan mcp.JSONRPCNotification, 100), make(chan struct{})
		go func() {
			defer close(c.hushed)
			for n := <-c.said; n.Method != ""; n = <-c.said {
				c.notify(n)
			}
		}()
	})
	return c.said
}

// hush returns when all that was said has been written, so that the reply comes last. Nobody hears what is said later.
func (c *call) hush() {
	c.first.Do(func() {})
	if c.said != nil {
		c.said <- mcp.JSONRPCNotification{}
		<-c.hushed
	}
}

// notify writes a notification, while there may be one.
func (c *call) notify(n mcp.JSONRPCNotification) {
	if line, err := c.Notice(n); err == nil && c.find(c.key) == c {
		c.out.line(line)
	}
}
