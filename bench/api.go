package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"
)

// sizes of the large replies, in bytes of the whole body.
var sizes = [...]int{1_000_000, 10_000_000, 64_000_000} //nolint:gochecknoglobals // a table

// api is Runware on loopback. It serves the sandbox's recorded tasks and three with a large image, each under as many
// ids as anybody likes: the program keeps finished tasks, so a call that shall reach the API needs an id of its own.
// Bodies come without an announced length, as compressed ones do. It does nothing but write prepared bytes, because its
// time is within every figure.
type api struct {
	url, schemas string
	kinds        []kind
	latency      atomic.Int64 // nanoseconds
	requests     atomic.Int64
	next         atomic.Int64
}

// kind is one task as an element of `data`, cut where its id stands.
type kind struct {
	name     string
	task     sandbox.Task
	parts    [][]byte
	original int // bytes of request and response
}

func startAPI(ctx context.Context) (*api, error) {
	recorded, err := sandbox.Handler()
	if err != nil {
		return nil, err
	}
	tasks, err := sandbox.Tasks()
	if err != nil {
		return nil, err
	}
	a := &api{}
	for _, task := range tasks {
		element, err := served(ctx, recorded, task.TaskUUID)
		if err != nil {
			return nil, err
		}
		a.add(task, element)
	}
	for _, size := range sizes {
		a.add(sandbox.Task{Name: fmt.Sprintf("image of %d MB", size/1_000_000), TaskUUID: imageID}, imageTask(size))
	}
	a.add(sandbox.Task{Name: manyResults, TaskUUID: imageID}, resultsTask(400))
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1", a.serve)
	mux.Handle("GET /resolve/", recorded)
	mux.Handle("GET "+unnamed+"/resolve/", http.StripPrefix(unnamed, withoutIDs(recorded)))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()
	a.schemas = "http://" + listener.Addr().String()
	a.url = a.schemas + "/v1"
	return a, nil
}

// unnamed is where the schemas stand without the names of their parts.
const unnamed = "/unnamed"

// withoutIDs serves what another handler does without any `$id`: a program that refuses two parts of one name judges the
// same request by the same schema then.
func withoutIDs(recorded http.Handler) http.HandlerFunc {
	names := regexp.MustCompile(`"\$id":"[^"]*",?`)
	return func(w http.ResponseWriter, r *http.Request) {
		whole := httptest.NewRecorder()
		recorded.ServeHTTP(whole, r)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(whole.Code)
		_, _ = w.Write(names.ReplaceAll(whole.Body.Bytes(), nil))
	}
}

// served asks the sandbox itself, so that nothing here has to know how it fills its replies.
func served(ctx context.Context, recorded http.Handler, id string) ([]byte, error) {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/v1", strings.NewReader(`[{"taskType":"getTaskDetails","taskUUID":"`+id+`"}]`))
	r.Header.Set("Authorization", "Bearer "+sandbox.Key)
	w := httptest.NewRecorder()
	recorded.ServeHTTP(w, r)
	element, ok := rawjson.Resolve(w.Body.Bytes(), "/data/0")
	if !ok {
		return nil, fmt.Errorf("the sandbox does not answer for %s: %s", id, w.Body)
	}
	return element, nil
}

const imageID = "5b1e0a52-0000-4000-8000-000000000000"

// imageTask is a task whose one result is so large that the whole reply has the size. Its content is noise, which
// neither compresses nor repeats.
func imageTask(size int) []byte {
	head := `{"taskType":"getTaskDetails","taskUUID":"` + imageID + `","request":[{"taskType":"imageInference","taskUUID":"` + imageID +
		`","model":"runware:101@1","positivePrompt":"a lighthouse at dawn","width":1024,"height":1024,"outputType":"base64Data","outputFormat":"PNG"}],` +
		`"response":{"data":[{"taskType":"imageInference","taskUUID":"` + imageID + `","imageUUID":"3d0c9a17-5e42-4b86-9f31-70a8c2d4e615","cost":0.0013,"imageBase64Data":"`
	tail := `"}]}}`
	image := make([]byte, (size-len(head)-len(tail)-len(before)-len(after))/4*3)
	noise := rand.NewChaCha8([32]byte([]byte("the same bytes in every process.")))
	_, _ = noise.Read(image) // never fails
	copy(image, "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	out := make([]byte, 0, size)
	out = append(out, head...)
	out = base64.StdEncoding.AppendEncode(out, image)
	return append(out, tail...)
}

const manyResults = "400 results"

// resultsTask is a task of so many results, as imageInference records them.
func resultsTask(n int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"taskType":"getTaskDetails","taskUUID":%q,"request":[{"taskType":"imageInference","taskUUID":%q,"model":"runware:101@1",`+
		`"positivePrompt":"a lighthouse at dawn","width":1024,"height":1024,"numberResults":%d}],"response":{"data":[`, imageID, imageID, n)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"taskType":"imageInference","taskUUID":%q,"imageUUID":"3d0c9a17-5e42-4b86-9f31-%012x","cost":0.0013,"seed":%d,`+
			`"imageURL":"https://im.runware.ai/image/ws/2/ii/3d0c9a17-5e42-4b86-9f31-%012x.jpg"}`, imageID, i, 7_031_944_125_307_338_000+i, i)
	}
	b.WriteString("]}}")
	return b.Bytes()
}

func (a *api) add(task sandbox.Task, element []byte) {
	request, _ := rawjson.Member(element, "request")
	response, _ := rawjson.Member(element, "response")
	a.kinds = append(a.kinds, kind{
		name: task.Name, task: task, parts: bytes.Split(element, []byte(task.TaskUUID)), original: len(request) + len(response),
	})
}

// id returns a fresh id of a task of that kind.
func (a *api) id(kind int) string {
	return fmt.Sprintf("%08x-be9c-4000-8000-%012x", kind, a.next.Add(1))
}

// named returns the number of a kind.
func (a *api) named(name string) int {
	for i, k := range a.kinds {
		if k.name == name {
			return i
		}
	}
	panic("bench: no task is called " + name)
}

const before, after = `{"data":[`, `]}`

func (a *api) serve(w http.ResponseWriter, r *http.Request) {
	a.requests.Add(1)
	var asked []struct {
		TaskUUID string `json:"taskUUID"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if wait := time.Duration(a.latency.Load()); wait > 0 {
		select {
		case <-time.After(wait):
		case <-r.Context().Done():
			return
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.(http.Flusher).Flush() // so no length is announced, however small the body
	_, _ = w.Write([]byte(before))
	for i, one := range asked {
		if i > 0 {
			_, _ = w.Write([]byte(","))
		}
		a.element(w, one.TaskUUID)
	}
	_, _ = w.Write([]byte(after))
}

func (a *api) element(w http.ResponseWriter, id string) {
	number, err := hex.DecodeString(id[:min(len(id), 8)])
	if err != nil || len(number) != 4 || int(number[3]) >= len(a.kinds) {
		return
	}
	for i, part := range a.kinds[number[3]].parts {
		if i > 0 {
			_, _ = w.Write([]byte(id))
		}
		_, _ = w.Write(part)
	}
}
