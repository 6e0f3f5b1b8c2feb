package sandbox_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image/png"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"

	"github.com/google/go-cmp/cmp"
)

const (
	succeeded = "a770f077-f413-47de-9dac-be0b26a35da6"
	failed    = "b880f077-e514-58ef-0ebd-ce1c37b46eb7"
	unknown   = "00000000-0000-4000-8000-000000000000"
)

func start(t *testing.T) *sandbox.Server {
	t.Helper()
	server, err := sandbox.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func call(t *testing.T, url, key, body string) (status int, reply []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	reply, err = io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, reply
}

func TestRecordedTasks(t *testing.T) {
	tasks, err := sandbox.Tasks()
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	seen := map[string]string{}
	for _, task := range tasks {
		if !id.MatchString(task.TaskUUID) || task.Title == "" {
			t.Errorf("%s: taskUUID %q, title %q", task.Name, task.TaskUUID, task.Title)
		}
		if other, twice := seen[task.TaskUUID]; twice {
			t.Errorf("%s has the taskUUID of %s", task.Name, other)
		}
		seen[task.TaskUUID] = task.Name
		if rawjson.KindOf(task.Request) != rawjson.Array || rawjson.KindOf(task.Response) != rawjson.Object {
			t.Errorf("%s: request must be an array and response an object", task.Name)
		}
	}
	if len(tasks) < 2 || tasks[0].TaskUUID != failed || tasks[1].TaskUUID != succeeded {
		t.Errorf("the documentation's tasks must come first")
	}
}

func TestLookup(t *testing.T) {
	server := start(t)
	status, reply := call(t, server.APIURL, sandbox.Key,
		`[{"taskType":"getTaskDetails","taskUUID":"`+strings.ToUpper(succeeded)+`"},
		  {"taskType":"getTaskDetails","taskUUID":"`+unknown+`"}]`)
	if status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	var got struct {
		Data []struct {
			TaskUUID string          `json:"taskUUID"`
			Request  json.RawMessage `json:"request"`
		} `json:"data"`
		Errors json.RawMessage `json:"errors"`
	}
	if err := json.Unmarshal(reply, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Data) != 1 || got.Data[0].TaskUUID != succeeded || rawjson.KindOf(got.Data[0].Request) != rawjson.Array {
		t.Errorf("data: %s", reply)
	}
	want := `[{"code":"taskNotFound","message":"No task found for the provided 'taskUUID'. The taskUUID may not exist or may belong to a different organization.",` +
		`"parameter":"taskUUID","type":"string","documentation":"https://runware.ai/docs","taskUUID":"` + unknown + `"}]`
	if diff := cmp.Diff(want, string(got.Errors)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

func TestRefusals(t *testing.T) {
	server := start(t)
	for name, tc := range map[string]struct {
		key, body string
		status    int
		code      string
	}{
		"key":       {"another key", `[]`, http.StatusUnauthorized, "invalidApiKey"},
		"no array":  {sandbox.Key, `{}`, http.StatusBadRequest, "invalidRequest"},
		"no JSON":   {sandbox.Key, `[`, http.StatusBadRequest, "invalidRequest"},
		"task type": {sandbox.Key, `[{"taskType":"imageInference"}]`, http.StatusOK, "unsupportedTaskType"},
	} {
		t.Run(name, func(t *testing.T) {
			status, reply := call(t, server.APIURL, tc.key, tc.body)
			code, _ := rawjson.Resolve(reply, "/errors/0/code")
			if status != tc.status || string(code) != `"`+tc.code+`"` {
				t.Errorf("status %d, code %s", status, code)
			}
		})
	}
}

func TestLargeResultIsAPicture(t *testing.T) {
	_, reply := call(t, start(t).APIURL, sandbox.Key,
		`[{"taskType":"getTaskDetails","taskUUID":"91b5d3e7-4a20-4c8f-9e61-5d7b0f2a8c05"}]`)
	value, _ := rawjson.Resolve(reply, "/data/0/response/data/0/imageBase64Data")
	text, _ := rawjson.Text(value)
	image, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	if len(image) != 1<<20 {
		t.Errorf("%d bytes", len(image))
	}
	if _, err := png.Decode(bytes.NewReader(image)); err != nil {
		t.Error(err)
	}
}

// Every model of a recorded task has a schema, and what the API accepted then passes it.
func TestSchemasFitTheTasks(t *testing.T) {
	server := start(t)
	tasks, err := sandbox.Tasks()
	if err != nil {
		t.Fatal(err)
	}
	broken := map[string]string{ // what its schema can tell of a task
		"documentation-reference-images": "/inputs/referenceImages",
		"size-not-listed":                "", // a table of sizes stands at the task
		"four-tasks-one-failure":         "/CFGScale",
		"authentication-object":          "/width",
		"two-breaches":                   "/CFGScale",     // the steps come first, which its error names
		"documentation-success":          "/outputFormat", // `jpg`: the API took it, no published schema lists it
	}
	for _, task := range tasks {
		got := "nowhere"
		for _, object := range rawjson.Items(task.Request) {
			raw, ok := rawjson.Member(object, "model")
			if !ok {
				continue
			}
			id, _ := rawjson.Text(raw)
			model, err := modelschema.Parse(get(t, server.SchemasURL+"/resolve/"+id))
			if err != nil {
				t.Fatalf("%s: %v", id, err)
			}
			for _, v := range model.Validate(object) {
				got = v.Pointer
			}
		}
		want, ok := broken[task.Name]
		if !ok {
			want = "nowhere"
		}
		if got != want {
			t.Errorf("%s breaks its model's schema at %q, want %q", task.Name, got, want)
		}
	}
}

func get(t *testing.T, url string) []byte {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", url, response.Status)
	}
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
