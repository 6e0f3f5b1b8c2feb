package interop

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
)

// teeVariable names the folder of a session's recordings. With it set this program is the tee.
const teeVariable = "INTEROP_TEE"

// What the lines of a recording begin with, and the two that are no message.
const (
	toServer   = '>'
	fromServer = '<'
	endOfInput = "= end of input"
	exitCode   = "= exit "
)

// tee runs the server between its own stdin and stdout and writes each line that passes to a file before it goes on.
// A client that stopped reading does not stop it.
func tee(dir string, command []string) int {
	file, err := os.Create(filepath.Join(dir, strconv.Itoa(os.Getpid())+".wire"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer file.Close()
	signal.Ignore(syscall.SIGPIPE)
	if err := (&recorder{out: file}).run(command); err != nil {
		if failed, ok := errors.AsType[*exec.ExitError](err); ok {
			return failed.ExitCode()
		}
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	return 0
}

type recorder struct {
	mu  sync.Mutex
	out *os.File
}

func (r *recorder) write(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintf(r.out, format+"\n", args...)
}

func (r *recorder) run(command []string) error {
	server := exec.Command(command[0], command[1:]...)
	server.Stderr = os.Stderr
	stdin, err := server.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)
	go func() {
		for s := range signals {
			_ = server.Process.Signal(s)
		}
	}()
	go func() {
		r.pass(toServer, os.Stdin, stdin)
		r.write(endOfInput)
		_ = stdin.Close()
	}()
	r.pass(fromServer, stdout, os.Stdout)
	err = server.Wait()
	r.write("%s%d", exitCode, server.ProcessState.ExitCode())
	return err
}

func (r *recorder) pass(mark byte, from io.Reader, to io.Writer) {
	lines := bufio.NewReaderSize(from, 1<<16)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			text := line
			if text[len(text)-1] == '\n' {
				text = text[:len(text)-1]
			}
			r.write("%c%s", mark, text)
			_, _ = to.Write(line)
		}
		if err != nil {
			return
		}
	}
}
