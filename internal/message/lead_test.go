package message

import "testing"

// TestPassedOn holds who is speaking: a lead-in, and no sentence of Runware's that names somebody.
func TestPassedOn(t *testing.T) {
	for _, text := range []string{
		"KlingAI: 'steps' must be between 1 and 5.", "Upstream provider error: 'steps' must be at most 5.", "Error from upstream: no.", "Response from Kling: no.",
		"Luma API error - no.", "Generation failed. Reason: no.", `Request to Google was rejected with message "no."`, "Provider validation failed: no.",
		"Steps must be at most 5. (provider: bfl)", "OpenAI said: no.", "KlingAI says that no.", "According to KlingAI, no.", "[klingai] no.", "<klingai> no.", "Provider error. No.",
	} {
		if !PassedOn(text) {
			t.Errorf("%q is taken for Runware's own", text)
		}
	}
	for _, text := range []string{
		"Invalid value for 'steps' parameter: must be between 1 and 5.", "Validation error: 'steps' must be at most 5.", "Width: must be at most 512.", "Kling 2.6 takes one of: 5, 10.",
		"providerSettings.openai.quality: must be one of 'low', 'high'.", "Model klingai:5@3 does not support: seed.", "Supported values are: 'google', 'openai'.", "Error: no.", "", "Request failed with status 400: no.",
		"Bad value - 'steps' must be at most 5.",
	} {
		if PassedOn(text) {
			t.Errorf("%q is taken for somebody else's", text)
		}
	}
	for code, want := range map[string]bool{
		"klingaiError": true, "upstreamError": true, "externalServiceError": true, "thirdPartyError": true, "kling_api_error": true, "invalidWidth": false,
		"validationError": false, "error": false, "syncError": true, "asyncError": false, "inferenceError": false,
	} {
		if got := CodePassedOn(code); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}

// TestProviderIn holds which provider a lead names, and that nothing behind it does.
func TestProviderIn(t *testing.T) {
	for text, want := range map[string]string{
		"Bad request returned by Google. Additional information: ask OpenAI.": "Google",
		"Gemini responded with an error. Additional information below.":       "Google",
		"Error from provider KlingAI: the style of Midjourney is refused.":    "KlingAI",
		"ideogram . Additional information below.":                            "Ideogram",
		"OpenAI error from Google: no.":                                       "",
		"The prompt asks for Midjourney. Google: no.":                         "",
		"Invalid value.": "",
	} {
		if got := ProviderIn(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
