package diagnose

import (
	"fmt"
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/schema"
)

// slug finds the meaning of a provider's own code, such as SAFETY.INPUT.TEXT or TaskPromptPolicyViolation, in the
// families of codes, of which it takes those that cannot be the user's key or parameters.
func slug(text string) (codes.Row, bool) {
	if len(text) > maxCode || strings.ContainsAny(text, " \n") || looks.CountWords(text) == 0 {
		return codes.Row{}, false
	}
	row := codes.For(strings.NewReplacer(".", "", "_", "", "-", "").Replace(text))
	switch row.Category {
	case schema.CategoryContentPolicy, schema.CategoryRateLimit, schema.CategoryCapacity, schema.CategoryTimeout:
		return row, true
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue,
		schema.CategoryConflict, schema.CategoryAuthentication, schema.CategoryPermission, schema.CategoryBilling, schema.CategoryProviderFailure,
		schema.CategoryInputMedia, schema.CategoryModelUnavailable, schema.CategoryNotFound, schema.CategoryInternal, schema.CategoryNetwork,
		schema.CategoryUnknown, schema.CategoryNone:
	}
	return codes.Row{}, false
}

// explainProvider looks behind a provider's failure: moderation, bad input, credits, load and time hide there.
func explainProvider(c *evidence) (schema.Finding, bool) {
	if c.row.Settled() && c.row.Category != schema.CategoryProviderFailure {
		return schema.Finding{}, false
	}
	p := message.Unwrap(c.e)
	fromProvider := p.Any || c.row.Category == schema.CategoryProviderFailure || c.e.ResponseContent != ""
	if !fromProvider || c.row.Settled() && c.row.Category == schema.CategoryProviderFailure && !p.Any {
		return schema.Finding{}, false
	}
	if p.Any && len(p.Texts) == 0 {
		p.Texts = append(p.Texts, looks.Short(c.e.ResponseContent, message.MaxContent)) // too deep to unwrap
	}
	p.Texts = append(p.Texts, c.e.Message)
	p.Forget(c.prose())
	if row, ok := meaning(p); ok {
		return c.fromProvider(row), true
	}
	if f, ok := c.badInput(p); ok {
		return f, true
	}
	if row, ok := statusRow(p); ok {
		return c.fromProvider(row), true
	}
	if c.row.Category != schema.CategoryProviderFailure {
		return schema.Finding{}, false
	}
	f := c.fromRow(c.row, c.confidence(c.row))
	if p.Any && c.row.General {
		f.Cause = "the provider failed; its own words are quoted in `message` and name no cause that is known here"
	}
	return f, true
}

// meaning is the row of the surest signal in the provider's words or slugs.
func meaning(p message.Provided) (codes.Row, bool) {
	if s, ok := message.Classify(strings.Join(p.Texts, "\n")); ok && s.Provider != "providerInternalError" {
		return codes.For(s.Provider), true
	}
	for _, text := range p.Texts {
		if row, ok := slug(text); ok {
			return row, true
		}
	}
	return codes.Row{}, false
}

// statusRow is the row of an HTTP status that the provider's words carry, where the words themselves say nothing.
func statusRow(p message.Provided) (codes.Row, bool) {
	for _, status := range p.Statuses {
		if code, ok := message.StatusSignal(status); ok {
			return codes.For(code), true
		}
	}
	return codes.Row{}, false
}

func (c *evidence) fromProvider(row codes.Row) schema.Finding {
	if row.Category == schema.CategoryModelUnavailable && c.modelID() == "" {
		row.Cause = "the provider says that the model is not available"
	}
	f := c.fromRow(row, schema.ConfidenceLikely)
	f.Cause += ", by the provider's own words"
	f.Patch = nil
	if row.Category == schema.CategoryContentPolicy || row.Category == schema.CategoryRateLimit || row.Category == schema.CategoryTimeout {
		f.Parameter, f.Pointer, f.Actual, f.Measure = "", "", nil, ""
	}
	return f
}

// badInput reads a provider's complaint about a value like one of Runware's own.
func (c *evidence) badInput(p message.Provided) (schema.Finding, bool) {
	rejected := false
	media := false
	for _, text := range p.Texts {
		inner := *c
		inner.row = codes.Row{}
		inner.e.Message, inner.e.Parameters, inner.e.Code = text, p.Params, ""
		inner.claims = message.Parse(text, c.knows)
		media = media || inner.claims.Says(message.SaysUnreadable|message.SaysMediaProperty)
		rejected = rejected || inner.claims.Says(message.SaysRefused)
		inner.found = nil
		inner.locate(inner.names())
		if p, named := inner.first(); named && !p.present() {
			continue // the provider's own name for something: no parameter of the request
		}
		for _, explain := range []func(*evidence) (schema.Finding, bool){explainConflict, explainMissing, explainDimensions, explainUnsupportedName, explainUnreadable, explainRule, explainMediaForm} {
			f, ok := explain(&inner)
			if !ok {
				continue
			}
			f.Code, f.Message = shownCode(c.e.Code), quoteMessage(c.e)
			f.Cause = "the provider refused the input: " + f.Cause
			return f, true
		}
	}
	if media {
		row := codes.For("mediaUnusable")
		f := c.finding(schema.CategoryInputMedia, schema.RetryAfterChange, schema.ConfidenceLikely)
		f.Cause = "the provider could not use the input media; its own words are quoted in `message`"
		f.Fix = "check each input file that the request names: public, current, complete, and as the provider asks; " + row.Fix
		return f, true
	}
	other := false
	for _, status := range p.Statuses {
		rejected = rejected || status == 400 || status == 413 || status == 415 || status == 422
		_, known := message.StatusSignal(status)
		other = other || known
	}
	if !rejected || other || !p.Any {
		return schema.Finding{}, false
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterChange, schema.ConfidenceLikely)
	f.Cause = "the provider refused the input; its own words are quoted in `message`"
	f.Fix = "change what the provider names in `message`: no rule that could be checked against the request was found in it"
	for _, name := range p.Params {
		inner := *c
		inner.found = nil
		inner.locate([]string{name})
		if first, ok := inner.first(); ok && first.present() {
			c.attach(&f, first)
			f.Cause = fmt.Sprintf("the provider refused `%s`; its own words are quoted in `message`", f.Parameter)
		}
	}
	return f, true
}
