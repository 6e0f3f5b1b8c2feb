package present

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// defaultPiece is how much of a value is read when no size is given, in bytes.
const defaultPiece = 16 << 10

// Whole returns both originals with their secrets masked and nothing shortened: what nobody had to mask is returned as
// it is. An original that is no JSON is left out.
func (p *Presenter) Whole(request, response json.RawMessage) (req, resp json.RawMessage) {
	m := p.masker.withRecorded(request).withRecorded(response)
	return m.whole(request, place{}), m.whole(response, place{})
}

// Piece reads a part of a value that a report left out. pointer is into the report, as in an omission's pointer; offset
// and size are bytes of the value's text, which is a string's own characters or the compact JSON of any other value;
// size 0 means 16384. A part ends between characters, and between whole quanta of base64, so that each can be decoded by itself;
// it is shorter than asked for if it would not fit into a report. Secrets stay masked.
func (p *Presenter) Piece(request, response json.RawMessage, pointer string, offset, size int) (schema.Piece, error) {
	raw, base := request, "/request"
	if rest, ok := strings.CutPrefix(pointer, "/response"); ok && (rest == "" || rest[0] == '/') {
		raw, base = response, "/response"
	} else if rest, ok := strings.CutPrefix(pointer, base); !ok || rest != "" && rest[0] != '/' {
		return schema.Piece{}, fmt.Errorf("pointer %s: begins with /request or /response, as in `omissions`, for example /response/data/0/imageBase64Data",
			p.name(pointer))
	}
	if len(raw) == 0 || !rawjson.Valid(raw) {
		return schema.Piece{}, fmt.Errorf("pointer %s: no %s is recorded", p.name(pointer), base[1:])
	}
	m := p.masker.withRecorded(request).withRecorded(response)
	value, at, err := m.resolve(raw, pointer[len(base):])
	if err != nil {
		return schema.Piece{}, fmt.Errorf("pointer %s: %w", p.name(pointer), err)
	}
	text := m.content(value, at)
	switch {
	case offset < 0 || size < 0:
		return schema.Piece{}, fmt.Errorf("offset %d, size %d: both are 0 or more, in bytes", offset, size)
	case offset > len(text):
		return schema.Piece{}, fmt.Errorf("offset %d: the value has %d bytes, so offset is 0 to %d", offset, len(text), len(text))
	}
	if size == 0 {
		size = defaultPiece
	}
	for offset > 0 && offset < len(text) && !utf8.RuneStart(text[offset]) {
		offset-- // in the middle of a character
	}
	end := offset + min(size, len(text)-offset, p.budget)
	piece := schema.Piece{Pointer: pointer, Offset: offset, Total: len(text), Text: string(text[offset:end])}
	if end < len(text) {
		end = offset + quantum(text, offset, end)
		piece.Text, piece.NextOffset = string(text[offset:end]), end
	}
	return p.fit(piece), nil
}

func (p *Presenter) name(pointer string) string { return "`" + bound(p.Text(pointer), 256) + "`" }

// quantum shortens the part text[offset:end] to whole characters and, in base64, to whole groups of four, but never to
// nothing.
func quantum(text []byte, offset, end int) int {
	cut := end
	for cut > offset && !utf8.RuneStart(text[cut]) {
		cut--
	}
	if cut == offset {
		for cut = end; cut < len(text) && !utf8.RuneStart(text[cut]); {
			cut++
		}
		return cut - offset
	}
	start := 0
	if _, encoded, payload, ok := splitDataURI(text); ok && encoded {
		start = len(text) - len(payload)
	} else if !looks.Encodes(text) {
		return cut - offset
	}
	if whole := start + (cut-start)/4*4; cut > start && whole > offset {
		cut = whole
	}
	return cut - offset
}

// fit shortens a piece until its text takes no more than a third of the budget.
func (p *Presenter) fit(piece schema.Piece) schema.Piece {
	piece.Pointer = p.pieceName(piece.Pointer)
	piece.Text = strings.ToValidUTF8(piece.Text, "\uFFFD")
	for pieceSize(&piece) > p.budget/3 {
		cut := quantum([]byte(piece.Text), 0, len(piece.Text)/2)
		if cut >= len(piece.Text) {
			break
		}
		piece.Text = piece.Text[:cut]
		piece.NextOffset = piece.Offset + cut
	}
	return piece
}

func (p *Presenter) pieceName(pointer string) string {
	return bound(strings.ToValidUTF8(p.masker.text(pointer), "\uFFFD"), maxPointer)
}

