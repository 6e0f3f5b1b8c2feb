package message

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzMessage holds that the grammar reads anything, and that no bound is invented: each of its numbers stands in the text.
func FuzzMessage(f *testing.F) {
	for _, text := range seeds() {
		f.Add(text)
	}
	f.Add("must be between -1.5 and +2e3, in multiples of '0.5' (got 3); one of: 'a', 'b")
	f.Fuzz(func(t *testing.T, text string) {
		c := Parse(text, func(name string) bool { return name == "width" || name == "steps" })
		digits := strings.Map(onlyDigits, text)
		for _, b := range c.Bounds {
			for _, n := range []string{b.Lo, b.Hi} {
				if spelled := len(n) <= 2; b.Kind == Number && !spelled && !strings.Contains(digits, strings.Map(onlyDigits, n)) {
					t.Fatalf("%q is not in %q", n, text)
				}
			}
		}
		for _, l := range c.Lists {
			for _, item := range l.Items {
				if utf8.ValidString(text) && utf8.RuneCountInString(item) > maxItemLen {
					t.Fatalf("item %q is too long", item)
				}
			}
		}
	})
}

// seeds are messages as Runware writes them.
func seeds() []string {
	return []string{
		"Invalid value for 'width' parameter. Image width must be an integer value between 256 and 16383, in multiples of '1'.",
		"Unsupported use of width/height parameters. Supported values are: '1024x1024', '1280*720'.",
		"Parameter 'startStep' and Parameter 'startStepPercentage' cannot be used together",
		"Invalid dimensions. The total area (width × height) must be within the range of 1265×1265 to 1440×1440. The aspect ratio must be between 1:4 and 4:1.",
		"Invalid number of elements for 'referenceImages' parameter. Reference images must contain between 0 and 4.",
		"The prompt may hold at most 3,000 characters; (0, 1] for strength, 8n+1 frames, 2 or more.",
	}
}
