package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"mcp-taskdetails/internal/rawjson"
)

// BenchmarkTokenizer compares what may take a reply apart, on what is large in practice: one long string, and many small
// values. Each passes over the body once; RawMessage is how encoding/json would hand out the response, which it copies.
func BenchmarkTokenizer(b *testing.B) {
	for _, body := range []struct {
		name string
		json []byte
	}{
		{"image", wrap(imageTask(10_000_000))},
		{"values", wrap(fmt.Appendf(nil, `{"taskUUID":%q,"response":{"data":[%s]}}`, imageID, list(10_000_000, `{"imageUUID":"%08d","cost":0.0013,"seed":7}`)))},
	} {
		for _, tokenizer := range []struct {
			name string
			find func([]byte) int
		}{
			{"jsontext", func(body []byte) int {
				if !rawjson.Valid(body) {
					return 0
				}
				return len(body)
			}},
			{"json.Valid", func(body []byte) int {
				if !json.Valid(body) {
					return 0
				}
				return len(body)
			}},
			{"json.RawMessage", func(body []byte) int {
				var reply struct {
					Data []struct {
						Response json.RawMessage `json:"response"`
					} `json:"data"`
				}
				if err := json.Unmarshal(body, &reply); err != nil {
					return 0
				}
				return len(reply.Data[0].Response)
			}},
		} {
			b.Run("body="+body.name+"/"+tokenizer.name, func(b *testing.B) {
				b.SetBytes(int64(len(body.json)))
				b.ReportAllocs()
				for b.Loop() {
					if tokenizer.find(body.json) == 0 {
						b.Fatal("not found")
					}
				}
			})
		}
	}
}

func wrap(element []byte) []byte {
	return bytes.Join([][]byte{[]byte(before), element, []byte(after)}, nil)
}
