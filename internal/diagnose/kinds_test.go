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
