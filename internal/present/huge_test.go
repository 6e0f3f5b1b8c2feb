package present

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

func TestHugeValues(t *testing.T) {
	png, _ := base64.StdEncoding.DecodeString(media(100_001)) // one byte over a whole quantum
	encoded := base64.StdEncoding.EncodeToString(png)
	glb := append([]byte("glTF\x02\x00\x00\x00"), png[8:3000]...)
	prose := strings.Repeat("A long prompt, with commas. ", 400)
	svg := `<svg xmlns="http://www.w3.org/2000/svg">` + strings.Repeat("<g/>", 100) + "</svg>"
	var mime strings.Builder
	for line := range strings.SplitSeq(encoded, "") {
		if mime.WriteString(line); mime.Len()%80 == 76 {
			mime.WriteString(`\r\n`)
		}
	}
	for name, c := range map[string]struct {
		in     string // between quotes
		marker string
		want   schema.Omission
	}{
		"raw base64": {encoded, "[omitted: image/png, 100001 bytes]", schema.Omission{Kind: "base64", MediaType: "image/png", Bytes: 100_001, SHA256: sum(png)}},
		"unpadded":   {strings.TrimRight(encoded, "="), "[omitted: image/png, 100001 bytes]", schema.Omission{Kind: "base64", MediaType: "image/png", Bytes: 100_001, SHA256: sum(png)}},
		"URL alphabet": {
			base64.URLEncoding.EncodeToString(png), "[omitted: image/png, 100001 bytes]",
			schema.Omission{Kind: "base64", MediaType: "image/png", Bytes: 100_001, SHA256: sum(png)},
		},
		"escaped slashes": {
			strings.ReplaceAll(encoded, "/", `\/`), "[omitted: image/png, 100001 bytes]",
			schema.Omission{Kind: "base64", MediaType: "image/png", Bytes: 100_001, SHA256: sum(png)},
		},
		"wrapped lines": {mime.String(), "[omitted: image/png, 100001 bytes]", schema.Omission{Kind: "base64", MediaType: "image/png", Bytes: 100_001, SHA256: sum(png)}},
		"model": {
			base64.StdEncoding.EncodeToString(glb), "[omitted: model/gltf-binary, 3000 bytes]",
			schema.Omission{Kind: "base64", MediaType: "model/gltf-binary", Bytes: 3000, SHA256: sum(glb)},
		},
		"data URI": {
			"data:video/mp4;base64," + encoded, "[omitted: video/mp4, 100001 bytes]",
			schema.Omission{Kind: "data_uri", MediaType: "video/mp4", Bytes: 100_001, SHA256: sum(png)},
		},
		"data URI as PHP writes it": {
			`data:image\/webp;base64,` + encoded, "[omitted: image/webp, 100001 bytes]",
			schema.Omission{Kind: "data_uri", MediaType: "image/webp", Bytes: 100_001, SHA256: sum(png)},
		},
		"data URI with words for a type": {
			"data:ignore-this;base64," + encoded, "[omitted: image/png, 100001 bytes]",
			schema.Omission{Kind: "data_uri", MediaType: "image/png", Bytes: 100_001, SHA256: sum(png)},
		},
		"data URI with percent escapes": {
			"data:image/svg+xml;charset=utf-8," + strings.ReplaceAll(strings.ReplaceAll(svg, "<", "%3C"), `"`, "%22"), "[omitted: image/svg+xml, 446 bytes]",
			schema.Omission{Kind: "data_uri", MediaType: "image/svg+xml", Bytes: 446, SHA256: sum([]byte(svg))},
		},
		"long prose": {prose, "[omitted: text, 11200 bytes]", schema.Omission{Kind: "string", Bytes: 11_200, SHA256: sum([]byte(prose))}},
		"long prose with escapes": {
			strings.ReplaceAll(prose, ",", `\n\ud83d\ude00`), "[omitted: text, 12800 bytes]",
			schema.Omission{Kind: "string", Bytes: 12_800, SHA256: sum([]byte(strings.ReplaceAll(prose, ",", "\n😀")))},
		},
		"long prose with a secret": {prose + " api_key=abc", "[omitted: text, 11212 bytes]", schema.Omission{Kind: "string", Bytes: 11_212}},
		"no base64 after all":      {strings.Repeat("Ab1/", 3000) + "=" + strings.Repeat("Ab1/", 10), "[omitted: text, 12041 bytes]", schema.Omission{Kind: "string", Bytes: 12_041, SHA256: sum([]byte(strings.Repeat("Ab1/", 3000) + "=" + strings.Repeat("Ab1/", 10)))}},
	} {
		t.Run(name, func(t *testing.T) {
			shown := check(t, New(Config{}), report("", `{"x":"`+c.in+`"}`))
			if want := `{"x":"` + c.marker + `"}`; string(shown.Response) != want {
				t.Errorf("got %.200s\nwant %s", shown.Response, want)
			}
			c.want.Pointer, c.want.Reason = "/response/x", schema.ReasonSize
			if diff := cmp.Diff([]schema.Omission{c.want}, shown.Omissions); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestStringsThatStay(t *testing.T) {
	for name, s := range map[string]string{
		"prompt":           strings.Repeat("a fox in the snow, 35mm, ", 200),
		"hexadecimal":      strings.Repeat("9f86D081", 100),
		"URL":              "https://im.runware.ai/image/ws/5/" + strings.Repeat("Ab1/", 100) + ".png?x=1",
		"short base64":     media(100),
		"one letter":       strings.Repeat("a", 3000),
		"no digits":        strings.Repeat("LoremIpsumDolor", 100),
		"chinese":          strings.Repeat("雪中的狐狸", 100),
		"dashes":           strings.Repeat("word-and-", 100),
		"data with a word": "data: the quick brown fox, " + strings.Repeat("and so on, ", 50),
		"short data URI":   "data:image/png;base64," + media(60),
		"broken base64":    strings.Repeat("Ab1/", 100) + "=" + strings.Repeat("Ab1/", 100),
		"UUIDs":            strings.Repeat("4e7a91c3-28d5-4f6b-a0e2-7c3d8f1b5a94", 20),
	} {
		r := report(`["`+s+`"]`, "")
		shown := check(t, New(Config{}), r)
		if !bytes.Equal(r.Request, shown.Request) || len(shown.Omissions) > 0 {
			t.Errorf("%s: %+v", name, shown.Omissions)
		}
	}
}

func TestSniff(t *testing.T) {
	for head, want := range map[string]string{
		"\xff\xd8\xff\xe0\x00\x10JFIF\x00": "image/jpeg", "GIF89a": "image/gif", "RIFF\x00\x00\x00\x00WEBPVP8 ": "image/webp",
		"RIFF\x00\x00\x00\x00WAVEfmt ": "audio/wave", "ID3\x03": "audio/mpeg", "\xff\xfb\x90\x00": "audio/mpeg", "fLaC\x00": "audio/flac",
		"\x00\x00\x00\x20ftypisom": "video/mp4", "\x00\x00\x00\x20ftypavif": "image/avif", "\x1aE\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1fB\x86": "video/webm",
		"plain words": "text/plain", "\x00\x01\x02\x03": "application/octet-stream", "%PDF-1.7": "application/pdf",
	} {
		if got := sniff([]byte(head)); got != want {
			t.Errorf("%q: %s, want %s", head, got, want)
		}
	}
}
