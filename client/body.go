package client

import (
	"fmt"
	"io"
	"net/http"
	"slices"
)

// tooLargeError says that a reply hit the limit.
type tooLargeError struct{ limit int64 }

func (e tooLargeError) Error() string {
	switch {
	case e.limit%(1<<20) == 0:
		return fmt.Sprintf("the reply exceeds %d MiB", e.limit>>20)
	case e.limit%(1<<10) == 0:
		return fmt.Sprintf("the reply exceeds %d KiB", e.limit>>10)
	default:
		return fmt.Sprintf("the reply exceeds %d bytes", e.limit)
	}
}

// readBody reads a reply once, into one slice of its exact size, and closes it. The limit counts decoded bytes, since
// the transport undoes gzip before.
func readBody(resp *http.Response, limit int64) ([]byte, error) {
	defer resp.Body.Close()
	if resp.ContentLength > limit {
		return nil, tooLargeError{limit}
	}
	if resp.ContentLength < 0 {
		return gather(resp.Body, limit)
	}
	body := make([]byte, resp.ContentLength)
	n, err := io.ReadFull(resp.Body, body)
	if err == io.EOF { // ReadFull returns it bare, and only when nothing came
		err = io.ErrUnexpectedEOF
	}
	return body[:n], err
}

const (
	firstPart   = 16 << 10
	largestPart = 1 << 20
)

// gather reads a body of unknown length in growing parts and joins them once: the peak is twice the body, where a
// growing slice would leave every earlier size behind as garbage.
func gather(r io.Reader, limit int64) ([]byte, error) {
	var full [][]byte
	part := make([]byte, 0, firstPart)
	for total := int64(0); ; {
		n, err := r.Read(part[len(part):cap(part)])
		part, total = part[:len(part)+n], total+int64(n)
		switch {
		case total > limit:
			return nil, tooLargeError{limit}
		case err == io.EOF: // io.Reader promises it bare; a wrapped one is a failure
			return slices.Concat(append(full, part)...), nil // of exact size: whoever keeps a task keeps its body
		case err != nil:
			return nil, err
		}
		if len(part) == cap(part) {
			full = append(full, part)
			part = make([]byte, 0, min(2*cap(part), largestPart))
		}
	}
}
