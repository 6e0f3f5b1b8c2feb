package diagnose

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"mcp-taskdetails/schema"
)

// Of several tasks that failed together, what goes again as it is goes alone: one that wants a decision is held back.
func TestSiblingsOfAnError(t *testing.T) {
	const request = `[{"taskType":"imageInference","taskUUID":"c0000000-0000-4000-8000-000000000001","model":"google:4@1","positivePrompt":"a"},` +
		`{"taskType":"imageInference","taskUUID":"c0000000-0000-4000-8000-000000000002","model":"google:4@1","positivePrompt":"b"},` +
		`{"taskType":"imageInference","taskUUID":"c0000000-0000-4000-8000-000000000003","model":"google:4@1","positivePrompt":"c"}]`
	const late = `{"code":"timeoutProvider","message":"The external provider did not respond.","taskUUID":"c0000000-0000-4000-8000-000000000001"}`
	for other, want := range map[string]struct {
		resend []int
		step   string
	}{
		`{"code":"invalidProviderContent","message":"Invalid content detected in the prompt.","taskUUID":"c0000000-0000-4000-8000-000000000003"}`: {[]int{0}, "that is task 0 alone; task 1 already has results; before task 2 goes again, reword the prompt"},
		`{"code":"timeoutProvider","message":"The external provider did not respond.","taskUUID":"c0000000-0000-4000-8000-000000000003"}`:         {[]int{0, 2}, "that is tasks 0 and 2 alone; task 1 already has results."},
	} {
		_, d := Error(t.Context(), schema.Task{Request: []byte(request), Response: []byte(`{"data":[{"taskUUID":"c0000000-0000-4000-8000-000000000002","imageURL":"https://im.runware.ai/a.jpg"}],"errors":[` + late + "," + other + `]}`)}, nil)
		if d.Retry != schema.RetryAsIs || !slices.Equal(d.Resend, want.resend) || !strings.Contains(d.NextStep, want.step) || strings.Contains(d.NextStep, "mend the other") {
			t.Errorf("%s: resend %v, %s", d.Retry, d.Resend, d.NextStep)
		}
	}
}

// Without a request an error still says which parameter it refuses and what is accepted there.
func TestErrorWithoutRequest(t *testing.T) {
	for _, c := range []struct{ response, parameter, summary, step string }{
		{
			`{"code":"invalidCFGScale","message":"Invalid value for CFGScale parameter. Must be between 0 and 20.","parameter":"CFGScale"}`,
			"CFGScale", "Runware refuses the value of `CFGScale`; accepted is 0 to 20.", "0 to 20",
		},
		{
			`{"code":"invalidWidth","message":"Width must be a multiple of 64 between 128 and 2048"}`,
			"width", "Runware refuses the value of `width`; accepted is 128 to 2048, multiple of 64.", "128 to 2048",
		},
		{
			`{"code":"invalidOutputFormat","message":"Invalid output format.","parameter":"outputFormat","allowedValues":["JPG","PNG","WEBP"]}`,
			"outputFormat", "Runware refuses the value of `outputFormat`; accepted is JPG, PNG, WEBP.", "JPG, PNG, WEBP",
		},
		{
			`{"code":"unsupportedDimensions","message":"Unsupported use of width/height parameters. Supported values are: 1024x1024, 1248x832"}`,
			"width/height", "Runware refuses the value of `width/height`; accepted is 1024x1024, 1248x832.", "1248x832",
		},
		{
			`{"code":"invalidScheduler","message":"Invalid scheduler","parameter":"scheduler"}`,
			"scheduler", "Runware refuses the value of `scheduler`; what it accepts is not said in a form that could be checked.", "another value for `scheduler`",
		},
		{
			`{"code":"unsupportedParameter","message":"Unsupported parameter: negativePrompt is not supported by this model.","parameter":"negativePrompt"}`,
			"negativePrompt", "Runware does not accept `negativePrompt`.", "Remove `negativePrompt`",
		},
		{
			`{"code":"unsupportedParameter","message":"Unsupported use of cfg parameter. Allowed values are: CFGScale, steps, width.","parameter":"cfg"}`,
			"cfg", "Runware does not accept `cfg`; its list of accepted parameters has `CFGScale`.", "Rename `cfg` to `CFGScale`",
		},
		{
			`{"code":"unsupportedParameter","message":"Unsupported use of referenceImages parameter. Allowed values are: inputs.referenceImages, steps, width.","parameter":"referenceImages"}`,
			"referenceImages", "Runware does not accept `referenceImages`; its list of accepted parameters has `inputs.referenceImages`.", "Move `referenceImages` to `inputs.referenceImages`",
		},
		{
			`{"code":"invalidDimensions","message":"Invalid dimensions. The total area (width × height) must be within the range of 2560×1440 to 4096×4096.","parameter":["width","height"]}`,
			"width/height", "Runware refuses the value of `width/height`; accepted is total area 2560x1440 to 4096x4096.", "total area 2560x1440 to 4096x4096",
		},
		{
			`{"code":"invalidInputImage","message":"Invalid value for inputs.image: must be a UUID v4, a data URI, base64 or a public URL.","parameter":"inputs.image"}`,
			"inputs.image", "Runware refuses the value of `inputs.image`; accepted is UUID v4, data URI, base64, or public URL.", "Send `inputs.image` as a public URL",
		},
		{
			`{"code":"invalidInputImage","message":"The file must not exceed 10 MB.","parameter":"inputs.image"}`,
			"inputs.image", "A file of the request is too large, in bytes (at most 10 MB).", "Make the file smaller",
		},
	} {
		_, d := Error(t.Context(), schema.Task{Response: []byte(`{"errors":[` + c.response + `]}`)}, nil)
		if len(d.Findings) != 1 || d.Findings[0].Parameter != c.parameter || d.Findings[0].Constraint == nil && c.parameter != "scheduler" {
			t.Errorf("%s: findings %+v", c.response, d.Findings)
		}
		if d.Summary != c.summary || !strings.Contains(d.NextStep, c.step) || d.Retry != schema.RetryAfterDecision || len(d.Patch) > 0 {
			t.Errorf("%s: %q, %q, %s", c.response, d.Summary, d.NextStep, d.Retry)
		}
	}
}

