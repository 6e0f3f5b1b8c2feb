package mend

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// Random schemas of the keywords that published ones use, a task that passes, and one or two breakages of it. What must
// hold of every mend: it passes, with no more edits than there were breakages, touches no guarded member, and loses
// nothing of the user's but where a file was added that others exclude, since undoing the breakages loses nothing.
func TestRandomBreakages(t *testing.T) {
	mended := map[string]int{}
	var total, largest, validations int
	for seed := range uint64(600) {
		checkBreakages(t, seed, 1+seed%2, func(names []string, r Result) {
			total++
			validations += r.Validations
			largest = max(largest, r.Validations)
			for _, name := range names {
				mended[name]++
			}
		})
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	t.Logf("%d tasks mended, %.1f validations each, %d at most: %v", total, float64(validations)/float64(max(total, 1)), largest, mended)
	if total < 1500 || len(mended) < 10 {
		t.Errorf("%d tasks, %v: the generator is of no use", total, mended)
	}
}

// FuzzBreakages is the same for any seed, with up to three breakages.
func FuzzBreakages(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, seed, breakages uint64) {
		checkBreakages(t, seed, 1+breakages%3, func([]string, Result) {})
	})
}

// FuzzMend: any task of any shape on a published schema ends within the bounds, and nothing is changed.
func FuzzMend(f *testing.F) {
	models := []string{"runware_101_1", "klingai_kling-video_2.6-pro", "google_4_2", "topazlabs_video_1", "google_gemma_4-31b", "minimax_music_2.0"}
	for i := range models {
		f.Add(uint8(i), []byte(`{"positivePrompt":"a cat","width":"1024","seedImage":"https://example.com/a.png","inputs":{"images":["x"]}}`))
		f.Add(uint8(i), []byte(`{"taskType":1,"messages":{"role":"user"},"settings":{"steps":[20]},"":{"~/":null},"width":-1,"height":1e300}`))
	}
	paths, err := filepath.Glob("../modelschema/testdata/conditions/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".task") {
				for i := range models {
					f.Add(uint8(i), file.Data)
				}
			}
		}
	}
	var compiled []*modelschema.Model
	for _, name := range models {
		compiled = append(compiled, model(f, name))
	}
	m := mender(f)
	f.Fuzz(func(t *testing.T, which uint8, raw []byte) {
		task, err := request.Decode(raw)
		if err != nil {
			return
		}
		before := decode(t, raw)
		p := problem(compiled[int(which)%len(compiled)], task)
		checkResult(t, p, m.Mend(p))
		if !reflect.DeepEqual(task, before) {
			t.Error("the task was changed")
		}
	})
}

// checkResult holds what is true of every result.
func checkResult(t *testing.T, p Problem, r Result) {
	t.Helper()
	if r.Validations > MaxValidations || len(r.Mends) > maxAlternatives {
		t.Errorf("%d validations, %d mends", r.Validations, len(r.Mends))
	}
	all := slices.Clone(r.Mends)
	if r.Partial != nil {
		all = append(all, *r.Partial)
	}
	for _, m := range all {
		if len(m.Edits) > MaxEdits {
			t.Errorf("%d edits", len(m.Edits))
		}
		changed := patched(t, p.Task, m.Operations())
		if p.Validator.Accepts(changed) != m.Proved {
			t.Errorf("proved %t: %s", m.Proved, line(m))
		}
		settled := 0
		for _, e := range m.Edits {
			settled += len(e.Settles)
		}
		if m.Proved && settled != len(r.Broken) && r.Validations < MaxValidations {
			t.Errorf("settles %d of %d conditions: %s", settled, len(r.Broken), line(m))
		}
		if got, want := guardedIn(changed), guardedIn(p.Task); !reflect.DeepEqual(got, want) {
			t.Errorf("guarded members %v became %v: %s", want, got, line(m))
		}
		lost := material(nil, p.Task) - material(nil, changed)
		if lost > 0 && !m.Loses() {
			t.Errorf("loses %d without a word: %s", lost, line(m))
		}
	}
}

// guardedIn lists the guarded members of a task, with their values.
func guardedIn(task any) map[string]any {
	all := map[string]any{}
	var walk func(path string, value any)
	walk = func(path string, value any) {
		switch v := value.(type) {
		case map[string]any:
			for name, member := range v {
				if parameter.Guarded(name) {
					all[path+"/"+name] = member
				}
				walk(path+"/"+name, member)
			}
		case []any:
			for _, item := range v {
				walk(path+"/-", item)
			}
		}
	}
	walk("", task)
	return all
}

