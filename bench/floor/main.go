// Command floor is the smallest MCP server that mcp-go makes for this job: one tool, one POST a call, the reply's body
// as text and as structured content. It diagnoses nothing, masks nothing and retries nothing: what the real program
// costs beyond it is the price of those. Nobody should use it; package bench runs it.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func main() {
	workers := flag.Int("workers", 5, "tool calls run at once")
	flag.Parse()
	api := api{url: os.Getenv("RUNWARE_API_URL"), key: os.Getenv("RUNWARE_API_KEY")} //nolint:forbidigo // this is a main
	api.http.Transport = &http.Transport{MaxIdleConns: 128, MaxIdleConnsPerHost: 128}

	s := server.NewMCPServer("floor", "0", server.WithToolCapabilities(false))
	s.AddTool(mcp.NewTool("get_task_details", mcp.WithString("taskUUID", mcp.Required())), api.call)
	if err := server.ServeStdio(s, server.WithWorkerPoolSize(*workers), server.WithQueueSize(10_000)); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1) //nolint:forbidigo // this is a main
	}
}

type api struct {
	url, key string
	http     http.Client
}

func (a *api) call(ctx context.Context, call mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	id, err := call.RequireString("taskUUID")
	if err != nil {
		return nil, err
	}
	question := strings.NewReader(`[{"taskType":"getTaskDetails","taskUUID":"` + id + `"}]`)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.url, question)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+a.key)
	resp, err := a.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	return &mcp.CallToolResult{
		Content:              []mcp.Content{mcp.TextContent{Type: mcp.ContentTypeText, Text: string(body)}},
		RawStructuredContent: bytes.TrimSpace(body),
	}, nil
}
