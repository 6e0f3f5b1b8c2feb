package tools_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/google/go-cmp/cmp"
	mcpclient "github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// What every session pays in its context for having the server at all: all that tools/list holds, and what hosts show
// models of it, which is name, description and the schema of the arguments.
const (
	maxDefinitions = 18_000
	maxShown       = 6_000
)

// fetcherFunc stands for the client where a test needs a misbehaving one.
type fetcherFunc func(ctx context.Context, ids ...string) []client.Lookup

func (f fetcherFunc) TaskDetails(ctx context.Context, ids ...string) []client.Lookup {
	return f(ctx, ids...)
}

// connect returns a client of a server in this process, over the sandbox unless the test brings a fetcher of its own.
func connect(t *testing.T, key string, fetcher inspect.Fetcher) *mcpclient.Client {
	t.Helper()
	api, err := sandbox.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	runware, err := client.New(client.Config{URL: api.APIURL, Key: schema.NewSecret(key)})
	if err != nil {
		t.Fatal(err)
	}
	if fetcher == nil {
		fetcher = runware
	}
	models, err := modelschema.New(modelschema.Config{URL: api.SchemasURL})
	if err != nil {
		t.Fatal(err)
	}
	logger := slog.New(slog.DiscardHandler)
	inspector, err := inspect.New(inspect.Config{
		Fetcher: fetcher, Responder: runware, Models: models, Logger: logger,
		Presenter: present.New(present.Config{Secrets: []schema.Secret{schema.NewSecret(key)}}),
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := mcpclient.NewInProcessClient(tools.NewServer(tools.Config{
		Tasks: inspector, Originals: inspector, Explainer: inspector, Checker: inspector, Triager: inspector, Comparer: inspector,
		Refuse: inspector.Refuse, Version: "0.0.0", Logger: logger,
	}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Initialize(t.Context(), mcp.InitializeRequest{}); err != nil {
		t.Fatal(err)
	}
	return c
}

func call(t *testing.T, c *mcpclient.Client, arguments any) *mcp.CallToolResult {
	t.Helper()
	result, err := c.CallTool(t.Context(), mcp.CallToolRequest{
		Params: mcp.CallToolParams{Name: "get_task_details", Arguments: arguments},
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestDefinitions(t *testing.T) {
	list, err := connect(t, sandbox.Key, nil).ListTools(t.Context(), mcp.ListToolsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	size, shown := 0, 0
	sent := map[string]mcp.Tool{} // as they stand on the wire: the client's own types add members
	for _, tool := range tools.Definitions() {
		sent[tool.Name] = tool
	}
	for _, tool := range list.Tools {
		t.Run(tool.Name, func(t *testing.T) {
			definition, err := json.Marshal(sent[tool.Name])
			if err != nil {
				t.Fatal(err)
			}
			size += len(definition)
			input, _ := rawjson.Member(definition, "inputSchema")
			shown += len(tool.Name) + len(tool.Description) + len(input)
			golden(t, filepath.Join("testdata", tool.Name+".json"), indented(t, definition))

			for hint, value := range map[string]*bool{
				"readOnlyHint": tool.Annotations.ReadOnlyHint, "idempotentHint": tool.Annotations.IdempotentHint,
				"openWorldHint": tool.Annotations.OpenWorldHint,
			} {
				if value == nil || !*value {
					t.Errorf("%s is not set", hint)
				}
			}
			if hint := tool.Annotations.DestructiveHint; hint == nil || *hint {
				t.Error("destructiveHint is not false")
			}
			if tool.Title == "" || tool.Description == "" {
				t.Error("title or description is empty")
			}
			for _, name := range []string{"inputSchema", "outputSchema"} {
				raw, _ := rawjson.Member(definition, name)
				checkPortable(t, name, raw)
			}
		})
	}
	if size > maxDefinitions || shown > maxShown || shown < len(list.Tools)*100 {
		t.Errorf("definitions take %d bytes of %d, what models are shown %d of %d", size, maxDefinitions, shown, maxShown)
	}
}

func indented(t *testing.T, raw []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", "  "); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), '\n')
}

// checkPortable holds what some client or provider refuses a whole tool list for.
func checkPortable(t *testing.T, name string, raw []byte) {
	t.Helper()
	if kind, _ := rawjson.Member(raw, "type"); string(kind) != `"object"` {
		t.Errorf("%s: the root is %s, not an object", name, kind)
	}
	for _, word := range []string{"$ref", "$defs", "anyOf", "oneOf", "allOf", "not"} {
		if _, found := rawjson.Member(raw, word); found {
			t.Errorf("%s: %s at the root", name, word)
		}
	}
	checkSubschema(t, name, raw)
}

func checkSubschema(t *testing.T, at string, raw []byte) {
	t.Helper()
	if rawjson.KindOf(raw) != rawjson.Object {
		t.Errorf("%s: a boolean subschema: %s", at, raw)
		return
	}
	properties, _ := rawjson.Member(raw, "properties")
	for name, property := range rawjson.Members(properties) {
		if _, described := rawjson.Member(property, "description"); !described && strings.HasPrefix(at, "inputSchema") { // names of answers say enough
			t.Errorf("%s/%s: no description", at, name)
		}
		checkSubschema(t, at+"/"+name, property)
	}
	if items, ok := rawjson.Member(raw, "items"); ok {
		checkSubschema(t, at+"/items", items)
	}
}

// Every outcome passes the one output schema, says the same in text and in structured content, and is an error exactly
// when the lookup brought no task.
func TestOutcomes(t *testing.T) {
	const failed, large = "b880f077-e514-58ef-0ebd-ce1c37b46eb7", "91b5d3e7-4a20-4c8f-9e61-5d7b0f2a8c05"
	outputSchema := compileOutput(t)
	known := connect(t, sandbox.Key, nil)
	check := func(name string, c *mcpclient.Client, arguments any, wantError bool) {
		t.Run(name, func(t *testing.T) {
			result := call(t, c, arguments)
			if result.IsError != wantError {
				t.Errorf("isError %v", result.IsError)
			}
			instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(result.RawStructuredContent))
			if err != nil {
				t.Fatal(err)
			}
			if err := outputSchema.Validate(instance); err != nil {
				t.Error(err)
			}
			if len(result.Content) != 1 {
				t.Fatalf("%d content blocks", len(result.Content))
			}
			text := result.Content[0].(mcp.TextContent).Text
			if diff := cmp.Diff(tree(t, result.RawStructuredContent), tree(t, []byte(text))); diff != "" {
				t.Errorf("text differs (-structured +text):\n%s", diff)
			}
			if len(text) > 24_000 {
				t.Errorf("%d bytes", len(text))
			}
		})
	}
	tasks, err := sandbox.Tasks()
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		check(task.Name, known, map[string]any{"taskUUID": task.TaskUUID}, false)
		check(task.Name+" short", known, map[string]any{"taskUUID": task.TaskUUID, "detail": "diagnosis"}, false)
	}
	check("piece", known, map[string]any{"taskUUID": large, "pointer": "/response/data/0/imageBase64Data"}, false)
	check("pointer to nothing", known, map[string]any{"taskUUID": large, "pointer": "/response/data/1"}, true)
	check("not found", known, map[string]any{"taskUUID": "00000000-0000-4000-8000-000000000000"}, true)
	check("no arguments", known, nil, true)
	check("wrong argument", known, map[string]any{"taskUUID": 7}, true)
	check("no key", connect(t, "", nil), map[string]any{"taskUUID": failed}, true)
	check("key refused", connect(t, "another-key", nil), map[string]any{"taskUUID": failed}, true)
	check("panic", connect(t, sandbox.Key, fetcherFunc(func(context.Context, ...string) []client.Lookup { panic("x") })),
		map[string]any{"taskUUID": failed}, true)
}

// A key that somebody pastes in place of an id is masked in the answer.
func TestRefusalMasksTheKey(t *testing.T) {
	result := call(t, connect(t, sandbox.Key, nil), map[string]any{"taskUUID": sandbox.Key})
	if strings.Contains(string(result.RawStructuredContent), sandbox.Key) {
		t.Errorf("%s", result.RawStructuredContent)
	}
}

// A handler that panics outside of the inspector answers all the same.
func TestPanicIsAnswered(t *testing.T) {
	server := tools.NewServer(tools.Config{Logger: slog.New(slog.DiscardHandler)}) // nothing behind it
	c, err := mcpclient.NewInProcessClient(server)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Initialize(t.Context(), mcp.InitializeRequest{}); err != nil {
		t.Fatal(err)
	}
	const id = "b880f077-e514-58ef-0ebd-ce1c37b46eb7"
	want, _ := present.Marshal(inspect.Broken(id))
	result := call(t, c, map[string]any{"taskUUID": id})
	if got := result.Content[0].(mcp.TextContent).Text; got != string(want) || !result.IsError {
		t.Errorf("tool: %s", got)
	}
	for _, tool := range tools.All() { // refusing needs what is not there either
		result, err := c.CallTool(t.Context(), mcp.CallToolRequest{Params: mcp.CallToolParams{Name: tool.Name, Arguments: map[string]any{}}})
		if err != nil {
			t.Fatal(err)
		}
		category, _ := rawjson.Resolve(result.RawStructuredContent, "/diagnosis/category")
		if string(category) != `"internal"` || !result.IsError {
			t.Errorf("%s: %s", tool.Name, result.RawStructuredContent)
		}
	}
	read, err := c.ReadResource(t.Context(), mcp.ReadResourceRequest{Params: mcp.ReadResourceParams{URI: "runware://tasks/" + id}})
	if err != nil {
		t.Fatal(err)
	}
	if got := read.Contents[0].(mcp.TextResourceContents).Text; got != string(want) {
		t.Errorf("resource: %s", got)
	}
}

// tree is JSON as Go values, with numbers as they stand.
func tree(t *testing.T, raw []byte) any {
	t.Helper()
	var v any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func compileOutput(t *testing.T) *jsonschema.Schema {
	t.Helper()
	compiled, err := jsonschema.NewCompiler().Compile(filepath.Join("schemas", "get_task_details.output.json"))
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// Every tool's answers hold to its output schema, say the same in text and in structured content, and are an error
// exactly when nothing of what was asked for was found.
func TestAnswersOfAllTools(t *testing.T) {
	const task = `{"taskType":"imageInference","taskUUID":"4d8e2c6a-71b3-4f0e-9d52-0a6b8c1e3f74","model":"runware:101@1","positivePrompt":"a cat","width":1000,"height":1024,"seed":9223372036854775807}`
	c := connect(t, sandbox.Key, nil)
	seen := map[string]bool{}
	for _, test := range []struct {
		tool, arguments string
		missed          bool
	}{
		{"get_task_details", `{"taskUUID":"b880f077-e514-58ef-0ebd-ce1c37b46eb7"}`, false},
		{"explain_error", `{"error":"{\"errors\":[{\"code\":\"invalidWidth\",\"message\":\"Invalid value for 'width' parameter.\"}]}","request":[` + task + `]}`, false},
		{"explain_error", `{"errors":[{"code":"insufficientCredits"}]}`, false},
		{"explain_error", `"invalidApiKey: Invalid API key"`, false},
		{"explain_error", `{"error":"` + sandbox.Key + `"}`, true},
		{"explain_error", `{"error":[]}`, true},
		{"explain_error", `7`, true},
		{"check_request", `{"request":` + task + `}`, false},
		{"check_request", `[` + task + `]`, false},
		{"check_request", `{"input":[` + task + `]}`, false},
		{"check_request", `{"request":"` + sandbox.Key + `"}`, true},
		{"check_request", `{"request":""}`, true},
		{"triage_tasks", `{"taskUUIDs":["b880f077-e514-58ef-0ebd-ce1c37b46eb7","c7d2e9f4-1b38-4a65-8f90-2a4c6e8d0b03"]}`, false},
		{"triage_tasks", `{"text":"b880f077-e514-58ef-0ebd-ce1c37b46eb7 failed","groupBy":"model"}`, false},
		{"triage_tasks", `{"text":"` + sandbox.Key + `"}`, true},
		{"triage_tasks", `{}`, true},
		{"compare_tasks", `{"taskUUID":"b880f077-e514-58ef-0ebd-ce1c37b46eb7","otherTaskUUID":"c7d2e9f4-1b38-4a65-8f90-2a4c6e8d0b03"}`, false},
		{"compare_tasks", `{"taskUUID":"b880f077-e514-58ef-0ebd-ce1c37b46eb7"}`, true},
		{"compare_tasks", `{"taskUUID":"b880f077-e514-58ef-0ebd-ce1c37b46eb7","otherTaskUUID":"00000000-0000-4000-8000-000000000000"}`, true},
	} {
		seen[test.tool] = true
		result, err := c.CallTool(t.Context(), mcp.CallToolRequest{Params: mcp.CallToolParams{Name: test.tool, Arguments: json.RawMessage(test.arguments)}})
		if err != nil {
			t.Fatal(err)
		}
		if result.IsError != test.missed {
			t.Errorf("%s %s: isError %v: %s", test.tool, test.arguments, result.IsError, result.RawStructuredContent)
		}
		promised, err := jsonschema.NewCompiler().Compile(schemaFile(test.tool, "output"))
		if err != nil {
			t.Fatal(err)
		}
		if err := promised.Validate(tree(t, result.RawStructuredContent)); err != nil {
			t.Errorf("%s %s: %v", test.tool, test.arguments, err)
		}
		text := result.Content[0].(mcp.TextContent).Text
		if diff := cmp.Diff(tree(t, result.RawStructuredContent), tree(t, []byte(text))); diff != "" || strings.Contains(text, sandbox.Key) {
			t.Errorf("%s: text differs (-structured +text):\n%s", test.tool, diff)
		}
	}
	for _, tool := range tools.All() {
		if !seen[tool.Name] {
			t.Errorf("%s is not called", tool.Name)
		}
	}
}
