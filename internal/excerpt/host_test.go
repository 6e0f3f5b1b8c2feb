package excerpt

import "testing"

// TestOfAnotherHost holds whose answer a text shows.
func TestOfAnotherHost(t *testing.T) {
	for text, want := range map[string]bool{
		`HTTP 401 from api.openai.com: {"error":{"code":"invalid_api_key"}}`:     true,
		`GET https://cdn.example.com/x 401 Unauthorized`:                         true,
		`POST https://api.runware.ai/v1 -> 401 {"code":"invalidApiKey"}`:         false,
		`{"errors":[{"code":"invalidApiKey","message":"Invalid API key"}]}`:      false,
		`{"errors":[{"code":"ipNotAllowed","message":"from 203.0.113.77"}]}`:     false,
		`{"taskUUID":"u","message":"The image at https://a.example.com failed"}`: false,
	} {
		if got := OfAnotherHost([]byte(text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
