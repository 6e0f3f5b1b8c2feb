//go:build unix

package main

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// orphanage is a parent with its server, and this test as the other process that holds their pipes.
type orphanage struct {
	parent  *exec.Cmd
	stdin   *os.File
	replies chan string // closed when nobody can write any more: the server has ended
}

func newOrphanage(t *testing.T, env []string, flags ...string) *orphanage {
	t.Helper()
	in, stdin, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	o := &orphanage{parent: exec.Command("parent", flags...), stdin: stdin, replies: make(chan string)}
	o.parent.Stdin, o.parent.Stdout = in, out
	o.parent.Env = append(env, "PATH="+os.Getenv("PATH"), "GOCOVERDIR="+os.Getenv("GOCOVERDIR"))
	if err := o.parent.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = in.Close(), out.Close()
	t.Cleanup(func() { // what outlives its parent against all hopes leaves at the end of its input
		_ = stdin.Close()
		_ = o.parent.Process.Kill()
		for range o.replies {
		}
		_ = o.parent.Wait()
	})
	go func() {
		defer close(o.replies)
		defer stdout.Close()
		lines := bufio.NewReader(stdout)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			o.replies <- line
		}
	}()
	o.send(t, handshake)
	o.reply(t, `"init"`)
	return o
}

func (o *orphanage) send(t *testing.T, line string) {
	t.Helper()
	if _, err := io.WriteString(o.stdin, line+"\n"); err != nil {
		t.Fatal(err)
	}
}

func (o *orphanage) reply(t *testing.T, id string) {
	t.Helper()
	select {
	case line, ok := <-o.replies:
		if !ok || !strings.Contains(line, id) {
			t.Fatalf("reply %q", line)
		}
	case <-time.After(replyWithin):
		t.Fatal("no reply")
	}
}

// endsSoon ends the parent; the server must follow, though its stdin stays open.
func (o *orphanage) endsSoon(t *testing.T) {
	t.Helper()
	if err := o.parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	began, late := time.Now(), time.After(replyWithin)
	for open := true; open; { // a call in flight may still be answered
		select {
		case _, open = <-o.replies:
		case <-late:
			t.Fatal("the server outlives its parent")
		}
	}
	if took := time.Since(began); took > 4*lookAfterParent {
		t.Errorf("the server ended after %s", took)
	}
}

// A server whose parent is gone ends within seconds, though another process holds its stdin: at rest, in the middle of
// a call, and with a setting that it cannot use.
func TestOrphan(t *testing.T) {
	t.Run("at rest", func(t *testing.T) {
		t.Parallel()
		o := newOrphanage(t, nil, "--demo")
		o.send(t, `{"jsonrpc":"2.0","id":"before","method":"ping"}`)
		o.reply(t, `"before"`)
		o.endsSoon(t)
	})
	t.Run("within a call", func(t *testing.T) {
		t.Parallel()
		asked := make(chan struct{})
		api := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			close(asked)
			<-r.Context().Done()
		}))
		defer api.Close()
		o := newOrphanage(t, []string{envKey + "=" + testKey, envAPIURL + "=" + api.URL, envSchemasURL + "=off"})
		o.send(t, `{"jsonrpc":"2.0","id":"slow","method":"tools/call","params":`+taskCall(goodID)+`}`)
		<-asked
		o.endsSoon(t)
	})
	t.Run("misconfigured", func(t *testing.T) {
		t.Parallel()
		o := newOrphanage(t, []string{envKey + "=YOUR_KEY"})
		o.send(t, `{"jsonrpc":"2.0","id":"call","method":"tools/call","params":`+taskCall(goodID)+`}`)
		o.reply(t, envKey)
		o.endsSoon(t)
	})
}
