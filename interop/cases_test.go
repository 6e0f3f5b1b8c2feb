package interop

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const tool = "get_task_details"

// Recorded tasks of --demo.
const (
	taskSucceeded = "a770f077-f413-47de-9dac-be0b26a35da6"
	taskFailed    = "b880f077-e514-58ef-0ebd-ce1c37b46eb7"
	taskPartial   = "5c1f0a52-7c1e-4e0d-9b36-0d5f1c9d2a01"
	taskPending   = "b6f0d8a3-5e91-4c27-9d4b-3a7c1e5f9b08"
	taskSeed      = "e3a9c5f1-6d72-4b08-8c4e-1f0a2b3c4d06"
	taskLarge     = "91b5d3e7-4a20-4c8f-9e61-5d7b0f2a8c05"
	taskUnknown   = "00000000-0000-4000-8000-000000000000"
)

// conversation is one case with one client.
type conversation struct {
	*testing.T
	ctx    context.Context // ends when an answer is overdue
	kind   kind
	client client
	close  func() error // the client's, once
	api    *api         // nil with the recorded tasks
	server *session     // what the client talks to
}

// TestClients is the matrix: each client against each case, over the real pipes of the real binary.
func TestClients(t *testing.T) {
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			for _, c := range cases {
				t.Run(c.name, func(t *testing.T) {
					matrix.note(t, c.name, k.name)
					talk(t, k, c)
				})
			}
		})
	}
}

// testCase is one row of the matrix.
type testCase struct {
	name string
	run  func(c *conversation)
	api  bool   // talks to an API of its own instead of the recorded tasks
	key  string // for that API
	long bool   // needs one connection for several calls

	timeout string // of a lookup, where it is what ends the retries
}

func talk(t *testing.T, k kind, tc testCase) {
	t.Helper()
	if k.oneShot && tc.long {
		t.Skip("a process for each call")
	}
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	c := &conversation{T: t, ctx: ctx, kind: k}
	if tc.api {
		c.api = startAPI(t)
		c.server = c.api.session(t, tc.key, cmp.Or(tc.timeout, "30s"))
	} else {
		c.server = newSession(t, []string{"--demo"}, nil)
	}
	c.client = k.dial(t, c.server.script)
	c.close = sync.OnceValue(c.client.close)
	t.Cleanup(func() { _ = c.close() })
	tc.run(c)
	if err := c.close(); err != nil {
		t.Errorf("close: %v", err)
	}
	c.server.finish(t)
}

var cases = []testCase{
	{name: "list", run: listing},
	{name: "succeeded", run: outcome(taskSucceeded, "succeeded", "none", false)},
	{name: "failed", run: outcome(taskFailed, "failed", "invalid_parameter", false)},
	{name: "the other tools", run: otherTools},
	{name: "partial", run: outcome(taskPartial, "partial", "timeout", false)},
	{name: "pending", run: outcome(taskPending, "pending", "none", false)},
	{name: "not found", run: outcome(taskUnknown, "not_found", "not_found", true)},
	{name: "no key", api: true, run: outcome(uuid(answers, 1), "unavailable", "authentication", true)},
	{name: "key refused", api: true, key: "another-key", run: outcome(uuid(answers, 1), "unavailable", "authentication", true)},
	{name: "rate limit", api: true, key: apiKey, run: outcome(uuid(limited, 1), "unavailable", "rate_limit", true)},
	{name: "502 with HTML", api: true, key: apiKey, timeout: "1500ms", run: outcome(uuid(broken, 1), "unavailable", "internal", true)},
	{name: "200 with HTML", api: true, key: apiKey, run: outcome(uuid(web, 1), "unavailable", "internal", true)},
	{name: "1 MiB result", run: large},
	{name: "by pointer", long: true, run: pieces},
	{name: "resource", run: resource},
	{name: "wrong arguments", run: wrongArguments},
	{name: "unknown tool", run: unknownTool},
	{name: "seed above 2^53", run: seed},
	{name: "beyond float64", api: true, key: apiKey, run: beyondFloat},
	{name: "cancel", api: true, key: apiKey, long: true, run: cancelled},
	{name: "32 at once", api: true, key: apiKey, long: true, run: atOnce},
	{name: "stdin closed in flight", api: true, key: apiKey, long: true, run: closedInFlight},
}

// outputSchema is what the tool promises, compiled by a library that the server does not use for it.
var outputSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	return jsonschema.NewCompiler().Compile(filepath.Join(root, "tools", "schemas", tool+".output.json"))
})

// ask calls the tool and holds what is true of every answer: it passes the output schema, and says the same twice.
func (c *conversation) ask(arguments map[string]any) (answer, map[string]any) {
	c.Helper()
	got, err := c.client.call(c.ctx, tool, arguments)
	if err != nil {
		c.Fatal(err)
	}
	return got, c.check(got)
}

