package tools_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"

	mcpclient "github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const (
	documented = "b880f077-e514-58ef-0ebd-ce1c37b46eb7"
	fine       = "a770f077-f413-47de-9dac-be0b26a35da6"
	nobodys    = "00000000-0000-4000-8000-000000000000"
)

// ask calls a tool and holds its answer to its own schema, and its text to its structured content.
func ask(t *testing.T, c *mcpclient.Client, tool string, arguments any) *mcp.CallToolResult {
	t.Helper()
	result, err := c.CallTool(t.Context(), mcp.CallToolRequest{Params: mcp.CallToolParams{Name: tool, Arguments: arguments}})
	if err != nil {
		t.Fatal(err)
	}
	promised, err := jsonschema.NewCompiler().Compile(schemaFile(tool, "output"))
	if err != nil {
		t.Fatal(err)
	}
	if err := promised.Validate(tree(t, result.RawStructuredContent)); err != nil {
		t.Errorf("%v: %s", err, result.RawStructuredContent)
	}
	if text := result.Content[0].(mcp.TextContent).Text; text != string(result.RawStructuredContent) {
		t.Errorf("the text is not the structured content: %s", text)
	}
	return result
}

// at is what stands at a pointer of an answer: a string's text, or the JSON of anything else.
func at(result *mcp.CallToolResult, pointer string) string {
	value, _ := rawjson.Resolve(result.RawStructuredContent, pointer)
	if text, ok := rawjson.Text(value); ok {
		return text
	}
	return string(value)
}

func manyIDs(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("00000000-0000-4000-8000-%012d", i)
	}
	return ids
}

// What models send for many tasks is taken where it is plain, and noted where it is not what the schema says.
func TestTriageTakesWhatModelsSend(t *testing.T) {
	c := connect(t, sandbox.Key, nil)
	log := "10:00 task " + documented + " failed\n10:01 " + fine + " ok, again " + strings.ToUpper(documented) + "\nsha 9f86d081884c7d659a2feaa0c55ad015"
	for name, tc := range map[string]struct {
		arguments any
		notes     string
	}{
		"a list":              {map[string]any{"taskUUIDs": []string{documented, fine}}, ""},
		"a text":              {map[string]any{"text": log}, "1 repetition left out"},
		"both":                {map[string]any{"taskUUIDs": []string{documented}, "text": fine}, ""},
		"a string for a list": {map[string]any{"taskUUIDs": documented + "," + fine}, ""},
		"objects":             {map[string]any{"taskUUIDs": []any{map[string]any{"taskUUID": documented}, map[string]any{"taskUUID": fine}}}, ""},
		"an object as text":   {map[string]any{"text": map[string]any{"a": documented, "b": []string{fine}}}, ""},
		"another name":        {map[string]any{"ids": []string{documented, fine}}, "`taskUUIDs` was taken from the argument `ids`"},
		"no id among them":    {map[string]any{"taskUUIDs": []any{documented, "b880f077", fine, 7}}, "hold no task id were left out: `b880f077`, `7`"},
		"doubled":             {map[string]any{"taskUUIDs": []string{documented, fine, strings.ToUpper(fine)}}, "1 repetition left out"},
		"nothing else":        {map[string]any{"taskUUIDs": []string{documented, fine}, "text": "", "groupBy": nil}, ""},
		"in words":            {map[string]any{"taskUUIDs": []string{documented, fine}, "groupBy": "Models"}, ""},
		"braces and urn":      {map[string]any{"taskUUIDs": []string{"{" + documented + "}", "urn:uuid:" + fine}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			result := ask(t, c, "triage_tasks", tc.arguments)
			if result.IsError || at(result, "/tasks") != "2" || at(result, "/totals") != `{"failed":1,"succeeded":1}` || at(result, "/groups/0/taskUUIDs/0") != documented {
				t.Errorf("%s", result.RawStructuredContent)
			}
			if !strings.Contains(at(result, "/notes"), tc.notes) {
				t.Errorf("notes: %s", at(result, "/notes"))
			}
		})
	}
}

