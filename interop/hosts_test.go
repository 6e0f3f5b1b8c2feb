package interop

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestHosts runs the README's own commands with the hosts that they are for, and asks each what it has then. None of them
// needs a login for that.
func TestHosts(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []struct {
		name string
		adds *regexp.Regexp // the README's command
		list []string
		says *regexp.Regexp
	}{
		{
			"Claude Code", regexp.MustCompile(`(?m)^claude mcp add .*$`),
			[]string{"claude", "mcp", "list"},
			regexp.MustCompile(`runware-tasks: mcp-taskdetails.*Connected`), // it has started the server and spoken to it
		},
		{"Codex", regexp.MustCompile(`(?m)^codex mcp add .*$`), []string{"codex", "mcp", "list"}, regexp.MustCompile(`runware-tasks +mcp-taskdetails.*enabled`)},
		{"Gemini CLI", regexp.MustCompile(`(?m)^gemini mcp add .*$`), []string{"gemini", "mcp", "list"}, regexp.MustCompile(`runware-tasks: mcp-taskdetails.*Connected`)},
	} {
		t.Run(host.name, func(t *testing.T) {
			t.Parallel()
			command := host.adds.FindString(string(readme))
			if command == "" {
				t.Fatal("the README has no command for it")
			}
			home := t.TempDir()
			trust(t, home)
			if out, err := inHome(t, home, strings.Fields(command)); err != nil {
				t.Fatalf("%s: %v\n%s", command, err, out)
			}
			out, err := inHome(t, home, host.list)
			if err != nil || !host.says.MatchString(out) {
				t.Errorf("%v: %v\n%s", host.list, err, out)
			}
		})
	}
}

// trust tells Gemini CLI that a folder may start servers; it asks a person else, and starts none.
func trust(t *testing.T, folder string) {
	t.Helper()
	content, err := json.Marshal(map[string]string{folder: "TRUST_FOLDER"})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, ".gemini", "trustedFolders.json")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// inHome runs a host's program with a home of its own and the server on its PATH.
func inHome(t *testing.T, home string, command []string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, nodeTool(command[0]), command[1:]...)
	cmd.Dir = home
	path := strings.Join([]string{filepath.Dir(serverBinary), filepath.Join(nodeDir, "node_modules", "node", "bin"), os.Getenv("PATH")}, string(os.PathListSeparator))
	cmd.Env = []string{
		"HOME=" + home, "PATH=" + path, "NO_COLOR=1", "TERM=dumb",
		"CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1", "GEMINI_TELEMETRY_ENABLED=false", // nothing leaves this machine
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}
