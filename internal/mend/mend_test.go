package mend

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/schema"
)

// The table of aliases does not load with a row that its own examples contradict.
func TestAliases(t *testing.T) {
	for _, c := range []struct{ name, row, problem string }{
		{"good", "cfg gScale > CFGScale | strength of guidance | g_scale | CFGStartStep", ""},
		{"comment", "# cfg > x", ""},
		{"the example is none", "cfg > CFGScale | guidance | scale | CFGStartStep", `"scale" is none of its words`},
		{"the counter-example is one", "cfg scale > CFGScale | guidance | cfg | Scale", `"Scale" is one of its words`},
		{"no meaning", "cfg > CFGScale | | cfg | scale", "is not `words > names"},
		{"no names", "cfg | guidance | cfg | scale", "is not `words > names"},
		{"a column too many", "cfg > CFGScale | guidance | cfg | scale | x", "is not `words > names"},
	} {
		_, err := readAliases(c.row + "\n")
		if c.problem == "" && err != nil || c.problem != "" && (err == nil || !strings.Contains(err.Error(), c.problem)) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	m := mender(t)
	for _, c := range []struct {
		name, accepted string
		want           likeness
	}{
		{"cfg", "CFGScale", known},
		{"guidance_scale", "CFGScale", known},
		{"negative", "negativePrompt", known},
		{"max_tokens", "maxTokens", spelt},
		{"inputImage", "image", known},
		{"guideImage", "guideImages", plural},
		{"schedular", "scheduler", mistyped},
		{"fps", "steps", foreign},
		{"CFGStartStep", "CFGScale", foreign},
		{"steps", "steps", same},
		{strings.Repeat("s", 1000), strings.Repeat("s", 999), foreign},
	} {
		if got := m.alike(c.name, c.accepted); got != c.want {
			t.Errorf("%.20s, %.20s: %d, want %d", c.name, c.accepted, got, c.want)
		}
	}
}

// What decides whose task it is, where its results go and whether they are checked is in no patch.
func TestGuarded(t *testing.T) {
	m := model(t, "google_4_2")
	const sound = `"taskType":"imageInference","taskUUID":"5c001eef-0000-4000-8000-000000000001","model":"google:4@2","positivePrompt":"a cat","resolution":"1k"`
	for _, c := range []struct{ name, task, want string }{
		{"a destination with a wrong value", `{` + sound + `,"webhookURL":"no url"}`, ""},
		{"a destination that is not accepted", `{` + sound + `,"downloadURL":"https://example.com/x"}`, ""},
		{"a key in an object that is not accepted", `{` + sound + `,"extra":{"apiKey":"made-up-key-0000"}}`, ""},
		{"a destination under another spelling", `{` + sound + `,"webhook_url":"https://example.com/x"}`, ""},
		{"the type of the task", `{` + strings.Replace(sound, "imageInference", "ImageInference", 1) + `}`, ""},
		{"a check of the result", `{` + sound + `,"safety":{"mode":"fast"}}`, ""},
		{"a check of the result, typed", `{` + sound + `,"safety":{"checkContent":"true"}}`, "normalise /safety/checkContent=true"},
		{"a check of the result, elsewhere", `{` + sound + `,"checkNSFW":true}`, "move /checkNSFW→/safety/checkContent"},
		{"a check of the result, within what is taken apart", `{` + sound + `,"options":{"checkNSFW":true,"outputQuality":80}}`, "move /options/checkNSFW→/safety/checkContent /options/outputQuality→/outputQuality"},
		{"a destination within what is taken apart", `{` + sound + `,"options":{"webhookURL":"https://example.com/x","outputQuality":80}}`, ""},
		{"a check that nothing takes, within such", `{` + sound + `,"options":{"moderationLevel":3,"outputQuality":80}}`, ""},
		{"another spelling of the model", `{` + strings.Replace(sound, "google:4@2", "Google:4@2", 1) + `}`, "normalise /model=\"google:4@2\""},
		{"a check of the result, unknown", `{` + sound + `,"safety":{"level":3}}`, "remove /safety/level→"},
	} {
		r := mender(t).Mend(problem(m, decode(t, []byte(c.task))))
		got := ""
		if len(r.Mends) > 0 {
			got, _, _ = strings.Cut(line(r.Mends[0]), " #")
		}
		if c.name == "a check of the result, unknown" {
			// Inside of an object that is kept nothing is removed either: what is there may be a check.
			c.want = ""
		}
		if got != c.want || r.Partial != nil {
			t.Errorf("%s: %q, want %q (partial %v)", c.name, got, c.want, r.Partial)
		}
	}
}

// Of equally small mends those of the member that the error named come first, and ties are kept.
func TestHints(t *testing.T) {
	task := decode(t, []byte(`{"taskType":"textInference","taskUUID":"5c001eef-0000-4000-8000-000000000001","model":"google:gemma@4-31b","messages":[{"role":"user","content":"hello"}],"settings":{"temperature":0.5,"topP":0.9}}`))
	for _, hint := range []string{"/settings/topP", "/settings/temperature"} {
		p := problem(model(t, "google_gemma_4-31b"), task)
		p.Hints = []string{hint}
		r := mender(t).Mend(p)
		if len(r.Mends) != 2 || r.Mends[0].Edits[0].Changes[0].From != hint || r.Mends[0].Cost != r.Mends[1].Cost {
			t.Errorf("%s: %s", hint, describe(r))
		}
	}
}

// What is to be kept is taken out by no edit, and what a task is made of by none that leaves nothing.
func TestKeeps(t *testing.T) {
	const size = `{"taskType":"imageInference","taskUUID":"5c001eef-0000-4000-8000-000000000001","model":"google:4@2","positivePrompt":"a cat","width":1344,"height":768,"inputs":{"referenceImages":["https://example.com/a.png"],"maskImage":"https://example.com/m.png"}}`
	const mesh = `{"taskType":"3dInference","taskUUID":"5c001eef-0000-4000-8000-000000000001","model":"tripo:v3.1@0","negativePrompt":"a base","inputs":{"images":["https://example.com/a.png"]}}`
	for _, c := range []struct{ model, task, keeps, want string }{
		{"google_4_2", size, "", "remove /width→ /height→"},
		{"google_4_2", size, "/width", "remove /inputs/maskImage→"},
		{"tripo_v3.1_0", mesh, "", "remove /negativePrompt→"},
		{"tripo_v3.1_0", mesh, "/negativePrompt", ""},
	} {
		p := problem(model(t, c.model), decode(t, []byte(c.task)))
		if c.keeps != "" {
			p.Keeps = []string{c.keeps}
		}
		r, got := mender(t).Mend(p), ""
		if len(r.Mends) > 0 {
			got, _, _ = strings.Cut(line(r.Mends[0]), " #")
		}
		if got != c.want || r.Exhausted {
			t.Errorf("%s without %s: %q, want %q", c.model, c.keeps, got, c.want)
		}
	}
}

// A validator that nothing satisfies, and that always has something new to say.
type endless struct{ asked int }

func (e *endless) Accepts(any) bool { e.asked++; return false }

func (e *endless) Broken(task any) ([]schema.Condition, bool) {
	e.asked++
	object, _ := task.(map[string]any)
	var all []schema.Condition
	for name := range object {
		all = append(all, schema.Condition{Kind: schema.BreachUnknown, Pointer: "/" + name, Members: []schema.Premise{{Pointer: "/" + name, State: schema.StatePresent}}})
	}
	return all, true
}

func TestBounds(t *testing.T) {
	task := map[string]any{}
	for i := range 40 {
		task[fmt.Sprintf("name%d", i)] = true
	}
	e := &endless{}
	r := mender(t).Mend(Problem{Task: task, Validator: e})
	if e.asked > MaxValidations || r.Validations != e.asked || len(r.Mends) > 0 || !r.Exhausted {
		t.Errorf("asked %d times, %+v", e.asked, r)
	}

	left := 5
	e = &endless{}
	r = mender(t).Mend(Problem{Task: task, Validator: e, Spent: func() bool { left--; return left < 0 }})
	if e.asked != 5 || r.Validations != 5 || !r.Exhausted {
		t.Errorf("out of time: asked %d times, %+v", e.asked, r)
	}
}

// A task beyond the bound of edits gets what could be proved of it, unproved as a whole.
func TestPartial(t *testing.T) {
	task := decode(t, []byte(`{"taskType":"imageInference","taskUUID":"5c001eef-0000-4000-8000-000000000001","model":"runware:101@1","prompt":"a cat","width":1024,"height":1024,"cfg":7,"negative":"dogs","num_inference_steps":30,"n":2,"sampler":"euler"}`))
	r := mender(t).Mend(problem(model(t, "runware_101_1"), task))
	if len(r.Mends) > 0 || !r.Exhausted || r.Partial == nil || r.Partial.Proved || len(r.Partial.Edits) != MaxEdits {
		t.Errorf("%s", describe(r))
	}
	if !reflect.DeepEqual(r, mender(t).Mend(problem(model(t, "runware_101_1"), task))) {
		t.Error("not the same twice")
	}
}

func TestNormalised(t *testing.T) {
	number := func(low, high, step string) schema.Constraint {
		c := schema.Constraint{Type: "number"}
		c.Min, c.Max, c.MultipleOf = jsonNumber(low), jsonNumber(high), jsonNumber(step)
		return c
	}
	list := func(values ...string) schema.Constraint {
		var c schema.Constraint
		for _, v := range values {
			c.Allowed = append(c.Allowed, schema.Value(v))
		}
		return c
	}
	for _, c := range []struct {
		name, value string
		rule        schema.Constraint
		want        string
	}{
		{"letter case", `"mp4"`, list(`"MP4"`, `"WEBM"`), `"MP4"`},
		{"separators", `"dpm_2m"`, list(`"DPM 2M"`, `"DPM"`), `"DPM 2M"`},
		{"one format", `"jpeg"`, list(`"JPG"`, `"PNG"`), `"JPG"`},
		{"a listed number as text", `"5"`, list(`5`, `10`), `5`},
		{"a listed number with its unit", `"5s"`, list(`5`, `10`), `5`},
		{"the nearest number", `7`, list(`5`, `10`), `5`},
		{"the nearest with a unit", `"720p"`, list(`"480p"`, `"768p"`), `"768p"`},
		{"the nearest size", `"1920x1080"`, list(`"1024x1024"`, `"1344x768"`), `"1344x768"`},
		{"a typing error", `"Eulr a"`, list(`"Euler a"`, `"DDIM"`), `"Euler a"`},
		{"the only value", `"base64Data"`, list(`"URL"`), `"URL"`},
		{"any other word", `"cinematic"`, list(`"URL"`, `"file"`), ``},
		{"off is not on", `false`, list(`true`), ``},
		{"on, as text", `"true"`, list(`true`), `true`},
		{"too large", `30`, number("0", "20", ""), `20`},
		{"off the grid", `1000`, number("128", "2048", "64"), `1024`},
		{"beyond a bound that is off the grid", `5000`, number("0", "100", "64"), `64`},
		{"a number as text", `"7"`, number("0", "20", ""), `7`},
		{"a number as text, too large", `"30"`, number("0", "20", ""), `20`},
		{"no number", `"many"`, number("0", "20", ""), ``},
		{"next to an open bound", `0`, schema.Constraint{Type: "number", ExclusiveMin: "0"}, ``},
		{"a whole number", `2.5`, schema.Constraint{Type: "integer"}, `3`},
		{"one in a list", `"a"`, schema.Constraint{Type: "array"}, `["a"]`},
		{"one out of a list", `["a"]`, schema.Constraint{Type: "string"}, `"a"`},
		{"two out of a list", `["a","b"]`, schema.Constraint{Type: "string"}, ``},
		{"an absurd number", `1e300`, number("0", "20", ""), ``},
	} {
		value := decode(t, []byte(c.value))
		got := ""
		if changed, _, ok := normalised(value, c.rule); ok {
			got = short(changed)
		}
		if got != c.want {
			t.Errorf("%s: %s becomes %q, want %q", c.name, c.value, got, c.want)
		}
	}
}

func BenchmarkMend(b *testing.B) {
	for _, name := range []string{"runware_500_1", "google_4_2"} {
		b.Run(name, func(b *testing.B) {
			tasks := map[string]string{
				"runware_500_1": `{"taskType":"upscale","taskUUID":"5c001eef-0000-4000-8000-000000000001","model":"runware:500@1","inputImage":"https://example.com/a.png","steps":20,"upscaleFactor":2}`,
				"google_4_2":    `{"taskType":"imageInference","taskUUID":"5c001eef-0000-4000-8000-000000000001","model":"google:4@2","positivePrompt":"a cat","width":1920,"height":1080}`,
			}
			m := model(b, name)
			p := Problem{Task: decode(b, []byte(tasks[name])), Validator: m, Places: m.Places(), Rule: m.Constraint}
			mend := mender(b)
			b.ReportAllocs()
			for b.Loop() {
				if r := mend.Mend(p); len(r.Mends) == 0 {
					b.Fatal("no mend")
				}
			}
		})
	}
}

var _ Validator = (*modelschema.Model)(nil)

// A value that goes into a list, or out of one, is moved: a patch that repeats an image is of no use to anybody.
func TestLargeValues(t *testing.T) {
	image := "data:image/png;base64," + strings.Repeat("iVBORw0K", 1000)
	for _, task := range []string{
		`"inputs":{"seedImage":["` + image + `"]}`,
		`"ipAdapters":[{"model":"runware:56@1","guideImages":"` + image + `"}]`,
		`"ipAdapters":{"model":"runware:56@1","guideImages":["` + image + `"]}`,
		`"seedImage":"` + image + `","strength":0.5`,
		`"ipAdapters":[{"model":"runware:56@1","guideImage":"` + image + `"}]`,
	} {
		full := decode(t, []byte(`{"taskType":"imageInference","taskUUID":"5c001eef-0000-4000-8000-000000000001","model":"runware:101@1","positivePrompt":"a cat","width":1024,"height":1024,`+task+`}`))
		p := problem(model(t, "runware_101_1"), full)
		r := mender(t).Mend(p)
		checkResult(t, p, r)
		if len(r.Mends) != 1 || r.Mends[0].Loses() || len(describe(r)) > 500 {
			t.Errorf("%.40s: %.500s", task, describe(r))
		}
	}
}

// A value goes into an object or a list, or out of one, wherever it stands, and its neighbours stay where they are.
func TestShapes(t *testing.T) {
	m, err := modelschema.Parse([]byte(`{"requestSchema":{"type":"object","additionalProperties":false,"properties":{
		"objects":{"type":"array","items":{"type":"object","required":["image"],"properties":{"image":{"type":"string"},"frame":{"type":"string"}},"additionalProperties":false}},
		"texts":{"type":"array","items":{"type":"string"}},
		"lists":{"type":"array","items":{"type":"array","items":{"type":"string"}}},
		"object":{"type":"object","required":["image"],"properties":{"image":{"type":"string"}},"additionalProperties":false},
		"text":{"type":"string"},
		"list":{"type":"array","items":{"type":"string"}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", 300)
	for _, c := range []struct{ task, want string }{
		{`{"objects":[{"image":"a"},"b",{"image":"c"}]}`, `{"objects":[{"image":"a"},{"image":"b"},{"image":"c"}]}`},
		{`{"objects":["a"]}`, `{"objects":[{"image":"a"}]}`},
		{`{"objects":"a"}`, `{"objects":[{"image":"a"}]}`},
		{`{"texts":["a",{"image":"b"},"c"]}`, `{"texts":["a","b","c"]}`},
		{`{"texts":["a",["b"],"c"]}`, `{"texts":["a","b","c"]}`},
		{`{"lists":[["a"],"` + long + `",["c"]]}`, `{"lists":[["a"],["` + long + `"],["c"]]}`},
		{`{"object":"a"}`, `{"object":{"image":"a"}}`},
		{`{"text":{"url":"a"}}`, `{"text":"a"}`},
		{`{"text":["a"]}`, `{"text":"a"}`},
		{`{"list":"` + long + `"}`, `{"list":["` + long + `"]}`},
	} {
		p := problem(m, decode(t, []byte(c.task)))
		r := mender(t).Mend(p)
		checkResult(t, p, r)
		if len(r.Mends) != 1 || r.Mends[0].Loses() || !reflect.DeepEqual(patched(t, p.Task, r.Mends[0].Operations()), decode(t, []byte(c.want))) {
			t.Errorf("%.60s: %s", c.task, describe(r))
		}
	}
}
