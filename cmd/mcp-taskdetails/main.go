// Command mcp-taskdetails says why a Runware task failed and what to send instead: to agents as an MCP server on stdio
// (no arguments), to people and scripts as a command line (get). README.md shows both.
//
// This package owns flags, environment, wiring and exit codes, and decides nothing about tasks. Its voice: errors are
// lower case without a full stop and go to stderr behind the program's name; what to do about them follows as a hint.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"

	"mcp-taskdetails/tools"
)

// version is set by the release build: -ldflags "-X main.version=1.2.3".
var version = "0.1.0"

func main() {
	log.SetOutput(io.Discard) // net/http logs there what a server sends unasked, which is foreign text
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, process{
		args: os.Args[1:], getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
	})
	stop()
	os.Exit(code)
}

// process is what the operating system gives a program.
type process struct {
	args           []string
	getenv         func(name string) string
	stdin          io.Reader
	stdout, stderr io.Writer
}

// Exit codes; `get --help` documents them. Of several, the highest number wins.
const (
	exitFine   = 0 // every task was found and none failed
	exitFailed = 1 // a task failed, or a part of it
	exitUsage  = 2 // the command line or the configuration is wrong
	exitMissed = 3 // a task was not found, or could not be looked up
)

// run is the program. It returns the exit code.
func run(ctx context.Context, p process) int {
	flags, isServer := serverFlags(p.args)
	var err error
	if isServer {
		err = serve(ctx, p, flags)
	} else {
		err = commands(ctx, p).Execute()
	}
	return report(p.stderr, err)
}

// usageError is a fault of the command line or the configuration. Its hints say what to do.
type usageError struct {
	err   error
	hints []string
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usage(hint, format string, args ...any) error {
	return &usageError{err: fmt.Errorf(format, args...), hints: []string{hint}}
}

// outcome is an exit code whose reasons were printed already.
type outcome int

func (o outcome) Error() string { return fmt.Sprintf("exit code %d", int(o)) }

// report prints an error with its hints and names its exit code.
func report(stderr io.Writer, err error) int {
	if err == nil {
		return exitFine
	}
	if code, ok := errors.AsType[outcome](err); ok {
		return int(code)
	}
	_, _ = fmt.Fprintf(stderr, "%s: error: %v\n", tools.Name, err)
	if wrong, ok := errors.AsType[*usageError](err); ok {
		for _, hint := range wrong.hints {
			_, _ = fmt.Fprintf(stderr, "%s: hint: %s\n", tools.Name, hint)
		}
	}
	if wrong, ok := errors.AsType[*settingError](err); ok {
		_, _ = fmt.Fprintf(stderr, "%s: hint: %s\n", tools.Name, wrong.mend)
	}
	return exitUsage
}
