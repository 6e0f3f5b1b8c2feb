package stdio

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// errTooLong comes with the beginning of a line that is longer than allowed.
var errTooLong = errors.New("line too long")

// shrink is the size above which the buffer of one long line is not kept for the next.
const shrink = 64 << 10

// lines cuts a stream at its line ends and never holds more of it than one line of the allowed length.
type lines struct {
	in   *bufio.Reader
	max  int
	buf  []byte
	skip bool // the rest of the current line is unwanted
	err  error
}

func newLines(in io.Reader, longest int) *lines {
	return &lines{in: bufio.NewReaderSize(in, 32<<10), max: longest}
}

// next returns the next line that is not blank, without line end, byte order mark and surrounding space; it is valid
// until the next call. A line that is too long comes as its beginning and errTooLong, as soon as that is known. The
// last line needs no line end. Any other error is the stream's own and final.
func (l *lines) next() ([]byte, error) {
	for l.err == nil {
		line, err := l.raw()
		if errors.Is(err, errTooLong) {
			return line, err
		}
		l.err = err
		line = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(line), []byte("\uFEFF")))
		if len(line) > 0 {
			return line, nil
		}
	}
	return nil, l.err
}

// raw returns a line as it is.
func (l *lines) raw() ([]byte, error) {
	if cap(l.buf) > shrink {
		l.buf = nil
	}
	l.buf = l.buf[:0]
	for {
		part, err := l.in.ReadSlice('\n')
		more := errors.Is(err, bufio.ErrBufferFull)
		if l.skip {
			l.skip = more
			if err != nil && !more {
				return nil, err
			}
			continue
		}
		l.buf = append(l.buf, part...)
		content := bytes.TrimSuffix(bytes.TrimSuffix(l.buf, []byte("\n")), []byte("\r"))
		if len(content) > l.max {
			l.skip = more
			return content[:l.max], errTooLong
		}
		if !more {
			return l.buf, err
		}
	}
}
