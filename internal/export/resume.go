package export

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// counted counts what was read of a file.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// resume reads what is there: every whole report, and where the last of them ends.
func (o *Output) resume() error {
	info, err := o.file.Stat()
	if err != nil {
		return fmt.Errorf("export: read the output: %w", err)
	}
	if info.Size() == 0 {
		return nil
	}
	head, err := o.identify(info.Size())
	if err != nil {
		return err
	}
	if head && !o.begun() {
		o.cut = info.Size() // not even the head is whole
		return nil
	}
	source := &counted{r: io.NewSectionReader(o.file, 0, info.Size())}
	r := bufio.NewReaderSize(source, 256<<10)
	position := func() int64 { return source.n - int64(r.Buffered()) }
	var waiting []written // lines that a frame which is not whole may yet take back
	lines := &lineReader{}
	settle := func() error {
		o.end = position()
		for _, w := range waiting {
			if err := o.saw(w); err != nil {
				return err
			}
		}
		waiting = waiting[:0]
		return nil
	}
	if o.form.next == nil {
		lines.line, lines.ended = o.saw, func(size int) { o.end += int64(size) }
		err = lines.read(r)
	} else {
		lines.line = func(w written) error { waiting = append(waiting, w); return nil }
		err = o.frames(r, lines, settle)
	}
	o.cut = info.Size() - o.end
	owned := head || len(o.there) > 0
	switch foreign, isForeign := errors.AsType[foreignError](err); {
	case err == nil && o.cut == 0:
		return nil
	case owned && o.form.next != nil && o.zeros(info.Size()):
		return nil // what a decoder makes of zeros means nothing
	case isForeign && o.number(lines) == 0:
		return o.strange(foreign.what)
	case isForeign:
		return o.damaged(foreign.what)
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !owned:
		return o.strange(err.Error())
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return o.damaged(err.Error())
	case lines.ours() && (owned || o.form.next == nil):
		return nil
	}
	return o.strange("it ends within something else")
}

func (o *Output) strange(what string) error {
	return fmt.Errorf("export: %s was not written by this version of export, as %s: %s; choose another file, nothing was changed", o.path, o.form.name, what)
}

// number is how many reports of the file are settled.
func (o *Output) number(lines *lineReader) int {
	if o.form.next == nil {
		return lines.number - 1 // the last is the one at fault
	}
	return len(o.there)
}

func (o *Output) damaged(what string) error {
	return fmt.Errorf("export: %s is damaged behind byte %d, where %d reports end: %s; move it away, or cut it there (`truncate -s %d`) to ask for the rest again; nothing was changed",
		o.path, o.end, len(o.there), what, o.end)
}

// frames reads frame by frame, and settles behind each that ends with a line.
func (o *Output) frames(r *bufio.Reader, lines *lineReader, settle func() error) error {
	content := bufio.NewReaderSize(nil, 64<<10)
	for {
		if _, err := r.Peek(1); err == io.EOF {
			return nil
		}
		frame, err := o.form.next(r)
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // there was a byte
		}
		if err != nil {
			return err
		}
		content.Reset(frame)
		if err := lines.read(content); err != nil {
			return err
		}
		if len(lines.partial) == 0 {
			if err := settle(); err != nil {
				return err
			}
		}
	}
}

// identify looks at how the file begins, and tells whether that is our head.
func (o *Output) identify(size int64) (head bool, err error) {
	start := make([]byte, len(o.form.head))
	n, err := o.file.ReadAt(start, 0)
	if err != nil && err != io.EOF {
		return false, fmt.Errorf("export: read the output: %w", err)
	}
	start = start[:n]
	if cut := bytes.TrimRight(start, "\x00"); n > 0 && bytes.HasPrefix(o.form.head, cut) &&
		(len(start) > 0 && bytes.Equal(o.form.head, start) || o.blank(int64(len(cut)), size)) {
		return true, nil
	}
	at := bytes.Index(o.form.head, []byte(mark))
	if at >= 0 && len(start) > at+len(mark) && string(start[at:at+len(mark)]) == mark {
		return false, fmt.Errorf("export: %s was written by another version of this program (form %q; this one writes %q); choose another file, nothing was changed",
			o.path, start[at+len(mark)], formVersion[0])
	}
	return false, nil
}

// begun tells whether the whole head is there.
func (o *Output) begun() bool {
	start := make([]byte, len(o.form.head))
	_, err := o.file.ReadAt(start, 0)
	return err == nil && bytes.Equal(start, o.form.head)
}

// zeros tells whether the file ends with zeros, which is what a crash of the machine leaves of a write; no frame and no
// line does.
func (o *Output) zeros(size int64) bool {
	end := make([]byte, min(size, 16))
	_, err := o.file.ReadAt(end, size-int64(len(end)))
	return (err == nil || err == io.EOF) && len(bytes.Trim(end, "\x00")) == 0
}

// blank tells whether nothing but zeros stands there.
func (o *Output) blank(from, to int64) bool {
	r := bufio.NewReader(io.NewSectionReader(o.file, from, to-from))
	for {
		switch c, err := r.ReadByte(); {
		case err != nil:
			return err == io.EOF
		case c != 0:
			return false
		}
	}
}
