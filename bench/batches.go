package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"time"

	"mcp-taskdetails/internal/sandbox"
)

// batch is one run of the command line over many ids: time must grow with their number, memory must not.
type batch struct {
	Tasks    int     `json:"tasks"`
	Requests int64   `json:"requests"`
	Time     float64 `json:"ms"`
	Peak     float64 `json:"peak"` // bytes
}

func batches(ctx context.Context, a *api, p program) ([]batch, error) {
	var all []batch
	for _, tasks := range []int{100, 1000, 10_000} {
		b, err := runBatch(ctx, a, p, tasks)
		if err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, nil
}

func runBatch(ctx context.Context, a *api, p program, tasks int) (batch, error) {
	var ids bytes.Buffer
	for range tasks {
		fmt.Fprintln(&ids, a.id(0))
	}
	//nolint:gosec // our own binary
	cmd := exec.CommandContext(ctx, p.path, "get", "--json", "-")
	cmd.Env = []string{"RUNWARE_API_URL=" + a.url, "RUNWARE_API_KEY=" + sandbox.Key, "RUNWARE_SCHEMAS_URL=" + a.schemas}
	cmd.Stdin, cmd.Stderr = &ids, os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return batch{}, err
	}
	b := batch{Tasks: tasks}
	requests, began := a.requests.Load(), time.Now()
	if err := cmd.Start(); err != nil {
		return b, err
	}
	proc := &process{cmd: cmd}
	lines := bufio.NewReaderSize(out, 64<<10)
	answered := 0
	for ; ; answered++ {
		if _, err := lines.ReadSlice('\n'); err == io.EOF {
			break
		} else if err != nil {
			return b, err
		}
		if answered%16 == 0 || answered == tasks-1 {
			b.Peak = max(b.Peak, proc.memory("VmHWM"))
		}
	}
	_ = cmd.Wait() // its exit code says that tasks failed, as they did
	b.Time, b.Requests = milliseconds(time.Since(began)), a.requests.Load()-requests
	if answered != tasks {
		return b, fmt.Errorf("batch of %d: %d answers", tasks, answered)
	}
	return b, nil
}

// exponent is the slope of the line through the points on logarithmic scales: 1 is linear.
func exponent(sizes, costs []float64) float64 {
	n := float64(len(sizes))
	var sx, sy, sxx, sxy float64
	for i := range sizes {
		x, y := math.Log(sizes[i]), math.Log(costs[i])
		sx, sy, sxx, sxy = sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}
