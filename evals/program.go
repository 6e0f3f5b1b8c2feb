package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	mcpclient "github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
)

// build compiles the program into a folder that clean removes.
func build(ctx context.Context) (path string, clean func(), err error) {
	dir, err := os.MkdirTemp("", "mcp-taskdetails-evals-")
	if err != nil {
		return "", nil, err
	}
	clean = func() { _ = os.RemoveAll(dir) }
	path = filepath.Join(dir, "mcp-taskdetails")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	//nolint:gosec // fixed arguments
	out, err := exec.CommandContext(ctx, "go", "build", "-o", path, "mcp-taskdetails/cmd/mcp-taskdetails").CombinedOutput()
	if err != nil {
		clean()
		return "", nil, fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, clean, nil
}

// program is the server, started as hosts start it.
type program struct {
	client *mcpclient.Client
	tools  []mcp.Tool
}

// start starts the program with its recorded tasks.
func start(ctx context.Context, path string) (*program, error) {
	c, err := mcpclient.NewStdioMCPClient(path, nil, "--demo")
	if err != nil {
		return nil, fmt.Errorf("program: start: %w", err)
	}
	p := &program{client: c}
	if _, err := c.Initialize(ctx, mcp.InitializeRequest{Params: mcp.InitializeParams{
		ProtocolVersion: mcp.LATEST_PROTOCOL_VERSION, ClientInfo: mcp.Implementation{Name: "evals", Version: "1"},
	}}); err != nil {
		p.close()
		return nil, fmt.Errorf("program: initialize: %w", err)
	}
	list, err := c.ListTools(ctx, mcp.ListToolsRequest{})
	if err != nil {
		p.close()
		return nil, fmt.Errorf("program: list tools: %w", err)
	}
	p.tools = list.Tools
	return p, nil
}

func (p *program) close() { _ = p.client.Close() }

// errNoTool tells a model that called something that there is not.
var errNoTool = errors.New("there is no such tool")

// call is a call of a tool, and the text that a model gets for it.
func (p *program) call(ctx context.Context, tool string, arguments json.RawMessage) (string, error) {
	known := false
	for _, t := range p.tools {
		known = known || t.Name == tool
	}
	if !known {
		return "", errNoTool
	}
	result, err := p.client.CallTool(ctx, mcp.CallToolRequest{Params: mcp.CallToolParams{Name: tool, Arguments: arguments}})
	if err != nil {
		return "", fmt.Errorf("program: call %s: %w", tool, err)
	}
	for _, content := range result.Content {
		if text, ok := content.(mcp.TextContent); ok {
			return text.Text, nil
		}
	}
	return "", fmt.Errorf("program: call %s: the result has no text", tool)
}
