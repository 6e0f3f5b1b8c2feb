package wire

import (
	"bufio"
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Line is one line of output. It holds what it is made of, and nothing is copied before it is written: a resource may be
// as large as the largest reply of the API.
type Line []part

// part is JSON that is written as it is, or a text that is quoted on its way.
type part struct {
	json []byte // nil for a text
	text string
}

func (l Line) json(raw []byte) Line { return append(l, part{json: raw}) }
func (l Line) jsonf(format string, args ...any) Line {
	return l.json(fmt.Appendf(nil, format, args...))
}
func (l Line) text(text string) Line { return append(l, part{text: text}) }

// Put writes the line to a buffer, which keeps the first error until it is flushed.
func (l Line) Put(w *bufio.Writer) {
	for _, p := range l {
		if p.json != nil {
			_, _ = w.Write(lineSafe(p.json))
			continue
		}
		_ = w.WriteByte('"')
		for rest := p.text; rest != ""; {
			end := pieceEnd(rest)
			quoted, _ := jsontext.AppendQuote(w.AvailableBuffer(), rest[:end]) // broken UTF-8 is an error, and yet becomes U+FFFD
			_, _ = w.Write(lineSafe(quoted[1 : len(quoted)-1]))
			rest = rest[end:]
		}
		_ = w.WriteByte('"')
	}
	_ = w.WriteByte('\n')
}

// piece is how much of a text is quoted at once, in bytes.
const piece = 4 << 10

// pieceEnd is where a piece of a text ends: between characters.
func pieceEnd(text string) int {
	if len(text) <= piece {
		return len(text)
	}
	end := piece
	for end > piece-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return end
}

// lineSafe escapes the two characters that JSON lets stand in strings, and at which some clients end a line: Node's
// readline does.
func lineSafe(json []byte) []byte {
	if !bytes.Contains(json, []byte("\u2028")) && !bytes.Contains(json, []byte("\u2029")) {
		return json
	}
	json = bytes.ReplaceAll(json, []byte("\u2028"), []byte(`\u2028`))
	return bytes.ReplaceAll(json, []byte("\u2029"), []byte(`\u2029`))
}
