package request

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	jsonpatch "github.com/evanphx/json-patch/v5"
)

func TestApply(t *testing.T) {
	const document = `{"a":{"b":[1,2,3]},"c":"x","~/":{"":null}}`
	for _, c := range []struct{ name, patch, want string }{
		{"add a member", `[{"op":"add","path":"/a/d","value":{"e":1}}]`, `{"a":{"b":[1,2,3],"d":{"e":1}},"c":"x","~/":{"":null}}`},
		{"add over a member", `[{"op":"add","path":"/c","value":1}]`, `{"a":{"b":[1,2,3]},"c":1,"~/":{"":null}}`},
		{"add an item", `[{"op":"add","path":"/a/b/1","value":9}]`, `{"a":{"b":[1,9,2,3]},"c":"x","~/":{"":null}}`},
		{"add at the end", `[{"op":"add","path":"/a/b/-","value":9},{"op":"add","path":"/a/b/4","value":8}]`, `{"a":{"b":[1,2,3,9,8]},"c":"x","~/":{"":null}}`},
		{"add past the end", `[{"op":"add","path":"/a/b/4","value":9}]`, ""},
		{"add below nothing", `[{"op":"add","path":"/x/y","value":9}]`, ""},
		{"add below a string", `[{"op":"add","path":"/c/y","value":9}]`, ""},
		{"remove a member", `[{"op":"remove","path":"/c"}]`, `{"a":{"b":[1,2,3]},"~/":{"":null}}`},
		{"remove an item", `[{"op":"remove","path":"/a/b/0"}]`, `{"a":{"b":[2,3]},"c":"x","~/":{"":null}}`},
		{"remove nothing", `[{"op":"remove","path":"/d"}]`, ""},
		{"remove the end", `[{"op":"remove","path":"/a/b/-"}]`, ""},
		{"remove all", `[{"op":"remove","path":""}]`, ""},
		{"replace", `[{"op":"replace","path":"/a/b/2","value":[]}]`, `{"a":{"b":[1,2,[]]},"c":"x","~/":{"":null}}`},
		{"replace nothing", `[{"op":"replace","path":"/a/x","value":[]}]`, ""},
		{"move", `[{"op":"move","from":"/a/b/0","path":"/c"}]`, `{"a":{"b":[2,3]},"c":1,"~/":{"":null}}`},
		{"move into itself", `[{"op":"move","from":"/a","path":"/a/b/0"}]`, ""},
		{"move nowhere", `[{"op":"move","from":"/x","path":"/y"}]`, ""},
		{"escapes", `[{"op":"replace","path":"/~0~1/","value":1}]`, `{"a":{"b":[1,2,3]},"c":"x","~/":{"":1}}`},
		{"no pointer", `[{"op":"remove","path":"a"}]`, ""},
		{"leading zero", `[{"op":"remove","path":"/a/b/00"}]`, ""},
		{"other operation", `[{"op":"copy","from":"/a","path":"/d"}]`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := decode(t, []byte(document))
			got, err := Apply(before, operations(t, []byte(c.patch)))
			if !reflect.DeepEqual(before, decode(t, []byte(document))) {
				t.Error("the document was changed")
			}
			if c.want == "" {
				if err == nil {
					t.Errorf("applied: %v", got)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(got, decode(t, []byte(c.want))) {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

// A number keeps its digits, and what a report shows is what was applied.
func TestOperationJSON(t *testing.T) {
	o, err := Operation{Op: "add", Path: "/seed", Value: json.Number("9223372036854775807")}.JSON()
	if err != nil || string(o.Value) != "9223372036854775807" {
		t.Errorf("got %s, %v", o.Value, err)
	}
	o, err = Operation{Op: "add", Path: "/a", Value: "<b>"}.JSON()
	if err != nil || string(o.Value) != `"<b>"` {
		t.Errorf("got %s, %v", o.Value, err)
	}
	o, err = Operation{Op: "replace", Path: "/a", Value: nil}.JSON()
	if err != nil || string(o.Value) != "null" {
		t.Errorf("got %s, %v", o.Value, err)
	}
	o, err = Operation{Op: "move", From: "/a", Path: "/b"}.JSON()
	if err != nil || o.Value != nil || o.From != "/a" {
		t.Errorf("got %+v, %v", o, err)
	}
}

// FuzzApply holds the four operations against another implementation of RFC 6902, where that keeps to it.
func FuzzApply(f *testing.F) {
	f.Add([]byte(`{"a":{"b":[1,2]},"c":"x"}`), []byte(`[{"op":"move","from":"/a/b/0","path":"/d"},{"op":"add","path":"/a/b/-","value":{}}]`))
	f.Add([]byte(`[{"x":1},[]]`), []byte(`[{"op":"remove","path":"/0/x"},{"op":"replace","path":"/1","value":null}]`))
	f.Add([]byte(`{"~/":[[1]]}`), []byte(`[{"op":"add","path":"/~0~1/0/1","value":2}]`))
	f.Fuzz(func(t *testing.T, document, patch []byte) {
		if !json.Valid(document) || !json.Valid(patch) || !isContainer(document) || doubled(document) {
			t.Skip()
		}
		var list []struct {
			Op    string          `json:"op"`
			From  string          `json:"from"`
			Path  string          `json:"path"`
			Value json.RawMessage `json:"value"`
		}
		if json.Unmarshal(patch, &list) != nil || len(list) > 20 {
			t.Skip()
		}
		for _, o := range list {
			// Where it goes its own ways: what is no pointer, the whole document, a member without a name, other spellings of
			// an index.
			other := o.Op != "add" && o.Op != "remove" && o.Op != "replace" && o.Op != "move"
			whole := o.Path == "" || o.Op == "move" && (o.From == "" || strings.HasPrefix(o.Path, o.From))
			if other || whole || !strings.HasPrefix(o.Path, "/") || strings.HasSuffix(o.Path, "/") || !plainIndices(o.Path) || !plainIndices(o.From) {
				t.Skip()
			}
			if (o.Op == "add" || o.Op == "replace") && (len(o.Value) == 0 || doubled(o.Value)) {
				t.Skip()
			}
		}
		text, err := json.Marshal(list)
		if err != nil {
			t.Skip()
		}
		theirs, err := jsonpatch.DecodePatch(text)
		if err != nil {
			t.Skip()
		}
		before := decode(t, document)
		got, gotErr := Apply(before, operations(t, text))
		if !reflect.DeepEqual(before, decode(t, document)) {
			t.Fatal("the document was changed")
		}
		options := jsonpatch.NewApplyOptions()
		options.SupportNegativeIndices = false
		want, wantErr := theirs.ApplyWithOptions(document, options)
		if (gotErr == nil) != (wantErr == nil) {
			t.Fatalf("ours: %v\ntheirs: %v\n%s\n%s", gotErr, wantErr, document, text)
		}
		if gotErr == nil && !reflect.DeepEqual(got, decode(t, want)) {
			ours, _ := json.Marshal(got)
			t.Fatalf("ours: %s\ntheirs: %s\n%s\n%s", ours, want, document, text)
		}
	})
}

// plainIndices tells a pointer whose numbers are written as RFC 6901 asks.
func plainIndices(pointer string) bool {
	for step := range strings.SplitSeq(pointer, "/") {
		if step == "" || step == "-" {
			continue
		}
		if strings.Trim(step, "0123456789") == "" && (len(step) > 1 && step[0] == '0' || len(step) > 3) || strings.ContainsAny(step[:1], "+-") {
			return false
		}
	}
	return !strings.Contains(pointer, "//")
}

func isContainer(raw []byte) bool {
	raw = bytes.TrimSpace(raw)
	return len(raw) > 0 && (raw[0] == '{' || raw[0] == '[')
}

// doubled tells a document that names a member twice: which one counts is nobody's rule.
func doubled(raw []byte) bool {
	var names []map[string]bool
	d := json.NewDecoder(bytes.NewReader(raw))
	var expectName []bool
	for {
		token, err := d.Token()
		if err != nil {
			return false
		}
		top := len(names) - 1
		if delimiter, ok := token.(json.Delim); ok {
			switch delimiter {
			case '{':
				if top >= 0 {
					expectName[top] = names[top] != nil
				}
				names, expectName = append(names, map[string]bool{}), append(expectName, true)
			case '[':
				if top >= 0 {
					expectName[top] = names[top] != nil
				}
				names, expectName = append(names, nil), append(expectName, false)
			default:
				names, expectName = names[:top], expectName[:top]
			}
			continue
		}
		if top < 0 || names[top] == nil {
			continue
		}
		if expectName[top] {
			name, _ := token.(string)
			if names[top][name] {
				return true
			}
			names[top][name] = true
		}
		expectName[top] = !expectName[top]
	}
}

func decode(t *testing.T, raw []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func operations(t *testing.T, raw []byte) []Operation {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var list []struct {
		Op    string `json:"op"`
		From  string `json:"from"`
		Path  string `json:"path"`
		Value any    `json:"value"`
	}
	if err := d.Decode(&list); err != nil {
		t.Fatal(err)
	}
	var all []Operation
	for _, o := range list {
		all = append(all, Operation(o))
	}
	return all
}
