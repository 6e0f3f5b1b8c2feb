package modelschema

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"mcp-taskdetails/schema"
)

// Schemas and tasks that were made to cost. Each must come back; what cannot be judged in bounds passes.
func TestValidateIsBounded(t *testing.T) {
	var doubling strings.Builder
	doubling.WriteString(`{"$ref":"#/$defs/a0","$defs":{`)
	for i := range 40 {
		fmt.Fprintf(&doubling, `"a%d":{"allOf":[{"$ref":"#/$defs/a%d"},{"$ref":"#/$defs/a%d"}]},`, i, i+1, i+1)
	}
	doubling.WriteString(`"a40":{"type":"integer"}}}`)
	tree := `{"properties":{"x":{"allOf":[{"$ref":"#"},{"$ref":"#"}]}}}`
	for name, c := range map[string]struct {
		document, task string
		want           int
	}{
		"doubling_schema":      {doubling.String(), `"x"`, 0},
		"doubling_by_depth":    {tree, strings.Repeat(`{"x":`, 60) + "1" + strings.Repeat("}", 60), 0},
		"reference_to_itself":  {`{"$ref":"#"}`, `{}`, 0},
		"deep_task":            {`{"type":"string"}`, strings.Repeat("[", 5000) + strings.Repeat("]", 5000), 0},
		"many_members":         {`{"additionalProperties":{"type":"string"}}`, members(50_000), 0},
		"many_wrong_items":     {`{"items":{"type":"string"}}`, "[" + strings.Repeat("1,", 2_000_000) + "1]", maxViolations},
		"too_many_items":       {`{"maxItems":4}`, "[" + strings.Repeat("1,", 100_000) + "1]", 1},
		"long_enough_for_min":  {`{"minItems":1001,"items":true}`, "[" + strings.Repeat("1,", 1001) + "1]", 0},
		"long_number":          {`{"maximum":1,"multipleOf":0.1}`, strings.Repeat("9", 1_000_000), 1},
		"vast_exponent":        {`{"maximum":1,"type":"integer","multipleOf":3,"uniqueItems":true}`, "1e1000000", 1},
		"long_string_pattern":  {`{"pattern":"^(a|b)*c$"}`, `"` + strings.Repeat("ab", 1<<20) + `"`, 0},
		"long_string_too_long": {`{"maxLength":3}`, `"` + strings.Repeat("ab", 1<<20) + `"`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			m := mustCompile(t, c.document)
			got := m.Validate([]byte(c.task))
			if len(got) != c.want {
				t.Errorf("%d violations, want %d", len(got), c.want)
			}
			m.Constraint("/x/x/x")
		})
	}
}

func members(n int) string {
	var b strings.Builder
	b.WriteByte('{')
	for i := range n {
		fmt.Fprintf(&b, `"m%d":%d,`, i, i)
	}
	return strings.TrimSuffix(b.String(), ",") + "}"
}

func TestModelIsSafeForConcurrentUse(t *testing.T) {
	m := fileModel(t, "runware_400@1.json")
	task := []byte(`{"taskType":"imageInference","width":1000,"lora":[{}],"x":1}`)
	want := listed(t, m.Validate(task))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if got := listed(t, m.Validate(task)); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
				m.Constraint("/lora/0/weight")
				m.Parameters()
			}
		})
	}
	group.Wait()
}

var ordinary = []byte(`{"taskType":"imageInference","taskUUID":"b880f077-0000-0000-0000-000000000001","model":"runware:400@1",
	"positivePrompt":"a lake at dawn, mist over still water, pines on the far shore","width":1024,"height":1024,"steps":28,
	"CFGScale":3.5,"scheduler":"Euler","seed":9223372036854775807,"numberResults":2,"outputFormat":"PNG","includeCost":true,
	"inputs":{"referenceImages":["b880f077-0000-0000-0000-000000000002","https://cdn.example.com/a.png"]}}`)

func BenchmarkValidate(b *testing.B) {
	m := fileModel(b, "runware_400@1.json")
	broken := []byte(strings.NewReplacer(`"width":1024`, `"width":1000`, `"Euler"`, `"euler"`).Replace(string(ordinary)))
	for _, c := range []struct {
		name string
		task []byte
		want int
	}{
		{"ordinary", ordinary, 0},
		{"two_violations", broken, 2},
		{"10MB", []byte(strings.Replace(string(ordinary), "https://cdn.example.com/a.png", "data:image/png;base64,"+strings.Repeat("iVBORw0KGgo+", 10<<20/12), 1)), 0},
		{"10MB_two_violations", []byte(strings.Replace(string(broken), "https://cdn.example.com/a.png", strings.Repeat("iVBORw0KGgo+", 10<<20/12), 1)), 2},
	} {
		b.Run(c.name, func(b *testing.B) {
			var got []schema.Violation
			b.SetBytes(int64(len(c.task)))
			b.ReportAllocs()
			for b.Loop() {
				got = m.Validate(c.task)
			}
			if len(got) != c.want {
				b.Errorf("%d violations, want %d", len(got), c.want)
			}
		})
	}
}

func BenchmarkConstraint(b *testing.B) {
	m := fileModel(b, "dimensions_106@1.json")
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := m.Constraint("/width"); !ok {
			b.Fatal("nothing known")
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	body, err := os.ReadFile("testdata/models/runware_400@1.json")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(body); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBroken is what it costs to say why a task fails, beside saying that it does.
func BenchmarkBroken(b *testing.B) {
	m := published(b, "klingai_kling-video_2.6-pro.json")
	task := mustDecode(b, []byte(`{"taskType":"videoInference","taskUUID":"5c001eef-0000-4000-8000-000000000001","model":"klingai:kling-video@2.6-pro","positivePrompt":"waves against a cliff","inputs":{"frameImages":["https://example.com/a.png"]},"width":1920,"height":1080,"duration":5}`))
	b.Run("accepts", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if m.Accepts(task) {
				b.Fatal("accepted")
			}
		}
	})
	b.Run("broken", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if broken, _ := m.Broken(task); len(broken) != 1 {
				b.Fatal(broken)
			}
		}
	})
	b.Run("unchecked", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m.Unchecked(task)
		}
	})
}
