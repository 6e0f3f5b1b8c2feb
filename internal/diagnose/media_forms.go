package diagnose

import (
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// sayFormIsRight checks the claim that a value is in none of the forms of media against the value: where it is in one,
// the file behind it is what could not be used.
func (c *oneCase) sayFormIsRight(f *finding, value string) {
	var form string
	var mend key
	_, _, isData := looks.CutDataURI(value)
	switch {
	case isData:
		form, mend = "a data URI", checkData
	case looks.IsURL(value):
		form, mend = "a URL", checkURL
	case looks.IsUUID(value):
		form, mend = "a UUID", checkUUID
		if c.deletes() {
			mend = checkUUIDOnly
		}
	default:
		return
	}
	f.Category = schema.CategoryInputMedia
	f.cause = cause{saying: saying{key: formIsRight, name: f.Parameter, text: form}}
	f.mend.saying = saying{key: mend}
}

// sayTaskID says of a file that is not there that its UUID is the id of a task, and that of no file.
func (c *oneCase) sayTaskID(f *finding) {
	if c.t == nil || f.Pointer == "" || f.Category != schema.CategoryInputMedia && f.Category != schema.CategoryNotFound || parameter.Last(f.Parameter) == "taskUUID" {
		return
	}
	id, _ := rawjson.Text(f.Actual)
	if of := c.req.Find(id); of != nil {
		f.cause = cause{saying: saying{key: taskIDThere, name: f.Parameter, indexes: []int{of.Index}}}
		f.mend = mend{saying: saying{key: giveResult, name: f.Parameter}}
	}
}

// sayFormsAreRight says the same of an array: each item is in a form that is taken.
func (c *oneCase) sayFormsAreRight(f *finding, at request.Place) {
	items := 0
	for _, item := range rawjson.Items(at.Raw) {
		text, ok := rawjson.Text(item)
		if !ok || !looks.IsMedia(text) || looks.IsLocalPath(text) {
			return
		}
		if items++; items == 1 {
			c.sayFormIsRight(f, text)
		}
	}
	if items == 0 || f.Category != schema.CategoryInputMedia {
		return
	}
	f.Actual, f.Measure = nil, ""
	f.cause = cause{saying: saying{key: formsAreRight, name: f.Parameter}}
}

// listsMediaForms tells an error that lists the forms of a media input.
func listsMediaForms(c *oneCase) bool {
	return len(c.found) > 0 && !strings.HasPrefix(parameter.Last(c.found[0].name), "output") && c.claims.Media && c.valueRules()
}

// formsText lists forms of media as alternatives.
func formsText(forms []string) string {
	return strings.Join(forms[:len(forms)-1], ", ") + ", or " + forms[len(forms)-1]
}

// explainMediaForm handles a media input that is in none of the forms that Runware takes.
func explainMediaForm(c *oneCase) (finding, bool) {
	p, _ := c.first()
	category := schema.CategoryInvalidParameter
	if c.row.Category == schema.CategoryInputMedia {
		category = schema.CategoryInputMedia
	}
	f := c.finding(category, schema.RetryAfterDecision, schema.ConfidenceLikely)
	c.attach(&f, p)
	text := formsText(c.claims.Forms)
	if c.claims.Type == "array" {
		text = "array of strings: " + text
	}
	if len(c.claims.Formats) > 0 {
		text += "; " + strings.Join(c.claims.Formats, ", ")
	}
	f.Constraint = &schema.Constraint{Text: text, Source: schema.SourceMessage}
	f.cause.saying = saying{key: noMediaForm, name: f.Parameter}
	f.mend.saying = saying{key: mediaForms, name: f.Parameter}
	if !p.present() {
		f.cause.saying = saying{key: namedMediaAbsent, name: p.name}
		if c.isBlind() {
			f.cause.saying = saying{key: refusesUnseen, who: c.who(), name: p.name, text: text}
		}
		return f, true
	}
	at := c.offending(p.places[0])
	value, ok := rawjson.Text(at.Raw)
	if !ok {
		c.sayFormsAreRight(&f, at)
		return f, true
	}
	f.Actual, f.Measure = constraint.Actual(at.Parameter, at.Raw)
	if mediaType, _, isData := looks.CutDataURI(value); isData && c.refusesFormat(mediaType) {
		f.Category = schema.CategoryInputMedia
		c.refuseDataURI(&f, at.Parameter, mediaType)
		return f, true
	}
	if looks.IsLocalPath(value) {
		f.Confidence = schema.ConfidenceCertain
		sayLocalPath(&f)
	}
	c.sayFormIsRight(&f, value)
	if c.claims.Type == "array" && rawjson.KindOf(p.places[0].Raw) == rawjson.String {
		c.wrapMedia(&f, p.places[0], value)
	}
	return f, true
}

// wrapMedia says that one string stands where an array of media belongs.
func (c *oneCase) wrapMedia(f *finding, at request.Place, value string) {
	f.Confidence = schema.ConfidenceCertain
	f.cause.saying = saying{key: stringForArray, name: f.Parameter}
	f.mend.saying = saying{key: intoArray, name: f.Parameter}
	switch {
	case looks.IsLocalPath(value):
		f.cause.more = append(f.cause.more, saying{key: andLooksLikeFile})
		f.mend.saying = saying{key: arrayOfMedia, name: f.Parameter}
	case looks.IsMedia(value):
		c.reshape(f, at, constraint.Wrap)
	}
}

// offending is the item of an array that is in no form of media; the place itself where it is a string.
func (c *oneCase) offending(p request.Place) request.Place {
	for i, item := range rawjson.Items(p.Raw) {
		at := p.Item(i)
		at.Raw = item
		if text, ok := rawjson.Text(item); !ok || !looks.IsMedia(text) {
			return at
		}
	}
	return p
}
