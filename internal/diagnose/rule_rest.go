package diagnose

import (
	"fmt"
	"strings"
	"unicode"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// explainSignal reads causes that have nothing to do with one parameter out of the message's words.
func explainSignal(c *evidence) (schema.Finding, bool) {
	if c.row.Settled() {
		return schema.Finding{}, false
	}
	p := message.Provided{Texts: []string{c.e.Message}}
	p.Forget(c.prose())
	for _, f := range c.found {
		p.Texts[0] = strings.ReplaceAll(p.Texts[0], f.name, "") // a parameter named timeout is no timeout
	}
	s, ok := c.claims.SignalWithout(p.Texts[0])
	if !ok {
		return schema.Finding{}, false
	}
	for _, f := range c.found {
		if own, named := message.Classify(inWords(parameter.Last(f.name))); named && own.Direct == s.Direct {
			return schema.Finding{}, false // safetySettings is the name of a parameter, not a verdict
		}
	}
	row := codes.For(s.Direct)
	if c.row.Category == schema.CategoryProviderFailure {
		row = codes.For(s.Provider)
	}
	if c.row.Category == row.Category {
		row = c.row
	}
	return c.fromRow(row, schema.ConfidenceLikely), true
}

// inWords takes a name apart at its capitals: safetySettings is "safety settings".
func inWords(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// explainNamed says as much as the error does about a parameter: that it is refused, and that no rule is stated.
func explainNamed(c *evidence) (schema.Finding, bool) {
	p, ok := c.first()
	if !ok || !c.valueRules() || c.t == nil {
		return schema.Finding{}, false
	}
	category := c.row.Category
	if !aboutParameters(category) {
		category = schema.CategoryInvalidParameter
	}
	if category == schema.CategoryInvalidParameter && (c.claims.Says(message.SaysOfValue) || c.claims.Says(message.SaysUnsupportedValue)) {
		category = schema.CategoryUnsupportedValue
	}
	if category == schema.CategoryUnsupportedParameter && c.claims.Says(message.SaysOfValue) {
		category = schema.CategoryUnsupportedValue
	}
	f := c.finding(category, schema.RetryAfterChange, schema.ConfidenceLikely)
	c.attach(&f, p)
	at := request.Place{Parameter: p.name}
	if p.present() {
		at = p.places[0]
	}
	r := constraint.Constraint{}
	c.addMessage(&r, at, rawjson.KindOf(at.Raw) == rawjson.Number)
	if rawjson.KindOf(at.Raw) == rawjson.Number {
		r.Unit = constraint.UnitNone
	}
	f.Constraint = r.Shown("")
	name := "`" + f.Parameter + "`"
	if c.row.Cause != "" {
		f.Cause, f.Fix = c.fill(c.row.Cause), c.fill(c.row.Fix)
		return f, true
	}
	if !p.present() {
		f.Cause = fmt.Sprintf("the error names %s, which the recorded request does not hold: a default or a preset may set it", name)
		f.Fix = fmt.Sprintf("set %s in the request; what is accepted is not said, the model's documentation knows", name)
		return f, true
	}
	f.Cause = fmt.Sprintf("%s refuses %s, which is %s; what it accepts is not said in a form that could be checked", c.who(), name, c.shown(f))
	if f.Measure == schema.MeasureItems || f.Measure == schema.MeasureCharacters {
		f.Cause = strings.Replace(f.Cause, "which is", "which has", 1)
	}
	f.Fix = fmt.Sprintf("choose another value for %s by the message or the model's documentation: no rule that could be checked was found", name)
	return f, true
}

// explainCode answers with the row of the code, or of its family.
func explainCode(c *evidence) (schema.Finding, bool) {
	if c.row.Code == "" {
		return schema.Finding{}, false
	}
	f := c.fromRow(c.row, c.confidence(c.row))
	if f.Cause == "" {
		f.Confidence = schema.ConfidenceGuess
		f.Cause = c.who() + " refused the request and named no parameter that could be found in it"
		f.Fix = "read Runware's message and change what it names"
	}
	return f, true
}

// explainMessage is the last rule: Runware's own words, and no claim beside them.
func explainMessage(c *evidence) (schema.Finding, bool) {
	if c.e.ErrorID == "19" { // 2024's WebSocket API numbered its errors; this one alone is known
		row := codes.For("invalidApiKey")
		return c.fromRow(row, schema.ConfidenceLikely), true
	}
	f := c.finding(schema.CategoryUnknown, schema.RetryNo, schema.ConfidenceGuess)
	f.Cause = "Runware reports an error that is not known here"
	if code := f.Code; code != "" && parameter.Valid(code) {
		f.Cause = fmt.Sprintf("Runware reports `%s`, a code that is not known here", code)
	}
	f.Fix = "read Runware's message; whether sending it again helps is not known"
	return f, true
}
