package sandbox

import (
	"cmp"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed causes/*.json
var causes embed.FS

// Cause is what becomes of any number of tasks that differ in their ids alone: one that fails, succeeds or still runs.
type Cause struct {
	Name     string          `json:"-"`
	Title    string          `json:"title"`
	Request  json.RawMessage `json:"request"`  // {{taskUUID}} stands for the id, {{number}} for the number
	Response json.RawMessage `json:"response"` // likewise
	index    int
}

// An id says which cause and which number it is: 5ca1ab1e-CCCC-4000-8000-NNNNNNNNNNNN, in hexadecimal digits.
const (
	idPrefix = "5ca1ab1e-"
	idMiddle = "-4000-8000-"
)

// Causes lists them in the order of their files: those that fail first.
func Causes() ([]Cause, error) {
	files, err := fs.Glob(causes, "causes/*.json")
	if err != nil {
		return nil, fmt.Errorf("sandbox: list causes: %w", err)
	}
	all := make([]Cause, len(files))
	for i, file := range files {
		content, err := causes.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("sandbox: read %s: %w", file, err)
		}
		c := Cause{index: i}
		if err := json.Unmarshal(content, &c); err != nil {
			return nil, fmt.Errorf("sandbox: read %s: %w", file, err)
		}
		_, c.Name, _ = strings.Cut(strings.TrimSuffix(path.Base(file), ".json"), "-")
		if c.Request, err = compact(c.Request); err != nil {
			return nil, fmt.Errorf("sandbox: read %s: %w", file, err)
		}
		if c.Response, err = compact(c.Response); err != nil {
			return nil, fmt.Errorf("sandbox: read %s: %w", file, err)
		}
		all[i] = c
	}
	return all, nil
}

// Fails tells whether tasks with this cause fail.
func (c Cause) Fails() bool { return strings.Contains(string(c.Response), `"errors"`) }

// ID is the taskUUID of the task with this number, which is not negative. It is always the same.
func (c Cause) ID(number int) string {
	return fmt.Sprintf("%s%04x%s%012x", idPrefix, c.index, idMiddle, number)
}

// Night lists ids of tasks that failed for seven reasons, of some that did not, and of every recorded one: something to
// sort, the same each time.
func Night() ([]string, error) {
	all, err := Causes()
	if err != nil {
		return nil, err
	}
	recorded, err := Tasks()
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, task := range recorded {
		ids = append(ids, task.TaskUUID)
	}
	for i, cause := range all {
		for n := range max(24-3*i, 2) { // the first cause is the most frequent
			ids = append(ids, cause.ID(n))
		}
	}
	return ids, nil
}

// numbered finds the task of an id in lower case.
func numbered(all []Cause, id string) (Task, bool) {
	rest, ok := strings.CutPrefix(id, idPrefix)
	if !ok {
		return Task{}, false
	}
	which, number, ok := strings.Cut(rest, idMiddle)
	index, err := hex.DecodeString(which)
	if !ok || err != nil || len(index) != 2 {
		return Task{}, false
	}
	n := int(index[0])<<8 | int(index[1])
	if n >= len(all) {
		return Task{}, false
	}
	fill := strings.NewReplacer("{{taskUUID}}", id, "{{number}}", cmp.Or(strings.TrimLeft(number, "0"), "0"))
	return Task{
		Name: all[n].Name, Title: all[n].Title, TaskUUID: id,
		Request: json.RawMessage(fill.Replace(string(all[n].Request))), Response: json.RawMessage(fill.Replace(string(all[n].Response))),
	}, true
}
