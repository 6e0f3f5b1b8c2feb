package request

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
)

// Request is the recorded request, taken apart just far enough to find parameters in it.
type Request struct {
	Tasks []Task
	byID  map[string]int // lower-case id to index in tasks
	// Left counts the tasks beyond the first thousand, which are not read.
	Left   int
	echoes []string // see Echoes
	read   bool

	// Opaque says that the request came as JSON in a string, into which no pointer can reach.
	Opaque bool
}

// Task is one object of the request array.
type Task struct {
	Index    int
	Base     string // pointer to the object: "/0", or "" where the request is a lone object
	Raw      []byte
	UUID     string
	TaskType string
	Model    string
	Members  []member
	names    names              // at any depth, made on first use
	located  map[string][]Place // see Locate

	prose     []string // likewise, see Prose
	echoes    []string // likewise
	textsRead bool

	value   any // likewise, see Value
	decoded bool
	texts   texts
}

// texts are the large texts of a task that had to be decoded, by where they begin: who asks for one again gets the same,
// and a prompt of many megabytes is held once beside the record.
type texts map[*byte]string

const largeText = 32 << 10

func (t *texts) of(raw []byte) string {
	if len(raw) < largeText {
		text, _ := rawjson.Text(raw)
		return text
	}
	text, known := (*t)[&raw[0]]
	if !known {
		text, _ = rawjson.Text(raw)
		if *t == nil {
			*t = texts{}
		}
		(*t)[&raw[0]] = text
	}
	return text
}

type member struct {
	Name string
	Raw  []byte
}

// Read takes a recorded request apart: an array of tasks, a lone one, or either as JSON in a string. Anything else has no
// tasks.
func Read(raw []byte) *Request {
	r := &Request{}
	if text, ok := rawjson.Text(raw); ok {
		r.Opaque = true
		raw = []byte(text)
	}
	switch rawjson.KindOf(raw) {
	case rawjson.Array:
		for i, item := range rawjson.Items(raw) {
			switch {
			case rawjson.KindOf(item) != rawjson.Object: // what is no object is no task
			case len(r.Tasks) < maxTasks:
				r.Tasks = append(r.Tasks, readTask(i, rawjson.Pointer("", i), item))
			default:
				r.Left++
			}
		}
	case rawjson.Object:
		r.Tasks = append(r.Tasks, readTask(0, "", raw))
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number, rawjson.String:
	}
	r.byID = make(map[string]int, len(r.Tasks))
	for i, v := range slices.Backward(r.Tasks) {
		r.byID[strings.ToLower(v.UUID)] = i
	}
	return r
}

func readTask(index int, base string, raw []byte) Task {
	t := Task{Index: index, Base: base, Raw: raw}
	var room [24]member // of which the task takes what it needs
	members := room[:0]
	for name, value := range rawjson.Members(raw) {
		if len(members) < maxMembers {
			members = append(members, member{name, value})
		}
		switch name {
		case "taskUUID":
			t.UUID, _ = rawjson.Text(value)
		case "taskType":
			t.TaskType, _ = rawjson.Text(value)
		case "model":
			t.Model, _ = rawjson.Text(value)
		}
	}
	t.Members = slices.Clone(members)
	return t
}

// Value is the task decoded, as [Decode] makes it; nil where it cannot be. It is not to be changed.
func (t *Task) Value() any {
	if !t.decoded {
		t.decoded = true
		if value, err := decodeWithin(t.Raw, taskLimits, &t.texts); err == nil {
			t.value = value
		}
	}
	return t.value
}

// Runs tells a task that does something from the authentication object that may open the array.
func (t *Task) Runs() bool { return t.TaskType != "authentication" && t.TaskType != "ping" }

// Polls tells a task that asks for the result of another: its taskUUID is that of the task it asks for.
func (t *Task) Polls() bool { return Polls(t.TaskType) }

// Polls tells a task type that asks for the result of another task.
func Polls(taskType string) bool { return taskType == "getResponse" || taskType == "getTaskDetails" }

// What is read of a request. Real ones have some tasks of some dozens of members; past these bounds one was made to cost.
const (
	maxTasks   = 1000
	maxMembers = 1000
)

// Member is the value of a member of the task; of several with one name the last, as a decoder has it.
func (t *Task) Member(name string) ([]byte, bool) {
	for _, v := range slices.Backward(t.Members) {
		if v.Name == name {
			return v.Raw, true
		}
	}
	if len(t.Members) == maxMembers {
		return rawjson.Member(t.Raw, name)
	}
	return nil, false
}

// Find returns the task with this id, nil if there is none. Ids are compared without letter case.
func (r *Request) Find(taskUUID string) *Task {
	if i, ok := r.byID[strings.ToLower(taskUUID)]; ok && taskUUID != "" {
		return &r.Tasks[i]
	}
	return nil
}

// Sharing lists the tasks that have this id.
func (r *Request) Sharing(taskUUID string) []*Task {
	var all []*Task
	for i := range r.Tasks {
		if taskUUID != "" && strings.EqualFold(r.Tasks[i].UUID, taskUUID) {
			all = append(all, &r.Tasks[i])
		}
	}
	return all
}

// Prose lists the values of the task that are somebody's own words.
func (t *Task) Prose() []string {
	t.readTexts()
	return t.prose
}

// Attribute finds the task that an error concerns: by its id; without one, by its task type or as the only task that
// runs. nil means the whole call.
func (r *Request) Attribute(taskUUID, taskType string) *Task {
	if t := r.Find(taskUUID); t != nil {
		return t
	}
	if taskUUID != "" && len(r.Tasks) > 1 {
		return nil // some task that the recorded request does not hold
	}
	var typed, running []*Task
	for i := range r.Tasks {
		t := &r.Tasks[i]
		if taskType != "" && t.TaskType == taskType {
			typed = append(typed, t)
		}
		if t.Runs() {
			running = append(running, t)
		}
	}
	switch {
	case len(typed) == 1:
		return typed[0]
	case len(running) == 1:
		return running[0]
	case len(r.Tasks) == 1:
		return &r.Tasks[0]
	default:
		return nil
	}
}
