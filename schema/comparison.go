package schema

// Comparison is our answer about two tasks: in what their requests differ, and which difference the failure of one of
// them names. `before` is taskUUID, `after` is otherTaskUUID. Keys are printed in the order of the fields.
type Comparison struct {
	// One sentence: what the verdict says of these two.
	Summary string  `json:"summary"`
	Verdict Verdict `json:"verdict" jsonschema_description:"difference: one failed, and its finding names what differs. same_value: what it names is the same in both. no_parameter: it names nothing of the request."`
	// The task of taskUUID.
	Before *Compared `json:"before,omitempty"`
	// The task of otherTaskUUID.
	After *Compared    `json:"after,omitempty"`
	Named []Difference `json:"named,omitempty" jsonschema_description:"Differences that the finding of the failed task names."`
	// The other differences.
	Differences []Difference `json:"differences,omitempty"`
	Incidental  []Difference `json:"incidental,omitempty" jsonschema_description:"Ids, URLs, seeds and media."`
	More        int          `json:"more,omitempty" jsonschema_description:"Differences that had no room."`
	Diagnosis   *Diagnosis   `json:"diagnosis,omitempty" jsonschema_description:"Of the one task that failed, without findings; or why nothing was compared."`
	// What else to know.
	Notes []string `json:"notes,omitempty"`
}

// Missed reports whether there was nothing to compare.
func (c Comparison) Missed() bool { return c.Verdict == VerdictNotCompared }

// Verdict says what the differences of two tasks have to do with their outcomes.
type Verdict string

// Compared is one of two tasks.
type Compared struct {
	// The id that was looked up.
	TaskUUID string `json:"taskUUID"`
	// What became of it.
	Status Status `json:"status"`
	// The one of its diagnosis.
	Summary string `json:"summary,omitempty"`
}

// Difference is one value in which two task objects differ.
type Difference struct {
	Pointer string `json:"pointer" jsonschema_description:"RFC 6901, into the request array of taskUUID."`
	Before  Value  `json:"before,omitempty" jsonschema_description:"Absent where only the other has it; long values are shortened round the difference."`
	After   Value  `json:"after,omitempty" jsonschema_description:"Likewise."`
}
