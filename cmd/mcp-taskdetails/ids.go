package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/render"
)

// foundIDs are the task ids within the texts that a command was given: each once, in the order in which they came. What
// holds none is told on stderr, and the rest goes on.
type foundIDs struct {
	args   []string // a lone - stands for stdin
	stdin  io.Reader
	stderr io.Writer
	mask   func(string) string // hides what looks like a secret
	files  bool                // whether an argument without an id may name a file
	often  bool                // whether an id is yielded as often as it stands there

	known map[string]bool
	bare  []string // ids without hyphens within text: digests, where other ids are there
	idle  int      // lines of one input without an id
	err   error    // of reading
}

// idHint says what an id is.
const idHint = "a task id has 8-4-4-4-12 hexadecimal digits: " + inspect.IDForm + "; any text around it is fine, and - reads stdin"

// all yields the ids, until ctx ends.
func (f *foundIDs) all(ctx context.Context) iter.Seq[string] {
	f.known = map[string]bool{}
	return func(yield func(string) bool) {
		for _, arg := range f.args {
			if !f.from(ctx, arg, yield) {
				return
			}
		}
		if len(f.known) == 0 && f.err == nil {
			f.each(f.bare, yield)
		}
	}
}

// collect is all of them, for a command that wants to know how many there are before it asks.
func (f *foundIDs) collect(ctx context.Context) ([]string, error) {
	ids := slices.Collect(f.all(ctx))
	if ctx.Err() != nil {
		return nil, errInterrupted
	}
	return ids, f.err
}

// from yields the ids of one argument.
func (f *foundIDs) from(ctx context.Context, arg string, yield func(string) bool) bool {
	if arg == "-" {
		return f.fromLines(ctx, f.stdin, "stdin", yield)
	}
	if found := inspect.FindIDs(arg); len(found) > 0 {
		return f.each(found, yield)
	}
	if !f.files {
		warn(f.stderr, "%s holds no task id", f.quoted(arg))
		return true
	}
	file, err := os.Open(arg) //nolint:gosec // a person names it
	if err != nil {
		f.err = usage(idHint, "%s is neither a task id nor a file that can be read: %w", f.quoted(arg), reasonOf(err))
		return false
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		f.err = usage("give the files in it", "%s is a directory", f.quoted(arg))
		return false
	}
	return f.fromLines(ctx, file, f.quoted(arg), yield)
}

// reasonOf is why a file cannot be opened, without its name.
func reasonOf(err error) error {
	if wrapped, ok := errors.AsType[*fs.PathError](err); ok {
		return wrapped.Err
	}
	return err
}

// none tells that there was not one id, as a fault of the command line.
func (f *foundIDs) none() error {
	if len(f.known) > 0 {
		return nil
	}
	return &usageError{err: errors.New("no task id in what was given"), hints: []string{idHint}}
}

func (f *foundIDs) each(ids []string, yield func(string) bool) bool {
	for _, id := range ids {
		folded := strings.ToLower(id)
		if f.known[folded] && !f.often {
			continue
		}
		f.known[folded] = true
		if !yield(id) {
			return false
		}
	}
	return true
}

// maxNamed is how many lines without an id are named.
const maxNamed = 3

// maxBare is how many ids without hyphens are kept until it is known whether others come.
const maxBare = 100_000

func (f *foundIDs) fromLines(ctx context.Context, input io.Reader, name string, yield func(string) bool) bool {
	number := 0
	f.idle = 0
	for line, err := range lines(ctx, input) {
		if err != nil {
			f.err = fmt.Errorf("read ids from %s: %w", name, err)
			return true
		}
		number++
		var found, bare []string
		if id, ok := inspect.ParseID(line); ok { // the common case is also the quick one
			found = append(found, id)
		} else {
			found, bare = inspect.Mentions(line)
		}
		if len(f.known) == 0 && len(f.bare) < maxBare {
			f.bare = append(f.bare, bare...)
		}
		if len(found)+len(bare) == 0 && strings.ContainsFunc(line, isLetter) {
			if f.idle++; f.idle <= maxNamed {
				warn(f.stderr, "line %d of %s holds no task id: %s", number, name, f.quoted(line))
			}
		}
		if !f.each(found, yield) {
			return false
		}
	}
	switch n := f.idle - maxNamed; {
	case n == 1:
		warn(f.stderr, "1 more line of %s holds none", name)
	case n > 1:
		warn(f.stderr, "%d more lines of %s hold none", n, name)
	}
	return true
}

// isLetter tells a line with content from one of brackets and blanks.
func isLetter(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r > '\x7f'
}

func (f *foundIDs) quoted(text string) string {
	return render.Visible(fmt.Sprintf("%q", render.Cut(f.mask(strings.TrimSpace(text)), 80)))
}

// maxLine is how long a line may be before it comes in pieces, in bytes.
const maxLine = 64 << 10

// lines yields lines as they come. It ends with ctx, also while nothing comes: what waits for a pipe cannot be called back.
func lines(ctx context.Context, r io.Reader) iter.Seq2[string, error] {
	type read struct {
		line string
		err  error
	}
	queue := make(chan read)
	send := func(one read) bool {
		select {
		case queue <- one:
			return true
		case <-ctx.Done():
			return false
		}
	}
	go func() {
		defer close(queue)
		scanner := bufio.NewScanner(r)
		scanner.Buffer(nil, 2*maxLine)
		scanner.Split(splitLines)
		for scanner.Scan() {
			if !send(read{line: scanner.Text()}) {
				return
			}
		}
		if err := scanner.Err(); err != nil {
			send(read{err: err})
		}
	}()
	return func(yield func(string, error) bool) {
		for {
			select {
			case one, ok := <-queue:
				if !ok || !yield(one.line, one.err) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// splitLines is bufio.ScanLines, but for a long line, which it cuts where no id is.
func splitLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) < maxLine || bytes.IndexByte(data, '\n') >= 0 {
		return bufio.ScanLines(data, atEOF)
	}
	cut := bytes.LastIndexFunc(data, func(r rune) bool {
		return r < '\x80' && r != '-' && r != '%' && !isLetter(r)
	}) + 1
	if cut == 0 {
		cut = len(data)
	}
	return cut, data[:cut], nil
}
