package present

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

// box is a box of MP4, or with little endian sizes a chunk of RIFF.
func box(order binary.ByteOrder, name string, content ...[]byte) []byte {
	inner := slices.Concat(content...)
	size := make([]byte, 4)
	if order == binary.ByteOrder(binary.LittleEndian) {
		order.PutUint32(size, uint32(len(inner)))
		return slices.Concat([]byte(name), size, inner)
	}
	order.PutUint32(size, uint32(len(inner)+8))
	return slices.Concat(size, []byte(name), inner)
}

func uint32s(order binary.ByteOrder, all ...uint32) []byte {
	var b []byte
	for _, w := range all {
		b = append(b, 0, 0, 0, 0)
		order.PutUint32(b[len(b)-4:], w)
	}
	return b
}

// files are small ones of the kinds that Runware makes, and what is to be read of them.
func files(t *testing.T) map[string]struct {
	file []byte
	want schema.Media
} {
	t.Helper()
	type file = struct {
		file []byte
		want schema.Media
	}
	drawn := func(encode func(b *bytes.Buffer, m image.Image) error) []byte {
		var b bytes.Buffer
		if err := encode(&b, image.NewPaletted(image.Rect(0, 0, 640, 360), palette.Plan9)); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	le, be := binary.LittleEndian, binary.BigEndian
	riff := func(form string, chunks ...[]byte) []byte {
		return box(le, "RIFF", append([][]byte{[]byte(form)}, chunks...)...)
	}
	noise := bytes.Repeat([]byte{7, 250, 31, 99, 180}, 4000)
	movie := func(mvhd []byte, tkhd ...byte) []byte {
		track := append(make([]byte, 76), tkhd...)
		return slices.Concat(box(be, "ftyp", []byte("isom\x00\x00\x02\x00isomiso2")), box(be, "mdat", noise),
			box(be, "moov", box(be, "mvhd", mvhd, make([]byte, 80)), box(be, "trak", box(be, "tkhd", make([]byte, 84))), box(be, "trak", box(be, "tkhd", track))))
	}
	return map[string]file{
		"png":  {drawn(func(b *bytes.Buffer, m image.Image) error { return png.Encode(b, m) }), schema.Media{MediaType: "image/png", Width: 640, Height: 360}},
		"jpeg": {drawn(func(b *bytes.Buffer, m image.Image) error { return jpeg.Encode(b, m, nil) }), schema.Media{MediaType: "image/jpeg", Width: 640, Height: 360}},
		"gif":  {drawn(func(b *bytes.Buffer, m image.Image) error { return gif.Encode(b, m, nil) }), schema.Media{MediaType: "image/gif", Width: 640, Height: 360}},
		"webp": {riff("WEBP", box(le, "VP8X", []byte{0, 0, 0, 0, 0x7F, 2, 0, 0x67, 1, 0}), box(le, "VP8 ", noise)), schema.Media{MediaType: "image/webp", Width: 640, Height: 360}},
		"wav": {
			riff("WAVE", box(le, "fmt ", uint32s(le, 1|1<<16, 8000, 16000, 2|16<<16)), box(le, "LIST", []byte("abcd")), box(le, "data", noise)),
			schema.Media{MediaType: "audio/wave", Seconds: 1.25},
		},
		"flac": {
			slices.Concat([]byte("fLaC\x00\x00\x00\x22"), make([]byte, 10), uint32s(be, 44100<<12|1<<9|15<<4, 66150), noise),
			schema.Media{MediaType: "audio/flac", Seconds: 1.5},
		},
		"mp4": {movie(uint32s(be, 0, 0, 0, 600, 3150), 2, 128, 0, 0, 1, 104, 0, 0), schema.Media{MediaType: "video/mp4", Seconds: 5.25, Width: 640, Height: 360}},
		"mp4 of wide times": {
			movie(uint32s(be, 1<<24, 0, 0, 0, 0, 600, 0, 3150), 2, 128, 0, 0, 1, 104, 0, 0),
			schema.Media{MediaType: "video/mp4", Seconds: 5.25, Width: 640, Height: 360},
		},
		"mp4 of no known time": {movie(uint32s(be, 0, 0, 0, 600, 1<<32-1)), schema.Media{MediaType: "video/mp4"}},
		"nothing known":        {noise, schema.Media{MediaType: "application/octet-stream"}},
	}
}

// Of media a piece says what they are, and shows little of what no model can read; nobody is led on.
func TestMedia(t *testing.T) {
	p := New(Config{Budget: MaxBudget})
	for name, c := range files(t) {
		for form, value := range map[string]string{
			"base64":   base64.StdEncoding.EncodeToString(c.file),
			"url":      base64.RawURLEncoding.EncodeToString(c.file),
			"data URI": "data:" + c.want.MediaType + ";base64," + base64.StdEncoding.EncodeToString(c.file),
		} {
			t.Run(name+" as "+form, func(t *testing.T) {
				response := `{"data":[{"x":"` + value + `"}]}`
				shown := check(t, p, report("", response))
				if len(shown.Omissions) != 1 {
					t.Fatalf("%+v", shown.Omissions)
				}
				o := shown.Omissions[0]
				for _, known := range []schema.TaskReport{{}, shown} {
					r, err := p.Read(nil, []byte(response), o.Pointer, known)
					if err != nil {
						t.Fatal(err)
					}
					piece, err := p.Piece(r, 0)
					if err != nil || piece.Media == nil {
						t.Fatalf("%+v, %v", piece, err)
					}
					want := c.want
					want.Bytes, want.SHA256 = o.Bytes, o.SHA256
					if diff := cmp.Diff(want, *piece.Media); diff != "" || want.Bytes != len(c.file) {
						t.Errorf("(-want +got)\n%s", diff)
					}
					if len(piece.Text) > maxMediaText || !strings.HasPrefix(value, piece.Text) || piece.Total != len(value) || piece.NextOffset != 0 {
						t.Errorf("%d of %d bytes, next %d", len(piece.Text), piece.Total, piece.NextOffset)
					}
					if r.Bytes() > 1000 {
						t.Errorf("the reading holds %d bytes of its own", r.Bytes())
					}
				}
			})
		}
	}
}

// Who reads a list in pieces reads no media, and nothing else is missing from it.
func TestListsWithoutMedia(t *testing.T) {
	p := New(Config{})
	image := media(1_000_000)
	response := `{"data":[ {"a":1,"image":"` + image + `","uri":"data:image/png;base64,` + image + `","b":"` + strings.Repeat("word ", 3000) + `"}]}`
	want := `[{"a":1,"image":"[omitted: image/png, 1000000 bytes]","uri":"[omitted: image/png, 1000000 bytes]","b":"` + strings.Repeat("word ", 3000) + `"}]`
	if got := strings.Join(readAll(t, p, "", response, "/response/data", 0), ""); got != want {
		t.Errorf("%.300s", got)
	}
}

// What is broken is described as far as it goes.
func TestBrokenMedia(t *testing.T) {
	p := New(Config{})
	for name, c := range files(t) {
		for _, cut := range []int{200, 203, 240, 300, len(c.file) / 2} {
			file := bytes.Clone(c.file[:min(cut, len(c.file))])
			for at := 0; at < len(file); at += 7 {
				broken := bytes.Clone(file)
				copy(broken[at:], "\xff\xff\xff\xff\x00\x00")
				response := `["` + base64.StdEncoding.EncodeToString(broken) + `"]`
				if _, err := pieceOf(p, nil, []byte(response), "/response/0", 0, 0); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if at > 1000 {
					break
				}
			}
		}
	}
}

// A key of this server's is masked in media too, also where a piece begins or ends within it.
func TestMediaKeepSecrets(t *testing.T) {
	const key = "Zx9Qw7Lm2Rt5Kp8V"
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret(key)}})
	value := media(3000)[:2992] + key + media(600)
	for _, offset := range []int{0, 2000, 2990, 2996, 3005, 3010} {
		piece, err := pieceOf(p, nil, []byte(`["`+value+`"]`), "/response/0", offset, 0)
		if err != nil {
			t.Fatal(err)
		}
		for n := 6; n <= len(key); n++ {
			if strings.Contains(piece.Text, key[:n]) || strings.Contains(piece.Text, key[len(key)-n:]) {
				t.Fatalf("from %d: %.60s … %s", offset, piece.Text, piece.Text[max(0, len(piece.Text)-60):])
			}
		}
	}
}
