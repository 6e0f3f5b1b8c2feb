package main

import (
	"net/http/httptest"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
)

// TestPeakMemory holds the real binary to what it may take for a large reply beyond what it takes for a small one, as a
// multiple of the reply: the most that was ever resident. `-v` prints it.
func TestPeakMemory(t *testing.T) {
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		t.Skip("the race detector takes memory of its own")
	}
	resource := `{"uri":"runware://tasks/` + badID + `"}`
	small, _ := peak(t, 0, true, "tools/call", taskCall(badID))
	if small == 0 {
		t.Skip("this system does not tell")
	}
	t.Logf("small: %.1f MiB", mebi(small))
	for _, size := range []int{10_000_000, 64_000_000} {
		for _, announced := range []bool{true, false} {
			for _, call := range []struct {
				method, params string
				times          float64 // allowed
			}{{"tools/call", taskCall(badID), 3}, {"resources/read", resource, 5}} {
				most, result := peak(t, size, announced, call.method, call.params)
				times := float64(most-small) / float64(size)
				t.Logf("%d MB, announced=%t, %s: %.1f MiB, %.2f times the reply, %.2f beyond a small one",
					size/1e6, announced, call.method, mebi(most), float64(most)/float64(size), times)
				if times > call.times {
					t.Errorf("it may be %.0f times the reply", call.times)
				}
				if call.method == "resources/read" {
					isWhole(t, result, size)
				}
			}
		}
	}
}

// peak makes one request to a new process, and returns its result and the most memory that the process ever had.
func peak(t *testing.T, size int, announced bool, method, params string) (most int, result []byte) {
	t.Helper()
	api := httptest.NewServer(large(size, announced))
	defer api.Close()
	h, err := startHost([]string{envKey + "=" + faultKey, envAPIURL + "=" + api.URL + "/v1", envSchemasURL + "=off"})
	defer h.kill()
	if err != nil {
		t.Fatal(err)
	}
	if result, err = h.request(method, params); err != nil {
		t.Fatal(err)
	}
	most = h.memory("VmHWM")
	if err := h.end(); err != nil {
		t.Fatal(err)
	}
	return most, result
}

// isWhole sees that a resource as large as that arrived as it was recorded.
func isWhole(t *testing.T, result []byte, size int) {
	t.Helper()
	recorded := item(badID, size)
	want := `{"taskUUID":` + strconv.Quote(badID) + recorded[strings.Index(recorded, `,"request"`):]
	text, _ := rawjson.Resolve(result, "/contents/0/text")
	if got, _ := rawjson.Text(text); got != want {
		t.Errorf("the resource has %d bytes, not the %d recorded: %.300s", len(got), len(want), got)
	}
}
