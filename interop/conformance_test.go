package interop

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestConformance runs the protocol's own suite against the same server on HTTP, once a revision. It fails with a
// failure that conformance-<revision>.yml does not name, and with a name there that no longer fails.
func TestConformance(t *testing.T) {
	for _, revision := range []string{"2025-11-25", newest} {
		t.Run(revision, func(t *testing.T) {
			url := serveHTTP(t)
			results := t.TempDir()
			baseline, err := filepath.Abs("conformance-" + revision + ".yml")
			if err != nil {
				t.Fatal(err)
			}
			suite := exec.CommandContext(t.Context(), nodeTool("conformance"), "server", "--url", url,
				"--requirements", revision, "--expected-failures", baseline, "--output-dir", results)
			suite.Env = nodeEnvironment()
			out, err := suite.CombinedOutput()
			if err != nil {
				_, summary, _ := strings.Cut(string(out), "=== SUMMARY ===")
				t.Errorf("%v\n%s", err, summary)
			}
			count(t, revision, results)
		})
	}
}

// serveHTTP starts the program over HTTP until the test ends.
func serveHTTP(t *testing.T) (url string) {
	t.Helper()
	server := exec.Command(serverBinary, "serve", "--http", "127.0.0.1:0", "--demo", "--drain", "1ms")
	stderr, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	if !lines.Scan() {
		t.Fatal("the server on HTTP said nothing")
	}
	_, url, _ = strings.Cut(lines.Text(), "serving ")
	ended := make(chan error, 1)
	go func() {
		for lines.Scan() {
			fmt.Fprintln(os.Stderr, lines.Text())
		}
		ended <- server.Wait()
	}()
	t.Cleanup(func() {
		if err := server.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Errorf("the server on HTTP left: %v", err)
		}
	})
	return url
}

// count adds a line about a run to the conformance table.
func count(t *testing.T, revision, results string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(results, "*", "checks.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no results: %v", err)
	}
	tally := map[string]int{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var checks []struct {
			Status string `json:"status"`
		}
		if err := json.Unmarshal(content, &checks); err != nil {
			t.Fatal(err)
		}
		for _, check := range checks {
			tally[check.Status]++
		}
	}
	word := "ok"
	if t.Failed() {
		word = "FAIL"
	}
	matrix.conform(fmt.Sprintf("| %s | %d | %d | %d | %d | %s |", revision, len(files), tally["SUCCESS"], tally["FAILURE"], tally["WARNING"], word))
}
