package present

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Whole returns both originals with their secrets masked and nothing shortened: what nobody had to mask is returned as
// it is. An original that is no JSON is left out.
func (p *Presenter) Whole(request, response json.RawMessage) (req, resp json.RawMessage) {
	request, _ = readable(request, "", nil)
	response, _ = readable(response, "", nil)
	m := p.masker.withRecorded(request).withRecorded(response)
	return m.whole(request, place{}), m.whole(response, place{})
}

// Reading is a value of a task on its way into pieces. It is found and masked once, so that each piece costs no more than
// itself. It is immutable, and holds on to the original that it is of.
type Reading struct {
	pointer string
	text    []byte // masked, in valid UTF-8; of media as recorded
	media   *schema.Media
	masker  masker // of media: what is shown of their text is masked piece by piece
	held    int
}

// Bytes is what the reading takes beyond the originals.
func (r *Reading) Bytes() int { return r.held + len(r.pointer) + 256 }

// At tells whether it is that of a pointer.
func (r *Reading) At(pointer string) bool { return r != nil && r.pointer == pointer }

// Read finds the value at a pointer into a report, as in an omission's pointer. shown is the task's report, or empty: an
// original that it has is not checked again, and what it tells of media is not worked out again.
func (p *Presenter) Read(request, response json.RawMessage, pointer string, shown schema.TaskReport) (*Reading, error) {
	if len(shown.Request) == 0 {
		request, _ = readable(request, "", nil)
	}
	if len(shown.Response) == 0 {
		response, _ = readable(response, "", nil)
	}
	raw, base := request, "/request"
	if rest, ok := strings.CutPrefix(pointer, "/response"); ok && (rest == "" || rest[0] == '/') {
		raw, base = response, "/response"
	} else if rest, ok := strings.CutPrefix(pointer, base); !ok || rest != "" && rest[0] != '/' {
		return nil, fmt.Errorf("pointer %s: begins with /request or /response, as in `omissions`, for example /request/0/positivePrompt",
			p.name(pointer))
	}
	if len(raw) == 0 {
		return nil, fmt.Errorf("pointer %s: no %s is recorded", p.name(pointer), base[1:])
	}
	m := p.masker.withRecorded(request).withRecorded(response)
	value, at, err := m.resolve(raw, pointer[len(base):])
	if err != nil {
		return nil, fmt.Errorf("pointer %s: %w", p.name(pointer), err)
	}
	r := &Reading{pointer: pointer, masker: m}
	if r.text, r.media = mediaOf(value, at, pointer, shown.Omissions, p.limit, m); r.media == nil {
		r.text = m.content(value, at, p.limit)
	}
	if !shares(r.text, raw) {
		r.held = len(r.text)
	}
	return r, nil
}

// shares tells whether a text is a part of the original, not a copy of it.
func shares(text, raw []byte) bool {
	return cap(text) > 0 && &text[:cap(text)][cap(text)-1] == &raw[:cap(raw)][cap(raw)-1]
}

// maxMediaText is how much of a value is shown that no model can read, in bytes: enough to see what it begins with.
const maxMediaText = 3000

// Piece reads a part of a value; offset is in bytes of its text, which is a string's own characters or the compact JSON of
// any other value, with markers for media in it. A part ends between characters, and between whole quanta of base64, so that each can be decoded by
// itself; it is as long as the budget allows. Secrets stay masked. Of media it tells what they are, shows little, and
// names no next offset: nothing is gained by reading on.
func (p *Presenter) Piece(r *Reading, offset int) (schema.Piece, error) {
	size := p.budget * 5 / 12
	if r.media != nil {
		size = min(size, maxMediaText)
	}
	return p.piece(r, offset, size)
}

func (p *Presenter) piece(r *Reading, offset, size int) (schema.Piece, error) {
	text := r.text
	if offset < 0 || offset > len(text) {
		return schema.Piece{}, fmt.Errorf("offset %d: the value has %d bytes, so offset is 0 to %d", offset, len(text), len(text))
	}
	for offset > 0 && offset < len(text) && !utf8.RuneStart(text[offset]) {
		offset-- // in the middle of a character
	}
	end := offset + min(size, len(text)-offset)
	piece := schema.Piece{Pointer: r.pointer, Offset: offset, Total: len(text), Media: r.media}
	if end < len(text) {
		end = offset + quantum(text, offset, end)
		piece.NextOffset = end
	}
	if r.media == nil {
		piece.Text = string(text[offset:end])
	} else {
		piece.Text = r.masker.part(text, offset, end)
	}
	piece = p.fit(piece)
	if r.media != nil {
		piece.NextOffset = 0
	}
	return piece, nil
}

// part masks a part of a long text, and sees what straddles its ends.
func (m masker) part(text []byte, start, end int) string {
	const around = 1024
	from := max(start-around, 0)
	var b strings.Builder
	for _, s := range m.spans(text[from:min(end+around, len(text))], plain) {
		if s.start, s.end = s.start+from, s.end+from; s.end > start && s.start < end {
			b.Write(text[start:max(s.start, start)])
			b.WriteString(redacted)
			start = min(s.end, end)
		}
	}
	b.Write(text[start:end])
	return valid([]byte(b.String()))
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

// fit shortens a piece until it takes no more than half of the budget.
func (p *Presenter) fit(piece schema.Piece) schema.Piece {
	piece.Pointer = p.pieceName(piece.Pointer)
	piece.Text = strings.ToValidUTF8(piece.Text, "\uFFFD")
	for pieceSize(&piece) > p.budget/2 {
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
	media := 0
	if piece.Media != nil {
		media = 256
	}
	return names + media + len(quoted([]byte(piece.Text))) + len(quoted([]byte(piece.Pointer)))
}

// valid is a text as it can be shown.
func valid(text []byte) string { return strings.ToValidUTF8(string(text), "\uFFFD") }

// content is the text of a value with its secrets masked and without media, in valid UTF-8: what pieces are cut from and
// counted in.
func (m masker) content(raw []byte, at place, limit int) []byte {
	shown := []byte(m.whole(raw, at))
	if rawjson.KindOf(shown) == rawjson.String {
		shown = bytes.TrimSpace(shown)
		text := unquote(shown[1 : len(shown)-1])
		if utf8.Valid(text) {
			return text
		}
		return bytes.ToValidUTF8(text, []byte("\uFFFD"))
	}
	shown = m.withoutMedia(shown, limit)
	var b bytes.Buffer
	if err := json.Compact(&b, shown); err != nil {
		return bytes.ToValidUTF8(shown, []byte("\uFFFD")) // nests deeper than the library goes
	}
	return bytes.ToValidUTF8(b.Bytes(), []byte("\uFFFD"))
}
