package present

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"mcp-taskdetails/internal/sandbox"
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
	tasks, err := sandbox.Tasks()
	if err != nil {
		f.Fatal(err)
	}
	for _, task := range tasks {
		f.Add([]byte(task.Request), []byte(task.Response), task.Title, 20_000)
	}
	f.Fuzz(func(t *testing.T, request, response []byte, message string, budget int) {
		p := New(Config{Budget: min(budget, 100_000), MaxString: 512, Secrets: []schema.Secret{schema.NewSecret(ownKey)}})
		plant := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("KEY"), []byte(ownKey)) }
		message = strings.ReplaceAll(message, "KEY", ownKey)
		r := schema.TaskReport{TaskUUID: message, Request: plant(request), Response: plant(response), Diagnosis: schema.Diagnosis{
			Summary: message, Notes: []string{message},
			Patch:        []schema.Operation{{Op: "add", Path: message, Value: plant(response)}},
			Alternatives: []schema.Alternative{{Fix: message, Patch: []schema.Operation{{Op: "add", Path: "/0/x", Value: plant(response)}}}},
			Findings: []schema.Finding{{
				Code: message, Message: message, Parameter: message, Pointer: message, Actual: plant(request),
				Constraint: &schema.Constraint{Text: message, Min: "1", Allowed: []schema.Value{plant(response)}},
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
			piece, err := pieceOf(p, r.Request, r.Response, o.Pointer, 0, 100)
			if err != nil {
				t.Fatalf("omission %q cannot be read: %v", o.Pointer, err)
			}
			if strings.Contains(piece.Text, ownKey) {
				t.Fatalf("the key is in a piece: %+v", piece)
			}
		}
	})
}

// FuzzText holds any text to what is promised of a line of a log: no panic, no longer than it may be, and never the key.
func FuzzText(f *testing.F) {
	for _, e := range examples() {
		f.Add(strings.ReplaceAll(e.masked, bar, "") + e.shown)
	}
	for _, s := range []string{"KEY", "apiKey: &quot;KEY", "%22token%22%3A%22", "\\u0022token\\u0022:", "x-api-key: KEY...", `{"a":["token","KEY"]}`} {
		f.Add(s)
	}
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret(ownKey)}})
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ReplaceAll(s, "KEY", ownKey)
		got := p.Text(s)
		if strings.Contains(got, ownKey) || len(got) > maxText {
			t.Fatalf("%q became %q", s, got)
		}
		p.masker.withRecorded([]byte(`{"apiKey":"abc123def"}`)).mask([]byte(s), webhook)
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
	if !json.Valid(text) || !json.Valid(structured) {
		t.Fatalf("not JSON: %s", text)
	}
	return shown
}

// documents makes random JSON of a given weight, with everything in it that a report may have to change.
type documents struct{ *rand.Rand }

func (d documents) value(weight int) string {
	if weight > 2 && d.IntN(4) > 0 {
		n := 1 + d.IntN(6)
		if d.IntN(8) == 0 {
			n = weight
		}
		object := d.IntN(2) == 0
		body := list(n, func(i int) string {
			if object {
				return quote(d.name()+strconv.Itoa(i)) + ":" + d.space() + d.value(weight/n)
			}
			return d.space() + d.value(weight/n)
		})
		if object {
			return "{" + body + d.space() + "}"
		}
		return "[" + body + d.space() + "]"
	}
	return d.leaf()
}

func (d documents) pick(all ...string) string { return all[d.IntN(len(all))] }

func (d documents) space() string { return d.pick("", "", "", " ", "\n\t") }

func (d documents) name() string {
	return d.pick("a", "positivePrompt", "seed", "apiKey", "x/y~z", "token", "webhookURL", "\u202e", "é", "maxTokens", ownKey, strings.Repeat("k", 300))
}

func (d documents) leaf() string {
	switch d.IntN(8) {
	case 0:
		return d.pick("1", "0.1", "-0", "1e400", "9007199254740993", "true", "null", "[]", "{}", strings.Repeat("7", 1100))
	case 1:
		return quote(media(d.IntN(1000)))
	case 2:
		return quote("data:image/png;base64," + media(200+d.IntN(1000)))
	case 3:
		return quote(d.pick(ownKey, "x "+ownKey, "https://u:"+ownKey+"@h.example.com/?token=abc", "Bearer "+ownKey, `{"a":"`+ownKey+`"}`))
	case 4:
		return quote(strings.Repeat(d.pick("prose, ", "\n\"\\", "😀", "\u200b"), d.IntN(400)))
	default:
		return quote(d.pick("", "a fox", "runware:101@1", "b880f077-e514-58ef-0ebd-ce1c37b46eb7"))
	}
}

func quote(s string) string { return string(quoted([]byte(s))) }

// TestRandomDocuments holds documents that a fuzzer does not come by to the same promises.
func TestRandomDocuments(t *testing.T) {
	cut := 0
	for seed := range uint64(200) {
		d := documents{rand.New(rand.NewPCG(seed, 7))}
		p := New(Config{Budget: 4096 + d.IntN(20_000), MaxString: 100 + d.IntN(2000), Secrets: []schema.Secret{schema.NewSecret(ownKey)}})
		r := report(d.value(1<<d.IntN(9)), d.value(1<<d.IntN(9)))
		shown := check(t, p, r)
		text, _ := Marshal(shown)
		if bytes.Contains(text, []byte(ownKey)) {
			t.Fatalf("seed %d: the key is in %s", seed, text)
		}
		for i, o := range shown.Omissions {
			if i == 10 {
				break
			}
			if o.Reason == schema.ReasonBudget {
				cut++
			}
			piece, err := pieceOf(p, r.Request, r.Response, o.Pointer, 0, 1000)
			if err != nil || strings.Contains(piece.Text, ownKey) {
				t.Fatalf("seed %d: piece %+v, %v", seed, piece, err)
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if cut == 0 {
		t.Error("no document was heavy enough to be cut: the test does not test")
	}
}