// What cannot be meant is refused with what is accepted.
func TestManyRefuse(t *testing.T) {
	c := connect(t, sandbox.Key, nil)
	for name, tc := range map[string]struct {
		tool       string
		arguments  any
		says, next string
	}{
		"nothing": {"triage_tasks", map[string]any{}, "Neither `taskUUIDs` nor `text` is there", `"taskUUIDs": [`},
		"no id in the text": {
			"triage_tasks",
			map[string]any{"text": "task b880f077 failed, sha 9f86d081"},
			"`text` holds no task id: 8-4-4-4-12 hexadecimal digits are looked for", "whole task ids",
		},
		"no id in the list": {"triage_tasks", map[string]any{"taskUUIDs": []string{"b880f077"}}, "`taskUUIDs` holds no task id", "whole task ids"},
		"201": {
			"triage_tasks",
			map[string]any{"taskUUIDs": manyIDs(201)},
			"There are 201 different task ids; one call takes 200.", "`mcp-taskdetails triage FILE` on the command line, which takes any number",
		},
		"no such grouping": {
			"triage_tasks",
			map[string]any{"taskUUIDs": []string{documented}, "groupBy": "colour"},
			"`groupBy` is `colour`; \"cause\", \"category\", \"code\", \"parameter\", \"model\", \"taskType\" are accepted.", "Leave it out",
		},
		"one task":         {"compare_tasks", map[string]any{"taskUUID": documented}, "The required argument `otherTaskUUID` is missing.", documented},
		"none":             {"compare_tasks", map[string]any{}, "`taskUUID` and `otherTaskUUID` are missing", "otherTaskUUID"},
		"the same twice":   {"compare_tasks", map[string]any{"taskUUID": documented, "otherTaskUUID": strings.ToUpper(documented)}, "are the same task", "two different ones"},
		"no id":            {"compare_tasks", map[string]any{"taskUUID": documented, "otherTaskUUID": "b880f077"}, "`otherTaskUUID` `b880f077` is not a task id", documented},
		"several":          {"compare_tasks", map[string]any{"taskUUID": strings.Join(manyIDs(3), " "), "otherTaskUUID": documented}, "`taskUUID` holds 3 task ids", "Send"},
		"not found of one": {"compare_tasks", map[string]any{"taskUUID": documented, "otherTaskUUID": nobodys}, "The task of `otherTaskUUID` was not looked up", "Check the id"},
	} {
		t.Run(name, func(t *testing.T) {
			result := ask(t, c, tc.tool, tc.arguments)
			if !result.IsError || !strings.Contains(at(result, "/summary"), tc.says) || !strings.Contains(at(result, "/diagnosis/nextStep"), tc.next) {
				t.Errorf("%s", result.RawStructuredContent)
			}
		})
	}
}

func TestCompareTakesWhatModelsSend(t *testing.T) {
	c := connect(t, sandbox.Key, nil)
	for name, arguments := range map[string]any{
		"as the schema says": map[string]any{"taskUUID": documented, "otherTaskUUID": fine},
		"a list":             map[string]any{"taskUUIDs": []string{documented, fine}},
		"a text":             map[string]any{"taskUUID": documented + " and " + fine},
		"other names":        map[string]any{"before": documented, "after": fine},
		"with text around":   map[string]any{"taskUUID": "task " + documented, "otherTaskUUID": "https://my.example.com/" + fine},
	} {
		t.Run(name, func(t *testing.T) {
			result := ask(t, c, "compare_tasks", arguments)
			if result.IsError || at(result, "/verdict") != "difference" || at(result, "/before/taskUUID") != documented || at(result, "/after/taskUUID") != fine {
				t.Errorf("%s", result.RawStructuredContent)
			}
		})
	}
}

// 200 ids are accepted, and all of them unknown is an error of the lookup.
func TestTriageOfNothingFound(t *testing.T) {
	result := ask(t, connect(t, sandbox.Key, nil), "triage_tasks", map[string]any{"taskUUIDs": manyIDs(200)})
	if !result.IsError || at(result, "/lookups/0/count") != "200" || at(result, "/lookups/0/more") != "195" || at(result, "/totals") != `{"not_found":200}` {
		t.Errorf("%s", result.RawStructuredContent)
	}
	refused := ask(t, connect(t, "another-key", nil), "triage_tasks", map[string]any{"taskUUIDs": manyIDs(3)})
	if !refused.IsError || at(refused, "/lookups/0/diagnosis/category") != "authentication" {
		t.Errorf("%s", refused.RawStructuredContent)
	}
}

// What hosts show models of each of these tools is small.
func TestManyAreSmall(t *testing.T) {
	const most = 1_100
	list, err := connect(t, sandbox.Key, nil).ListTools(t.Context(), mcp.ListToolsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, tool := range list.Tools {
		if tool.Name != "triage_tasks" && tool.Name != "compare_tasks" {
			continue
		}
		found++
		definition, err := json.Marshal(tool)
		if err != nil {
			t.Fatal(err)
		}
		input, ok := rawjson.Member(definition, "inputSchema")
		if size := len(tool.Name) + len(tool.Description) + len(input); size > most || !ok {
			t.Errorf("%s takes %d bytes", tool.Name, size)
		}
	}
	if found != 2 {
		t.Errorf("%d tools", found)
	}
}
