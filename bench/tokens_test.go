package main

import "testing"

// The counts beside the texts are those of o200k_base.
func TestTokens(t *testing.T) {
	for text, want := range map[string]int{
		"": 0,
		`{"taskUUID":"a770f077-f413-47de-9dac-be0b26a35da6","status":"succeeded"}`:              32, // 30
		"Remove 1 item from `inputs.referenceImages` and send the request with a new taskUUID.": 21, // 20
		`{"op":"replace","path":"/0/width","value":1344}`:                                       16, // 17
		"该内容可能违反了安全政策":                                                                          12, // 7
	} {
		if got := tokens(text); got != want {
			t.Errorf("%q: %d tokens, want %d", text, got, want)
		}
	}
}
