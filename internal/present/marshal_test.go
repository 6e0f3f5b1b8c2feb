package present

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

func TestMarshal(t *testing.T) {
	r := report(`[ { "b" : "<a href='x'>&\u003c" , "a" : 0.10, "c": 1E2 } ]`, ` "x" `)
	text, structured := Marshal(r)
	want := `{"taskUUID":"b880f077-e514-58ef-0ebd-ce1c37b46eb7","status":"failed","diagnosis":{"summary":"a summary","category":"unknown","retry":"no"},` +
		`"request":[{"b":"<a href='x'>&\u003c","a":0.10,"c":1E2}],"response":"x"}`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if &text[0] != &structured[0] {
		t.Error("the structured form was copied although it is the same")
	}
}

// Whatever a report holds, there is an answer, and it says what is missing.
func TestMarshalAlwaysAnswers(t *testing.T) {
	p := New(Config{})
	for name, c := range map[string]struct {
		report schema.TaskReport
		want   string
	}{
		"request":   {report(`{"a" "b"}`, `{"data":[]}`), `"response":{"data":[]}`},
		"broken":    {report(`{"a" "b"}`, ``), "the recorded request is not valid JSON (9 bytes) and is not shown"},
		"truncated": {report(``, `{"data":[{"a":"`), "the recorded response is not valid JSON"},
		"utf-8":     {report("[\"a\xffb\"]", ``), "a\uFFFDb"},
		"value": {
			schema.TaskReport{Diagnosis: schema.Diagnosis{Findings: []schema.Finding{{Code: "bad", Actual: schema.Value(`{"a`)}, {Code: "good"}}}},
			`"code":"good"`,
		},
		"constraint": {
			schema.TaskReport{Diagnosis: schema.Diagnosis{Findings: []schema.Finding{{Code: "bad", Constraint: &schema.Constraint{Min: "abc"}}, {Code: "good"}}}},
			`"code":"good"`,
		},
	} {
		for kind, r := range map[string]schema.TaskReport{"plain": c.report, "presented": p.Report(c.report)} {
			text, structured := Marshal(r)
			if !json.Valid(text) || !json.Valid(structured) || !strings.Contains(string(text), c.want) {
				t.Errorf("%s, %s: %s", name, kind, text)
			}
		}
	}
}

func TestQuoteBeyondFloat(t *testing.T) {
	long := strings.Repeat("9", 400)
	got := string(quoteBeyondFloat([]byte(`{"a":1e400,"b":"1e400","c":[-1E999,1e3,0.5],"d\"":` + long + `,"e":1e-400}`)))
	want := `{"a":"1e400","b":"1e400","c":["-1E999",1e3,0.5],"d\"":"` + long + `","e":1e-400}`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
