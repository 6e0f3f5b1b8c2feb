package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// archive is an API that knows every task, and who asked for what.
type archive struct {
	*httptest.Server
	mu       sync.Mutex
	asked    map[string]int
	padding  int // bytes of each task
	requests int
	at       int // request at which reached is closed
	reached  chan struct{}
}

func newArchive(t *testing.T) *archive {
	t.Helper()
	a := &archive{asked: map[string]int{}}
	a.Server = httptest.NewServer(http.HandlerFunc(a.serve))
	t.Cleanup(a.Close)
	return a
}

func (a *archive) serve(w http.ResponseWriter, r *http.Request) {
	var asked []struct {
		TaskUUID string `json:"taskUUID"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var items []string
	a.mu.Lock()
	for _, one := range asked {
		a.asked[one.TaskUUID]++
		items = append(items, item(one.TaskUUID, a.padding))
	}
	if a.requests++; a.requests == a.at {
		close(a.reached)
	}
	a.mu.Unlock()
	answer(http.StatusOK, envelope(items...))(w, r)
}

// after returns a channel that is closed at the n-th request from now, and forgets what was asked.
func (a *archive) after(n int) <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.requests, a.at, a.reached, a.asked = 0, n, make(chan struct{}), map[string]int{}
	return a.reached
}

func (a *archive) count(id string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.asked[id]
}

func (a *archive) command(t *testing.T, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	cmd := exec.Command("mcp-taskdetails", append([]string{"export"}, args...)...)
	cmd.Env = []string{
		envKey + "=" + testKey, envAPIURL + "=" + a.URL, envSchemasURL + "=off",
		"PATH=" + os.Getenv("PATH"), "GOCOVERDIR=" + os.Getenv("GOCOVERDIR"), "GORACE=atexit_sleep_ms=0",
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	return cmd, &stderr
}

func archiveID(n int) string { return fmt.Sprintf("%08x-0000-4000-8000-%012x", n*7919, n) }

// manyIDs is a log of n tasks, with doubles and noise.
func manyIDs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "12:00:00 level=info task=%s {\"status\":\"sent\"}\n", archiveID(i))
		if i%10 == 0 {
			fmt.Fprintf(&b, "12:00:01 retry %s\n", strings.ToUpper(archiveID(i/2)))
		}
	}
	return b.String()
}

// exported counts the lines of each task. A file that breaks off is read as far as it goes: whole tells whether it does not.
func exported(t *testing.T, path string) (lines map[string]int, whole bool) {
	t.Helper()
	lines = map[string]int{}
	file, err := os.Open(path)
	if os.IsNotExist(err) {
		return lines, true
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var r io.Reader = file
	switch filepath.Ext(path) {
	case ".zst":
		decoder, err := zstd.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		defer decoder.Close()
		r = decoder
	case ".gz":
		if r, err = gzip.NewReader(file); errors.Is(err, io.EOF) {
			return lines, true
		} else if err != nil {
			return lines, false
		}
	}
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return lines, err == io.EOF && len(line) == 0
		}
		var report struct {
			TaskUUID string `json:"taskUUID"`
			Status   string `json:"status"`
		}
		if err := json.Unmarshal(line, &report); err != nil || report.Status == "" {
			t.Fatalf("%v: %.200s", err, line)
		}
		lines[strings.ToLower(report.TaskUUID)]++
	}
}

// TestExportKilled kills an export at three random moments and goes on each time: in the end each task is in the file
// once, and what was there whole was not asked for again.
func TestExportKilled(t *testing.T) {
	const tasks = 4000
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	for _, name := range []string{"tasks.ndjson", "tasks.ndjson.gz", "tasks.ndjson.zst"} {
		t.Run(name, func(t *testing.T) {
			a := newArchive(t)
			a.padding = 4000 // some 250 tasks are a frame
			dir := t.TempDir()
			input, output := filepath.Join(dir, "app.log"), filepath.Join(dir, name)
			if err := os.WriteFile(input, []byte(manyIDs(tasks)), 0o600); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				there, _ := exported(t, output)
				reached := a.after(30 + random.IntN(30)) // requests of 200
				cmd, _ := a.command(t, input, "-o", output)
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				<-reached
				_ = cmd.Process.Kill()
				_ = cmd.Wait()
				t.Logf("killed with %d reports before", len(there))
			}
			before, _ := exported(t, output)
			if len(before) == 0 {
				t.Error("nothing was kept of three runs")
			}
			a.after(0)
			cmd, stderr := a.command(t, input, "-o", output)
			if err := cmd.Run(); err != nil {
				t.Fatalf("%v\n%s", err, stderr)
			}
			t.Log(stderr.String())
			after, whole := exported(t, output)
			if len(after) != tasks || !whole {
				t.Errorf("%d tasks of %d; whole: %t", len(after), tasks, whole)
			}
			again := 0
			for n := range tasks {
				id := archiveID(n)
				if after[id] != 1 {
					t.Fatalf("%s is there %d times", id, after[id])
				}
				if before[id] > 0 {
					again += a.count(id)
				}
				if before[id] == 0 && a.count(id) != 1 {
					t.Fatalf("%s was asked for %d times", id, a.count(id))
				}
			}
			// A frame that was not whole is asked for again though its beginning can be read.
			if strings.HasSuffix(name, ".ndjson") && again > 0 {
				t.Errorf("%d tasks that were there were asked for again", again)
			}
		})
	}
}

// TestExportInterrupted sends the signal of Ctrl-C, once while the export works and once while it waits for stdin.
func TestExportInterrupted(t *testing.T) {
	a := newArchive(t)
	for name, last := range map[string]bool{"working": false, "waiting": true} {
		t.Run(name, func(t *testing.T) {
			output := filepath.Join(t.TempDir(), "tasks.ndjson.gz")
			reached := a.after(3)
			cmd, stderr := a.command(t, "-", "-o", output, "--concurrency", "1")
			stdin, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			tasks := 5000
			if last {
				tasks = 60
			}
			go func() { _, _ = io.WriteString(stdin, manyIDs(tasks)) }() // and no end
			<-reached
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Skip("this system has no such signal: ", err)
			}
			_ = cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code != exitMissed || !strings.Contains(stderr.String(), "interrupted") {
				t.Errorf("exit code %d\n%s", code, stderr)
			}
			if _, whole := exported(t, output); !whole {
				t.Error("the file is not whole")
			}
		})
	}
}

// TestExportShards gives the same set in four parts as in one.
func TestExportShards(t *testing.T) {
	const tasks = 200
	a := newArchive(t)
	input := filepath.Join(t.TempDir(), "app.log")
	if err := os.WriteFile(input, []byte(manyIDs(tasks)), 0o600); err != nil {
		t.Fatal(err)
	}
	all := map[string]int{}
	for shard := range 4 {
		output := filepath.Join(t.TempDir(), "part.ndjson.zst")
		cmd, stderr := a.command(t, input, "-o", output, "--shard", fmt.Sprintf("%d/4", shard))
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v\n%s", err, stderr)
		}
		part, _ := exported(t, output)
		if len(part) < tasks/8 {
			t.Errorf("shard %d has %d of %d tasks", shard, len(part), tasks)
		}
		for id, n := range part {
			all[id] += n
		}
	}
	for n := range tasks {
		if all[archiveID(n)] != 1 {
			t.Errorf("%s is in %d shards", archiveID(n), all[archiveID(n)])
		}
	}
	if len(all) != tasks {
		t.Errorf("%d tasks, not %d", len(all), tasks)
	}
}

// TestExportMedia fetches the files of results with the flag, and nothing without it.
func TestExportMedia(t *testing.T) {
	var fetched sync.Map
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fetched.Store(r.URL.Path, r.Header.Get("Authorization"))
			_, _ = io.WriteString(w, "the image of "+r.URL.Path)
			return
		}
		id, here := archiveID(1), "http://"+r.Host
		text := fmt.Sprintf(`{"taskType":"getTaskDetails","taskUUID":%q,"request":[{"taskType":"imageInference","taskUUID":%q,"webhookURL":"%s/hook"}],`+
			`"response":{"data":[{"taskType":"imageInference","taskUUID":%q,"imageURL":"%s/a/b.webp"}]}}`, id, id, here, id, here)
		answer(http.StatusOK, envelope(text))(w, r)
	}))
	defer server.Close()
	a := &archive{Server: server}
	dir := t.TempDir()
	for _, flags := range [][]string{nil, {"--media", filepath.Join(dir, "media")}} {
		output := filepath.Join(dir, fmt.Sprintf("%d.ndjson", len(flags)))
		cmd, stderr := a.command(t, append([]string{archiveID(1), "-o", output}, flags...)...)
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v\n%s", err, stderr)
		}
		var paths []string
		fetched.Range(func(path, key any) bool {
			paths = append(paths, path.(string))
			if key != "" {
				t.Errorf("%s got the key", path)
			}
			return true
		})
		if flags == nil && paths != nil {
			t.Errorf("without --media %v were fetched", paths)
		}
		if flags != nil && fmt.Sprint(paths) != "[/a/b.webp]" {
			t.Errorf("%v were fetched", paths)
		}
	}
	content, err := os.ReadFile(filepath.Join(dir, "media", archiveID(1)+"-0.webp"))
	if err != nil || string(content) != "the image of /a/b.webp" {
		t.Errorf("%v: %q", err, content)
	}
}
