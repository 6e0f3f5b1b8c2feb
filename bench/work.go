package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"runtime"
	"runtime/coverage"
	"runtime/metrics"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
)

// This file measures what hostile tasks cost, from the reply of the API to the encoded report. What is held is counted:
// bytes and objects allocated, and, in a program built with `-cover -covermode=atomic -coverpkg=./...`, the blocks of our
// own statements that ran. The clock is printed and held to nothing.

// The bounds of a shape. A slice that grows by appending holds up to a quarter more than it needs, and two sizes may stand
// at different ends of that: over the factor between them it moves an exponent by log 1.25 / log 16 = 0.08. A document from
// 32 KiB on is read another way, at 1.3 times the cost at most: 0.11. What grows with the square is at 1.3 and above as soon
// as half of it does.
const (
	maxWorkExponent = 1.05
	slack           = 0.11
	shapeFactor     = 16
	maxShapePeak    = 4.0     // bytes of heap at a time, to a reply that is large enough for the collector to run
	largeShape      = 8 << 20 // what is that large
	maxShapeAlloc   = 60.0    // bytes allocated, to the reply: what is linear may still be a thousand times over
	maxSchemaAlloc  = 600.0   // likewise of a schema, which is compiled once and kept
	maxShapeSteps   = 160.0   // blocks of statements a byte: what reads `[{},{},…]` once or twice takes 80

	// What a call may take whatever the reply. A task of up to 20,000 values is judged by its schema some ten times.
	fixedPeak  = 16 << 20
	fixedAlloc = 32 << 20
	fixedSteps = 16 << 20
)

// spent is what one size of one shape cost.
type spent struct {
	size    float64 // of the reply and the schema, bytes
	bytes   float64 // allocated
	mallocs float64
	steps   float64 // blocks of statements; 0 where they are not counted
	peak    float64 // of the heap, above what it was before, bytes
	time    time.Duration
}

// worker looks hostile tasks up by the program's own parts, from an API on loopback.
type worker struct {
	url    string
	task   atomic.Pointer[[]byte] // the API's whole reply
	schema atomic.Pointer[[]byte] // what the schema service says, nil for what Runware publishes
	models *modelschema.Service   // what Runware publishes
}

func newWorker(ctx context.Context) (*worker, error) {
	recorded, err := sandbox.Handler()
	if err != nil {
		return nil, err
	}
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w := &worker{url: "http://" + listener.Addr().String()}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1", func(rw http.ResponseWriter, _ *http.Request) { _, _ = rw.Write(*w.task.Load()) })
	resolve := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if own := w.schema.Load(); own != nil {
			_, _ = rw.Write(*own)
			return
		}
		recorded.ServeHTTP(rw, r)
	})
	mux.Handle("GET /resolve/", resolve)
	mux.Handle("GET "+unnamed+"/resolve/", http.StripPrefix(unnamed, withoutIDs(resolve)))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()
	w.models, err = modelschema.New(modelschema.Config{URL: w.url})
	return w, err
}

// offer makes a shape of n bytes, which the API has from then on, and tells its size.
func (w *worker) offer(h hostile, n int) (float64, error) {
	reply := []byte(`{"data":[{"taskType":"getTaskDetails","taskUUID":"` + imageID + `","request":` + h.request.make(n) +
		`,"response":` + h.response.make(n) + `}]}`)
	if !json.Valid(reply) {
		return 0, errNoJSON
	}
	w.task.Store(&reply)
	w.schema.Store(nil)
	if h.schema.make == nil {
		return float64(len(reply)), nil
	}
	answer := []byte(h.schema.make(n))
	w.schema.Store(&answer)
	return float64(len(reply) + len(answer)), nil
}

