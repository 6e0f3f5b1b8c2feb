package sandbox

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math/rand/v2"
	"slices"
)

// Sizes from the PNG specification: every chunk has length, type and checksum around its data; IEND has no data.
const (
	chunkOverhead = 12
	endChunk      = chunkOverhead
)

// growPNG returns a PNG of exactly size bytes that shows the same picture: a private ancillary chunk, which every
// decoder skips, goes before the end. Its content is noise, the same each time.
func growPNG(image []byte, size int) ([]byte, error) {
	room := size - len(image) - chunkOverhead
	if !bytes.HasPrefix(image, []byte("\x89PNG\r\n\x1a\n")) || len(image) < endChunk || room < 0 {
		return nil, errors.New("not a PNG smaller than the size asked for")
	}
	body, end := image[:len(image)-endChunk], image[len(image)-endChunk:]

	chunk := append([]byte("fiLl"), make([]byte, room)...)
	noise := rand.NewChaCha8([32]byte([]byte("the same bytes in every process.")))
	if _, err := noise.Read(chunk[4:]); err != nil {
		return nil, err
	}
	grown := slices.Grow(slices.Clone(body), room+chunkOverhead+endChunk)
	grown = binary.BigEndian.AppendUint32(grown, uint32(room))
	grown = append(grown, chunk...)
	grown = binary.BigEndian.AppendUint32(grown, crc32.ChecksumIEEE(chunk))
	return append(grown, end...), nil
}
