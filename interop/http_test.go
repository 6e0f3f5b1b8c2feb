package interop

import (
	"encoding/json"
	"strings"
	"testing"

	mcpclient "github.com/mark3labs/mcp-go/client"
	gosdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestHTTPClients: clients that others wrote list and call the program's tools over HTTP, several at a time.
func TestHTTPClients(t *testing.T) {
	url := serveHTTP(t)
	for name, dial := range map[string]func(*testing.T, string) client{"go-sdk": dialGoSDKOverHTTP, "mcp-go": dialMCPGoOverHTTP} {
		t.Run(name, func(t *testing.T) {
			for range 4 {
				t.Run("", func(t *testing.T) {
					t.Parallel()
					c := dial(t, url)
					defer func() {
						if err := c.close(); err != nil {
							t.Error(err)
						}
					}()
					raw, err := c.list(t.Context())
					if err != nil {
						t.Fatal(err)
					}
					var listed []map[string]any
					if err := json.Unmarshal(raw, &listed); err != nil || len(listed) != len(goldens(t)) {
						t.Fatalf("%v: %d tools", err, len(listed))
					}
					for id, status := range map[string]string{taskFailed: "failed", taskSucceeded: "succeeded", taskPartial: "partial"} {
						got, err := c.call(t.Context(), tool, map[string]any{"taskUUID": id})
						if err != nil || got.isError || !strings.Contains(got.text, `"status":"`+status+`"`) {
							t.Errorf("%s: %v %s", id, err, got.text)
						}
					}
				})
			}
		})
	}
}

func dialGoSDKOverHTTP(t *testing.T, url string) client {
	t.Helper()
	c := gosdk.NewClient(&gosdk.Implementation{Name: "interop", Version: "1"}, nil)
	session, err := c.Connect(t.Context(), &gosdk.StreamableClientTransport{Endpoint: url}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return goSDK{session}
}

func dialMCPGoOverHTTP(t *testing.T, url string) client {
	t.Helper()
	c, err := mcpclient.NewStreamableHttpClient(url)
	if err != nil {
		t.Fatal(err)
	}
	return greeted(t, c)
}
