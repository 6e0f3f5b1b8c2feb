package stdio

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"
)

// FuzzInput: whatever comes in, the session ends by itself, each line of output is one JSON object, and no id has more
// replies than lines that used it.
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
		pingLine(`"` + string(bytes.Repeat([]byte("x"), 600)) + `"`),
	} {
		f.Add([]byte(seed))
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
		asked := map[string]int{}
		for line := range bytes.SplitSeq(in, []byte("\n")) {
			var members map[string]json.RawMessage
			line = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(line), []byte("\uFEFF")))
			if json.Unmarshal(line, &members) == nil {
				asked[string(members["id"])]++
			}
			if len(line) > 512 {
				asked[string(idOf(line[:512]))]++
			}
		}
		for line := range bytes.Lines(out.Bytes()) {
			if !json.Valid(line) || line[0] != '{' || line[len(line)-1] != '\n' {
				t.Fatalf("not a message: %q", line)
			}
			var m map[string]json.RawMessage
			if err := json.Unmarshal(line, &m); err != nil {
				t.Fatal(err)
			}
			id, isReply := m["id"]
			if !isReply || string(id) == "null" {
				continue
			}
			if asked[string(id)]--; asked[string(id)] < 0 {
				t.Fatalf("nobody asked for %q", line)
			}
		}
	})
}
