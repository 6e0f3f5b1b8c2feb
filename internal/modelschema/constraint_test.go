package modelschema

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mcp-taskdetails/schema"
)

// The want section answers the pointers section line by line; the parameters section is what Parameters lists.
func TestConstraint(t *testing.T) {
	for _, path := range archives(t, "constraint") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive := read(t, path)
			m := archiveModel(t, archive)
			pointers, ok := section(archive, "pointers")
			if !ok {
				t.Fatal("no pointers")
			}
			var b strings.Builder
			for line := range strings.Lines(string(pointers.Data)) {
				pointer := strings.TrimSuffix(line, "\n")
				c, ok := m.Constraint(pointer)
				if !ok {
					fmt.Fprintf(&b, "%q nothing\n", pointer)
					continue
				}
				fmt.Fprintf(&b, "%q %s\n", pointer, compact(t, c))
			}
			parameters := strings.Join(m.Parameters(), " ") + "\n"
			expect(t, archive, "want", b.String())
			expect(t, archive, "parameters", parameters)
			if *update {
				write(t, path, archive)
			}
		})
	}
}

func TestWords(t *testing.T) {
	number := func(s string) json.Number { return json.Number(s) }
	for want, c := range map[string]schema.Constraint{
		"":                                   {},
		"boolean":                            {Type: "boolean"},
		"string or array":                    {Type: "string|array"},
		"0 to 4 items":                       {Type: "array", Min: "0", Max: "4"},
		"exactly 1 item":                     {Type: "array", Min: "1", Max: "1"},
		"at least 1 item":                    {Type: "array", Min: "1"},
		"0 to 1 item":                        {Type: "array", Min: "0", Max: "1"},
		"string of 2 to 3000 characters":     {Type: "string", Min: "2", Max: "3000"},
		"string of at most 10 characters":    {Type: "string", Max: "10"},
		"256 to 2048, multiple of 64":        {Type: "integer", Min: "256", Max: "2048", MultipleOf: "64"},
		"multiple of 0.1":                    {Type: "number", MultipleOf: "0.1"},
		"integer, at least 1":                {Type: "integer", Min: "1"},
		"at least 0 and less than 1":         {Type: "number", Min: "0", ExclusiveMax: number("1")},
		"more than 0 and at most 1":          {ExclusiveMin: "0", Max: "1"},
		"more than 0 and less than 1":        {ExclusiveMin: "0", ExclusiveMax: "1"},
		"more than 0":                        {ExclusiveMin: "0"},
		"less than 1":                        {ExclusiveMax: "1"},
		"one of `a`, `5`, `null`":            {Allowed: []schema.Value{schema.Value(`"a"`), schema.Value("5"), schema.Value("null")}},
		"`it's \\n \\u202e`":                 {Allowed: []schema.Value{schema.StringValue("it`s \n \u202e")}},
		"`" + strings.Repeat("é", 80) + "…`": {Allowed: []schema.Value{schema.StringValue(strings.Repeat("é", 90))}},
		"one of " + strings.Repeat("`0`, ", 9) + "`0` and 3 more": {Allowed: slices.Repeat([]schema.Value{schema.IntValue(0)}, 13)},
	} {
		if got := Words(c); got != want {
			t.Errorf("Words(%+v) = %q, want %q", c, got, want)
		}
	}
}

