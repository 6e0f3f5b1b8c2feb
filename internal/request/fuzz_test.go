package request

import (
	"bytes"
	"encoding/json"
	"testing"

	"mcp-taskdetails/internal/rawjson"
)

// FuzzLocate holds that what a name leads to resolves in the request.
func FuzzLocate(f *testing.F) {
	f.Add([]byte(`[{"inputs":{"referenceImages":["a","b"]},"lora":[{"weight":1},{"weight":2}]}]`), "referenceImages[1]")
	f.Add([]byte(`[{"lora":[{"weight":1},{"weight":2}]}]`), "lora.weight")
	f.Add([]byte(`[{"a~b":{"c/d":1}}]`), "a~b")
	f.Add([]byte(`[{"x":{"negative_prompt":""}}]`), "negativePrompt")
	f.Fuzz(func(t *testing.T, raw []byte, name string) {
		for _, task := range Read(raw).Tasks {
			for _, p := range task.Locate(name) {
				if got, ok := rawjson.Resolve(raw, p.Pointer); json.Valid(raw) && (!ok || !bytes.Equal(got, p.Raw)) {
					// With duplicate names a pointer means the last, and a place may be the first.
					if !ok {
						t.Fatalf("%q does not resolve", p.Pointer)
					}
				}
			}
		}
	})
}
