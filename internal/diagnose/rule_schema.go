package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// schemaExplains tells an error that names a parameter and no rule, where the model's schema has a condition on it that
// the task breaks.
func schemaExplains(c *oneCase) bool {
	if !c.valueRules() {
		return false
	}
	_, ok := c.conditionOnNamed()
	return ok
}

// schemaReasons tells such an error where the condition says more than that the name is refused or required: what makes
// it so, or what to choose from. An error that states a list or a bound of its own is believed.
func schemaReasons(c *oneCase) bool {
	if !c.valueRules() || len(c.claims.Lists) > 0 || len(c.e.Allowed) > 0 || len(c.claims.Bounds) > 0 || c.claims.Says(message.SaysUnreadable) {
		return false
	}
	condition, ok := c.conditionOnNamed()
	if !ok {
		return false
	}
	if c.worded(condition) {
		return true
	}
	switch condition.Kind {
	case schema.BreachChoice, schema.BreachExclusive, schema.BreachContains, schema.BreachAlternatives, schema.BreachConflict, schema.BreachRefused:
		return true
	case schema.BreachMissing:
		return len(condition.Because) > 0 || len(condition.Sizes) > 0
	case schema.BreachUnknown, schema.BreachEnum, schema.BreachRange, schema.BreachLength, schema.BreachItems, schema.BreachType,
		schema.BreachFormat, schema.BreachOther, schema.BreachSizes:
	}
	return false
}

// explainBySchema says the condition of the model's schema that the named parameter breaks.
func explainBySchema(c *oneCase) (finding, bool) {
	condition, _ := c.conditionOnNamed()
	f := c.fromCondition(condition)
	f.Code, f.Message = shownCode(c.e.Code), quoteMessage(c.e)
	if p, ok := c.first(); ok && condition.Kind != schema.BreachMissing && condition.Kind != schema.BreachChoice && !c.worded(condition) {
		constraintSaid, actual, measure := f.Constraint, f.Actual, f.Measure
		samePlace := f.Pointer != "" && p.present() && f.Pointer == p.places[0].Pointer
		c.attach(&f, p)
		f.Constraint = constraintSaid
		if samePlace {
			f.Actual, f.Measure = actual, measure
		} else if f.Measure != schema.MeasureValue {
			f.Actual, f.Measure = nil, ""
		}
	} else if ok && !c.worded(condition) {
		p = c.missingOf(condition, p)
		f.Parameter = p.spelling()
		c.askDeeper(&f, condition, p)
	}
	ofValue := f.Category == schema.CategoryUnsupportedValue || f.Category == schema.CategoryInvalidParameter
	if aboutParameters(c.row.Category) && (!ofValue || c.row.Category != schema.CategoryUnsupportedParameter) {
		f.Category = c.row.Category
	}
	if f.Category == schema.CategoryUnsupportedValue && condition.Kind == schema.BreachRefused {
		f.Category = schema.CategoryUnsupportedParameter // whatever its value, it is to be taken out
	}
	return f, true
}

// missingOf is the one of the named parameters that a condition misses, where the error names several; else p.
func (c *oneCase) missingOf(condition schema.Condition, p found) found {
	for _, other := range c.found {
		if slices.ContainsFunc(c.pointersTo(other), func(at string) bool { return slices.Contains(schema.Pointers(condition.Members), at) }) {
			return other
		}
	}
	return p
}

// askDeeper names the member that the error misses where the schema's condition speaks of an object around it.
func (c *oneCase) askDeeper(f *finding, condition schema.Condition, p found) {
	named := rawjson.PointerOf(parameter.Split(p.name))
	if condition.Kind != schema.BreachMissing || len(condition.Members) != 1 || !parameter.Valid(p.name) || named == condition.Members[0].Pointer || !within(named, condition.Members[0].Pointer) {
		return
	}
	f.cause.names, f.mend.names, f.Constraint.Type = []string{p.name}, []string{p.name}, ""
	c.listChoice(f, p.name)
}

