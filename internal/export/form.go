package export

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// form is how lines lie in a file. What is written at once is one frame, which can be read alone: a frame at the end that
// is not whole can be cut off without touching another.
type form struct {
	name string
	head []byte // begins a file, and says whose it is; empty for plain lines, which say it themselves
	pack func(lines []byte) ([]byte, error)
	// next returns the content of the frame where r stands; when that was read to its end, r stands behind the frame.
	// It is nil for plain lines, which have no frames.
	next func(r *bufio.Reader) (io.Reader, error)
}

// mark says in a compressed file whose it is; the number counts the forms that other versions could not go on with.
const mark = "mcp-taskdetails export "

const formVersion = "1"

// formOf chooses by the ending of a file's name.
func formOf(name string) (form, error) {
	switch lower := strings.ToLower(name); {
	case strings.HasSuffix(lower, ".zst"), strings.HasSuffix(lower, ".zstd"):
		return zstdForm()
	case strings.HasSuffix(lower, ".gz"):
		return gzipForm()
	default:
		return form{name: "NDJSON", pack: func(lines []byte) ([]byte, error) { return lines, nil }}, nil
	}
}

func gzipForm() (form, error) {
	head, err := gzipMember("", mark+formVersion)
	if err != nil {
		return form{}, err
	}
	var reader gzip.Reader
	return form{
		name: "gzip", head: head,
		pack: func(lines []byte) ([]byte, error) { return gzipMember(string(lines), "") },
		next: func(r *bufio.Reader) (io.Reader, error) {
			if err := reader.Reset(r); err != nil {
				return nil, err
			}
			reader.Multistream(false)
			return &reader, nil
		},
	}, nil
}

// gzipMember gives the mark as the name of the file that was compressed: DuckDB reads no member with a comment.
func gzipMember(content, name string) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Name = name
	if _, err := io.WriteString(w, content); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// The frames of zstd that decoders pass over, RFC 8878 §3.1.2: the head is one.
const skippable = "\x50\x2a\x4d\x18"

// zstdWindow bounds the memory of both sides; a frame is not much larger.
const zstdWindow = 1 << 20

func zstdForm() (form, error) {
	text := mark + formVersion
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(zstdWindow), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return form{}, err
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(128<<20))
	if err != nil {
		return form{}, err
	}
	return form{
		name: "zstd", head: append(binary.LittleEndian.AppendUint32([]byte(skippable), uint32(len(text))), text...), //nolint:gosec // some 20
		pack: func(lines []byte) ([]byte, error) { return encoder.EncodeAll(lines, nil), nil },
		next: func(r *bufio.Reader) (io.Reader, error) {
			frame, err := newZstdFrame(r)
			if err != nil || frame == nil {
				return bytes.NewReader(nil), err
			}
			if err := decoder.Reset(frame); err != nil {
				return nil, err
			}
			return decoder, nil
		},
	}, nil
}

// zstdFrame reads the bytes of one frame and no more, by the lengths in it (RFC 8878 §3.1.1): decoders read ahead.
type zstdFrame struct {
	r        *bufio.Reader
	part     io.Reader // what is read of now
	checksum bool
	last     bool // block
	ended    bool
}

// newZstdFrame stands at the beginning of a frame. It passes over one that is skippable and returns nil then.
func newZstdFrame(r *bufio.Reader) (*zstdFrame, error) {
	start, err := r.Peek(zstd.HeaderMaxSize)
	if len(start) == 0 {
		return nil, err
	}
	var h zstd.Header
	if err := h.Decode(start); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, io.ErrUnexpectedEOF
		}
		return nil, fmt.Errorf("no zstd: %w", err)
	}
	if h.Skippable {
		n, err := io.CopyN(io.Discard, r, int64(h.HeaderSize)+int64(h.SkippableSize))
		if errors.Is(err, io.EOF) && n > 0 {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return &zstdFrame{r: r, part: io.LimitReader(r, int64(h.HeaderSize)), checksum: h.HasCheckSum}, nil
}

func (f *zstdFrame) Read(p []byte) (int, error) {
	for len(p) > 0 && !f.ended {
		n, err := f.part.Read(p)
		if n > 0 || err != nil && err != io.EOF {
			return n, err
		}
		if err := f.advance(); err != nil {
			return 0, err
		}
	}
	if len(p) == 0 {
		return 0, nil
	}
	return 0, io.EOF
}

// advance goes on to the next block, the checksum, or the end.
func (f *zstdFrame) advance() error {
	if limited, ok := f.part.(*io.LimitedReader); ok && limited.N > 0 {
		return io.ErrUnexpectedEOF
	}
	switch {
	case f.last && f.checksum:
		f.part, f.checksum = io.LimitReader(f.r, 4), false
		return nil
	case f.last:
		f.ended = true
		return nil
	}
	header, err := f.r.Peek(3)
	if err != nil {
		return io.ErrUnexpectedEOF
	}
	bits := int64(header[0]) | int64(header[1])<<8 | int64(header[2])<<16
	const rle = 1
	size := bits >> 3
	if bits>>1&3 == rle {
		size = 1
	}
	f.last, f.part = bits&1 == 1, io.LimitReader(f.r, 3+size)
	return nil
}
