package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// beginning is the commit where the work on speed began: what -before compares with unless told otherwise.
const beginning = "da2e486"

// errNoBefore says that this clone does not hold the commit to compare with.
var errNoBefore = errors.New("the commit is not in this history (a shallow clone?): git fetch --unshallow brings it")

// buildBefore compiles the program of an earlier commit, from a copy of its tree that clean removes.
func buildBefore(ctx context.Context, commit string) (p program, clean func(), err error) {
	//nolint:gosec // a commit that whoever runs this names
	archive, err := exec.CommandContext(ctx, "git", "archive", "--format=tar", commit).Output()
	if err != nil {
		return p, nil, fmt.Errorf("%s: %w", commit, errNoBefore)
	}
	if p.tree, err = os.MkdirTemp("", "mcp-taskdetails-before-"); err != nil {
		return p, nil, err
	}
	clean = func() { _ = os.RemoveAll(p.tree) }
	p.name, p.path, p.unnamed = "mcp-taskdetails "+commit, filepath.Join(p.tree, "before"), true
	for _, command := range [][]string{{"tar", "-x"}, {"go", "build", "-o", p.path, "./cmd/mcp-taskdetails"}} {
		run := exec.CommandContext(ctx, command[0], command[1:]...) //nolint:gosec // fixed arguments
		run.Dir, run.Stdin = p.tree, bytes.NewReader(archive)
		if out, err := run.CombinedOutput(); err != nil {
			clean()
			return p, nil, fmt.Errorf("%s: %w\n%s", commit, err, out)
		}
	}
	return p, clean, nil
}

// allocations are those of a call for the documentation's failed task, but for the exchange, as a tree's own bench
// counts them; 0 where that has no such line.
func allocations(ctx context.Context, tree string) float64 {
	short := exec.CommandContext(ctx, "go", "run", "./bench", "-short")
	short.Dir = tree
	out, _ := short.Output() // it fails where a limit is broken, and that is not what is asked
	found := regexp.MustCompile(`inspect \(all but the exchange\), allocations +(\d+)`).FindSubmatch(out)
	if found == nil {
		return 0
	}
	n, _ := strconv.ParseFloat(string(found[1]), 64)
	return n
}
