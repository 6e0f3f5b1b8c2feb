package message

import (
	"fmt"
	"testing"
)

// TestExplains holds what is a reason behind a failure: words behind a colon, or another sentence that advises nothing.
func TestExplains(t *testing.T) {
	for text, want := range map[string]bool{
		"The model could not be optimized. The file does not match the architecture.": true,
		"Optimization failed: the checkpoint has no tensors.":                         true,
		"The model could not be optimized. Try again in a few minutes.":               false,
		"Image generation failed. Contact our support for help with it.":              false,
		"Image generation failed. Additional information below, if any.":              false,
		"Image generation failed.":                                                    false,
		"Failed: unknown":                                                             false,
	} {
		if got := Explains(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestPassedIsNoRefusal holds that a check which was passed is none that refused.
func TestPassedIsNoRefusal(t *testing.T) {
	for text, want := range map[string]bool{
		"The content passed moderation, but the audio holds no voice.": false,
		"It was not rejected by the risk control system.":              false,
		"The content has not passed moderation.":                       true,
		"The prompt you passed violates our content policy.":           true,
		"The image passed contains prohibited content.":                true,
		"It passed our safety check.":                                  false,
		"The content did not pass the review.":                         true,
	} {
		if s, ok := Classify(text); (ok && s.Provider == "providerContentPolicyViolation") != want {
			t.Errorf("%q: %v", text, s)
		}
	}
}

// TestWaits holds the pauses that are read, in the languages of the commonest providers.
func TestWaits(t *testing.T) {
	for text, want := range map[string]string{
		"Try again in 30 seconds.": "30 second", "Réessayez dans 2 minutes.": "2 minute", "Please try again in 15s.": "15 second", "Bitte nach 20 Sekunden erneut versuchen.": "20 second",
		"Riprova tra 30 secondi.": "30 second", "Повторите через 60 секунд.": "60 second", "A video of 5 seconds.": " ",
	} {
		if w := Parse(text, func(string) bool { return false }).Wait; fmt.Sprint(w.Count, " ", w.Unit) != want {
			t.Errorf("%q: %v", text, w)
		}
	}
}
