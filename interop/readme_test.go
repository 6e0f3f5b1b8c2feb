package interop

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"
)

// entry is how a host is told of a server, whatever the host calls the list of them.
type entry struct {
	Type    string            `json:"type" toml:"type"`
	Command string            `json:"command" toml:"command"`
	Args    []string          `json:"args" toml:"args"`
	Env     map[string]string `json:"env" toml:"env"`
	EnvVars []string          `json:"env_vars" toml:"env_vars"` // of Codex: names of variables to hand on
}

const (
	program   = "mcp-taskdetails"
	entryName = "runware-tasks"
	keyName   = "RUNWARE_API_KEY"
)

// TestReadme starts the server with every configuration that README.md shows, with the recorded tasks instead of a key.
func TestReadme(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	readme := string(content)
	for name, find := range map[string]func(*testing.T, string) entry{
		"Claude Code":                        claudeCode,
		"Claude Desktop, Cursor, Gemini CLI": jsonBlock("mcpServers"),
		"VS Code":                            jsonBlock("servers"),
		"Zed":                                jsonBlock("context_servers"),
		"Codex":                              codex,
		"link of VS Code":                    vscodeLink,
		"link of Cursor":                     cursorLink,
	} {
		t.Run(name, func(t *testing.T) {
			e := find(t, readme)
			if _, hasKey := e.Env[keyName]; e.Command != program || hasKey == (len(e.EnvVars) == 1 && e.EnvVars[0] == keyName) {
				t.Fatalf("%+v", e)
			}
			start(t, e)
		})
	}
}

// start runs the entry's command line as a host does, with --demo.
func start(t *testing.T, e entry) {
	t.Helper()
	s := newSession(t, append(e.Args, "--demo"), e.Env)
	c := dialMCPGo(true)(t, s.script)
	raw, err := c.list(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	type listed struct {
		Name string `json:"name"`
	}
	var tools []listed
	if err := json.Unmarshal(raw, &tools); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(tools, func(one listed) bool { return one.Name == tool }) {
		t.Errorf("tools: %v", tools)
	}
	if err := c.close(); err != nil {
		t.Error(err)
	}
	s.finish(t)
}

// blocks are the code blocks of a language.
func blocks(readme, language string) []string {
	var found []string
	for _, match := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(readme, -1) {
		found = append(found, match[1])
	}
	return found
}

// jsonBlock finds the one JSON block that lists servers under this key.
func jsonBlock(key string) func(*testing.T, string) entry {
	return func(t *testing.T, readme string) entry {
		t.Helper()
		var found []entry
		for _, block := range blocks(readme, "json") {
			var file map[string]json.RawMessage
			if err := json.Unmarshal([]byte(block), &file); err != nil {
				t.Fatalf("%v: %s", err, block)
			}
			var servers map[string]entry
			if raw, ok := file[key]; ok {
				if err := json.Unmarshal(raw, &servers); err != nil {
					t.Fatal(err)
				}
				found = append(found, servers[entryName])
			}
		}
		if len(found) != 1 {
			t.Fatalf("%d blocks with %s", len(found), key)
		}
		return found[0]
	}
}

func codex(t *testing.T, readme string) entry {
	t.Helper()
	all := blocks(readme, "toml")
	if len(all) != 1 {
		t.Fatalf("%d blocks", len(all))
	}
	var file struct {
		Servers map[string]entry `toml:"mcp_servers"`
	}
	if err := toml.Unmarshal([]byte(all[0]), &file); err != nil {
		t.Fatal(err)
	}
	return file.Servers[entryName]
}

// claudeCode reads the command line `claude mcp add NAME --env VARIABLE -- COMMAND…`. The name goes first: --env takes
// every word up to the next option, and so would take the name.
func claudeCode(t *testing.T, readme string) entry {
	t.Helper()
	const begin = "claude mcp add " + entryName + " --env "
	for _, block := range blocks(readme, "sh") {
		if !strings.HasPrefix(block, "claude ") {
			continue
		}
		options, command, found := strings.Cut(strings.TrimPrefix(block, begin), " -- ")
		variable, value, isEnv := strings.Cut(options, "=")
		line := strings.Fields(command)
		if !strings.HasPrefix(block, begin) || !found || !isEnv || strings.Contains(options, " ") || len(line) == 0 {
			t.Fatalf("not understood: %s", block)
		}
		return entry{Command: line[0], Args: line[1:], Env: map[string]string{variable: value}}
	}
	t.Fatal("no block")
	return entry{}
}

// link finds the one reference of a link that begins so.
func link(t *testing.T, readme, prefix string) *url.URL {
	t.Helper()
	found := regexp.MustCompile(`(?m)^\[\w+\]: (`+regexp.QuoteMeta(prefix)+`\S*)$`).FindAllStringSubmatch(readme, -1)
	if len(found) != 1 {
		t.Fatalf("%d links to %s", len(found), prefix)
	}
	parsed, err := url.Parse(found[0][1])
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// vscodeLink says the same as the block for VS Code, its input included.
func vscodeLink(t *testing.T, readme string) entry {
	t.Helper()
	outer := link(t, readme, "https://insiders.vscode.dev/redirect/mcp/install?").Query()
	var linked entry
	if err := json.Unmarshal([]byte(outer.Get("config")), &linked); err != nil {
		t.Fatal(err)
	}
	var inputs, shown []any
	if err := json.Unmarshal([]byte(outer.Get("inputs")), &inputs); err != nil {
		t.Fatal(err)
	}
	for _, block := range blocks(readme, "json") {
		var file struct {
			Inputs []any `json:"inputs"`
		}
		if err := json.Unmarshal([]byte(block), &file); err == nil && file.Inputs != nil {
			shown = file.Inputs
		}
	}
	if diff := cmp.Diff(shown, inputs); diff != "" || outer.Get("name") != entryName {
		t.Errorf("name %s, inputs (-block +link):\n%s", outer.Get("name"), diff)
	}
	if diff := cmp.Diff(jsonBlock("servers")(t, readme), linked); diff != "" {
		t.Errorf("(-block +link):\n%s", diff)
	}
	return linked
}

// cursorLink says the same as the block for Cursor.
func cursorLink(t *testing.T, readme string) entry {
	t.Helper()
	query := link(t, readme, "https://cursor.com/en/install-mcp?").Query()
	raw, err := base64.StdEncoding.DecodeString(query.Get("config"))
	if err != nil {
		t.Fatal(err)
	}
	var linked entry
	if err := json.Unmarshal(raw, &linked); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(jsonBlock("mcpServers")(t, readme), linked); diff != "" || query.Get("name") != entryName {
		t.Errorf("name %s (-block +link):\n%s", query.Get("name"), diff)
	}
	return linked
}