// checkBreakages breaks some tasks of one schema, and hands over each mend.
func checkBreakages(t *testing.T, seed, breakages uint64, mended func(names []string, r Result)) {
	t.Helper()
	g := generator{rand.New(rand.NewPCG(seed, 3))}
	document := g.schema()
	answer, err := json.Marshal(map[string]any{"requestSchema": document})
	if err != nil {
		t.Fatal(err)
	}
	model, err := modelschema.Parse(answer)
	if err != nil {
		t.Fatalf("%v\n%s", err, answer)
	}
	for range 4 {
		task := g.passing(model, document)
		if task == nil {
			continue
		}
		broken := any(task)
		var names []string
		for range 4 * breakages {
			if name, next := g.breakage(model, broken); next != nil && len(names) < int(breakages) {
				broken = next
				names = append(names, name)
			}
		}
		if len(names) > 0 && !model.Accepts(broken) {
			mended(names, checkBreakage(t, model, answer, broken, names))
		}
	}
}

func checkBreakage(t *testing.T, model *modelschema.Model, answer []byte, broken any, names []string) Result {
	t.Helper()
	before := fmt.Sprint(broken)
	p := problem(model, broken)
	r := mender(t).Mend(p)
	checkResult(t, p, r)
	if fmt.Sprint(broken) != before {
		t.Error("the task was changed")
	}
	tell := func(format string, args ...any) {
		conditions, _ := model.Broken(broken)
		text, _ := json.Marshal(broken)
		kinds := []string{}
		for _, c := range conditions {
			kinds = append(kinds, string(c.Kind)+" "+c.Pointer)
		}
		t.Errorf("%s\nbreakages %v\n%s\nconditions %v\n%s\n%s", fmt.Sprintf(format, args...), names, text, kinds, describe(r), answer)
	}
	if len(r.Mends) == 0 {
		tell("no mend")
		return r
	}
	for _, m := range r.Mends {
		changed := patched(t, broken, m.Operations())
		files := 0
		for _, name := range names {
			if name == "file" {
				files++
			}
		}
		// A file is kept at the price of more settings.
		if len(m.Edits) > len(names) && files == 0 {
			tell("%d edits for %d breakages: %s", len(m.Edits), len(names), line(m))
		}
		if lost := material(nil, broken) - material(nil, changed); lost > files || m.Loses() && files == 0 {
			tell("loses %d, which undoing keeps: %s", lost, line(m))
		}
	}
	return r
}

type generator struct{ *rand.Rand }

func (g generator) chance(percent int) bool { return g.IntN(100) < percent }

func pick[T any](g generator, of []T) T { return of[g.IntN(len(of))] }

// schema makes a document of the shape that Runware publishes, over a few names.
func (g generator) schema() map[string]any {
	media := func() map[string]any {
		return map[string]any{"type": "string", "anyOf": []any{map[string]any{"format": "uuid"}, map[string]any{"format": "uri"}}}
	}
	properties := map[string]any{
		"taskType": map[string]any{"type": "string", "const": "imageInference"}, "taskUUID": map[string]any{"type": "string", "format": "uuid"},
		"webhookURL":     map[string]any{"type": "string", "format": "uri"},
		"positivePrompt": map[string]any{"type": "string", "minLength": 2},
		"width":          map[string]any{"type": "integer", "minimum": 128, "maximum": 2048, "multipleOf": pick(g, []int{8, 16, 64})},
		"height":         map[string]any{"type": "integer", "minimum": 128, "maximum": 2048, "multipleOf": 64},
	}
	for name, rule := range map[string]map[string]any{
		"steps":          {"type": "integer", "minimum": 1, "maximum": pick(g, []int{30, 100})},
		"CFGScale":       {"type": "number", "minimum": 0, "maximum": 20, "multipleOf": 0.5},
		"strength":       {"type": "number", "minimum": 0, "maximum": 1},
		"scheduler":      {"type": "string", "enum": []any{"Euler", "DDIM", "UniPC"}},
		"outputFormat":   {"type": "string", "oneOf": []any{map[string]any{"const": "JPG"}, map[string]any{"const": "PNG"}, map[string]any{"const": "WEBP"}}},
		"teaCache":       {"type": "boolean"},
		"dbCache":        {"type": "boolean"},
		"numberResults":  {"type": "integer", "minimum": 1, "maximum": 4},
		"negativePrompt": {"type": "string", "minLength": 2},
	} {
		if g.chance(70) {
			properties[name] = rule
		}
	}
	inputs := map[string]any{"seedImage": media(), "maskImage": media(), "referenceImages": map[string]any{"type": "array", "minItems": 1, "maxItems": 2 + g.IntN(2), "items": media()}}
	for name := range inputs {
		if g.chance(30) && len(inputs) > 1 {
			delete(inputs, name)
		}
	}
	settings := map[string]any{"quality": map[string]any{"type": "string", "enum": []any{"low", "high"}}, "layerDiffuse": map[string]any{"type": "boolean"}, "maskMargin": map[string]any{"type": "integer", "minimum": 32, "maximum": 128}}
	properties["inputs"] = map[string]any{"type": "object", "properties": inputs, "additionalProperties": false}
	properties["settings"] = map[string]any{"type": "object", "properties": settings, "additionalProperties": false}
	var conditions []any
	for range g.IntN(4) {
		if c := g.condition(properties, inputs); c != nil {
			conditions = append(conditions, c)
		}
	}
	document := map[string]any{
		"$schema": "https://json-schema.org/draft/2019-09/schema", "type": "object", "properties": properties,
		"additionalProperties": false, "required": []any{"taskType", "taskUUID", "positivePrompt"},
	}
	if len(conditions) > 0 {
		document["allOf"] = conditions
	}
	return document
}

