package schema

import "encoding/json"

// Explanation is our answer about an error that somebody holds, without its record.
type Explanation struct {
	Diagnosis    Diagnosis     `json:"diagnosis" jsonschema_description:"As of get_task_details; pointers and patch start in the request given."`
	TaskUUIDs    []string      `json:"taskUUIDs,omitempty" jsonschema_description:"Ids in the text that get_task_details may know, at most 20."`
	Omissions    []Omission    `json:"omissions,omitempty" jsonschema_description:"What was masked in this answer."`
	ExactNumbers []ExactNumber `json:"exactNumbers,omitempty" jsonschema_description:"As of get_task_details."`

	Request json.RawMessage `json:"-"` // as it may be shown, for people who are shown its lines; nil where none was given
	NoError bool            `json:"-"` // there is none to explain, and Diagnosis says what is accepted
}

// Missed reports whether there was no error to explain.
func (e Explanation) Missed() bool { return e.NoError }
