package tools

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// progress tells a client how far a call is: so much of a total, and in words. What does not get through at once is lost.
type progress func(done, total int, message string)

// progressOf tells those who asked, with a token of theirs, and nobody else. It must not be called once the call is over:
// hosts take what comes after a reply for a fault.
func progressOf(ctx context.Context, call mcp.CallToolRequest) progress {
	session := server.ClientSessionFromContext(ctx)
	if call.Params.Meta == nil || call.Params.Meta.ProgressToken == nil || session == nil {
		return func(int, int, string) {}
	}
	token := call.Params.Meta.ProgressToken
	return func(done, total int, message string) {
		select {
		case session.NotificationChannel() <- mcp.JSONRPCNotification{
			JSONRPC: mcp.JSONRPC_VERSION,
			Notification: mcp.Notification{
				Method: string(mcp.MethodNotificationProgress),
				Params: mcp.NotificationParams{AdditionalFields: map[string]any{
					"progressToken": token, "progress": done, "total": total, "message": message,
				}},
			},
		}:
		default:
		}
	}
}