func (c *conversation) check(got answer) map[string]any {
	c.Helper()
	schema, err := outputSchema()
	if err != nil {
		c.Fatal(err)
	}
	for name, raw := range map[string][]byte{"structured content": got.structured, "text": []byte(got.text)} {
		if err := valid(schema, raw); err != nil {
			c.Errorf("%s: %v", name, err)
		}
	}
	structured, text := tree(c.T, got.structured), tree(c.T, []byte(got.text))
	if diff := gocmp.Diff(structured, text); diff != "" {
		c.Errorf("the text differs (-structured +text):\n%s", diff)
	}
	for _, secret := range []string{apiKey, "another-key"} {
		if strings.Contains(got.text, secret) {
			c.Errorf("the answer holds the key")
		}
	}
	report, _ := structured.(map[string]any)
	return report
}

// tree is JSON with its numbers as float64: what a client made of their digits is a case of its own. A number beyond
// that is its digits as a string, as structured content has it.
func tree(t *testing.T, raw []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return asFloats(v)
}

func asFloats(v any) any {
	switch v := v.(type) {
	case json.Number:
		if f, err := v.Float64(); err == nil {
			return f
		}
		return v.String()
	case []any:
		for i := range v {
			v[i] = asFloats(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = asFloats(v[name])
		}
	}
	return v
}

func outcome(id, status, category string, isError bool) func(*conversation) {
	return func(c *conversation) {
		got, report := c.ask(map[string]any{"taskUUID": id})
		diagnosis, _ := report["diagnosis"].(map[string]any)
		have := []any{report["taskUUID"], report["status"], diagnosis["category"], got.isError}
		if diff := gocmp.Diff([]any{id, status, category, isError}, have); diff != "" {
			c.Errorf("taskUUID, status, category, isError (-want +got):\n%s%s", diff, got.text)
		}
	}
}

// otherTools: each answers, the same in both forms, and as its schema promises.
func otherTools(c *conversation) {
	for _, one := range []struct {
		tool, summary string
		arguments     map[string]any
	}{
		{"explain_error", "diagnosis", map[string]any{"error": `{"code":"invalidCFGScale","message":"Invalid value for 'CFGScale' parameter. It must be between 0 and 20.","parameter":"CFGScale"}`}},
		{"check_request", "diagnosis", map[string]any{"request": `[{"taskType":"imageInference","model":"runware:101@1","positivePrompt":"cat","width":1000,"height":1024}]`}},
		{"triage_tasks", "summary", map[string]any{"text": taskFailed + " and " + taskPartial}},
		{"compare_tasks", "summary", map[string]any{"taskUUID": taskSucceeded, "otherTaskUUID": taskFailed}},
	} {
		got, err := c.client.call(c.ctx, one.tool, one.arguments)
		if err != nil {
			c.Fatal(err)
		}
		promised, err := jsonschema.NewCompiler().Compile(filepath.Join(root, "tools", "schemas", one.tool+".output.json"))
		if err != nil {
			c.Fatal(err)
		}
		var structured, text map[string]any
		if err := json.Unmarshal(got.structured, &structured); err != nil {
			c.Fatal(err)
		}
		if err := json.Unmarshal([]byte(got.text), &text); err != nil {
			c.Fatal(err)
		}
		if err := promised.Validate(structured); err != nil || got.isError || structured[one.summary] == nil {
			c.Errorf("%s: isError %v, %v\n%s", one.tool, got.isError, err, got.text)
		}
		if diff := gocmp.Diff(structured, text); diff != "" {
			c.Errorf("%s: text differs (-structured +text):\n%s", one.tool, diff)
		}
	}
}

// goldens are the tools as the repository's goldens have them, by name, as hosts are given them.
func goldens(t *testing.T) []map[string]any {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "tools", "testdata", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	var all []map[string]any
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var golden map[string]any
		if err := json.Unmarshal(content, &golden); err != nil {
			t.Fatal(err)
		}
		all = append(all, golden)
	}
	return all
}

// listing: each client sees the whole definition, schemas and hints included, in the revision that it is here for.
func listing(c *conversation) {
	defer func() {
		if modern := c.server.count(c.T, toServer, `"io.modelcontextprotocol/protocolVersion":"`+newest+`"`) > 0; modern != c.kind.modern {
			c.Errorf("speaks %s: %v", newest, modern)
		}
	}()
	raw, err := c.client.list(c.ctx)
	if err != nil {
		c.Fatal(err)
	}
	var tools []map[string]any
	if err := json.Unmarshal(raw, &tools); err != nil {
		c.Fatal(err)
	}
	for _, one := range tools {
		input, _ := one["inputSchema"].(map[string]any)
		if required, ok := input["required"].([]any); ok && len(required) == 0 {
			delete(input, "required") // mcp-go's own type adds it, and it says nothing
		}
	}
	if diff := gocmp.Diff(goldens(c.T), tools); diff != "" {
		c.Errorf("tools (-golden +listed):\n%s", diff)
	}
	raw, err = c.client.templates(c.ctx)
	if err != nil {
		c.Fatal(err)
	}
	var templates []struct {
		Name        string `json:"name"`
		URITemplate string `json:"uriTemplate"`
		MIMEType    string `json:"mimeType"`
	}
	if err := json.Unmarshal(raw, &templates); err != nil {
		c.Fatal(err)
	}
	if len(templates) != 1 || templates[0].URITemplate != "runware://tasks/{taskUUID}" || templates[0].MIMEType != "application/json" {
		c.Errorf("templates: %+v", templates)
	}
}

