package rawjson

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type entry struct{ Name, Value string }

// scanned and tokenized read a container in the two ways, whatever its size.
func scanned(raw []byte) (all []entry) {
	for name, value := range scan(raw) {
		text, _ := Text(name)
		all = append(all, entry{text, string(value)})
	}
	return all
}

func tokenized(raw []byte) (all []entry) {
	for name, value := range Members(raw) {
		all = append(all, entry{name, string(value)})
	}
	for _, value := range Items(raw) {
		all = append(all, entry{"", string(value)})
	}
	return all
}

// FuzzScan holds that both ways of reading agree on whatever is JSON, and that the quick one survives whatever is not.
func FuzzScan(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,{"b":"]}\\\""}], "\u0062\"" : "x\\" ,"c":null}`, ` [ ] `, `[[],{},"",-0.5e3,true]`, `{"a"`, `["`, `[1,]`, `{"a":1}}`, `["\"`, `[`, `{"a":}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if kind := KindOf(raw); kind != Object && kind != Array || len(raw) >= large {
			return
		}
		got := scanned(raw)
		if !Valid(raw) {
			return
		}
		if diff := cmp.Diff(tokenized(raw), got); diff != "" {
			t.Errorf("%q (-tokenized +scanned):\n%s", raw, diff)
		}
	})
}

// A document is read alike on both sides of the size at which the way changes.
func TestLargeDocuments(t *testing.T) {
	for _, size := range []int{large - 200, large, 3 * large} {
		content := string(bytes.Repeat([]byte(`\"`), size/2))
		raw := []byte(` { "a" : "` + content + `", "b\u0063":[1, {"d":"]"}], "e":-1.50 } `)
		want := []entry{{"a", `"` + content + `"`}, {"bc", `[1, {"d":"]"}]`}, {"e", "-1.50"}}
		if diff := cmp.Diff(want, tokenized(raw)); diff != "" {
			t.Errorf("%d bytes (-want +got):\n%.300s", size, diff)
		}
		list := []byte(`["` + content + `" , {}]`)
		if diff := cmp.Diff([]entry{{"", `"` + content + `"`}, {"", "{}"}}, tokenized(list)); diff != "" {
			t.Errorf("%d bytes (-want +got):\n%.300s", size, diff)
		}
	}
}
