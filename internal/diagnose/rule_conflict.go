package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/schema"
)

// explainConflict handles parameters that exclude each other. Which to keep is the user's choice: no patch.
func explainConflict(c *evidence) (schema.Finding, bool) {
	if c.row.Category != schema.CategoryConflict && !c.claims.Says(message.SaysConflict) || len(c.found) < 2 || len(c.claims.Lists) > 0 || len(c.claims.Bounds) > 0 {
		return schema.Finding{}, false
	}
	if c.row.Settled() && c.row.Category != schema.CategoryConflict || c.claims.Says(message.SaysTogether) {
		return schema.Finding{}, false // "can only be used together with" asks for the other
	}
	if s, ok := c.claims.Signal(); ok && c.row.Category != schema.CategoryConflict && strings.HasPrefix(s.Direct, "model") {
		return schema.Finding{}, false // a model that does not fit another, not two parameters
	}
	c.dropAncestors()
	if len(c.found) < 2 {
		return schema.Finding{}, false
	}
	f := c.finding(schema.CategoryConflict, schema.RetryAfterChange, schema.ConfidenceLikely)
	first := c.found[0]
	var names, held []string
	for _, p := range c.found {
		names = append(names, "`"+p.spelling()+"`")
		if p.present() {
			held = append(held, p.spelling())
		}
	}
	c.attach(&f, first)
	if f.Measure != schema.MeasureValue {
		f.Actual, f.Measure = nil, ""
	}
	if len(held) == len(c.found) {
		f.Confidence = schema.ConfidenceCertain
	}
	f.Constraint = &schema.Constraint{Text: "only one of " + strings.ReplaceAll(strings.Join(names, ", "), "`", ""), Source: schema.SourceMessage}
	f.Cause = andList(names) + " cannot be used together"
	f.Fix = "keep one of " + andList(names) + " and remove the other: which one is the user's choice"
	if len(names) > 2 {
		f.Fix = "keep one of " + andList(names) + " and remove the others: which one is the user's choice"
	}
	return f, true
}

// dropAncestors leaves out a parameter that only says where another stands: controlNet[0] of controlNet[0].startStep.
func (c *evidence) dropAncestors() {
	c.found = slices.DeleteFunc(slices.Clone(c.found), func(p found) bool {
		return slices.ContainsFunc(c.found, func(other found) bool {
			return p.present() && other.present() && strings.HasPrefix(other.places[0].Pointer, p.places[0].Pointer+"/")
		})
	})
}
