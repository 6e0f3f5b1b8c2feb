package diagnose_test

import (
	"encoding/json"
	"strings"
	"testing"

	"mcp-taskdetails/internal/diagnose"
	"mcp-taskdetails/schema"
)

// TestFewer holds that a resend asks for the results that are lacking, and for nothing where that is not all there is to do.
func TestFewer(t *testing.T) {
	t.Parallel()
	const id = "3c1b7a52-7c1e-4e0d-9b36-0d5f1c9d2a11"
	done := `{"taskType":"imageInference","taskUUID":"` + id + `","imageURL":"https://im.runware.ai/image/ii/a.jpg"}`
	running := `{"taskType":"imageInference","taskUUID":"` + id + `","status":"processing"}`
	for _, c := range []struct {
		name, count, data, code, message string
		retry                            schema.Retry
		want                             string
	}{
		{"one of two", `2`, done, "timeoutProvider", "The external provider did not respond.", schema.RetryAsIs, "1"},
		{"two of four", `4`, done + "," + done, "providerOverloaded", "The provider is overloaded.", schema.RetryAfterWait, "2"},
		{"one of three, another runs", `3`, done + "," + running, "timeoutProvider", "The external provider did not respond.", schema.RetryCheckFirst, ""},
		{"words are to change first", `2`, done, "contentModerated", "The content was moderated.", schema.RetryAfterDecision, ""},
		{"none is lacking", `1`, done, "timeoutProvider", "The external provider did not respond.", schema.RetryAsIs, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, d := diagnose.Task(t.Context(), schema.Task{
				TaskUUID: id,
				Request:  []byte(`[{"taskType":"imageInference","taskUUID":"` + id + `","model":"google:4@1","positivePrompt":"a bicycle","numberResults":` + c.count + `}]`),
				Response: []byte(`{"data":[` + c.data + `],"errors":[{"code":"` + c.code + `","message":"` + c.message + `","taskUUID":"` + id + `"}]}`),
			}, nil)
			var want []schema.Operation
			if c.want != "" {
				want = []schema.Operation{{Op: "replace", Path: "/0/numberResults", Value: schema.Value(c.want)}}
			}
			got, _ := json.Marshal(d.Patch)
			wanted, _ := json.Marshal(want)
			if string(got) != string(wanted) || d.Retry != c.retry {
				t.Errorf("patch %s, retry %s; want %s, %s", got, d.Retry, wanted, c.retry)
			}
		})
	}
}

// TestPlainWords holds that a report is no vaguer than the message beside it.
func TestPlainWords(t *testing.T) {
	t.Parallel()
	const id = "3c1b7a52-7c1e-4e0d-9b36-0d5f1c9d2a12"
	const uuid = "e6b1c0de-51f2-4be0-9a3f-4f3f0f6f9d77"
	for _, c := range []struct{ name, members, failed, says, never, patch string }{
		{"a number in a string", `"numberResults":"4"`, `"code":"invalidNumberResults","message":"Invalid value for 'numberResults' parameter. Number of results must be an integer value between 1 and 20.","parameter":"numberResults","type":"integer","min":1,"max":20`, "the number 4", "1 to 20 items", `4`},
		{"by the message alone", `"numberResults":"3"`, `"code":"invalidNumberResults","message":"Invalid value for 'numberResults' parameter. Number of results must be an integer value between 1 and 20.","parameter":"numberResults"`, "the number 3", "items", `3`},
		{"of images", `"numberResults":"2"`, `"code":"invalidNumberResults","message":"Invalid value for 'numberResults' parameter. The number of images must be an integer between 1 and 4.","parameter":"numberResults"`, "the number 2", "items", `2`},
		{"a page for a picture", `"inputs":{"image":"https://drive.google.com/file/d/1Ab/view"}`, `"code":"invalidImageFormat","message":"The file retrieved from inputs.image is not a supported image. Detected content type: text/html. Supported formats are: PNG, JPG, WEBP.","parameter":"inputs.image"`, "answers with a web page", "Convert", ``},
		{"a page for a seed picture", `"seedImage":"https://photos.example.com/share/77"`, `"code":"invalidSeedImageFormat","message":"The file of seedImage is an HTML document. Supported formats are: PNG, JPG.","parameter":"seedImage"`, "answers with a web page", "Convert", ``},
		{"a picture in another format", `"inputs":{"image":"https://photos.example.com/a.tiff"}`, `"code":"invalidImageFormat","message":"The file retrieved from inputs.image is not a supported image. Detected content type: image/tiff. Supported formats are: PNG, JPG, WEBP.","parameter":"inputs.image"`, "Convert", "web page", ``},
		{"no such picture", `"controlNet":[{"model":"runware:25@1","guideImage":"` + uuid + `"}]`, `"code":"imageNotFound","message":"No image was found for the provided UUID.","parameter":"controlNet[0].guideImage"`, "upload it again", "Check the ids", ``},
		{"no such mask", `"maskImage":"` + uuid + `"`, `"code":"maskNotFound","message":"No image was found for the provided UUID.","parameter":"maskImage"`, "upload it again", "Check the ids", ``},
		{"no such voice", `"speech":{"voice":"aria"}`, `"code":"voiceNotFound","message":"No voice of this name.","parameter":"speech.voice"`, "`speech.voice` names does not exist", "upload", ``},
		{"too short, in French", `"inputs":{"audio":"https://sons.example.com/clip.mp3"}`, `"code":"providerBadRequest","message":"Bad request returned by Mistral. Additional information: Le fichier audio fourni est trop court : la durée minimale est de 3 secondes."`, "length of an input audio", "no rule", ``},
		{"too long, in German", `"inputs":{"audio":"https://ton.example.com/clip.mp3"}`, `"code":"providerBadRequest","message":"Bad request returned by Mistral. Additional information: Die Audiodatei ist zu lang."`, "length of an input audio", "no rule", ``},
		{"too short, in Chinese", `"inputs":{"audio":"https://yin.example.com/clip.mp3"}`, `"code":"providerBadRequest","message":"Bad request returned by MiniMax. Additional information: 音频时长过短"`, "length of an input audio", "no rule", ``},
		{"the sound was filtered", `"positivePrompt":"A singer"`, `"code":"providerError","message":"Google responded with an error. Additional information: We encountered an issue with the audio for your prompt. Please try again with a different prompt or with audio disabled."`, "turn the model's audio off", "do what those words ask", ``},
		{"protected words, no picture", `"positivePrompt":"A song"`, `"code":"providerBadRequest","message":"Bad request returned by ElevenLabs. Additional information: We are unable to process this prompt as it may refer to copyrighted material."`, "Reword the prompt", "in pictures", ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, d := diagnose.Task(t.Context(), schema.Task{
				TaskUUID: id,
				Request:  []byte(`[{"taskType":"imageInference","taskUUID":"` + id + `","model":"runware:101@1",` + c.members + `}]`),
				Response: []byte(`{"errors":[{` + c.failed + `,"taskUUID":"` + id + `"}]}`),
			}, nil)
			said := d.Summary + " " + d.NextStep
			if c := d.Findings[0].Constraint; c != nil {
				said += " " + c.Text
			}
			if !strings.Contains(strings.ToLower(said), strings.ToLower(c.says)) || strings.Contains(said, c.never) {
				t.Errorf("said %q; want %q, never %q", said, c.says, c.never)
			}
			got := ""
			if len(d.Patch) == 1 {
				got = string(d.Patch[0].Value)
			}
			if got != c.patch {
				t.Errorf("patch %+v, want %s", d.Patch, c.patch)
			}
		})
	}
}
