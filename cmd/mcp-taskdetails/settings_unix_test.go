//go:build unix

package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A key file that nobody writes to is refused at once: opening one waited for ever, and no signal ended the program.
func TestBlockingKeyFile(t *testing.T) {
	dir := t.TempDir()
	pipe, link := filepath.Join(dir, "pipe"), filepath.Join(dir, "link")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(pipe, link); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"pipe": pipe, "link to a pipe": link, "endless": "/dev/zero"} {
		t.Run(name, func(t *testing.T) {
			s := setting{env: []string{envKeyFile + "=" + path}, wrong: envKeyFile, says: "could block"}
			s.meet(t, "http://127.0.0.1:1")
			h, err := startHost(s.env)
			defer h.kill()
			if err != nil {
				t.Fatal(err)
			}
			if err := h.process.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := h.process.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
}
