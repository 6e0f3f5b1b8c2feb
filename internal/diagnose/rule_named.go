package diagnose

import (
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// namesParameter tells an error about a task that names a parameter, whatever else it says.
func namesParameter(c *oneCase) bool {
	return len(c.found) > 0 && c.valueRules() && (c.t != nil || c.isBlind())
}

// explainNamed says as much as the error does about a parameter: that it is refused, and that no rule is stated.
func explainNamed(c *oneCase) (finding, bool) {
	p, _ := c.first()
	if c.byMessage && c.row.Category == schema.CategoryInternal && (!p.present() && c.row.Family || !c.statesRule()) {
		return finding{}, false // a word of the reason why a step failed
	}
	category := c.row.Category
	if category == schema.CategoryModelUnavailable && c.row.Cause != "" && p.present() {
		return finding{}, false // the code says what is wrong with what the parameter names
	}
	if complaints()[message.Complains(c.e.Message)].text && p.present() && parameter.IsProse(parameter.Last(p.spelling())) {
		if known, ok := explainComplaint(c); ok {
			return known, true
		}
	}
	f := c.finding(c.ofValue(category), schema.RetryAfterDecision, schema.ConfidenceLikely)
	c.attach(&f, p)
	at := request.Place{Parameter: p.name}
	if p.present() {
		at = p.places[0]
	}
	r := constraint.Constraint{}
	c.addMessage(&r, at, rawjson.KindOf(at.Raw) == rawjson.Number)
	r.DropSenseless(at.Raw)
	if parameter.Costs(parameter.Last(at.Parameter)) {
		r.Positive()
	}
	countsNothing(&r, at.Raw)
	f.Constraint = r.Shown("")
	if c.row.Cause != "" && (c.row.Category != schema.CategoryInternal || !message.Tells(c.e.Message) || !c.namesFile()) {
		c.byRow(&f, c.row)
		return f, true
	}
	if c.isBlind() {
		if !c.sayUnseen(&f, p) {
			f.cause.saying = saying{key: refusesNamed, who: c.who(), name: f.Parameter}
			f.mend.saying = saying{key: chooseOther, name: f.Parameter}
		}
		return f, true
	}
	if !p.present() {
		f.cause.saying = saying{key: namedButAbsent, name: f.Parameter}
		f.mend.saying = saying{key: setInRequest, name: f.Parameter}
		return f, true
	}
	if text, ok := rawjson.Text(at.Raw); ok && (c.sayProperty(&f, text) || c.sayAddress(&f, text)) {
		return f, true
	}
	if c.refusesFile(&f, at) || c.sayPointed(&f, at) || c.refusesWhole(&f, at) || c.sayStep(&f, at, r) {
		return f, true
	}
	f.cause.saying = f.seen(refusesValue)
	f.cause.who = c.who()
	f.mend.saying = saying{key: chooseOther, name: f.Parameter}
	if other, is := c.apartFrom(at); is {
		return c.apart(at, other), true
	}
	return f, true
}

// sayProperty says of a file which property of it the message speaks of. False for any other value, or where it speaks of none.
func (c *oneCase) sayProperty(f *finding, value string) bool {
	property := message.PropertyOf(c.e.Message)
	if property == "" || !looks.IsMedia(value) || looks.IsAIR(value) || mediumOf(parameter.Last(f.Parameter)) == "" {
		return false
	}
	f.cause.saying = saying{key: fileUnfit, name: f.Parameter}
	f.cause.more = append(f.cause.more, saying{key: ofItsProperty, text: property})
	f.mend.saying = saying{key: fitting(property)}
	f.Category = schema.CategoryInputMedia
	return true
}

// refusesWhole says of a parameter that is refused whatever its value is that it may go. False where another value may do.
func (c *oneCase) refusesWhole(f *finding, at request.Place) bool {
	kind := rawjson.KindOf(at.Raw)
	switch {
	case f.Category == schema.CategoryConflict:
		f.cause.saying = saying{key: doesNotGo, who: c.who(), name: f.Parameter}
		f.mend.saying = saying{key: dropItOrOther, name: f.Parameter}
	case f.Category == schema.CategoryUnsupportedParameter && (kind == rawjson.Array || kind == rawjson.Object):
		f.cause.saying = saying{key: notAccepted, who: c.who(), name: f.Parameter}
		f.mend.saying = saying{key: leaveOut, name: f.Parameter}
	default:
		return false
	}
	f.Actual, f.Measure = nil, ""
	return true
}

// ofValue is the category of an error about a parameter, which may be one about the value alone.
func (c *oneCase) ofValue(category schema.Category) schema.Category {
	if !aboutParameters(category) {
		category = schema.CategoryInvalidParameter
	}
	if category == schema.CategoryInvalidParameter && c.claims.Says(message.SaysOfValue|message.SaysUnsupportedValue) || category == schema.CategoryUnsupportedParameter && c.claims.Says(message.SaysOfValue) {
		return schema.CategoryUnsupportedValue
	}
	return category
}

// stepIsOf tells whether the message states its multiple of a parameter: by its name, or where it names no other.
func (c *oneCase) stepIsOf(at request.Place) bool {
	last := parameter.Last(at.Parameter)
	if subject := c.claims.Step.Subject; subject != "" {
		return parameter.Canonical(subject) == parameter.Canonical(last) || strings.Contains(parameter.Fold(last), parameter.Fold(subject))
	}
	other := func(name string) bool { return parameter.Fold(parameter.Last(name)) != parameter.Fold(last) }
	return !slices.ContainsFunc(c.claims.Names, other)
}

// sayStep says of a whole number that it is no multiple and a rest, as 8n+1, where the message asks for one, and sets the
// nearest that the other bounds take. False where it asks for none, or has it.
func (c *oneCase) sayStep(f *finding, at request.Place, r constraint.Constraint) bool {
	step, rest := c.claims.Step.Of, c.claims.Step.Rest
	n, err := strconv.Atoi(string(at.Raw))
	if err != nil || step == 0 || n < rest || (n-rest)%step == 0 || !c.stepIsOf(at) {
		return false
	}
	text := "a multiple of " + strconv.Itoa(step) + " plus " + strconv.Itoa(rest)
	if span := r.Text(schema.MeasureValue); span != "" {
		text = span + ", " + text
	}
	f.Constraint = &schema.Constraint{Text: text, Type: r.Type, Min: r.Min, Max: r.Max, Source: schema.SourceMessage}
	f.cause.saying = f.seen(breaksRule)
	f.cause.who, f.cause.text = c.who(), text
	f.mend.saying = saying{key: chooseOther, name: f.Parameter}
	below := n - (n-rest)%step
	near := [2]int{below, below + step}
	if n-below > step/2 {
		near = [2]int{below + step, below}
	}
	for _, value := range near {
		want := schema.IntValue(value)
		if r.Bounded() && r.Judge(at.Parameter, want).Proof != constraint.Satisfied || value <= 0 {
			continue
		}
		f.mend.saying = saying{key: setTo, name: f.Parameter, value: want}
		c.patchAt(f, replace(at.Pointer, want))
		break
	}
	return true
}

// sayPointed says to which value the message points in place of the one that is held. False where it points to none.
func (c *oneCase) sayPointed(f *finding, at request.Place) bool {
	value := c.pointedValue(at)
	if value == "" {
		return false
	}
	wanted := schema.Value(strconv.Quote(value))
	f.cause.saying = f.seen(pointsOnOther)
	f.cause.who, f.cause.other = c.who(), value
	f.mend.saying = saying{key: setTo, name: f.Parameter, value: wanted}
	f.patch = []schema.Operation{{Op: "replace", Path: at.Pointer, Value: wanted}}
	return true
}

// refusesFile says of a file that is refused in words which no rule reads that those words are about the file. False for any
// other value.
func (c *oneCase) refusesFile(f *finding, at request.Place) bool {
	text, ok := rawjson.Text(at.Raw)
	if !ok || !looks.IsMedia(text) || looks.IsAIR(text) || mediumOf(parameter.Last(at.Parameter)) == "" && !strings.HasPrefix(at.Parameter, "inputs.") || f.Category != schema.CategoryInvalidParameter && (f.Category != schema.CategoryUnsupportedParameter || !c.complainsOfContent()) || message.OnlyRefused(c.e.Message) {
		return false
	}
	f.Category = schema.CategoryInputMedia
	if c.sayInline(f, text) {
		return true
	}
	f.Actual, f.Measure = nil, ""
	f.cause.saying = saying{key: refusesFileAt, who: c.who(), name: f.Parameter}
	f.mend.saying = saying{key: otherFile}
	return true
}

// sayUnseen says, where no request is at hand, what an error asks of a picture's size, or of a file. False where it asks
// for neither.
func (c *oneCase) sayUnseen(f *finding, p found) bool {
	if rule := c.pictureRule(); names2D(c.found) && rule.Known() {
		text := rule.Text()
		f.Parameter, f.Constraint = "width/height", &schema.Constraint{Text: text, Source: schema.SourceMessage}
		f.cause.saying = saying{key: refusesUnseen, who: c.who(), name: f.Parameter, text: text}
		f.mend.saying = saying{key: setInRequestToRule, name: f.Parameter, text: text}
		return true
	}
	if mediumOf(parameter.Last(p.name)) == "" {
		return false
	}
	if told, ok := explainComplaint(c); ok {
		told.Parameter = p.name
		if told.Constraint == nil {
			c.constrainFile(&told)
		}
		*f = told
		return true
	}
	c.constrainFile(f)
	if f.Constraint == nil {
		return false
	}
	f.Category = schema.CategoryInputMedia
	f.cause.saying = saying{key: fileUnfit, name: f.Parameter}
	f.cause.more = append(f.cause.more, saying{key: inBrackets, text: f.Constraint.Text})
	f.mend.saying = saying{key: fitting(f.Constraint.Text)}
	return true
}
