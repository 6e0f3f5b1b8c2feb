package present

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"net/http"
	"strings"

	"mcp-taskdetails/schema"
)

// summer counts and hashes what is written to it, and keeps the head for sniffing.
type summer struct {
	o    *schema.Omission
	hash hash.Hash
	head []byte
}

func newSum(o *schema.Omission) *summer { return &summer{o: o, hash: sha256.New()} }

func (s *summer) write(part []byte) bool {
	if missing := headLength/2 - len(s.head); missing > 0 {
		s.head = append(s.head, part[:min(len(part), missing)]...)
	}
	s.o.Bytes += len(part)
	s.hash.Write(part)
	return true
}

func (s *summer) close() { s.o.SHA256 = hex.EncodeToString(s.hash.Sum(nil)) }

// decodeBase64 describes the decoded bytes, in whichever of the four alphabets and paddings.
func decodeBase64(content []byte, o *schema.Omission) bool {
	sum := newSum(o)
	d := base64Decoder{sum: sum, enc: base64.StdEncoding, out: make([]byte, chunk/4*3)}
	if !stream(content, d.write) || !d.close() {
		return false
	}
	sum.close()
	o.MediaType = sniff(sum.head)
	return true
}

// base64Decoder decodes a stream of base64 in blocks of whole quanta; line breaks are skipped.
type base64Decoder struct {
	sum     *summer
	enc     *base64.Encoding
	pending []byte // less than a quantum of the parts before
	out     []byte
	ended   bool // padding was seen
}

func (d *base64Decoder) write(part []byte) bool {
	for len(part) > 0 {
		block := part[:min(len(part), chunk-4)]
		part = part[len(block):]
		if bytes.IndexByte(block, '\n') >= 0 || bytes.IndexByte(block, '\r') >= 0 {
			block = bytes.Map(func(r rune) rune {
				if r == '\r' || r == '\n' {
					return -1
				}
				return r
			}, block)
		}
		if len(block) > 0 && d.ended {
			return false // something follows the padding
		}
		if len(d.pending) > 0 {
			block = append(d.pending, block...)
			d.pending = nil
		}
		whole := len(block) / 4 * 4
		if whole < len(block) {
			d.pending = append(make([]byte, 0, chunk), block[whole:]...)
		}
		if !d.decode(block[:whole]) {
			return false
		}
	}
	return true
}

func (d *base64Decoder) decode(block []byte) bool {
	if len(block) == 0 {
		return true
	}
	n, err := d.enc.Decode(d.out, block)
	if err != nil && d.enc == base64.StdEncoding {
		d.enc = base64.URLEncoding // which a text without - and _ in its beginning may still turn out to be
		n, err = d.enc.Decode(d.out, block)
	}
	if err != nil {
		return false
	}
	d.ended = block[len(block)-1] == '='
	return d.sum.write(d.out[:n])
}

// close decodes an unpadded end.
func (d *base64Decoder) close() bool {
	if len(d.pending) == 0 {
		return d.sum.o.Bytes > 0
	}
	n, err := d.enc.WithPadding(base64.NoPadding).Decode(d.out, bytes.TrimRight(d.pending, "="))
	return err == nil && d.sum.write(d.out[:n])
}

// percentDecoder decodes the payload of a data URI without base64; an escape may be torn between two parts.
type percentDecoder struct {
	sum  *summer
	torn []byte
}

func (d *percentDecoder) write(part []byte) bool {
	out := make([]byte, 0, len(d.torn)+min(len(part), chunk))
	for _, c := range part {
		switch {
		case len(d.torn) > 0:
			if d.torn = append(d.torn, c); len(d.torn) == 3 {
				high, ok1 := hexDigit(d.torn[1])
				low, ok2 := hexDigit(d.torn[2])
				if ok1 && ok2 {
					out = append(out, high<<4|low)
				} else {
					out = append(out, d.torn...)
				}
				d.torn = d.torn[:0]
			}
		case c == '%':
			d.torn = append(d.torn, c)
		default:
			out = append(out, c)
		}
		if len(out) >= chunk-3 {
			d.sum.write(out)
			out = out[:0]
		}
	}
	return d.sum.write(out)
}

func (d *percentDecoder) close() { d.sum.write(d.torn) }

// sniff names the media type of a file's head. net/http knows the web's types; the rest are those that Runware makes.
func sniff(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("glTF")):
		return "model/gltf-binary"
	case bytes.HasPrefix(head, []byte("fLaC")):
		return "audio/flac"
	case len(head) > 1 && head[0] == 0xFF && head[1]&0xE0 == 0xE0 && head[1]&0x06 != 0:
		return "audio/mpeg" // a frame without an ID3 tag in front of it
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		switch string(head[8:12]) {
		case "avif", "avis":
			return "image/avif"
		case "heic", "heix", "mif1":
			return "image/heic"
		case "M4A ":
			return "audio/mp4"
		case "qt  ":
			return "video/quicktime"
		}
		return "video/mp4"
	}
	mediaType, _, _ := strings.Cut(http.DetectContentType(head), ";")
	return mediaType
}
