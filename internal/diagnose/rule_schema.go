package diagnose

import (
	"fmt"
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
	if f.mend.key != addNames || c.t == nil {
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
	return unnamed && f.Parameter == "" && len(f.cause.more) == 0 && c.schema != nil && len(c.schema.broken()) > 0
}

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

// fromCondition makes a finding of a condition of the model's schema.
func (c *oneCase) fromCondition(condition schema.Condition) finding {
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterDecision, schema.ConfidenceCertain)
	f.Message, f.bySchema, f.condition = "", true, &condition
	if condition.Kind == schema.BreachRange && isDoubted(condition) { // whether Runware means the bound or its rounding
		f.Confidence = schema.ConfidenceLikely
	}
	c.placeCondition(&f, condition)
	f.Constraint = &schema.Constraint{Source: schema.SourceModelSchema}
	names := namesAt(schema.Pointers(condition.Members))
	say := saying{who: c.who(), name: f.Parameter, names: names, value: f.Actual, measure: f.Measure, condition: &condition}
	todo := saying{key: satisfySchema, names: names, condition: &condition}
	switch condition.Kind {
	case schema.BreachMissing:
		f.Category = schema.CategoryMissingParameter
		f.Constraint.Text, f.Constraint.Type = "required", condition.Constraint.Type
		say.key, todo.key = schemaRequires, addNames
		switch only := condition.Constraint.Allowed; {
		case len(condition.Sizes) > 0:
			f.Constraint.Allowed = sizeValues(condition.Sizes)
			todo.key = addSize
			f.cause.saying, f.mend.saying = say, todo
			c.wishSize(&f, condition.Sizes)
			return f
		case len(names) == 1 && len(only) == 1 && !isProse(only[0]):
			todo.key, todo.name, todo.value = addValue, names[0], only[0]
		}
	case schema.BreachChoice:
		f.Category = schema.CategoryMissingParameter
		f.Constraint.Text = "one is required"
		say.key, todo.key = schemaChoice, addChoice
	case schema.BreachUnknown:
		f.Category = schema.CategoryUnsupportedParameter
		f.Constraint.Text = "not accepted by this model"
		say.key, todo.key = notAccepted, removeNames
		todo.names = []string{f.Parameter}
		if names := takenThere(condition); len(names) > 0 {
			f.cause.more = append(f.cause.more, saying{key: takesThere, names: names})
		}
		if at := []request.Place{{Parameter: f.Parameter, Raw: c.schema.value(c.t, condition.Pointer).raw}}; len(lost(at)) == 0 {
			c.patchAt(&f, remove(c.t.Base+condition.Pointer))
		}
	case schema.BreachRefused:
		f.Category = schema.CategoryUnsupportedParameter
		f.Constraint.Text = "not accepted here"
		say.key, todo.key = schemaRefuses, removeNames
	case schema.BreachConflict:
		f.Category = schema.CategoryConflict
		f.Constraint.Text = "only one of " + strings.Join(names, ", ")
		say.key, todo.key = exclude, keepOne
		if len(names) > 2 {
			todo.key = keepOneOfMany
		}
	case schema.BreachExclusive:
		f.Category = schema.CategoryConflict
		say.names, todo.names = namesAt(condition.Names), names
		f.Constraint.Text = "only one of " + strings.Join(say.names, ", ")
		say.key, todo.key = schemaExclusive, keepOne
	case schema.BreachSizes:
		return c.fromSizes(f, condition)
	case schema.BreachContains:
		f.Constraint.Text = itemsWords(condition.Items)
		say.key = schemaItems
		if other := c.otherValues(condition); len(other) > 0 {
			todo = saying{key: otherItem, name: f.Parameter, values: other}
		}
	case schema.BreachAlternatives:
		f.Constraint.Text = formsWords(condition.Forms)
		say.key, todo.key, todo.name = schemaForms, giveForm, f.Parameter
	case schema.BreachEnum, schema.BreachRange, schema.BreachLength, schema.BreachItems, schema.BreachType:
		if len(condition.Forms) == 0 {
			return c.fromValue(f, condition)
		}
		f.Constraint.Text = formsWords(condition.Forms)
		say.key, todo.key, todo.name = schemaForms, giveForm, f.Parameter
	case schema.BreachFormat:
		return c.fromFormat(f, condition)
	case schema.BreachOther:
		say.key = breaksSchema
		if f.Parameter == "" {
			say.key = taskBreaksSchema
			if len(names) > 0 {
				say.key = schemaUnread
			}
		}
	}
	f.cause.saying, f.mend.saying = say, todo
	return f
}

// takenThere are the members that an object takes in place of one that it does not, where they are few enough to be read.
func takenThere(condition schema.Condition) []string {
	const few = 4
	names := condition.Constraint.AllowedParameter
	if at := rawjson.Tokens(condition.Pointer); len(at) < 2 || len(names) > few || slices.ContainsFunc(names, func(name string) bool { return !parameter.Valid(name) }) {
		return nil
	}
	return names
}

// otherValues lists what an item of an array may hold: the values that too few of its items have, or those instead of the
// ones that too few differ from.
func (c *oneCase) otherValues(condition schema.Condition) []schema.Value {
	if condition.Items == nil || len(condition.Items.What) != 1 {
		return nil
	}
	what := condition.Items.What[0]
	if !condition.Items.Not {
		if what.State != schema.StateEqual {
			return nil
		}
		return plainValues(what.Values)
	}
	known, _ := c.schema.Constraint(condition.Pointer + "/0" + what.Pointer)
	return slices.DeleteFunc(plainValues(known.Allowed), func(v schema.Value) bool {
		return slices.ContainsFunc(what.Values, func(w schema.Value) bool { return string(w) == string(v) })
	})
}

