package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// valueRules tells whether rules about a parameter's value may speak: not where the code settles something else.
func (c *oneCase) valueRules() bool {
	return !c.row.Settled() || aboutParameters(c.row.Category)
}

// statesRule tells an error that may state what a value must be.
func statesRule(c *oneCase) bool {
	return len(c.found) > 0 && c.valueRules() && !c.claims.Says(message.SaysUnreadable)
}

// listsForms tells a list of the forms of media: a UUID, a URL, a data URI, base64.
func (c *oneCase) listsForms() bool {
	for _, l := range c.claims.Lists {
		forms := 0
		for _, item := range l.Items {
			if message.Speaks(item, message.OfMediaForm) {
				forms++
			}
		}
		if forms > 1 && forms*2 > len(l.Items) {
			return true
		}
	}
	return false
}

// explainRule compares the recorded value with the rule that the error states: bounds, multiples, a list, a type.
func explainRule(c *oneCase) (finding, bool) {
	p, _ := c.first()
	if !p.present() {
		return c.explainAbsent(p)
	}
	if c.claims.Media && c.listsForms() && mediumOf(parameter.Last(p.spelling())) != "" {
		return finding{}, false // the forms of media are no values
	}
	at, r, chosen := c.judgePlaces()
	if chosen.Proof == constraint.Undecided || !r.Known() || c.claims.Media && !r.Bounded() && len(r.Allowed) == 0 || c.countsOther(at, chosen) {
		return finding{}, false
	}
	if chosen.Proof == constraint.Satisfied && !c.provesFine(at, r) {
		return finding{}, false
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterDecision, schema.ConfidenceCertain)
	if len(r.Allowed) > 0 && !r.Bounded() && !chosen.Typ || c.row.Category == schema.CategoryUnsupportedValue {
		f.Category = schema.CategoryUnsupportedValue
	}
	if r.Loose {
		f.Confidence = schema.ConfidenceLikely
	}
	c.attachPlace(&f, at)
	f.Actual, f.Measure = chosen.Actual, chosen.Measure
	f.Constraint = r.Shown(chosen.Measure)
	if chosen.Proof == constraint.Satisfied {
		if schemaExplains(c) { // the error is right about the value, and its words about less than the whole rule
			return explainBySchema(c)
		}
		if of := complaints()[message.Complains(c.inItself())]; of.figures && !of.text { // of what goes together, which this value alone does not show
			if known, ok := explainComplaint(c); ok {
				return known, true
			}
		}
		c.contradict(&f, r)
		return f, true
	}
	c.describe(&f, at, r, chosen)
	if frame := wishedFrame(at, r); frame != nil && chosen.Want == nil {
		chosen.Want, f.Confidence = frame, schema.ConfidenceLikely
	}
	if seconds := inSeconds(at, r); seconds != nil {
		chosen.Want, f.Confidence = seconds, schema.ConfidenceLikely
		f.cause.more = append(f.cause.more, saying{key: asMilliseconds, value: seconds})
	}
	c.patchValue(&f, at, r, chosen)
	c.hedge(&f, r)
	c.sayCondition(&f)
	return f, true
}

// provesFine tells a rule that says all there is to say of a value which satisfies it.
func (c *oneCase) provesFine(at request.Place, r constraint.Constraint) bool {
	part := rawjson.KindOf(at.Raw) == rawjson.Object || r.Partial || r.Source == schema.SourceModelSchema
	typeAlone := !r.Bounded() && len(r.Allowed) == 0 && (c.claims.Type == "" || r.Type != "boolean")
	return !part && !typeAlone && !c.receivedOther(at) && !c.leavesSizes(at)
}

// hedge leaves the patch out where the rule says more than its numbers, or is said of another parameter than the error's field
// names.
func (c *oneCase) hedge(f *finding, r constraint.Constraint) {
	if r.Loose {
		f.loosen()
	}
	if c.crossed {
		f.patch, f.Confidence = nil, schema.ConfidenceLikely
	}
}

// loosen leaves the value to whoever reads the whole rule, which asks for more than its numbers say. A text is shortened
// whatever else it is.
func (f *finding) loosen() {
	f.patch = nil
	if f.Measure != schema.MeasureCharacters {
		f.mend = mend{saying: saying{key: wholeRule, name: f.Parameter}}
	}
}

