package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mcp-taskdetails/tools"
)

// found is the first submatch of a pattern in a file of the root.
func found(t *testing.T, name, pattern string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(pattern).FindSubmatch(content)
	if match == nil {
		t.Fatalf("%s has no %s", name, pattern)
	}
	return string(match[1])
}

// TestHome holds what names the project's home to scripts/release.env: README promises no release while there is none,
// and on the day that there is one the module and the pages say so too.
func TestHome(t *testing.T) {
	const (
		noRelease = "No release yet: a checkout and Go 1.26"
		noHome    = "has a public home"
	)
	owner := found(t, "scripts/release.env", `(?m)^OWNER=(.*)\r?$`)
	module, wantModule := found(t, "go.mod", `(?m)^module (\S+)`), tools.Name
	if owner != "" {
		wantModule = "github.com/" + owner + "/" + tools.Name
	}
	if module != wantModule {
		t.Errorf("go.mod: module %s, and scripts/release.env makes it %s", module, wantModule)
	}
	install := found(t, "README.md", `(?s)\n## Install\n\n(.*?)\n## `)
	if strings.HasPrefix(install, noRelease) != (owner == "") {
		t.Errorf("OWNER is %q in scripts/release.env; does README's Install begin with %q?\n%.80s", owner, noRelease, install)
	}
	security := found(t, "SECURITY.md", `(?s)(.*)`)
	if strings.Contains(security, noHome) != (owner == "") {
		t.Errorf("OWNER is %q in scripts/release.env; does SECURITY.md say %q?", owner, noHome)
	}
}

// TestVersions holds what names a version to the program: the changelog and the Dockerfile, which builds with the Go of
// go.mod.
func TestVersions(t *testing.T) {
	if got := found(t, "CHANGELOG.md", `(?m)^## (\S+)`); got != version {
		t.Errorf("CHANGELOG.md begins with %s, not with %s", got, version)
	}
	if got := found(t, "Dockerfile", `(?m)^ARG VERSION=(\S+)`); got != version {
		t.Errorf("Dockerfile: version %s, not %s", got, version)
	}
	language := found(t, "go.mod", `(?m)^go (\d+\.\d+)`)
	if got := found(t, "Dockerfile", `golang:(\S+)`); got != language {
		t.Errorf("Dockerfile: Go %s, and go.mod has %s", got, language)
	}
}
