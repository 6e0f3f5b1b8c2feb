package inspect

import (
	"bufio"
	"io"
	"iter"
)

// Bounds of what is held of a text while its ids are read, in bytes and in ids.
const (
	idWindow      = 64 << 10
	maxCandidates = 10_000
)

// ReadIDs finds the task ids in a text of any length, in the forms that FindIDs knows and in memory that does not grow with
// it. An id may come more than once, but not of one piece. 32 digits without hyphens, which a digest has too, count only where no id
// with hyphens is: in a longer text, none before the first 10,000 of them. The last pair holds an error of r, if any.
func ReadIDs(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		pieces := bufio.NewScanner(r)
		pieces.Buffer(make([]byte, idWindow), idWindow)
		pieces.Split((&words{}).split)
		c := candidates{yield: yield}
		for pieces.Scan() {
			ids, bare := Mentions(pieces.Text())
			if !c.add(distinct(ids), distinct(bare)) {
				return
			}
		}
		if err := pieces.Err(); err != nil {
			yield("", err)
			return
		}
		if !c.hyphens {
			c.emit(c.held)
		}
	}
}

// candidates holds ids without hyphens back until it is known whether there are others.
type candidates struct {
	yield   func(string, error) bool
	hyphens bool // whether an id with hyphens was seen
	bare    bool // whether there were so many without that they are the ids
	held    []string
}

// add takes the ids of one piece of the text, and what may be some, and tells whether to go on.
func (c *candidates) add(ids, bare []string) bool {
	switch {
	case len(ids) > 0:
		c.hyphens, c.held = true, nil
	case len(bare) == 0 || c.hyphens:
		return true
	case c.bare:
		ids = bare
	default:
		if c.held = append(c.held, bare...); len(c.held) <= maxCandidates {
			return true
		}
		ids, c.held, c.bare = c.held, nil, true
	}
	return c.emit(ids)
}

func (c *candidates) emit(ids []string) bool {
	for _, id := range ids {
		if !c.yield(id, nil) {
			return false
		}
	}
	return true
}

// words cuts a text where no id can be cut: behind a character that is in none. A word longer than the window is no id.
type words struct{ inside bool } // of such a word

func (w *words) split(data []byte, atEOF bool) (advance int, token []byte, err error) {
	begin := 0
	if w.inside {
		for begin < len(data) && inID(data[begin]) {
			begin++
		}
		if begin == len(data) {
			return begin, nil, nil
		}
		w.inside = false
	}
	end := len(data)
	for end > begin && inID(data[end-1]) {
		end--
	}
	switch {
	case end > begin:
		return end, data[begin:end], nil
	case atEOF && begin < len(data):
		return len(data), data[begin:], nil
	case len(data)-begin >= idWindow:
		w.inside = true
		return len(data), nil, nil
	}
	return begin, nil, nil
}

// inID tells whether a byte may stand within an id, in any way to write one: also as a part of a hyphen, escaped or not.
func inID(c byte) bool {
	return c == '-' || c == '%' || c >= 0x80 || alphanumeric(c)
}
