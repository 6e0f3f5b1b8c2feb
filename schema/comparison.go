package schema

// Comparison is our answer about two tasks: in what their requests differ, and which difference the failure of one of
// them names. `before` is taskUUID, `after` is otherTaskUUID. Keys are printed in the order of the fields.
type Comparison struct {
	Summary     string       `json:"summary" jsonschema_description:"One sentence: the verdict."`
	Verdict     Verdict      `json:"verdict" jsonschema_description:"difference: one failed, and its finding names a parameter that differs. same_value: what it names is the same in both. no_parameter: it names nothing of the request."`
	Before      *Compared    `json:"before,omitempty" jsonschema_description:"What became of taskUUID."`
	After       *Compared    `json:"after,omitempty" jsonschema_description:"What became of otherTaskUUID."`
	Named       []Difference `json:"named,omitempty" jsonschema_description:"The differences that a finding of the failed task names."`
	Differences []Difference `json:"differences,omitempty" jsonschema_description:"All others between the two task objects."`
	Incidental  []Difference `json:"incidental,omitempty" jsonschema_description:"Ids, URLs, seeds and media: they differ between any two tasks."`
	More        int          `json:"more,omitempty" jsonschema_description:"Differences that had no room."`
	Diagnosis   *Diagnosis   `json:"diagnosis,omitempty" jsonschema_description:"Where no comparison could be made: why. Where one failed: of that task, as in get_task_details without findings."`
	Notes       []string     `json:"notes,omitempty" jsonschema_description:"Facts about this answer."`
}

// Missed reports whether there was nothing to compare.
func (c Comparison) Missed() bool { return c.Verdict == VerdictNotCompared }

// Verdict says what the differences of two tasks have to do with their outcomes.
type Verdict string

// Compared is one of two tasks.
type Compared struct {
	TaskUUID  string `json:"taskUUID" jsonschema_description:"As given."`
	Status    Status `json:"status" jsonschema_description:"As in get_task_details."`
	TaskIndex *int   `json:"taskIndex,omitempty" jsonschema_description:"Where it stands in its request array; absent of an only task."`
	Cause     *Cause `json:"cause,omitempty" jsonschema_description:"Why it failed."`
	Summary   string `json:"summary,omitempty" jsonschema_description:"Its diagnosis in one sentence."`
}

// Difference is one value in which two task objects differ.
type Difference struct {
	Pointer string `json:"pointer" jsonschema_description:"RFC 6901 pointer into the request array of taskUUID."`
	Before  Value  `json:"before,omitempty" jsonschema_description:"Absent where only the other task has it. Long values are shortened round the difference."`
	After   Value  `json:"after,omitempty" jsonschema_description:"Likewise."`
}
