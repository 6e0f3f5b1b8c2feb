package main

import (
	"context"
	"fmt"
	"os"
	"testing"
)

// binary is the program, built once for all tests.
var binary string

func TestMain(m *testing.M) {
	path, clean, err := build(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	binary = path
	code := m.Run()
	clean()
	os.Exit(code)
}

// open starts the program for a test.
func open(t *testing.T) *program {
	t.Helper()
	p, err := start(t.Context(), binary)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.close)
	return p
}

func cases(t *testing.T) []evalCase {
	t.Helper()
	all, err := readCases(script)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
