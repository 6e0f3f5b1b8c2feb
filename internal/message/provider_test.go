package message

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

// TestUnwrap pins where a provider's words are found, and what is made of them.
func TestUnwrap(t *testing.T) {
	for _, c := range []struct {
		name             string
		message, content string
		want             []string
		reason           bool
	}{
		{
			"in the message", "Bad request returned by Google. Additional information: Cannot fetch content from the provided URL.", "",
			[]string{"Cannot fetch content from the provided URL."},
			true,
		},
		{
			"in the field", "Luma responded with an error. Additional information below.", `{"detail":"the prompt is too long"}`,
			[]string{"the prompt is too long"},
			true,
		},
		{
			"below, in the message itself", "Luma responded with an error. Additional information below: the prompt is too long", "",
			[]string{"the prompt is too long"},
			true,
		},
		{"said by the provider", "The task failed. The provider said: no voice of that name", "", []string{"no voice of that name"}, true},
		{"details of a provider", "The provider refused it. Details: no voice of that name", "", []string{"no voice of that name"}, true},
		{"details of nobody's", "Invalid value. Details: see 'steps'.", "", nil, false},
		{"JSON behind a head", `Additional information: {"error":{"message":"no voice of that name"}}`, "", []string{"no voice of that name"}, true},
		{"JSON in JSON", "", `"{\"error\":\"{\\\"msg\\\":\\\"no voice of that name\\\"}\"}"`, []string{"no voice of that name"}, true},
		{"words, then JSON", "", `HTTP 400: {"msg":"no voice of that name"}`, []string{"no voice of that name", "HTTP 400:"}, true},
		{"words, then a page", "", "HTTP 502: <html><title>Bad Gateway</title></html>", []string{"Bad Gateway.", "HTTP 502:"}, true},
		{
			"a page", "", "<!DOCTYPE html><html><head><TITLE>Down &amp; out</TITLE><style>p{}</style><SCRIPT>if (a<b) {}</SCRIPT></head><body><!-- 1 > 0 --><h1>Come back\n later</h1></body></html>",
			[]string{"Down & out. Come back later"},
			true,
		},
		{
			"a page that repeats its title", "", "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>",
			[]string{"502 Bad Gateway"},
			true,
		},
		{"a page cut off", "", "<html><head><title>502 Bad", []string{"502 Bad."}, true},
		{"nothing", "", "", nil, false},
		{"only that it failed", "", `{"status":"FAILED"}`, []string{"FAILED"}, false},
		{"a prompt is no word of the provider's", "", `{"prompt":"a red fox","detail":"null"}`, nil, false},
	} {
		p := Unwrap(schema.APIError{Message: c.message, ResponseContent: c.content})
		if diff := cmp.Diff(c.want, p.Texts); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
		if p.Reason() != c.reason {
			t.Errorf("%s: a reason: %v", c.name, p.Reason())
		}
	}
}

// TestPlaceholders pins that what stands where nothing was said is no reason, in the message and in the field.
func TestPlaceholders(t *testing.T) {
	for _, nothing := range []string{"N/A", "below.", "-", "none", "None.", "unknown", "null", `"null"`, `""`, "—", "{}", "undefined", "(not available)"} {
		for _, e := range []schema.APIError{
			{Message: "The provider failed. Additional information: " + nothing},
			{Message: "The provider failed. Additional information below.", ResponseContent: nothing},
		} {
			if p := Unwrap(e); p.Reason() || len(p.Texts) > 0 {
				t.Errorf("%q, %q: reads as the reason %q", e.Message, e.ResponseContent, p.Texts)
			}
		}
	}
}

// TestForget pins that an echo of the prompt, also one that is cut, is no word of the provider's.
func TestForget(t *testing.T) {
	prompt := "a neon sign that reads RATE LIMIT and NSFW over a door"
	p := Provided{Texts: []string{"refused: " + prompt, "refused: " + prompt[:40] + " …"}}
	p.Forget([]string{prompt})
	if diff := cmp.Diff([]string{"refused: ", "refused:  …"}, p.Texts); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	p = Provided{Texts: []string{prompt}}
	before := p.Reason()
	p.Forget([]string{prompt})
	if !before || p.Reason() {
		t.Error("an echo is a reason")
	}
}

// TestDeep holds that wrapping without end is read to a depth, and that what is long is cut.
func TestDeep(t *testing.T) {
	deep := strings.Repeat(`{"error":`, 50) + `"flagged"` + strings.Repeat("}", 50)
	if p := Unwrap(schema.APIError{ResponseContent: deep}); !p.Any || len(p.Texts) > 0 {
		t.Errorf("%+v", p)
	}
	p := Unwrap(schema.APIError{ResponseContent: strings.Repeat("word ", MaxContent)})
	if len(p.Texts) != 1 || len(p.Texts[0]) > maxTextBytes+len("…") {
		t.Errorf("%d texts", len(p.Texts))
	}
}
