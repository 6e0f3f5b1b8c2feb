package main

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// parentMain is the command `parent [flag…]`: it starts the server on its own pipes, as a host does, and waits for it.
func parentMain() {
	server := exec.Command("mcp-taskdetails", os.Args[1:]...)
	server.Stdin, server.Stdout, server.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := server.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func TestWatchable(t *testing.T) {
	for _, tc := range []struct {
		name        string
		pid, parent int
		want        bool
	}{
		{"started by a host", 4711, 4700, true},
		{"in a container, by its init's child", 12, 7, true},
		{"first in a container", 1, 0, false},
		{"by the engine, into a container", 30, 0, false},
		{"by init", 4711, 1, false},
	} {
		if got := watchable(tc.pid, tc.parent); got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}
