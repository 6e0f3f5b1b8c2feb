package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"runtime/pprof"
	"strconv"
	"strings"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/internal/stdio"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"
)

const profiledCalls = 12_000

// profile runs the server inside this process, over pipes as ever, and returns where its processor time goes. Labels
// keep the API and the caller out of it.
func profile(ctx context.Context, a *api) (string, error) {
	file, err := os.CreateTemp("", "mcp-taskdetails-*.prof")
	if err != nil {
		return "", err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	if err := profiled(ctx, a, file); err != nil {
		return "", err
	}
	//nolint:gosec // fixed arguments
	out, err := exec.CommandContext(ctx, "go", "tool", "pprof", "-tagfocus=side=server", "-top", "-cum", "-nodecount=400", file.Name()).Output()
	if err != nil {
		return "", fmt.Errorf("pprof: %w", err)
	}
	return ownLines(string(out)), nil
}

// ownLines keeps what tells something: this program's packages, and the libraries and parts of the runtime it leans on.
func ownLines(top string) string {
	const most = 32
	var kept []string
	for line := range strings.Lines(top) {
		fields := strings.Fields(line)
		if len(fields) < 6 || !strings.HasSuffix(fields[4], "%") {
			continue
		}
		name := strings.TrimSuffix(strings.Join(fields[5:], " "), " (inline)")
		interesting := strings.HasPrefix(name, "mcp-taskdetails/") || strings.Contains(name, "mcp-go/server.(*MCPServer).HandleMessage") ||
			strings.HasPrefix(name, "encoding/json.") || strings.HasPrefix(name, "net/http.(*Transport).") || strings.HasPrefix(name, "net/http.(*persistConn).") ||
			strings.HasPrefix(name, "github.com/") || name == "syscall.Syscall" || strings.HasPrefix(name, "internal/runtime/syscall") ||
			name == "runtime.gcBgMarkWorker" || name == "runtime.mallocgc" || name == "runtime.schedule"
		if strings.HasPrefix(name, "mcp-taskdetails/bench") || !interesting || len(kept) == most {
			continue
		}
		kept = append(kept, fmt.Sprintf("%7s %s", fields[4], name))
	}
	return strings.Join(kept, "\n")
}

func profiled(ctx context.Context, a *api, file io.Writer) error {
	fetcher, err := client.New(client.Config{URL: a.url, Key: schema.NewSecret(sandbox.Key)})
	if err != nil {
		return err
	}
	models, err := modelschema.New(modelschema.Config{URL: a.schemas})
	if err != nil {
		return err
	}
	logger := slog.New(slog.DiscardHandler)
	inspector, err := inspect.New(inspect.Config{
		Fetcher: fetcher, Models: models, Logger: logger,
		Presenter: present.New(present.Config{Secrets: []schema.Secret{schema.NewSecret(sandbox.Key)}}),
	})
	if err != nil {
		return err
	}
	server := tools.NewServer(tools.Config{
		Tasks: inspector, Originals: inspector, Triager: inspector, Comparer: inspector, Refuse: inspector.Refuse, Version: "0", Logger: logger,
	})
	in, feed, err := os.Pipe()
	if err != nil {
		return err
	}
	out, results, err := os.Pipe()
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	served := make(chan error, 1)
	go pprof.Do(ctx, pprof.Labels("side", "server"), func(ctx context.Context) {
		served <- stdio.Serve(ctx, server, in, results, stdio.Config{Logger: logger})
		_ = results.Close()
	})
	window := make(chan struct{}, 16)
	go func() {
		defer feed.Close()
		for i := range profiledCalls {
			window <- struct{}{}
			_, _ = io.WriteString(feed, `{"jsonrpc":"2.0","id":`+strconv.Itoa(i+1)+`,"method":"tools/call","params":`+toolCall(a.id(0), "")+"}\n")
		}
	}()
	lines := bufio.NewReaderSize(out, 64<<10)
	for range profiledCalls {
		if _, err := lines.ReadSlice('\n'); err != nil {
			return fmt.Errorf("profile: %w", err)
		}
		<-window
	}
	return <-served
}
