package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mcp-taskdetails/tools"
)

// The README and config say the same, and what is JSON parses whatever the path holds.
func TestHosts(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	readme := string(content)
	for _, h := range mcpHosts() {
		shown, err := h.snippet(tools.Name, false)
		if err != nil || !strings.Contains(readme, "\n"+shown+"\n```") || !strings.Contains(readme, "**"+h.title+"**") || !strings.Contains(readme, h.file) {
			t.Errorf("README.md does not show, for %s (%s):\n%s", h.title, h.file, shown)
		}
		for _, demo := range []bool{false, true} {
			const path = `C:\Program Files\a "b"\mcp-taskdetails.exe`
			text, err := h.snippet(path, demo)
			if err != nil || strings.Contains(text, "{setting}") || strings.Contains(text, "{command}") || strings.Contains(text, "{shell}") || demo == strings.Contains(text, "RUNWARE_API_KEY") || demo != strings.Contains(text, "--demo") {
				t.Errorf("%s, demo %v: %s: %v", h.name, demo, text, err)
			}
			if strings.HasPrefix(text, "{") && !json.Valid([]byte(text)) {
				t.Errorf("%s: no JSON: %s", h.name, text)
			}
		}
	}
}

func TestShellQuoted(t *testing.T) {
	for path, want := range map[string]string{
		"/usr/local/bin/x":   "/usr/local/bin/x",
		"/home/a b/it's/x":   `'/home/a b/it'\''s/x'`,
		`C:\Program Files\x`: `"C:\Program Files\x"`,
		`/a$(rm)/x`:          `'/a$(rm)/x'`,
	} {
		if got := shellQuoted(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}
