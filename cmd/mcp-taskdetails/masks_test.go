package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// planted is a line of a corpus of package present: a value in a task, and what must not be seen of it; all of it may be
// if that is nothing.
type planted struct {
	At    string          `json:"at"`
	Value json.RawMessage `json:"value"`
	Hide  []string        `json:"hide"`
}

// TestMasksOfTheBinary runs every fourth line of the corpora through the real binary, on every way out: both contents of
// the tool, the resource, a piece, the text, the JSON and the page of the command line, and the log.
func TestMasksOfTheBinary(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases in one goroutine")
	}
	const corpusKey = "rwFake5Zk8qLwX2vTn4Yb7RcUd9GhJm3" // as in package present
	var sample []planted
	files, err := filepath.Glob("../../internal/present/testdata/corpus/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpora", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range bytes.Split(bytes.TrimSpace(bytes.ReplaceAll(content, []byte("¦"), nil)), []byte("\n")) {
			var p planted
			if err := json.Unmarshal(line, &p); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			if i%4 == 0 {
				sample = append(sample, p)
			}
		}
	}
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var items []string
		for _, id := range regexp.MustCompile(maskID("([0-9]{12})")).FindAllSubmatch(body, -1) {
			n, _ := strconv.Atoi(string(id[1]))
			items = append(items, sample[n].item(string(id[0])))
		}
		answer(http.StatusOK, envelope(items...))(w, r)
	}))
	defer api.Close()

	env := []string{envKey + "=" + corpusKey, envAPIURL + "=" + api.URL, envSchemasURL + "=off"}
	h, err := startHost(env, "--log-level", "debug")
	defer h.kill()
	if err != nil {
		t.Fatal(err)
	}
	for n, p := range sample {
		id := maskID(fmt.Sprintf("%012d", n))
		for way, params := range map[string]string{
			"tools/call":     taskCall(id),
			"resources/read": fmt.Sprintf(`{"uri":"runware://tasks/%s"}`, id),
			"piece":          fmt.Sprintf(`{"name":"get_task_details","arguments":{"taskUUID":%q,"pointer":%q}}`, id, p.At),
		} {
			method := strings.Replace(way, "piece", "tools/call", 1)
			result, err := h.request(method, params)
			if err != nil {
				t.Fatal(err)
			}
			p.judge(t, way, result)
		}
		for _, flags := range [][]string{{"get", "--log-level", "debug"}, {"get", "--json", "--log-level", "debug"}, {"get", "--detail", "full"}, {"get", "--format", "html"}} {
			get := exec.Command("mcp-taskdetails", append(flags, id)...)
			get.Env = append(env, "PATH="+os.Getenv("PATH"), "GOCOVERDIR="+os.Getenv("GOCOVERDIR"), "GORACE=atexit_sleep_ms=0") // a raced program sleeps a second at its end
			out, err := get.CombinedOutput()
			if len(out) == 0 {
				t.Fatalf("%v: %v", flags, err)
			}
			p.judge(t, strings.Join(flags, " "), out)
			p.judge(t, strings.Join(flags, " ")+", unescaped", []byte(html.UnescapeString(string(out))))
		}
	}
	if err := h.end(); err != nil {
		t.Fatal(err)
	}
	for _, p := range sample {
		if len(p.Hide) > 0 {
			p.judge(t, "log", h.stderr.Bytes())
		}
	}
}

func maskID(number string) string { return "a5c00000-0000-4000-8000-" + number }

// item is what Runware recorded of the task that holds the value.
func (p planted) item(id string) string {
	request, response := `[{"taskType":"imageInference"}]`, `{"data":[]}`
	steps := strings.Split(p.At, "/")
	doc := string(p.Value)
	for i := len(steps) - 1; i > 1; i-- {
		if steps[i] == "0" {
			doc = "[" + doc + "]"
		} else {
			name, _ := json.Marshal(steps[i])
			doc = "{" + string(name) + ":" + doc + "}"
		}
	}
	if steps[1] == "request" {
		request = doc
	} else {
		response = doc
	}
	return fmt.Sprintf(`{"taskType":"getTaskDetails","taskUUID":%q,"request":%s,"response":%s}`, id, request, response)
}

// judge looks for what must not be seen, also under one and two layers of JSON's escapes.
func (p planted) judge(t *testing.T, way string, output []byte) {
	t.Helper()
	seen := string(output)
	if len(p.Hide) == 0 {
		if strings.Contains(seen, "[redacted]") {
			t.Errorf("%s %s is masked on %s: %s", p.At, p.Value, way, seen)
		}
		return
	}
	plain := strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\n`, "\n", `\r`, "\r", `\t`, "\t", `\u0026`, "&", `\u003c`, "<", `\u003e`, ">")
	for range 3 {
		for _, secret := range p.Hide {
			if strings.Contains(seen, secret) {
				t.Errorf("%s: %s shows %s", p.At, way, secret)
			}
		}
		seen = plain.Replace(seen)
	}
}