// A task that lacks its taskUUID is judged as if it had one: that nobody here may make one hides nothing else.
func TestRequestWithoutID(t *testing.T) {
	m := published(t)
	for _, c := range []struct{ task, patch, step string }{
		{
			`{"taskType":"imageInference","model":"runware:101@1","positivePrompt":"cat","width":1000,"height":1024,"step":30}`,
			`[{"op":"move","from":"/0/step","path":"/0/steps"},{"op":"replace","path":"/0/width","value":1024}]`,
			"Rename `step` to `steps`, set `width` to 1024, and send the request with a `taskUUID`: a new UUID v4.",
		},
		{
			`{"taskType":"imageInference","model":"runware:101@1","positivePrompt":"cat","width":1024,"height":1024,"cfg":4}`,
			`[{"op":"move","from":"/0/cfg","path":"/0/CFGScale"}]`, "Rename `cfg` to `CFGScale` and send the request with a `taskUUID`: a new UUID v4.",
		},
		{`{"taskType":"imageInference","model":"runware:101@1","positivePrompt":"cat","width":1024,"height":1024}`, `null`, "Add a `taskUUID`: a new UUID v4."},
	} {
		d, _ := Request([]byte("["+c.task+"]"), m)
		patch, err := json.Marshal(d.Patch)
		if err != nil {
			t.Fatal(err)
		}
		if string(patch) != c.patch || d.NextStep != c.step || d.Verified != nil {
			t.Errorf("%s: %s, %q, verified %v", c.task, patch, d.NextStep, d.Verified)
		}
	}
}

// What an error alone says of a file, a model or a guarded member is no vaguer than its message.
func TestErrorAloneIsPlain(t *testing.T) {
	for _, c := range []struct{ response, summary, step string }{
		{
			`{"code":"invalidInputVideo","message":"Input video duration must be between 2 and 10 seconds.","parameter":"inputs.video"}`,
			"Runware does not take the length of an input audio or video (2 to 10 seconds).", "Bring the audio or video file to 2 to 10 seconds",
		},
		{
			`{"code":"imageNotFound","message":"No image was found for the provided UUID.","parameter":"controlNet[0].guideImage"}`,
			"The media at `controlNet[0].guideImage` was not found.", "Upload it again",
		},
		{
			`{"code":"invalidMaskImage","message":"The mask image dimensions (1024x1024) must match the seed image dimensions (1216x832).","parameter":"maskImage"}`,
			"The mask and the image differ in size (its words name 1024x1024, 1216x832).", "Give the mask the same size",
		},
		{
			`{"code":"unsupportedParameter","message":"Unsupported use of webhookURL parameter. Allowed values are: webhookUrl, steps.","parameter":"webhookURL"}`,
			"Runware does not accept `webhookURL`.", "no patch changes it, the user may",
		},
		{`{"code":"modelNotFound","message":"Model x:1@1 not found."}`, "Runware knows no such model.", "modelSearch"},
	} {
		_, d := Error(t.Context(), schema.Task{Response: []byte(`{"errors":[` + c.response + `]}`)}, nil)
		if d.Summary != c.summary || !strings.Contains(d.NextStep, c.step) || len(d.Patch) > 0 {
			t.Errorf("%s: %q, %q", c.response, d.Summary, d.NextStep)
		}
	}
}
