package diagnose

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// lookWider validates the tasks that failed over their parameters against their models' schemas: Runware reports one
// error at a time, so what else breaks the schema would fail next.
func lookWider(req *request, findings []schema.Finding, model func(id string) Model) []schema.Finding {
	if model == nil || req.opaque {
		return findings
	}
	for i := range req.tasks {
		t := &req.tasks[i]
		if t.model == "" || !failedOverParameters(findings, t.index) {
			continue
		}
		m := model(t.model)
		if m == nil {
			continue
		}
		for _, v := range m.Validate(t.raw) {
			if len(findings) >= maxFindings {
				return findings
			}
			c := &evidence{req: req, t: t, model: m}
			if f := c.fromViolation(v); !covered(findings, f) {
				f.Documentation = m.Documentation(f.Parameter)
				findings = append(findings, f)
			}
		}
	}
	return findings
}

func failedOverParameters(findings []schema.Finding, index int) bool {
	for _, f := range findings {
		if f.TaskIndex != nil && *f.TaskIndex == index && (aboutParameters(f.Category) || f.Category == schema.CategoryUnknown) {
			return true
		}
	}
	return false
}

// covered tells whether a finding of the API's speaks of the same value, or mends it.
func covered(findings []schema.Finding, f schema.Finding) bool {
	for _, other := range findings {
		if !sameIndex(other.TaskIndex, f.TaskIndex) {
			continue
		}
		if f.Pointer != "" && (other.Pointer == f.Pointer || strings.HasPrefix(f.Pointer, other.Pointer+"/") && other.Pointer != "") {
			return true
		}
		if f.Pointer == "" && other.Pointer == "" && foldName(lastStep(other.Parameter)) == foldName(lastStep(f.Parameter)) {
			return true
		}
		for _, op := range other.Patch {
			if f.Pointer != "" && op.Path == f.Pointer {
				return true
			}
		}
		if isSide(f.Parameter) && isSide(other.Parameter) && strings.Contains(other.Cause, "`width` and `height`") {
			return true
		}
	}
	return false
}

// fromViolation makes a finding of a breach of the model's schema.
func (c *evidence) fromViolation(v schema.Violation) schema.Finding {
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterChange, schema.ConfidenceCertain)
	f.Message = ""
	p := place{parameter: dotted(v.Pointer), pointer: c.t.base + v.Pointer}
	raw, held := rawjson.Resolve(c.t.raw, v.Pointer)
	p.raw = raw
	f.Parameter = p.parameter
	name := "`" + p.parameter + "`"
	r := rule{Constraint: v.Constraint}
	r.Source = schema.SourceModelSchema
	if held && v.Kind != schema.BreachMissing {
		c.attachPlace(&f, p)
	}
	if sizes, values := sizesOf(v); len(sizes) > 0 {
		if f, ok := c.sizeFromSchema(sizes, values); ok {
			return f
		}
	}
	switch v.Kind {
	case schema.BreachMissing:
		f.Category = schema.CategoryMissingParameter
		f.Constraint = &schema.Constraint{Text: "required", Type: v.Constraint.Type, Source: schema.SourceModelSchema}
		f.Cause = fmt.Sprintf("%s requires %s, which the request does not have", c.who(), name)
		f.Fix = fmt.Sprintf("add %s: the value is the user's choice", name)
	case schema.BreachUnknown:
		f.Category = schema.CategoryUnsupportedParameter
		f.Constraint = &schema.Constraint{Text: "not accepted by this model", Source: schema.SourceModelSchema}
		f.Cause = fmt.Sprintf("%s does not accept %s", c.who(), name)
		f.Fix = "remove " + name
		c.patchAt(&f, remove(p.pointer))
	case schema.BreachEnum, schema.BreachRange, schema.BreachLength, schema.BreachItems, schema.BreachType:
		if v.Kind == schema.BreachEnum {
			f.Category = schema.CategoryUnsupportedValue
		}
		if v.Kind == schema.BreachLength {
			r.unit = unitCharacters
		}
		if v.Kind == schema.BreachItems {
			r.unit = unitItems
		}
		verdict := r.judge(p)
		if verdict.proof != broken {
			c.schemaWords(&f, v, name)
			break
		}
		f.Actual, f.Measure = verdict.actual, verdict.measure
		f.Constraint = r.constraint(verdict.measure)
		c.describe(&f, p, r, verdict)
		c.patchValue(&f, p, r, verdict)
	case schema.BreachFormat, schema.BreachOther, schema.BreachRefused, schema.BreachConflict, schema.BreachChoice, schema.BreachExclusive,
		schema.BreachSizes, schema.BreachContains, schema.BreachAlternatives:
		c.schemaWords(&f, v, name)
	}
	return f
}

