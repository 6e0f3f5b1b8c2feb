package sandbox

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
)

//go:embed tasks/*.json
var recorded embed.FS

// Task is one recorded task. Both originals are kept as the file has them, but for blanks between tokens.
type Task struct {
	Name     string          `json:"-"` // of its file, without the extension
	Title    string          `json:"title"`
	TaskUUID string          `json:"taskUUID"`
	Request  json.RawMessage `json:"request"`
	Response json.RawMessage `json:"response"`
	// Live are the answers of getResponse, one a question; the last one stays. Default is Response.
	Live   []json.RawMessage `json:"live"`
	Expand *Expansion        `json:"expand"`
}

// Expansion says which base64 PNG of a task is served larger than it is stored.
type Expansion struct {
	Pointer string `json:"pointer"` // RFC 6901, into the file; below /response
	Bytes   int    `json:"bytes"`   // decoded size when served
}

// Tasks returns every recorded task in the order of their names: the documentation's two first.
func Tasks() ([]Task, error) {
	files, err := fs.Glob(recorded, "tasks/*.json")
	if err != nil {
		return nil, fmt.Errorf("sandbox: list tasks: %w", err)
	}
	tasks := make([]Task, 0, len(files))
	for _, file := range files {
		task, err := readTask(file)
		if err != nil {
			return nil, fmt.Errorf("sandbox: read %s: %w", file, err)
		}
		tasks = append(tasks, task)
	}
	slices.SortStableFunc(tasks, func(a, b Task) int {
		return cmp.Compare(rank(a), rank(b))
	})
	return tasks, nil
}

// rank puts the tasks that the documentation prints before the ones made for this program.
func rank(t Task) int {
	if strings.HasPrefix(t.Name, "documentation-") {
		return 0
	}
	return 1
}

func readTask(file string) (Task, error) {
	content, err := recorded.ReadFile(file)
	if err != nil {
		return Task{}, err
	}
	var task Task
	if err := json.Unmarshal(content, &task); err != nil {
		return Task{}, err
	}
	task.Name = strings.TrimSuffix(path.Base(file), ".json")
	task.Request, err = compact(task.Request)
	if err != nil {
		return Task{}, err
	}
	task.Response, err = compact(task.Response)
	return task, err
}

func compact(raw []byte) ([]byte, error) {
	var b bytes.Buffer
	err := json.Compact(&b, raw)
	return b.Bytes(), err
}

// served is the response as the API returns it: with the expansion done. It is done at each look-up rather than at the
// start, which has to be quick.
func (t Task) served() (json.RawMessage, error) {
	if t.Expand == nil {
		return t.Response, nil
	}
	pointer := strings.TrimPrefix(t.Expand.Pointer, "/response")
	value, ok := rawjson.Resolve(t.Response, pointer)
	if !ok {
		return nil, fmt.Errorf("expand %s: nothing stands there", t.Expand.Pointer)
	}
	text, _ := rawjson.Text(value)
	image, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("expand %s: %w", t.Expand.Pointer, err)
	}
	grown, err := growPNG(image, t.Expand.Bytes)
	if err != nil {
		return nil, fmt.Errorf("expand %s: %w", t.Expand.Pointer, err)
	}
	return bytes.Replace(t.Response, value, rawjson.Quote(base64.StdEncoding.EncodeToString(grown)), 1), nil
}