// look makes a shape of n bytes and asks for it.
func (w *worker) look(ctx context.Context, h hostile, n int) (spent, error) {
	size, err := w.offer(h, n)
	if err != nil {
		return spent{}, err
	}
	s := spent{size: size}
	models := w.models
	if h.schema.make != nil {
		if models, err = modelschema.New(modelschema.Config{URL: w.url, Timeout: time.Minute}); err != nil {
			return s, err
		}
	}
	fetcher, err := client.New(client.Config{URL: w.url + "/v1", Key: schema.NewSecret(sandbox.Key), Timeout: 10 * time.Minute})
	if err != nil {
		return s, err
	}
	presenter := present.New(present.Config{Secrets: []schema.Secret{schema.NewSecret(sandbox.Key)}})
	inspector, err := inspect.New(inspect.Config{
		Fetcher: fetcher, Models: models, Presenter: presenter, Logger: slog.New(slog.DiscardHandler), Cache: inspect.NewCache(inspect.CacheConfig{Bytes: 1, Largest: 1}),
	})
	if err != nil {
		return s, err
	}
	s.measure(func() { present.Marshal(inspector.Task(ctx, imageID, inspect.Options{})) })
	return s, nil
}

// measure counts what do does, and watches how far the heap rises meanwhile.
func (s *spent) measure(do func()) {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	floor := heap()
	stop, highest := make(chan struct{}), make(chan uint64)
	go func() {
		tick := time.NewTicker(200 * time.Microsecond)
		defer tick.Stop()
		for top := floor; ; {
			select {
			case <-stop:
				highest <- max(top, heap())
				return
			case <-tick.C:
				top = max(top, heap())
			}
		}
	}()
	steps, began := ranSteps(), time.Now()
	do()
	s.time, s.steps = time.Since(began), ranSteps()-steps
	close(stop)
	s.peak = float64(<-highest - floor)
	runtime.ReadMemStats(&after)
	s.bytes, s.mallocs = float64(after.TotalAlloc-before.TotalAlloc), float64(after.Mallocs-before.Mallocs)
}

// heap is what the heap holds, garbage included, in bytes.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// ranSteps is how many blocks of statements have run in this process; 0 in a program that does not count them. The format
// is that of Go's internal/coverage: a header of 32 bytes, a segment's of 16 and its strings, then for each function how
// many counters it has, where it stands, and the counters, each as LEB128 or four bytes.
func ranSteps() float64 {
	var b bytes.Buffer
	if coverage.WriteCounters(&b) != nil {
		return 0
	}
	data := b.Bytes()
	const header, segment = 32, 16
	if len(data) < header+segment {
		return 0
	}
	leb := data[24] == 2 // the flavour of the counters: 1 is raw
	functions := binary.LittleEndian.Uint64(data[header:])
	skip := int(binary.LittleEndian.Uint32(data[header+8:]) + binary.LittleEndian.Uint32(data[header+12:]))
	at := header + segment + skip
	at += (4 - at%4) % 4
	next := func() uint64 {
		if leb {
			v, n := binary.Uvarint(data[at:])
			at += max(n, 1)
			return v
		}
		at += 4
		return uint64(binary.LittleEndian.Uint32(data[at-4:]))
	}
	total := uint64(0)
	for range functions {
		counters := next()
		next()
		next()
		for range counters {
			total += next()
		}
	}
	return float64(total)
}

// grownWork is what a shape cost at several sizes.
type grownWork struct {
	name  string
	spent []spent
}

// exponents are those of bytes, objects and steps, from the smallest size to the largest.
func (g grownWork) exponents() (allocated, mallocs, steps, clock float64) {
	first, last := g.spent[0], g.spent[len(g.spent)-1]
	slope := func(a, b float64) float64 {
		if a <= 0 || b <= 0 {
			return 0
		}
		return math.Log(b/a) / math.Log(last.size/first.size)
	}
	return slope(first.bytes, last.bytes), slope(first.mallocs, last.mallocs), slope(first.steps, last.steps), slope(float64(first.time), float64(last.time))
}