// sizeFromSchema is the finding of a size that is none of those which the model's schema lists.
func (c *evidence) sizeFromSchema(sizes [][2]int, values []schema.Value) (schema.Finding, bool) {
	width, height := c.t.locate("width"), c.t.locate("height")
	w, okW := sideOfPicture(width)
	h, okH := sideOfPicture(height)
	if !okW || !okH {
		return schema.Finding{}, false
	}
	f := c.finding(schema.CategoryUnsupportedValue, schema.RetryAfterChange, schema.ConfidenceCertain)
	f.Message = ""
	c.attachPlace(&f, width[0])
	f.Constraint = &schema.Constraint{Text: listText(values), Allowed: values, Source: schema.SourceModelSchema}
	c.explainSizeList(&f, w, h, sizes, values, width[0], height[0])
	return f, true
}

// schemaWords reports a breach that has no rule which could be computed.
func (c *evidence) schemaWords(f *schema.Finding, v schema.Violation, name string) {
	constraint := v.Constraint
	constraint.Source = schema.SourceModelSchema
	if constraint.Text == "" {
		constraint.Text = rule{Constraint: constraint}.text("")
	}
	f.Constraint = &constraint
	f.Cause = fmt.Sprintf("%s does not satisfy the schema of %s", name, c.who())
	if name == "``" {
		f.Parameter = ""
		f.Cause = "the task does not satisfy the schema of " + c.who()
	}
	f.Fix = "change it to what the schema asks for: which value is the user's choice"
}

// dotted turns a pointer into a task into the dotted path of a parameter.
func dotted(pointer string) string {
	p := place{}
	if pointer == "" {
		return ""
	}
	for step := range strings.SplitSeq(pointer[1:], "/") {
		if _, isIndex := numberValue(step); isIndex && p.parameter != "" {
			p.parameter += "[" + step + "]"
			continue
		}
		p = p.member(strings.NewReplacer("~1", "/", "~0", "~").Replace(step))
	}
	return shortText(p.parameter, maxQuote)
}

// verify applies the patches of all findings of a task together and validates the result: each alone may leave faults
// that another mends. It returns a note of what the patched task still breaks.
func verify(req *request, findings []schema.Finding, model func(id string) Model) (fault string) {
	if model == nil || req.opaque {
		return ""
	}
	for i := range req.tasks {
		t := &req.tasks[i]
		var ops []schema.Operation
		for _, f := range findings {
			if f.TaskIndex != nil && *f.TaskIndex == t.index {
				ops = append(ops, f.Patch...)
			}
		}
		if len(ops) == 0 || t.model == "" {
			continue
		}
		m := model(t.model)
		if m == nil {
			continue
		}
		patched, ok := applyPatch(t, ops)
		verified := ok && m.Passes(patched)
		if ok && !verified && fault == "" {
			fault = remaining(m.Validate(patched), findings)
		}
		for j := range findings {
			if f := &findings[j]; f.TaskIndex != nil && *f.TaskIndex == t.index && len(f.Patch) > 0 {
				if !ok {
					f.Patch = nil // one that does not apply is worse than none
					continue
				}
				f.Verified = &verified
			}
		}
	}
	return fault
}

// remaining says in a note what a patched task still breaks, unless a finding says it already.
func remaining(violations []schema.Violation, findings []schema.Finding) string {
	at := slices.IndexFunc(violations, func(v schema.Violation) bool {
		return !slices.ContainsFunc(findings, func(f schema.Finding) bool {
			return f.Parameter == dotted(v.Pointer) && f.Constraint != nil && f.Constraint.Source == schema.SourceModelSchema
		})
	})
	if at < 0 {
		return ""
	}
	v := violations[at]
	where := "the task"
	if name := dotted(v.Pointer); validName(name) {
		where = "`" + name + "`"
	}
	text := rule{Constraint: v.Constraint}.text("")
	switch v.Kind {
	case schema.BreachMissing:
		text = "required"
	case schema.BreachUnknown:
		text = "not accepted"
	case schema.BreachEnum, schema.BreachRange, schema.BreachLength, schema.BreachItems, schema.BreachType, schema.BreachFormat, schema.BreachOther,
		schema.BreachRefused, schema.BreachConflict, schema.BreachChoice, schema.BreachExclusive, schema.BreachSizes, schema.BreachContains, schema.BreachAlternatives:
	}
	note := "with all patches applied the task still breaks the model's schema at " + where
	if text != "" && plainText(text) {
		note += " (" + text + ")"
	}
	return note
}

// applyPatch applies operations on the request array to one task of it.
func applyPatch(t *task, ops []schema.Operation) ([]byte, bool) {
	own := make([]schema.Operation, len(ops))
	for i, op := range ops {
		op.Path = strings.TrimPrefix(op.Path, t.base)
		op.From = strings.TrimPrefix(op.From, t.base)
		own[i] = op
	}
	text, err := json.Marshal(own)
	if err != nil {
		return nil, false
	}
	patch, err := jsonpatch.DecodePatch(text)
	if err != nil {
		return nil, false
	}
	patched, err := patch.Apply(t.raw)
	return patched, err == nil
}
