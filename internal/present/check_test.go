package present

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// check presents a report and holds the answer to everything that is promised of any.
func check(tb testing.TB, p *Presenter, r schema.TaskReport) schema.TaskReport {
	tb.Helper()
	request, response := bytes.Clone(r.Request), bytes.Clone(r.Response)
	shown := p.Report(r)
	if !bytes.Equal(request, r.Request) || !bytes.Equal(response, r.Response) {
		tb.Fatal("the input was changed")
	}
	text, structured := Marshal(shown)
	for name, b := range map[string][]byte{"text": text, "structured": structured} {
		if !json.Valid(b) {
			tb.Fatalf("%s is not valid JSON: %.300s", name, b)
		}
		if len(b) > p.budget {
			tb.Fatalf("%s has %d bytes; the budget is %d", name, len(b), p.budget)
		}
	}
	listed := map[string]schema.Omission{}
	for _, o := range shown.Omissions {
		listed[o.Pointer] = o
		if _, ok := rawjson.Resolve(text, o.Pointer); !ok {
			tb.Errorf("omission %q does not resolve in %.300s", o.Pointer, text)
		}
		if o.Reason == schema.ReasonSecret && (o.SHA256 != "" || o.Bytes != 0) {
			tb.Errorf("omission of a secret gives it away: %+v", o)
		}
	}
	for _, n := range shown.ExactNumbers {
		v, ok := rawjson.Resolve(text, n.Pointer)
		if !ok || strings.Trim(string(v), `"`) != n.Value {
			tb.Errorf("exact number %q resolves to %.100s, want %s", n.Pointer, v, n.Value)
		}
	}
	unlisted := bytes.Contains(text, []byte("than `omissions` lists"))
	same(tb, listed, unlisted, "/request", r.Request, shown.Request)
	same(tb, listed, unlisted, "/response", r.Response, shown.Response)
	return shown
}

type member struct {
	name  string
	value []byte
}

func children(raw []byte) (all []member) {
	for _, v := range rawjson.Items(raw) {
		all = append(all, member{"", v})
	}
	for name, v := range rawjson.Members(raw) {
		all = append(all, member{name, v})
	}
	return all
}

// same compares token by token, except where the report says that it left something out. Reports nest 64 levels at most.
func same(tb testing.TB, listed map[string]schema.Omission, unlisted bool, pointer string, original, shown []byte) {
	tb.Helper()
	if shown == nil {
		if rawjson.Valid(original) {
			tb.Errorf("%s is missing", pointer)
		}
		return
	}
	o, omitted := listed[pointer]
	want, got := rawjson.KindOf(original), rawjson.KindOf(shown)
	if got == rawjson.String && (omitted || unlisted && bytes.Contains(shown, []byte("[")) && want != got) {
		return
	}
	if got != want {
		tb.Errorf("%s: kind %c became %c", pointer, want, got)
		return
	}
	if got != rawjson.Object && got != rawjson.Array {
		if !bytes.Equal(bytes.TrimSpace(original), bytes.TrimSpace(shown)) && !unlisted {
			tb.Errorf("%s: %.100s became %.100s", pointer, original, shown)
		}
		return
	}
	before, after := children(original), children(shown)
	if omitted && o.Reason == schema.ReasonBudget && len(after) > 0 {
		if len(after)-1 != len(before)-o.Count {
			tb.Errorf("%s: %d of %d shown, %d said to be left out", pointer, len(after)-1, len(before), o.Count)
			return
		}
		marker := len(after) - 1
		if last := after[marker]; got == rawjson.Array && rawjson.KindOf(last.value) == rawjson.Object {
			marker-- // the last item stays behind it
			same(tb, listed, unlisted, rawjson.Pointer(pointer, marker+1), before[len(before)-1].value, last.value)
		}
		after, before = after[:marker], before[:marker]
	}
	if cut := len(after) > 0 && after[len(after)-1].name == restName; cut && unlisted {
		return
	}
	if len(before) != len(after) {
		if !unlisted {
			tb.Errorf("%s: %d became %d", pointer, len(before), len(after))
		}
		return
	}
	for i, a := range after {
		at := rawjson.Pointer(pointer, i)
		if got == rawjson.Object {
			at = rawjson.Pointer(pointer, a.name)
			if a.name != before[i].name && !strings.Contains(a.name, redacted) {
				tb.Errorf("%s: name was %q", at, before[i].name)
			}
		}
		same(tb, listed, unlisted, at, before[i].value, a.value)
		if tb.Failed() {
			return
		}
	}
}

// unambiguous reports whether raw is JSON by the strict reading: no name twice, no broken UTF-8.
func unambiguous(raw []byte) bool { return len(raw) == 0 || jsontext.Value(raw).IsValid() }
