package diagnose

import (
	"fmt"
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
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
	if !row.Settled() || row.Cause == "" || row.Category == schema.CategoryInputMedia {
		return schema.Finding{}, false
	}
	return c.fromRow(row, c.confidence(row)), true
}

func (c *evidence) confidence(row codes.Row) schema.Confidence {
	if row.Family {
		return schema.ConfidenceGuess
	}
	return schema.ConfidenceLikely
}

// fromRow makes a finding of a row of the code table.
func (c *evidence) fromRow(row codes.Row, confidence schema.Confidence) schema.Finding {
	f := c.finding(row.Category, row.Retry, confidence)
	if p, ok := c.first(); ok && p.present() && c.concerns(row.Category) {
		c.attach(&f, p)
		if row.Category == schema.CategoryConflict && f.Measure != schema.MeasureValue {
			f.Actual, f.Measure = nil, ""
		}
	}
	if p, ok := c.first(); ok && p.present() && row.Category == schema.CategoryContentPolicy && len(c.e.Parameters) > 0 {
		c.attach(&f, p)
		f.Actual, f.Measure = nil, "" // what was blocked is not repeated
	}
	f.Cause, f.Fix = c.fill(row.Cause), c.fill(row.Fix)
	if wait := c.claims.Wait; wait.Count != "" && row.Retry == schema.RetryAfterWait {
		f.Fix = "wait " + plural(wait.Count, wait.Unit) + ", as the error says, then send it again with a new taskUUID"
	}
	switch {
	case row.Category == schema.CategoryModelUnavailable:
		c.replaceModel(&f)
	case row.Category == schema.CategoryInputMedia:
		c.constrainFile(&f)
	case row.Category == schema.CategoryBilling:
		f.Constraint = c.billingConstraint()
	case row.Category == schema.CategoryConflict && f.Pointer != "":
		f.Constraint = &schema.Constraint{Text: "not in use yet", Source: schema.SourceMessage}
	case row.Retry == schema.RetryCheckFirst && c.t != nil:
		f.Patch = c.asyncPatch()
	}
	return f
}

// replaceModel follows the advice of the message: "Use 'runware:101@1' instead", in Runware's own words..
func (c *evidence) replaceModel(f *schema.Finding) {
	if f.Pointer == "" || !c.claims.Says(message.SaysInstead) {
		return
	}
	var named []string
	for _, t := range c.claims.Tokens {
		if looks.IsAIR(t.Text) && t.Text != c.t.Model {
			named = append(named, t.Text)
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
		return !c.byMessage || rawjson.KindOf(p.places[0].Raw) == rawjson.String
	case schema.CategoryTimeout, schema.CategoryCapacity, schema.CategoryRateLimit, schema.CategoryInternal, schema.CategoryProviderFailure, schema.CategoryPermission, schema.CategoryUnknown:
		return !c.byMessage
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue,
		schema.CategoryConflict, schema.CategoryAuthentication, schema.CategoryInputMedia, schema.CategoryNotFound, schema.CategoryNetwork, schema.CategoryNone:
	}
	return true
}

// asyncPatch makes a synchronous task asynchronous: a longer wait is what a task that outlived its call needs.
func (c *evidence) asyncPatch() []schema.Operation {
	raw, ok := c.t.Member("deliveryMethod")
	if method, _ := rawjson.Text(raw); !ok || method != "sync" || c.req.Opaque || !strings.Contains(strings.ToLower(c.e.Code), "tasktimeout") {
		return nil
	}
	return []schema.Operation{replace(rawjson.Pointer(c.t.Base, "deliveryMethod"), schema.StringValue("async"))}
}

// billingConstraint says what the account must have, where the message names it.
func (c *evidence) billingConstraint() *schema.Constraint {
	var parts []string
	if c.claims.Says(message.SaysInvoice) {
		parts = append(parts, "paid invoice")
	}
	tokens := c.claims.Tokens
	for i, t := range tokens {
		if t.Kind == message.Money && len(t.Text) < 16 && i > 0 && (tokens[i-1].Lower == "least" || tokens[i-1].Lower == "minimum" || tokens[i-1].Lower == "of") {
			parts = append(parts, "at least "+t.Text+" credit")
			break
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return &schema.Constraint{Text: strings.Join(parts, " or "), Source: schema.SourceMessage}
}
