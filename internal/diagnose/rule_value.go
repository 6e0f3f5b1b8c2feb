package diagnose

import (
	"fmt"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// valueRules tells whether rules about a parameter's value may speak: not where the code settles something else.
func (c *evidence) valueRules() bool {
	return !c.row.Settled() || aboutParameters(c.row.Category)
}

// explainRule compares the recorded value with the rule that the error states: bounds, multiples, a list, a type.
func explainRule(c *evidence) (schema.Finding, bool) {
	p, ok := c.first()
	if !ok || !c.valueRules() || c.claims.Says(message.SaysUnreadable) {
		return schema.Finding{}, false
	}
	if !p.present() {
		return c.explainAbsent(p)
	}
	var chosen constraint.Verdict
	var r constraint.Constraint
	at := p.places[0]
	for i, candidate := range c.places() {
		numeric := rawjson.KindOf(candidate.Raw) == rawjson.Number
		rule := c.ruleFor(candidate, numeric)
		v := rule.Judge(candidate.Parameter, candidate.Raw)
		if i == 0 || v.Proof == constraint.Broken && chosen.Proof != constraint.Broken {
			chosen, r, at = v, rule, candidate
		}
	}
	if c.claims.Says(message.SaysEmpty) && chosen.Proof != constraint.Broken && isEmptyString(at.Raw) {
		chosen.Proof, chosen.Lack = constraint.Broken, 1
		chosen.Actual, chosen.Measure = constraint.Actual(at.Parameter, at.Raw)
		if !r.Known() {
			r.Constraint = schema.Constraint{Min: "1", Source: schema.SourceMessage}
			r.Unit = constraint.UnitCharacters
		}
	}
	if chosen.Proof == constraint.Undecided || !r.Known() || c.claims.Media && !r.Bounded() && len(r.Allowed) == 0 {
		return schema.Finding{}, false
	}
	if chosen.Proof == constraint.Satisfied && (r.Partial || r.Source == schema.SourceModelSchema || !r.Bounded() && len(r.Allowed) == 0 && (c.claims.Type == "" || r.Type != "boolean")) {
		return schema.Finding{}, false
	}
	category := schema.CategoryInvalidParameter
	if len(r.Allowed) > 0 && !r.Bounded() && !chosen.Typ || c.row.Category == schema.CategoryUnsupportedValue {
		category = schema.CategoryUnsupportedValue
	}
	f := c.finding(category, schema.RetryAfterChange, schema.ConfidenceCertain)
	if r.Loose {
		f.Confidence = schema.ConfidenceLikely
	}
	c.attachPlace(&f, at)
	f.Actual, f.Measure = chosen.Actual, chosen.Measure
	f.Constraint = r.Shown(chosen.Measure)
	if chosen.Proof == constraint.Satisfied {
		c.contradict(&f, r)
		return f, true
	}
	c.describe(&f, at, r, chosen)
	c.patchValue(&f, at, r, chosen)
	if r.Loose {
		f.Patch = nil
		f.Fix = fmt.Sprintf("choose a value for `%s` by the whole rule, as `message` quotes it: it says more than its numbers", f.Parameter)
	}
	return f, true
}

// places are the values of all parameters that the error names, in its order.
func (c *evidence) places() []request.Place {
	var all []request.Place
	for _, p := range c.found {
		all = append(all, p.places...)
	}
	return all
}

func isEmptyString(raw []byte) bool {
	text, ok := rawjson.Text(raw)
	return ok && strings.TrimSpace(text) == ""
}

// contradict says that the recorded value meets the rule that it is said to break.
func (c *evidence) contradict(f *schema.Finding, r constraint.Constraint) {
	f.Retry = schema.RetryAsIs
	f.Cause = fmt.Sprintf("`%s` is %s, which meets the rule that the error states (%s): the request does not show what was wrong", f.Parameter, c.shown(*f), r.Text(f.Measure))
	f.Fix = fmt.Sprintf("do not change `%s`: send the request once more with a new taskUUID, and if it is refused again, check what was really sent or report it to Runware", f.Parameter)
}

// shown is the actual value with its measure, in words.
func (c *evidence) shown(f schema.Finding) string {
	text := show(f.Actual)
	switch f.Measure {
	case schema.MeasureItems:
		return plural(text, "item")
	case schema.MeasureCharacters:
		return plural(text, "character")
	case schema.MeasureBytes:
		return plural(text, "byte")
	case schema.MeasureType:
		return "of type " + strings.Trim(text, "`")
	case schema.MeasureValue:
	}
	return text
}

func plural(n, noun string) string {
	if n == "1" {
		return n + " " + noun
	}
	return n + " " + noun + "s"
}

// describe says what is wrong: the value seen and the rule, without advice.
func (c *evidence) describe(f *schema.Finding, at request.Place, r constraint.Constraint, v constraint.Verdict) {
	has := "is"
	if f.Measure == schema.MeasureItems || f.Measure == schema.MeasureCharacters {
		has = "has"
	}
	accepts := r.Text(f.Measure)
	switch f.Measure { // the measure stands with the actual already
	case schema.MeasureItems:
		accepts = strings.TrimSuffix(strings.TrimSuffix(accepts, " items"), " item")
	case schema.MeasureCharacters:
		accepts = strings.TrimSuffix(strings.TrimSuffix(accepts, " characters"), " character")
	case schema.MeasureValue, schema.MeasureBytes, schema.MeasureType:
	}
	actual := c.shown(*f)
	if v.Typ && f.Measure == schema.MeasureValue {
		if actual = "null"; !isNull(at.Raw) {
			actual = "the " + looks.JSONType(at.Raw) + " " + show(f.Actual)
		}
	}
	if v.Typ && r.Type != "" && !strings.Contains(accepts, r.Type) && !r.Float {
		accepts = strings.TrimSpace(r.Type + " " + accepts)
	}
	if len(r.Allowed) > constraint.MaxListed {
		accepts = fmt.Sprintf("one of %d values", len(r.Allowed))
	} else if len(r.Allowed) > 1 {
		accepts = strings.Join(showAll(r.Allowed), " or ")
		if len(r.Allowed) > 2 {
			accepts = "one of " + strings.Join(showAll(r.Allowed), ", ")
		}
	}
	f.Cause = fmt.Sprintf("`%s` %s %s; %s accepts %s", f.Parameter, has, actual, c.who(), withArticle(accepts))
}

// withArticle makes a phrase of a rule that begins with a type.
func withArticle(rule string) string {
	for _, typ := range [...]string{"integer", "array", "object"} {
		if strings.HasPrefix(rule, typ) {
			return "an " + rule
		}
	}
	for _, typ := range [...]string{"number", "string", "float", "boolean"} {
		if strings.HasPrefix(rule, typ) {
			return "a " + rule
		}
	}
	return rule
}

func showAll(values []schema.Value) []string {
	all := make([]string, len(values))
	for i, v := range values {
		if all[i] = show(v); len(all[i]) > looks.MaxShown+2 {
			all[i] = "…"
		}
	}
	return all
}

// explainAbsent handles a rule about a parameter that the recorded request does not hold.
func (c *evidence) explainAbsent(p found) (schema.Finding, bool) {
	r := c.ruleFor(request.Place{Parameter: p.name}, false)
	if c.t == nil || !r.Known() {
		return schema.Finding{}, false
	}
	category := schema.CategoryInvalidParameter
	if len(r.Allowed) > 0 || c.row.Category == schema.CategoryUnsupportedValue {
		category = schema.CategoryUnsupportedValue
	}
	f := c.finding(category, schema.RetryAfterChange, schema.ConfidenceLikely)
	f.Parameter = p.name
	f.Constraint = r.Shown("")
	f.Cause = fmt.Sprintf("the error names `%s`, which the recorded request does not hold: a default or a preset may set it", p.name)
	f.Fix = fmt.Sprintf("set `%s` in the request to a value that is accepted (%s): which one is the user's choice", p.name, r.Text(""))
	return f, true
}
