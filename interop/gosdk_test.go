package interop

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// goSDK is the official Go SDK's client, which agrees on the revision by itself.
type goSDK struct{ session *mcp.ClientSession }

func dialGoSDK(t *testing.T, script string) client {
	t.Helper()
	c := mcp.NewClient(&mcp.Implementation{Name: "interop", Version: "1"}, nil)
	session, err := c.Connect(t.Context(), &mcp.CommandTransport{Command: exec.Command(script)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return goSDK{session}
}

func (c goSDK) list(ctx context.Context) (json.RawMessage, error) {
	result, err := c.session.ListTools(ctx, nil)
	if err != nil {
		return nil, err
	}
	return json.Marshal(result.Tools)
}

func (c goSDK) templates(ctx context.Context) (json.RawMessage, error) {
	result, err := c.session.ListResourceTemplates(ctx, nil)
	if err != nil {
		return nil, err
	}
	return json.Marshal(result.ResourceTemplates)
}

func (c goSDK) call(ctx context.Context, tool string, arguments any) (answer, error) {
	result, err := c.session.CallTool(ctx, &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		return answer{}, err
	}
	text, ok := result.Content[0].(*mcp.TextContent)
	if !ok || len(result.Content) != 1 {
		return answer{}, fmt.Errorf("not one text block: %v", result.Content)
	}
	structured, err := json.Marshal(result.StructuredContent)
	return answer{isError: result.IsError, text: text.Text, structured: structured}, err
}

func (c goSDK) read(ctx context.Context, uri string) (string, error) {
	result, err := c.session.ReadResource(ctx, &mcp.ReadResourceParams{URI: uri})
	if err != nil {
		return "", err
	}
	return result.Contents[0].Text, nil
}

func (c goSDK) close() error { return c.session.Close() }