// listChoice says what a parameter that is to be added may be, where that is a short list.
func (c *oneCase) listChoice(f *finding, name string) {
	if f.mend.key != addNames || c.t == nil || mediumOf(name) != "" { // of which no list has the values
		return
	}
	allowed := c.ruleFor(request.Place{Parameter: name, Pointer: c.t.Base + rawjson.PointerOf(parameter.Split(name))}, false).Allowed
	if len(allowed) < 2 || len(allowed) > constraint.MaxListed || slices.ContainsFunc(allowed, isProse) {
		return
	}
	f.mend.saying = saying{key: addListed, names: []string{name}, values: allowed}
	f.Constraint.Allowed = allowed
}

// conditionOnNamed is the first condition that the task breaks and that concerns a parameter which the error names: one on
// it alone, else on it among others, on what stands around it or within, else one that only applies because of it. Of
// several within it the one comes first that the message has in words.
func (c *oneCase) conditionOnNamed() (schema.Condition, bool) {
	if c.schema == nil || len(c.found) == 0 {
		return schema.Condition{}, false
	}
	about := [...]func(condition schema.Condition, pointers []string) bool{
		func(condition schema.Condition, pointers []string) bool {
			return len(condition.Members) == 1 && slices.Contains(pointers, condition.Members[0].Pointer)
		},
		func(condition schema.Condition, pointers []string) bool {
			return slices.ContainsFunc(concerns(condition), func(at string) bool {
				return slices.ContainsFunc(pointers, func(named string) bool { return at == named || within(at, named) || within(named, at) })
			})
		},
		func(condition schema.Condition, pointers []string) bool {
			return slices.ContainsFunc(condition.Because, func(p schema.Premise) bool { return slices.Contains(pointers, p.Pointer) })
		},
	}
	for _, isAbout := range about {
		for _, p := range c.found {
			pointers := c.pointersTo(p)
			first, found := schema.Condition{}, false
			for _, condition := range c.schema.broken() {
				if !isAbout(condition, pointers) {
					continue
				}
				if c.worded(condition) {
					return condition, true
				}
				if !found {
					first, found = condition, true
				}
			}
			if found {
				return first, true
			}
		}
	}
	return schema.Condition{}, false
}

// worded tells a condition on a member that the error does not name and its message has in words: sampleRate of
// audioSettings, where "the sample rate is not supported".
func (c *oneCase) worded(condition schema.Condition) bool {
	for _, member := range condition.Members {
		name := parameter.Fold(parameter.Last(dotted(member.Pointer)))
		if !slices.ContainsFunc(c.found, func(p found) bool { return parameter.Fold(parameter.Last(p.name)) == name }) && c.saysInWords(name) {
			return true
		}
	}
	return false
}

// saysInWords tells a message that has a folded name as one word or as several in a row.
func (c *oneCase) saysInWords(folded string) bool {
	for i := range c.claims.Tokens {
		rest := folded
		for _, t := range c.claims.Tokens[i:] {
			word := parameter.Fold(strings.Trim(t.Text, "'\"`()[]{}:,."))
			after, fits := strings.CutPrefix(rest, word)
			if !fits || word == "" {
				break
			}
			if rest = after; rest == "" {
				return true
			}
		}
	}
	return false
}

// pointersTo is where a named parameter stands in the task, or would stand.
func (c *oneCase) pointersTo(p found) []string {
	var all []string
	for _, place := range p.places {
		all = append(all, strings.TrimPrefix(place.Pointer, c.t.Base))
	}
	if pointer := rawjson.PointerOf(parameter.Split(p.name)); len(all) == 0 && pointer != "" {
		all = append(all, pointer)
	}
	return all
}

// concerns lists the pointers of all members that a condition is about; the object of the whole task is none.
func concerns(c schema.Condition) []string {
	all := slices.Concat(schema.Pointers(c.Members), c.Names)
	for _, group := range c.Choices {
		all = append(all, group...)
	}
	if c.Pointer != "" {
		all = append(all, c.Pointer)
	}
	return slices.DeleteFunc(all, func(p string) bool { return p == "" })
}

