package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/tools"

	"github.com/google/go-cmp/cmp"
	mcpclient "github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rogpeppe/go-internal/txtar"
)

const root = "../.."

// definitions are the tools as a host lists them, as JSON.
func definitions(t *testing.T) [][]byte {
	t.Helper()
	c, err := mcpclient.NewInProcessClient(tools.NewServer(tools.Config{Version: version}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Initialize(t.Context(), mcp.InitializeRequest{}); err != nil {
		t.Fatal(err)
	}
	list, err := c.ListTools(t.Context(), mcp.ListToolsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	for _, tool := range list.Tools {
		raw, err := json.Marshal(tool)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, raw)
	}
	return all
}

func member(raw []byte, name string) string {
	value, _ := rawjson.Member(raw, name)
	text, _ := rawjson.Text(value)
	return text
}

// TestReadme holds the README to the goldens and to the tools: its examples and its list of tools are generated.
func TestReadme(t *testing.T) {
	file := filepath.Join(root, "README.md")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := withTools(t, withExamples(t, string(content)))
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(content)); diff != "" {
		t.Errorf("README.md (-want +got); run `go test ./cmd/... -update` if this is expected\n%s", diff)
	}
	if lines := strings.Count(string(content), "\n"); lines > 250 {
		t.Errorf("README.md has %d lines, more than 250", lines)
	}
	for _, name := range []string{envKey, envKeyFile, envAPIURL, envSchemasURL} {
		if !strings.Contains(string(content), "| `"+name+"` |") {
			t.Errorf("README.md does not explain %s", name)
		}
	}
}

var example = regexp.MustCompile("(?s)<!-- from (\\S+): (\\S+) -->\n```(\\w*)\n.*?```")

// withExamples fills each block behind `<!-- from ARCHIVE: SECTION -->` with that section.
func withExamples(t *testing.T, readme string) string {
	t.Helper()
	return example.ReplaceAllStringFunc(readme, func(block string) string {
		parts := example.FindStringSubmatch(block)
		archive, err := txtar.ParseFile(filepath.Join(root, parts[1]))
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range archive.Files {
			if section.Name == parts[2] {
				return fmt.Sprintf("<!-- from %s: %s -->\n```%s\n%s```", parts[1], parts[2], parts[3], readable(t, section.Data))
			}
		}
		t.Fatalf("%s has no section %s", parts[1], parts[2])
		return ""
	})
}

// readable indents JSON, and leaves everything else as it is.
func readable(t *testing.T, text []byte) []byte {
	t.Helper()
	if !rawjson.Valid(text) {
		return text
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var toolBlock = regexp.MustCompile(`(?s)<!-- tool -->\n.*<!-- /tool -->`)

func withTools(t *testing.T, readme string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("| tool | what it does |\n|---|---|\n")
	for _, tool := range definitions(t) {
		name := member(tool, "name")
		first, _, _ := strings.Cut(member(tool, "description"), ". ")
		first, _, _ = strings.Cut(strings.TrimSuffix(first, "."), ".\n")
		fmt.Fprintf(&b, "| [`%s`](docs/tools.md#%s) | %s |\n", name, name, first)
	}
	return toolBlock.ReplaceAllLiteralString(readme, "<!-- tool -->\n"+b.String()+"<!-- /tool -->")
}
