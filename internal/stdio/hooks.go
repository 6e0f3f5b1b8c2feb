package stdio

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var errCancelled = errors.New("cancelled")

// hook watches the calls where mcp-go handles them. They run on the goroutine of the call they are about.
func hook(s *server.MCPServer, calls *calls, w *writer) {
	hooks := s.GetHooks()
	if hooks == nil {
		hooks = &server.Hooks{}
		server.WithHooks(hooks)(s)
	}
	// A call that was cancelled while it waited for a worker never starts.
	hooks.AddOnRequestInitialization(func(_ context.Context, id, _ any) error {
		if calls.isCancelled(numberOf(id)) {
			return errCancelled
		}
		return nil
	})
	// From here on mcp-go itself can cancel the call. A cancellation that came in between found nothing to cancel.
	hooks.AddBeforeAny(func(ctx context.Context, id any, _ mcp.MCPMethod, _ any) {
		if number := numberOf(id); calls.isCancelled(number) {
			s.HandleMessage(ctx, cancelLine(number))
		}
	})
	hooks.AddOnSuccess(func(ctx context.Context, id any, _ mcp.MCPMethod, _, result any) {
		c := calls.get(numberOf(id))
		if c == nil {
			return
		}
		if c.ordered {
			barrier(ctx, c)
		}
		switch result := result.(type) {
		case *mcp.ReadResourceResult:
			c.keepLong(result)
		case *mcp.CallToolResult:
			c.keepAnswer(result)
		}
		// mcp-go sends nothing at all when it cannot marshal a result, so whether it can is tried here first.
		if err := json.NewEncoder(io.Discard).Encode(result); err != nil {
			w.fail(c.number, "internal error: the result cannot be written as JSON")
		}
	})
	hooks.AddOnError(func(ctx context.Context, id any, _ mcp.MCPMethod, _ any, _ error) {
		if c := calls.get(numberOf(id)); c != nil && c.ordered {
			barrier(ctx, c)
		}
	})
}

// numberOf reads a call's number as mcp-go decoded it; 0 if it is none of ours.
func numberOf(id any) int64 {
	number, _ := id.(float64)
	return int64(number)
}

// methodBarrier never leaves the process.
const (
	methodBarrier = "internal/barrier"
	barrierHead   = noticeHead + methodBarrier + `","params":{"number":`
)

// barrier returns when every notification that the call has sent is written. They travel through a channel to a
// goroutine of mcp-go, while the reply goes straight to the writer and would overtake them; so one of our own
// follows them and tells when it has arrived there.
func barrier(ctx context.Context, c *call) {
	session := server.ClientSessionFromContext(ctx)
	if session == nil {
		return
	}
	last := mcp.JSONRPCNotification{JSONRPC: mcp.JSONRPC_VERSION, Notification: mcp.Notification{
		Method: methodBarrier,
		Params: mcp.NotificationParams{AdditionalFields: map[string]any{"number": c.number}},
	}}
	select {
	case session.NotificationChannel() <- last:
	case <-ctx.Done():
		return
	}
	select {
	case <-c.flushed:
	case <-ctx.Done():
	}
}

func barrierNumber(p []byte) (int64, bool) {
	rest, ok := bytes.CutPrefix(p, []byte(barrierHead))
	return leadingNumber(rest), ok
}

// complaints is mcp-go's log. The values of panics stay out of it: they may hold anything.
type complaints struct{ log *slog.Logger }

func (c complaints) Write(p []byte) (int, error) {
	text := strings.TrimSpace(string(p))
	if head, _, ok := strings.Cut(text, ": "); ok && strings.HasPrefix(head, "panic recovered") {
		text = head
	}
	c.log.Warn("mcp-go complained", slog.String("text", text))
	return len(p), nil
}
