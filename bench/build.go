package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// program is one server under test.
type program struct {
	name string
	path string
	args []string
	tree string // where its source stands

	unnamed bool // gets schemas without `$id`, which it cannot read
}

// The programs, in the order of the table's columns. The last is missing where nothing earlier is compared with.
const (
	ours = iota
	floor5
	floor100
	raw
	earlier
)

// build compiles the servers into a folder that clean removes; only the program itself when short.
func build(ctx context.Context, short bool) (programs []program, clean func(), err error) {
	dir, err := os.MkdirTemp("", "mcp-taskdetails-bench-")
	if err != nil {
		return nil, nil, err
	}
	clean = func() { _ = os.RemoveAll(dir) }
	binary := func(name string) string { return filepath.Join(dir, name) }
	programs = []program{
		ours:     {name: "mcp-taskdetails", path: binary("mcp-taskdetails"), tree: "."},
		floor5:   {name: "mcp-go, 5 workers", path: binary("floor")},
		floor100: {name: "mcp-go, 100 workers", path: binary("floor"), args: []string{"-workers=100"}},
		raw:      {name: "raw", path: binary("raw")},
	}
	packages := []string{"./cmd/mcp-taskdetails", "./bench/floor", "./bench/raw"}
	if short {
		programs, packages = programs[:1], packages[:1]
	}
	//nolint:gosec // fixed arguments
	out, err := exec.CommandContext(ctx, "go", append([]string{"build", "-o", dir + string(filepath.Separator)}, packages...)...).CombinedOutput()
	if err != nil {
		clean()
		return nil, nil, fmt.Errorf("build: %w\n%s", err, out)
	}
	return programs, clean, nil
}

// binaryBytes are the sizes of the program, as it is built and without its debugging tables.
type binaryBytes struct {
	Built    int64 `json:"built"`
	Stripped int64 `json:"stripped"`
}

func binarySize(ctx context.Context, path string) (binaryBytes, error) {
	stripped := path + "-stripped"
	//nolint:gosec // fixed arguments
	if out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", stripped, "./cmd/mcp-taskdetails").CombinedOutput(); err != nil {
		return binaryBytes{}, fmt.Errorf("build: %w\n%s", err, out)
	}
	var b binaryBytes
	for file, size := range map[string]*int64{path: &b.Built, stripped: &b.Stripped} {
		info, err := os.Stat(file)
		if err != nil {
			return b, err
		}
		*size = info.Size()
	}
	return b, nil
}

// machine names what the figures were made on.
func machine() string {
	model := ""
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		_, rest, _ := strings.Cut(string(info), "model name\t: ")
		model, _, _ = strings.Cut(rest, "\n")
		model = ", " + strings.Join(strings.Fields(model), " ")
	}
	return fmt.Sprintf("%s/%s, %d cores%s, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), model, runtime.Version())
}
