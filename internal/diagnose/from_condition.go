package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

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
