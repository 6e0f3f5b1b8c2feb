package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// team is the program as an HTTP server, and an API behind it that answers each key with tasks of that key alone.
type team struct {
	t       *testing.T
	url     string
	process *exec.Cmd
	ended   chan error
}

// startTeam starts the program; it ends with the test.
func startTeam(t *testing.T, latency time.Duration, flags ...string) *team {
	t.Helper()
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(latency)
		var asked []struct {
			TaskUUID string `json:"taskUUID"`
		}
		_ = json.NewDecoder(r.Body).Decode(&asked)
		owner := ownerOf(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
		var items []string
		for _, one := range asked {
			items = append(items, fmt.Sprintf(`{"taskType":"getTaskDetails","taskUUID":%q,"request":[{"taskType":"imageInference","taskUUID":%q,"model":"runware:101@1","positivePrompt":%q}],`+
				`"response":{"data":[{"taskType":"imageInference","taskUUID":%q,"imageURL":"https://im.runware.ai/a.jpg"}]}}`, one.TaskUUID, one.TaskUUID, "a task of "+owner, one.TaskUUID))
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"data":[`+strings.Join(items, ",")+`]}`)
	}))
	t.Cleanup(api.Close)
	return startTeamAt(t, api.URL, "off", flags...)
}

// startTeamAt starts the program in front of an API and a schema service.
func startTeamAt(t *testing.T, apiURL, schemasURL string, flags ...string) *team {
	t.Helper()
	cmd := exec.Command("mcp-taskdetails", append([]string{"serve", "--http", "127.0.0.1:0"}, flags...)...)
	cmd.Env = []string{
		envAPIURL + "=" + apiURL, envSchemasURL + "=" + schemasURL, envKey + "=" + testKey,
		"PATH=" + os.Getenv("PATH"), "GOCOVERDIR=" + os.Getenv("GOCOVERDIR"), "GORACE=atexit_sleep_ms=0",
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &team{t: t, process: cmd, ended: make(chan error, 1)}
	lines := bufio.NewScanner(stderr)
	if !lines.Scan() {
		t.Fatal("the server said nothing")
	}
	s.url = strings.TrimSuffix(strings.TrimPrefix(lines.Text(), "mcp-taskdetails: serving "), "/mcp")
	go func() {
		for lines.Scan() {
			t.Log(lines.Text())
		}
		s.ended <- cmd.Wait()
	}()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return s
}

// ownerOf is a word for a key, which itself would be masked.
func ownerOf(key string) string { return "owner" + key[len(key)-2:] }

func keyOfOwner(n int) string { return fmt.Sprintf("rw_8f3kd02mxq71vbz5htn4pl9e%02d", n) }

// post sends one call; an empty key sends none.
func (s *team) post(key, body string, header ...string) (int, string, error) {
	request, err := http.NewRequest(http.MethodPost, s.url+"/mcp", strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json, text/event-stream")
	if key != "" {
		request.Header.Set("Authorization", "Bearer "+key)
	}
	for i := 0; i+1 < len(header); i += 2 {
		if request.Header.Set(header[i], header[i+1]); header[i] == "Host" {
			request.Host = header[i+1]
		}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return response.StatusCode, string(text), err
}

func (s *team) get(path string) (int, string) {
	s.t.Helper()
	response, err := http.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

func callOf(id string) string {
	return `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_task_details","arguments":{"taskUUID":"` + id + `"}}}`
}

// Two callers ask for the same tasks at once, in many calls: each gets its own, and never its key.
func TestTeamKeepsCallersApart(t *testing.T) {
	s := startTeam(t, 0)
	const callers, calls = 8, 25
	var wrong atomic.Int32
	var group sync.WaitGroup
	for n := range callers {
		group.Go(func() {
			key := keyOfOwner(n % 2)
			for i := range calls {
				status, text, err := s.post(key, callOf(archiveID(i)))
				if err != nil || status != http.StatusOK || !strings.Contains(text, "a task of "+ownerOf(key)) || strings.Contains(text, key) || strings.Contains(text, ownerOf(keyOfOwner(1-n%2))) {
					wrong.Add(1)
					t.Logf("%v %d %s", err, status, text)
				}
			}
		})
	}
	group.Wait()
	if n := wrong.Load(); n > 0 {
		t.Errorf("%d of %d answers are wrong or another caller's", n, callers*calls)
	}
	status, metrics := s.get("/metrics")
	if status != http.StatusOK || !strings.Contains(metrics, `taskdetails_tool_answer_seconds_count{tool="get_task_details",status="succeeded",category="none"} 200`) {
		t.Errorf("metrics: %d\n%s", status, metrics)
	}
	if strings.Contains(metrics, archiveID(1)) || strings.Contains(metrics, "rw_8f3k") || strings.Contains(metrics, "owner") {
		t.Errorf("metrics tell of tasks or callers:\n%s", metrics)
	}
}

// A caller's key that stands in a task is masked in the answer, and told to nobody but Runware's API.
func TestTeamKeepsKeysIn(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked []struct {
			TaskUUID string `json:"taskUUID"`
		}
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || len(asked) != 1 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		key, id := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), asked[0].TaskUUID
		_, _ = fmt.Fprintf(w, `{"data":[{"taskType":"getTaskDetails","taskUUID":%q,"request":[{"taskType":"imageInference","taskUUID":%q,"model":%q,"positivePrompt":%q}],`+
			`"response":{"errors":[{"code":"invalidModel","message":%q,"parameter":"model","taskUUID":%q}]}}]}`,
			id, id, "runware:"+key+"@1", "with "+key+" in it", "no model of "+key, id)
	}))
	defer api.Close()
	var mu sync.Mutex
	var told []string
	schemas := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, r.URL.String())
		w.WriteHeader(http.StatusNotFound)
	}))
	defer schemas.Close()
	for name, c := range map[string]struct {
		sent, used string
		flags      []string
	}{
		"the caller's": {keyOfOwner(4), keyOfOwner(4), nil},
		"the shared":   {"", testKey, []string{"--shared-key"}},
	} {
		t.Run(name, func(t *testing.T) {
			status, text, err := startTeamAt(t, api.URL, schemas.URL, c.flags...).post(c.sent, callOf(archiveID(1)))
			if err != nil || status != http.StatusOK || !strings.Contains(text, "invalidModel") || strings.Contains(text, c.used) {
				t.Errorf("%v %d %s", err, status, text)
			}
		})
	}
	mu.Lock()
	defer mu.Unlock()
	if all := strings.Join(told, "\n"); strings.Contains(all, keyOfOwner(4)) || strings.Contains(all, testKey) {
		t.Errorf("the schema service was told a key:\n%s", all)
	}
}

