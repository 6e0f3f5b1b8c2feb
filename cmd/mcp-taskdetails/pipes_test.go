package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// A host that closes its end of stderr costs the server its log, and nothing else: a write there was SIGPIPE, and the end.
func TestClosedStderr(t *testing.T) {
	for _, level := range []string{"warn", "debug"} {
		t.Run(level, func(t *testing.T) {
			read, write, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			h := &host{}
			defer h.kill()
			err = h.start(write, []string{envKey + "=" + testKey}, "--demo", "--log-level", level)
			_, _ = write.Close(), read.Close()
			if err != nil {
				t.Fatal(err)
			}
			if err := h.send("no JSON"); err != nil { // which is logged
				t.Fatal(err)
			}
			if reply, err := h.next(""); err != nil || !strings.Contains(string(reply), "-32700") {
				t.Fatalf("%v, reply %s", err, reply)
			}
			for range 3 {
				if _, err := h.task(badID); err != nil {
					t.Fatal(err)
				}
			}
			if err := h.end(); err != nil {
				t.Error(err)
			}
		})
	}
}

// A host that closes its end of stdout is gone: the server ends in order, though stdin is still open.
func TestClosedStdout(t *testing.T) {
	h, err := startHost([]string{envKey + "=" + testKey}, "--demo")
	defer h.kill()
	if err != nil {
		t.Fatal(err)
	}
	if err := h.stdout.Close(); err != nil {
		t.Fatal(err)
	}
	if err := h.send(`{"jsonrpc":"2.0","id":1,"method":"ping"}`); err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(replyWithin, func() { _ = h.process.Process.Kill() })
	defer stuck.Stop()
	if err := h.process.Wait(); err != nil {
		t.Errorf("exit: %v\nstderr: %s", err, h.stderr.String())
	}
}

// What a server sends unasked is logged by net/http itself, past our logger: its bytes must not reach stderr.
func TestUnsolicitedReply(t *testing.T) {
	answered, sent := make(chan struct{}), make(chan struct{})
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		body := envelope(item(goodID, 0))
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
		<-answered
		_, _ = io.WriteString(conn, "HTTP/1.1 400 "+faultKey+"\r\n\r\n")
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.CloseWrite()
		}
		_, _ = io.Copy(io.Discard, conn) // ends when the client has read it and closed
		close(sent)
	}))
	defer api.Close()
	h, err := startHost([]string{envKey + "=" + faultKey, envAPIURL + "=" + api.URL, envSchemasURL + "=off"}, "--log-level", "debug")
	defer h.kill()
	if err == nil {
		_, err = h.task(goodID)
	}
	close(answered)
	if err != nil {
		t.Fatal(err)
	}
	<-sent
	if err := h.end(); err != nil {
		t.Fatal(err)
	}
	if log := h.stderr.String(); strings.Contains(log, faultKeyCore) || strings.Contains(log, "Unsolicited") {
		t.Errorf("stderr: %s", log)
	}
}
