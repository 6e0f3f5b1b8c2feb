package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"mcp-taskdetails/internal/rawjson"
)

// piped gives a new process all of its input at once, as a shell does, and returns the lines it says until it leaves.
func piped(t *testing.T, patience time.Duration, input string) [][]byte {
	t.Helper()
	process := exec.CommandContext(t.Context(), "mcp-taskdetails", "--demo")
	process.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0") // a second for each process, otherwise
	process.Stdin = strings.NewReader(input)
	var stdout, stderr bytes.Buffer
	process.Stdout, process.Stderr = &stdout, &stderr
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(patience, func() { _ = process.Process.Kill() })
	defer stuck.Stop()
	if err := process.Wait(); err != nil {
		t.Fatalf("exit: %v\nstderr: %s", err, stderr.String())
	}
	return bytes.Split(bytes.TrimSuffix(stdout.Bytes(), []byte("\n")), []byte("\n"))
}

// Every call that was piped in before the end of input has its answer: the stock server of mcp-go lost 379 of 600.
func TestTenThousandPipedCalls(t *testing.T) {
	const calls = 10_000
	var input strings.Builder
	input.WriteString(handshake + "\n")
	for i := range calls {
		fmt.Fprintf(&input, `{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"get_task_details","arguments":{"taskUUID":%q,"detail":"diagnosis"}}}`+"\n", i, badID)
	}
	began := time.Now()
	replies := make([]int, calls)
	lines := piped(t, time.Minute, input.String())
	for _, line := range lines[1:] {
		id, _ := rawjson.Member(line, "id")
		i, err := strconv.Atoi(string(id))
		if err != nil || i >= calls || !bytes.Contains(line, []byte(`"structuredContent":{"taskUUID":`)) {
			t.Fatalf("no answer: %.300s", line)
		}
		replies[i]++
	}
	lost := 0
	for _, n := range replies {
		if n != 1 {
			lost++
		}
	}
	if lost > 0 || len(lines) != calls+1 || member(lines[0], "id") != "init" {
		t.Errorf("%d of %d calls have not one reply; %d lines, the first %.100s", lost, calls, len(lines), lines[0])
	}
	t.Logf("%d calls in %.1f s", calls, time.Since(began).Seconds())
}

// A host may send on before it has read the answer to initialize, which comes first all the same: a client that meets
// another reply first gives up.
func TestPipedHandshakes(t *testing.T) {
	const handshakes, atOnce = 200, 4
	rest := []string{
		`{"jsonrpc":"2.0","method":"notifications/initialized"}`, `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`,
		`{"jsonrpc":"2.0","id":2,"method":"ping"}`, `{"jsonrpc":"2.0","id":3,"method":"resources/templates/list"}`,
		`{"jsonrpc":"2.0","id":4,"method":"tools/call","params":` + taskCall(badID) + `}`, `{"jsonrpc":"2.0","id":5,"method":"prompts/list"}`,
	}
	for worker := range atOnce {
		t.Run(strconv.Itoa(worker), func(t *testing.T) {
			t.Parallel()
			for i := range handshakes / atOnce {
				input := handshake + "\n" + strings.Join(rest[i%2:], "\n") + "\n" // with and without the notification between
				lines := piped(t, replyWithin, input)
				if len(lines) != len(rest) || member(lines[0], "id") != "init" {
					t.Errorf("%d replies, the first %.200s", len(lines), lines[0])
				}
			}
		})
	}
}

// A line that JSON allows and no decoder follows is not called invalid JSON, and stops nothing.
func TestTooDeepALine(t *testing.T) {
	h, err := startHost([]string{envKey + "=" + testKey}, "--demo")
	defer h.kill()
	if err != nil {
		t.Fatal(err)
	}
	for _, deep := range []string{
		strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001),
		strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000),
		strings.Repeat(`[{"taskUUID":`, 6000),
	} {
		if err := h.send(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_task_details","arguments":` + deep + `}}`); err != nil {
			t.Fatal(err)
		}
		if reply, err := h.next(""); err != nil || !strings.Contains(string(reply), "nested more than 10000 levels deep") {
			t.Fatalf("%v, reply %.300s", err, reply)
		}
	}
	if _, err := h.task(badID); err != nil {
		t.Error(err)
	}
	if err := h.end(); err != nil {
		t.Error(err)
	}
}