func TestTeamRefuses(t *testing.T) {
	s := startTeam(t, 0)
	key := keyOfOwner(1)
	for name, c := range map[string]struct {
		key, body string
		header    []string
		status    int
		says      string
	}{
		"no key":                   {"", callOf(archiveID(1)), nil, http.StatusUnauthorized, "Authorization: Bearer KEY"},
		"a placeholder":            {"${RUNWARE_API_KEY}", callOf(archiveID(1)), nil, http.StatusUnauthorized, "placeholder"},
		"another scheme":           {"", callOf(archiveID(1)), []string{"Authorization", "Basic YTpi"}, http.StatusUnauthorized, "Authorization: Bearer KEY"},
		"a page of a browser":      {key, callOf(archiveID(1)), []string{"Origin", "https://pages.example"}, http.StatusForbidden, "--allow-origin"},
		"a name that was led here": {key, callOf(archiveID(1)), []string{"Host", "rebound.example"}, http.StatusForbidden, "--allow-host"},
		"a long body":              {key, `{"a":"` + strings.Repeat("x", 9<<20) + `"}`, nil, http.StatusRequestEntityTooLarge, "longer than"},
	} {
		status, text, err := s.post(c.key, c.body, c.header...)
		if err != nil || status != c.status || !strings.Contains(text, c.says) || !json.Valid([]byte(text)) {
			t.Errorf("%s: %v %d %s, want %d", name, err, status, text, c.status)
		}
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if status, text := s.get(path); status != http.StatusOK {
			t.Errorf("%s: %d %s", path, status, text)
		}
	}
	if status, text := s.get("/mcp"); status != http.StatusUnauthorized {
		t.Errorf("GET without a key: %d %s", status, text)
	}
}

