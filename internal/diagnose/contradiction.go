package diagnose

import (
	"slices"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// withoutContradictions takes the mend of a task back that sets a value which another finding about it refuses: two rules
// of Runware's exclude each other then, or its error and the model's schema do, and nobody knows which one holds.
func (m *mended) withoutContradictions(req *request.Request, findings []finding) {
	for i := range req.Tasks {
		t := &req.Tasks[i]
		own := patchOf(t, m.patch)
		at := slices.IndexFunc(findings, func(f finding) bool {
			return f.Constraint != nil && f.Pointer != "" && slices.ContainsFunc(own, func(op schema.Operation) bool {
				return op.Op == "replace" && op.Path == f.Pointer && refusesSet(f, op.Value)
			})
		})
		if at < 0 {
			continue
		}
		*m = mended{}
		for j := range findings {
			f := &findings[j]
			if !sameIndex(f.TaskIndex, findings[at].TaskIndex) || f.Pointer != findings[at].Pointer {
				continue
			}
			f.patch, f.Confidence = nil, atMostLikely(f.Confidence)
			f.mend = mend{saying: saying{key: rulesExclude, name: f.Parameter}}
		}
		return
	}
}

// refusesSet tells whether the constraint of a finding refuses a value of the measure that it is stated in.
func refusesSet(f finding, value schema.Value) bool {
	if f.Measure != "" && f.Measure != schema.MeasureValue || listsSizes(f.Constraint.Allowed) {
		return false
	}
	r := constraint.Constraint{Constraint: *f.Constraint, Unit: constraint.UnitNone}
	r.Type = "" // how a number is written is another matter
	return r.Judge(f.Parameter, value).Proof == constraint.Broken
}