// countsOther tells a rule whose numbers are of something else than the value: "sync is limited to 60 s", or the length of a
// clip, which is none of its URL.
func (c *oneCase) countsOther(at request.Place, chosen constraint.Verdict) bool {
	if chosen.Measure == schema.MeasureCharacters && c.isFile(at) {
		return true
	}
	text, isText := rawjson.Text(at.Raw)
	if isText && chosen.Typ && looks.IsAIR(text) && len(c.claims.Bounds) > 0 {
		return true // "this model may hold at most 300" bounds no model
	}
	return isText && chosen.Typ && !strings.ContainsAny(text, "0123456789") && slices.ContainsFunc(c.claims.Bounds, func(b message.Bound) bool { return b.Word != "" })
}

// isFile tells a parameter of media that holds a file (a URL, a UUID, the file itself), of which the error does not say that
// the characters are counted.
func (c *oneCase) isFile(at request.Place) bool {
	text, isText := rawjson.Text(at.Raw)
	return isText && mediumOf(parameter.Last(at.Parameter)) != "" && looks.IsMedia(text) && !strings.Contains(strings.ToLower(c.e.Message), "character")
}

// judgePlaces holds every named value against its rule; the first that breaks one is chosen, the first of all where none does.
func (c *oneCase) judgePlaces() (at request.Place, r constraint.Constraint, chosen constraint.Verdict) {
	for i, candidate := range c.places() {
		rule := c.ruleFor(candidate, rawjson.KindOf(candidate.Raw) == rawjson.Number)
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
	return at, r, chosen
}

// places are the values of all parameters that the error names, in its order.
func (c *oneCase) places() []request.Place {
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
func (c *oneCase) contradict(f *finding, r constraint.Constraint) {
	f.Retry = schema.RetryAsIs
	f.cause.saying = f.seen(meetsRule)
	f.cause.text = r.Text(f.Measure)
	f.mend.saying = saying{key: leaveValue, name: f.Parameter}
}

// seen is a clause about the parameter and the value that the request holds there.
func (f *finding) seen(k key) saying {
	return saying{key: k, name: f.Parameter, value: f.Actual, measure: f.Measure}
}

// describe says what is wrong: the value seen and the rule.
func (c *oneCase) describe(f *finding, at request.Place, r constraint.Constraint, v constraint.Verdict) {
	f.cause.saying = f.seen(breaksRule)
	f.cause.who = c.who()
	f.cause.text = acceptsPhrase(r, f.Measure, v.Typ)
	if v.Typ && f.Measure == schema.MeasureValue {
		f.cause.typ = looks.JSONType(at.Raw)
	}
}

// listsSizes tells a list of sizes, which no side alone can be set to.
func listsSizes(allowed []schema.Value) bool {
	for _, v := range allowed {
		text, _ := rawjson.Text(v)
		if _, _, ok := parameter.ParseSize(text); !ok {
			return false
		}
	}
	return len(allowed) > 0
}

// explainAbsent handles a rule about a parameter that the recorded request does not hold.
func (c *oneCase) explainAbsent(p found) (finding, bool) {
	r := c.ruleFor(request.Place{Parameter: p.name}, false)
	if c.t == nil && !c.isBlind() || !r.Known() {
		return finding{}, false
	}
	if c.isBlind() && r.Unit == constraint.UnitBytes && mediumOf(parameter.Last(p.name)) != "" {
		return finding{}, false // of the file, which no value is
	}
	category := schema.CategoryInvalidParameter
	if len(r.Allowed) > 0 || c.row.Category == schema.CategoryUnsupportedValue {
		category = schema.CategoryUnsupportedValue
	}
	if names2D(c.found) && (c.isBlind() || listsSizes(r.Allowed)) {
		p.name = "width/height"
	}
	f := c.finding(category, schema.RetryAfterDecision, schema.ConfidenceLikely)
	f.Parameter = p.name
	f.Constraint = r.Shown("")
	f.cause.saying = saying{key: namedButAbsent, name: p.name}
	if c.isBlind() {
		f.cause.saying = saying{key: refusesUnseen, who: c.who(), name: p.name, text: r.Text("")}
	}
	f.mend.saying = saying{key: setInRequestToRule, name: p.name, text: r.Text("")}
	return f, true
}
