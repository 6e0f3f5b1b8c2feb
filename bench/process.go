package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"mcp-taskdetails/internal/sandbox"
)

// process is a running server.
type process struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	mu    sync.Mutex
	next  int
	open  map[int]chan answer
	ended error
}

// answer is one reply line.
type answer struct {
	when  time.Time
	bytes int    // of the line
	line  []byte // the beginning of it, up to keep
	err   error
}

// keep is how much of a reply is kept to be looked at.
const keep = 256 << 10

// start runs a program and shakes hands; took is the time from its start to its answer to initialize.
func start(ctx context.Context, a *api, p program) (proc *process, took time.Duration, err error) {
	//nolint:gosec // our own binaries
	cmd := exec.CommandContext(ctx, p.path, p.args...)
	schemas := a.schemas
	if p.unnamed {
		schemas += unnamed
	}
	cmd.Env = []string{"RUNWARE_API_URL=" + a.url, "RUNWARE_API_KEY=" + sandbox.Key, "RUNWARE_SCHEMAS_URL=" + schemas}
	cmd.Stderr = os.Stderr
	proc = &process{cmd: cmd, open: map[int]chan answer{}}
	if proc.in, err = cmd.StdinPipe(); err != nil {
		return nil, 0, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, 0, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, 0, err
	}
	go proc.read(bufio.NewReaderSize(out, 64<<10))
	r := proc.ask("initialize", `{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"0"}}`)
	if r.err != nil {
		return nil, 0, fmt.Errorf("%s: initialize: %w", p.name, r.err)
	}
	_, err = io.WriteString(proc.in, `{"jsonrpc":"2.0","method":"notifications/initialized"}`+"\n")
	return proc, r.when.Sub(began), err
}

// stop ends the input and waits for the process.
func (p *process) stop() error {
	_ = p.in.Close()
	return p.cmd.Wait()
}

// read hands each reply to whoever asked.
func (p *process) read(out *bufio.Reader) {
	const head = `{"jsonrpc":"2.0","id":`
	for {
		r := answer{}
		for {
			part, err := out.ReadSlice('\n')
			r.bytes += len(part)
			r.line = append(r.line, part[:min(len(part), keep-len(r.line))]...)
			if errors.Is(err, bufio.ErrBufferFull) {
				continue
			}
			if err != nil {
				p.end(err)
				return
			}
			break
		}
		r.when = time.Now()
		rest, ok := bytes.CutPrefix(r.line, []byte(head))
		number, _, _ := bytes.Cut(rest, []byte(","))
		id, err := strconv.Atoi(string(number))
		if !ok || err != nil {
			p.end(fmt.Errorf("not a reply: %.200s", r.line))
			return
		}
		p.mu.Lock()
		waiting := p.open[id]
		delete(p.open, id)
		p.mu.Unlock()
		if waiting != nil {
			waiting <- r
		}
	}
}

func (p *process) end(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = err
	for _, waiting := range p.open {
		waiting <- answer{err: err}
	}
}

// send writes a request and returns where its answer will come. One goroutine at a time may call it.
func (p *process) send(method, params string) (<-chan answer, time.Time) {
	waiting := make(chan answer, 1)
	p.next++
	p.mu.Lock()
	if p.ended != nil {
		waiting <- answer{err: p.ended}
	} else {
		p.open[p.next] = waiting
	}
	p.mu.Unlock()
	line := `{"jsonrpc":"2.0","id":` + strconv.Itoa(p.next) + `,"method":"` + method + `","params":` + params + "}\n"
	began := time.Now()
	_, _ = io.WriteString(p.in, line) // a broken pipe ends the output as well
	return waiting, began
}

func (p *process) ask(method, params string) answer {
	waiting, _ := p.send(method, params)
	return <-waiting
}

func toolCall(id, more string) string {
	return `{"name":"get_task_details","arguments":{"taskUUID":"` + id + `"` + more + `}}`
}

// call asks for one task and waits.
func (p *process) call(id, more string) (answer, time.Duration) {
	waiting, began := p.send("tools/call", toolCall(id, more))
	r := <-waiting
	return r, r.when.Sub(began)
}

// memory reads VmRSS (now) or VmHWM (the peak), in bytes; 0 where there is no /proc.
func (p *process) memory(field string) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), field+":")
	words := strings.Fields(rest)
	if len(words) == 0 {
		return 0
	}
	kilobytes, _ := strconv.ParseFloat(words[0], 64)
	return kilobytes * 1024
}

// cpu is the processor time that the threads of the process have used so far; 0 where there is no /proc.
func (p *process) cpu() (used time.Duration) {
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", p.cmd.Process.Pid)) // the pattern is one
	for _, thread := range threads {
		stat, _ := os.ReadFile(thread) //nolint:gosec // of our own child; a thread that ended has none
		nanoseconds, _, _ := strings.Cut(string(stat), " ")
		n, _ := strconv.ParseInt(nanoseconds, 10, 64)
		used += time.Duration(n)
	}
	return used
}
