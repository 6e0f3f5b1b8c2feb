package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// testKey is what scripts with an api/ use: no output may hold it.
const testKey = "test-key-0123456789abcdef"

// startAPI stands for Runware in a script with a directory api/. Its files are HTTP responses as they go over the wire,
// given one a request in the order of their names, the last one again and again. The bodies of the requests are
// appended to requests.jsonl.
func startAPI(env *testscript.Env) error {
	files, err := filepath.Glob(filepath.Join(env.WorkDir, "api", "*"))
	if err != nil || len(files) == 0 {
		return err
	}
	slices.Sort(files)
	fake := &fakeAPI{files: files, requests: filepath.Join(env.WorkDir, "requests.jsonl")}
	server := httptest.NewServer(http.StripPrefix("/prefix", fake))
	env.Defer(server.Close)
	env.Setenv(envAPIURL, server.URL+"/prefix/v1")
	env.Setenv(envKey, testKey)
	env.Setenv(envSchemasURL, "off")
	return nil
}

type fakeAPI struct {
	mu       sync.Mutex
	files    []string
	requests string
}

func (f *fakeAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	response, err := f.next(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusTeapot)
		return
	}
	defer response.Body.Close()
	maps.Copy(w.Header(), response.Header)
	w.WriteHeader(response.StatusCode)
	_, _ = io.Copy(w, response.Body)
}

func (f *fakeAPI) next(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.record(r); err != nil {
		return nil, err
	}
	content, err := os.ReadFile(f.files[0])
	if err != nil {
		return nil, err
	}
	if len(f.files) > 1 {
		f.files = f.files[1:]
	}
	return http.ReadResponse(bufio.NewReader(bytes.NewReader(content)), r)
}

func (f *fakeAPI) record(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if r.Header.Get("Authorization") != "Bearer "+testKey {
		return fmt.Errorf("authorization header: %q", r.Header.Get("Authorization"))
	}
	log, err := os.OpenFile(f.requests, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	_, err = fmt.Fprintf(log, "%s\n", bytes.TrimSpace(body))
	return err
}
