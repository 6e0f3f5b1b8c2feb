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
			"an error without an id is of the only task without an answer",
			`[{"taskType":"videoInference","taskUUID":"v","model":"b:1@1","duration":5},{"taskType":"imageInference","taskUUID":"u","model":"a:1@1"}]`,
			`{"data":[{"taskType":"imageInference","taskUUID":"u","imageURL":"https://im.runware.ai/a.png"}],"errors":[{"code":"invalidDuration","message":"Duration must be 6 for this model"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterPatch, "Set `duration` to 6 and send task 0 alone", "recorded beside", `[{"op":"replace","path":"/0/duration","value":6}]`,
		},
		{
			"or of the only one that holds what its code names",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1"},{"taskType":"imageInference","taskUUID":"v","model":"a:1@1","steps":20}]`,
			`{"errors":[{"code":"invalidSteps","message":"Steps must be between 1 and 4."}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "send task 1 alone", "named no parameter", `[{"op":"replace","path":"/1/steps","value":4}]`,
		},
		{
			"a limit of what may be spent is no rate",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1"}]`,
			`{"errors":[{"code":"rateLimitExceeded","message":"Monthly spending limit of this key reached. Raise it in the settings.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryBilling, schema.RetryAfterDecision, "may spend is reached", "growing pauses", "null",
		},
		{
			"a quota that is there again in seconds is a rate",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1"}]`,
			`{"errors":[{"code":"quotaExceeded","message":"Quota exceeded for requests per minute. Please retry in 40 seconds.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryRateLimit, schema.RetryAfterWait, "40 seconds", "wallet", "null",
		},
		{
			"a failure within that states a rule about a parameter",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","outputFormat":"JPEG"}]`,
			`{"errors":[{"code":"internalServerError","message":"Invalid value for 'outputFormat' parameter. Supported values are: 'JPG', 'PNG', 'WEBP'.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterPatch, "Set `outputFormat` to `JPG`", "internally", `[{"op":"replace","path":"/0/outputFormat","value":"JPG"}]`,
		},
		{
			"the length of a clip is no length of its URL",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","inputs":{"video":"https://media.example.com/a.mp4"}}]`,
			`{"errors":[{"code":"providerError","message":"Sync responded with an error. Additional information below.","taskUUID":"u","responseContent":"{\"error\":\"Input video is 1284.6 seconds long. The maximum allowed video length is 300 seconds.\"}"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "`inputs.video`", "characters|once more|meets the rule", "null",
		},
		{
			"a rate is one",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1"}]`,
			`{"errors":[{"code":"rateLimitExceeded","message":"Too many requests: 60 a minute are allowed.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryRateLimit, schema.RetryAfterWait, "growing pauses", "spend", "null",
		},
		{
			"a setting that is accepted two objects deeper",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","promptUpsampling":true}]`,
			`{"errors":[{"code":"unsupportedParameter","parameter":"promptUpsampling","message":"Unsupported use of 'promptUpsampling' parameter. Allowed values are: 'taskType', 'taskUUID', 'model', 'positivePrompt', 'providerSettings.bfl.promptUpsampling'","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterPatch, "Move `promptUpsampling` to `providerSettings.bfl.promptUpsampling`", "[Rr]emove", `[{"op":"add","path":"/0/providerSettings","value":{}},{"op":"add","path":"/0/providerSettings/bfl","value":{}},{"op":"move","from":"/0/promptUpsampling","path":"/0/providerSettings/bfl/promptUpsampling"}]`,
		},
		{
			"a success whose file is null",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1"}]`,
			`{"data":[{"taskType":"imageInference","taskUUID":"u","status":"success","imageURL":null}]}`,
			schema.StatusSucceeded, schema.CategoryNone, schema.RetryNo, "its result has nothing in it", "1 result recorded", "null",
		},
		{
			"inputs, as a noun of the provider's, are not the member of that name",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","inputs":{"frameImages":[{"image":"https://clips.example.com/a.heic"}]}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerBadRequest","message":"Bad request returned by Example. Additional information: HEIC inputs are not accepted"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "format", "[Rr]emove|does not accept", "null",
		},
		{
			"a file whose host the error names",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","inputs":{"video":"https://clips.example.com/a.mp4","audio":"https://voice.example.net/b.mp3"}}]`,
			`{"errors":[{"taskUUID":"u","code":"downloadFailed","message":"Could not download media from voice.example.net: 404 Not Found."}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "the one at `inputs.audio`, whose host the error names", "only `inputs", "null",
		},
		{
			"a host of which the request has two files tells neither",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","inputs":{"video":"https://clips.example.com/a.mp4","audio":"https://clips.example.com/b.mp3"}}]`,
			`{"errors":[{"taskUUID":"u","code":"downloadFailed","message":"Could not download media from clips.example.com: 404 Not Found."}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "could not download", "`inputs.(audio|video)`", "null",
		},
		{
			"the file of a model that is uploaded",
			`[{"taskType":"modelUpload","taskUUID":"u","air":"a:1@1","downloadURL":"https://models.example.com/a.safetensors"}]`,
			`{"errors":[{"taskUUID":"u","code":"downloadFailed","message":"Download of the model file failed: 401 Unauthorized."}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "`downloadURL`", "", "null",
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
			"two rules of which a value meets one",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","steps":30}]`,
			`{"errors":[{"code":"invalidSteps","message":"Steps must be between 25 and 50.","parameter":"steps","taskUUID":"u"},{"code":"invalidSteps","message":"Steps must be between 1 and 20.","parameter":"steps","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "meets the rule that the error states .25 to 50. and breaks another that is stated for it .1 to 20.", "does not show|other finding", "null",
		},
		{
			"a condition in words names a member of the request",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","inputs":{"maskImage":"https://cdn.example.com/b.png","referenceImages":["https://cdn.example.com/c.png","https://cdn.example.com/d.png"]}}]`,
			`{"errors":[{"code":"invalidReferenceImagesCount","message":"Reference images must contain 1 image when a mask is used.","parameter":"inputs.referenceImages","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryConflict, schema.RetryAfterDecision, "accepts exactly 1 with `inputs.maskImage`", "Remove", "null",
		},
		{
			"the member of which it speaks is not in the request",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","steps":60,"scheduler":"Euler"}]`,
			`{"errors":[{"code":"invalidSteps","message":"Steps must be at most 50 when a mask is used.","parameter":"steps","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "`steps`", "with `|where `|scheduler", "null",
		},
		{
			"a value that the message has as a verb",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","deliveryMethod":"stream","numberResults":3}]`,
			`{"errors":[{"code":"invalidNumberResults","message":"Invalid value for 'numberResults' parameter. Only one result can be streamed.","parameter":"numberResults","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryConflict, schema.RetryAfterPatch, "accepts only 1 where `deliveryMethod` is `stream`(?s:.*)or change `deliveryMethod` instead", "", `[{"op":"replace","path":"/0/numberResults","value":1}]`,
		},
		{
			"a value that stands in the message by the way",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","outputQuality":200,"quality":"generate"}]`,
			`{"errors":[{"code":"invalidOutputQuality","message":"Invalid value for 'outputQuality' parameter. The quality of generated images must be at most 99.","parameter":"outputQuality","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "`outputQuality` is 200", "where `quality`", `[{"op":"replace","path":"/0/outputQuality","value":99}]`,
		},
		{
			"a code that is made of a parameter's name",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","safety":{"mode":"fast"}}]`,
			`{"errors":[{"code":"invalidSafety","message":"Invalid value for 'safety' parameter.","parameter":"safety","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "`safety`", "flagged|[Rr]eword", "null",
		},
		{
			"a code of the same family beside another parameter",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","positivePrompt":"a cat"}]`,
			`{"errors":[{"code":"failedSafety","message":"The prompt was flagged.","parameter":"positivePrompt","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryContentPolicy, schema.RetryAfterDecision, "[Rr]eword", "", "null",
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
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAfterWait, "could not check the content", "[Rr]eword|violat", "null",
		},
		{
			"a checker that is down",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"}]}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"The content filter is unavailable"}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAfterWait, "could not check the content", "[Rr]eword|violat", "null",
		},
		{
			"a model that is named between words",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"}]}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Publisher Model 'x-2' was not found: it was retired on 2026-09-30."}]}`,
			schema.StatusFailed, schema.CategoryModelUnavailable, schema.RetryAfterDecision, "disabled|retired|no longer offers", "later", "null",
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
		{
			"moderation of a task without words",
			`[{"taskUUID":"u","taskType":"removeBackground","model":"a:1@1","inputImage":"https://cdn.example.com/a.jpg"}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Image failed content moderation check"}]}`,
			schema.StatusFailed, schema.CategoryContentPolicy, schema.RetryAfterDecision, "refused an input image: the one at `inputImage`", "[Rr]eword|prompt", `null`,
		},
		{
			"moderation of a video without words",
			`[{"taskUUID":"u","taskType":"upscale","inputs":{"video":"https://cdn.example.com/a.mp4"}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Content was flagged."}]}`,
			schema.StatusFailed, schema.CategoryContentPolicy, schema.RetryAfterDecision, "refused an input video: the one at `inputs.video`", "[Rr]eword|prompt", `null`,
		},
		{
			"moderation of a task with both",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024,"seedImage":"https://cdn.example.com/a.png"}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Content was flagged."}]}`,
			schema.StatusFailed, schema.CategoryContentPolicy, schema.RetryAfterDecision, "[Rr]eword the prompt or change the input media", "the one at", `null`,
		},
		{
			"a likeness in a picture",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","positivePrompt":"a red fox in snow","frameImages":[{"inputImage":"https://cdn.example.com/a.jpg","frame":"first"}]}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"We cannot create videos from input images containing celebrities or their likenesses. Remove the reference and try again."}]}`,
			schema.StatusFailed, schema.CategoryContentPolicy, schema.RetryAfterDecision, "real person: the one at `frameImages.0..inputImage`", "[Rr]eword the", `null`,
		},
		{
			"an output that resembles protected material",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"The request failed because the output image may be related to copyright restrictions."}]}`,
			schema.StatusFailed, schema.CategoryContentPolicy, schema.RetryAfterDecision, "image that was generated, since it may hold material protected by copyright", "input image", `null`,
		},
		{
			"an output that is merely sensitive",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"The request failed because the output image may contain sensitive information."}]}`,
			schema.StatusFailed, schema.CategoryContentPolicy, schema.RetryAfterDecision, "image that was generated", "protected", `null`,
		},
		{
			"an audit by its slug",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"{\"state\":\"failed\",\"err_code\":\"AuditSubmitIllegal\"}"}]}`,
			schema.StatusFailed, schema.CategoryContentPolicy, schema.RetryAfterDecision, "moderation refused", "in the words", `null`,
		},
		{
			"a limit in Spanish, in the message",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example respondió con un error. Información adicional: Se ha superado el número máximo de solicitudes por minuto."}]}`,
			schema.StatusFailed, schema.CategoryRateLimit, schema.RetryAfterWait, "rate limit", "no reason", `null`,
		},
		{
			"a limit of tasks in Chinese",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"同时处理的任务数达到上限，请等待其他任务完成后重试"}]}`,
			schema.StatusFailed, schema.CategoryRateLimit, schema.RetryAfterWait, "at once", "no reason|refused the task", `null`,
		},
		{
			"a full service in French",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example a répondu par une erreur. Informations complémentaires : Capacité du service dépassée pour ce modèle."}]}`,
			schema.StatusFailed, schema.CategoryCapacity, schema.RetryAfterWait, "overloaded, full", "no reason", `null`,
		},
		{
			"a reason in a language that is not read",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example svaraade med ett fel. Mer information: Kön till bildmotorn har tappats bort."}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAsIs, "for the reason that is quoted", "no reason", `null`,
		},
		{
			"a reason behind a colon",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"inferenceError","message":"Inference error occurred: the sampler met a NaN in its seventh step."}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAsIs, "for the reason that is quoted", "no reason", `null`,
		},
		{
			"no reason behind a colon",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information: N/A"}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAsIs, "no reason", "quoted", `null`,
		},
		{
			"a page of a firewall",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. The provider returned the 403. Additional information below.","responseContent":"<!DOCTYPE html><html><head><title>Attention Required!</title></head><body><h1>Sorry, you have been blocked</h1></body></html>"}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAsIs, "server in between", "[Rr]eword|key|refused", `null`,
		},
		{
			"a page of a proxy",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"<html><head><title>400 Bad Request</title></head></html>"}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAsIs, "server in between", "refused the", `null`,
		},
		{
			"such words outside of a page",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"400 Bad Request"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "refused the task", "server in between", `null`,
		},
		{
			"how many pixels a file has to have",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","positivePrompt":"a red fox in snow","frameImages":[{"inputImage":"https://cdn.example.com/a.jpg","frame":"first"}]}]`,
			`{"errors":[{"taskUUID":"u","code":"providerBadRequest","message":"Bad request returned by Example. Additional information: Image pixel is invalid: width and height should be at least 300px (code 1201)"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "at least 300 pixels", "1201|set ", `null`,
		},
		{
			"how long a file may be",
			`[{"taskUUID":"u","taskType":"videoInference","inputs":{"audio":"https://cdn.example.com/a.mp3"}}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"audio duration must be less than 35s, got 61.2s"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "less than 35 s", "61|`duration`", `null`,
		},
		{
			"a bound whose unit is not of files",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","positivePrompt":"a red fox in snow","frameImages":[{"inputImage":"https://cdn.example.com/a.jpg","frame":"first"}]}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"Image resolution is too high: it must be at most 16 megapixels"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "inputImage(?s:.*)16 megapixels|16 megapixels(?s:.*)inputImage", "at most 16", `null`,
		},
		{
			"a mask of another size",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox in snow","width":1024,"height":1024,"seedImage":"https://cdn.example.com/a.png","maskImage":"https://cdn.example.com/m.png"}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidMaskImage","message":"Invalid value for 'maskImage' parameter. The mask image dimensions (1024x1024) must match the seed image dimensions (1216x832).","parameter":"maskImage"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "the mask the same size as the image", "1216|`width`", `null`,
		},
		{
			"the message quotes the file that is gone",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","frameImages":[{"inputImage":"https://cdn.example.com/a.jpg","frame":"first"},{"inputImage":"d1b7e9a4-8f35-4f16-9f0e-6a7b8c9d0e1f","frame":"last"}]}]`,
			`{"errors":[{"taskUUID":"u","code":"mediaNotFound","message":"The media 'd1b7e9a4-8f35-4f16-9f0e-6a7b8c9d0e1f' was not found or has expired."}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "at `frameImages.1..inputImage` does not exist", "`media`", `null`,
		},
		{
			"the message quotes the URL that failed",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","frameImages":[{"inputImage":"https://cdn.example.com/a.jpg","frame":"first"},{"inputImage":"d1b7e9a4-8f35-4f16-9f0e-6a7b8c9d0e1f","frame":"last"}]}]`,
			`{"errors":[{"taskUUID":"u","code":"downloadFailed","message":"Download failed for https://cdn.example.com/a.jpg"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "at `frameImages.0..inputImage`", "", `null`,
		},
		{
			"a page in place of a picture",
			`[{"taskUUID":"u","taskType":"removeBackground","model":"a:1@1","inputImage":"https://cdn.example.com/a.jpg"}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidInputImage","message":"Failed to load image from 'inputImage'. The provided URL returned content type 'text/html; charset=utf-8'.","parameter":"inputImage"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "answers with a web page", "charset", `null`,
		},
		{
			"a page in place of a picture, for a provider",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","positivePrompt":"a red fox in snow","frameImages":[{"inputImage":"https://cdn.example.com/a.jpg","frame":"first"}]}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"Example responded with an error. Additional information below.","responseContent":"The image URL leads to an HTML page."}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "leads to a web page", "", `null`,
		},
		{
			"a parameter that moved two levels down",
			`[{"taskUUID":"u","taskType":"videoInference","generateAudio":false}]`,
			`{"errors":[{"taskUUID":"u","code":"unsupportedParameter","message":"Unsupported use of 'generateAudio' parameter. This parameter has been moved to 'providerSettings.google.generateAudio'.","parameter":"generateAudio"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterPatch, "providerSettings.google.generateAudio", "[Rr]emove", `[{"op":"add","path":"/0/providerSettings","value":{}},{"op":"add","path":"/0/providerSettings/google","value":{}},{"op":"move","from":"/0/generateAudio","path":"/0/providerSettings/google/generateAudio"}]`,
		},
		{
			"a parameter that moved into what is there",
			`[{"taskUUID":"u","taskType":"textInference","maxTokens":64,"settings":{"topP":1}}]`,
			`{"errors":[{"taskUUID":"u","code":"unsupportedParameter","message":"Unsupported use of 'maxTokens' parameter. Use 'settings.maxTokens' instead.","parameter":"maxTokens"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterPatch, "settings.maxTokens", "[Rr]emove", `[{"op":"move","from":"/0/maxTokens","path":"/0/settings/maxTokens"}]`,
		},
		{
			"a place that is taken",
			`[{"taskUUID":"u","taskType":"textInference","maxTokens":64,"settings":{"maxTokens":1}}]`,
			`{"errors":[{"taskUUID":"u","code":"unsupportedParameter","message":"Unsupported use of 'maxTokens' parameter. It has been moved to 'settings.maxTokens'.","parameter":"maxTokens"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterPatch, "[Rr]emove `maxTokens`", "", `[{"op":"remove","path":"/0/maxTokens"}]`,
		},
		{
			"an item of a list of values",
			`[{"taskUUID":"u","taskType":"imageInference","outputType":["URL","base64"]}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidOutputType","message":"Each output type must be one of: 'URL', 'dataURI', 'base64Data'.","parameter":"outputType[1]","type":"string[]","allowedValues":["URL","dataURI","base64Data"]}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterPatch, "base64Data", "forms that|array", `[{"op":"replace","path":"/0/outputType/1","value":"base64Data"}]`,
		},
		{
			"an address without a scheme",
			`[{"taskUUID":"u","taskType":"videoInference","webhookURL":"localhost:3000/hooks"}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidWebhookURL","message":"Webhook URL must be a valid, publicly accessible URL with http or https scheme.","parameter":"webhookURL"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "`webhookURL` is no URL with http or https", "", `null`,
		},
		{
			"an address of a private network",
			`[{"taskUUID":"u","taskType":"videoInference","webhookURL":"http://192.168.1.20:3000/hooks"}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidWebhookURL","message":"Webhook URL must be a valid, publicly accessible URL.","parameter":"webhookURL"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "only from its own machine or network", "", `null`,
		},
		{
			"a picture of a private network",
			`[{"taskUUID":"u","taskType":"removeBackground","model":"a:1@1","inputImage":"https://nas.local/a.jpg"}]`,
			`{"errors":[{"taskUUID":"u","code":"failedToTransferImage","message":"Failed to transfer the provided image.","parameter":"inputImage"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "only from its own machine or network", "", `null`,
		},
		{
			"the host of a model refuses it",
			`[{"taskUUID":"u","taskType":"modelUpload","air":"a:1@1","downloadURL":"https://models.example.com/a.safetensors"}]`,
			`{"data":[{"taskType":"modelUpload","taskUUID":"u","status":"failed","errorMessage":"Failed to download the model file. The server returned 401 Unauthorized."}],"errors":[]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "could not download the file at `downloadURL`: its host refuses", "API key|media", `null`,
		},
		{
			"the host of a model has it not",
			`[{"taskUUID":"u","taskType":"modelUpload","air":"a:1@1","downloadURL":"https://models.example.com/a.safetensors"}]`,
			`{"errors":[{"taskUUID":"u","message":"Could not fetch the model: 404 Not Found"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "could not download the file at `downloadURL`: its host answers that nothing exists", "API key|media", `null`,
		},
		{
			"a pointer with the index of the task",
			`[{"taskType":"imageInference","taskUUID":"u","steps":20},{"taskType":"imageInference","taskUUID":"v","steps":200}]`,
			`{"errors":[{"code":"invalidSteps","message":"Steps must be between 1 and 100.","parameter":"/1/steps"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "send task 1 alone", "", `[{"op":"replace","path":"/1/steps","value":100}]`,
		},
		{
			"a path with the index of the task",
			`[{"taskType":"imageInference","taskUUID":"u","steps":20},{"taskType":"imageInference","taskUUID":"v","steps":200}]`,
			`{"errors":[{"code":"invalidSteps","message":"Steps must be between 1 and 100.","parameter":"[1].steps"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "send task 1 alone", "", `[{"op":"replace","path":"/1/steps","value":100}]`,
		},
		{
			"the index of another task, beside no task of its own",
			`[{"taskType":"imageInference","taskUUID":"u","steps":20},{"taskType":"imageInference","taskUUID":"v","steps":200}]`,
			`{"errors":[{"code":"invalidSteps","message":"Steps must be between 1 and 100.","parameter":"1.steps"}]}`,
			schema.StatusUnknown, schema.CategoryUnknown, schema.RetryNo, "task 1 of the request array", "`steps`", `null`,
		},
		{
			"a prompt under another name",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","prompt":"a red fox"}]`,
			`{"errors":[{"taskUUID":"u","code":"missingPositivePrompt","message":"Missing required parameter: 'positivePrompt'.","parameter":"positivePrompt"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterPatch, "Rename `prompt` to `positivePrompt`", "", `[{"op":"move","from":"/0/prompt","path":"/0/positivePrompt"}]`,
		},
		{
			"a prompt that is misspelt",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivPrompt":"a red fox"}]`,
			`{"errors":[{"taskUUID":"u","code":"missingPositivePrompt","message":"Missing required parameter: 'positivePrompt'.","parameter":"positivePrompt"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterPatch, "Rename `positivPrompt` to `positivePrompt`", "", `[{"op":"move","from":"/0/positivPrompt","path":"/0/positivePrompt"}]`,
		},
		{
			"two names that are misspelt, of which one was missed",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivPrompt":"a red fox","widht":512,"style":"x"}]`,
			`{"errors":[{"taskUUID":"u","code":"missingPositivePrompt","message":"Missing required parameter: 'positivePrompt'.","parameter":"positivePrompt"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterPatch, "rename `widht` to `width`", "style", `[{"op":"move","from":"/0/positivPrompt","path":"/0/positivePrompt"},{"op":"move","from":"/0/widht","path":"/0/width"}]`,
		},
		{
			"a file that could not be read, since it is of no listed format",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","inputs":{"image":"https://a.example.com/1.heic"}}]`,
			`{"errors":[{"taskUUID":"u","code":"unsupportedMediaFormat","message":"The file in 'inputs.image' could not be decoded. Supported formats: PNG, JPG.","parameter":"inputs.image"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "Convert the media to PNG or JPG", "public URL", `null`,
		},
		{
			"a file of a listed format that could not be read",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","inputs":{"image":"https://a.example.com/1.jpeg"}}]`,
			`{"errors":[{"taskUUID":"u","code":"unsupportedMediaFormat","message":"The file in 'inputs.image' could not be decoded. Supported formats: PNG, JPG.","parameter":"inputs.image"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "", "Convert", `null`,
		},
		{
			"a provider's words make no negative prompt of a prompt",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positivePrompt":"a red fox"}]`,
			`{"errors":[{"taskUUID":"u","code":"providerError","message":"The provider responded with an error. Additional information below.","responseContent":"'positivePrompt' was renamed to 'negativePrompt'."}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterDecision, "", "Rename|Send the request", `null`,
		},
		{
			"what makes the task safer is moved on nobody's words",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","safety":{"checkContent":true}}]`,
			`{"errors":[{"taskUUID":"u","code":"unknownParameter","message":"Parameter 'safety' must be inside 'settings'.","parameter":"safety"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterDecision, "", "Move `safety`", `null`,
		},
		{
			"a member belongs into an object",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","referenceImages":["https://a.example.com/1.png"]}]`,
			`{"errors":[{"taskUUID":"u","code":"misplacedParameter","message":"'referenceImages' must be inside 'inputs'.","parameter":"referenceImages"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterPatch, "Move `referenceImages` to `inputs.referenceImages`", "", `[{"op":"add","path":"/0/inputs","value":{}},{"op":"move","from":"/0/referenceImages","path":"/0/inputs/referenceImages"}]`,
		},
		{
			"a file that is not taken as it is keeps its name",
			`[{"taskUUID":"u","taskType":"upscale","model":"a:1@1","inputs":{"image":"https://a.example.com/1.gif"}}]`,
			`{"errors":[{"taskUUID":"u","code":"unsupportedImage","message":"The image is animated. Animated images are not supported.","parameter":"inputs.image"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "Convert the file", "Rename", `null`,
		},
		{
			"a bound of another parameter, a product and bits bound nothing",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","steps":100,"numberResults":8}]`,
			`{"errors":[{"taskUUID":"u","code":"costLimit","message":"steps * numberResults must not exceed 400.","parameter":"steps"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "`steps` × `numberResults` is 800; `a:1@1` accepts at most 400", "meets the rule|to 400", `null`,
		},
		{
			"a product of three numbers, one of which the error names",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","width":1024,"height":1024,"numberResults":6}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidNumberResults","message":"Invalid value for 'numberResults' parameter. The total number of pixels (width × height × numberResults) must not exceed 4194304.","parameter":"numberResults"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "is 6291456; `a:1@1` accepts at most 4194304", "meets the rule", `null`,
		},
		{
			"numbers that meet the rule about their sum",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","duration":5,"extra":3}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidDuration","message":"duration + extra must be at most 10.","parameter":"duration"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAsIs, "`duration` \\+ `extra` is 8, which meets the rule", "is the user's choice", `null`,
		},
		{
			"a longer word for a value",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","deliveryMethod":"asynchronous"}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidDeliveryMethod","message":"Invalid value for 'deliveryMethod' parameter. Supported values are: 'sync', 'async'.","parameter":"deliveryMethod"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterPatch, "Set `deliveryMethod` to `async`", "is the user's choice", `[{"op":"replace","path":"/0/deliveryMethod","value":"async"}]`,
		},
		{
			"another word that begins like a value",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","scheduler":"EulerAncestral"}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidScheduler","message":"Invalid value for 'scheduler' parameter. Supported values are: 'Euler', 'Default'.","parameter":"scheduler"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterDecision, "`Euler` or `Default`", "to `Euler` and", `null`,
		},
		{
			"a parameter that is taken only beside another value",
			`[{"taskUUID":"u","taskType":"controlNetPreprocess","preProcessorType":"depth","lowThresholdCanny":100}]`,
			`{"errors":[{"taskUUID":"u","code":"unsupportedParameter","message":"Unsupported use of 'lowThresholdCanny' parameter. This parameter is only available when 'preProcessorType' is 'canny'.","parameter":"lowThresholdCanny"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterDecision, "where `preProcessorType` is `depth`(?s:.*)or change `preProcessorType` instead", "", `[{"op":"remove","path":"/0/lowThresholdCanny"}]`,
		},
		{
			"a value that is empty is like none",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","scheduler":""}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidScheduler","message":"Scheduler '' is unknown. Did you mean 'Euler'?","parameter":"scheduler"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "scheduler", "Euler", `null`,
		},
		{
			"what is said of another parameter behind unlike",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","steps":60,"CFGScale":7}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidSteps","message":"Invalid value for 'steps' parameter. Unlike CFGScale, which may be between 0 and 30, steps must be an integer value between 1 and 50.","parameter":"steps"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "Set `steps` to 50", "30", `[{"op":"replace","path":"/0/steps","value":50}]`,
		},
		{
			"a prompt with other separators",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","positive_prompt":"a red fox"}]`,
			`{"errors":[{"taskUUID":"u","code":"missingPositivePrompt","message":"Missing required parameter: 'positivePrompt'.","parameter":"positivePrompt"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterPatch, "Rename `positive_prompt` to `positivePrompt`", "holds it", `[{"op":"move","from":"/0/positive_prompt","path":"/0/positivePrompt"}]`,
		},
		{
			"a slip in a name that nobody asked for",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","seeed":4}]`,
			`{"errors":[{"taskUUID":"u","code":"unknownParameter","message":"Unknown parameter: 'seeed'.","parameter":"seeed"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterPatch, "Rename `seeed` to `seed`", "", `[{"op":"move","from":"/0/seeed","path":"/0/seed"}]`,
		},
		{
			"another word for an accepted name",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","negative":"people"}]`,
			`{"errors":[{"taskUUID":"u","code":"unsupportedParameter","parameter":"negative","message":"Unsupported use of 'negative' parameter. Allowed values are: 'taskType', 'taskUUID', 'model', 'positivePrompt', 'negativePrompt'."}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterPatch, "Rename `negative` to `negativePrompt`", "", `[{"op":"move","from":"/0/negative","path":"/0/negativePrompt"}]`,
		},
		{
			"a ceiling of the cost",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","maxCost":0.5}]`,
			`{"errors":[{"taskUUID":"u","code":"unsupportedParameter","parameter":"maxCost","message":"Unsupported use of 'maxCost' parameter."}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterDecision, "nothing limits what the task may cost", "another one", `[{"op":"remove","path":"/0/maxCost"}]`,
		},
		{
			"the size that a shape and lines ask for",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","aspect_ratio":"16:9","resolution":"720p"}]`,
			`{"errors":[{"taskUUID":"u","code":"missingDimensionParameters","parameter":["width","height"],"message":"Missing dimension parameters. width and height must be provided."}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterPatch, "1280x720, which `aspect_ratio` and `resolution` ask for", "", `[{"op":"add","path":"/0/width","value":1280},{"op":"add","path":"/0/height","value":720}]`,
		},
		{
			"the same upright",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","aspectRatio":"9:16","resolution":"1080p"}]`,
			`{"errors":[{"taskUUID":"u","code":"missingDimensionParameters","parameter":["width","height"],"message":"Missing dimension parameters. width and height must be provided."}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterPatch, "1080x1920", "", `[{"op":"add","path":"/0/width","value":1080},{"op":"add","path":"/0/height","value":1920}]`,
		},
		{
			"a size as text",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","size":"1280x720"}]`,
			`{"errors":[{"taskUUID":"u","code":"missingDimensionParameters","parameter":["width","height"],"message":"Missing dimension parameters. width and height must be provided."}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterPatch, "which `size` asks for", "", `[{"op":"add","path":"/0/width","value":1280},{"op":"add","path":"/0/height","value":720}]`,
		},
		{
			"a shape alone is no size",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","aspectRatio":"16:9"}]`,
			`{"errors":[{"taskUUID":"u","code":"missingDimensionParameters","parameter":["width","height"],"message":"Missing dimension parameters. width and height must be provided."}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "the user's choice", "1280", `null`,
		},
		{
			"lines that make no whole size",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","aspectRatio":"16:9","resolution":"480p"}]`,
			`{"errors":[{"taskUUID":"u","code":"missingDimensionParameters","parameter":["width","height"],"message":"Missing dimension parameters. width and height must be provided."}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "the user's choice", "85[34]", `null`,
		},
		{
			"the frame that is meant",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","frameImages":[{"inputImage":"https://cdn.example.com/a.jpg","frame":"start"}]}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidFrame","parameter":"frameImages[0].frame","message":"Invalid value for 'frame' parameter. Supported values are: 'first', 'last'."}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterPatch, "to `first`", "", `[{"op":"replace","path":"/0/frameImages/0/frame","value":"first"}]`,
		},
		{
			"the other frame that is meant",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","frameImages":[{"inputImage":"https://cdn.example.com/a.jpg","frame":"ending"}]}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidFrame","parameter":"frameImages[0].frame","message":"Invalid value for 'frame' parameter. Supported values are: 'first', 'last'."}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterPatch, "to `last`", "", `[{"op":"replace","path":"/0/frameImages/0/frame","value":"last"}]`,
		},
		{
			"a frame that nobody can guess",
			`[{"taskUUID":"u","taskType":"videoInference","model":"a:1@1","frameImages":[{"inputImage":"https://cdn.example.com/a.jpg","frame":"middle"}]}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidFrame","parameter":"frameImages[0].frame","message":"Invalid value for 'frame' parameter. Supported values are: 'first', 'last'."}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterDecision, "the user's choice", "", `null`,
		},
		{
			"a clamp that changes the shape",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","width":4096,"height":2048}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidWidth","parameter":"width","min":256,"max":2048,"message":"Width must be between 256 and 2048, in multiples of 16."}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "`height` 1024 would keep it", "", `[{"op":"replace","path":"/0/width","value":2048}]`,
		},
		{
			"a clamp that hardly does",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","width":1000,"height":1024}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidWidth","parameter":"width","min":256,"max":2048,"message":"Width must be between 256 and 2048, in multiples of 64."}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "Set `width` to 1024", "shape", `[{"op":"replace","path":"/0/width","value":1024}]`,
		},
		{
			"a product of sides",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","width":3000,"height":1000}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidDimensions","parameter":["width","height"],"message":"The product of width and height must be between 262144 and 2097152, in multiples of 32."}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "total area 262144 to 2097152", "`width` is 3000", `null`,
		},
		{
			"a product with its sign",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","width":3000,"height":1000}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidWidth","parameter":"width","message":"width * height must not exceed 2097152."}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "total area at most 2097152", "`width` is 3000", `null`,
		},
		{
			"the UUID of a deletion",
			`[{"taskUUID":"u","taskType":"mediaStorage","operation":"delete","media":"d1b7e9a4-8f35-4f16-9f0e-6a7b8c9d0e1f"}]`,
			`{"errors":[{"taskUUID":"u","code":"mediaNotFound","message":"No media found for the provided UUID"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "at `media` does not exist", "[Uu]pload", `null`,
		},
		{
			"the only UUID of a request",
			`[{"taskUUID":"u","taskType":"upscale","inputs":{"image":"d1b7e9a4-8f35-4f16-9f0e-6a7b8c9d0e1f"}}]`,
			`{"errors":[{"taskUUID":"u","code":"mediaNotFound","message":"No media found for the provided UUID"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "at `inputs.image` does not exist", "`media`", `null`,
		},
		{
			"one of two UUIDs",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","seedImage":"d1b7e9a4-8f35-4f16-9f0e-6a7b8c9d0e1f","maskImage":"d2b7e9a4-8f35-4f16-9f0e-6a7b8c9d0e1f"}]`,
			`{"errors":[{"taskUUID":"u","code":"mediaNotFound","message":"No media found for the provided UUID"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "media of the request", "`seedImage`|`media`", `null`,
		},
		{
			"a format that is not taken",
			`[{"taskUUID":"u","taskType":"caption","inputs":{"image":"https://cdn.example.com/a.HEIC"}}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidImageFormat","message":"Unsupported image format 'heic' for 'inputs.image' parameter. Supported formats are: PNG, JPG, WEBP.","parameter":"inputs.image"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "format of the file at `inputs.image`; it takes PNG, JPG, WEBP", "public|fetch", `null`,
		},
		{
			"a picture without a picture",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1"}]`,
			`{"data":[{"taskType":"imageInference","taskUUID":"u","cost":0.03}]}`,
			schema.StatusSucceeded, schema.CategoryNone, schema.RetryNo, "may have the files", "limit of the output", `null`,
		},
		{
			"a list whose items are right",
			`[{"taskUUID":"u","taskType":"imageInference","model":"a:1@1","inputs":{"referenceImages":["https://cdn.example.com/a.png"]}}]`,
			`{"errors":[{"taskUUID":"u","code":"invalidReferenceImages","parameter":"inputs.referenceImages","message":"Reference images must be an array of strings, where each image must be specified in one of the following formats: a UUID v4 string, a data URI string, a base64 encoded image, or a publicly accessible URL."}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "[Ee]ach item of `inputs.referenceImages` is in a form", "none of the forms", `null`,
		},
		{
			"a model that another takes the place of",
			`[{"taskUUID":"u","taskType":"imageInference","model":"runware:48@1"}]`,
			`{"errors":[{"taskUUID":"u","code":"modelUnavailable","parameter":"model","message":"Model runware:48@1 has been replaced by runware:101@1."}]}`,
			schema.StatusFailed, schema.CategoryModelUnavailable, schema.RetryAfterPatch, "`runware:101@1`, which Runware names instead, and send the request with a new taskUUID", "", `[{"op":"replace","path":"/0/model","value":"runware:101@1"}]`,
		},
		{
			"the last frame is the one that is meant, and its limit is said",
			`[{"taskType":"videoInference","taskUUID":"u","model":"minimax:4@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"},{"image":"https://cdn.example.com/b.jpg","frame":"last"}]}}]`,
			`{"errors":[{"code":"providerError","message":"MiniMax responded with an error. Additional information below.","responseContent":"invalid params, last_frame_image: file size exceeds 20MB","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "frameImages.1..image(?s:.*)down to at most 20 MB", "frameImages.0.|limit that `message`", "null",
		},
		{
			"an ordinal of another language",
			`[{"taskType":"videoInference","taskUUID":"u","model":"luma:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"},{"image":"https://cdn.example.com/b.jpg","frame":"last"}]}}]`,
			`{"errors":[{"code":"providerError","message":"MiniMax responded with an error. Additional information below.","responseContent":"Das zweite Bild ist zu klein: mindestens 256 Pixel je Seite.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "frameImages.1.", "frameImages.0.", "null",
		},
		{
			"a result without output is nothing made",
			`[{"taskType":"videoInference","taskUUID":"u","model":"google:3@2","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"},{"image":"https://cdn.example.com/b.jpg","frame":"last"}]}}]`,
			`{"errors":[{"code":"providerError","message":"MiniMax responded with an error. Additional information below.","responseContent":"{\"candidates\":[{\"finishReason\":\"NO_IMAGE\"}]}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAsIs, "made nothing(?s:.*)once more", "refused|moderation", "null",
		},
		{
			"and not where the service was full",
			`[{"taskType":"videoInference","taskUUID":"u","model":"luma:1@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"},{"image":"https://cdn.example.com/b.jpg","frame":"last"}]}}]`,
			`{"errors":[{"code":"providerError","message":"MiniMax responded with an error. Additional information below.","responseContent":"Aucune image n'a été générée : le service est saturé, réessayez dans 2 minutes.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryCapacity, schema.RetryAfterWait, "Wait 2 minutes", "made nothing", "null",
		},
		{
			"several rules for a file, of which one is broken",
			`[{"taskType":"videoInference","taskUUID":"u","model":"klingai:5@3","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"},{"image":"https://cdn.example.com/b.jpg","frame":"last"}]}}]`,
			`{"errors":[{"code":"providerError","message":"MiniMax responded with an error. Additional information below.","responseContent":"The image file size must not exceed 10MB; supported formats .jpg / .png; width and height no less than 300px","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "one of the rules(?s:.*)JPG, PNG, 10MB, 300px", "too large", "null",
		},
		{
			"the formats that are taken are said",
			`[{"taskType":"videoInference","taskUUID":"u","model":"klingai:5@3","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"},{"image":"https://cdn.example.com/b.jpg","frame":"last"}]}}]`,
			`{"errors":[{"code":"providerError","message":"MiniMax responded with an error. Additional information below.","responseContent":"The image is not too large; its format (image/heic) is not supported. Use JPEG or PNG.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "Convert the file to JPEG or PNG", "too large|HEIC|Runware could not", "null",
		},
		{
			"whose words end where ours begin",
			`[{"taskType":"videoInference","taskUUID":"u","model":"minimax:4@1","inputs":{"frameImages":[{"image":"https://cdn.example.com/a.jpg","frame":"first"},{"image":"https://cdn.example.com/b.jpg","frame":"last"}]}}]`,
			`{"errors":[{"code":"providerError","message":"MiniMax responded with an error. Additional information below.","responseContent":"login fail: carry the API secret key in the 'Authorization' field","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAfterWait, "own credentials, by its own words; the API key of the request is not at fault", "not at fault, by", "null",
		},
		{
			"a limit of a period is no pause of minutes",
			`[{"taskType":"imageInference","taskUUID":"u","model":"runware:100@1"}]`,
			`{"errors":[{"code":"dailyLimitReached","message":"You have reached the daily limit of 500 images for this key. The limit resets at 00:00 UTC.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryRateLimit, schema.RetryAfterWait, "next period", "minutes", "null",
		},
		{
			"an account that is behind",
			`[{"taskType":"imageInference","taskUUID":"u","model":"runware:100@1"}]`,
			`{"errors":[{"code":"accountDisabled","message":"Your account has been disabled due to unpaid invoices.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryBilling, schema.RetryAfterDecision, "behind with its payments(?s:.*)Pay what is open", "balance", "null",
		},
		{
			"the reason of a failed step, in its second sentence",
			`[{"taskType":"modelUpload","taskUUID":"u","air":"a:1@1","architecture":"flux1d","format":"safetensors","downloadURL":"https://cdn.example.com/a.safetensors"}]`,
			`{"errors":[{"code":"modelOptimizationFailed","message":"The model could not be optimized. The file does not match the declared architecture flux1d.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "architecture", "no reason|again with", "null",
		},
		{
			"the length of an input audio is not the duration of the output",
			`[{"taskType":"videoInference","taskUUID":"u","model":"alibaba:wan@2.5","duration":5,"inputs":{"frameImages":["https://cdn.example.com/a.jpg"],"audio":"https://cdn.example.com/a.mp3"}}]`,
			`{"errors":[{"code":"providerError","message":"The provider responded with an error. Additional information below.","responseContent":"Audio duration must be between 3s and 30s, but got 45.2s","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "inputs.audio(?s:.*)3 to 30 s", "`duration`", "null",
		},
		{
			"one of two files goes by a name of the provider",
			`[{"taskType":"imageInference","taskUUID":"u","model":"openai:1@1","inputs":{"seedImage":"https://cdn.example.com/a.jpg","maskImage":"https://cdn.example.com/m.png"}}]`,
			`{"errors":[{"code":"providerError","message":"The provider responded with an error. Additional information below.","responseContent":"{\"error\":{\"message\":\"Invalid input image: format must be RGBA\",\"code\":\"invalid_image_format\",\"param\":\"mask\"}}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "maskImage", "seedImage", "null",
		},
		{
			"a LoRA of another base model, of two",
			`[{"taskType":"imageInference","taskUUID":"u","model":"runware:101@1","lora":[{"model":"civitai:1@1"},{"model":"civitai:2@2"}]}]`,
			`{"errors":[{"code":"unsupportedArchitectureModelLora","message":"The LoRA 'civitai:2@2' is built for SDXL and can't be used with the FLUX.1 base model.","parameter":"lora","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryModelUnavailable, schema.RetryAfterDecision, "`lora.1..model` does not go with the base model", "FLUX|does not accept", "null",
		},
		{
			"a model that could not be loaded is not said to be unfit",
			`[{"taskType":"imageInference","taskUUID":"u","model":"runware:101@1","vae":"x:1@1"}]`,
			`{"errors":[{"code":"failedToLoadModel","message":"Failed to load the VAE 'x:1@1': the file is missing on the worker.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryModelUnavailable, schema.RetryAfterDecision, "could not be loaded", "does not go with", "null",
		},
		{
			"the shapes that are taken are said",
			`[{"taskType":"videoInference","taskUUID":"u","model":"google:3@2","width":1000,"height":1000}]`,
			`{"errors":[{"code":"providerError","message":"The provider responded with an error. Additional information below.","responseContent":"aspectRatio '1:1' is not supported by this model. Supported: 16:9, 9:16.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterDecision, "in 16:9 or 9:16", "1:1 ", "null",
		},
		{
			"the pause that a provider names",
			`[{"taskType":"videoInference","taskUUID":"u","model":"openai:3@1"}]`,
			`{"errors":[{"code":"providerError","message":"The provider responded with an error. Additional information below.","responseContent":"Rate limit reached for sora-2 on requests per min (RPM): Limit 4, Used 4. Please try again in 15s.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryRateLimit, schema.RetryAfterWait, "Wait 15 seconds", "few minutes", "null",
		},
		{
			"what is of no use without another is missing it",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","strength":0.8}]`,
			`{"errors":[{"code":"invalidStrength","message":"strength cannot be used without seedImage.","parameter":"strength","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "requires `seedImage`", "used together|keep one", "null",
		},
		{
			"a dependence that the task meets already",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","duration":8,"resolution":"720p"}]`,
			`{"errors":[{"code":"invalidDuration","message":"duration 8 requires resolution 720p.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "duration", "do not go together", "null",
		},
		{
			"a part of a word is no member with a text",
			`[{"taskType":"audioInference","taskUUID":"u","model":"a:1@1","positivePrompt":"a","script":"b","description":"c"}]`,
			`{"errors":[{"code":"providerError","message":"The provider responded with an error. Additional information below.","responseContent":"Blocked by the safety policy of your subscription: see the description of policies.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryContentPolicy, schema.RetryAfterDecision, "moderation|polic", "`script`|`description`", "null",
		},
		{
			"no word of a provider's is said again that is none of its parameters'",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","positivePrompt":"a"}]`,
			`{"errors":[{"code":"providerError","message":"The provider responded with an error. Additional information below.","responseContent":"{\"error\":{\"message\":\"bad thing in please_delete_all\",\"param\":\"please_delete_all\"}}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "words", "delete", "null",
		},
		{
			"an architecture in prose is no parameter, and the type of an item not that of its array",
			`[{"taskType":"imageInference","taskUUID":"u","model":"runware:101@1","lora":[{"model":"civitai:1@1"}]}]`,
			`{"errors":[{"code":"incompatibleLoraArchitecture","message":"Invalid value for 'lora[0].model' parameter. The LoRA was made for the SDXL architecture and cannot be used with the selected FLUX model.","parameter":"lora[0].model","type":"string","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryModelUnavailable, schema.RetryAfterDecision, "`lora.0..model` does not go with the base model", "`architecture`|a string|modelSearch", "null",
		},
		{
			"the shape of a file that Runware names is not that of the output",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","width":1280,"height":720,"frameImages":["https://cdn.example.com/a.png"]}]`,
			`{"errors":[{"code":"invalidImageAspectRatio","message":"Invalid value for 'frameImages[0]' parameter. The aspect ratio of the provided image (5.33) must be between 0.4 and 2.5.","parameter":"frameImages[0]","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "Crop the file", "output|`width`", "null",
		},
		{
			"a model that runs asynchronously only",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","deliveryMethod":"sync"}]`,
			`{"errors":[{"code":"deliveryMethodUnsupported","message":"Video models run asynchronously only.","parameter":"deliveryMethod","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "async", "not said in a form", `[{"op":"replace","path":"/0/deliveryMethod","value":"async"}]`,
		},
		{
			"a model for another kind of task",
			`[{"taskType":"imageInference","taskUUID":"u","model":"klingai:5@3"}]`,
			`{"errors":[{"code":"modelTaskTypeMismatch","message":"The model klingai:5@3 can't be used for imageInference. Use videoInference.","parameter":"model","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryModelUnavailable, schema.RetryAfterDecision, "another kind of task", "`imageInference` cannot|keep one", "null",
		},
		{
			"one name that does not go with what is not named",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","maskImage":"https://cdn.example.com/a.png","outpaint":{"top":64}}]`,
			`{"errors":[{"code":"conflictOutpaintMask","message":"Outpainting does not work when maskImage is given.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryConflict, schema.RetryAfterDecision, "beside something else", "another value", "null",
		},
		{
			"an output that is too large is made smaller by its size, where the task sets one",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","width":4096,"height":4096}]`,
			`{"errors":[{"code":"invalidDimensions","message":"The requested resolution of 16.8 MP is above the limit of 4 MP.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "which size", "factor|input file", "null",
		},
		{
			"a frame that a code names",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","frameImages":[{"inputImage":"https://cdn.example.com/a.png","frame":"last"}]}]`,
			`{"errors":[{"code":"missingFirstFrame","message":"a:1@1 can't work from a last frame only.","parameter":"frameImages","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "requires a first frame", "again|[Cc]hange nothing", "null",
		},
		{
			"a link to a page that shows a file",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","seedImage":"https://drive.google.com/file/d/1AbC/view"}]`,
			`{"errors":[{"code":"invalidSeedImageContent","message":"Invalid value for 'seedImage' parameter. The provided file could not be decoded as an image.","parameter":"seedImage","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "a page which shows the file", "single retry|passing", "null",
		},
		{
			"a rate of the sound that is made is no rate of a file",
			`[{"taskType":"audioInference","taskUUID":"u","model":"a:1@1","audioSettings":{"sampleRate":11025}}]`,
			`{"errors":[{"code":"invalidSampleRate","message":"sampleRate: 22050 | 24000 | 44100 | 48000","parameter":"audioSettings.sampleRate","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "sampleRate", "file", "null",
		},
		{
			"a size that is called invalid is none of those that are accepted",
			`[{"taskType":"imageInference","taskUUID":"u","model":"openai:1@1","width":1024,"height":1000}]`,
			`{"errors":[{"code":"providerError","message":"The provider responded with an error. Additional information below.","responseContent":"Invalid size '1500x1500'. Supported sizes are 1024x1024, 1024x1536, and auto.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterDecision, "1024x1024", "1500x1500", "null",
		},
		{
			"a formula is no relation",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","steps":30,"refiner":{"model":"civitai:2@2","startStep":30}}]`,
			`{"errors":[{"code":"invalidRefinerStart","message":"refiner.startStep may be at most steps - 1","parameter":"refiner.startStep","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "refiner.startStep", "at most `steps`|holds", "null",
		},
		{
			"the code of a switch of the check is no verdict",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","safety":{"mode":"off"}}]`,
			`{"errors":[{"code":"invalidSafetyMode","message":"safety.mode: none, fast, full","parameter":"safety.mode","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "safety.mode", "flagged|[Rr]eword", "null",
		},
		{
			"a format that a code refuses is that of the file",
			`[{"taskType":"imageUpload","taskUUID":"u","image":"https://cdn.example.com/a.tiff"}]`,
			`{"errors":[{"code":"unsupportedImageFormat","message":"TIFF is not among JPG, PNG, WEBP","parameter":"image","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "[Cc]onvert", "does not accept `image`", "null",
		},
		{
			"milliseconds where seconds are meant",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","duration":8000}]`,
			`{"errors":[{"code":"invalidDuration","message":"Duration is expressed in seconds and must lie between 3 and 15.","parameter":"duration","min":3,"max":15,"taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "milliseconds it is 8 seconds", "to 15 ", `[{"op":"replace","path":"/0/duration","value":8}]`,
		},
		{
			"a relation of 'it', beside a bound of the other",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","steps":20,"controlNet":[{"model":"x:1@1","endStep":30}]}]`,
			`{"errors":[{"code":"invalidControlNetEndStep","message":"Invalid value for 'controlNet[0].endStep' parameter. It must not be greater than the 'steps' of the same task ('steps' accepts 1 to 100).","parameter":"controlNet[0].endStep","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "has to be at most `steps`", "no rule", "null",
		},
		{
			"what is missing belongs to what may be left out",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","strength":0.7}]`,
			`{"errors":[{"code":"missingSeedImage","message":"Missing required parameter: 'seedImage'. It must accompany 'strength', which takes values from 0 to 1.","parameter":"seedImage","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "beside `strength`(?s:.*)or leave out `strength`", "again", "null",
		},
		{
			"what must be provided when another is used is missing, and no conflict",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","maskImage":"https://cdn.example.com/a.png"}]`,
			`{"errors":[{"code":"missingSeedImage","message":"Missing required parameter: 'seedImage'. A seed image must be provided when 'maskImage' is used.","parameter":"seedImage","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "requires `seedImage` beside `maskImage`", "cannot be used together|[Kk]eep one", "null",
		},
		{
			"what cannot be provided with another is a conflict",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","maskImage":"https://cdn.example.com/a.png","outpaint":{"top":64}}]`,
			`{"errors":[{"code":"invalidRequest","message":"maskImage cannot be provided with outpaint","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryConflict, schema.RetryAfterDecision, "`maskImage` and `outpaint` cannot be used together", "file", "null",
		},
		{
			"a value that a message writes in other capitals is no better one",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","scheduler":"euler"}]`,
			`{"errors":[{"code":"invalidScheduler","message":"Scheduler 'EULER' does not exist.","parameter":"scheduler","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "scheduler", "EULER", "null",
		},
		{
			"but one that it calls similar is",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","scheduler":"euler"}]`,
			`{"errors":[{"code":"invalidScheduler","message":"Unknown scheduler 'euler'. Similar: 'Euler', 'Euler A'.","parameter":"scheduler","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "points to `Euler`", "Euler A", `[{"op":"replace","path":"/0/scheduler","value":"Euler"}]`,
		},
		{
			"a poll that was refused is sent again under the id that it asks for",
			`[{"taskType":"getResponse","taskUUID":"v"},{"taskType":"getResponse","taskUUID":"w"}]`,
			`{"errors":[{"code":"rateLimitExceeded","message":"Rate limit exceeded. Please slow down."}]}`,
			schema.StatusFailed, schema.CategoryRateLimit, schema.RetryAfterWait, "with the same taskUUID", "new taskUUID", "null",
		},
		{
			"the failure that a poll tells is that of the task which it asks for",
			`[{"taskType":"getResponse","taskUUID":"v"}]`,
			`{"errors":[{"code":"providerOverloaded","message":"KlingAI is at capacity. Please try again later.","taskUUID":"v","taskType":"videoInference"}]}`,
			schema.StatusFailed, schema.CategoryCapacity, schema.RetryAfterWait, "with a new taskUUID(?s:.*)asks for another task", "the same taskUUID", "null",
		},
		{
			"a file that cannot be uploaded is not uploaded first",
			`[{"taskType":"imageUpload","taskUUID":"u","image":"https://drive.google.com/file/d/1a/view"}]`,
			`{"errors":[{"code":"invalidImage","message":"Invalid value for 'image' parameter. The file retrieved is of type 'text/html'.","parameter":"image","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "or send the file itself as a data URI", "upload the file", "null",
		},
		{
			"one frame that needs the other",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","inputs":{"frameImages":[{"image":"https://a.example.com/x.png","frame":"last"}]}}]`,
			`{"errors":[{"code":"invalidFrameImages","message":"Invalid value for 'frameImages' parameter. A last frame cannot be used without a first frame for this model.","parameter":"inputs.frameImages","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "first frame", "Choose another value", "null",
		},
		{
			"a frame that a rule depends on is that item",
			`[{"taskType":"videoInference","taskUUID":"u","model":"pixverse:1@5","duration":5,"inputs":{"frameImages":[{"image":"https://a.example.com/x.png","frame":"first"},{"image":"https://a.example.com/y.png","frame":"last"}]}}]`,
			`{"errors":[{"code":"invalidDuration","message":"Invalid value for 'duration' parameter. Duration must be 8 when a last frame is supplied.","parameter":"duration","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryConflict, schema.RetryAfterDecision, "give up `inputs.frameImages\\[1\\]`", "with `inputs.frameImages`", "null",
		},
		{
			"an address that has to be https",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","webhookURL":"http://hooks.example.com/a"}]`,
			`{"errors":[{"code":"invalidWebhookURL","message":"Invalid value for 'webhookURL' parameter. The webhook URL must be a public HTTPS URL.","parameter":"webhookURL","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "is no URL with https\\.", "http or", "null",
		},
		{
			"two numbers in relation, in words",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","controlNet":[{"startStep":20,"endStep":12}]}]`,
			`{"errors":[{"code":"invalidStartStep","message":"The start step must be an integer lower than the end step.","parameter":"controlNet[0].startStep","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "startStep` has to be less than `controlNet\\[0\\].endStep`", "not said in a form", "null",
		},
		{
			"the number of an error behind its words",
			`[{"taskType":"textInference","taskUUID":"u","model":"minimax:m2@0","settings":{"maxTokens":400000}}]`,
			`{"errors":[{"code":"providerBadRequest","message":"Bad request returned by MiniMax. Additional information: invalid params, max_tokens 400000 exceeds the model limit of 131072 (2013)","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "Set `settings.maxTokens` to 131072", "says more than its numbers", "null",
		},
		{
			"a provider's names in the plural",
			`[{"taskType":"imageInference","taskUUID":"u","model":"ideogram:4@1","providerSettings":{"ideogram":{"styleType":"DESIGN","styleCode":"A3F09B1C"}}}]`,
			`{"errors":[{"code":"providerBadRequest","message":"Bad request returned by Ideogram. Additional information: style_codes may not be combined with style_type","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryConflict, schema.RetryAfterDecision, "styleCode` and `providerSettings.ideogram.styleType", "does not have", "null",
		},
		{
			"the field with the bound of a text counts its characters",
			`[{"taskType":"audioInference","taskUUID":"u","model":"a:1@1","positivePrompt":"Heavy rain on a tin roof"}]`,
			`{"errors":[{"code":"quotaExceeded","message":"Character quota exceeded for 'positivePrompt' parameter. A prompt may hold at most 20 characters.","parameter":"positivePrompt","max":20,"taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "has 24 characters(?s:.*)at most 20", "credits", "null",
		},
		{
			"a check of the content that did not answer refused nothing",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","positivePrompt":"a tram"}]`,
			`{"errors":[{"code":"moderationFailed","message":"The content moderation service did not answer in time, so the prompt could not be checked. No verdict was reached.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInternal, schema.RetryAsIs, "could not be made, which is no verdict", "[Rr]eword|refused", "null",
		},
		{
			"nor did one that could not fetch the file",
			`[{"taskType":"imageInference","taskUUID":"u","model":"google:4@2","inputs":{"referenceImages":["https://a.example.com/x.png"]}}]`,
			`{"errors":[{"code":"invalidProviderContent","message":"The input image could not be checked: fetching https://a.example.com/x.png returned 403 Forbidden.","parameter":"inputs.referenceImages[0]","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "download|fetch", "moderation refused", "null",
		},
		{
			"a voice that a provider does not have is no model",
			`[{"taskType":"audioInference","taskUUID":"u","model":"elevenlabs:1@1","speech":{"voice":"Mar-2","text":"Hi"}}]`,
			`{"errors":[{"code":"modelNotFound","message":"ElevenLabs responded with an error. Additional information below.","responseContent":"{\"detail\":{\"status\":\"voice_not_found\",\"message\":\"A voice with the voice_id 'Mar-2' was not found.\"}}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryNotFound, schema.RetryAfterDecision, "what `speech.voice` names", "modelSearch", "null",
		},
		{
			"the value that Runware says to use",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","outputType":"base64Data"}]`,
			`{"errors":[{"code":"fileSizeLimitExceeded","message":"The generated file is too large to be delivered with outputType 'base64Data'. Use outputType 'URL' for this result.","parameter":"outputType","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "points to `URL`", "", `[{"op":"replace","path":"/0/outputType","value":"URL"}]`,
		},
		{
			"two settings whose values do not go together",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","resolution":"1080p","duration":4}]`,
			`{"errors":[{"code":"unsupportedDuration","message":"Unsupported combination of 'resolution' and 'duration' parameters. A resolution of '1080p' is available only with a duration of 8 seconds.","parameter":["resolution","duration"],"taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryConflict, schema.RetryAfterDecision, "do not go together", "Choose another value", "null",
		},
		{
			"no credits were used",
			`[{"taskType":"videoInference","taskUUID":"u","model":"runway:1@1","positivePrompt":"a"}]`,
			`{"errors":[{"code":"providerError","message":"Runway responded with an error. Additional information below.","responseContent":"{\"failure\":\"An unexpected error occurred while preparing the inputs on our side. No credits were used. You may try this task again.\",\"failureCode\":\"INPUT_PREPROCESSING.INTERNAL\"}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryProviderFailure, schema.RetryAsIs, "", "paid up|account", "null",
		},
		{
			"a value that is not offered in a region",
			`[{"taskType":"videoInference","taskUUID":"u","model":"google:3@0","positivePrompt":"a","providerSettings":{"google":{"personGeneration":"allow_all"}}}]`,
			`{"errors":[{"code":"providerBadRequest","message":"Bad request returned by Google. Additional information: allow_all for personGeneration is currently not available in your region. Use allow_adult or dont_allow.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterDecision, "personGeneration` is `allow_all`, which Google does not offer in the region", "another model", "null",
		},
		{
			"what is required when another is used, behind words that it is not supported",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","maskImage":"https://a.example.com/m.png"}]`,
			`{"errors":[{"code":"invalidMaskImage","message":"Unsupported use of 'maskImage' parameter. Parameter 'seedImage' is required when a mask is provided.","parameter":"maskImage","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "requires `seedImage`", "does not accept `maskImage`", "null",
		},
		{
			"the name of a provider is no parameter",
			`[{"taskType":"audioInference","taskUUID":"u","model":"elevenlabs:1@1","voice":"Marlene"}]`,
			`{"errors":[{"code":"voiceSunsetNotice","message":"The voice 'Marlene' was retired by ElevenLabs and can no longer be used. Please choose another voice.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryNotFound, schema.RetryAfterDecision, "voice", "`ElevenLabs`", "null",
		},
		{
			"a name cut short, and another beside it",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","controlNet":[{"model":"b:1@1","startStepPercent":0,"endStepPercent":80}]}]`,
			`{"errors":[{"code":"unsupportedParameter","message":"Unsupported use of 'controlNet[0].endStepPercent' parameter. This parameter is not supported. Allowed values are: 'model', 'guideImage', 'weight', 'startStepPercentage', 'endStepPercentage', 'controlMode'","parameter":"controlNet[0].endStepPercent","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedParameter, schema.RetryAfterPatch, "and `controlNet\\[0\\].startStepPercent` to `startStepPercentage`", "[Rr]emove", `[{"op":"move","from":"/0/controlNet/0/endStepPercent","path":"/0/controlNet/0/endStepPercentage"},{"op":"move","from":"/0/controlNet/0/startStepPercent","path":"/0/controlNet/0/startStepPercentage"}]`,
		},
		{
			"a rule that holds at the size of the task",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","duration":10,"width":1920,"height":1080}]`,
			`{"errors":[{"code":"unsupportedDuration","message":"A duration of 10 seconds is not available at 1920x1080. Supported values are: '6'","parameter":"duration","allowedValues":[6],"taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterPatch, "accepts only 6 at 1920x1080(?s:.*)or choose another size", "", `[{"op":"replace","path":"/0/duration","value":6}]`,
		},
		{
			"a rule that holds with the value of another setting",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","duration":10,"resolution":"1080p"}]`,
			`{"errors":[{"code":"unsupportedDuration","message":"With 'resolution' set to '1080p', the value of the 'duration' parameter is not supported. Supported values are: '6'","parameter":"duration","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterPatch, "where `resolution` is `1080p`(?s:.*)or change `resolution` instead", "", `[{"op":"replace","path":"/0/duration","value":6}]`,
		},
		{
			"a picture that is refused over protected material",
			`[{"taskType":"imageInference","taskUUID":"u","model":"bfl:4@1","positivePrompt":"make the jacket green","inputs":{"referenceImages":["https://a.example.com/s.webp"]}}]`,
			`{"errors":[{"code":"providerContentPolicyViolation","message":"Black Forest Labs stopped the task. Status: Request Moderated.","responseContent":"{\"status\":\"Request Moderated\",\"details\":{\"Moderation Reasons\":[\"Input Image: Derivative Works Filter\"]}}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryContentPolicy, schema.RetryAfterDecision, "input image(?s:.*)referenceImages\\[0\\]`, since it may hold material protected", "[Rr]eword", "null",
		},
		{
			"two values that do not go together, by a condition",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","duration":10,"resolution":"1080p"}]`,
			`{"errors":[{"code":"unsupportedDuration","message":"Unsupported value for 'duration' parameter. A duration of 10 seconds is not available when 'resolution' is '1080p'. Use 6 seconds, or choose '768p'.","parameter":"duration","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryConflict, schema.RetryAfterDecision, "are 10 and `1080p`, which do not go together", "accepts", "null",
		},
		{
			"what is accepted only with another",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","maskImage":"5d0e8a3c-7b1f-4c62-9a4e-2f6b81d7c390"}]`,
			`{"errors":[{"code":"invalidMaskImage","message":"Invalid use of 'maskImage' parameter. 'maskImage' is accepted only with 'seedImage'.","parameter":"maskImage","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "requires `seedImage` beside `maskImage`", "[Cc]hange the file", "null",
		},
		{
			"a host that gives out no file forbids no key",
			`[{"taskType":"upscale","taskUUID":"u","model":"topaz:3@1","inputs":{"image":"https://a.example.com/p.jpg?X-Amz-Expires=900"}}]`,
			`{"errors":[{"code":"providerForbidden","message":"Request forbidden. Topaz returned: 403 Forbidden while fetching the source image: Request has expired.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "inputs.image", "API key", "null",
		},
		{
			"a file whose name says no medium",
			`[{"taskType":"3dInference","taskUUID":"u","model":"meshy:retexture@1","positivePrompt":"bronze","inputs":{"mesh":"https://a.example.com/bust.blend"}}]`,
			`{"errors":[{"code":"providerBadRequest","message":"Bad request returned by Meshy. Additional information: Unsupported model file","parameter":"inputs.mesh","responseContent":"{\"message\":\"Invalid model_url: file extension must be one of .glb, .gltf, .obj, .fbx, .stl\"}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "at `inputs.mesh`", "", "null",
		},
		{
			"the formats that a message lists are no values of another setting",
			`[{"taskType":"imageInference","taskUUID":"u","model":"openai:1@1","outputFormat":"JPG","providerSettings":{"openai":{"background":"transparent"}}}]`,
			`{"errors":[{"code":"providerBadRequest","message":"Bad request returned by OpenAI. Additional information: Transparent background is not supported for JPEG output format. Please use 'png' or 'webp' instead.","parameter":"background","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "mention `providerSettings.openai.background` and `outputFormat`", "accepts", "null",
		},
		{
			"one request that is too large for a rate, whoever says so",
			`[{"taskType":"textInference","taskUUID":"u","model":"openai:gpt@5.2","messages":[{"role":"user","content":"Summarise."}],"settings":{"maxTokens":64000}}]`,
			`{"errors":[{"code":"providerRateLimitExceeded","message":"OpenAI rate limit exceeded. Additional information: Request too large on tokens per min (TPM): Limit 30000, Requested 71842. The input or output tokens must be reduced.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryRateLimit, schema.RetryAfterDecision, "waiting does not help", "passes within", "null",
		},
		{
			"a rule about another parameter than the error's field",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","width":1000,"height":1024}]`,
			`{"errors":[{"code":"invalidHeight","message":"Invalid value for 'width' parameter. Image width must be an integer value between 128 and 2048, in multiples of '64'.","parameter":"height","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "Set `width` to 1024", "`height`", "null",
		},
		{
			"how many parameters are wrong is no bound",
			`[{"taskType":"3dInference","taskUUID":"u","model":"tripo:v3@0","settings":{"faceLimit":60000}}]`,
			`{"errors":[{"code":"providerError","message":"Tripo responded with an error. Additional information below.","responseContent":"{\"message\":\"One or more of your parameters are invalid: face_limit must be in range [1000, 20000]\"}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "Set `settings.faceLimit` to 20000", "says more", "null",
		},
		{
			"what a poll asks for is gone",
			`[{"taskType":"getResponse","taskUUID":"v"}]`,
			`{"errors":[{"code":"taskExpired","message":"The results of this task are no longer available.","parameter":"taskUUID","taskUUID":"v","taskType":"getResponse"}]}`,
			schema.StatusFailed, schema.CategoryNotFound, schema.RetryAfterDecision, "asks for another task", "same taskUUID", "null",
		},
		{
			"a setting that a message names with its value, beside the model",
			`[{"taskType":"imageInference","taskUUID":"u","model":"runware:101@1","scheduler":"Foo"}]`,
			`{"errors":[{"code":"invalidModel","message":"Model runware:101@1 does not support the scheduler 'Foo'.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "`runware:101@1` refuses `scheduler`", "modelSearch", "null",
		},
		{
			"a LoRA that is not known is not the task's model",
			`[{"taskType":"imageInference","taskUUID":"u","model":"runware:101@1","lora":[{"model":"civitai:1@2","weight":1}]}]`,
			`{"errors":[{"code":"modelNotFound","message":"LoRA 'civitai:1@2' was not found.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryNotFound, schema.RetryAfterDecision, "knows no model `civitai:1@2`", "runware:101@1", "null",
		},
		{
			"a rule for the value of another setting",
			`[{"taskType":"imageInference","taskUUID":"u","model":"a:1@1","steps":30,"scheduler":"LCM"}]`,
			`{"errors":[{"code":"invalidSteps","message":"With the LCM scheduler, steps must be between 1 and 8.","parameter":"steps","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "accepts 1 to 8 where `scheduler` is `LCM`(?s:.*)or change `scheduler` instead", "", `[{"op":"replace","path":"/0/steps","value":8}]`,
		},
		{
			"an output that may hold protected material",
			`[{"taskType":"imageInference","taskUUID":"u","model":"bfl:5@1","positivePrompt":"linen dress","numberResults":1}]`,
			`{"errors":[{"code":"invalidProviderContent","message":"Invalid content detected. The generated content was flagged.","responseContent":"{\"status\":\"Content Moderated\",\"details\":{\"Moderation Reasons\":[\"Derivative Works Filter\"]}}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryContentPolicy, schema.RetryAfterDecision, "held back the output(?s:.*)[Ss]end it once more", "refused the request", "null",
		},
		{
			"a model id with a blank",
			`[{"taskType":"imageInference","taskUUID":"u","model":"civitai:1@2 "}]`,
			`{"errors":[{"code":"invalidModel","message":"Invalid value for 'model' parameter. Model must be a valid AIR identifier.","parameter":"model","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterPatch, "with a blank before or behind it", "modelSearch", `[{"op":"replace","path":"/0/model","value":"civitai:1@2"}]`,
		},
		{
			"sizes that are as near in shape",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","width":1024,"height":1024}]`,
			`{"errors":[{"code":"unsupportedDimensions","message":"The specified dimensions are not supported. Supported values are: '1280x720', '720x1280', '1920x1080', '1080x1920'.","parameter":["width","height"],"taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryUnsupportedValue, schema.RetryAfterDecision, "to `1280x720` or `720x1280`, which are as near in shape", "nearest in shape", "null",
		},
		{
			"a source that is too large in pixels",
			`[{"taskType":"upscale","taskUUID":"u","model":"topaz:starlight@1","upscaleFactor":4,"inputs":{"video":"https://a.example.com/r.mov"}}]`,
			`{"errors":[{"code":"providerError","message":"Topaz responded with an error. Additional information below.","responseContent":"{\"detail\":\"Source resolution 2560x1440 exceeds the maximum source resolution of 1920x1080 for this model\"}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "pixel size of a file(?s:.*)inputs.video", "", "null",
		},
		{
			"architectures that do not go together are no parameters",
			`[{"taskType":"imageInference","taskUUID":"u","model":"runware:101@1","lora":[{"model":"civitai:1@2","weight":1}]}]`,
			`{"errors":[{"code":"incompatibleLoraArchitecture","message":"Invalid value for 'lora[0].model' parameter. The LoRA architecture 'sdxl' cannot be used with a base model of architecture 'flux1d'.","parameter":"lora[0].model","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryModelUnavailable, schema.RetryAfterDecision, "does not go with the base model", "`sdxl`", "null",
		},
		{
			"bytes that came too slowly are not too many",
			`[{"taskType":"upscale","taskUUID":"u","model":"topaz:1@1","inputs":{"video":"https://a.example.com/v.mp4"}}]`,
			`{"errors":[{"code":"providerError","message":"Topaz responded with an error. Additional information below.","responseContent":"{\"message\":\"context deadline exceeded while reading source video: 41943040 of 2147483648 bytes received from origin after 60s\"}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "could not download", "too large", "null",
		},
		{
			"the formats that a sound may be in",
			`[{"taskType":"videoInference","taskUUID":"u","model":"sync:lipsync-2@1","inputs":{"video":"https://a.example.com/v.mp4","audio":"https://a.example.com/a.ogg"}}]`,
			`{"errors":[{"code":"providerError","message":"Sync responded with an error. Additional information below.","responseContent":"{\"error\":\"The input audio could not be decoded. Please provide a valid WAV or MP3 file.\"}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "whole, and in WAV or MP3", "PNG", "null",
		},
		{
			"the other setting that words mention beside the one refused",
			`[{"taskType":"imageInference","taskUUID":"u","model":"openai:1@1","outputFormat":"JPG","providerSettings":{"openai":{"background":"transparent"}}}]`,
			`{"errors":[{"code":"providerBadRequest","message":"Bad request returned by OpenAI. Additional information: Transparent background is not supported for JPEG output format.","responseContent":"{\"error\":{\"message\":\"Transparent background is not supported for JPEG output format.\",\"param\":\"background\"}}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "refused `providerSettings.openai.background`(?s:.*)mention `outputFormat`", "", "null",
		},
		{
			"an answer that is too long, and no text",
			`[{"taskType":"textInference","taskUUID":"u","model":"google:gemma@4-31b","messages":[{"role":"user","content":"List three causes."}],"settings":{"maxTokens":40000}}]`,
			`{"errors":[{"code":"contextLengthExceeded","message":"This model's maximum context length is 32768 tokens. However, you requested 40021 tokens (21 in the messages, 40000 in the completion). Please reduce the length of the messages or completion.","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "[Ll]ower `settings.maxTokens`", "split", "null",
		},
		{
			"what is used only together with another, in plain words",
			`[{"taskType":"imageInference","taskUUID":"u","model":"runware:102@1","maskImage":"379753b1-4fc5-4f57-88b0-1340b737eeba"}]`,
			`{"errors":[{"code":"invalidMaskImageUsage","message":"Invalid use of 'maskImage' parameter. A mask image can only be used together with a seed image.","parameter":"maskImage","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryMissingParameter, schema.RetryAfterDecision, "requires `seedImage`", "[Cc]hange the file", "null",
		},
		{
			"an address whose host is not accepted",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","webhookURL":"http://localhost:8787/a"}]`,
			`{"errors":[{"code":"invalidWebhookURL","message":"Invalid value for 'webhookURL' parameter. Webhook URL must be a publicly reachable HTTP or HTTPS address; local and private hosts are not accepted.","parameter":"webhookURL","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInvalidParameter, schema.RetryAfterDecision, "reached only from its own machine", "does not accept", "null",
		},
		{
			"words say more than a slug",
			`[{"taskType":"videoInference","taskUUID":"u","model":"sync:lipsync-2@1","inputs":{"video":"https://a.example.com/v.mov","audio":"https://a.example.com/a.wav"}}]`,
			`{"errors":[{"code":"providerError","message":"Sync responded with an error. Additional information below.","responseContent":"{\"error_code\":\"generation_input_video_inaccessible_or_unsupported\",\"error\":\"Unable to decode input video: unsupported codec 'hevc' (Main 10). Please provide an H.264 MP4 file.\"}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "decode|codec", "could not download", "null",
		},
		{
			"a file without sound",
			`[{"taskType":"videoInference","taskUUID":"u","model":"a:1@1","inputs":{"audio":"https://a.example.com/a.m4a"}}]`,
			`{"errors":[{"code":"failedToProcessAudio","message":"Invalid value for 'inputs.audio' parameter. The file was downloaded but holds no audio stream (0 seconds detected).","parameter":"inputs.audio","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "inputs.audio", "no reason", "null",
		},
		{
			"a host that gives out no file, in a provider's words",
			`[{"taskType":"videoInference","taskUUID":"u","model":"runway:1@1","frameImages":[{"inputImage":"https://a.example.com/p.png","frame":"first"}]}]`,
			`{"errors":[{"code":"providerForbidden","message":"Runway responded with an error. The provider returned the 403. Additional information below.","responseContent":"{\"issues\":[{\"path\":[\"promptImage\"],\"message\":\"Failed to fetch asset. The server hosting the asset responded with 403 Forbidden.\"}]}","taskUUID":"u"}]}`,
			schema.StatusFailed, schema.CategoryInputMedia, schema.RetryAfterDecision, "frameImages", "API key", "null",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			id := "v"
			if !strings.Contains(c.request, `"taskUUID":"v"`) || strings.Contains(c.name, "no task") {
				id = "u"
			}
			status, d := Task(t.Context(), schema.Task{TaskUUID: id, Request: json.RawMessage(c.request), Response: json.RawMessage(c.response)}, nil)
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
