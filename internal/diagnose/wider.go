package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// lookWider says what else of a task that failed over its parameters breaks its model's schema: Runware reports one error
// at a time, so that would fail next.
func lookWider(req *request.Request, findings []finding, s *schemas) []finding {
	for i := range req.Tasks {
		t := &req.Tasks[i]
		if !failedOverParameters(findings, t.Index) {
			continue
		}
		j := s.of(req, t)
		c := &oneCase{req: req, t: t, schema: j}
		switch {
		case j == nil:
			findings = c.withMisspelt(findings)
		case !j.mendedBy(t, findings):
			findings = c.withConditions(findings)
		}
	}
	return findings
}

// withConditions adds what the task breaks and no finding speaks of.
func (c *oneCase) withConditions(findings []finding) []finding {
	for _, condition := range c.schema.broken() {
		if len(findings) >= maxFindings {
			break
		}
		if covered(findings, c.t, condition) || slices.ContainsFunc(c.schema.broken(), func(other schema.Condition) bool { return requiresAbsent(other, condition) }) {
			continue
		}
		if f := c.permitted(c.fromCondition(condition)); !says(findings, f) {
			f.Documentation = c.schema.Documentation(f.Parameter)
			findings = append(findings, f)
		}
	}
	return findings
}

// withMisspelt adds the other names of a task that are a typing error away from one of Runware's, where a finding renames
// one: without a schema only who mistyped once is taken to have done it again.
func (c *oneCase) withMisspelt(findings []finding) []finding {
	if !slices.ContainsFunc(findings, func(f finding) bool {
		return f.mend.key == renameTo && f.TaskIndex != nil && *f.TaskIndex == c.t.Index
	}) {
		return findings
	}
	for _, m := range c.t.Members {
		right := properName(m.Name)
		if right == "" || len(findings) >= maxFindings || !parameter.Valid(m.Name) || parameter.Guarded(right) {
			continue
		}
		if _, taken := c.t.Member(right); taken {
			continue
		}
		at := request.Place{Pointer: c.t.Base}.Member(m.Name)
		at.Raw = m.Raw
		f := c.finding(schema.CategoryUnsupportedParameter, schema.RetryAfterDecision, schema.ConfidenceLikely)
		c.attach(&f, found{name: m.Name, places: []request.Place{at}})
		f.cause.saying = saying{key: misspelt, name: m.Name, other: right}
		c.rename(&f, at, right)
		if f = c.permitted(f); !says(findings, f) {
			findings = append(findings, f)
		}
	}
	return findings
}

func failedOverParameters(findings []finding, index int) bool {
	for _, f := range findings {
		if f.TaskIndex != nil && *f.TaskIndex == index && (aboutParameters(f.Category) || f.Category == schema.CategoryUnknown) {
			return true
		}
	}
	return false
}

// covered tells whether a finding speaks of a member that a condition concerns: the condition is its reason.
func covered(findings []finding, t *request.Task, condition schema.Condition) bool {
	for _, f := range findings {
		if f.TaskIndex == nil || *f.TaskIndex != t.Index {
			continue
		}
		if f.condition != nil && sameCondition(*f.condition, condition) {
			return true
		}
		own := strings.TrimPrefix(f.Pointer, t.Base)
		if own == "" {
			own = rawjson.PointerOf(parameter.Split(f.Parameter))
		}
		if own == "" {
			continue
		}
		for _, at := range slices.Concat(concerns(condition), schema.Pointers(condition.Because)) {
			if at != "" && (within(at, own) || condition.Kind == schema.BreachMissing && within(own, at)) {
				return true
			}
		}
	}
	return false
}

// says tells whether a finding speaks of the same value as another one, or is mended by it.
func says(findings []finding, f finding) bool {
	for _, other := range findings {
		if !sameIndex(other.TaskIndex, f.TaskIndex) {
			continue
		}
		if f.Pointer != "" && other.Pointer != "" && within(f.Pointer, other.Pointer) {
			return true
		}
		if f.Pointer == "" && other.Pointer == "" && parameter.Fold(parameter.Last(other.Parameter)) == parameter.Fold(parameter.Last(f.Parameter)) {
			return true
		}
		for _, op := range other.patch {
			if f.Pointer != "" && (op.Path == f.Pointer || op.From == f.Pointer) {
				return true
			}
		}
		if parameter.IsSide(f.Parameter) && parameter.IsSide(other.Parameter) && other.pair {
			return true
		}
	}
	return false
}

// dotted turns a pointer into a task into the dotted path of a parameter.
func dotted(pointer string) string {
	if pointer == "" {
		return ""
	}
	p := request.Place{}
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if _, isIndex := constraint.NumberValue(step); isIndex && p.Parameter != "" {
			p.Parameter += "[" + step + "]"
			continue
		}
		p = p.Member(rawjson.Unescape(step))
	}
	return looks.Short(p.Parameter, maxQuote)
}

// stillBroken is a note of what a patched task still breaks.
func stillBroken(condition schema.Condition) saying {
	at := condition.Pointer
	if len(condition.Members) > 0 {
		at = condition.Members[0].Pointer
	}
	note := saying{key: stillBreaksTask}
	if name := dotted(at); parameter.Valid(name) {
		note.key, note.name = stillBreaks, name
	}
	text := constraint.Constraint{Constraint: condition.Constraint}.Text("")
	switch condition.Kind { //nolint:exhaustive // the others say a rule
	case schema.BreachMissing, schema.BreachChoice:
		text = "required"
	case schema.BreachUnknown, schema.BreachRefused:
		text = "not accepted"
	}
	if text != "" && looks.Plain(text) {
		note.text = text
	}
	return note
}
