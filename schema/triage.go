package schema

import "encoding/json"

// Triage is our answer about many tasks: what became of them, and their failures gathered by cause. Counts are of
// different tasks. Keys are printed in the order of the fields.
type Triage struct {
	// One sentence that counts: how many failed, of how many, and of what most.
	Summary string `json:"summary"`
	// How many different tasks were asked for.
	Tasks     int            `json:"tasks"`
	Totals    Totals         `json:"totals,omitempty" jsonschema_description:"Tasks by status."`
	Cost      json.Number    `json:"recordedCost,omitempty" jsonschema_description:"USD, of the results that state it."`
	Groups    []FailureGroup `json:"groups,omitempty" jsonschema_description:"Failed and partial tasks, the largest group first."`
	Rest      *GroupRest     `json:"rest,omitempty" jsonschema_description:"The smaller groups that had no room."`
	Pending   *IDs           `json:"pending,omitempty" jsonschema_description:"May still run: look again."`
	Lookups   []MissedGroup  `json:"lookups,omitempty" jsonschema_description:"Lookups that brought no task: nothing is known of these."`
	Diagnosis *Diagnosis     `json:"diagnosis,omitempty" jsonschema_description:"Of a call that was not answered."`
	// What else to know, such as ids that were left out or a time that ran out.
	Notes []string `json:"notes,omitempty"`
}

// Missed reports whether no lookup brought a task.
func (t Triage) Missed() bool { return t.Totals.Found() == 0 }

// Counts tells how many tasks have each value. Those that have any other value stand under [Others].
type Counts map[string]int

// Others is the name in [Counts] for all values that are not listed.
const Others = "[others]"

// Totals counts tasks by their status.
type Totals map[Status]int

// Found counts the tasks that a lookup brought.
func (t Totals) Found() int {
	found := 0
	for status, count := range t {
		if status.Found() {
			found += count
		}
	}
	return found
}

// Failures counts those of which something failed.
func (t Totals) Failures() int { return t[StatusFailed] + t[StatusPartial] }

// GroupBy is what the failures of one group have in common.
type GroupBy string

// FailureGroup is a number of tasks that failed alike.
type FailureGroup struct {
	Value string `json:"value,omitempty" jsonschema_description:"What the group shares, unless it is the cause."`
	Cause Cause  `json:"cause" jsonschema_description:"The most frequent within the group."`
	// Tasks of the group by their other causes, where there are some.
	OtherCauses Counts `json:"otherCauses,omitempty"`
	// Different tasks in the group.
	Count int     `json:"count"`
	Share float64 `json:"share" jsonschema_description:"Of all failures."`
	Retry Counts  `json:"retry" jsonschema_description:"diagnosis.retry: whether sending again helps."`
	// Tasks by model.
	Models Counts `json:"models,omitempty"`
	// Tasks by task type.
	TaskTypes Counts `json:"taskTypes,omitempty"`
	IDs
	Diagnosis *Diagnosis `json:"diagnosis,omitempty" jsonschema_description:"Of the first id, which represents the cause, without findings."`
}

// Cause is what makes two failures the same: two causes are one where all four are equal.
type Cause struct {
	// The one of the primary finding.
	Category Category `json:"category"`
	// Runware's, verbatim.
	Code      string `json:"code,omitempty"`
	Parameter string `json:"parameter,omitempty" jsonschema_description:"[] is any index."`
	// What is accepted, in words.
	Constraint string `json:"constraint,omitempty"`
}

// IDs are a few task ids, in the order asked, and how many there are beside them.
type IDs struct {
	TaskUUIDs []string `json:"taskUUIDs" jsonschema_description:"Up to five."`
	More      int      `json:"more,omitempty" jsonschema_description:"Ids beside them."`
}

// GroupRest stands for groups that are not shown.
type GroupRest struct {
	// How many groups.
	Groups int `json:"groups"`
	// How many tasks they hold together.
	Tasks int `json:"tasks"`
}

// MissedGroup is a number of lookups that brought no task for one reason.
type MissedGroup struct {
	// It is not_found or unavailable.
	Status Status `json:"status"`
	// How many lookups.
	Count int `json:"count"`
	IDs
	Diagnosis Diagnosis `json:"diagnosis" jsonschema_description:"Why, of the first."`
}
