package diagnose

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"mcp-taskdetails/schema"
)

// TestKinds holds kinds of failures, each by an input and two variations of it: what the report has to say, and what it
// must not. Says and never are expressions on our own words.
func TestKinds(t *testing.T) {
	for _, c := range []struct {
		name, request, response string
		status                  schema.Status
		category                schema.Category
		retry                   schema.Retry
		says, never, patch      string // never is empty where nothing is excluded
	}{
		{
			"a frame is missing beside another",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/b.jpg","frame":"last"}]}}]`,
			`{"errors":[{"code":"missingFirstFrame","message":"Invalid value for 'frameImages' parameter. A last frame can only be used together with a first frame.","parameter":"inputs.frameImages","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "requires a first frame, which `inputs.frameImages` lacks", "again|and `inputs.frameImages`", "null",
		},
		{
			"the last frame is missing, and the other is called a start image",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","frameImages":[{"inputImage":"https://cdn.example.com/b.jpg","frame":"first"}]}]`,
			`{"errors":[{"code":"missingFrameImages","message":"Missing frame: a start image requires an end image on this model.","parameter":"frameImages","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "requires a last frame", "again", "null",
		},
		{
			"one parameter has two names",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","inputs":{"mask":"https://cdn.example.com/b.png"}}]`,
			`{"errors":[{"code":"missingParameter","message":"Parameter 'mask' can only be used together with a seed image.","parameter":"inputs.mask","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "inputs.mask", "and `inputs.mask`|Send the request again", "null",
		},
		{
			"an error of a task that the request does not hold",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1"},{"taskType":"imageInference","taskUUID":"v","model":"a:1@1"}]`,
			`{"errors":[{"code":"providerUnavailable","message":"Service unavailable.","taskUUID":"x","taskType":"imageInference"}]}`,
			schema.StatusUnknown, schema.CategoryProviderFailure, schema.RetryCheckFirst, "a taskUUID that no task of the request has", "task [01]", "null",
		},
		{
			"such an error about a parameter is pinned on no task",
			`[{"taskType":"imageInference","taskUUID":"u","steps":200},{"taskType":"imageInference","taskUUID":"v","steps":20}]`,
			`{"errors":[{"code":"invalidSteps","message":"Steps must be between 1 and 100.","parameter":"steps","taskUUID":"x"}]}`,
			schema.StatusUnknown, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "a taskUUID that no task of the request has", "task [01]", "null",
		},
		{
			"such an error beside a result of the task",
			`[{"taskType":"imageInference","taskUUID":"u"},{"taskType":"imageInference","taskUUID":"v"}]`,
			`{"data":[{"taskType":"imageInference","taskUUID":"v","imageURL":"https://im.runware.ai/a.png"}],"errors":[{"code":"providerUnavailable","message":"Service unavailable.","taskUUID":"x"}]}`,
			schema.StatusSucceeded, schema.CategoryNone, schema.RetryNo, "bears a taskUUID that no task of the request has", "", "null",
		},
		{
			"what runs beside an error is said once",
			`[{"taskType":"imageInference","taskUUID":"v","numberResults":2}]`,
			`{"data":[{"taskType":"imageInference","taskUUID":"v","status":"processing"}],"errors":[{"code":"providerUnavailable","message":"Service unavailable.","taskUUID":"v"}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryCheckFirst, "was `processing` when", "`processing`(?s:.*)`processing`", "null",
		},
		{
			"nor twice where the limit is of asking",
			`[{"taskType":"videoInference","taskUUID":"v"}]`,
			`{"data":[{"taskType":"videoInference","taskUUID":"v","status":"queued"}],"errors":[{"code":"rateLimitExceeded","message":"Too many requests."}]}`,
			schema.StatusPending, schema.CategoryRateLimit, schema.RetryCheckFirst, "was `queued` when", "`queued`(?s:.*)`queued`", "null",
		},
		{
			"and is said beside what is not sent again",
			`[{"taskType":"imageInference","taskUUID":"v","numberResults":2}]`,
			`{"data":[{"taskType":"imageInference","taskUUID":"v","status":"processing"}],"errors":[{"code":"webhookTimeout","message":"The webhook did not answer.","taskUUID":"v"}]}`,
			schema.StatusFailed, schema.CategoryTimeout, schema.RetryNo, "another result of the same task was `processing`", "", "null",
		},
		{
			"an answer that kept no form",
			`[{"taskUUID":"u","taskType":"textInference","model":"a:1@1","messages":[{"role":"user","content":"List three rivers as JSON."}]}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"The model produced invalid JSON."}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAsIs, "not in the form that was asked", "reword|choice", "null",
		},
		{
			"such an answer, by a slug",
			`[{"taskUUID":"u","taskType":"textInference","model":"a:1@1","messages":[{"role":"user","content":"List three rivers as JSON."}]}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"{\"error\":{\"code\":\"json_validate_failed\",\"message\":\"Failed to generate JSON. Please adjust your prompt.\"}}"}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAsIs, "not in the form that was asked", "reword", "null",
		},
		{
			"a request of no form is no such answer",
			`[{"taskUUID":"u","taskType":"textInference","model":"a:1@1","messages":[{"role":"user","content":"List three rivers as JSON."}]}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"{\"error\":{\"code\":400,\"message\":\"Invalid JSON payload received.\"}}"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "in the words quoted", "once more", "null",
		},
		{
			"the files of one parameter are named together",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"},{"image":"https://cdn.example.com/b.jpg","frame":"last"}]}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Failed to read user input frames"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "of those at `inputs.frameImages`", "", "null",
		},
		{
			"a download that leads on and on",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"}]}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Error while downloading the image: too many redirects"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "the final URL of the file itself", "", "null",
		},
		{
			"a host that forbids is no key",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"}]}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"failed to fetch https://www.example.com/a.jpg: HTTP 403 Forbidden"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "could not download a file.*inputs.frameImages.0..image", "key|later", "null",
		},
		{
			"a rate of frames is no rate of requests",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","inputs":{"video":"https://cdn.example.com/a.mp4"}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Video frame rate limit exceeded: at most 60 frames per second."}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "frame rate of an input video: the one at `inputs.video`", "[Ww]ait", "null",
		},
		{
			"a rate of requests is one",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","inputs":{"video":"https://cdn.example.com/a.mp4"}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Rate limit exceeded: at most 60 requests per second."}]}`,
			schema.StatusFailed, schema.CategoryRateLimit, schema.RetryAfterWait, "rate limit", "frame", "null",
		},
		{
			"a check that is down refuses nothing",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"}]}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Safety check service is temporarily unavailable. Please retry your request."}]}`,
			schema.StatusFailed, schema.CategoryCapacity, schema.RetryAfterWait, "overloaded|no capacity", "[Rr]eword|violat", "null",
		},
		{
			"a checker that is down",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"}]}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"The content filter is unavailable"}]}`,
			schema.StatusFailed, schema.CategoryCapacity, schema.RetryAfterWait, "overloaded|no capacity", "[Rr]eword|violat", "null",
		},
		{
			"a model that is named between words",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"}]}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Publisher Model 'x-2' was not found: it was retired on 2026-09-30."}]}`,
			schema.StatusFailed, schema.CategoryModelUnavailable, schema.RetryAfterDecision, "disabled|retired", "later", "null",
		},
		{
			"a decommissioned model",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"}]}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"The model 'x-70b' has been decommissioned and is no longer supported."}]}`,
			schema.StatusFailed, schema.CategoryModelUnavailable, schema.RetryAfterDecision, "[Uu]se another model", "later", "null",
		},
		{
			"a limit of characters is told",
			`[{"taskUUID":"u","taskType":"audioInference","positivePrompt":"one two three four"}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"This text has 18 characters and exceeds the character limit of 12 characters."}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "at most 12", "", "null",
		},
		{
			"the format of a voice is no picture's",
			`[{"taskUUID":"u","taskType":"videoInference","inputs":{"audio":"https://cdn.example.com/a.ogg"}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Audio format not supported. Please use mp3."}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "inputs.audio", "PNG", "null",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			id := "v"
			if !strings.Contains(c.request, `"taskUUID":"v"`) || strings.Contains(c.name, "no task") {
				id = "u"
			}
			status, d := Task(schema.Task{TaskUUID: id, Request: json.RawMessage(c.request), Response: json.RawMessage(c.response)}, nil)
			if status != c.status || d.Category != c.category || d.Retry != c.retry {
				t.Errorf("%s, %s, %s; want %s, %s, %s", status, d.Category, d.Retry, c.status, c.category, c.retry)
			}
			if got, _ := json.Marshal(d.Patch); string(got) != c.patch {
				t.Errorf("patch %s, want %s", got, c.patch)
			}
			words := append([]string{d.Summary, d.NextStep}, d.Notes...)
			for _, f := range d.Findings {
				words = append(words, f.Cause, f.Fix)
				if f.Constraint != nil {
					words = append(words, f.Constraint.Text)
				}
			}
			said := strings.Join(words, "\n")
			if !regexp.MustCompile(c.says).MatchString(said) {
				t.Errorf("does not say %q:\n%s", c.says, said)
			}
			if c.never != "" && regexp.MustCompile(c.never).MatchString(said) {
				t.Errorf("says %q:\n%s", c.never, said)
			}
		})
	}
}
