package main

import (
	"fmt"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
)

// runningID is the task of the sandbox that ends when it was asked for its state three times.
const runningID = "b6f0d8a3-5e91-4c27-9d4b-3a7c1e5f9b08"

// waitCall asks for a task and waits for it.
func waitCall(id string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%q,"method":"tools/call","params":{"name":"get_task_details",`+
		`"arguments":{"taskUUID":%q,"wait":40},"_meta":{"progressToken":"p"}}}`, id, runningID)
}

// A pending task is waited for, with progress, and its result is marked as live.
func TestWaitOverStdio(t *testing.T) {
	h, err := startHost([]string{envKey + "=" + testKey}, "--demo")
	if err != nil {
		t.Fatal(err)
	}
	defer h.kill()
	if err := h.send(waitCall("wait")); err != nil {
		t.Fatal(err)
	}
	var told []string
	line := h.line(t)
	for ; member(line, "id") != "wait"; line = h.line(t) {
		message, _ := rawjson.Resolve(line, "/params/message")
		total, _ := rawjson.Resolve(line, "/params/total")
		if member(line, "method") != "notifications/progress" || string(total) != "40" {
			t.Fatalf("%s", line)
		}
		told = append(told, string(message))
	}
	status, _ := rawjson.Resolve(line, "/result/structuredContent/status")
	live, _ := rawjson.Resolve(line, "/result/structuredContent/live")
	if got := strings.Join(told, " "); got != `"processing, 35 %" "processing, 80 %"` || string(status) != `"succeeded"` || string(live) != "true" {
		t.Errorf("told %s, then %s, live %s", got, status, live)
	}
	if _, err := h.request("ping", "{}"); err != nil { // nothing came after the reply
		t.Error(err)
	}
	if err := h.end(); err != nil {
		t.Error(err)
	}
}

// A call that is cancelled in a pause, or while the API is asked, gets no reply and asks nothing more.
func TestWaitIsCancelled(t *testing.T) {
	for name, held := range map[string]bool{"in a pause": false, "while asking": true} {
		t.Run(name, func(t *testing.T) {
			api := startCountedAPI(t)
			api.hold = func(number int64) bool { return held && number > 1 } // the first is the archive's
			h, err := startHost(api.env())
			if err != nil {
				t.Fatal(err)
			}
			defer h.kill()
			if err := h.send(waitCall("long")); err != nil {
				t.Fatal(err)
			}
			if held {
				<-api.held
			} else if line := h.line(t); member(line, "method") != "notifications/progress" {
				t.Fatalf("%s", line)
			}
			if err := h.send(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"long"}}`); err != nil {
				t.Fatal(err)
			}
			if _, err := h.request("ping", "{}"); err != nil { // and not a reply to the call
				t.Fatal(err)
			}
			if err := h.end(); err != nil { // within the time of an end, so nobody waits for the task
				t.Error(err)
			}
			if requests := api.requests.Load(); requests != 2 {
				t.Errorf("%d requests", requests)
			}
		})
	}
}
