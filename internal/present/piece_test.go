package present

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

// pieceOf reads a part of a value; size 0 is as much as there is room for.
func pieceOf(p *Presenter, request, response []byte, pointer string, offset, size int) (schema.Piece, error) {
	r, err := p.Read(request, response, pointer, schema.TaskReport{})
	switch {
	case err != nil:
		return schema.Piece{}, err
	case size == 0 || r.media != nil:
		return p.Piece(r, offset)
	default:
		return p.piece(r, offset, size)
	}
}

// readAll reads a value in pieces, as a client would, and returns them.
func readAll(t *testing.T, p *Presenter, request, response, pointer string, size int) []string {
	t.Helper()
	var parts []string
	for offset := 0; ; {
		piece, err := pieceOf(p, []byte(request), []byte(response), pointer, offset, size)
		if err != nil {
			t.Fatal(err)
		}
		if len(piece.Text) > max(size, utf8.UTFMax) && size > 0 || !utf8.ValidString(piece.Text) {
			t.Fatalf("piece of %d bytes: %q", len(piece.Text), piece.Text)
		}
		parts = append(parts, piece.Text)
		if piece.NextOffset == 0 {
			if total := len(strings.Join(parts, "")); total != piece.Total {
				t.Fatalf("read %d of %d bytes", total, piece.Total)
			}
			return parts
		}
		if piece.NextOffset != offset+len(piece.Text) || piece.Text == "" {
			t.Fatalf("no progress: %+v", piece)
		}
		offset = piece.NextOffset
	}
}

func TestPiecesMakeTheWhole(t *testing.T) {
	p := New(Config{})
	emoji, svg := strings.Repeat("snow 😀 ", 30), strings.Repeat("%3Csvg%3E", 100)
	response := `{"data":[{"svg":"data:image/svg+xml,` + svg + `","emoji":"` + emoji + `","list":[ 1, {"a" : 9007199254740993} ],"n":1e400}]}`
	for pointer, want := range map[string]string{
		"/response/data/0/svg":   "data:image/svg+xml," + svg,
		"/response/data/0/emoji": emoji,
		"/response/data/0/list":  `[1,{"a":9007199254740993}]`,
		"/response/data/0/n":     "1e400",
		"/request":               `["x"]`,
	} {
		for _, size := range []int{0, 1, 7, 501, 1 << 20} {
			parts := readAll(t, p, ` [ "x" ] `, response, pointer, size)
			if got := strings.Join(parts, ""); got != want {
				t.Errorf("%s in pieces of %d: %.100s", pointer, size, got)
			}
		}
	}
}

// A piece always fits into a report, also when every character of it has to be escaped.
func TestPieceFitsIntoTheBudget(t *testing.T) {
	p := New(Config{Budget: 6000})
	doc := `["` + strings.Repeat(`\u0001`, 20_000) + `"]`
	for _, size := range []int{0, 1 << 20} {
		piece, err := pieceOf(p, []byte(doc), nil, "/request/0", 0, size)
		if err != nil || piece.Total != 20_000 || piece.NextOffset == 0 {
			t.Fatalf("%+v, %v", piece, err)
		}
		r := report("", "")
		r.Piece = &piece
		if got := check(t, p, r).Piece.NextOffset; got != piece.NextOffset {
			t.Errorf("the report cut the piece at %d, not at %d", got, piece.NextOffset)
		}
	}
}

func TestPieceErrors(t *testing.T) {
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret("test-key-1234")}})
	request, response := `[{"a":"b","c":[1,2]}]`, `{"data":[]}`
	for _, c := range []struct {
		pointer      string
		offset, size int
		want         string
	}{
		{"", 0, 0, "pointer ``: begins with /request or /response, as in `omissions`, for example /request/0/positivePrompt"},
		{"/requests/0", 0, 0, "pointer `/requests/0`: begins with /request or /response, as in `omissions`, for example /request/0/positivePrompt"},
		{"/test-key-1234", 0, 0, "pointer `/[redacted]`: begins with /request or /response, as in `omissions`, for example /request/0/positivePrompt"},
		{"/request/0/x", 0, 0, "pointer `/request/0/x`: nothing stands at `x`; the object there has `a`, `c`"},
		{"/request/0/c/2", 0, 0, "pointer `/request/0/c/2`: nothing stands at `2`; the array there has items 0 to 1"},
		{"/request/0/c/01", 0, 0, "pointer `/request/0/c/01`: nothing stands at `01`; the array there has items 0 to 1"},
		{"/response/data/-", 0, 0, "pointer `/response/data/-`: nothing stands at `-`; the array there is empty"},
		{"/request/0/a/b", 0, 0, "pointer `/request/0/a/b`: nothing stands at `b`; the value there is neither an object nor an array"},
		{"/request/0/a", 2, 0, "offset 2: the value has 1 bytes, so offset is 0 to 1"},
		{"/request/0/a", -1, 0, "offset -1: the value has 1 bytes, so offset is 0 to 1"},
		{"/request" + strings.Repeat("/0", 2), 0, 0, "pointer `/request/0/0`: nothing stands at `0`; the object there has `a`, `c`"},
	} {
		_, err := pieceOf(p, []byte(request), []byte(response), c.pointer, c.offset, c.size)
		if err == nil {
			t.Errorf("%s: no error", c.pointer)
			continue
		}
		if diff := cmp.Diff(c.want, err.Error()); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
	if _, err := pieceOf(p, nil, []byte(`{`), "/response", 0, 0); err == nil || !strings.Contains(err.Error(), "no response is recorded") {
		t.Error(err)
	}
	deep := strings.Repeat("[", 100) + strings.Repeat("]", 100)
	if _, err := pieceOf(p, []byte(deep), nil, "/request"+strings.Repeat("/0", 80), 0, 0); err == nil || !strings.Contains(err.Error(), "deeper than 64") {
		t.Error(err)
	}
}

func TestPiecesKeepSecrets(t *testing.T) {
	p := New(Config{})
	request := `[{"apiKey":"abc","headers":[{"name":"Authorization","value":"xyz"}],"webhookURL":"https://hooks.example.com/aB3dE5gH7jK9mN1pQ3",` +
		`"sk-abcdefgh12345678":{"a":"b"},"authorization":{"deep":["x"]}}]`
	for pointer, want := range map[string]string{
		"/request/0/apiKey":               "[redacted]",
		"/request/0/headers/0/value":      "[redacted]",
		"/request/0/webhookURL":           "https://hooks.example.com/[redacted]",
		"/request/0/[redacted]/a":         "b",
		"/request/0/authorization/deep/0": "[redacted]",
		"/request/0/authorization":        `{"deep":["[redacted]"]}`,
	} {
		if got := strings.Join(readAll(t, p, request, "", pointer, 0), ""); got != want {
			t.Errorf("%s: %s", pointer, got)
		}
	}
}
