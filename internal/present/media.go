package present

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	_ "image/gif"  // known to image.DecodeConfig
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise
	"io"
	"math"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// mediaOf describes a value that is encoded binary data, and returns its text; media is nil for any other. What known
// tells of it is not worked out again.
func mediaOf(value []byte, at place, pointer string, known []schema.Omission, limit int, m masker) (text []byte, media *schema.Media) {
	value = bytes.TrimSpace(value)
	if rawjson.KindOf(value) != rawjson.String || at.secret != looks.Open || at.record {
		return nil, nil
	}
	content := value[1 : len(value)-1]
	payload, ok := encodedIn(content)
	if !ok {
		return nil, nil
	}
	o := schema.Omission{}
	for _, k := range known {
		if k.Pointer == pointer && k.SHA256 != "" {
			o = k
		}
	}
	if o.SHA256 == "" {
		o, _ = digest(content, limit, m)
	}
	if o.Kind != kindBase64 && o.Kind != kindDataURI {
		return nil, nil // it only began like base64
	}
	media = &schema.Media{MediaType: o.MediaType, Bytes: o.Bytes, SHA256: o.SHA256}
	measureMedia(media, newEncoded(payload, o.Bytes))
	return unquote(content), media
}

// encodedIn returns what looks like base64 in the content of a JSON string that is nothing else.
func encodedIn(content []byte) (payload []byte, ok bool) {
	if len(content) < minBase64 {
		return nil, false
	}
	if _, encoded, payload, isURI := splitDataURI(content); isURI {
		return payload, encoded
	}
	return content, looks.Encodes(content)
}

// withoutMedia puts the markers of a report in the places of encoded media: whoever reads a list of results in pieces
// reads its texts and numbers.
func (m masker) withoutMedia(raw []byte, limit int) []byte {
	c, o := newCursor(raw, place{}), output{src: raw}
	for {
		switch c.move() {
		case text:
			if _, ok := encodedIn(c.content()); !ok {
				continue
			}
			if d, ok := digest(c.content(), limit, m); ok && (d.Kind == kindBase64 || d.Kind == kindDataURI) {
				o.replace(c.start, c.end, quoted([]byte(marker(d))))
			}
		case child, container, number, literal:
		case ended:
			return o.bytes()
		}
	}
}

// encodedBytes reads bytes at any place of their base64, without decoding what lies before.
type encodedBytes struct {
	text []byte
	enc  *base64.Encoding
}

// newEncoded returns a reader of so many bytes; of none where the text is wrapped or escaped, and places are not known.
func newEncoded(text []byte, size int) *io.SectionReader {
	if bytes.IndexByte(text[:min(len(text), 4096)], '\\') >= 0 {
		size = 0
	}
	enc := base64.RawStdEncoding
	if bytes.IndexByte(text, '-') >= 0 || bytes.IndexByte(text, '_') >= 0 {
		enc = base64.RawURLEncoding
	}
	return io.NewSectionReader(encodedBytes{bytes.TrimRight(text, "="), enc}, 0, int64(size))
}

// ReadAt is that of io.ReaderAt.
func (e encodedBytes) ReadAt(p []byte, offset int64) (n int, err error) {
	first := int(offset / 3 * 4)
	last := min(first+(len(p)/3+2)*4, len(e.text))
	if first >= last {
		return 0, io.EOF
	}
	out := make([]byte, e.enc.DecodedLen(last-first))
	decoded, err := e.enc.Decode(out, e.text[first:last])
	if err != nil {
		return 0, err
	}
	skip := int(offset % 3)
	if n = copy(p, out[min(skip, decoded):decoded]); n < len(p) {
		err = io.EOF
	}
	return n, err
}

// measureMedia adds what the head of a file tells cheaply: the size of an image or a video, the length of a sound or a video.
// What it does not know, or what is broken, it leaves out.
func measureMedia(m *schema.Media, file *io.SectionReader) {
	head := make([]byte, 64)
	n, _ := file.ReadAt(head, 0)
	head = head[:n]
	switch {
	case n < 32:
	case string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		m.Width, m.Height = webpSize(head)
	case string(head[:4]) == "RIFF" && string(head[8:12]) == "WAVE":
		m.Seconds = wavSeconds(file)
	case string(head[:4]) == "fLaC":
		m.Seconds = flacSeconds(head)
	case string(head[4:8]) == "ftyp":
		mp4(m, file, 0, file.Size(), 0)
	case strings.HasPrefix(m.MediaType, "image/"):
		const headers = 1 << 20 // a JPEG may have a thumbnail and colours before its size
		if c, _, err := image.DecodeConfig(io.NewSectionReader(file, 0, headers)); err == nil {
			m.Width, m.Height = c.Width, c.Height
		}
	}
}

