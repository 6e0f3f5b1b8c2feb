package render

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// entry is an object of a request or a response that names a task.
type entry struct {
	raw      []byte
	taskUUID string
}

func (e entry) of(taskUUID string) bool {
	return e.taskUUID == "" || strings.EqualFold(e.taskUUID, taskUUID)
}

// items are the objects of a list, or of one that a member holds.
func items(raw []byte, member string) []entry {
	if member != "" {
		raw, _ = rawjson.Member(raw, member)
	}
	var all []entry
	for _, object := range rawjson.Items(raw) {
		all = append(all, entry{raw: object, taskUUID: textOf(object, "taskUUID")})
	}
	return all
}

// textOf is a member of an object that is a text.
func textOf(object []byte, name string) string {
	value, _ := rawjson.Member(object, name)
	text, _ := rawjson.Text(value)
	return text
}

// siblings writes the tasks of a request that has several: what became of each, and what it cost.
func (m *markup) siblings(t schema.TaskReport) {
	tasks := items(t.Request, "")
	if len(tasks) < 2 {
		return
	}
	m.element("h2", "Tasks of this request")
	m.open("div", "class", "wide")
	m.open("table")
	m.open("tr")
	for _, name := range []string{"Index", "Task", "Model", "taskUUID", "Recorded", "Cost"} {
		m.element("th", name, "scope", "col")
	}
	m.end("tr")
	results, errors := items(t.Response, "data"), items(t.Response, "errors")
	for n, task := range tasks {
		if strings.EqualFold(task.taskUUID, t.TaskUUID) {
			m.open("tr", "aria-current", "true")
		} else {
			m.open("tr")
		}
		cell := func(class, text string) {
			m.open("td", "class", class)
			m.text(text)
			m.b.WriteString("</td>")
		}
		cell("", strconv.Itoa(n))
		cell("", textOf(task.raw, "taskType"))
		cell("id", textOf(task.raw, "model"))
		cell("id", task.taskUUID)
		class, text := "dim", "nothing"
		if count := about(results, task.taskUUID); count > 0 {
			class, text = "good", counted(count, "result")
		}
		if count := about(errors, task.taskUUID); count > 0 {
			class, text = "bad", counted(count, "error")
		}
		cell(class, text)
		cost := "not recorded"
		if task.taskUUID != "" {
			cost = cmp.Or(costs(schema.TaskReport{TaskUUID: task.taskUUID, Response: t.Response}), cost)
		}
		cell("dim", cost)
		m.end("tr")
	}
	m.end("table")
	m.end("div")
}

func about(all []entry, taskUUID string) int {
	n := 0
	for _, e := range all {
		if e.taskUUID != "" && strings.EqualFold(e.taskUUID, taskUUID) {
			n++
		}
	}
	return n
}

// maxResults is how many results of a task a page offers.
const maxResults = 50

// results offers the files of a task. An image is loaded when somebody opens it, and from Runware alone; until then the
// page asks nobody for anything.
func (m *markup) results(t schema.TaskReport) {
	begun, shown := false, 0
	for _, item := range items(t.Response, "data") {
		for name, value := range rawjson.Members(item.raw) {
			address, ok := rawjson.Text(value)
			if !ok || !strings.HasSuffix(name, "URL") || !ofRunware(address) || shown == maxResults {
				continue
			}
			if !begun {
				begun = true
				m.element("h2", "Results")
			}
			shown++
			if strings.HasPrefix(address, imageHost+"/") && strings.Contains(strings.ToLower(name), "image") {
				m.open("details", "data-image", address)
				m.element("summary", fmt.Sprintf("Show %s %d, loaded from Runware", name, shown))
				m.open("p")
				m.link(address, address)
				m.end("p")
				m.end("details")
				continue
			}
			m.open("p")
			m.text(name + ": ")
			m.link(address, address)
			m.end("p")
		}
	}
}

func patchText(patch []schema.Operation) string {
	text, err := json.Marshal(patch)
	if err != nil {
		return ""
	}
	return string(text)
}
