package message

import (
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLists pins where an enumeration ends.
func TestLists(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Supported values are: 'JPG', 'PNG', 'WEBP'.", []string{"JPG", "PNG", "WEBP"}},
		{"Supported values are: 'JPG'; 'PNG'; 'WEBP'.", []string{"JPG", "PNG", "WEBP"}}, // semicolons between items
		{"Supported values are: 'JPG'; 'PNG'; or 'WEBP'", []string{"JPG", "PNG", "WEBP"}},
		{"Supported values are: 'JPG'; 'PNG'; and 'WEBP'; send one.", []string{"JPG", "PNG", "WEBP"}},
		{"The width must be 512; 768; or 1024.", []string{"512", "768", "1024"}},
		{"The width must be 512 px; 768 px; or 1024 px.", []string{"512", "768", "1024"}},
		{"Must be one of: png; webp; jpg", []string{"png", "webp", "jpg"}},
		{"Supported values are: 'JPG'; 'seed' must be a number.", []string{"JPG"}},             // the clause ends
		{"Supported values are: 'JPG', 'PNG'; 'WEBP' is gone.", []string{"JPG", "PNG"}},        // likewise
		{"Supported values are: 'JPG', 'PNG'; 'WEBP'.", []string{"JPG", "PNG"}},                // commas are between items here
		{"Supported values are: 512, 768; 3 were sent.", []string{"512", "768"}},               // likewise
		{"The scheduler must be one of 'DPM; Karras', 'LCM'.", []string{"DPM; Karras", "LCM"}}, // within quotes
		{"Allowed values are: a, b (for this model).", []string{"a", "b"}},
		{"Output type has to be URL, base64Data or dataURI.", []string{"URL", "base64Data", "dataURI"}},
		{"thinkingLevel can be low, medium, or high.", []string{"low", "medium", "high"}},
		{"Unknown role. Use system, user or assistant.", []string{"system", "user", "assistant"}},
	} {
		claims := Parse(c.text, inVocabulary)
		if len(claims.Lists) != 1 {
			t.Errorf("%q: %d lists", c.text, len(claims.Lists))
			continue
		}
		if diff := cmp.Diff(c.want, claims.Lists[0].Items); diff != "" {
			t.Errorf("%q (-want +got)\n%s", c.text, diff)
		}
	}
}

// TestTypes pins what a message says of a value's type.
func TestTypes(t *testing.T) {
	for text, want := range map[string]string{
		"CFGScale needs a number, a string came.":                  "number",
		"'cameraFixed' needs to be true or false, without quotes.": "boolean",
		"This model needs text and an image.":                      "",
		"The video takes a number of frames.":                      "",
	} {
		if got := Parse(text, inVocabulary).Type; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestAdviceIsNoList pins that advice with an "or" enumerates nothing.
func TestAdviceIsNoList(t *testing.T) {
	for _, text := range []string{"Use another, or contact support.", "Use Euler, which is faster, or none.", "seedImage must be resized or cropped.", "webhookURL must be public, reachable or omitted.", "seedImage must be sharp, clear or bright.", "negativePrompt can be short or empty."} {
		if got := Parse(text, inVocabulary).Lists; len(got) > 0 {
			t.Errorf("%q: %q", text, got[0].Items)
		}
	}
}

// TestListIsNoBound pins that a number of a list is not read as the one that is accepted.
func TestListIsNoBound(t *testing.T) {
	if got := Parse("The width must be 512; 768; or 1024.", inVocabulary).Bounds; len(got) > 0 {
		t.Errorf("%+v", got)
	}
	if got := Parse("The width must be 512; 768 was sent.", inVocabulary).Bounds; len(got) != 1 || got[0].Lo != "512" {
		t.Errorf("%+v", got)
	}
}

// TestNames pins what a message names, each path in one form.
func TestNames(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Missing required parameter '[inputs][referenceImages]'.", []string{"inputs.referenceImages"}},
		{"Missing required parameter: 'inputs[mask]'.", []string{"inputs.mask"}},
		{"Parameter [providerSettings][openai][quality] is not supported.", []string{"providerSettings.openai.quality"}},
		{"inputs[mask] must be a string.", []string{"inputs.mask"}},
		{"/0/refiner/steps must be <= 99", []string{"refiner.steps"}},
		{"Invalid value for 'ipAdapters.0.weight' parameter.", []string{"ipAdapters[0].weight"}},
		{"Parameter 'lora[0].weight' and parameter 'lora.0.weight' differ.", []string{"lora[0].weight"}},
		{"Unsupported use of width/height parameters.", []string{"width/height"}},
		{"The mask margin must be at least 32.", []string{"maskmargin"}},
	} {
		if diff := cmp.Diff(c.want, Parse(c.text, inVocabulary).Names); diff != "" {
			t.Errorf("%q (-want +got)\n%s", c.text, diff)
		}
	}
}

// TestExact pins that a bound carries its numbers as they are: digits that a float would lose, and as JSON has them.
func TestExact(t *testing.T) {
	b := Parse("It must be between -0.10 and 9007199254740993.", inVocabulary).Bounds[0]
	if b.Lo != "-0.10" || b.LoExact.Cmp(big.NewRat(-1, 10)) != 0 || b.HiExact.RatString() != "9007199254740993" {
		t.Errorf("%+v", b)
	}
	if b := Parse("It must be at least +007.", inVocabulary).Bounds[0]; b.Lo != "7" || b.LoExact.RatString() != "7" {
		t.Errorf("%+v", b)
	}
	if b := Parse("It must be at least 512x512.", inVocabulary).Bounds[0]; b.Lo != "512x512" || b.LoExact != nil {
		t.Errorf("%+v", b)
	}
	if b := Parse("It must be at least "+strings.Repeat("9", 500)+".", inVocabulary).Bounds[0]; b.LoExact != nil {
		t.Error("an absurdly long number is computed with")
	}
}

// TestSignal pins that a message's signal is found with the rest, and again only in another text.
func TestSignal(t *testing.T) {
	text := "Content flagged for 'timeout'."
	c := Parse(text, inVocabulary)
	want, _ := signalOf("content")
	if s, ok := c.Signal(); !ok || s != want {
		t.Errorf("got %v", s)
	}
	if s, ok := c.SignalWithout(text); !ok || s != want {
		t.Errorf("got %v", s)
	}
	left, _ := signalOf("timeout")
	if s, ok := c.SignalWithout("'timeout'."); !ok || s != left {
		t.Errorf("got %v", s)
	}
	if _, ok := Parse("See https://example.com/nsfw/timeout for more.", inVocabulary).Signal(); ok {
		t.Error("an address is taken for words")
	}
	for _, denied := range []string{"It was not flagged.", "without moderation", "It isn't inappropriate."} {
		if s, ok := Classify(denied); ok {
			t.Errorf("%q: %v", denied, s)
		}
	}
}
