package diagnose

import (
	"encoding/json"
	"testing"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"mcp-taskdetails/schema"
)

// TestPatchesTogether applies the one patch that several findings make, as an agent does.
func TestPatchesTogether(t *testing.T) {
	const unsupported = `"code":"unsupportedParameter","message":"This parameter is not supported for the selected model.","taskUUID":"u","parameter":`
	for _, c := range []struct{ name, task, errors, want string }{
		{
			"a trimmed array and an item of it", `"lora":[{"weight":1},{"weight":1},{"weight":9}]`,
			`{"code":"a","message":"lora must contain at most 2 items.","parameter":"lora","taskUUID":"u"},{"code":"b","message":"Must be between 0 and 4.","parameter":"lora[2].weight","taskUUID":"u"}`,
			`"lora":[{"weight":1},{"weight":1}]`,
		},
		{
			"two items of one array", `"referenceImages":["a","b","c","d"]`,
			`{` + unsupported + `"referenceImages[1]"},{` + unsupported + `"referenceImages[2]"}`, `"referenceImages":["a","d"]`,
		},
		{
			"two items in one error", `"referenceImages":["a","b","c","d"]`,
			`{` + unsupported + `["referenceImages[1]","referenceImages[2]"]}`, `"referenceImages":["a","d"]`,
		},
		{
			"two inputs in the wrong place", `"image":"https://files.example.com/a.png","video":"https://files.example.com/b.mp4"`,
			`{"code":"missingParameter","message":"Missing required parameter: 'inputs.image'.","taskUUID":"u"},{"code":"missingParameter","message":"Missing required parameter: 'inputs.video'.","taskUUID":"u"}`,
			`"inputs":{"image":"https://files.example.com/a.png","video":"https://files.example.com/b.mp4"}`,
		},
		{
			"moved and not accepted", `"image":"https://files.example.com/a.png"`,
			`{"code":"missingParameter","message":"Missing required parameter: 'inputs.image'.","taskUUID":"u"},{` + unsupported + `"image"}`,
			`"inputs":{"image":"https://files.example.com/a.png"}`,
		},
		{"the same twice", `"steps":200`, `{` + unsupported + `"steps"},{"code":"unknownParameter","message":"Unknown parameter: 'steps'.","taskUUID":"u"}`, ``},
		{"every place of a name", `"lora":[{"model":"m","foo":1},{"model":"n","foo":2}]`, `{` + unsupported + `"lora.foo"}`, `"lora":[{"model":"m"},{"model":"n"}]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			request := `[{"taskUUID":"u","taskType":"imageInference",` + c.task + `}]`
			_, d := Task(t.Context(), schema.Task{TaskUUID: "u", Request: json.RawMessage(request), Response: json.RawMessage(`{"errors":[` + c.errors + `]}`)}, nil)
			doc := applied(t, []byte(request), d.Patch)
			want := `[{"taskUUID":"u","taskType":"imageInference"`
			if c.want != "" {
				want += "," + c.want
			}
			if want += `}]`; !jsonpatch.Equal(doc, []byte(want)) {
				t.Errorf("got %s\nwant %s", doc, want)
			}
		})
	}
}

// TestNotARule holds that numbers and words which are no rule for the value make neither a bound nor a patch.
func TestNotARule(t *testing.T) {
	for _, c := range []struct{ parameter, value, message string }{
		{"steps", `30`, "Invalid value for 'steps' parameter since 2025-10-12."},
		{"temperature", `5`, "Invalid value for 'temperature' parameter for Qwen 3 Max."},
		{"steps", `30`, "Invalid value for 'steps' parameter. FLUX 1 to 2 dropped it."},
		{"steps", `30`, "The steps parameter: sampling failed at step 12."},
		{"steps", `30`, "'steps': gave up, maximum of 5 retries reached"},
		{"strength", `0.3`, "Strength was refused 3 to 5 times."},
		{"positivePrompt", `"a prompt of some words"`, "The prompt must not exceed 77 tokens."},
		{"referenceImages", `["https://a.example.com/1","https://a.example.com/2","https://a.example.com/3"]`, "Only 2 images could be downloaded from 'referenceImages'."},
		{"referenceImages", `["https://a.example.com/1","https://a.example.com/2"]`, "Each image must be between 300 and 6000 pixels."},
		{"webhookURL", `"https://10.0.0.5/x"`, "10.0.0.5 is a private address (10.0.0.0-10.255.255.255)."},
		{"seedImage", `"https://a.example.com/1.png"`, "Invalid value for 'seedImage'. HTTP 403 after 2 to 3 attempts."},
		{"CFGScale", `60`, "CFGScale must be between 0 and 50, exclusive."},
		{"numFrames", `80`, "numFrames must be an odd integer between 9 and 257."},
		{"fps", `24`, "24 fps is not supported by this model."},
		{"scheduler", `"Foo"`, "Scheduler 'Foo' was removed."},
		{"messages", `[1,2,3,4,5]`, "Messages must not exceed 4 thousand tokens in total."},
	} {
		t.Run(c.message, func(t *testing.T) {
			request := `[{"taskUUID":"u","taskType":"imageInference","` + c.parameter + `":` + c.value + `}]`
			e, err := json.Marshal(map[string]any{"code": "xyz", "message": c.message, "parameter": c.parameter, "taskUUID": "u"})
			if err != nil {
				t.Fatal(err)
			}
			_, d := Task(t.Context(), schema.Task{TaskUUID: "u", Request: json.RawMessage(request), Response: json.RawMessage(`{"errors":[` + string(e) + `]}`)}, nil)
			if len(d.Patch) > 0 {
				t.Errorf("a patch without a rule: %v\n%s", d.Patch, d.Summary)
			}
			if d.Retry == schema.RetryAsIs {
				t.Errorf("a rule that was read in part is no contradiction: %s", d.Summary)
			}
		})
	}
}
