package interop

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// patience bounds every wait, so that what hangs fails.
const patience = 30 * time.Second

// session is a server that some client can start by running its script, and the recording of what they said.
type session struct {
	dir    string
	script string // an executable without arguments
}

// newSession prepares the server with these arguments and this environment beside the ordinary one.
func newSession(t *testing.T, args []string, environment map[string]string) *session {
	t.Helper()
	tester, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s := &session{dir: dir, script: filepath.Join(dir, "server")}
	var b strings.Builder
	fmt.Fprintf(&b, "#!/bin/sh\nexport %s='%s'\n", teeVariable, dir)
	for name, value := range environment {
		fmt.Fprintf(&b, "export %s='%s'\n", name, value)
	}
	fmt.Fprintf(&b, "exec '%s' '%s' %s\n", tester, serverBinary, strings.Join(args, " "))
	if err := os.WriteFile(s.script, []byte(b.String()), 0o700); err != nil {
		t.Fatal(err)
	}
	return s
}

// recordings are the lines so far of each process that was started; a client may start more than one.
func (s *session) recordings(t *testing.T) [][][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.dir, "*.wire"))
	if err != nil {
		t.Fatal(err)
	}
	var all [][][]byte
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := bytes.Split(content, []byte("\n"))
		all = append(all, lines[:len(lines)-1]) // what follows the last line end is not whole yet
	}
	return all
}

// count says how many recorded lines begin so and hold this.
func (s *session) count(t *testing.T, mark byte, part string) int {
	t.Helper()
	n := 0
	for _, lines := range s.recordings(t) {
		for _, line := range lines {
			if line[0] == mark && bytes.Contains(line, []byte(part)) {
				n++
			}
		}
	}
	return n
}

// ended says whether the input of the process that was sent this has ended.
func (s *session) ended(t *testing.T, part string) bool {
	t.Helper()
	for _, lines := range s.recordings(t) {
		all := bytes.Join(lines, []byte("\n"))
		if bytes.Contains(all, []byte(part)) && bytes.Contains(all, []byte("\n"+endOfInput)) {
			return true
		}
	}
	return false
}

// await returns when the condition holds.
func await(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !condition(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// finish waits for the end of every process and holds what the server wrote to the protocol.
func (s *session) finish(t *testing.T) {
	t.Helper()
	var recordings [][][]byte
	await(t, "the server's end", func() bool {
		recordings = s.recordings(t)
		for _, lines := range recordings {
			if len(lines) == 0 || !bytes.HasPrefix(lines[len(lines)-1], []byte(exitCode)) {
				return false
			}
		}
		return len(recordings) > 0
	})
	for _, lines := range recordings {
		if code := string(lines[len(lines)-1]); code != exitCode+"0" {
			t.Errorf("the server left: %s", code)
		}
		checkWire(t, lines)
	}
}