func (g generator) condition(properties, inputs map[string]any) any {
	plain := func(but ...string) string {
		var names []string
		for name := range properties {
			if !slices.Contains([]string{"taskType", "taskUUID", "webhookURL", "positivePrompt", "inputs", "settings", "width", "height", "negativePrompt"}, name) && !slices.Contains(but, name) {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		if len(names) == 0 {
			return "steps"
		}
		return pick(g, names)
	}
	medium := pick(g, slices.Sorted(maps.Keys(inputs)))
	has := func(name string) map[string]any { return map[string]any{"required": []any{name}} }
	hasInput := map[string]any{"properties": map[string]any{"inputs": has(medium)}, "required": []any{"inputs"}}
	a := plain()
	b := plain(a)
	if a == b {
		return nil
	}
	switch g.IntN(8) {
	case 0:
		return map[string]any{"dependentRequired": map[string]any{"width": []any{"height"}, "height": []any{"width"}}}
	case 1:
		return map[string]any{"if": hasInput, "then": map[string]any{"not": map[string]any{"anyOf": []any{has("width"), has("height")}}}}
	case 2:
		return map[string]any{"not": map[string]any{"required": []any{a, b}}}
	case 3:
		return map[string]any{"if": has(a), "then": map[string]any{"not": has(b)}}
	case 4:
		return map[string]any{"if": map[string]any{"anyOf": []any{has("width"), has("height")}}, "then": map[string]any{"oneOf": []any{
			map[string]any{"title": "square", "properties": map[string]any{"width": map[string]any{"const": 1024}, "height": map[string]any{"const": 1024}}},
			map[string]any{"title": "wide", "properties": map[string]any{"width": map[string]any{"const": 1344}, "height": map[string]any{"const": 768}}},
		}}}
	case 5:
		return map[string]any{"not": map[string]any{"allOf": []any{has(a), hasInput}}}
	case 6:
		return map[string]any{"dependentSchemas": map[string]any{a: map[string]any{"properties": map[string]any{b: false}}}}
	default:
		return map[string]any{"if": map[string]any{"properties": map[string]any{"settings": map[string]any{"properties": map[string]any{"quality": map[string]any{"const": "high"}}, "required": []any{"quality"}}}, "required": []any{"settings"}}, "then": map[string]any{"not": has(a)}}
	}
}

// passing makes a task that the schema accepts, nil if it finds none.
func (g generator) passing(model *modelschema.Model, document map[string]any) map[string]any {
	properties, _ := document["properties"].(map[string]any)
	for range 30 {
		task := g.object(properties, 40)
		task["positivePrompt"], task["taskType"], task["taskUUID"] = "a cat", "imageInference", "5c001eef-0000-4000-8000-000000000001"
		if _, ok := task["width"]; ok && g.chance(50) {
			task["width"], task["height"] = json.Number("1024"), json.Number("1024")
		}
		if model.Accepts(task) {
			return task
		}
	}
	return nil
}

func (g generator) object(properties map[string]any, percent int) map[string]any {
	task := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		rule, _ := properties[name].(map[string]any)
		if !g.chance(percent) {
			continue
		}
		value := g.valid(rule)
		if inner, ok := value.(map[string]any); ok && len(inner) == 0 {
			continue
		}
		task[name] = value
	}
	return task
}

func (g generator) valid(rule map[string]any) any {
	if inner, ok := rule["properties"].(map[string]any); ok {
		return g.object(inner, 50)
	}
	if list, ok := rule["enum"].([]any); ok {
		return pick(g, list)
	}
	if list, ok := rule["oneOf"].([]any); ok {
		one, _ := pick(g, list).(map[string]any)
		return one["const"]
	}
	switch rule["type"] {
	case "integer":
		low, _ := rule["minimum"].(int)
		high, _ := rule["maximum"].(int)
		step, _ := rule["multipleOf"].(int)
		n := low + g.IntN(high-low+1)
		if step > 0 {
			n -= n % step
			n = max(n, (low+step-1)/step*step)
		}
		return jsonInt(n)
	case "number":
		return pick(g, []any{json.Number("0.5"), json.Number("1"), json.Number("0")})
	case "boolean":
		return g.chance(70)
	case "array":
		return []any{"https://example.com/a.png"}
	default:
		if rule["anyOf"] != nil || rule["format"] == "uri" {
			return "https://example.com/a.png"
		}
		return "some words"
	}
}

// breakage breaks a task in one way; nil where that way does not break it.
func (g generator) breakage(model *modelschema.Model, task any) (string, any) {
	object, _ := task.(map[string]any)
	var paths []string
	for _, place := range model.Places() {
		path := rawjson.Tokens(place)
		if _, there := request.Resolve(task, place); there && !onGuard(path) && place != "/inputs" && place != "/settings" && !strings.Contains(place, "*") {
			paths = append(paths, place)
		}
	}
	if len(paths) == 0 {
		return "", nil
	}
	from := pick(g, paths)
	path := rawjson.Tokens(from)
	value, _ := request.Resolve(task, from)
	name := path[len(path)-1]
	operations := func(name string, all ...request.Operation) (string, any) {
		next, err := request.Apply(task, all)
		if err != nil || model.Accepts(next) {
			return "", nil
		}
		return name, next
	}
	switch g.IntN(11) {
	case 0: // out of its object
		if len(path) == 2 && object[name] == nil {
			return operations("moved up", request.Operation{Op: "move", From: from, Path: "/" + name})
		}
	case 1: // into one
		if len(path) == 1 && object["settings"] != nil {
			return operations("moved down", request.Operation{Op: "move", From: from, Path: "/settings/" + name})
		}
	case 2:
		var spelt strings.Builder
		for _, r := range name {
			if r >= 'A' && r <= 'Z' {
				spelt.WriteByte('_')
			}
			spelt.WriteString(strings.ToLower(string(r)))
		}
		if spelt.String() != name {
			return operations("spelt", request.Operation{Op: "move", From: from, Path: strings.TrimSuffix(from, name) + spelt.String()})
		}
	case 3:
		if _, isText := value.(string); !isText && plain(value) != "" && !isSide(name) {
			return operations("typed", request.Operation{Op: "replace", Path: from, Value: plain(value)})
		}
	case 4:
		if text, isText := value.(string); isText && material(path, value) == 0 && !parameter.Guarded(name) {
			return operations("lettered", request.Operation{Op: "replace", Path: from, Value: strings.ToUpper(text) + strings.Repeat("_", g.IntN(2))})
		}
	case 5:
		if n, isNumber := number(value); isNumber && n.IsInt() {
			return operations("over", request.Operation{Op: "replace", Path: from, Value: json.Number("100000")})
		}
	case 6:
		return operations("unknown", request.Operation{Op: "add", Path: "/" + pick(g, []string{"frobnicate", "acceleration", "quantum"}), Value: json.Number("1")})
	case 7:
		if text, isText := value.(string); isText && strings.HasSuffix(name, "Image") && !strings.Contains(text, "\n") {
			return operations("wrapped", request.Operation{Op: "replace", Path: from, Value: []any{text}})
		}
		if list, isList := value.([]any); isList && len(list) == 1 {
			return operations("unwrapped", request.Operation{Op: "replace", Path: from, Value: list[0]})
		}
	case 8: // a setting that others exclude
		for _, other := range []string{"teaCache", "dbCache", "steps", "CFGScale", "strength", "scheduler", "numberResults"} {
			if _, there := object[other]; there || !slices.Contains(model.Places(), "/"+other) {
				continue
			}
			rule, _ := model.Constraint("/" + other)
			if name, next := operations("conflict", request.Operation{Op: "add", Path: "/" + other, Value: fitting(rule)}); next != nil {
				return name, next
			}
		}
	case 10: // a file that others exclude
		inputs, _ := object["inputs"].(map[string]any)
		for _, other := range []string{"maskImage", "seedImage"} {
			if _, there := inputs[other]; there || inputs == nil || !slices.Contains(model.Places(), "/inputs/"+other) {
				continue
			}
			if name, next := operations("file", request.Operation{Op: "add", Path: "/inputs/" + other, Value: "https://example.com/b.png"}); next != nil {
				return name, next
			}
		}
	case 9:
		if object["width"] != nil && object["height"] != nil {
			return operations("size", request.Operation{Op: "replace", Path: "/width", Value: json.Number("1000")}, request.Operation{Op: "replace", Path: "/height", Value: json.Number("1000")})
		}
	}
	return "", nil
}

func fitting(rule schema.Constraint) any {
	if len(rule.Allowed) > 0 {
		return decoded(rule.Allowed[0])
	}
	if rule.Type == "boolean" {
		return true
	}
	return json.Number("1")
}
