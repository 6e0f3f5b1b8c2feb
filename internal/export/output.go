package export

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"mcp-taskdetails/schema"
)

// Output takes lines. A file is written in whole frames, each of whole lines, so that whatever ends the program leaves
// at most one frame to cut off. It is for one goroutine.
type Output struct {
	path   string
	file   *os.File
	stream io.Writer // in place of a file
	form   form
	end    int64 // of the last whole frame
	lines  []byte
	oldest time.Time // of lines
	synced time.Time
	waits  int // how many lines
	kept   int // lines written in this run

	// What an earlier run left.
	there map[key]struct{}
	cut   int64 // bytes of a frame that was not whole
	found int   // reports of tasks
	whole int   // of them with request or response
}

// flushBytes is how much is written at once: enough to compress well, little enough to lose.
const flushBytes = 1 << 20

// syncEvery is how often the disk has to have it.
const syncEvery = time.Second

// NewStream returns an output that cannot be gone on with, such as a pipe. Each Write gets whole lines.
func NewStream(w io.Writer) *Output {
	return &Output{stream: w, path: "-", there: map[key]struct{}{}}
}

// Open opens a file to go on with, or makes it. Nothing in it is changed unless all of it was written by an export of this
// form; what a crash left at its end is cut off then. Its ending chooses the form: .zst and .gz are compressed.
func Open(path string) (*Output, error) {
	f, err := formOf(path)
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	if info, err := os.Stat(path); err == nil {
		switch {
		case info.IsDir():
			return nil, fmt.Errorf("export: output %s is a directory; name a file in it, such as %s", path, filepath.Join(path, "tasks.ndjson"))
		case !info.Mode().IsRegular():
			return nil, fmt.Errorf("export: output %s is no regular file; write - for stdout", path)
		}
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the person names it; tasks are not for everybody on a machine
	if err != nil {
		return nil, fmt.Errorf("export: open the output: %w", err)
	}
	o := &Output{path: path, file: file, form: f, there: map[key]struct{}{}}
	if err := o.begin(); err != nil {
		_ = file.Close()
		return nil, err
	}
	return o, nil
}

func (o *Output) begin() error {
	if err := lock(o.file); err != nil {
		if errors.Is(err, errLocked) {
			return fmt.Errorf("export: another export writes to %s; give each its own file", o.path)
		}
		return fmt.Errorf("export: lock the output: %w", err)
	}
	if err := o.resume(); err != nil {
		return err
	}
	if o.cut == 0 {
		return nil
	}
	if err := o.file.Truncate(o.end); err != nil {
		return fmt.Errorf("export: cut off what is not whole: %w", err)
	}
	return nil
}

// Is tells whether info is of the file that this writes to.
func (o *Output) Is(info os.FileInfo) bool {
	if o.file == nil {
		return false
	}
	own, err := o.file.Stat()
	return err == nil && os.SameFile(own, info)
}

// Before is how many reports were there when it was opened.
func (o *Output) Before() int { return len(o.there) }

// Kept is how many reports this run has written.
func (o *Output) Kept() int { return o.kept }

// Cut is how many bytes at the end were no whole frame and are gone.
func (o *Output) Cut() int64 { return o.cut }

// check holds a detail against what is there: half of an archive without originals is of no use.
func (o *Output) check(originals bool) error {
	switch {
	case originals && o.found > 0 && o.whole == 0:
		return fmt.Errorf("export: the reports in %s were written with --detail diagnosis; go on with that, or choose another file", o.path)
	case !originals && o.whole > 0:
		return fmt.Errorf("export: the reports in %s were written with --detail full; go on with that, or choose another file", o.path)
	}
	return nil
}

// add takes a line without its end.
func (o *Output) add(line []byte) error {
	if len(o.lines) == 0 {
		o.oldest = time.Now()
	}
	o.lines, o.waits = append(append(o.lines, line...), '\n'), o.waits+1
	if len(o.lines) >= flushBytes {
		return o.flush()
	}
	return nil
}

// flush writes the lines as one frame. When that fails, the file is as it was before.
func (o *Output) flush() error {
	if len(o.lines) == 0 {
		return nil
	}
	if o.stream != nil {
		_, err := o.stream.Write(o.lines)
		if err != nil {
			return fmt.Errorf("export: write: %w", err)
		}
		o.written()
		return nil
	}
	frame, err := o.form.pack(o.lines)
	if err != nil {
		return fmt.Errorf("export: compress: %w", err)
	}
	if o.end == 0 {
		frame = append(append([]byte(nil), o.form.head...), frame...)
	}
	if _, err := o.file.WriteAt(frame, o.end); err != nil {
		if cut := o.file.Truncate(o.end); cut != nil {
			return fmt.Errorf("export: write: %w; the next run cuts off what is not whole", err)
		}
		return fmt.Errorf("export: write: %w", err)
	}
	o.end += int64(len(frame))
	o.written()
	if time.Since(o.synced) >= syncEvery {
		return o.sync()
	}
	return nil
}

func (o *Output) written() {
	if cap(o.lines) > 8*flushBytes { // one huge line must not stay for the rest of the run
		o.lines = nil
	}
	o.lines, o.kept, o.waits = o.lines[:0], o.kept+o.waits, 0
}

func (o *Output) sync() error {
	o.synced = time.Now()
	if err := o.file.Sync(); err != nil {
		return fmt.Errorf("export: write: %w", err)
	}
	return nil
}

// flushOld writes lines that have waited for that long.
func (o *Output) flushOld(age time.Duration) error {
	if len(o.lines) > 0 && time.Since(o.oldest) >= age {
		return o.flush()
	}
	return nil
}

// Close writes what is left, and lets others at the file.
func (o *Output) Close() error {
	err := o.flush()
	if o.file == nil {
		return err
	}
	if err == nil {
		err = o.sync()
	}
	return errors.Join(err, o.file.Close())
}

// saw files a line of an earlier run.
func (o *Output) saw(w written) error {
	if _, twice := o.there[w.key]; twice {
		return nil // somebody joined files
	}
	if len(o.there) >= maxKnown {
		return tooMany(o.path + " holds")
	}
	o.there[w.key] = struct{}{}
	if w.status.Found() && w.status != schema.StatusUnknown {
		o.found++
		if w.originals {
			o.whole++
		}
	}
	return nil
}

// maxKnown is how many ids one run remembers, at some 40 bytes each.
const maxKnown = 1 << 24

func tooMany(who string) error {
	return fmt.Errorf("export: %s more than %d different ids, and one run remembers no more; split it with --shard 0/2 and --shard 1/2, each into a file of its own", who, maxKnown)
}
