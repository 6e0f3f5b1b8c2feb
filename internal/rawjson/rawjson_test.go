package rawjson_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/internal/rawjson"
)

func TestMembersAndItems(t *testing.T) {
	raw := []byte(` {"a" : 1e400, "b":[ "x" , null ], "a":"again","é\u0041":{} } `)
	var got []string
	for name, value := range rawjson.Members(raw) {
		got = append(got, name+"="+string(value))
	}
	want := []string{"a=1e400", `b=[ "x" , null ]`, `a="again"`, "éA={}"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("members (-want +got)\n%s", diff)
	}
	list, _ := rawjson.Member(raw, "b")
	var items []string
	for _, item := range rawjson.Items(list) {
		items = append(items, string(item))
	}
	if diff := cmp.Diff([]string{`"x"`, "null"}, items); diff != "" {
		t.Errorf("items (-want +got)\n%s", diff)
	}
	if last, ok := rawjson.Member(raw, "a"); !ok || string(last) != `"again"` {
		t.Errorf("of duplicate names the last counts, got %s", last)
	}
	if rawjson.Len(raw) != 4 || rawjson.Len(list) != 2 || rawjson.Len([]byte("7")) != 0 {
		t.Error("wrong length")
	}
}

// TestNested holds that iterators may run within each other: their decoders are pooled.
func TestNested(t *testing.T) {
	raw := []byte(`{"a":{"b":{"c":[1,[2]]}},"d":3}`)
	var seen []string
	for a, v := range rawjson.Members(raw) {
		seen = append(seen, a)
		for b, v := range rawjson.Members(v) {
			seen = append(seen, b)
			for c, v := range rawjson.Members(v) {
				seen = append(seen, c)
				for _, v := range rawjson.Items(v) {
					seen = append(seen, string(v))
				}
			}
		}
	}
	if diff := cmp.Diff([]string{"a", "b", "c", "1", "[2]", "d"}, seen); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestResolve(t *testing.T) {
	raw := []byte(`{"a/b":{"~":[10,{"":true}]},"x":null}`)
	for pointer, want := range map[string]string{
		"": string(raw), "/a~1b/~0/0": "10", "/a~1b/~0/1/": "true", "/x": "null",
		"/a~1b/~0/2": "", "/a~1b/~0/01": "", "/a~1b/~0/-1": "", "/nope": "", "x": "", "/x/y": "",
	} {
		got, ok := rawjson.Resolve(raw, pointer)
		if ok != (want != "") || string(got) != want {
			t.Errorf("%q: got %s, %t", pointer, got, ok)
		}
	}
	if p := rawjson.Pointer("/request", 0, "a/b", "~"); p != "/request/0/a~1b/~0" {
		t.Errorf("pointer %s", p)
	}
}

func TestText(t *testing.T) {
	for raw, want := range map[string]string{
		`"a\u00e9\n\"\/"`: "aé\n\"/", `""`: "", `"\ud83d\ude00"`: "😀", `"\ud83d"`: "\uFFFD", "\"\xff\"": "\uFFFD",
	} {
		if got, ok := rawjson.Text([]byte(raw)); !ok || got != want {
			t.Errorf("%s: got %q, %t", raw, got, ok)
		}
	}
	for _, raw := range []string{"", "7", "null", `{"a":1}`} {
		if got, ok := rawjson.Text([]byte(raw)); ok {
			t.Errorf("%q is no string, got %q", raw, got)
		}
	}
	if got := string(rawjson.Quote("<a>&\"\x00\xff")); got != `"<a>&\"\u0000`+"\uFFFD"+`"` {
		t.Errorf("quote: %s", got)
	}
}

func TestValid(t *testing.T) {
	for raw, want := range map[string]bool{
		`{"a":1,"a":2}`: true, "\"\xff\"": true, `1e999999`: true, ``: false, `{} {}`: false, `{"a":}`: false, `01`: false, "[1,]": false,
	} {
		if got := rawjson.Valid([]byte(raw)); got != want {
			t.Errorf("%s: %t", raw, got)
		}
	}
}

// FuzzWalk holds that any bytes are read without harm, that what is yielded is part of the input, and that the walk
// agrees with encoding/json on how much there is.
func FuzzWalk(f *testing.F) {
	for _, seed := range []string{`{"a":[1,{"b":null}]}`, `[[[]]]`, `"x"`, `{"a":1,`, `{"a"`, "\xff", `[1e400,-0]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		count := 0
		for _, v := range rawjson.Items(raw) {
			count++
			if !bytes.Contains(raw, v) {
				t.Fatal("an item is no part of the input")
			}
		}
		for name, v := range rawjson.Members(raw) {
			count++
			if !bytes.Contains(raw, v) {
				t.Fatal("a member is no part of the input")
			}
			_ = rawjson.Pointer("", name)
		}
		rawjson.Text(raw)
		rawjson.Resolve(raw, "/a/0")
		if !bytes.Equal(before, raw) {
			t.Fatal("the input was changed")
		}
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil && rawjson.KindOf(raw) == rawjson.Array && count != len(list) {
			t.Fatalf("%d items, encoding/json has %d", count, len(list))
		}
	})
}

// BenchmarkWalk compares finding one value in a large document with decoding that document's top by encoding/json.
func BenchmarkWalk(b *testing.B) {
	raw := []byte(`{"data":[{"imageBase64Data":"` + strings.Repeat("iVBORw0KGgoA", 1<<20/12) + `","taskUUID":"u"}]}`)
	b.Run("rawjson", func(b *testing.B) {
		b.SetBytes(int64(len(raw)))
		b.ReportAllocs()
		for b.Loop() {
			if _, ok := rawjson.Resolve(raw, "/data/0/taskUUID"); !ok {
				b.Fatal("not found")
			}
		}
	})
	b.Run("encoding_json", func(b *testing.B) {
		b.SetBytes(int64(len(raw)))
		b.ReportAllocs()
		for b.Loop() {
			var v struct {
				Data []struct {
					TaskUUID string `json:"taskUUID"`
				} `json:"data"`
			}
			if json.Unmarshal(raw, &v) != nil || v.Data[0].TaskUUID != "u" {
				b.Fatal("not found")
			}
		}
	})
}

// TestCount pins that a long string is counted as its text is, and that what is hard to count is left to whoever decodes.
func TestCount(t *testing.T) {
	for unit, counted := range map[string]bool{
		`word `: true, `\"`: true, `\\`: true, `a\n`: true, `\u200b`: true, `\u0041é`: true, `漢字\t`: true,
		`\ud83d\ude00`: false, "\xff": false,
	} {
		for shift := range 8 {
			raw := []byte(`"` + strings.Repeat("x", shift) + strings.Repeat(unit, 64<<10) + `"`)
			text, _ := rawjson.Text(raw)
			n, head, ok := rawjson.Count(raw)
			if ok != counted || ok && (n != utf8.RuneCountInString(text) || len(head) < 100 || !strings.HasPrefix(text, strings.TrimRight(head, "\uFFFD"))) {
				t.Errorf("%q: %d characters, begins %.20q, %v", unit, n, head, ok)
			}
		}
	}
	if _, _, ok := rawjson.Count([]byte(`"short"`)); ok {
		t.Error("a short string is counted")
	}
}
