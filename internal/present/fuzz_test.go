package present

import (
	"bytes"
	"strings"
	"testing"

	"mcp-taskdetails/schema"
)

const ownKey = "Zx9-own_key/Q7w2"

// FuzzReport holds any request, response and message to the promises of check, and looks for this server's own key, which
// is put into the data as it is.
func FuzzReport(f *testing.F) {
	f.Add([]byte(`[{"positivePrompt":"KEY","seed":9007199254740993}]`), []byte(`{"errors":[{"message":"KEY"}]}`), "KEY", 4096)
	f.Add([]byte(`[{"KEY":{"apiKey":"12345678"}}]`), []byte(`"https://u:p@h.example.com/?token=KEY%20"`), "\u202e", 5000)
	f.Add([]byte(`[[[[["Bearer KEY"]]]]]`), []byte(`{"a":1e400,"b":-0,"c":[]}`), `{"apiKey":"KEY"}`, 80_000)
	f.Add([]byte(`{"a" "b"}`), []byte("[\xff"), "\xff", 0)
	for _, shape := range []string{`["` + media(400) + `"]`, `"data:image/svg+xml,%3Csvg%3E` + strings.Repeat("x", 300) + `"`, `{"name":"token","value":"v"}`} {
		f.Add([]byte(shape), []byte(shape), "", 4096)
	}
	f.Fuzz(func(t *testing.T, request, response []byte, message string, budget int) {
		p := New(Config{Budget: min(budget, 100_000), MaxString: 512, Secrets: []schema.Secret{schema.NewSecret(ownKey)}})
		plant := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("KEY"), []byte(ownKey)) }
		message = strings.ReplaceAll(message, "KEY", ownKey)
		r := schema.TaskReport{TaskUUID: message, Request: plant(request), Response: plant(response), Diagnosis: schema.Diagnosis{
			Summary: message, Notes: []string{message},
			Findings: []schema.Finding{{
				Code: message, Message: message, Parameter: message, Pointer: message, Actual: plant(request),
				Constraint: &schema.Constraint{Text: message, Min: "1", Allowed: []schema.Value{plant(response)}},
				Patch:      []schema.Operation{{Op: "add", Path: message, Value: plant(response)}},
			}},
		}}
		text, _ := Marshal(checkAny(t, p, r))
		if bytes.Contains(text, []byte(ownKey)) {
			t.Fatalf("the key is in %s", text)
		}
		for _, o := range p.Report(r).Omissions {
			if !strings.HasPrefix(o.Pointer, "/re") {
				continue
			}
			piece, err := p.Piece(r.Request, r.Response, o.Pointer, 0, 100)
			if err != nil {
				t.Fatalf("omission %q cannot be read: %v", o.Pointer, err)
			}
			if strings.Contains(piece.Text, ownKey) {
				t.Fatalf("the key is in a piece: %+v", piece)
			}
		}
	})
}

// checkAny is check for data that may be no JSON, or repeat names, or hold broken UTF-8, where a pointer means nothing.
func checkAny(t *testing.T, p *Presenter, r schema.TaskReport) schema.TaskReport {
	t.Helper()
	if unambiguous(r.Request) && unambiguous(r.Response) {
		return check(t, p, r)
	}
	shown := p.Report(r)
	text, structured := Marshal(shown)
	if len(text) > p.budget || len(structured) > p.budget {
		t.Fatalf("%d bytes; the budget is %d", len(structured), p.budget)
	}
	parsed(t, text)
	parsed(t, structured)
	return shown
}
