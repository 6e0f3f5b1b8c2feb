package sandbox

import (
	"embed"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	"mcp-taskdetails/internal/rawjson"
)

// Key is the one API key that the sandbox accepts.
const Key = "sandbox-key-for-recorded-tasks"

// Paths of the two services.
const (
	apiPath     = "/v1"
	resolvePath = "/resolve/"
)

// maxBody bounds what one call may send: some 10,000 lookups.
const maxBody = 1 << 20

//go:embed schemas/*.json documents/*.json registry.json
var published embed.FS

// api serves recorded tasks as https://runware.ai/docs/platform/task-details describes it.
type api struct {
	tasks  map[string]Task // by lower-case taskUUID
	causes []Cause

	mu    sync.Mutex
	polls map[string]int // questions of getResponse so far, by lower-case taskUUID
}

// Handler returns the API: POST /v1 for getTaskDetails and getResponse; GET /resolve/{model}, /registry.json and
// /docs/models/{slug}/schema.json for what is published of models.
func Handler() (http.Handler, error) {
	tasks, err := Tasks()
	if err != nil {
		return nil, err
	}
	causes, err := Causes()
	if err != nil {
		return nil, err
	}
	a := &api{tasks: make(map[string]Task, len(tasks)), causes: causes, polls: map[string]int{}}
	for _, task := range tasks {
		a.tasks[strings.ToLower(task.TaskUUID)] = task
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+apiPath, a.call)
	mux.HandleFunc("GET "+resolvePath+"{model}", func(w http.ResponseWriter, r *http.Request) {
		serve(w, r, "schemas/"+strings.NewReplacer(":", "_", "@", "_").Replace(r.PathValue("model"))+".json")
	})
	mux.HandleFunc("GET /registry.json", func(w http.ResponseWriter, r *http.Request) { serve(w, r, "registry.json") })
	mux.HandleFunc("GET /docs/models/{slug}/schema.json", func(w http.ResponseWriter, r *http.Request) {
		serve(w, r, "documents/"+r.PathValue("slug")+".json")
	})
	return mux, nil
}

// failure is an error element as the documentation prints it.
type failure struct {
	Code          string `json:"code"`
	Message       string `json:"message"`
	Parameter     string `json:"parameter,omitempty"`
	Type          string `json:"type,omitempty"`
	Documentation string `json:"documentation,omitempty"`
	TaskType      string `json:"taskType,omitempty"`
	TaskUUID      string `json:"taskUUID,omitempty"`
}

// details is the answer to one getTaskDetails.
type details struct {
	TaskType string          `json:"taskType"`
	TaskUUID string          `json:"taskUUID"`
	Request  json.RawMessage `json:"request"`
	Response json.RawMessage `json:"response"`
}

// envelope is a whole reply; `errors` is absent when there is none.
type envelope struct {
	Data   []any `json:"data"`
	Errors []any `json:"errors,omitempty"`
}

func (a *api) call(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer "+Key {
		reply(w, http.StatusUnauthorized, map[string]any{"errors": []failure{{
			Code: "invalidApiKey", Message: "Invalid API key. Get one at https://my.runware.ai/signup",
			Parameter: "apiKey", TaskType: "authentication",
		}}})
		return
	}
	asked, err := readCall(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		reply(w, http.StatusBadRequest, envelope{Data: []any{}, Errors: []any{failure{
			Code: "invalidRequest", Message: "The request body must be a JSON array of task objects.",
		}}})
		return
	}
	answer := envelope{Data: []any{}}
	for _, one := range asked {
		a.answer(&answer, one)
	}
	reply(w, http.StatusOK, answer)
}

// lookup is one element of a call.
type lookup struct {
	TaskType string `json:"taskType"`
	TaskUUID string `json:"taskUUID"`
}

func readCall(body io.Reader) ([]lookup, error) {
	content, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	if rawjson.KindOf(content) != rawjson.Array {
		return nil, errors.New("not an array")
	}
	var asked []lookup
	return asked, json.Unmarshal(content, &asked)
}

func (a *api) answer(answer *envelope, one lookup) {
	if one.TaskType != "getTaskDetails" && one.TaskType != "getResponse" {
		answer.Errors = append(answer.Errors, failure{
			Code: "unsupportedTaskType", Message: "Unsupported value for 'taskType' parameter. The sandbox answers getTaskDetails and getResponse only.",
			Parameter: "taskType", Type: "string", TaskType: one.TaskType, TaskUUID: one.TaskUUID,
		})
		return
	}
	id := strings.ToLower(one.TaskUUID)
	task, ok := a.tasks[id]
	if !ok {
		task, ok = numbered(a.causes, id)
	}
	if !ok {
		answer.Errors = append(answer.Errors, failure{
			Code:      "taskNotFound",
			Message:   "No task found for the provided 'taskUUID'. The taskUUID may not exist or may belong to a different organization.",
			Parameter: "taskUUID", Type: "string", Documentation: "https://runware.ai/docs", TaskUUID: one.TaskUUID,
		})
		return
	}
	if one.TaskType == "getResponse" {
		a.respond(answer, task)
		return
	}
	response, err := task.served()
	if err != nil {
		answer.Errors = append(answer.Errors, failure{Code: "internalServerError", Message: err.Error(), TaskUUID: one.TaskUUID})
		return
	}
	answer.Data = append(answer.Data, details{
		TaskType: one.TaskType, TaskUUID: task.TaskUUID, Request: task.Request, Response: response,
	})
}

// respond says what a task does now: one that runs comes further with each question.
func (a *api) respond(answer *envelope, task Task) {
	response := task.Response
	if n := len(task.Live); n > 0 {
		id := strings.ToLower(task.TaskUUID)
		a.mu.Lock()
		response = task.Live[min(a.polls[id], n-1)]
		a.polls[id]++
		a.mu.Unlock()
	}
	for name, list := range map[string]*[]any{"data": &answer.Data, "errors": &answer.Errors} {
		raw, _ := rawjson.Member(response, name)
		for _, item := range rawjson.Items(raw) {
			*list = append(*list, json.RawMessage(item))
		}
	}
}

// serve answers as https://schemas.runware.ai does, and https://runware.ai for its documents; what is not there is 404.
func serve(w http.ResponseWriter, r *http.Request, file string) {
	content, err := published.ReadFile(file)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "max-age=300")
	_, _ = w.Write(content)
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false) // the archive returns what it holds, byte for byte
	_ = enc.Encode(body)
}
