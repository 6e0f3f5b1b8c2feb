package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// withoutContradictions takes the mend of a task back that sets a value which another finding about it refuses: two rules
// of Runware's exclude each other then, or its error and the model's schema do, and nobody knows which one holds.
func (m *mended) withoutContradictions(req *request.Request, findings []finding, known *schemas) {
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
		m.takeBack(t)
		for j := range findings {
			f := &findings[j]
			if !sameIndex(f.TaskIndex, findings[at].TaskIndex) || f.Pointer != findings[at].Pointer {
				continue
			}
			f.patch, f.Confidence, f.Retry = nil, atMostLikely(f.Confidence), schema.RetryAfterDecision
			f.mend = mend{saying: saying{key: rulesExclude, name: f.Parameter}}
			if f.cause.key == meetsRule { // and breaks the one that the mend was made by
				f.cause.key, f.cause.more = meetsOneRule, []saying{{key: inBrackets, text: otherRule(t, findings, *f, known.of(req, t))}}
			}
		}
	}
}

// otherRule is what refuses the value that meets the rule of a finding: the rule of another finding, else the schema's.
func otherRule(t *request.Task, findings []finding, f finding, j *judgement) string {
	for _, other := range findings {
		if sameIndex(other.TaskIndex, f.TaskIndex) && other.Pointer == f.Pointer && other.Constraint != nil && refusesSet(other, f.Actual) {
			return other.Constraint.Text
		}
	}
	if j == nil {
		return ""
	}
	known, _ := j.Constraint(strings.TrimPrefix(f.Pointer, t.Base))
	return known.Text
}

// takeBack leaves out what is to be done to a task, and all that was proved of the whole.
func (m *mended) takeBack(t *request.Task) {
	others := slices.DeleteFunc(slices.Clone(m.patch), func(op schema.Operation) bool { return within(op.Path, t.Base) })
	*m = mended{}
	if len(others) > 0 {
		m.patch = others
	}
}

// withoutDoubles takes the patch back that leads to or through a member which its object has twice: which of them counts
// is the reader's to say, and no operation reaches one of two.
func (m *mended) withoutDoubles(req *request.Request, findings []finding) {
	for i := range req.Tasks {
		t := &req.Tasks[i]
		double := ""
		for _, op := range patchOf(t, m.patch) {
			for _, pointer := range [...]string{op.Path, op.From} {
				if name := doubledOn(t.Raw, rawjson.Tokens(strings.TrimPrefix(pointer, t.Base))); name != "" {
					double = name
				}
			}
		}
		if double == "" {
			continue
		}
		m.takeBack(t)
		for j := range findings {
			if f := &findings[j]; f.TaskIndex != nil && *f.TaskIndex == t.Index && len(f.patch) > 0 {
				f.patch, f.Confidence = nil, atMostLikely(f.Confidence)
				f.mend = mend{saying: saying{key: keepOneOfDouble, name: double}}
			}
		}
	}
}

// doubledOn is the first member on a path that its object has more than once; "" if there is none.
func doubledOn(raw []byte, path []string) string {
	for _, step := range path {
		times := 0
		for name := range rawjson.Fields(raw) {
			if rawjson.Is(name, step) {
				times++
			}
		}
		if times > 1 {
			return step
		}
		next, ok := rawjson.Resolve(raw, rawjson.Pointer("", step))
		if !ok {
			return ""
		}
		raw = next
	}
	return ""
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
