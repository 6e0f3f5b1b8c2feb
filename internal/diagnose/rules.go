package diagnose

import (
	"fmt"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// explanation is one rule: it explains an error from the evidence, or declines.
type explanation struct {
	name    string
	explain func(c *evidence) (schema.Finding, bool)
}

// explanations lists the rules from the specific to the general. The last never declines.
func explanations() []explanation {
	return []explanation{
		{"misleading-model", explainMisleadingModel},
		{"provider-content", explainProvider},
		{"settled-code", explainSettledCode},
		{"task-type", explainTaskType},
		{"conflict", explainConflict},
		{"missing", explainMissing},
		{"dimensions", explainDimensions},
		{"unsupported-name", explainUnsupportedName},
		{"unreadable-media", explainUnreadable},
		{"rule", explainRule},
		{"media-form", explainMediaForm},
		{"model-id", explainModelID},
		{"signal", explainSignal},
		{"named", explainNamed},
		{"code", explainCode},
		{"message", explainMessage},
	}
}

// explain asks the rules in their order.
func explain(c *evidence) schema.Finding {
	for _, r := range explanations() {
		if f, ok := r.explain(c); ok {
			return f
		}
	}
	return c.finding(schema.CategoryUnknown, schema.RetryNo, schema.ConfidenceGuess) // unreachable: the last rule answers
}

// aboutParameters are the categories whose findings the parameter rules may explain further.
func aboutParameters(category schema.Category) bool {
	switch category {
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter,
		schema.CategoryUnsupportedValue, schema.CategoryConflict, schema.CategoryInputMedia:
		return true
	case schema.CategoryAuthentication, schema.CategoryPermission, schema.CategoryBilling, schema.CategoryRateLimit,
		schema.CategoryCapacity, schema.CategoryContentPolicy, schema.CategoryProviderFailure, schema.CategoryTimeout,
		schema.CategoryModelUnavailable, schema.CategoryNotFound, schema.CategoryInternal, schema.CategoryNetwork,
		schema.CategoryUnknown, schema.CategoryNone:
	}
	return false
}

// explainSettledCode answers for codes whose meaning no message changes: the balance, the key, moderation, time.
func explainSettledCode(c *evidence) (schema.Finding, bool) {
	row := c.row
	if row.code == "" || row.general || row.cause == "" || row.category == schema.CategoryInputMedia {
		return schema.Finding{}, false
	}
	return c.fromRow(row, c.confidence(row)), true
}

func (c *evidence) confidence(row advice) schema.Confidence {
	if row.family {
		return schema.ConfidenceGuess
	}
	return schema.ConfidenceLikely
}

// fromRow makes a finding of a row of the code table.
func (c *evidence) fromRow(row advice, confidence schema.Confidence) schema.Finding {
	f := c.finding(row.category, row.retry, confidence)
	if p, ok := c.first(); ok && p.present() && c.concerns(row.category) {
		c.attach(&f, p)
		if row.category == schema.CategoryConflict && f.Measure != schema.MeasureValue {
			f.Actual, f.Measure = nil, ""
		}
	}
	if p, ok := c.first(); ok && p.present() && row.category == schema.CategoryContentPolicy && len(c.e.Parameters) > 0 {
		c.attach(&f, p)
		f.Actual, f.Measure = nil, "" // what was blocked is not repeated
	}
	f.Cause, f.Fix = c.fill(row.cause), c.fill(row.fix)
	if wait := waitIn(c.claims.tokens); wait != "" && row.retry == schema.RetryAfterWait {
		f.Fix = "wait " + wait + ", as the error says, then send it again with a new taskUUID"
	}
	switch {
	case row.category == schema.CategoryModelUnavailable:
		c.replaceModel(&f)
	case row.category == schema.CategoryInputMedia:
		c.constrainFile(&f)
	case row.category == schema.CategoryBilling:
		f.Constraint = c.billingConstraint()
	case row.category == schema.CategoryConflict && f.Pointer != "":
		f.Constraint = &schema.Constraint{Text: "not in use yet", Source: schema.SourceMessage}
	case row.retry == schema.RetryCheckFirst && c.t != nil:
		f.Patch = c.asyncPatch()
	}
	return f
}

// waitIn finds the pause that a message names: "try again in 30 seconds".
func waitIn(tokens []token) string {
	for i := 1; i+1 < len(tokens); i++ {
		if tokens[i].kind != number || tokens[i-1].lower != "in" && tokens[i-1].lower != "after" && tokens[i-1].lower != "wait" || len(tokens[i].text) > 6 {
			continue
		}
		switch tokens[i+1].lower {
		case "s", "sec", "second", "seconds":
			return plural(tokens[i].text, "second")
		case "min", "minute", "minutes":
			return plural(tokens[i].text, "minute")
		}
	}
	return ""
}

// replaceModel follows the advice of the message: "Use 'runware:101@1' instead", in Runware's own words..
func (c *evidence) replaceModel(f *schema.Finding) {
	lower := strings.ToLower(c.e.Message)
	if f.Pointer == "" || !strings.Contains(lower, "instead") && !strings.Contains(lower, "replaced by") {
		return
	}
	var named []string
	for _, t := range c.claims.tokens {
		if isAIR(t.text) && t.text != c.t.model {
			named = append(named, t.text)
		}
	}
	if len(named) == 1 {
		f.Fix = fmt.Sprintf("set `%s` to `%s`, which Runware names instead", f.Parameter, named[0])
		f.Patch = []schema.Operation{replace(f.Pointer, schema.StringValue(named[0]))}
	}
}

// concerns tells whether a cause of this category has to do with the parameter that was found. A name that merely stands
// in the message of a crash or a full queue has not.
func (c *evidence) concerns(category schema.Category) bool {
	switch category {
	case schema.CategoryBilling, schema.CategoryContentPolicy:
		return false
	case schema.CategoryModelUnavailable:
		p, _ := c.first()
		return !c.byMessage || rawjson.KindOf(p.places[0].raw) == rawjson.String
	case schema.CategoryTimeout, schema.CategoryCapacity, schema.CategoryRateLimit, schema.CategoryInternal, schema.CategoryProviderFailure, schema.CategoryPermission, schema.CategoryUnknown:
		return !c.byMessage
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue,
		schema.CategoryConflict, schema.CategoryAuthentication, schema.CategoryInputMedia, schema.CategoryNotFound, schema.CategoryNetwork, schema.CategoryNone:
	}
	return true
}

// asyncPatch makes a synchronous task asynchronous: a longer wait is what a task that outlived its call needs.
func (c *evidence) asyncPatch() []schema.Operation {
	raw, ok := c.t.member("deliveryMethod")
	if method, _ := rawjson.Text(raw); !ok || method != "sync" || c.req.opaque || !strings.Contains(strings.ToLower(c.e.Code), "tasktimeout") {
		return nil
	}
	return []schema.Operation{replace(rawjson.Pointer(c.t.base, "deliveryMethod"), schema.StringValue("async"))}
}

// billingConstraint says what the account must have, where the message names it.
func (c *evidence) billingConstraint() *schema.Constraint {
	var parts []string
	if strings.Contains(strings.ToLower(c.e.Message), "paid invoice") {
		parts = append(parts, "paid invoice")
	}
	tokens := c.claims.tokens
	for i, t := range tokens {
		if t.kind == money && len(t.text) < 16 && i > 0 && (tokens[i-1].lower == "least" || tokens[i-1].lower == "minimum" || tokens[i-1].lower == "of") {
			parts = append(parts, "at least "+t.text+" credit")
			break
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return &schema.Constraint{Text: strings.Join(parts, " or "), Source: schema.SourceMessage}
}
