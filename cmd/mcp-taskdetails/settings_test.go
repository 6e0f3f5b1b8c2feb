package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// settingKey has the shape of a key; no answer to a wrong setting may hold any of it.
const settingKey = "Qw3rTy7uIoPa5sDfGh1jKlZx9cVbNm24"

// setting is an environment. In its values DIR is a directory that holds one file, key, with this content.
type setting struct {
	name, file string
	env        []string

	wrong string // the variable at fault, "" if the server works
	says  string // part of the summary
}

func settings() []setting {
	const key = settingKey
	fromFile := envKeyFile + "=DIR/key"
	return []setting{
		// The key.
		{name: "quotes", env: []string{envKey + `="` + key + `"`}, wrong: envKey, says: "stands in quotes"},
		{name: "single quotes", env: []string{envKey + "='" + key + "'"}, wrong: envKey, says: "stands in quotes"},
		{name: "typographic quotes", env: []string{envKey + "=“" + key + "”"}, wrong: envKey, says: "stands in quotes"},
		{name: "Bearer", env: []string{envKey + "=Bearer " + key}, wrong: envKey, says: "begins with `Bearer`"},
		{name: "bearer", env: []string{envKey + "=bearer " + key}, wrong: envKey, says: "begins with `Bearer`"},
		{name: "newline", env: []string{envKey + "=" + key[:9] + "\n" + key[9:]}, wrong: envKey, says: "line break"},
		{name: "two keys", env: []string{envKey + "=" + key + "\r\n" + key}, wrong: envKey, says: "line break"},
		{name: "zero width", env: []string{envKey + "=\u200B" + key}, wrong: envKey, says: "invisible character, U+200B"},
		{name: "zero width inside", env: []string{envKey + "=" + key[:9] + "\u2060" + key[9:]}, wrong: envKey, says: "invisible character, U+2060"},
		{name: "name and key", env: []string{envKey + "=RUNWARE_API_KEY=" + key}, wrong: envKey, says: "name of the setting"},
		{name: "path", env: []string{envKey + "=DIR/key"}, file: key, wrong: envKey, says: "path of a file"},
		// Placeholders, with nothing behind them.
		{name: "${X}", env: []string{envKey + "=${RUNWARE_API_KEY}"}, wrong: envKey, says: "placeholder like `${NAME}`"},
		{name: "$X", env: []string{envKey + "=$RUNWARE_API_KEY"}, wrong: envKey, says: "placeholder like `$NAME`"},
		{name: "$env:X", env: []string{envKey + "=$env:RUNWARE_API_KEY"}, wrong: envKey, says: "placeholder like `$env:NAME`"},
		{name: "%X%", env: []string{envKey + "=%RUNWARE_API_KEY%"}, wrong: envKey, says: "placeholder like `%NAME%`"},
		{name: "{env:X}", env: []string{envKey + "={env:RUNWARE_API_KEY}"}, wrong: envKey, says: "placeholder like `{env:NAME}`"},
		{name: "{{X}}", env: []string{envKey + "={{RUNWARE_API_KEY}}"}, wrong: envKey, says: "placeholder like `{{NAME}}`"},
		{name: "<X>", env: []string{envKey + "=<" + key + ">"}, wrong: envKey, says: "placeholder like `<NAME>`"},
		{name: "YOUR_KEY", env: []string{envKey + "=YOUR_KEY"}, wrong: envKey, says: "placeholder like `YOUR_KEY`"},
		{name: "null", env: []string{envKey + "=null"}, wrong: envKey, says: "placeholder like `null`"},
		// Placeholders before a file: good, bad, a placeholder too.
		{name: "placeholder, then a file", file: key, env: []string{envKey + "=${RUNWARE_API_KEY}", fromFile}},
		{name: "null, then a file", file: key, env: []string{envKey + "=null", fromFile}},
		{name: "YOUR_KEY, then settings", file: "RUNWARE_API_KEY=" + key, env: []string{envKey + "=YOUR_KEY", fromFile}},
		{name: "placeholder, then no file", env: []string{envKey + "=${RUNWARE_API_KEY}", envKeyFile + "=DIR/none"}, wrong: envKeyFile, says: "does not exist"},
		{name: "two placeholders", env: []string{envKey + "=${RUNWARE_API_KEY}", envKeyFile + "=${RUNWARE_API_KEY_FILE}"}, wrong: envKey, says: "placeholder"},
		{name: "wrong key, then a file", file: key, env: []string{envKey + "='" + key + "'", fromFile}, wrong: envKey, says: "stands in quotes"},
		{name: "key, then no file", env: []string{envKey + "=" + key, envKeyFile + "=DIR/none"}},
		// The file.
		{name: "missing", env: []string{envKeyFile + "=DIR/none"}, wrong: envKeyFile, says: "does not exist"},
		{name: "home", env: []string{envKeyFile + "=~/key"}, wrong: envKeyFile, says: "`~`, which only a shell replaces"},
		{name: "directory", env: []string{envKeyFile + "=DIR"}, wrong: envKeyFile, says: "a directory"},
		{name: "device", env: []string{envKeyFile + "=" + os.DevNull}, wrong: envKeyFile, says: "could block"},
		{name: "key for a file", env: []string{envKeyFile + "=" + key}, wrong: envKeyFile, says: "looks like a key"},
		{name: "large", file: key + strings.Repeat(" ", 64<<10), env: []string{fromFile}, wrong: envKeyFile, says: "larger than 64 KiB"},
		{name: "very large", file: strings.Repeat(key+"\n", 32<<10), env: []string{fromFile}, wrong: envKeyFile, says: "larger than 64 KiB"},
		{name: "empty", env: []string{fromFile}, wrong: envKeyFile, says: "is empty"},
		{name: "quotes in a file", file: `"` + key + `"`, env: []string{fromFile}, wrong: envKeyFile, says: "stands in quotes"},
		{name: "two keys in JSON", file: `{"apiKey":"` + key + `","key":"other"}`, env: []string{fromFile}, wrong: envKeyFile, says: "several"},
		{name: "line ends of Windows", file: key + "\r\n", env: []string{fromFile}},
		{name: "mark", file: "\uFEFF" + key, env: []string{fromFile}},
		{name: "mark and settings", file: "\uFEFFRUNWARE_API_KEY=" + key + "\r\n", env: []string{fromFile}},
		{name: "mark in the variable", env: []string{envKey + "=\uFEFF" + key}},
		{name: "UTF-16", file: utf16Text("\uFEFF" + key + "\r\n"), env: []string{fromFile}},
		{name: "UTF-16 without a mark", file: utf16Text(key), env: []string{fromFile}},
		{name: "UTF-16 and settings", file: utf16Text("\uFEFFRUNWARE_API_KEY=" + key + "\r\n"), env: []string{fromFile}},
		{name: "settings", file: "# mine\nRUNWARE_API_KEY='" + key + "'\nDEBUG=1\n", env: []string{fromFile}},
		{name: "shell", file: "export RUNWARE_API_KEY=" + key + "\n", env: []string{fromFile}},
		{name: "JSON", file: `{"RUNWARE_API_KEY": "` + key + `"}`, env: []string{fromFile}},
		{name: "JSON of a host", file: `{"mcpServers":{"x":{"env":{"RUNWARE_API_KEY":"` + key + `"}}}}`, env: []string{fromFile}},
		// The URLs.
		{name: "${X} for the API", env: []string{envKey + "=" + key, envAPIURL + "=${RUNWARE_API_URL}"}, wrong: envAPIURL, says: "placeholder"},
		{name: "${X} within the API", env: []string{envKey + "=" + key, envAPIURL + "=https://${HOST}/v1"}, wrong: envAPIURL, says: "placeholder"},
		{name: "http", env: []string{envKey + "=" + key, envAPIURL + "=http://api.example.com/v1"}, wrong: envAPIURL, says: "must be https"},
		{name: "password", env: []string{envKey + "=" + key, envAPIURL + "=https://me:" + key + "@api.example.com/v1"}, wrong: envAPIURL, says: "user or password"},
		{name: "%X% for the schemas", env: []string{envKey + "=" + key, envSchemasURL + "=%RUNWARE_SCHEMAS_URL%"}, wrong: envSchemasURL, says: "placeholder"},
		{name: "schemas over ftp", env: []string{envKey + "=" + key, envSchemasURL + "=ftp://schemas.example.com"}, wrong: envSchemasURL, says: "must be https"},
	}
}