func TestDocumentation(t *testing.T) {
	for _, c := range []struct{ page, parameter, want string }{
		{"https://runware.ai/docs/models/x", "width", "https://runware.ai/docs/models/x#width"},
		{"https://runware.ai/docs/models/x", "CFGScale", "https://runware.ai/docs/models/x#CFGScale"},
		{"https://runware.ai/docs/models/x", "cfgScale", "https://runware.ai/docs/models/x"},
		{"https://runware.ai/docs/models/x", "steps", "https://runware.ai/docs/models/x"},
		{"https://runware.ai/docs/models/x", "inputs.frameImages[0].frame", "https://runware.ai/docs/models/x#frameImages"},
		{"https://runware.ai/docs/models/x", "frameImages", "https://runware.ai/docs/models/x#frameImages"},
		{"https://runware.ai/docs/models/x", "inputs.seedImage", "https://runware.ai/docs/models/x"},
		{"https://runware.ai/docs/models/x", "lora.0.weight", "https://runware.ai/docs/models/x#lora"},
		{"https://docs.runware.ai/x?utm=1#top", "width", "https://docs.runware.ai/x#width"},
		{"https://RUNWARE.ai/x", "", "https://RUNWARE.ai/x"},
		{"https://runware.ai/x", "width/height", "https://runware.ai/x"},
		{"https://runware.ai/x", `"><script>`, "https://runware.ai/x"},
		{"https://runware.ai/x", "[0]", "https://runware.ai/x"},
		{"http://runware.ai/x", "width", ""},
		{"https://runware.ai.example.com/x", "width", ""},
		{"https://notrunware.ai/x", "width", ""},
		{"https://runware.ai@example.com/x", "width", ""},
		{"https://runware.ai:8443/x", "width", ""},
		{"javascript:alert(1)", "width", ""},
		{"//runware.ai/x", "width", ""},
		{"https://runware.ai/" + strings.Repeat("x", 600), "width", ""},
		{"", "width", ""},
	} {
		m := mustCompile(t, `{"properties":{"width":{},"CFGScale":{},"lora":{"items":{"properties":{"weight":{}}}},
			"inputs":{"properties":{"frameImages":{"items":{"properties":{"frame":{}}}}}}}}`)
		m.page = trustedPage(c.page)
		if got := m.Documentation(c.parameter); got != c.want {
			t.Errorf("%s, %s: got %q, want %q", c.page, c.parameter, got, c.want)
		}
	}
}

// A requestSchema may describe one task or the array of tasks, directly or by reference; a Model is about one task.
func TestOneTaskOfTheArray(t *testing.T) {
	task := `{"type":"object","properties":{"width":{"type":"integer"}}}`
	for name, document := range map[string]string{
		"object":              task,
		"array":               `{"type":"array","items":` + task + `}`,
		"tuple":               `{"type":"array","items":[` + task + `,{}]}`,
		"tuple_of_2020":       `{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","prefixItems":[` + task + `]}`,
		"reference":           `{"$ref":"#/$defs/task","$defs":{"task":` + task + `}}`,
		"reference_to_array":  `{"$ref":"#/$defs/tasks","$defs":{"tasks":{"type":"array","items":{"$ref":"#/$defs/a task"}},"a task":` + task + `}}`,
		"either":              `{"oneOf":[{"type":"array","items":{"$ref":"#/$defs/task"}},{"$ref":"#/$defs/task"}],"$defs":{"task":` + task + `}}`,
		"draft_7":             `{"$schema":"http://json-schema.org/draft-07/schema#","definitions":{"task":` + task + `},"allOf":[{"$ref":"#/definitions/task"}]}`,
		"anchor":              `{"$ref":"#task","$defs":{"x":{"$anchor":"task","type":"object","properties":{"width":{"type":"integer"}}}}}`,
		"unknown_dialect":     `{"$schema":"https://schemas.example.com/dialect","properties":{"width":{"type":"integer"}}}`,
		"outside_of_keywords": `{"$ref":"#/components/task","components":{"task":` + task + `}}`,
	} {
		m := mustCompile(t, document)
		if got := m.Validate([]byte(`{"width":1}`)); len(got) != 0 {
			t.Errorf("%s: a good task: %s", name, listed(t, got))
		}
		got := m.Validate([]byte(`{"width":"1"}`))
		if len(got) != 1 || got[0].Pointer != "/width" || got[0].Kind != schema.BreachType {
			t.Errorf("%s: a bad task: %s", name, listed(t, got))
		}
		if c, ok := m.Constraint("/width"); !ok || c.Type != "integer" {
			t.Errorf("%s: constraint %+v", name, c)
		}
	}
	for document, want := range map[string]int{"true": 0, "{}": 0, "false": 1, `{"type":"array"}`: 1} {
		if got := mustCompile(t, document).Validate([]byte("{}")); len(got) != want {
			t.Errorf("%s: %s", document, listed(t, got))
		}
	}
}
