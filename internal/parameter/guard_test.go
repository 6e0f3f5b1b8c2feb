package parameter

import "testing"

// TestGuarded holds names by their words, however they are written, and what only sounds alike.
func TestGuarded(t *testing.T) {
	for _, name := range []string{
		"webhookURL", "APIEndpoint", "HTTPCallbackURL", "URLWebhook", "mywebhookurl", "resultendpoint", "webhookuri", "s3Upload", "putURL", "outputBucket", "accessKey", "apiKey",
		"userId", "taskUUID", "upload_endpoint",
	} {
		if !Guarded(name) {
			t.Errorf("%s is not", name)
		}
	}
	for _, name := range []string{"imageURL", "outputType", "outputFormat", "outputQuality", "maxTokens", "upscaleFactor", "deliveryMethod", "CFGScale", "seedImage", "keyframes"} {
		if Guarded(name) {
			t.Errorf("%s is", name)
		}
	}
}