func utf16Text(text string) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return string(b)
}

// TestSettings starts the real binary with every setting: as a server it lists its tools and answers calls with what is
// wrong, where it used to end before its host had heard a word; on the command line it says the same with exit code 2.
func TestSettings(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Authorization"); got != "Bearer "+settingKey {
			t.Errorf("authorization: %q", got)
		}
		answer(200, envelope(item(goodID, 0)))(w, r)
	}))
	t.Cleanup(api.Close)
	for _, s := range settings() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.meet(t, api.URL)
		})
	}
}

func (s setting) meet(t *testing.T, api string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "key"), []byte(s.file), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{envAPIURL + "=" + api, envSchemasURL + "=off"} // the last of a name counts
	for _, variable := range s.env {
		env = append(env, strings.ReplaceAll(variable, "DIR", dir))
	}
	s.serves(t, env)
	s.exits(t, env)
}

func (s setting) serves(t *testing.T, env []string) {
	t.Helper()
	h, err := startHost(env)
	defer h.kill()
	if err != nil {
		t.Fatal(err)
	}
	list, err := h.request("tools/list", "{}")
	if err != nil || !strings.Contains(string(list), `"name":"get_task_details"`) {
		t.Fatalf("%v: tools %s", err, list)
	}
	for kind, params := range map[string][2]string{
		"call":            {"tools/call", taskCall(goodID)},
		"wrong arguments": {"tools/call", `{"name":"get_task_details","arguments":{"taskUUID":"` + settingKey + `"}}`},
		"resource":        {"resources/read", fmt.Sprintf(`{"uri":"runware://tasks/%s"}`, goodID)},
	} {
		result, err := h.request(params[0], params[1])
		if err != nil {
			t.Fatal(err)
		}
		if s.wrong != "" {
			s.judge(t, kind, result)
		} else if kind == "call" {
			report, _ := rawjson.Member(result, "structuredContent")
			if member(report, "status") != string(schema.StatusSucceeded) {
				t.Errorf("%s", result)
			}
		}
	}
	if err := h.end(); err != nil {
		t.Fatal(err)
	}
	log := h.stderr.String()
	if s.wrong == "" && log != "" || !strings.Contains(log, s.wrong) || leaked(log) {
		t.Errorf("stderr: %q", log)
	}
}

