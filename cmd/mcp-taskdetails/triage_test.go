package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
)

// countedAPI is the sandbox on a port of the test's own, which counts lookups and may hold them back.
type countedAPI struct {
	url, schemas string
	requests     atomic.Int64
	gone         atomic.Int64                   // requests whose caller left
	hold         func(number int64) (held bool) // nil: none is held
	held         chan struct{}                  // gets one for each that is held
}

func startCountedAPI(t *testing.T) *countedAPI {
	t.Helper()
	handler, err := sandbox.Handler()
	if err != nil {
		t.Fatal(err)
	}
	api := &countedAPI{held: make(chan struct{}, 100)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			number := api.requests.Add(1)
			if api.hold != nil && api.hold(number) {
				var body bytes.Buffer
				_, _ = body.ReadFrom(r.Body) // else the server does not notice who leaves
				api.held <- struct{}{}
				<-r.Context().Done()
				api.gone.Add(1)
				return
			}
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	api.url, api.schemas = server.URL+"/v1", server.URL
	return api
}

func (a *countedAPI) env() []string {
	return []string{envKey + "=" + sandbox.Key, envAPIURL + "=" + a.url, envSchemasURL + "=" + a.schemas}
}

// noisyLog is a log of 200 lines with these ids in it, in every form in which programs write them, between digests, other
// numbers, shortened ids and prose. The seed decides about order and forms.
func noisyLog(ids []string, seed uint64) string {
	random := rand.New(rand.NewPCG(seed, 7))
	pick := func(forms ...string) string { return forms[random.IntN(len(forms))] }
	hex := func(n int) string {
		var b strings.Builder
		for range n {
			fmt.Fprintf(&b, "%x", random.IntN(16))
		}
		return b.String()
	}
	var lines []string
	for _, id := range ids {
		form := pick("task %s failed", `{"level":"error","taskUUID":"%s","took":%%d}`, "GET https://my.example.com/tasks/%s?tab=log 500",
			"2026-11-02T10:00:00Z ERROR [worker-3] {%s}: giving up", "urn:uuid:%s,failed,75 %%", "task_%s", `msg="{\"taskUUID\":\"%s\"}"`,
			"see task%%2F%s", "\x1b[31m%s\x1b[0m failed", `trace: at\n%s\n  at main`)
		form = strings.ReplaceAll(form, "%%d", "12")
		line := fmt.Sprintf(form, pick(id, strings.ToUpper(id)))
		lines = append(lines, line)
	}
	for n := range 20 { // said again
		lines = append(lines, "again: "+pick(ids[n%len(ids)], strings.ToUpper(ids[n%len(ids)])))
	}
	for len(lines) < 200 {
		lines = append(lines, pick(
			"md5 "+hex(32)+" checked", "commit "+hex(40), "sha256:"+hex(64), "trace-"+hex(16), "retrying "+ids[random.IntN(len(ids))][:8]+"…",
			"span "+hex(8)+"-"+hex(4)+"-"+hex(4)+", 100% done", "", "-----", "x"+ids[random.IntN(len(ids))], "heartbeat",
			"00-"+hex(32)+"-"+hex(16)+"-01",
		))
	}
	random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return strings.Join(lines, "\n") + "\n"
}

// sevenCauses are 60 ids with seven causes.
func sevenCauses(t *testing.T) (ids []string, counts []int) {
	t.Helper()
	causes, err := sandbox.Causes()
	if err != nil {
		t.Fatal(err)
	}
	counts = []int{20, 13, 9, 7, 5, 4, 2}
	for i, count := range counts {
		for n := range count {
			ids = append(ids, causes[i].ID(n))
		}
	}
	return ids, counts
}

// command runs the program as a script does.
func command(t *testing.T, env []string, stdin string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	process := exec.CommandContext(t.Context(), "mcp-taskdetails", args...)
	process.Env = append(os.Environ(), env...)
	process.Stdin = strings.NewReader(stdin)
	var out, err bytes.Buffer
	process.Stdout, process.Stderr = &out, &err
	var exit *exec.ExitError
	if e := process.Run(); e != nil && !errors.As(e, &exit) {
		t.Fatal(e)
	}
	return out.String(), err.String(), process.ProcessState.ExitCode()
}

// In a log of 200 lines with 60 ids, seven causes and noise, exactly the seven groups are found, with as few requests as
// twenty ids each allow: from a file, from stdin and from a tool's argument alike.
func TestTriageOfALog(t *testing.T) {
	ids, counts := sevenCauses(t)
	for seed := range uint64(5) {
		api := startCountedAPI(t)
		log := noisyLog(ids, seed)
		if lines := strings.Count(log, "\n"); lines != 200 {
			t.Fatalf("the log has %d lines", lines)
		}
		check := func(how string, answer []byte) {
			t.Helper()
			var triage schema.Triage
			if err := json.Unmarshal(answer, &triage); err != nil {
				t.Fatalf("%s: %v: %s", how, err, answer)
			}
			var got []int
			for _, g := range triage.Groups {
				got = append(got, g.Count)
			}
			if diff := cmp.Diff(counts, got); diff != "" || triage.Tasks != len(ids) || triage.Totals[schema.StatusFailed] != len(ids) {
				t.Errorf("seed %d, %s: %d tasks, groups (-want +got):\n%s", seed, how, triage.Tasks, diff)
			}
			if requests := api.requests.Swap(0); requests > 4 {
				t.Errorf("seed %d, %s: %d requests", seed, how, requests)
			}
		}
		file := filepath.Join(t.TempDir(), "worker.log")
		if err := os.WriteFile(file, []byte(log), 0o600); err != nil {
			t.Fatal(err)
		}
		out, _, code := command(t, api.env(), "", "triage", "--json", file)
		check("file", []byte(out))
		if code != exitFine {
			t.Errorf("exit code %d", code)
		}
		out, stderr, code := command(t, api.env(), log, "triage", "--format", "json", "--exit-status", "-")
		check("stdin", []byte(out))
		if code != exitFailed || !strings.Contains(stderr, "hold none") {
			t.Errorf("exit code %d, stderr %s", code, stderr)
		}
		h, err := startHost(append(api.env(), envSchemasURL+"="+api.schemas))
		if err != nil {
			t.Fatal(err)
		}
		text, _ := json.Marshal(log)
		result, err := h.request("tools/call", fmt.Sprintf(`{"name":"triage_tasks","arguments":{"text":%s}}`, text))
		if err != nil {
			t.Fatal(err)
		}
		structured, _ := rawjson.Member(result, "structuredContent")
		check("tool", structured)
		if len(structured) > 16_000 {
			t.Errorf("%d bytes", len(structured))
		}
		if err := h.end(); err != nil {
			t.Error(err)
		}
	}
}

// The command line takes any number of ids.
func TestTriageOfThousands(t *testing.T) {
	causes, err := sandbox.Causes()
	if err != nil {
		t.Fatal(err)
	}
	var ids strings.Builder
	const each = 250
	for n := range each * len(causes) {
		fmt.Fprintln(&ids, causes[n%len(causes)].ID(n))
	}
	api := startCountedAPI(t)
	out, stderr, code := command(t, api.env(), ids.String(), "triage", "--json", "-")
	totals, _ := rawjson.Member([]byte(out), "totals")
	if want := fmt.Sprintf(`{"failed":%d,"pending":%d,"succeeded":%d}`, each*(len(causes)-2), each, each); string(totals) != want || code != exitFine || stderr != "" {
		t.Errorf("exit code %d, totals %s, stderr %s", code, totals, stderr)
	}
	if requests := api.requests.Load(); requests != each*int64(len(causes))/20 {
		t.Errorf("%d requests", requests)
	}
}

// Progress is told to who asked for it, with the token as it was sent, before the reply and never after it.
func TestTriageTellsProgress(t *testing.T) {
	ids, _ := sevenCauses(t)
	list, _ := json.Marshal(ids)
	h, err := startHost([]string{envKey + "=" + testKey}, "--demo")
	if err != nil {
		t.Fatal(err)
	}
	defer h.kill()
	const token = `9007199254740993`
	for call, meta := range map[string]string{"asked": `,"_meta":{"progressToken":` + token + `}`, "unasked": ``} {
		if err := h.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%q,"method":"tools/call","params":{"name":"triage_tasks","arguments":{"taskUUIDs":%s}%s}}`, call, list, meta)); err != nil {
			t.Fatal(err)
		}
		var told []string
		for {
			line := h.line(t)
			if member(line, "id") == call {
				break
			}
			got, _ := rawjson.Resolve(line, "/params/progressToken")
			done, _ := rawjson.Resolve(line, "/params/progress")
			total, _ := rawjson.Resolve(line, "/params/total")
			if member(line, "method") != "notifications/progress" || string(got) != token || string(total) != "60" {
				t.Fatalf("%s", line)
			}
			told = append(told, string(done))
		}
		if want := map[string]string{"asked": "20 40 60", "unasked": ""}[call]; strings.Join(told, " ") != want {
			t.Errorf("%s: progress %v", call, told)
		}
	}
	if _, err := h.request("ping", "{}"); err != nil { // nothing came after the replies
		t.Error(err)
	}
	if err := h.end(); err != nil {
		t.Error(err)
	}
}

// line is the next line of the server, whatever it is.
func (h *host) line(t *testing.T) []byte {
	t.Helper()
	select {
	case line, ok := <-h.lines:
		if !ok {
			t.Fatal("the server left")
		}
		return line
	case <-time.After(replyWithin):
		t.Fatal("no line")
	}
	return nil
}

// A cancelled triage gets no reply, its requests end, and nothing more is asked.
func TestTriageIsCancelled(t *testing.T) {
	api := startCountedAPI(t)
	api.hold = func(int64) bool { return true }
	causes, err := sandbox.Causes()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for n := range 200 {
		ids = append(ids, causes[0].ID(n))
	}
	list, _ := json.Marshal(ids)
	h, err := startHost(api.env())
	if err != nil {
		t.Fatal(err)
	}
	defer h.kill()
	if err := h.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":"long","method":"tools/call","params":{"name":"triage_tasks","arguments":{"taskUUIDs":%s},"_meta":{"progressToken":1}}}`, list)); err != nil {
		t.Fatal(err)
	}
	for range 4 { // as many as run at once
		<-api.held
	}
	if err := h.send(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"long"}}`); err != nil {
		t.Fatal(err)
	}
	if _, err := h.request("ping", "{}"); err != nil { // and not a reply to the call
		t.Fatal(err)
	}
	if err := h.end(); err != nil {
		t.Error(err)
	}
	for deadline := time.Now().Add(replyWithin); api.gone.Load() < 4 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	if requests, gone := api.requests.Load(), api.gone.Load(); requests != 4 || gone != 4 {
		t.Errorf("%d requests, of which %d ended", requests, gone)
	}
}
