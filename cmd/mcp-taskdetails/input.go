package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"mcp-taskdetails/internal/render"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// maxInput is the longest text that is read, in bytes: as long as a reply of Runware's.
const maxInput = 64 << 20

// readInput reads the file that a command names, or stdin for - and for none, as UTF-8. Stdin is not waited for when ctx
// ends, and not at all where it is a terminal and nobody asked for it.
func readInput(ctx context.Context, p process, args []string, what string) ([]byte, error) {
	hint := "give a file that holds " + what + ", or - to read it from stdin"
	switch {
	case len(args) > 1:
		return nil, usage(hint, "%d files given, and one is read", len(args))
	case len(args) == 0 && isTerminal(p.stdin):
		return nil, usage(hint, "no file given")
	case len(args) == 0 || args[0] == "-":
		return readStdin(ctx, p.stdin, hint)
	}
	return readFile(args[0], hint)
}

func readFile(name, hint string) ([]byte, error) {
	file, err := os.Open(name) //nolint:gosec // G304: the file that a person names
	if err != nil {
		return nil, &usageError{err: err, hints: []string{hint}}
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, usage(hint, "%s is a directory", render.Visible(name))
	}
	return readText(file, render.Visible(name), hint)
}

func readStdin(ctx context.Context, stdin io.Reader, hint string) ([]byte, error) {
	type result struct {
		text []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text, err := readText(stdin, "stdin", hint)
		done <- result{text, err}
	}()
	select {
	case r := <-done:
		return r.text, r.err
	case <-ctx.Done():
		return nil, errInterrupted
	}
}

// readText reads UTF-8, or UTF-16 with its mark, which PowerShell writes.
func readText(in io.Reader, name, hint string) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	switch {
	case err != nil:
		return nil, &usageError{err: fmt.Errorf("read %s: %w", name, err), hints: []string{hint}}
	case len(text) > maxInput:
		return nil, usage("give the part that matters", "%s has more than %d MiB", name, maxInput>>20)
	}
	plain, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), text)
	if err != nil {
		return nil, &usageError{err: fmt.Errorf("read %s: %w", name, err), hints: []string{hint}}
	}
	return plain, nil
}
