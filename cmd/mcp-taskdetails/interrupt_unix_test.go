//go:build unix

package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// A command ends at a signal whatever it waits for: a pipe that stays open says nothing, and one that nobody reads takes
// nothing. Once both were ignored there.
func TestInterrupt(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			for name, tc := range map[string]struct {
				args  []string
				ready func(stdin io.Writer, stdout, stderr *bufio.Reader) error // returns once the command waits
			}{
				"stdin stays open": {[]string{"get", "--demo", "-"}, func(stdin io.Writer, _, stderr *bufio.Reader) error {
					if _, err := io.WriteString(stdin, "nothing yet\n"); err != nil {
						return err
					}
					_, err := stderr.ReadString('\n') // the warning: the next line is waited for
					return err
				}},
				"nobody reads": {[]string{"get", "--demo", "--raw", largeID}, func(_ io.Writer, stdout, _ *bufio.Reader) error {
					_, err := stdout.ReadByte() // a megabyte follows, and a pipe holds less
					return err
				}},
			} {
				t.Run(name, func(t *testing.T) {
					cmd := exec.Command("mcp-taskdetails", tc.args...)
					cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "GOCOVERDIR=" + os.Getenv("GOCOVERDIR")}
					stdin, err := cmd.StdinPipe()
					if err != nil {
						t.Fatal(err)
					}
					defer stdin.Close()
					stdout, out, err := os.Pipe()
					if err != nil {
						t.Fatal(err)
					}
					defer stdout.Close()
					stderr, errs, err := os.Pipe()
					if err != nil {
						t.Fatal(err)
					}
					defer stderr.Close()
					cmd.Stdout, cmd.Stderr = out, errs
					if err := cmd.Start(); err != nil {
						t.Fatal(err)
					}
					_, _ = out.Close(), errs.Close()
					said := bufio.NewReader(stderr)
					if err := tc.ready(stdin, bufio.NewReader(stdout), said); err != nil {
						t.Error(err)
					}
					if err := cmd.Process.Signal(signal); err != nil {
						t.Fatal(err)
					}
					_ = cmd.Wait()
					if code := cmd.ProcessState.ExitCode(); code != exitInterrupted {
						t.Errorf("exit code %d", code)
					}
					if rest, _ := io.ReadAll(said); !strings.Contains(string(rest), "mcp-taskdetails: error: interrupted\n") {
						t.Errorf("stderr: %s", rest)
					}
				})
			}
		})
	}
}
