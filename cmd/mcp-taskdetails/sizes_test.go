package main

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
)

// listed renders n items, comma-separated; each %[1]d in item is its number.
func listed(n int, item string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(item, i)
	}
	return strings.Join(all, ",")
}

// TestSizesThatHostsKeep holds the real binary to answers that stay in a conversation: Claude Code moves those above 50,000
// characters out of it, and some hosts count both copies. Whoever asks for more gets more.
func TestSizesThatHostsKeep(t *testing.T) {
	const (
		result = `{"taskType":"imageInference","imageUUID":"3d0c9a17-5e42-4b86-9f31-%012[1]d","seed":70319441253073%05[1]d,"imageURL":"https://im.runware.ai/image/ws/2/ii/%012[1]d.jpg"}`
		fault  = `{"code":"inferenceError%[1]d","message":"Something %[1]d went wrong while %[1]d of them ran.","taskUUID":"` + badID + `"}`
		link   = `"https://files.example.com/inputs/picture-%05[1]d.png"`
		base64 = `{"imageUUID":"%012[1]d","imageBase64Data":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ%0400[1]d"}`
	)
	for name, c := range map[string]struct {
		member, response string
		head, tail, left string // in the structured content; what cannot be there is empty
	}{
		"400 results":    {`"numberResults":400`, `{"data":[` + listed(400, result) + `]}`, "9f31-000000000000", "9f31-000000000399", "items before the last"},
		"80 results":     {`"numberResults":80`, `{"data":[` + listed(80, result) + `]}`, "9f31-000000000000", "9f31-000000000079", ""},
		"10,000 results": {`"numberResults":10000`, `{"data":[` + listed(10_000, result) + `]}`, "9f31-000000000000", "9f31-000000009999", "items before the last"},
		"400 errors":     {`"steps":20`, `{"errors":[` + listed(400, fault) + `]}`, "inferenceError0", "", "items before the last"},
		"3,000 inputs":   {`"referenceImages":[` + listed(3000, link) + `]`, `{"errors":[` + listed(1, fault) + `]}`, "picture-00000", "inferenceError0", "more items"},
		"400 in base64":  {`"numberResults":400`, `{"data":[` + listed(400, base64) + `]}`, "000000000000", "", "more items"},
	} {
		t.Run(name, func(t *testing.T) {
			api := httptest.NewServer(answer(200, envelope(fmt.Sprintf(`{"taskType":"getTaskDetails","taskUUID":%[1]q,"request":[{"taskType":"imageInference",`+
				`"taskUUID":%[1]q,"model":"runware:101@1","positivePrompt":"a boat",%[2]s}],"response":%[3]s}`, badID, c.member, c.response))))
			defer api.Close()
			h, err := startHost([]string{envKey + "=" + faultKey, envAPIURL + "=" + api.URL + "/v1", envSchemasURL + "=off"})
			defer h.kill()
			if err != nil {
				t.Fatal(err)
			}
			copies := func(more string) (text string, structured []byte) {
				reply, err := h.request("tools/call", fmt.Sprintf(`{"name":"get_task_details","arguments":{"taskUUID":%q%s}}`, badID, more))
				if err != nil {
					t.Fatal(err)
				}
				block, _ := rawjson.Resolve(reply, "/content/0/text")
				text, _ = rawjson.Text(block)
				structured, _ = rawjson.Member(reply, "structuredContent")
				return text, structured
			}
			text, structured := copies("")
			if len(text)+len(structured) > 50_000 || len(text) == 0 || len(structured) == 0 {
				t.Errorf("%d and %d bytes", len(text), len(structured))
			}
			for _, want := range []string{c.head, c.tail, c.left} {
				if !strings.Contains(string(structured), want) || !strings.Contains(text, want) {
					t.Errorf("%q is missing in %.300s … %s", want, structured, structured[max(0, len(structured)-300):])
				}
			}
			more, structured := copies(`,"maxBytes":80000`)
			if len(more) > 80_000 || len(structured) > 80_000 || len(more) < len(text) || c.left != "" && len(more) == len(text) {
				t.Errorf("with maxBytes %d and %d bytes, after %d", len(more), len(structured), len(text))
			}
			if err := h.end(); err != nil {
				t.Error(err)
			}
		})
	}
}
