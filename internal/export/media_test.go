package export

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"mcp-taskdetails/schema"
)

const mediaTask = "00000000-0000-4000-8000-0000000000AA"

func media(t *testing.T, c MediaConfig) *Media {
	t.Helper()
	m, err := NewMedia(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	return m
}

// results is a task whose results link to URLs.
func results(links ...string) schema.Task {
	var items []string
	for _, link := range links {
		items = append(items, fmt.Sprintf(`{"taskType":"imageInference","taskUUID":%q,"imageUUID":"../../up","imageURL":%q}`, strings.ToLower(mediaTask), link))
	}
	return schema.Task{TaskUUID: mediaTask, Response: []byte(`{"data":[` + strings.Join(items, ",") + `]}`)}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, strings.TrimPrefix(path, dir+string(filepath.Separator)))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Only Runware's hosts are asked, over https; this machine is when the API itself is on it.
func TestHosts(t *testing.T) {
	m, local := media(t, MediaConfig{Dir: t.TempDir()}), media(t, MediaConfig{Dir: t.TempDir(), Loopback: true})
	for link, want := range map[string][2]bool{
		"https://im.runware.ai/image/x.jpg":        {true, true},
		"https://VM.Runware.AI:443/x.mp4":          {true, true},
		"http://im.runware.ai/x.jpg":               {},
		"https://im.runware.ai:8443/x.jpg":         {},
		"https://user@im.runware.ai/x.jpg":         {},
		"https://runware.ai.example.com/x.jpg":     {},
		"https://notrunware.ai/x.jpg":              {},
		"https://runware.ai/docs":                  {},
		"https://im.runware.ai.:443/x.jpg":         {},
		"https://169.254.169.254/latest/meta-data": {},
		"http://127.0.0.1:9/x.jpg":                 {false, true},
		"http://[::1]:9/x.jpg":                     {false, true},
		"http://10.0.0.1/x.jpg":                    {},
		"ftp://im.runware.ai/x.jpg":                {},
		"file:///etc/passwd":                       {},
	} {
		u, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]bool{m.from(u), local.from(u)}; got != want {
			t.Errorf("%s: %v, want %v", link, got, want)
		}
	}
}

// Files are named after the task, whatever the data say, and are there whole or not at all.
func TestSave(t *testing.T) {
	var asked, broken atomic.Int64
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("another host was asked") }))
	defer elsewhere.Close()
	outside := strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1) // no address: another host
	content := bytes.Repeat([]byte("an image "), 10_000)
	mux := http.NewServeMux()
	mux.HandleFunc("/good.png", func(w http.ResponseWriter, _ *http.Request) { asked.Add(1); _, _ = w.Write(content) })
	mux.HandleFunc("/typed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "video/mp4; x=y")
		_, _ = w.Write(content)
	})
	mux.HandleFunc("/breaks.png", func(w http.ResponseWriter, _ *http.Request) { // the first time
		w.Header().Set("Content-Length", strconv.Itoa(len(content)))
		if broken.Add(1) == 1 {
			_, _ = w.Write(content[:100])
			return
		}
		_, _ = w.Write(content)
	})
	mux.HandleFunc("/expired.png", http.NotFound)
	mux.HandleFunc("/moved.png", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, outside+"/x.png", http.StatusFound) })
	mux.HandleFunc("/near.png", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/good.png", http.StatusFound) })
	mux.HandleFunc("/huge.png", func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush() // no length is announced
		_, _ = w.Write(bytes.Repeat([]byte("x"), 200_001))
	})
	server := httptest.NewServer(mux)
	defer server.Close()

	dir := t.TempDir()
	m := media(t, MediaConfig{Dir: dir, Loopback: true, MaxBytes: 200_000})
	task := results(server.URL+"/good.png", server.URL+"/typed", server.URL+"/breaks.png", server.URL+"/expired.png",
		server.URL+"/moved.png", server.URL+"/near.png", server.URL+"/huge.png", outside+"/a.png", server.URL+"/good.png?/../../../etc/passwd")
	saved, err := m.save(t.Context(), task)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Saved{Files: 5, Bytes: 5 * int64(len(content)), Gone: 3, Foreign: 1}); saved != want {
		t.Errorf("saved %+v, want %+v", saved, want)
	}
	id := strings.ToLower(mediaTask)
	want := []string{id + "-0.png", id + "-1.mp4", id + "-2.png", id + "-5.png", id + "-8.png"}
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("files %v, want %v", got, want)
	}
	for _, name := range want {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s: %v, %d bytes", name, err, len(got))
		}
	}
	before := asked.Load()
	if saved, err = m.save(t.Context(), task); err != nil || saved.There != 5 || saved.Files != 0 || asked.Load() != before {
		t.Errorf("again: %v, %+v", err, saved)
	}
}

// What an ended run left of a file is written over, and never taken for the file.
func TestPart(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("whole")) }))
	defer server.Close()
	dir := t.TempDir()
	id := strings.ToLower(mediaTask)
	if err := os.WriteFile(filepath.Join(dir, "."+id+"-0.part"), bytes.Repeat([]byte("x"), 100), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := media(t, MediaConfig{Dir: dir, Loopback: true}).save(t.Context(), results(server.URL+"/a.png")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, id+"-0.png")); err != nil || string(got) != "whole" || len(names(t, dir)) != 1 {
		t.Errorf("%v, %q, %v", err, got, names(t, dir))
	}
}

// A directory that takes no file ends the export instead of passing for a file that is gone.
func TestFullMedia(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("whole")) }))
	defer server.Close()
	dir := t.TempDir()
	m := media(t, MediaConfig{Dir: dir, Loopback: true})
	if err := os.Mkdir(filepath.Join(dir, "."+strings.ToLower(mediaTask)+"-0.part"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := m.save(t.Context(), results(server.URL+"/a.png")); !isDisk(err) {
		t.Errorf("error: %v", err)
	}
}

// Links are found at any depth, of the task's own results alone.
func TestLinks(t *testing.T) {
	task := schema.Task{TaskUUID: mediaTask, Response: []byte(`{"data":[
		{"taskUUID":"00000000-0000-4000-8000-0000000000bb","imageURL":"https://im.runware.ai/other.png"},
		{"taskUUID":"` + mediaTask + `","documentation":"https://docs.runware.ai/x","prompt":"https://im.runware.ai/prompt.png",
		 "outputs":{"files":[{"url":"https://im.runware.ai/a.glb"}]},"videoURL":"https://vm.runware.ai/b.mp4"}]}`)}
	var got []string
	for _, link := range media(t, MediaConfig{Dir: t.TempDir()}).links(t.Context(), task, &Saved{}) {
		got = append(got, link.Path)
	}
	if want := []string{"/a.glb", "/b.mp4"}; !slices.Equal(got, want) {
		t.Errorf("links %v, want %v", got, want)
	}
}
