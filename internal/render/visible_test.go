package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"plain, é, 模型, \U0001f600, ❤\ufe0f, a\u00a0b": "plain, é, 模型, \U0001f600, ❤\ufe0f, a\u00a0b",
		"\x1b[2J \x7f \u009b \u009d":                  `\x1b[2J \x7f \u009b \u009d`,
		"\u202e \u2066 \u200b \u2028 \ufeff":          `\u202e \u2066 \u200b \u2028 \ufeff`,
		"\u3164 \u115f \u1160 \uffa0 \u2800 \u034f":   `\u3164 \u115f \u1160 \uffa0 \u2800 \u034f`,
		"\U000e0041 \U000e0100":                       `\U000e0041 \U000e0100`,
		"\xff":                                        `\ufffd`,
	} {
		if diff := cmp.Diff(want, Visible(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}
