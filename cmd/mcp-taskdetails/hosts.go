package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"mcp-taskdetails/tools"

	"github.com/spf13/cobra"
)

// mcpHost is a program that starts this one, and how it is told to. README.md shows the same.
type mcpHost struct {
	name, title string
	file        string // where the text goes; empty of a command
	text        string // with {command}, and {setting} where the key or --demo is given
	key, demo   string // what stands for {setting}
}

const jsonKey, jsonDemo = `"env": {"RUNWARE_API_KEY": "YOUR_KEY"}`, `"args": ["--demo"]`

// mcpServers is the form that several hosts share.
const mcpServers = `{
  "mcpServers": {
    "runware-tasks": {
      "command": {command},
      {setting}
    }
  }
}`

// mcpHosts are the hosts whose form is known.
func mcpHosts() []mcpHost {
	return []mcpHost{
		// The name comes first: --env takes every word behind it, up to the dashes.
		{"claude-code", "Claude Code", "", "claude mcp add runware-tasks {setting}", "--env RUNWARE_API_KEY=YOUR_KEY -- {shell}", "-- {shell} --demo"},
		{"claude-desktop", "Claude Desktop", "claude_desktop_config.json", mcpServers, jsonKey, jsonDemo},
		{"vscode", "VS Code", ".vscode/mcp.json", "{\n{setting}", `  "inputs": [{"type": "promptString", "id": "runware-key", "description": "Runware API key", "password": true}],
  "servers": {
    "runware-tasks": {
      "type": "stdio",
      "command": {command},
      "env": {"RUNWARE_API_KEY": "${input:runware-key}"}
    }
  }
}`, `  "servers": {
    "runware-tasks": {
      "type": "stdio",
      "command": {command},
      "args": ["--demo"]
    }
  }
}`},
		{"cursor", "Cursor", "~/.cursor/mcp.json", mcpServers, jsonKey, jsonDemo},
		{"codex", "Codex", "~/.codex/config.toml", "[mcp_servers.runware-tasks]\ncommand = {command}\n{setting}", `env_vars = ["RUNWARE_API_KEY"]`, `args = ["--demo"]`},
		{"zed", "Zed", "settings.json", `{"context_servers": {"runware-tasks": {"command": {command}, {setting}}}}`, jsonKey, jsonDemo},
		{"gemini", "Gemini CLI", "~/.gemini/settings.json", mcpServers, jsonKey, jsonDemo},
	}
}

// snippet is the text for a host that starts the program at a path.
func (h mcpHost) snippet(path string, demo bool) (string, error) {
	quoted, err := quotedPath(path)
	if err != nil {
		return "", err
	}
	setting := h.key
	if demo {
		setting = h.demo
	}
	text := strings.Replace(h.text, "{setting}", setting, 1)
	return strings.NewReplacer("{command}", quoted, "{shell}", shellQuoted(path)).Replace(text), nil
}

// quotedPath writes a path as JSON and TOML have strings.
func quotedPath(path string) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(path); err != nil {
		return "", fmt.Errorf("path: encode: %w", err)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

// shellQuoted writes a path as one word of a shell.
func shellQuoted(path string) string {
	if !strings.ContainsFunc(path, func(r rune) bool { return !isLetter(r) && !strings.ContainsRune(`/\._-:+`, r) }) {
		return path
	}
	if strings.ContainsRune(path, '\\') { // a path of Windows, whose shells know double quotes alone
		return `"` + path + `"`
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

func hostNames() []string {
	var names []string
	for _, h := range mcpHosts() {
		names = append(names, h.name)
	}
	return names
}

func configCommand(p process, shared *flags) *cobra.Command {
	return &cobra.Command{
		Use:   "config HOST",
		Short: "Print how to add the server to an MCP host",
		Long: `Print the command or the setting that makes an MCP host start this program, by its absolute path. YOUR_KEY stands for
the API key; with --demo the server answers from recorded tasks and needs none.

Hosts: ` + enumeration(hostNames()) + `.`,
		Example: "  mcp-taskdetails config claude-code\n  mcp-taskdetails config --demo cursor",
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var all []cobra.Completion
			for _, h := range mcpHosts() {
				all = append(all, cobra.CompletionWithDesc(h.name, h.title))
			}
			return all, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return printConfig(p, shared.demo, args) },
	}
}

func printConfig(p process, demo bool, args []string) error {
	hint := "accepted are " + enumeration(hostNames())
	if len(args) != 1 {
		return usage(hint, "config takes one host, not %d", len(args))
	}
	for _, h := range mcpHosts() {
		if !strings.EqualFold(h.name, args[0]) {
			continue
		}
		path, err := p.executable()
		if err != nil {
			return fmt.Errorf("own path: %w", err)
		}
		text, err := h.snippet(path, demo)
		if err != nil {
			return err
		}
		if temporary(path) {
			warn(p.stderr, "this program lies in a temporary folder; `go install ./cmd/%s` first", tools.Name)
		}
		where := "run this in a shell:"
		if h.file != "" {
			where = "this goes into " + h.file + ":"
		}
		_, _ = fmt.Fprintf(p.stderr, "%s: %s: %s\n", tools.Name, h.title, where)
		_, err = fmt.Fprintln(p.stdout, text)
		return err
	}
	return usage(hint, "%q is no host whose form is known", args[0])
}

// temporary tells where `go run` builds, which is gone at the end of it.
func temporary(path string) bool {
	return strings.HasPrefix(path, os.TempDir()) && strings.Contains(path, "go-build")
}
