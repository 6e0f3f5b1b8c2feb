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
	"sync/atomic"
	"syscall"
	"time"

	"mcp-taskdetails/tools"
)

// version is set by the release build: -ldflags "-X main.version=1.2.3".
var version = "0.1.0"

func main() {
	log.SetOutput(io.Discard) // net/http logs there what a server sends unasked, which is foreign text
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, process{
		args: os.Args[1:], getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		executable: os.Executable, drains: &atomic.Bool{},
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
	executable     func() (string, error) // its own absolute path
	drains         *atomic.Bool           // set by a command that ends in its own time when it is interrupted
}

// Exit codes; `get --help` documents them.
const (
	exitFine        = 0   // the lookups worked
	exitFailed      = 1   // a task failed, or a part of it, where that was asked for; nothing to send, of mend
	exitUsage       = 2   // the command line or the configuration is wrong
	exitMissed      = 3   // a task was not found, or could not be looked up
	exitPending     = 4   // a task is pending, where that was asked for
	exitInterrupted = 130 // as shells have it of Ctrl-C
)

// first tells which of two exit codes counts.
func first(a, b outcome) outcome {
	for _, code := range []outcome{exitUsage, exitMissed, exitFailed, exitPending} {
		if a == code || b == code {
			return code
		}
	}
	return exitFine
}

var errInterrupted = errors.New("interrupted")

// run is the program. It returns the exit code.
func run(ctx context.Context, p process) int {
	flags, isServer := serverFlags(p.args)
	if isServer {
		return int(report(p.stderr, serve(ctx, p, flags)))
	}
	ended := make(chan outcome, 1)
	go func() { ended <- report(p.stderr, commands(ctx, p).Execute()) }()
	select {
	case code := <-ended:
		return int(code)
	case <-ctx.Done():
	}
	if p.drains.Load() {
		return int(<-ended)
	}
	select {
	case code := <-ended:
		return int(code)
	case <-time.After(grace): // it waits for a pipe, which nothing can end
		return int(report(p.stderr, errInterrupted))
	}
}

// grace is how long a command may take to end in order once it was interrupted.
const grace = 2 * time.Second

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

// err is the outcome as an error, nil where all is fine.
func (o outcome) err() error {
	if o == exitFine {
		return nil
	}
	return o
}

// report prints an error with its hints and names its exit code.
func report(stderr io.Writer, err error) outcome {
	if err == nil {
		return exitFine
	}
	if code, ok := errors.AsType[outcome](err); ok {
		return code
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
	if errors.Is(err, errInterrupted) {
		return exitInterrupted
	}
	return exitUsage
}
