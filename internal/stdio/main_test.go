package stdio

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// serverEnv makes the test binary a server: mcp-go has one stdio session a process, and only a process has real
// pipes, signals and an end. Its value is a Config's numbers.
const serverEnv = "STDIO_TEST_SERVER"

func TestMain(m *testing.M) {
	config, ok := os.LookupEnv(serverEnv)
	if !ok {
		os.Exit(m.Run())
	}
	os.Exit(serve(config))
}

// stockQueue asks for mcp-go's own stdio server, to compare with.
const stockQueue = -1

func serve(config string) int {
	var c Config
	if _, err := fmt.Sscan(config, &c.MaxLine, &c.Workers, &c.Queue, &c.Drain); err != nil {
		panic(err)
	}
	stderr, flush := NonBlocking(os.Stderr)
	defer flush()
	c.Logger = slog.New(slog.NewTextHandler(stderr, nil))
	signal.Ignore(syscall.SIGPIPE) // otherwise a closed stdout kills the process before Serve can end
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if c.Queue == stockQueue {
		_ = server.NewStdioServer(newServer()).Listen(ctx, os.Stdin, os.Stdout)
		return 0
	}
	if err := Serve(ctx, newServer(), os.Stdin, os.Stdout, c); err != nil {
		c.Logger.Error("failed", slog.Any("error", err))
		return 1
	}
	return 0
}

// stats is what the tool of that name answers.
type stats struct {
	Started, Cancelled int64 // of the calls of `block`
	Goroutines         int
	Heap               uint64
}

// newServer has one tool for each way in which a call can go.
func newServer() *server.MCPServer {
	s := server.NewMCPServer("test", "1", server.WithToolCapabilities(false), server.WithResourceCapabilities(false, false))
	var started, cancelled atomic.Int64
	var party sync.WaitGroup
	party.Add(64)
	tool := func(name string, handler func(ctx context.Context, r mcp.CallToolRequest) string) {
		s.AddTool(mcp.Tool{Name: name, RawInputSchema: json.RawMessage(`{"type":"object"}`)},
			func(ctx context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
				return mcp.NewToolResultText(handler(ctx, r)), nil
			})
	}
	tool("echo", func(_ context.Context, r mcp.CallToolRequest) string { return r.GetString("text", "") })
	tool("slow", func(_ context.Context, r mcp.CallToolRequest) string {
		time.Sleep(time.Duration(r.GetInt("ms", 1)) * time.Millisecond)
		return "slept"
	})
	tool("block", func(ctx context.Context, _ mcp.CallToolRequest) string {
		started.Add(1)
		<-ctx.Done()
		cancelled.Add(1)
		return "unblocked"
	})
	tool("stubborn", func(context.Context, mcp.CallToolRequest) string { select {} })
	tool("party", func(context.Context, mcp.CallToolRequest) string { party.Done(); party.Wait(); return "all here" })
	tool("panic", func(context.Context, mcp.CallToolRequest) string { panic("secret-value") })
	tool("progress", func(ctx context.Context, r mcp.CallToolRequest) string {
		for i := range r.GetInt("steps", 3) {
			_ = s.SendNotificationToClient(ctx, "notifications/progress",
				map[string]any{"progressToken": r.Params.Meta.ProgressToken, "progress": i})
		}
		return "done"
	})
	tool("stats", func(context.Context, mcp.CallToolRequest) string {
		runtime.GC()
		var mem runtime.MemStats
		runtime.ReadMemStats(&mem)
		return fmt.Sprint(started.Load(), " ", cancelled.Load(), " ", runtime.NumGoroutine(), " ", mem.HeapAlloc, " ")
	})
	s.AddTool(mcp.Tool{Name: "unmarshalable", RawInputSchema: json.RawMessage(`{"type":"object"}`)},
		func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return &mcp.CallToolResult{StructuredContent: json.RawMessage(`{broken`)}, nil
		})
	s.AddResource(mcp.Resource{URI: "test://panic", Name: "panic"},
		func(context.Context, mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) { panic("secret-value") })
	return s
}

// call is a tools/call line; id is a JSON token.
func callLine(id, tool, arguments string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":"tools/call","params":{"name":%q,"arguments":%s}}`, id, tool, arguments)
}

func pingLine(id string) string { return `{"jsonrpc":"2.0","id":` + id + `,"method":"ping"}` }

func cancelOf(id string) string {
	return `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":` + id + `}}`
}

func textReply(id, text string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":%q}]}}`, id, text)
}

func pong(id string) string { return `{"jsonrpc":"2.0","id":` + id + `,"result":{}}` }

func repeat(n int, line func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(line(i) + "\n")
	}
	return b.String()
}

// unescapeHTML undoes what encoding/json does for pages of HTML, which no host makes of a reply before it has read it.
func unescapeHTML(reply []byte) []byte {
	return []byte(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(reply)))
}