// More requests than there is room for are told to come again; the others are answered.
func TestTeamIsBusy(t *testing.T) {
	s := startTeam(t, 300*time.Millisecond, "--max-per-key", "2")
	var fine, busy atomic.Int32
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			switch status, text, err := s.post(keyOfOwner(3), callOf(archiveID(i))); {
			case err == nil && status == http.StatusOK:
				fine.Add(1)
			case err == nil && status == http.StatusTooManyRequests && strings.Contains(text, "2 requests with this key"):
				busy.Add(1)
			default:
				t.Errorf("%v %d %s", err, status, text)
			}
		})
	}
	group.Wait()
	if fine.Load() < 2 || busy.Load() == 0 {
		t.Errorf("%d answered, %d told to come again", fine.Load(), busy.Load())
	}
}

// SIGTERM under load, behind a balancer, which sends to who is ready: whatever was sent is answered, and the exit code is 0.
func TestTeamDrains(t *testing.T) {
	s := startTeam(t, 50*time.Millisecond, "--drain", "500ms")
	var asked, answered, onLast atomic.Int32
	var unready atomic.Bool
	var group sync.WaitGroup
	for n := range 6 {
		group.Go(func() {
			for i := 0; !unready.Load(); i++ {
				asked.Add(1)
				status, text, err := s.post(keyOfOwner(n), callOf(archiveID(i)))
				if err != nil || status != http.StatusOK || !strings.Contains(text, "a task of ") {
					t.Errorf("lost: %v %d %s", err, status, text)
					return
				}
				answered.Add(1)
				if unready.Load() {
					onLast.Add(1)
				}
			}
		})
	}
	time.Sleep(300 * time.Millisecond)
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if status, _ := s.get("/readyz"); status == http.StatusServiceUnavailable {
			break
		}
		time.Sleep(2 * time.Millisecond)
	}
	unready.Store(true)
	select {
	case err := <-s.ended:
		if err != nil {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("does not end")
	}
	group.Wait()
	if asked.Load() != answered.Load() || onLast.Load() == 0 {
		t.Errorf("%d asked, %d answered, %d of them after it was told to end", asked.Load(), answered.Load(), onLast.Load())
	}
}

// A shared key is for this machine alone.
func TestServeFlags(t *testing.T) {
	for _, c := range []struct {
		args, says string
	}{
		{"serve --http 0.0.0.0:0 --shared-key", "would lend the key to everybody"},
		{"serve --http 8080", "is no address"},
		{"serve --shared-key", "these flags are about HTTP"},
		{"serve --http 127.0.0.1:0 --max-in-flight 0", "cannot be used"},
		{"serve --http 256.0.0.1:80", "256.0.0.1"},
	} {
		cmd := exec.Command("mcp-taskdetails", strings.Fields(c.args)...)
		cmd.Env = []string{envKey + "=" + testKey, "PATH=" + os.Getenv("PATH"), "GOCOVERDIR=" + os.Getenv("GOCOVERDIR"), "GORACE=atexit_sleep_ms=0"}
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		err := cmd.Run()
		if cmd.ProcessState.ExitCode() != exitUsage || !strings.Contains(stderr.String(), c.says) {
			t.Errorf("%s: %v %s", c.args, err, stderr.String())
		}
	}
}
