package main

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"mcp-taskdetails/tools"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// decodeFile reads a JSON file of the root, whose other members may be anything.
func decodeFile(t *testing.T, name string, into any) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		t.Fatal(err)
	}
	return content
}

// TestManifest holds the bundle's manifest to the code.
func TestManifest(t *testing.T) {
	type tool struct {
		Name string `json:"name"`
	}
	type setting struct {
		Type      string `json:"type"`
		Sensitive bool   `json:"sensitive"`
		Required  bool   `json:"required"`
		Default   any    `json:"default"`
	}
	type command struct {
		Command   string             `json:"command"`
		Args      []string           `json:"args"`
		Env       map[string]string  `json:"env"`
		Overrides map[string]command `json:"platform_overrides"`
	}
	type manifest struct {
		ManifestVersion string `json:"manifest_version"`
		Name            string `json:"name"`
		Version         string `json:"version"`
		Icon            string `json:"icon"`
		Server          struct {
			Type      string  `json:"type"`
			MCPConfig command `json:"mcp_config"`
		} `json:"server"`
		Tools         []tool             `json:"tools"`
		UserConfig    map[string]setting `json:"user_config"`
		Compatibility struct {
			Platforms []string `json:"platforms"`
		} `json:"compatibility"`
	}
	var got manifest
	decodeFile(t, "manifest.json", &got)
	want := manifest{ManifestVersion: "0.3", Name: tools.Name, Version: version, Icon: "icon.png"}
	want.Server.Type = "binary"
	want.Server.MCPConfig = command{
		Command: "${__dirname}/server/" + tools.Name, Args: []string{},
		Env:       map[string]string{envKey: "${user_config.api_key}"},
		Overrides: map[string]command{"win32": {Command: "${__dirname}/server/" + tools.Name + ".exe"}},
	}
	for _, definition := range definitions(t) {
		want.Tools = append(want.Tools, tool{member(definition, "name")})
	}
	// Without the default a host hands on "${user_config.api_key}" itself where no key was given.
	want.UserConfig = map[string]setting{"api_key": {Type: "string", Sensitive: true, Default: ""}}
	want.Compatibility.Platforms = []string{"darwin", "linux", "win32"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("manifest.json (-want +got):\n%s", diff)
	}

	icon, err := os.ReadFile(filepath.Join(root, got.Icon))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.DecodeConfig(bytes.NewReader(icon))
	if err != nil || picture.Width != 512 || picture.Height != 512 {
		t.Errorf("icon: %d×%d: %v", picture.Width, picture.Height, err)
	}
}

// TestRegistryEntry holds server.json to the code and, where it is at hand, to the MCP registry's schema. It names no
// package and a namespace that nobody can claim: scripts/release fills in both, from scripts/release.env.
func TestRegistryEntry(t *testing.T) {
	type entry struct {
		Schema      string `json:"$schema"`
		Name        string `json:"name"`
		Title       string `json:"title"`
		Description string `json:"description"`
		Version     string `json:"version"`
		Packages    []any  `json:"packages"`
	}
	var bundle struct {
		DisplayName string `json:"display_name"`
		Description string `json:"description"`
	}
	decodeFile(t, "manifest.json", &bundle)
	var got entry
	content := decodeFile(t, "server.json", &got)
	want := entry{
		Schema: "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
		Name:   "localhost/" + tools.Name, Title: bundle.DisplayName, Description: bundle.Description, Version: version,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("server.json (-want +got):\n%s", diff)
	}

	dir := os.Getenv("MCP_SCHEMA_DIR")
	if dir == "" {
		t.Skip("MCP_SCHEMA_DIR is not set: a folder with registry-server.schema.json, which modelcontextprotocol/static has as schemas/2025-12-11/server.schema.json")
	}
	registry, err := jsonschema.NewCompiler().Compile(filepath.Join(dir, "registry-server.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if err := registry.Validate(instance); err != nil {
		t.Error(err)
	}
}
