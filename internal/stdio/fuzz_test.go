package stdio

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf8"

	"mcp-taskdetails/internal/wire"

	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzInput: whatever comes in, the session ends by itself, each line of output is one JSON object, each line of input
// that must be answered is answered, and no id has more replies than requests.
func FuzzInput(f *testing.F) {
	for _, seed := range []string{
		"", "\n", "\uFEFF", "{", "[]", "null", "\x00", "\xff\n" + pingLine("1"),
		pingLine("1") + "\n" + pingLine("1") + "\n" + pingLine(`"1"`),
		callLine("1", "echo", `{"text":"x"}`) + "\r\n" + cancelOf("1") + "\n" + callLine("1", "panic", "{}"),
		callLine("9007199254740993", "unmarshalable", "{}") + "\n\n" + `{"jsonrpc":"2.0","id":1,"ID":2,"method":"ping"}`,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"progress","_meta":{"progressToken":1e2}}}`,
		`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}` + "\n" + cancelOf("1"),
		`{"jsonrpc":"2.0","id":"s","method":"subscriptions/listen","params":{"notifications":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}`,
		`{"jsonrpc":"2.0","id":1,"result":{}}` + "\n" + `{"jsonrpc":"2.0","id":1.5,"error":{}}` + "\n" + `{"jsonrpc":"2.0","id":{}}`,
		`{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"test://panic"}}`,
		callLine("1", "echo", `{"text":"x","n":1e400}`) + "\n" + `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"_meta":5}}`,
		`{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"echo","_meta":{"progressToken":{}}}}` + "\n" +
			`{"jsonrpc":"2.0","id":4,"method":"ping","params":null}` + "\n" + `{"jsonrpc":"2.0","id":5,"method":"tools/list","params":"x"}`,
		`{"jsonrpc":"2.0","id":6,"method":"notifications/initialized"}` + "\n" + `{"jsonrpc":"2.0","method":"tools/call"}`,
		pingLine(`"` + string(bytes.Repeat([]byte("x"), 600)) + `"`),
	} {
		f.Add([]byte(seed))
	}
	for _, session := range sessions(f) {
		f.Add(session)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if bytes.Contains(in, []byte("stubborn")) || bytes.Contains(in, []byte("block")) ||
			bytes.Contains(in, []byte("party")) || bytes.Contains(in, []byte("slow")) {
			t.Skip("made not to end")
		}
		var out bytes.Buffer
		began := time.Now()
		if err := Serve(t.Context(), newServer(), bytes.NewReader(in), &out, Config{MaxLine: 512, Drain: 20 * time.Second}); err != nil {
			t.Fatal(err)
		}
		if time.Since(began) > 10*time.Second {
			t.Fatal("a call was not answered")
		}
		// What must be answered: each request and each line that is none, under its id if it has one.
		asked, want := map[string]int{}, 0
		lines := newLines(bytes.NewReader(in), 512)
		for {
			line, err := lines.next()
			if err != nil && !errors.Is(err, errTooLong) {
				break
			}
			id := wire.IDOf(line)
			if err == nil {
				m, broken := wire.Parse(line)
				if broken == nil && m.ID == nil {
					continue // a notification or a response
				}
				id = m.ID
				if broken != nil {
					id = broken.ID
				}
			}
			asked[string(id)]++
			want++
		}
		got := 0
		for line := range bytes.Lines(out.Bytes()) {
			var m map[string]json.RawMessage
			if err := json.Unmarshal(line, &m); err != nil || !utf8.Valid(line) || line[len(line)-1] != '\n' {
				t.Fatalf("not a message: %q", line)
			}
			id, isReply := m["id"]
			if !isReply {
				continue
			}
			got++
			if string(id) == "null" {
				continue
			}
			if asked[string(id)]--; asked[string(id)] < 0 {
				t.Fatalf("nobody asked for %q", line)
			}
		}
		if got > want || got < want && !bytes.Contains(in, []byte("cancelled")) {
			t.Fatalf("%d replies for %d lines to answer", got, want)
		}
	})
}

// sessions are those of the end-to-end scripts.
func sessions(f *testing.F) (all [][]byte) {
	f.Helper()
	files, err := filepath.Glob("../../cmd/mcp-taskdetails/testdata/script/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, section := range archive.Files {
			if filepath.Ext(section.Name) == ".jsonl" {
				all = append(all, section.Data)
			}
		}
	}
	if all == nil {
		f.Fatal("the scripts hold no sessions")
	}
	return all
}
