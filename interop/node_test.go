package interop

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// driver is the one Node process that holds the TypeScript clients, see driver.mjs.
type driver struct {
	start   sync.Once
	failed  error
	process *exec.Cmd

	mu      sync.Mutex
	stdin   io.WriteCloser
	last    int
	waiting map[int]chan driverReply
}

type driverReply struct {
	ID     int             `json:"id"`
	Result json.RawMessage `json:"result"`
	Error  string          `json:"error"`
}

var node = &driver{waiting: map[int]chan driverReply{}}

func (d *driver) run() error {
	d.start.Do(func() { d.failed = d.launch() })
	return d.failed
}

func (d *driver) launch() error {
	source, err := os.ReadFile("driver.mjs")
	if err != nil {
		return err
	}
	program := filepath.Join(nodeDir, "driver.mjs") // beside node_modules, where its imports are found
	if err := os.WriteFile(program, source, 0o600); err != nil {
		return err
	}
	d.process = exec.Command(filepath.Join(nodeDir, "node_modules", "node", "bin", "node"), program)
	d.process.Stderr = os.Stderr
	if d.stdin, err = d.process.StdinPipe(); err != nil {
		return err
	}
	stdout, err := d.process.StdoutPipe()
	if err != nil {
		return err
	}
	if err := d.process.Start(); err != nil {
		return err
	}
	go d.read(stdout)
	return nil
}

func (d *driver) read(stdout io.Reader) {
	lines := json.NewDecoder(bufio.NewReader(stdout))
	for {
		var reply driverReply
		if err := lines.Decode(&reply); err != nil {
			reply.Error = "the driver left"
			d.mu.Lock()
			for id, waiting := range d.waiting {
				delete(d.waiting, id)
				waiting <- reply
			}
			d.mu.Unlock()
			return
		}
		d.mu.Lock()
		waiting := d.waiting[reply.ID]
		delete(d.waiting, reply.ID)
		d.mu.Unlock()
		waiting <- reply
	}
}

func (d *driver) stop() {
	if d.process == nil {
		return
	}
	_ = d.stdin.Close()
	_ = d.process.Wait()
}

// do sends a command and waits for its answer; the end of the context aborts it.
func (d *driver) do(ctx context.Context, command map[string]any) (json.RawMessage, error) {
	waiting := make(chan driverReply, 1)
	d.mu.Lock()
	d.last++
	id := d.last
	command["id"] = id
	d.waiting[id] = waiting
	err := d.send(command)
	d.mu.Unlock()
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		_ = d.send(map[string]any{"op": "cancel", "call": id})
	})
	defer stop()
	reply := <-waiting
	if reply.Error != "" {
		return nil, errors.New(reply.Error)
	}
	return reply.Result, nil
}

func (d *driver) send(command map[string]any) error {
	line, err := json.Marshal(command)
	if err != nil {
		return err
	}
	_, err = d.stdin.Write(append(line, '\n'))
	return err
}

// nodeClient is a connection of a TypeScript client.
type nodeClient struct{ session string }

func dialNode(which string) func(*testing.T, string) client {
	return func(t *testing.T, script string) client {
		t.Helper()
		if err := node.run(); err != nil {
			t.Fatal(err)
		}
		c := nodeClient{session: script}
		if _, err := c.do(t.Context(), "connect", map[string]any{"client": which, "command": script}); err != nil {
			t.Fatal(err)
		}
		return c
	}
}

func (c nodeClient) do(ctx context.Context, op string, command map[string]any) (json.RawMessage, error) {
	if command == nil {
		command = map[string]any{}
	}
	command["op"], command["session"] = op, c.session
	return node.do(ctx, command)
}

func (c nodeClient) list(ctx context.Context) (json.RawMessage, error) {
	return member(c.do(ctx, "list", nil))("tools")
}

func (c nodeClient) templates(ctx context.Context) (json.RawMessage, error) {
	return member(c.do(ctx, "templates", nil))("resourceTemplates")
}

func (c nodeClient) call(ctx context.Context, tool string, arguments any) (answer, error) {
	raw, err := c.do(ctx, "call", map[string]any{"name": tool, "arguments": arguments})
	if err != nil {
		return answer{}, err
	}
	return decodeAnswer(raw)
}

func (c nodeClient) read(ctx context.Context, uri string) (string, error) {
	return decodeResource(c.do(ctx, "read", map[string]any{"uri": uri}))
}

func (c nodeClient) close() error {
	_, err := c.do(context.Background(), "close", nil)
	return err
}

// member returns a function that takes one member of an object, unless there is an error.
func member(raw json.RawMessage, err error) func(name string) (json.RawMessage, error) {
	return func(name string) (json.RawMessage, error) {
		var members map[string]json.RawMessage
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(raw, &members); err != nil {
			return nil, err
		}
		return members[name], nil
	}
}

// decodeAnswer reads a CallToolResult.
func decodeAnswer(raw []byte) (answer, error) {
	var result struct {
		IsError bool `json:"isError"`
		Content []struct {
			Type string `json:"type"`
			Text string `json:"text"`
		} `json:"content"`
		Structured json.RawMessage `json:"structuredContent"`
	}
	if err := json.Unmarshal(raw, &result); err != nil {
		return answer{}, err
	}
	if len(result.Content) != 1 || result.Content[0].Type != "text" {
		return answer{}, fmt.Errorf("not one text block: %.200s", raw)
	}
	return answer{isError: result.IsError, text: result.Content[0].Text, structured: result.Structured}, nil
}

// decodeResource reads the text of a ReadResourceResult.
func decodeResource(raw json.RawMessage, err error) (string, error) {
	var result struct {
		Contents []struct {
			Text string `json:"text"`
		} `json:"contents"`
	}
	if err != nil {
		return "", err
	}
	if err := json.Unmarshal(raw, &result); err != nil {
		return "", err
	}
	if len(result.Contents) != 1 {
		return "", fmt.Errorf("%d contents", len(result.Contents))
	}
	return result.Contents[0].Text, nil
}
