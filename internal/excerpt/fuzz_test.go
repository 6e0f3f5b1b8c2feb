package excerpt_test

import (
	"testing"

	"mcp-taskdetails/internal/excerpt"
	"mcp-taskdetails/internal/rawjson"
)

// Whatever a text holds, what is found in it is JSON, and the text is not changed.
func FuzzText(f *testing.F) {
	for _, seed := range []string{errors, object, `{'code': 'x', "a": [1, ...], b=>c}`, `{\"a\":\"\\\"b\"}`, "map[code:invalidWidth message:x]", "Runware Error (Task UUID: " + id + "): " + message, `[{"taskType":"a"}]`, "{a:'\\u{1}\\ud800'", "\xef\xbb\xbf{}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		before := string(text)
		found, ok := excerpt.Error(text)
		if ok && !rawjson.Valid(found.Response) || len(found.Request) > 0 && !rawjson.Valid(found.Request) {
			t.Errorf("%s", found.Response)
		}
		request, _, ok := excerpt.Request(text)
		if ok && !rawjson.Valid(request) {
			t.Errorf("%s", request)
		}
		if string(text) != before {
			t.Error("the text was changed")
		}
	})
}
