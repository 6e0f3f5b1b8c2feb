package schema

import "encoding/json"

// Check is our answer about a request that was not sent yet.
type Check struct {
	Diagnosis    Diagnosis     `json:"diagnosis" jsonschema_description:"As of get_task_details; category none when nothing known is wrong. Pointers and patch start in the request array."`
	Tasks        []CheckedTask `json:"tasks,omitempty" jsonschema_description:"How far each task could be judged."`
	Omissions    []Omission    `json:"omissions,omitempty" jsonschema_description:"What was masked in this answer."`
	ExactNumbers []ExactNumber `json:"exactNumbers,omitempty" jsonschema_description:"As of get_task_details."`

	Request   json.RawMessage `json:"-"` // as it may be shown, for people who are shown its lines; nil where none was given
	NoRequest bool            `json:"-"` // there is none to check, and Diagnosis says what is accepted
}

// Missed reports whether there was no request to check.
func (c Check) Missed() bool { return c.NoRequest }

// CheckedTask says how far a task was judged.
type CheckedTask struct {
	TaskIndex int `json:"taskIndex" jsonschema_description:"In the request array."`
	// As the request has it.
	TaskType string `json:"taskType,omitempty"`
	// As the request has it.
	Model    string `json:"model,omitempty"`
	Price    string `json:"price,omitempty" jsonschema_description:"Published price of the task as given."`
	BySchema bool   `json:"bySchema" jsonschema_description:"Whether the schema of its model is known; without it only the rules of all tasks were judged."`
}
