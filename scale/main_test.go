package scale

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// program is the directory of the real binary.
var program string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "scale-")
	if err != nil {
		panic(err)
	}
	build := exec.Command("go", "build", "-o", dir+string(filepath.Separator), "./cmd/mcp-taskdetails")
	build.Dir, build.Stderr = "..", os.Stderr
	if err := build.Run(); err != nil {
		panic(err)
	}
	program = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

const tasks = 4000

func id(n int) string { return fmt.Sprintf("%08x-0000-4000-8000-%012x", n*7919, n) }

// workplace is a directory with a log, and the environment in which the program finds an API that knows its tasks: every
// fourth failed.
func workplace(t *testing.T) (dir string, env []string) {
	t.Helper()
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked []struct {
			TaskUUID string `json:"taskUUID"`
		}
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		var items []string
		for _, one := range asked {
			response := `{"data":[{"taskType":"imageInference","taskUUID":"` + one.TaskUUID + `","cost":0.5,"imageURL":"https://im.runware.ai/x.jpg"}]}`
			if strings.HasSuffix(one.TaskUUID, "0") || strings.HasSuffix(one.TaskUUID, "4") || strings.HasSuffix(one.TaskUUID, "8") || strings.HasSuffix(one.TaskUUID, "c") {
				response = `{"data":[],"errors":[{"code":"insufficientCredits","message":"Insufficient credits.","taskUUID":"` + one.TaskUUID + `"}]}`
			}
			items = append(items, `{"taskType":"getTaskDetails","taskUUID":"`+one.TaskUUID+`","request":[{"taskType":"imageInference","taskUUID":"`+
				one.TaskUUID+`","model":"runware:101@1","positivePrompt":"a boat"}],"response":`+response+`}`)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"data":[`+strings.Join(items, ",")+`]}`)
	}))
	t.Cleanup(api.Close)
	dir = t.TempDir()
	var log bytes.Buffer
	for n := range tasks {
		fmt.Fprintf(&log, "12:00:00 level=info task=%s\n", id(n))
	}
	if err := os.WriteFile(filepath.Join(dir, "app.log"), log.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(dir, "key")
	if err := os.WriteFile(key, []byte("test-key-0123456789abcdef"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, []string{
		"PATH=" + program + string(filepath.ListSeparator) + os.Getenv("PATH"), "HOME=" + dir,
		"RUNWARE_API_URL=" + api.URL, "RUNWARE_API_KEY_FILE=" + key, "RUNWARE_SCHEMAS_URL=off",
	}
}

// shell runs a line of the documentation.
func shell(t *testing.T, dir string, env []string, line string) {
	t.Helper()
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir, cmd.Env = dir, env
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
}

// complete sees that each task stands once in the parts together, and that there are as many parts as that.
func complete(t *testing.T, dir string, parts int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "tasks-*.ndjson.zst"))
	if err != nil || len(files) != parts {
		t.Fatalf("%d parts, not %d: %v", len(files), parts, err)
	}
	lines := map[string]int{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		decoder, err := zstd.NewReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		for in := json.NewDecoder(decoder); ; {
			var report struct {
				TaskUUID string `json:"taskUUID"`
			}
			if err := in.Decode(&report); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			lines[report.TaskUUID]++
		}
		decoder.Close()
	}
	for n := range tasks {
		if lines[id(n)] != 1 {
			t.Fatalf("%s is there %d times", id(n), lines[id(n)])
		}
	}
	if len(lines) != tasks {
		t.Errorf("%d tasks, not %d", len(lines), tasks)
	}
}

// documented returns the block of docs/scale.md in that language that holds a word.
func documented(t *testing.T, language, word string) string {
	t.Helper()
	page, err := os.ReadFile("../docs/scale.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split(string(page), "```"+language+"\n")[1:] {
		text, _, _ := strings.Cut(block, "```")
		if strings.Contains(text, word) {
			return text
		}
	}
	t.Fatalf("docs/scale.md has no %s with %s", language, word)
	return ""
}
