package interop

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	mcpclient "github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"
)

// mcpGo is the client of the library that the server is built with.
type mcpGo struct{ *mcpclient.Client }

func dialMCPGo(legacy bool) func(*testing.T, string) client {
	return func(t *testing.T, script string) client {
		t.Helper()
		var options []mcpclient.ClientOption
		if legacy {
			options = append(options, mcpclient.WithLegacyProtocolOnly()) //nolint:staticcheck // the older era is what is tested
		}
		c := mcpclient.NewClient(transport.NewStdio(script, nil), options...)
		return greeted(t, c)
	}
}

// greeted starts a client and shakes hands.
func greeted(t *testing.T, c *mcpclient.Client) client {
	t.Helper()
	if err := c.Start(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	request := mcp.InitializeRequest{}
	request.Params.ClientInfo = mcp.Implementation{Name: "interop", Version: "1"}
	if _, err := c.Initialize(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	return mcpGo{c}
}

func (c mcpGo) list(ctx context.Context) (json.RawMessage, error) {
	result, err := c.ListTools(ctx, mcp.ListToolsRequest{})
	if err != nil {
		return nil, err
	}
	return json.Marshal(result.Tools)
}

func (c mcpGo) templates(ctx context.Context) (json.RawMessage, error) {
	result, err := c.ListResourceTemplates(ctx, mcp.ListResourceTemplatesRequest{})
	if err != nil {
		return nil, err
	}
	return json.Marshal(result.ResourceTemplates)
}

func (c mcpGo) call(ctx context.Context, tool string, arguments any) (answer, error) {
	result, err := c.CallTool(ctx, mcp.CallToolRequest{Params: mcp.CallToolParams{Name: tool, Arguments: arguments}})
	if err != nil {
		return answer{}, err
	}
	text, ok := result.Content[0].(mcp.TextContent)
	if !ok || len(result.Content) != 1 {
		return answer{}, fmt.Errorf("not one text block: %v", result.Content)
	}
	return answer{isError: result.IsError, text: text.Text, structured: result.RawStructuredContent}, nil
}

func (c mcpGo) read(ctx context.Context, uri string) (string, error) {
	result, err := c.ReadResource(ctx, mcp.ReadResourceRequest{Params: mcp.ReadResourceParams{URI: uri}})
	if err != nil {
		return "", err
	}
	text, ok := result.Contents[0].(mcp.TextResourceContents)
	if !ok {
		return "", fmt.Errorf("not text: %v", result.Contents)
	}
	return text.Text, nil
}

func (c mcpGo) close() error { return c.Close() }
