package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"time"

	"mcp-taskdetails/internal/diagnose"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/schema"
)

// growing is the cost of one stage for tasks of one shape, as they grow.
type growing struct {
	Stage    string    `json:"stage"`
	Shape    string    `json:"shape"`
	Bytes    []float64 `json:"bytes"` // of the task
	Time     []float64 `json:"us"`
	Alloc    []float64 `json:"allocated"` // bytes
	Exponent float64   `json:"exponent"`  // of the time, over the last two decades, where fixed costs no longer count
	Memory   float64   `json:"exponentMemory"`
}

// shapes are the ways in which tasks get large. Each returns a failed task of about n bytes.
//
//nolint:gochecknoglobals // a table
var shapes = []struct {
	name string
	task func(n int) schema.Task
}{
	{"one image", func(n int) schema.Task { return failing(`"seedImage":"`+image(n)+`"`, "") }},
	{"many items in the request", func(n int) schema.Task {
		return failing(`"referenceImages":[`+list(n, `"https://files.example.com/a/picture-%d.png"`)+`]`, "")
	}},
	{"many names in the request", func(n int) schema.Task { return failing(list(n, `"name%d":{"weight":0.5}`), "") }},
	{"many results", func(n int) schema.Task {
		return failing(`"steps":20`, list(n, `{"taskType":"imageInference","imageUUID":"3d0c9a17-5e42-4b86-9f31-%012d","cost":0.0013,"seed":7}`))
	}},
	{"many secrets", func(n int) schema.Task {
		return failing(`"steps":20`, list(n, `{"url":"https://files.example.com/%d.png?X-Amz-Signature=5f2a9c81d4e7b360","note":"ok"}`))
	}},
}

func failing(member, results string) schema.Task {
	const id = "5b1e0a52-0000-4000-8000-000000000000"
	return schema.Task{
		TaskUUID: id,
		Request: json.RawMessage(`[{"taskType":"imageInference","taskUUID":"` + id +
			`","model":"runware:101@1","positivePrompt":"a lighthouse","width":1000,"height":1024,` + member + `}]`),
		Response: json.RawMessage(`{"data":[` + results + `],"errors":[{"code":"invalidWidth","message":"Invalid value for 'width' parameter. ` +
			`Image width must be an integer value between 128 and 2048, in multiples of 64.","parameter":"width","taskUUID":"` + id + `"}]}`),
	}
}

func image(n int) string {
	content := make([]byte, n/4*3)
	noise := rand.NewChaCha8([32]byte([]byte("the same bytes in every process.")))
	_, _ = noise.Read(content) // never fails
	return base64.StdEncoding.EncodeToString(content)
}

func list(n int, item string) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, item, i)
	}
	return b.String()
}

// grown are the sizes measured, in bytes.
var grown = []int{10_000, 100_000, 1_000_000, 10_000_000} //nolint:gochecknoglobals // a table

func growth(ctx context.Context) []growing {
	presenter := present.New(present.Config{})
	var all []growing
	for _, shape := range shapes {
		diagnosing, presenting := growing{Stage: "diagnose", Shape: shape.name}, growing{Stage: "present", Shape: shape.name}
		for _, n := range grown {
			diagnosing.both(ctx, &presenting, presenter, shape.task(n), 150*time.Millisecond)
		}
		diagnosing.fit()
		presenting.fit()
		all = append(all, diagnosing, presenting)
	}
	return all
}

// both measures the diagnosis of a task, and how it is presented and rendered.
func (g *growing) both(ctx context.Context, presenting *growing, presenter *present.Presenter, task schema.Task, patience time.Duration) {
	size := float64(len(task.Request) + len(task.Response))
	status, diagnosis := diagnose.Task(ctx, task, nil)
	report := schema.TaskReport{
		TaskUUID: task.TaskUUID, Status: status, Diagnosis: diagnosis, Request: task.Request, Response: task.Response,
	}
	g.measure(size, patience, func() { diagnose.Task(ctx, task, nil) })
	presenting.measure(size, patience, func() { present.Marshal(presenter.Report(report)) })
}

// measure takes the quickest of several runs: whatever else the machine does only ever adds.
func (g *growing) measure(size float64, patience time.Duration, do func()) {
	const atLeast = 3
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	allocated, runs := stats.TotalAlloc, 0
	best := time.Duration(1 << 62)
	for began := time.Now(); runs < atLeast || time.Since(began) < patience; runs++ {
		start := time.Now()
		do()
		best = min(best, time.Since(start))
	}
	runtime.ReadMemStats(&stats)
	g.Bytes = append(g.Bytes, size)
	g.Time = append(g.Time, float64(best)/float64(time.Microsecond))
	g.Alloc = append(g.Alloc, float64(stats.TotalAlloc-allocated)/float64(runs))
}

func (g *growing) fit() {
	tail := len(g.Bytes) - 3
	g.Exponent = exponent(g.Bytes[tail:], g.Time[tail:])
	g.Memory = exponent(g.Bytes[tail:], g.Alloc[tail:])
}