// placeCondition names the parameter that a finding about a condition is about: the member at fault, else the first.
func (c *oneCase) placeCondition(f *finding, condition schema.Condition) {
	at := condition.Pointer
	if len(condition.Members) > 0 {
		at = condition.Members[0].Pointer
	}
	for _, name := range condition.Names { // the schema's order
		if slices.Contains(schema.Pointers(condition.Members), name) {
			at = name
			break
		}
	}
	f.Parameter = dotted(at)
	if v := c.schema.value(c.t, at); v.held && at != "" {
		c.attachShown(f, request.Place{Parameter: f.Parameter, Pointer: c.t.Base + at, Raw: v.raw}, v.actual, v.measure)
		if f.Measure != schema.MeasureValue && condition.Kind != schema.BreachItems && condition.Kind != schema.BreachLength {
			f.Actual, f.Measure = nil, ""
		}
	}
	if !parameter.Valid(f.Parameter) {
		f.Parameter = ""
	}
}

// fromValue is the finding of a value that breaks what the schema says of it alone.
func (c *oneCase) fromValue(f finding, condition schema.Condition) finding {
	if condition.Kind == schema.BreachEnum {
		f.Category = schema.CategoryUnsupportedValue
	}
	held := c.schema.value(c.t, condition.Pointer)
	at := request.Place{Parameter: dotted(condition.Pointer), Pointer: c.t.Base + condition.Pointer, Raw: held.raw}
	r := constraint.Constraint{Constraint: condition.Constraint}
	r.Source = schema.SourceModelSchema
	switch condition.Kind { //nolint:exhaustive // only these two count something
	case schema.BreachLength:
		r.Unit = constraint.UnitCharacters
	case schema.BreachItems:
		r.Unit = constraint.UnitItems
	}
	verdict := held.judge(at.Parameter, r)
	if verdict.Proof != constraint.Broken || r.Senseless(parameter.Costs(parameter.Last(at.Parameter)), at.Raw) {
		return c.fromFormat(f, condition)
	}
	f.Actual, f.Measure = verdict.Actual, verdict.Measure
	f.Constraint = r.Shown(verdict.Measure)
	c.describe(&f, at, r, verdict)
	if len(condition.Because) > 0 {
		f.cause.more = append(f.cause.more, saying{key: underCondition, condition: &condition})
	}
	c.patchValue(&f, at, r, verdict)
	return f
}

// fromFormat is the finding of a value whose rule cannot be computed: a format, a pattern.
func (c *oneCase) fromFormat(f finding, condition schema.Condition) finding {
	accepts := condition.Constraint
	accepts.Source = schema.SourceModelSchema
	if slices.ContainsFunc(accepts.Allowed, func(v schema.Value) bool { return strings.Contains(string(v), "://") }) {
		accepts.Text, accepts.Allowed = fmt.Sprintf("one of %d values", len(accepts.Allowed)), nil // destinations of somebody's
	}
	if accepts.Text == "" {
		accepts.Text = constraint.Constraint{Constraint: accepts}.Text("")
	}
	f.Constraint = &accepts
	f.cause.saying = saying{key: breaksSchema, name: f.Parameter, who: c.who()}
	if f.Measure == schema.MeasureValue && len(f.Actual) > 0 && !isProse(f.Actual) {
		f.cause.key, f.cause.value = valueBreaksSchema, f.Actual
	}
	if f.Parameter == "" {
		f.cause.key = taskBreaksSchema
	} else if accepts.Text != "" && looks.Plain(accepts.Text) {
		f.cause.more = append(f.cause.more, saying{key: inBrackets, text: accepts.Text})
	}
	f.mend.saying = saying{key: satisfySchema}
	v := c.schema.value(c.t, condition.Pointer)
	if text, isText := rawjson.Text(v.raw); v.held && isText && (looks.IsLocalPath(text) || isDoubted(condition)) && f.Parameter != "" {
		sayLocalPath(&f)
	}
	return f
}

// fromSizes is the finding of a size that is none of those which the schema lists.
func (c *oneCase) fromSizes(f finding, condition schema.Condition) finding {
	width, height := c.t.Locate("width"), c.t.Locate("height")
	w, okW := sideOfPicture(width)
	h, okH := sideOfPicture(height)
	values := sizeValues(condition.Sizes)
	f.Category = schema.CategoryUnsupportedValue
	f.Constraint = &schema.Constraint{Text: constraint.ListText(values), Allowed: values, Source: schema.SourceModelSchema}
	if !okW || !okH || len(values) == 0 {
		f.cause.saying = saying{key: schemaRequires, who: c.who(), names: namesAt(schema.Pointers(condition.Members)), condition: &condition}
		f.mend.saying = saying{key: addSize, condition: &condition}
		return f
	}
	c.attachPlace(&f, width[0])
	c.explainSizeList(&f, w, h, sidesOf(condition.Sizes), values, width[0], height[0])
	return f
}

func sizeValues(sizes []schema.Size) []schema.Value {
	values := make([]schema.Value, len(sizes))
	for i, s := range sizes {
		values[i] = schema.StringValue(saying{size: [2]int{s.Width, s.Height}}.slot("size"))
	}
	return values
}

func sidesOf(sizes []schema.Size) [][2]int {
	all := make([][2]int, len(sizes))
	for i, s := range sizes {
		all[i] = [2]int{s.Width, s.Height}
	}
	return all
}
