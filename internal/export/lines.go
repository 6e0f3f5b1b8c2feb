package export

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// written is what a line of an earlier run says.
type written struct {
	key       key
	status    schema.Status
	originals bool // whether request or response is in it
}

// begins is how every line begins, whatever it says.
const begins = `{"taskUUID":"`

// maxLine bounds a line: a reply of the API is smaller.
const maxLine = 512 << 20

// foreignError is a line or a file that this program did not write, or not this version.
type foreignError struct{ what string }

func (e foreignError) Error() string { return e.what }

// readLine reads a line back.
func readLine(line []byte) (w written, err error) {
	if !rawjson.Valid(line) {
		return w, foreignError{"is no JSON"}
	}
	var diagnosis bool
	for name, value := range rawjson.Fields(line) {
		switch string(name) {
		case `"taskUUID"`:
			id, _ := rawjson.Text(value)
			k, ok := keyOf(id)
			if !ok {
				return w, foreignError{"has no task id"}
			}
			w.key = k
		case `"status"`:
			text, _ := rawjson.Text(value)
			w.status = schema.Status(text)
		case `"diagnosis"`:
			diagnosis = rawjson.KindOf(value) == rawjson.Object
		case `"request"`, `"response"`:
			w.originals = true
		}
	}
	if w.key == (key{}) && !bytes.HasPrefix(line, []byte(begins)) || !diagnosis || !known(w.status) {
		return w, foreignError{"is no report of this version of the program"}
	}
	return w, nil
}

func known(s schema.Status) bool {
	switch s {
	case schema.StatusSucceeded, schema.StatusFailed, schema.StatusPartial, schema.StatusPending,
		schema.StatusNotFound, schema.StatusUnavailable, schema.StatusUnknown:
		return true
	}
	return false
}

// lineReader reads the lines of a file whose frames come one after another; a line may go on in the next frame.
type lineReader struct {
	number  int
	partial []byte
	line    func(written) error
	ended   func(size int) // if set, told of each line's bytes with its end
}

// read reads the content of one frame to its end.
func (l *lineReader) read(content *bufio.Reader) error {
	for {
		part, err := content.ReadSlice('\n')
		l.partial = append(l.partial, part...)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, bufio.ErrBufferFull) && len(l.partial) <= maxLine:
			continue
		case errors.Is(err, bufio.ErrBufferFull):
			return foreignError{fmt.Sprintf("has more than %d MiB in one line", maxLine>>20)}
		case err != nil:
			return err
		}
		l.number++
		w, err := readLine(bytes.TrimSuffix(l.partial, []byte("\n")))
		if err != nil {
			return foreignError{fmt.Sprintf("line %d %s", l.number, err)}
		}
		size := len(l.partial)
		if err := l.line(w); err != nil {
			return err
		}
		l.partial = l.partial[:0]
		if l.ended != nil {
			l.ended(size)
		}
	}
}

// ours tells whether what stands behind the last whole line may be the beginning of one.
func (l *lineReader) ours() bool {
	text := bytes.TrimRight(l.partial, "\x00") // which a crash of the machine leaves
	n := min(len(text), len(begins))
	return string(text[:n]) == begins[:n]
}