// webpSize reads the three forms of the first chunk (developers.google.com/speed/webp/docs/riff_container).
func webpSize(head []byte) (width, height int) {
	at := func(i int) int { return int(binary.LittleEndian.Uint16(head[i:])) }
	switch string(head[12:16]) {
	case "VP8X":
		return 1 + at(24) + int(head[26])<<16, 1 + at(27) + int(head[29])<<16
	case "VP8L":
		bits := binary.LittleEndian.Uint32(head[21:])
		return 1 + int(bits&0x3FFF), 1 + int(bits>>14&0x3FFF)
	case "VP8 ":
		return at(26) & 0x3FFF, at(28) & 0x3FFF
	}
	return 0, 0
}

// wavSeconds divides the sound by its bytes a second; they are in chunks of their own.
func wavSeconds(file *io.SectionReader) float64 {
	const most = 16 // chunks
	var rate uint32
	chunk := make([]byte, 20)
	for at, n := int64(12), 0; n < most; n++ {
		if got, _ := file.ReadAt(chunk, at); got < 8 {
			break
		}
		size := binary.LittleEndian.Uint32(chunk[4:])
		switch string(chunk[:4]) {
		case "fmt ":
			rate = binary.LittleEndian.Uint32(chunk[16:])
		case "data":
			return seconds(float64(min(int64(size), file.Size()-at-8)), rate)
		}
		at += 8 + int64(size) + int64(size%2)
	}
	return 0
}

// flacSeconds reads STREAMINFO, which comes first (RFC 9639 §8.2): 20 bits of samples a second, later 36 of all samples.
func flacSeconds(head []byte) float64 {
	rate := binary.BigEndian.Uint32(head[18:]) >> 12
	return seconds(float64(binary.BigEndian.Uint64(head[18:])&(1<<36-1)), rate)
}

func seconds(count float64, rate uint32) float64 {
	if rate == 0 {
		return 0
	}
	return math.Round(count/float64(rate)*1000) / 1000
}

// mp4 goes through the boxes of MP4 and QuickTime (ISO/IEC 14496-12 §4.2) for the movie's duration and the first track
// that has a picture.
func mp4(m *schema.Media, file *io.SectionReader, at, end int64, depth int) {
	const most, deepest = 64, 2
	box := make([]byte, 112)
	for n := 0; n < most && at+8 <= end; n++ {
		got, _ := file.ReadAt(box, at)
		if got < 16 {
			return
		}
		size, header := int64(binary.BigEndian.Uint32(box)), 8
		if size == 1 {
			size, header = int64(binary.BigEndian.Uint64(box[8:])&math.MaxInt64), 16
		}
		if size < int64(header) {
			return // to the end of the file, or broken
		}
		content := box[header:max(got, header)]
		wide := 0 // version 1 has wider times
		if len(content) > 0 && content[0] == 1 {
			wide = 1
		}
		switch name := string(box[4:8]); {
		case (name == "moov" || name == "trak") && depth < deepest:
			mp4(m, file, at+int64(header), min(at+size, end), depth+1)
		case name == "mvhd" && wide == 1 && len(content) >= 32:
			m.Seconds = seconds(float64(binary.BigEndian.Uint64(content[24:])), binary.BigEndian.Uint32(content[20:]))
		case name == "mvhd" && wide == 0 && len(content) >= 20 && binary.BigEndian.Uint32(content[16:]) != math.MaxUint32: // not known
			m.Seconds = seconds(float64(binary.BigEndian.Uint32(content[16:])), binary.BigEndian.Uint32(content[12:]))
		case name == "tkhd" && len(content) >= 84+12*wide && m.Width == 0:
			last := content[76+12*wide:]
			m.Width, m.Height = int(binary.BigEndian.Uint16(last)), int(binary.BigEndian.Uint16(last[4:]))
		}
		at += min(size, math.MaxInt64-at)
	}
}