// saysNothing tells an error without a reason, of a task that breaks its model's schema: that is the likely one.
func saysNothing(c *oneCase) bool {
	if c.schema == nil || c.heard.Any || len(c.e.Parameters) > 0 {
		return false
	}
	if len(c.found) > 0 && c.row.Category != schema.CategoryProviderFailure { // whose message may name the provider alone
		return false
	}
	silent := false
	switch c.row.Category {
	case schema.CategoryProviderFailure, schema.CategoryUnknown, "":
		silent = !c.row.Settled() || c.row.Category == schema.CategoryProviderFailure && c.row.General
	case schema.CategoryMissingParameter:
		silent = c.row.General || c.lacksOne()
	case schema.CategoryInvalidParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue, schema.CategoryConflict, schema.CategoryInternal:
		silent = c.row.General
	case schema.CategoryAuthentication, schema.CategoryPermission, schema.CategoryBilling, schema.CategoryRateLimit, schema.CategoryCapacity,
		schema.CategoryContentPolicy, schema.CategoryTimeout, schema.CategoryInputMedia, schema.CategoryModelUnavailable, schema.CategoryNotFound,
		schema.CategoryNetwork, schema.CategoryNone:
	}
	return silent && len(c.schema.broken()) > 0
}

// breachSaysMore tells a finding of words that name nothing which the task holds, where the task breaks its model's schema: that
// is likely what they mean.
func (c *oneCase) breachSaysMore(f finding) bool {
	unnamed := f.cause.key == refusedUnnamed || f.cause.key == providerWords
	return unnamed && f.Parameter == "" && !slices.ContainsFunc(f.cause.more, saysOfRequest) && c.schema != nil && len(c.schema.broken()) > 0
}

// saysOfRequest tells what goes on behind a cause and is more than what the words are about.
func saysOfRequest(s saying) bool { return s.key != whichName && s.key != whichSpeakOf }

// lacksOne tells a task whose first breach of the schema is that something is missing.
func (c *oneCase) lacksOne() bool {
	if len(c.found) > 0 || len(c.schema.broken()) == 0 {
		return false
	}
	kind := c.schema.firstCause().Kind
	return kind == schema.BreachMissing || kind == schema.BreachChoice
}

// firstCause is the first condition that the task breaks, but for one that only applies because of an object with a member
// that it does not take, since the schema's rules about the object mean what it takes, or for want of a member that another
// condition requires.
func (j *judgement) firstCause() schema.Condition {
	first := j.broken()[0]
	for _, c := range j.broken() {
		if requiresAbsent(c, first) {
			return c
		}
		if c.Kind == schema.BreachUnknown && slices.ContainsFunc(first.Because, func(p schema.Premise) bool { return p.Pointer != "" && within(c.Pointer, p.Pointer) }) {
			return c
		}
	}
	return first
}

// requiresAbsent tells that a condition requires the very member whose absence makes another one apply.
func requiresAbsent(c, other schema.Condition) bool {
	return c.Kind == schema.BreachMissing && slices.ContainsFunc(other.Because, func(p schema.Premise) bool {
		return p.State == schema.StateAbsent && slices.Contains(schema.Pointers(c.Members), p.Pointer)
	})
}

// explainByBreach names the first condition that the task breaks as the likely reason of an error that gives none.
func explainByBreach(c *oneCase) (finding, bool) { return c.likelyBreach(likelyReason), true }

// likelyBreach says the first condition that the task breaks, and why that is likely what the error is about.
func (c *oneCase) likelyBreach(why key) finding {
	f := c.fromCondition(c.schema.firstCause())
	f.Code, f.Message = shownCode(c.e.Code), quoteMessage(c.e)
	f.Confidence = schema.ConfidenceLikely
	f.cause.more = append(f.cause.more, saying{key: why})
	return f
}
