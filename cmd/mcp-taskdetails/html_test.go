package main

import (
	"context"
	"fmt"
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

	"golang.org/x/net/html"
)

// hostileID is the id of a task whose strings are meant for a browser.
const hostileID = "badbad00-0000-4000-8000-000000000001"

// hostilePage is what the program makes of a task that tries to run a script, to load from an address, to break out of every
// element and to hide text, beside strings of a megabyte.
func hostilePage(t *testing.T, address string) string {
	t.Helper()
	attack := `</script></pre></details></style></title><script>document.title="run"</script><img src="` + address + `/img" onerror="document.title='run'">` +
		`<link rel=stylesheet href=` + address + `/css><iframe src=` + address + `/frame></iframe><meta http-equiv=refresh content="0;url=` + address + `/refresh">` +
		`" onload="document.title='run'" x="` + "\u202egnp.exe\u200b\x07"
	text := string(rawjson.Quote(attack))
	long := string(rawjson.Quote(strings.Repeat("<b>long ", 1<<17)))
	request := fmt.Sprintf(`[{"taskType":"imageInference","taskUUID":%q,"model":%s,"steps":900,%s:%s,"positivePrompt":%s}]`, hostileID, text, text, text, long)
	response := fmt.Sprintf(`{"data":[{"taskUUID":%q,"imageURL":%s,"videoURL":"javascript:document.title='run'"},{"taskUUID":%q,"imageURL":"%s/thumb"}],`+
		`"errors":[{"code":%s,"message":%s,"parameter":"steps","taskUUID":%q,"documentation":%s,"responseContent":%s}]}`, hostileID, text, hostileID, address, text, text, hostileID, text, long)
	api := httptest.NewServer(answer(http.StatusOK, envelope(fmt.Sprintf(`{"taskType":"getTaskDetails","taskUUID":%q,"request":%s,"response":%s}`, hostileID, request, response))))
	t.Cleanup(api.Close)
	page, stderr, code := command(t, []string{envKey + "=" + testKey, envAPIURL + "=" + api.URL, envSchemasURL + "=off"}, "", "get", "--format", "html", hostileID)
	if code != exitFine || !strings.Contains(page, "&lt;script&gt;") {
		t.Fatalf("exit code %d, %s\n%.2000s", code, stderr, page)
	}
	return page
}

// The page of a hostile task is as small as any, and a browser that loads it runs nothing of it and asks nobody for anything.
func TestHTMLOfAHostileTask(t *testing.T) {
	var asked atomic.Int64
	canary := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer canary.Close()
	page := hostilePage(t, canary.URL)
	scriptsAlone(t, page)
	if len(page) > 100_000 {
		t.Errorf("%d bytes", len(page))
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	args := []string{"--headless", "--disable-gpu", "--no-first-run", "--enable-logging=stderr", "--user-data-dir=" + filepath.Join(dir, "profile"), "--dump-dom", "file://" + file}
	if os.Getuid() == 0 {
		args = append([]string{"--no-sandbox"}, args...)
	}
	var stdout, stderr strings.Builder
	browser := exec.CommandContext(ctx, chromium, args...)
	browser.Stdout, browser.Stderr = &stdout, &stderr
	browser.WaitDelay = time.Second
	if err := browser.Run(); err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	scriptsAlone(t, stdout.String())
	if !strings.Contains(stdout.String(), "<title>Runware task "+hostileID+"</title>") || asked.Load() > 0 {
		t.Errorf("%d requests came, and the page is\n%.3000s", asked.Load(), stdout.String())
	}
	if log := stderr.String(); strings.Contains(log, "Content Security Policy") { // which the page's own style and script would break too
		t.Errorf("the browser refused something: %s", log)
	}
}

// scriptsAlone holds a page to one script and to no element that loads anything by itself.
func scriptsAlone(t *testing.T, page string) {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	scripts := 0
	for n := range tree.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "script":
			scripts++
		case n.Data == "img", n.Data == "iframe", n.Data == "link", n.Data == "object", n.Data == "embed":
			t.Errorf("element %s", n.Data)
		}
	}
	if scripts != 1 {
		t.Errorf("%d scripts", scripts)
	}
}
