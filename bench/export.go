package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
)

// exported is one export beside the client alone, which asks for the same batches and drops what comes.
type exported struct {
	Tasks   int        `json:"tasks"`
	Latency float64    `json:"latency"` // ms of the API
	Ours    float64    `json:"ours"`    // tasks a second, to a compressed file
	Raw     float64    `json:"raw"`     // tasks a second of the client
	Ratio   float64    `json:"ratio"`
	Memory  [3]float64 `json:"memory"` // resident bytes when 10, 50 and 100 % were asked for
}

// How an export asks, by default.
const (
	exportBatch    = 20
	exportRequests = 4
)

// exports runs one export without latency of the API and one with the latency that is usual over the internet.
func exports(ctx context.Context, a *api, p program, tasks int) (all []exported, err error) {
	defer a.latency.Store(0)
	for _, latency := range []time.Duration{0, 50 * time.Millisecond} {
		a.latency.Store(int64(latency))
		e := exported{Tasks: tasks, Latency: milliseconds(latency)}
		ids := make([]string, tasks)
		for n := range ids {
			ids[n] = a.id(small(a, n))
		}
		if e.Raw, err = rawClient(ctx, a, ids); err != nil {
			return nil, err
		}
		if err := e.export(ctx, a, p, ids); err != nil {
			return nil, err
		}
		e.Ratio = e.Ours / e.Raw
		all = append(all, e)
	}
	return all, nil
}

// small is one of the recorded kinds whose originals are a few kilobytes, in turn.
func small(a *api, n int) int {
	var kinds []int
	for i, k := range a.kinds {
		if k.original < 10_000 {
			kinds = append(kinds, i)
		}
	}
	return kinds[n%len(kinds)]
}

// rawClient asks for all ids, as many at once as an export does.
func rawClient(ctx context.Context, a *api, ids []string) (perSecond float64, err error) {
	c, err := client.New(client.Config{URL: a.url, Key: schema.NewSecret(sandbox.Key)})
	if err != nil {
		return 0, err
	}
	defer c.Close()
	batches, all := make(chan []string), len(ids)
	var group sync.WaitGroup
	var mu sync.Mutex
	began := time.Now()
	for range exportRequests {
		group.Go(func() {
			for batch := range batches {
				for _, l := range c.TaskDetails(ctx, batch...) {
					if l.Err != nil {
						mu.Lock()
						err = l.Err
						mu.Unlock()
					}
				}
			}
		})
	}
	for len(ids) > 0 {
		n := min(len(ids), exportBatch)
		batches <- ids[:n]
		ids = ids[n:]
		if len(ids) == 0 {
			close(batches)
		}
	}
	group.Wait()
	return float64(all) / time.Since(began).Seconds(), err
}

func (e *exported) export(ctx context.Context, a *api, p program, ids []string) error {
	dir, err := os.MkdirTemp("", "mcp-taskdetails-export-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var input, stderr bytes.Buffer
	for _, id := range ids {
		input.WriteString(id + "\n")
	}
	//nolint:gosec // our own binary
	cmd := exec.CommandContext(ctx, p.path, "export", "-", "-o", filepath.Join(dir, "tasks.ndjson.zst"))
	cmd.Env = []string{"RUNWARE_API_URL=" + a.url, "RUNWARE_API_KEY=" + sandbox.Key, "RUNWARE_SCHEMAS_URL=" + a.schemas}
	cmd.Stdin, cmd.Stderr = &input, &stderr
	before, began := a.requests.Load(), time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	proc := &process{cmd: cmd}
	all := int64((len(ids) + exportBatch - 1) / exportBatch)
	for at, part := range []int64{all / 10, all / 2, all} {
		for a.requests.Load()-before < part {
			select {
			case err := <-ended:
				return fmt.Errorf("export ended early: %w\n%s", err, stderr.String())
			case <-time.After(time.Millisecond):
			}
		}
		e.Memory[at] = proc.memory("VmRSS")
	}
	if err := <-ended; err != nil {
		return fmt.Errorf("export: %w\n%s", err, stderr.String())
	}
	e.Ours = float64(len(ids)) / time.Since(began).Seconds()
	return nil
}

// printExports writes them for a person.
func printExports(out io.Writer, all []exported) {
	for _, e := range all {
		_, _ = fmt.Fprintf(out, "export of %d tasks, API %.0f ms: %.0f tasks/s, the client alone %.0f, ratio %.2f; memory at 10, 50, 100 %%: %.1f, %.1f, %.1f MiB\n",
			e.Tasks, e.Latency, e.Ours, e.Raw, e.Ratio, mebibytes(e.Memory[0]), mebibytes(e.Memory[1]), mebibytes(e.Memory[2]))
	}
}

func mebibytes(bytes float64) float64 { return bytes / (1 << 20) }