// verdict lists the bounds that a shape breaks. How far it is from them orders shapes.
func (g grownWork) verdict() (broken []string, far float64) {
	allocated, mallocs, steps, _ := g.exponents()
	last := g.spent[len(g.spent)-1]
	large := 0.0
	if last.size >= largeShape {
		large = 1
	}
	alloc := maxShapeAlloc
	if strings.HasPrefix(g.name, "schema: ") {
		alloc = maxSchemaAlloc
	}
	over := func(v, fixed float64) float64 { return max(v-fixed, 0) / last.size }
	for _, bound := range []struct {
		name       string
		got, limit float64
	}{
		{"growth of bytes", allocated, maxWorkExponent + slack},
		{"growth of objects", mallocs, maxWorkExponent + slack},
		{"growth of steps", steps, maxWorkExponent + slack},
		{"peak", large * over(last.peak, fixedPeak), maxShapePeak},
		{"bytes", over(last.bytes, fixedAlloc), alloc},
		{"steps", over(last.steps, fixedSteps), maxShapeSteps},
	} {
		far = max(far, bound.got/bound.limit)
		if bound.got > bound.limit {
			broken = append(broken, bound.name)
		}
	}
	return broken, far
}

var errNoJSON = errors.New("the shape is no JSON")

var errNoGrowth = errors.New("no shape has that name, or it does not grow")

// printWork measures all shapes whose names hold the word at each size, prints what is out of bounds, the worst and the
// slowest, and counts them.
func printWork(ctx context.Context, out io.Writer, sizes []int, only string) error {
	w, err := newWorker(ctx)
	if err != nil {
		return err
	}
	if _, err := w.look(ctx, hostiles()[0], 0); err != nil { // connections and tables
		return err
	}
	var all []grownWork
	for _, h := range shapesOf(only) {
		g := grownWork{name: h.name}
		for _, n := range sizes {
			s, err := w.look(ctx, h, n)
			if err != nil {
				return fmt.Errorf("%s: %w", h.name, err)
			}
			g.spent = append(g.spent, s)
		}
		if g.spent[0].size < g.spent[len(sizes)-1].size { // else two ordinary halves
			all = append(all, g)
		}
	}
	if len(all) == 0 {
		return errNoGrowth
	}
	slices.SortFunc(all, func(a, b grownWork) int {
		_, x := a.verdict()
		_, y := b.verdict()
		return cmp.Compare(y, x)
	})
	broken := 0
	for i, g := range all {
		verdict, _ := g.verdict()
		if len(verdict) > 0 {
			broken++
			g.print(out, "BROKEN", ": "+strings.Join(verdict, ", "))
		} else if i < 5 {
			g.print(out, "ok    ", "")
		}
	}
	slices.SortFunc(all, func(a, b grownWork) int { return cmp.Compare(b.rate(), a.rate()) })
	for _, g := range all[:min(len(all), 5)] {
		g.print(out, "slow  ", "")
	}
	_, _ = fmt.Fprintf(out, "%d shapes, %d out of bounds\n", len(all), broken)
	if broken > 0 {
		return fmt.Errorf("%d %w", broken, errBroken)
	}
	return nil
}

// rate is the time a byte took.
func (g grownWork) rate() float64 {
	last := g.spent[len(g.spent)-1]
	return float64(last.time) / last.size
}

func (g grownWork) print(out io.Writer, mark, why string) {
	allocated, mallocs, steps, clock := g.exponents()
	last := g.spent[len(g.spent)-1]
	_, _ = fmt.Fprintf(out, "%s  %-62s growth of bytes %.2f objects %.2f steps %.2f time %.2f; at %.2f MB: peak %.1f, bytes %.0f, steps %.0f to the reply, %.0f ms%s\n",
		mark, g.name, allocated, mallocs, steps, clock, last.size/1e6, last.peak/last.size, last.bytes/last.size, last.steps/last.size, float64(last.time)/1e6, why)
}