// judge holds an answer to the setting that is wrong.
func (s setting) judge(t *testing.T, kind string, result []byte) {
	t.Helper()
	report, isTool := rawjson.Member(result, "structuredContent")
	if !isTool {
		text, _ := rawjson.Resolve(result, "/contents/0/text")
		content, _ := rawjson.Text(text)
		report = []byte(content)
	}
	if isError, _ := rawjson.Member(result, "isError"); isTool && string(isError) != "true" {
		t.Errorf("%s: no error", kind)
	}
	diagnosis, _ := rawjson.Member(report, "diagnosis")
	got := verdict{
		schema.Status(member(report, "status")), schema.Category(member(diagnosis, "category")), schema.Retry(member(diagnosis, "retry")),
	}
	if got != refused {
		t.Errorf("%s: %+v", kind, got)
	}
	summary := member(diagnosis, "summary")
	if !strings.Contains(summary, "`"+s.wrong+"`") || !strings.Contains(summary, s.says) || member(diagnosis, "nextStep") == "" || leaked(string(result)) {
		t.Errorf("%s: %s", kind, result)
	}
}

func (s setting) exits(t *testing.T, env []string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	get := exec.CommandContext(t.Context(), "mcp-taskdetails", "get", goodID)
	get.Env, get.Stdout, get.Stderr = append(env, "PATH="+os.Getenv("PATH"), "GOCOVERDIR="+os.Getenv("GOCOVERDIR")), &stdout, &stderr
	_ = get.Run()
	code := get.ProcessState.ExitCode()
	switch {
	case s.wrong == "" && code == exitFine:
	case s.wrong != "" && code == exitUsage && strings.Contains(stderr.String(), "error: "+s.wrong+": ") &&
		strings.Contains(stderr.String(), s.says) && strings.Contains(stderr.String(), "hint: ") && stdout.Len() == 0:
	default:
		t.Errorf("exit code %d\n%s%s", code, stdout.String(), stderr.String())
	}
	if leaked(stderr.String()) || leaked(stdout.String()) {
		t.Errorf("the key is shown: %s%s", stdout.String(), stderr.String())
	}
}

// leaked tells whether a text holds any eight characters of the key.
func leaked(text string) bool {
	for i := range len(settingKey) - 8 {
		if strings.Contains(text, settingKey[i:i+8]) {
			return true
		}
	}
	return false
}
