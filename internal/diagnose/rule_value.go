package diagnose

import (
	"fmt"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// valueRules tells whether rules about a parameter's value may speak: not where the code settles something else.
func (c *evidence) valueRules() bool {
	return c.row.code == "" || c.row.general || aboutParameters(c.row.category)
}

// explainRule compares the recorded value with the rule that the error states: bounds, multiples, a list, a type.
func explainRule(c *evidence) (schema.Finding, bool) {
	p, ok := c.first()
	if !ok || !c.valueRules() || c.claims.says(saysUnreadable) {
		return schema.Finding{}, false
	}
	if !p.present() {
		return c.explainAbsent(p)
	}
	var chosen verdict
	var r rule
	at := p.places[0]
	for i, candidate := range c.places() {
		numeric := rawjson.KindOf(candidate.raw) == rawjson.Number
		rule := c.ruleFor(candidate, numeric)
		v := rule.judge(candidate)
		if i == 0 || v.proof == broken && chosen.proof != broken {
			chosen, r, at = v, rule, candidate
		}
	}
	if c.claims.says(saysEmpty) && chosen.proof != broken && isEmptyString(at.raw) {
		chosen.proof, chosen.lack = broken, 1
		chosen.actual, chosen.measure = actualOf(at)
		if !r.known() {
			r.Constraint = schema.Constraint{Min: "1", Source: schema.SourceMessage}
			r.unit = unitCharacters
		}
	}
	if chosen.proof == undecided || !r.known() || c.claims.media && !r.bounded() && len(r.Allowed) == 0 {
		return schema.Finding{}, false
	}
	if chosen.proof == satisfied && (r.partial || r.Source == schema.SourceModelSchema || !r.bounded() && len(r.Allowed) == 0 && (c.claims.typ == "" || r.Type != "boolean")) {
		return schema.Finding{}, false
	}
	category := schema.CategoryInvalidParameter
	if len(r.Allowed) > 0 && !r.bounded() && !chosen.typ || c.row.category == schema.CategoryUnsupportedValue {
		category = schema.CategoryUnsupportedValue
	}
	f := c.finding(category, schema.RetryAfterChange, schema.ConfidenceCertain)
	if r.loose {
		f.Confidence = schema.ConfidenceLikely
	}
	c.attachPlace(&f, at)
	f.Actual, f.Measure = chosen.actual, chosen.measure
	f.Constraint = r.constraint(chosen.measure)
	if chosen.proof == satisfied {
		c.contradict(&f, r)
		return f, true
	}
	c.describe(&f, at, r, chosen)
	c.patchValue(&f, at, r, chosen)
	if r.loose {
		f.Patch = nil
		f.Fix = fmt.Sprintf("choose a value for `%s` by the whole rule, as `message` quotes it: it says more than its numbers", f.Parameter)
	}
	return f, true
}

// places are the values of all parameters that the error names, in its order.
func (c *evidence) places() []place {
	var all []place
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
func (c *evidence) contradict(f *schema.Finding, r rule) {
	f.Retry = schema.RetryAsIs
	f.Cause = fmt.Sprintf("`%s` is %s, which meets the rule that the error states (%s): the request does not show what was wrong", f.Parameter, c.shown(*f), r.text(f.Measure))
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
func (c *evidence) describe(f *schema.Finding, at place, r rule, v verdict) {
	has := "is"
	if f.Measure == schema.MeasureItems || f.Measure == schema.MeasureCharacters {
		has = "has"
	}
	accepts := r.text(f.Measure)
	switch f.Measure { // the measure stands with the actual already
	case schema.MeasureItems:
		accepts = strings.TrimSuffix(strings.TrimSuffix(accepts, " items"), " item")
	case schema.MeasureCharacters:
		accepts = strings.TrimSuffix(strings.TrimSuffix(accepts, " characters"), " character")
	case schema.MeasureValue, schema.MeasureBytes, schema.MeasureType:
	}
	actual := c.shown(*f)
	if v.typ && f.Measure == schema.MeasureValue {
		if actual = "null"; !isNull(at.raw) {
			actual = "the " + typeOf(at.raw) + " " + show(f.Actual)
		}
	}
	if v.typ && r.Type != "" && !strings.Contains(accepts, r.Type) && !r.float {
		accepts = strings.TrimSpace(r.Type + " " + accepts)
	}
	if len(r.Allowed) > maxListed {
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
		if all[i] = show(v); len(all[i]) > maxShown+2 {
			all[i] = "…"
		}
	}
	return all
}

// explainAbsent handles a rule about a parameter that the recorded request does not hold.
func (c *evidence) explainAbsent(p found) (schema.Finding, bool) {
	r := c.ruleFor(place{parameter: p.name}, false)
	if c.t == nil || !r.known() {
		return schema.Finding{}, false
	}
	category := schema.CategoryInvalidParameter
	if len(r.Allowed) > 0 || c.row.category == schema.CategoryUnsupportedValue {
		category = schema.CategoryUnsupportedValue
	}
	f := c.finding(category, schema.RetryAfterChange, schema.ConfidenceLikely)
	f.Parameter = p.name
	f.Constraint = r.constraint("")
	f.Cause = fmt.Sprintf("the error names `%s`, which the recorded request does not hold: a default or a preset may set it", p.name)
	f.Fix = fmt.Sprintf("set `%s` in the request to a value that is accepted (%s): which one is the user's choice", p.name, r.text(""))
	return f, true
}
