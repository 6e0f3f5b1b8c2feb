package present

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

func TestChanges(t *testing.T) {
	for number, want := range map[string]bool{
		"0": false, "-0": false, "0.0": false, "0e999": false, "1": false, "1.0": false, "1e2": false, "1E+2": false, "0.1": false, "0.0013": false,
		"100e-2": false, "123456789012345": false, "34304270473141": false, "9007199254740991": false, "9007199254740992": false,
		"9007199254740993": true, "-9007199254740993": true, "9007199254740994": false, "9223372036854775807": true,
		"9223372036854775808": true, // 2^63 is a float64, but its shortest form is 9223372036854776000
		"9223372036854776000": false, "10000000000000000000000": false, "0.30000000000000004": false, "0.1000000000000000055511151231257827": true,
		"3.141592653589793238": true, "3.141592653589793": false, "1e308": false, "1e309": true, "-1e400": true, "1e-400": true,
		"1e99999999999999999999": true, "1e-99999999999999999999": true, "5e-324": false, "1.7976931348623157e308": false,
		"0.000000000000000000000000000001": false, "123456789.123456789": true, "1234567890123456789e-10": true,
	} {
		if got := changes([]byte(number)); got != want {
			t.Errorf("%s: changes = %v", number, got)
		}
	}
}

func TestExactNumbers(t *testing.T) {
	r := report(`[{"seed":9223372036854775807,"x":0.1,"a/b":[1,9007199254740993]}]`, `{"data":[{"seed":-9007199254740993,"cost":0.0013,"n":1e400}]}`)
	r.Diagnosis.Findings = []schema.Finding{{
		Actual:     schema.Value("9007199254740993"),
		Constraint: &schema.Constraint{Max: "9223372036854775807", Min: "x", Allowed: []schema.Value{schema.Value("1"), schema.Value("12345678901234567891")}},
	}}
	r.Diagnosis.Patch = []schema.Operation{{Op: "replace", Path: "/0/seed", Value: schema.Value(`{"seed":9007199254740995}`)}}
	shown := check(t, New(Config{}), r)
	want := []schema.ExactNumber{
		{Pointer: "/diagnosis/patch/0/value/seed", Value: "9007199254740995"},
		{Pointer: "/diagnosis/findings/0/actual", Value: "9007199254740993"},
		{Pointer: "/diagnosis/findings/0/constraint/max", Value: "9223372036854775807"},
		{Pointer: "/diagnosis/findings/0/constraint/allowed/1", Value: "12345678901234567891"},
		{Pointer: "/request/0/seed", Value: "9223372036854775807"},
		{Pointer: "/request/0/a~1b/1", Value: "9007199254740993"},
		{Pointer: "/response/data/0/seed", Value: "-9007199254740993"},
		{Pointer: "/response/data/0/n", Value: "1e400"},
	}
	if diff := cmp.Diff(want, shown.ExactNumbers); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	text, structured := Marshal(shown)
	if !strings.Contains(string(text), `"n":1e400}`) || !strings.Contains(string(structured), `"n":"1e400"}`) {
		t.Errorf("text %s\nstructured %s", text, structured)
	}
	var generic map[string]any
	if err := json.Unmarshal(structured, &generic); err != nil {
		t.Errorf("a Go client cannot read it: %v", err)
	}
}

// FuzzChanges compares with what a float64 really does.
func FuzzChanges(f *testing.F) {
	for _, s := range []string{"9007199254740993", "1e-400", "0.1", "123.4500e3", "1e400"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !json.Valid([]byte(s)) || s == "" || s[0] != '-' && (s[0] < '0' || s[0] > '9') || strings.TrimSpace(s) != s || len(s) > 400 {
			t.Skip()
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			if !changes([]byte(s)) || !beyondFloat([]byte(s)) {
				t.Errorf("%s is beyond range", s)
			}
			return
		}
		again := strconv.FormatFloat(v, 'g', -1, 64)
		if changes([]byte(again)) {
			t.Errorf("%s, the shortest form of %s, is said to change", again, s)
		}
		if again == s && changes([]byte(s)) {
			t.Errorf("%s is said to change", s)
		}
	})
}