func pieceSize(piece *schema.Piece) int {
	if piece == nil {
		return 0
	}
	const names = 100
	return names + len(quoted([]byte(piece.Text))) + len(quoted([]byte(piece.Pointer)))
}

// valid is a text as it can be shown.
func valid(text []byte) string { return strings.ToValidUTF8(string(text), "\uFFFD") }

// content is the text of a value with its secrets masked, in valid UTF-8: what pieces are cut from and counted in.
func (m masker) content(raw []byte, at place) []byte {
	shown := []byte(m.whole(raw, at))
	if rawjson.KindOf(shown) == rawjson.String {
		shown = bytes.TrimSpace(shown)
		return bytes.ToValidUTF8(unquote(shown[1:len(shown)-1]), []byte("\uFFFD"))
	}
	var b bytes.Buffer
	if err := json.Compact(&b, shown); err != nil {
		return bytes.ToValidUTF8(shown, []byte("\uFFFD")) // nests deeper than the library goes
	}
	return bytes.ToValidUTF8(b.Bytes(), []byte("\uFFFD"))
}

// resolve follows the rest of a pointer and keeps what the names on the way say of the value. A name that the report
// shows masked is found by its masked form; of members with one name the last counts, as decoders have it.
func (m masker) resolve(raw []byte, rest string) (value []byte, at place, err error) {
	i := space(raw, 0)
	for depth := 0; rest != ""; depth++ {
		if depth == maxDepth {
			return nil, place{}, fmt.Errorf("it goes deeper than %d levels; a value further up reads as JSON, with all below it", maxDepth)
		}
		part, after, more := strings.Cut(rest[1:], "/")
		rest = ""
		if more {
			rest = "/" + after
		}
		var found int
		switch raw[i] {
		case '{':
			found, at = m.member(raw, i, part, at)
		case '[':
			found, at = m.item(raw, i, part, at)
		}
		if found == 0 {
			return nil, place{}, fmt.Errorf("nothing stands at `%s`; %s", bound(escapeHidden(m.text(part)), 64), m.contents(raw, i))
		}
		i = found
	}
	return raw[i:valueEnd(raw, i)], at, nil
}

// member returns the offset of a member of the object at i, 0 if there is none.
func (m masker) member(raw []byte, i int, part string, at place) (found int, inner place) {
	name := valid([]byte(rawjson.Unescape(part)))
	named := pairAt(raw, i)
	for i = space(raw, i+1); raw[i] != '}'; {
		end, value := nameEnd(raw, i)
		key := unquote(raw[i+1 : end-1])
		if shown, _ := m.mask(key, plain); valid(key) == name || valid(shown) == name {
			found, inner = value, at.under(key)
			if isValueOfPair(key) {
				inner.secret = max(inner.secret, named)
			}
		}
		end = valueEnd(raw, value)
		if raw[value] == '"' && end-value < 64 && isNameOfPair(key) {
			named = max(named, looks.SecretName(unquote(raw[value+1:end-1])))
		}
		if i = space(raw, end); raw[i] == ',' {
			i = space(raw, i+1)
		}
	}
	return found, inner
}

// item returns the offset of an item of the array at i, 0 if there is none.
func (m masker) item(raw []byte, i int, part string, at place) (found int, inner place) {
	index, err := strconv.Atoi(part)
	if err != nil || strconv.Itoa(index) != part {
		return 0, at
	}
	c := newCursor(raw[i:], at)
	c.move() // to the container, and into it
	for c.move() == child && len(c.frames) == 1 {
		inner = c.at
		if c.move() == container {
			c.end = valueEnd(c.src, c.start)
		}
		if c.frames[0].index == index {
			inner.secret = max(inner.secret, c.at.secret)
			return i + c.start, inner
		}
	}
	return 0, at
}

// contents says what the value at i holds, for somebody who looked for something else.
func (m masker) contents(raw []byte, i int) string {
	switch raw = raw[i:valueEnd(raw, i)]; raw[0] {
	case '[':
		if n := rawjson.Len(raw); n > 0 {
			return fmt.Sprintf("the array there has items 0 to %d", n-1)
		}
		return "the array there is empty"
	case '{':
		const most = 10
		var names []string
		for name := range rawjson.Members(raw) {
			if len(names) == most {
				names = append(names, "…")
				break
			}
			names = append(names, "`"+bound(escapeHidden(m.text(name)), 64)+"`")
		}
		if len(names) > 0 {
			return "the object there has " + strings.Join(names, ", ")
		}
		return "the object there is empty"
	}
	return "the value there is neither an object nor an array"
}
