package schema

import "encoding/json"

// Triage is our answer about many tasks: what became of them, and their failures gathered by cause. Counts are of
// different tasks. Keys are printed in the order of the fields.
type Triage struct {
	Summary   string         `json:"summary" jsonschema_description:"One sentence."`
	Tasks     int            `json:"tasks" jsonschema_description:"How many different ids were looked up."`
	Totals    *Totals        `json:"totals,omitempty" jsonschema_description:"Tasks by status."`
	Cost      *Cost          `json:"cost,omitempty" jsonschema_description:"What the results record; absent where none does."`
	GroupBy   GroupBy        `json:"groupBy,omitempty" jsonschema_description:"What the failures of a group share."`
	Groups    []FailureGroup `json:"groups,omitempty" jsonschema_description:"Failed and partial tasks, the largest group first."`
	Rest      *GroupRest     `json:"rest,omitempty" jsonschema_description:"The smaller groups that had no room."`
	Pending   *IDs           `json:"pending,omitempty" jsonschema_description:"Tasks that may still run: look again later."`
	Lookups   []MissedGroup  `json:"lookups,omitempty" jsonschema_description:"Lookups that brought no task: nothing is known of these."`
	Diagnosis *Diagnosis     `json:"diagnosis,omitempty" jsonschema_description:"Only where the call itself was not answered: why. As in get_task_details."`
	Notes     []string       `json:"notes,omitempty" jsonschema_description:"Facts about this answer."`
}

// Missed reports whether no lookup brought a task.
func (t Triage) Missed() bool { return t.Totals == nil || t.Totals.Found() == 0 }

// Totals counts tasks by their status.
type Totals struct {
	Succeeded   int `json:"succeeded,omitempty" jsonschema_description:"Count."`
	Failed      int `json:"failed,omitempty" jsonschema_description:"Count."`
	Partial     int `json:"partial,omitempty" jsonschema_description:"Results and errors."`
	Pending     int `json:"pending,omitempty" jsonschema_description:"Count."`
	Unknown     int `json:"unknown,omitempty" jsonschema_description:"Neither result nor error."`
	NotFound    int `json:"not_found,omitempty" jsonschema_description:"Count."`
	Unavailable int `json:"unavailable,omitempty" jsonschema_description:"Lookup not made."`
}

// Found counts the tasks that a lookup brought.
func (t Totals) Found() int { return t.Succeeded + t.Failures() + t.Pending + t.Unknown }

// Failures counts those of which something failed.
func (t Totals) Failures() int { return t.Failed + t.Partial }

// Cost is the sum of the `cost` that results record. Runware records one only where a request says `includeCost`.
//
// Source: https://runware.ai/docs/platform/errors and the parameters of each model.
type Cost struct {
	Recorded json.Number `json:"recorded" jsonschema_description:"Sum in USD."`
	Tasks    int         `json:"tasks" jsonschema_description:"How many tasks record one."`
}

// GroupBy is what the failures of one group have in common.
type GroupBy string

// FailureGroup is a number of tasks that failed alike.
type FailureGroup struct {
	Value          string          `json:"value,omitempty" jsonschema_description:"What the group shares, unless it is the cause."`
	Cause          Cause           `json:"cause" jsonschema_description:"The most frequent one within the group."`
	Count          int             `json:"count" jsonschema_description:"Tasks."`
	Share          float64         `json:"share" jsonschema_description:"Of all failures, 0 to 1."`
	OtherCauses    []CauseCount    `json:"otherCauses,omitempty" jsonschema_description:"The next most frequent, where causes were not grouped by."`
	Retry          []Count         `json:"retry" jsonschema_description:"diagnosis.retry of the tasks: whether sending them again helps."`
	Models         []Count         `json:"models,omitempty" jsonschema_description:"Most frequent first."`
	TaskTypes      []Count         `json:"taskTypes,omitempty" jsonschema_description:"Likewise."`
	IDs            IDs             `json:"ids" jsonschema_description:"In the order asked."`
	Representative *Representative `json:"representative,omitempty" jsonschema_description:"The first task with the cause."`
}

// Cause is what makes two failures the same: two causes are one where all four are equal.
type Cause struct {
	Category   Category `json:"category" jsonschema_description:"As in get_task_details."`
	Code       string   `json:"code,omitempty" jsonschema_description:"Runware's."`
	Parameter  string   `json:"parameter,omitempty" jsonschema_description:"Indices of arrays as []."`
	Constraint string   `json:"constraint,omitempty" jsonschema_description:"What is accepted, in words."`
}

// CauseCount is a cause and how many tasks have it.
type CauseCount struct {
	Cause
	Count int `json:"count" jsonschema_description:"Tasks."`
}

// Count is a value and how many tasks have it. A last one without a value counts those that have others.
type Count struct {
	Value string `json:"value,omitempty" jsonschema_description:"Absent for all others together."`
	Count int    `json:"count" jsonschema_description:"Tasks."`
}

// IDs are a few task ids, and how many there are beside them.
type IDs struct {
	TaskUUIDs []string `json:"taskUUIDs" jsonschema_description:"Up to five."`
	More      int      `json:"more,omitempty" jsonschema_description:"How many beside them."`
}

// Representative is one task of a group, with its diagnosis but for the findings.
type Representative struct {
	TaskUUID  string    `json:"taskUUID" jsonschema_description:"For get_task_details."`
	Diagnosis Diagnosis `json:"diagnosis" jsonschema_description:"As in get_task_details, without findings: summary, nextStep, patch."`
}

// GroupRest stands for groups that are not shown.
type GroupRest struct {
	Groups int `json:"groups" jsonschema_description:"How many groups."`
	Tasks  int `json:"tasks" jsonschema_description:"Tasks in them."`
}

// MissedGroup is a number of lookups that brought no task for one reason.
type MissedGroup struct {
	Status   Status   `json:"status" jsonschema_description:"not_found or unavailable."`
	Category Category `json:"category" jsonschema_description:"As in get_task_details."`
	Summary  string   `json:"summary" jsonschema_description:"Why."`
	Retry    Retry    `json:"retry" jsonschema_description:"As in get_task_details."`
	NextStep string   `json:"nextStep,omitempty" jsonschema_description:"What to do."`
	Count    int      `json:"count" jsonschema_description:"Lookups."`
	IDs      IDs      `json:"ids" jsonschema_description:"In the order asked."`
}
