package diagnose

import (
	"encoding/json"
	"slices"
	"strings"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// lookWider validates the tasks that failed over their parameters against their models' schemas: Runware reports one
// error at a time, so what else breaks the schema would fail next.
func lookWider(req *request.Request, findings []finding, model func(id string) Model) []finding {
	if model == nil || req.Opaque {
		return findings
	}
	for i := range req.Tasks {
		t := &req.Tasks[i]
		if t.Model == "" || !failedOverParameters(findings, t.Index) {
			continue
		}
		m := model(t.Model)
		if m == nil {
			continue
		}
		for _, v := range m.Validate(t.Raw) {
			if len(findings) >= maxFindings {
				return findings
			}
			c := &oneCase{req: req, t: t, model: m}
			if f := c.fromViolation(v); !covered(findings, f) {
				f.Documentation = m.Documentation(f.Parameter)
				findings = append(findings, f)
			}
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

// covered tells whether a finding of the API's speaks of the same value, or mends it.
func covered(findings []finding, f finding) bool {
	for _, other := range findings {
		if !sameIndex(other.TaskIndex, f.TaskIndex) {
			continue
		}
		if f.Pointer != "" && (other.Pointer == f.Pointer || strings.HasPrefix(f.Pointer, other.Pointer+"/") && other.Pointer != "") {
			return true
		}
		if f.Pointer == "" && other.Pointer == "" && parameter.Fold(parameter.Last(other.Parameter)) == parameter.Fold(parameter.Last(f.Parameter)) {
			return true
		}
		for _, op := range other.patch {
			if f.Pointer != "" && op.Path == f.Pointer {
				return true
			}
		}
		if parameter.IsSide(f.Parameter) && parameter.IsSide(other.Parameter) && other.pair {
			return true
		}
	}
	return false
}

// fromViolation makes a finding of a breach of the model's schema.
func (c *oneCase) fromViolation(v schema.Violation) finding {
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterDecision, schema.ConfidenceCertain)
	f.Message = ""
	p := request.Place{Parameter: dotted(v.Pointer), Pointer: c.t.Base + v.Pointer}
	raw, held := rawjson.Resolve(c.t.Raw, v.Pointer)
	p.Raw = raw
	f.Parameter = p.Parameter
	r := constraint.Constraint{Constraint: v.Constraint}
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
		f.cause.saying = saying{key: missing, who: c.who(), names: []string{p.Parameter}}
		f.mend.saying = saying{key: addNames, names: []string{p.Parameter}}
	case schema.BreachUnknown:
		f.Category = schema.CategoryUnsupportedParameter
		f.Constraint = &schema.Constraint{Text: "not accepted by this model", Source: schema.SourceModelSchema}
		f.cause.saying = saying{key: notAccepted, who: c.who(), name: p.Parameter}
		f.mend.saying = saying{key: removeNames, names: []string{p.Parameter}}
		c.patchAt(&f, remove(p.Pointer))
	case schema.BreachEnum, schema.BreachRange, schema.BreachLength, schema.BreachItems, schema.BreachType:
		if v.Kind == schema.BreachEnum {
			f.Category = schema.CategoryUnsupportedValue
		}
		if v.Kind == schema.BreachLength {
			r.Unit = constraint.UnitCharacters
		}
		if v.Kind == schema.BreachItems {
			r.Unit = constraint.UnitItems
		}
		verdict := r.Judge(p.Parameter, p.Raw)
		if verdict.Proof != constraint.Broken {
			c.schemaWords(&f, v)
			break
		}
		f.Actual, f.Measure = verdict.Actual, verdict.Measure
		f.Constraint = r.Shown(verdict.Measure)
		c.describe(&f, p, r, verdict)
		c.patchValue(&f, p, r, verdict)
	case schema.BreachFormat, schema.BreachOther:
		c.schemaWords(&f, v)
	}
	return f
}

// sizeFromSchema is the finding of a size that is none of those which the model's schema lists.
func (c *oneCase) sizeFromSchema(sizes [][2]int, values []schema.Value) (finding, bool) {
	width, height := c.t.Locate("width"), c.t.Locate("height")
	w, okW := sideOfPicture(width)
	h, okH := sideOfPicture(height)
	if !okW || !okH {
		return finding{}, false
	}
	f := c.finding(schema.CategoryUnsupportedValue, schema.RetryAfterDecision, schema.ConfidenceCertain)
	f.Message = ""
	c.attachPlace(&f, width[0])
	f.Constraint = &schema.Constraint{Text: constraint.ListText(values), Allowed: values, Source: schema.SourceModelSchema}
	c.explainSizeList(&f, w, h, sizes, values, width[0], height[0])
	return f, true
}

// schemaWords reports a breach that has no rule which could be computed.
func (c *oneCase) schemaWords(f *finding, v schema.Violation) {
	accepts := v.Constraint
	accepts.Source = schema.SourceModelSchema
	if accepts.Text == "" {
		accepts.Text = constraint.Constraint{Constraint: accepts}.Text("")
	}
	f.Constraint = &accepts
	f.cause.saying = saying{key: breaksSchema, name: f.Parameter, who: c.who()}
	if f.Parameter == "" {
		f.cause.key = taskBreaksSchema
	}
	f.mend.saying = saying{key: satisfySchema}
}

// dotted turns a pointer into a task into the dotted path of a parameter.
func dotted(pointer string) string {
	p := request.Place{}
	if pointer == "" {
		return ""
	}
	for step := range strings.SplitSeq(pointer[1:], "/") {
		if _, isIndex := constraint.NumberValue(step); isIndex && p.Parameter != "" {
			p.Parameter += "[" + step + "]"
			continue
		}
		p = p.Member(strings.NewReplacer("~1", "/", "~0", "~").Replace(step))
	}
	return looks.Short(p.Parameter, maxQuote)
}

// remaining is what a patched task still breaks, unless a finding says it already.
func remaining(violations []schema.Violation, findings []finding) saying {
	at := slices.IndexFunc(violations, func(v schema.Violation) bool {
		return !slices.ContainsFunc(findings, func(f finding) bool {
			return f.Parameter == dotted(v.Pointer) && f.Constraint != nil && f.Constraint.Source == schema.SourceModelSchema
		})
	})
	if at < 0 {
		return saying{}
	}
	v := violations[at]
	note := saying{key: stillBreaksTask}
	if name := dotted(v.Pointer); parameter.Valid(name) {
		note.key, note.name = stillBreaks, name
	}
	text := constraint.Constraint{Constraint: v.Constraint}.Text("")
	switch v.Kind {
	case schema.BreachMissing:
		text = "required"
	case schema.BreachUnknown:
		text = "not accepted"
	case schema.BreachEnum, schema.BreachRange, schema.BreachLength, schema.BreachItems, schema.BreachType, schema.BreachFormat, schema.BreachOther:
	}
	if text != "" && looks.Plain(text) {
		note.text = text
	}
	return note
}

// applyPatch applies operations on the request array to one task of it.
func applyPatch(t *request.Task, ops []schema.Operation) ([]byte, bool) {
	own := make([]schema.Operation, len(ops))
	for i, op := range ops {
		op.Path = strings.TrimPrefix(op.Path, t.Base)
		op.From = strings.TrimPrefix(op.From, t.Base)
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
	patched, err := patch.Apply(t.Raw)
	return patched, err == nil
}