// omission is the one that the large task has.
type omission struct {
	Pointer   string `json:"pointer"`
	MediaType string `json:"mediaType"`
	SHA256    string `json:"sha256"`
	Bytes     int    `json:"bytes"`
}

func (c *conversation) omitted() omission {
	c.Helper()
	got, _ := c.ask(map[string]any{"taskUUID": taskLarge})
	var report struct {
		Omissions []omission `json:"omissions"`
	}
	if err := json.Unmarshal([]byte(got.text), &report); err != nil {
		c.Fatal(err)
	}
	if len(got.text) > 24_000 || len(report.Omissions) != 1 {
		c.Fatalf("%d bytes, omissions %+v", len(got.text), report.Omissions)
	}
	return report.Omissions[0]
}

func large(c *conversation) {
	if o := c.omitted(); o.Bytes != 1<<20 || o.MediaType != "image/png" {
		c.Errorf("%+v", o)
	}
}

// pieces reads the list of results to its end in pieces, and finds the large value in it described, as it is by itself.
func pieces(c *conversation) {
	type piece struct {
		Text       string   `json:"text"`
		NextOffset int      `json:"nextOffset"`
		Media      omission `json:"media"`
	}
	read := func(pointer string, offset int) piece {
		got, _ := c.ask(map[string]any{"taskUUID": taskLarge, "pointer": pointer, "offset": offset, "maxBytes": 4096})
		var report struct {
			Piece piece `json:"piece"`
		}
		if err := json.Unmarshal([]byte(got.text), &report); err != nil {
			c.Fatal(err)
		}
		return report.Piece
	}
	o := c.omitted()
	image := read(o.Pointer, 0)
	if image.Media.SHA256 != o.SHA256 || image.Media.Bytes != o.Bytes || image.NextOffset != 0 || len(image.Text) > 3000 {
		c.Errorf("%+v", image)
	}
	var whole strings.Builder
	for offset, calls := 0, 0; ; calls++ {
		p := read("/response", offset)
		whole.WriteString(p.Text)
		if offset = p.NextOffset; offset == 0 {
			break
		}
		if calls > 1000 {
			c.Fatal("no end")
		}
	}
	if text := whole.String(); !json.Valid([]byte(text)) || !strings.Contains(text, "[omitted: image/png, 1048576 bytes]") {
		c.Errorf("%.300s", text)
	}
}

// resource reads the same value with the whole task.
func resource(c *conversation) {
	text, err := c.client.read(c.ctx, "runware://tasks/"+taskLarge)
	if err != nil {
		c.Fatal(err)
	}
	var task struct {
		Response struct {
			Data []struct {
				Image string `json:"imageBase64Data"`
			} `json:"data"`
		} `json:"response"`
	}
	if err := json.Unmarshal([]byte(text), &task); err != nil {
		c.Fatal(err)
	}
	checkImage(c, c.omitted(), task.Response.Data[0].Image)
}

func checkImage(c *conversation, o omission, text string) {
	c.Helper()
	image, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		c.Fatal(err)
	}
	sum := sha256.Sum256(image)
	if got := hex.EncodeToString(sum[:]); got != o.SHA256 || len(image) != o.Bytes {
		c.Errorf("%d bytes with digest %s, the omission is %+v", len(image), got, o)
	}
}

// wrongArguments are answered with a report that names what is wrong, whatever the client thinks of the schema.
func wrongArguments(c *conversation) {
	for name, arguments := range map[string]map[string]any{
		"`not-an-id`":            {"taskUUID": "not-an-id"},
		"holds 2 task ids":       {"taskUUID": taskFailed + " " + taskLarge},
		"a number, not a string": {"taskUUID": 7},
		"`taskUUID` is missing":  {},
	} {
		got, report := c.ask(arguments)
		diagnosis, _ := report["diagnosis"].(map[string]any)
		summary, _ := diagnosis["summary"].(string)
		if !got.isError || report["status"] != "unavailable" || diagnosis["category"] != "invalid_parameter" || !strings.Contains(summary, name) {
			c.Errorf("%v: %s", arguments, got.text)
		}
	}
}

// unknownTool is a fault of the protocol. The Inspector refuses by itself what is not listed.
func unknownTool(c *conversation) {
	got, err := c.client.call(c.ctx, "no_such_tool", map[string]any{})
	if err == nil {
		c.Fatalf("answered: %s", got.text)
	}
	if n := c.server.count(c.T, fromServer, `"code":-32602`); n != 1 && !c.kind.oneShot {
		c.Errorf("%d replies with -32602, error %v", n, err)
	}
}
