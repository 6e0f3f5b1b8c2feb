package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"mcp-taskdetails/internal/rawjson"

	"github.com/rogpeppe/go-internal/testscript"
)

// replyWithin bounds each wait, so that a server that hangs fails the script instead of the whole run.
const replyWithin = 20 * time.Second

// playSession is the command `mcp [flag…] session.jsonl`. It starts the server and sends the lines of the file in lock
// step: a line with an id waits for its reply, which goes to stdout indented; one without is a notification. Lines that
// begin with # are comments, and
//
//	#initialize    stands for the handshake of 2025-11-25, whose reply is not printed
//	#signal        sends SIGTERM instead of ending the input
//
// At the end stdin is closed, and the server must leave with exit code 0. A text block that repeats the structured
// content, as it should, is printed as "=".
func playSession(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: mcp [flag...] session.jsonl")
	}
	session := session{ts: ts}
	session.start(args[:len(args)-1])
	defer session.kill()
	for line := range strings.Lines(ts.ReadFile(args[len(args)-1])) {
		session.play(strings.TrimSpace(line))
	}
	session.end()
}

type session struct {
	ts       *testscript.TestScript
	process  *exec.Cmd
	stdin    io.WriteCloser
	replies  chan []byte
	stderr   bytes.Buffer
	signaled bool
}

const handshake = `{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"script","version":"1"}}}`

func (s *session) check(err error) {
	if err != nil {
		s.ts.Fatalf("%v\nstderr: %s", err, s.stderr.String())
	}
}

func (s *session) start(args []string) {
	program := lookPath(s.ts.Getenv("PATH"), "mcp-taskdetails")
	s.process = exec.Command(program, args...)
	s.process.Dir = s.ts.Getenv("WORK")
	for _, name := range []string{envKey, envKeyFile, envAPIURL, envSchemasURL, "PATH", "HOME", "GOCOVERDIR", "TESTSCRIPT_COMMAND"} {
		if value := s.ts.Getenv(name); value != "" {
			s.process.Env = append(s.process.Env, name+"="+value)
		}
	}
	s.process.Stderr = &s.stderr
	var err error
	s.stdin, err = s.process.StdinPipe()
	s.check(err)
	stdout, err := s.process.StdoutPipe()
	s.check(err)
	s.check(s.process.Start())
	s.replies = make(chan []byte)
	go func() {
		defer close(s.replies)
		lines := bufio.NewReader(stdout)
		for {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				return
			}
			s.replies <- line
		}
	}()
}

func lookPath(path, program string) string {
	for _, dir := range filepath.SplitList(path) {
		if found, err := exec.LookPath(filepath.Join(dir, program)); err == nil {
			return found
		}
	}
	return program
}

func (s *session) play(line string) {
	switch {
	case line == "#initialize":
		s.send(handshake)
		s.reply()
		s.send(`{"jsonrpc":"2.0","method":"notifications/initialized"}`)
	case line == "#signal":
		s.signaled = true
		s.check(s.process.Process.Signal(syscall.SIGTERM))
	case line == "", line[0] == '#':
	default:
		s.send(line)
		if _, isRequest := rawjson.Member([]byte(line), "id"); isRequest {
			s.print(s.reply())
		}
	}
}

func (s *session) send(line string) {
	_, err := io.WriteString(s.stdin, line+"\n")
	s.check(err)
}

func (s *session) reply() []byte {
	select {
	case line, ok := <-s.replies:
		if !ok {
			s.ts.Fatalf("the server left\nstderr: %s", s.stderr.String())
		}
		return line
	case <-time.After(replyWithin):
		s.ts.Fatalf("no reply within %s\nstderr: %s", replyWithin, s.stderr.String())
	}
	return nil
}

func (s *session) print(reply []byte) {
	structured, _ := rawjson.Resolve(reply, "/result/structuredContent")
	text, _ := rawjson.Resolve(reply, "/result/content/0/text")
	if content, _ := rawjson.Text(text); len(structured) > 0 && sameJSON([]byte(content), structured) {
		reply = bytes.Replace(reply, text, []byte(`"="`), 1)
	}
	var pretty bytes.Buffer
	s.check(json.Indent(&pretty, reply, "", "  "))
	_, err := pretty.WriteTo(s.ts.Stdout())
	s.check(err)
}

// sameJSON compares token for token, but for escapes within strings, which differ on the wire.
func sameJSON(a, b []byte) bool {
	left, right := rawjson.NewDecoder(a), rawjson.NewDecoder(b)
	for {
		l, errL := left.ReadToken()
		r, errR := right.ReadToken()
		if errL != nil || errR != nil {
			return errors.Is(errL, io.EOF) && errors.Is(errR, io.EOF)
		}
		if l.Kind() != r.Kind() || l.String() != r.String() {
			return false
		}
	}
}

func (s *session) end() {
	if !s.signaled {
		s.check(s.stdin.Close())
	}
	for {
		select {
		case line, ok := <-s.replies:
			if ok {
				s.ts.Fatalf("unasked: %s", line)
			}
			if err := s.process.Wait(); err != nil {
				s.ts.Fatalf("exit: %v\nstderr: %s", err, s.stderr.String())
			}
			_, err := fmt.Fprint(s.ts.Stderr(), s.stderr.String())
			s.check(err)
			return
		case <-time.After(replyWithin):
			s.ts.Fatalf("the server did not leave within %s", replyWithin)
		}
	}
}

func (s *session) kill() {
	if s.process.ProcessState == nil && s.process.Process != nil {
		_ = s.process.Process.Kill()
	}
}
