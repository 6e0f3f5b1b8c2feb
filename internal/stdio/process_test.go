package stdio

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for what must come. It only ever passes when something is broken.
const patience = 30 * time.Second

// process is a server behind real pipes.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout io.ReadCloser
	lines  chan string // closed at the end of stdout
	stderr lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// launch starts a server whose output nobody reads yet.
func launch(t *testing.T, c Config) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.CommandContext(t.Context(), os.Args[0]), lines: make(chan string, 1<<16)}
	p.cmd.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0", fmt.Sprintf("%s=%d %d %d %d", serverEnv, c.MaxLine, c.Workers, c.Queue, c.Drain))
	var err error
	p.cmd.Stderr = &p.stderr
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if p.stdout, err = p.cmd.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

// start starts a server and reads its output.
func start(t *testing.T, c Config) *process {
	t.Helper()
	p := launch(t, c)
	go func() {
		defer close(p.lines)
		in := bufio.NewReader(p.stdout)
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				if line != "" {
					p.lines <- "TORN: " + line
				}
				return
			}
			p.lines <- strings.TrimSuffix(line, "\n")
		}
	}()
	return p
}

func (p *process) send(lines ...string) {
	p.t.Helper()
	if _, err := io.WriteString(p.stdin, strings.Join(lines, "\n")+"\n"); err != nil {
		p.t.Fatal(err)
	}
}

// stream sends lines beside the test, which notices by missing replies if they do not arrive.
func (p *process) stream(lines string) { _, _ = io.WriteString(p.stdin, lines) }

// next returns the next line of output.
func (p *process) next() string {
	p.t.Helper()
	select {
	case line, ok := <-p.lines:
		if !ok {
			p.t.Fatalf("stdout ended; stderr:\n%s", p.stderr.String())
		}
		return line
	case <-time.After(patience):
		p.t.Fatalf("no line came; stderr:\n%s", p.stderr.String())
	}
	return ""
}

// want checks the next lines of output, in their order.
func (p *process) want(lines ...string) {
	p.t.Helper()
	for _, want := range lines {
		if got := p.next(); got != want {
			p.t.Fatalf("got  %s\nwant %s", got, want)
		}
	}
}

// stats asks for the server's counters; nothing else may be under way.
func (p *process) stats() stats {
	p.t.Helper()
	p.send(callLine(`"stats"`, "stats", "{}"))
	line := p.next()
	_, text, _ := strings.Cut(line, `"text":"`)
	var s stats
	if _, err := fmt.Sscan(text, &s.Started, &s.Cancelled, &s.Goroutines, &s.Heap); err != nil {
		p.t.Fatalf("not the counters: %v: %s", err, line)
	}
	return s
}

// end ends the input and returns what is still said; the process must exit with 0.
func (p *process) end() []string {
	p.t.Helper()
	if err := p.stdin.Close(); err != nil {
		p.t.Fatal(err)
	}
	var rest []string
	deadline := time.After(patience)
	for {
		select {
		case line, ok := <-p.lines:
			if ok {
				rest = append(rest, line)
				continue
			}
		case <-deadline:
			p.t.Fatalf("the process did not end; stderr:\n%s", p.stderr.String())
		}
		break
	}
	p.exited()
	return rest
}

// exited waits for the exit with 0.
func (p *process) exited() {
	p.t.Helper()
	done := make(chan error, 1)
	go func() { done <- p.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			p.t.Fatalf("exit: %v; stderr:\n%s", err, p.stderr.String())
		}
	case <-time.After(patience):
		p.t.Fatal("the process did not end")
	}
}

// ids counts the replies for each id, which stays the token it is.
func ids(t *testing.T, lines []string) map[string]int {
	t.Helper()
	count := map[string]int{}
	for _, line := range lines {
		var m struct {
			ID json.RawMessage `json:"id"`
		}
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("not JSON: %q", line)
		}
		if m.ID != nil {
			count[string(m.ID)]++
		}
	}
	return count
}
