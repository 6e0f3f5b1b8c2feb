package diagnose_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"mcp-taskdetails/internal/diagnose"
	"mcp-taskdetails/schema"
)

// TestProviderNamed holds what a provider is called: by the source of the task's model, where it is certain that a provider
// speaks, and by nothing that stands in a text.
func TestProviderNamed(t *testing.T) {
	const id = "b880f077-e514-48ef-8ebd-ce1c37b46eb7"
	for _, c := range [...]struct{ code, message, content, model, want string }{
		{"providerError", "Google responded with an error. Additional information below.", "no", "google:4@2", "Google refused"},
		{"providerError", "Gemini responded with an error. Additional information below.", "no", "google:4@2", "Google refused"},
		{"providerError", "It failed.", "no", "elevenlabs:1@1", "ElevenLabs refused"},
		{"invalidProviderContent", "It was refused.", "", "minimax:4@1", "MiniMax's content moderation"},
		{"inferenceFailed", "Bad request returned by KlingAI. Additional information: no", "", "klingai:5@3", "KlingAI"},
		{"providerError", "Google responded with an error. Additional information below.", "no", "klingai:5@3", "The provider refused"},
		{"providerError", "Google responded with an error. Additional information below.", "no", "runware:100@1", "The provider refused"},
		{"providerError", "Google responded with an error. Additional information below.", "no", "", "The provider refused"},
		{"providerError", "It failed.", "OpenAI: no", "civitai:4@1", "The provider refused"},
	} {
		request := fmt.Sprintf(`[{"taskType":"imageInference","taskUUID":%q,"model":%q,"positivePrompt":"KlingAI: a cat of Midjourney"}]`, id, c.model)
		said, _ := json.Marshal(map[string]any{"errors": []any{map[string]any{
			"code": c.code, "message": c.message, "responseContent": c.content, "responseStatusCode": "400", "taskUUID": id,
		}}})
		_, d := diagnose.Task(t.Context(), schema.Task{TaskUUID: id, Request: []byte(request), Response: said}, func(string) diagnose.Model { return nil })
		if !strings.HasPrefix(d.Summary, c.want) {
			t.Errorf("%s of %q, %q: %s want %s", c.code, c.model, c.message, d.Summary, c.want)
		}
	}
}
