package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"mcp-taskdetails/internal/rawjson"
)

// host is a program that keeps a server for long: it starts the real binary, speaks MCP over its real pipes and looks at
// it from outside. Its methods return errors, so that many hosts can run side by side.
type host struct {
	process *exec.Cmd
	stdin   io.WriteCloser
	stdout  io.Closer
	lines   chan []byte  // of stdout; closed at its end
	stderr  bytes.Buffer // to be read when the process has ended
	watch   net.Conn
	figures *json.Decoder
	idle    int // goroutines before the first call
	calls   int
}

// startHost starts the server with these variables and flags and does the handshake.
func startHost(env []string, flags ...string) (*host, error) {
	h := &host{}
	return h, h.start(&h.stderr, env, flags...)
}

// start is startHost with a stderr of the test's own.
func (h *host) start(stderr io.Writer, env []string, flags ...string) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer listener.Close()
	h.process, h.lines = exec.Command("mcp-taskdetails", flags...), make(chan []byte)
	h.process.Env = append(env, envWatch+"="+listener.Addr().String(), "PATH="+os.Getenv("PATH"), "GOCOVERDIR="+os.Getenv("GOCOVERDIR"))
	h.process.Stderr = stderr
	if h.stdin, err = h.process.StdinPipe(); err != nil {
		return err
	}
	stdout, err := h.process.StdoutPipe()
	if err != nil {
		return err
	}
	h.stdout = stdout
	if err := h.process.Start(); err != nil {
		return err
	}
	go func() {
		defer close(h.lines)
		for lines := bufio.NewReaderSize(stdout, 1<<16); ; {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				return
			}
			h.lines <- line
		}
	}()
	if h.watch, err = listener.Accept(); err != nil {
		return err
	}
	h.figures = json.NewDecoder(h.watch)
	if err := h.send(handshake); err != nil {
		return err
	}
	if _, err := h.next("init"); err != nil {
		return err
	}
	if err := h.send(`{"jsonrpc":"2.0","method":"notifications/initialized"}`); err != nil {
		return err
	}
	h.idle, err = h.steady()
	return err
}

func (h *host) send(line string) error {
	_, err := io.WriteString(h.stdin, line+"\n")
	return err
}

// next returns the next line, which must be the reply to this id.
func (h *host) next(id string) ([]byte, error) {
	select {
	case line, ok := <-h.lines:
		if !ok {
			return nil, errors.New("the server left")
		}
		if member(line, "id") != id {
			return nil, fmt.Errorf("a reply to %s was due, not %.300s", id, line)
		}
		return line, nil
	case <-time.After(replyWithin + 15*time.Second): // a process may wait as long as --timeout for the API
		return nil, fmt.Errorf("no reply to %s", id)
	}
}

// request sends a request and returns its result.
func (h *host) request(method, params string) ([]byte, error) {
	h.calls++
	id := "call-" + strconv.Itoa(h.calls)
	if err := h.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%q,"method":%q,"params":%s}`, id, method, params)); err != nil {
		return nil, err
	}
	reply, err := h.next(id)
	if err != nil {
		return nil, err
	}
	result, ok := rawjson.Member(reply, "result")
	if !ok {
		return nil, fmt.Errorf("no result: %.300s", reply)
	}
	return result, nil
}

// task asks for one task and returns the tool's result.
func (h *host) task(id string) ([]byte, error) { return h.request("tools/call", taskCall(id)) }

func taskCall(id string) string {
	return fmt.Sprintf(`{"name":"get_task_details","arguments":{"taskUUID":%q}}`, id)
}

// look asks the process for its figures.
func (h *host) look(what string) (figures, error) {
	var f figures
	if _, err := io.WriteString(h.watch, what+"\n"); err != nil {
		return f, err
	}
	return f, h.figures.Decode(&f)
}

// steady returns the number of goroutines when it has stopped changing: that of a call ends after its reply.
func (h *host) steady() (int, error) {
	for last, same := 0, 0; ; same++ {
		f, err := h.look(askCount)
		if err != nil || same == 4 {
			return f.Goroutines, err
		}
		if f.Goroutines != last {
			last, same = f.Goroutines, 0
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// settled waits until no more goroutines are left than before the first call, and the one of the cache that it made: a
// connection that was closed ends its own soon, not at once. It returns all figures.
func (h *host) settled() (figures, error) {
	goroutines := h.idle + 1
	for range 400 {
		f, err := h.look(askCount)
		if err != nil {
			return f, err
		}
		if f.Goroutines <= goroutines {
			return h.look(askAll)
		}
		time.Sleep(10 * time.Millisecond)
	}
	f, err := h.look(askAll)
	return f, errors.Join(err, fmt.Errorf("%d goroutines are left of %d:\n%s", f.Goroutines, goroutines, f.Stacks))
}

// memory reads a line of /proc/PID/status, in bytes: VmRSS is what is resident, VmHWM the most that ever was. It is 0
// where there is no such file.
func (h *host) memory(name string) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", h.process.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), name+":")
	kilobytes, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, _ := strconv.Atoi(kilobytes)
	return n << 10
}

// end ends the input. The server must say nothing more and leave in order, and soon.
func (h *host) end() error {
	if err := h.stdin.Close(); err != nil {
		return err
	}
	late := time.After(replyWithin)
	select {
	case line, ok := <-h.lines:
		if ok {
			return fmt.Errorf("unasked: %.300s", line)
		}
	case <-late:
		return errors.New("the server does not leave")
	}
	if err := h.process.Wait(); err != nil {
		return fmt.Errorf("exit: %w", err)
	}
	return nil
}

// kill ends what end did not.
func (h *host) kill() {
	if h.watch != nil {
		_ = h.watch.Close()
	}
	if h.process != nil && h.process.Process != nil && h.process.ProcessState == nil {
		_ = h.process.Process.Kill()
		for range h.lines { // their end lets Wait return
		}
		_ = h.process.Wait()
	}
}
