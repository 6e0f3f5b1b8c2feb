package diagnose

import (
	"encoding/base64"
	"fmt"
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// explainUnreadable handles media that Runware could not fetch or decode: the value is a form that it takes, the
// content is not.
func explainUnreadable(c *evidence) (schema.Finding, bool) {
	byCode := c.row.Category == schema.CategoryInputMedia
	p, ok := c.first()
	if !ok || !p.present() || !c.valueRules() || parameter.IsSide(p.spelling()) || parameter.Fold(parameter.Last(p.name)) == "model" {
		return schema.Finding{}, false
	}
	if text, isText := rawjson.Text(p.places[0].Raw); isText && looks.IsAIR(text) {
		return schema.Finding{}, false // a model, not media
	}
	if !byCode && !c.claims.Says(message.SaysUnreadable) && !c.aboutFile(p.places[0]) {
		return schema.Finding{}, false
	}
	row := c.row
	if !byCode || row.Cause == "" {
		row = codes.For("failedToTransferImage")
	}
	confidence := schema.ConfidenceLikely
	f := c.finding(schema.CategoryInputMedia, row.Retry, confidence)
	c.attach(&f, p)
	f.Cause, f.Fix = c.fill(row.Cause), c.fill(row.Fix)
	c.constrainFile(&f)
	if c.claims.Says(message.SaysMediaProperty) && !c.claims.Says(message.SaysUnreadable) && len(c.claims.Formats) == 0 {
		f.Cause = fmt.Sprintf("the file at `%s` does not meet what the model asks of it", f.Parameter)
		f.Fix = "change the file: no parameter of the request sets this"
		if f.Constraint != nil {
			f.Cause += " (" + f.Constraint.Text + ")"
		}
	}
	text, isText := c.mediaText(&f, p.places[0])
	if !isText {
		if f.Measure == schema.MeasureItems {
			f.Actual, f.Measure = nil, "" // the fault is in a file, not in how many there are
		}
		return f, true
	}
	if mediaType, data, ok := looks.CutDataURI(text); ok {
		f.Cause = fmt.Sprintf("Runware could not use the data URI at `%s`, which declares %s", f.Parameter, mediaType)
		f.Fix = "send the complete media in an accepted format"
		if c.refusesFormat(mediaType) {
			f.Confidence = schema.ConfidenceCertain
			f.Cause = fmt.Sprintf("`%s` is a data URI of type %s; Runware accepts %s there", f.Parameter, mediaType, strings.Join(c.claims.Formats, ", "))
			f.Fix = "convert the media to " + strings.Join(c.claims.Formats, " or ")
		} else if found := looks.Sniff(data); found != "" && found != mediaType {
			f.Cause += "; its data begins like " + found
		}
		return f, true
	}
	if looks.IsBase64(text) {
		f.Cause = fmt.Sprintf("Runware could not read the base64 data at `%s`", f.Parameter)
		if mediaType := looks.Sniff(text); mediaType != "" {
			f.Cause += ", which begins like " + mediaType
		}
		if _, err := base64.StdEncoding.DecodeString(strings.Map(dropLineBreaks, text)); err != nil {
			f.Cause += " and is not complete base64"
		}
		f.Fix = "check that the data is a whole picture and was not cut, then send it again"
		return f, true
	}
	if looks.IsLocalPath(text) {
		c.localPath(&f)
	}
	return f, true
}

func dropLineBreaks(r rune) rune {
	if r == '\n' || r == '\r' {
		return -1
	}
	return r
}

// mediaText is the string at a place, or the first string of an array there.
func (c *evidence) mediaText(f *schema.Finding, p request.Place) (string, bool) {
	if text, ok := rawjson.Text(p.Raw); ok {
		return text, true
	}
	if rawjson.Len(p.Raw) != 1 {
		return "", false
	}
	for i, item := range rawjson.Items(p.Raw) {
		at := p.Item(i)
		at.Raw = item
		if text, ok := rawjson.Text(item); ok {
			f.Actual, f.Measure = constraint.Actual(at.Parameter, at.Raw)
			return text, true
		}
	}
	return "", false
}

// aboutFile tells whether the message speaks of a property of the media itself: its format, its size.
func (c *evidence) aboutFile(p request.Place) bool {
	text, ok := rawjson.Text(p.Raw)
	if ok && !looks.IsURL(text) && !looks.IsUUID(text) && !looks.IsBase64(text) && !strings.HasPrefix(text, "data:") {
		return false
	}
	tooBig := ok && (c.claims.Says(message.SaysWrongSize) || codes.WrongSize(c.e.Code))
	for _, b := range c.claims.Bounds { // a number, a size or a shape cannot be meant of a URL
		tooBig = tooBig || ok && text != "" && (b.Kind != message.Number || b.Unit == constraint.UnitBytes)
	}
	formats := ok && len(c.claims.Formats) > 0 && !c.claims.Media
	number := rawjson.KindOf(p.Raw) == rawjson.Number
	return !number && (tooBig || formats || c.claims.Says(message.SaysMediaProperty) && !c.claims.Says(message.SaysCount))
}

// constrainFile says what the message asks of a file: formats, or a size of it.
func (c *evidence) constrainFile(f *schema.Finding) {
	if len(c.claims.Formats) > 0 {
		text := strings.Join(c.claims.Formats, ", ")
		if c.claims.Media {
			text = "UUID v4, data URI, base64, or public URL; " + text
		}
		f.Constraint = &schema.Constraint{Text: text, Source: schema.SourceMessage}
		return
	}
	r := constraint.Constraint{}
	for _, b := range c.claims.Bounds {
		if b.Kind == message.Number {
			if apply(b, &r) && r.Unit == constraint.UnitItems {
				r.Unit = constraint.UnitNone
			}
		}
	}
	if _, shape := c.areaRule(); shape != nil {
		f.Constraint = &schema.Constraint{Text: constraint.ExtentText(nil, shape), Source: schema.SourceMessage}
		return
	}
	if !r.Bounded() {
		return
	}
	text := r.Text("")
	if r.Unit == constraint.UnitNone && c.claims.Says(message.SaysPixels) {
		text += " pixels"
	}
	f.Constraint = &schema.Constraint{Text: text, Min: r.Min, Max: r.Max, ExclusiveMin: r.ExclusiveMin, ExclusiveMax: r.ExclusiveMax, Source: schema.SourceMessage}
}

// refusesFormat tells whether a media type is none of the formats that the message lists.
func (c *evidence) refusesFormat(mediaType string) bool {
	_, format, ok := strings.Cut(strings.ToLower(mediaType), "/")
	if !ok || len(c.claims.Formats) == 0 {
		return false
	}
	format = strings.TrimPrefix(format, "x-")
	for _, accepted := range c.claims.Formats {
		if a := strings.ToLower(accepted); a == format || constraint.SameFormat(a, format) {
			return false
		}
	}
	return true
}

// explainMediaForm handles a media input that is in none of the forms that Runware takes.
func explainMediaForm(c *evidence) (schema.Finding, bool) {
	p, ok := c.first()
	if !ok || !c.claims.Media || !c.valueRules() {
		return schema.Finding{}, false
	}
	category := schema.CategoryInvalidParameter
	if c.row.Category == schema.CategoryInputMedia {
		category = schema.CategoryInputMedia
	}
	f := c.finding(category, schema.RetryAfterChange, schema.ConfidenceLikely)
	c.attach(&f, p)
	text := "UUID v4, data URI, base64, or public URL"
	if c.claims.Type == "array" {
		text = "array of strings: " + text
	}
	if len(c.claims.Formats) > 0 {
		text += "; " + strings.Join(c.claims.Formats, ", ")
	}
	f.Constraint = &schema.Constraint{Text: text, Source: schema.SourceMessage}
	f.Cause = fmt.Sprintf("`%s` is in none of the forms that Runware takes for media", f.Parameter)
	f.Fix = fmt.Sprintf("send `%s` as a public URL, the UUID of an uploaded or generated file, a data URI or base64", f.Parameter)
	if !p.present() {
		f.Cause = fmt.Sprintf("the error names `%s`, which the recorded request does not hold", p.name)
		return f, true
	}
	at := c.offending(p.places[0])
	value, ok := rawjson.Text(at.Raw)
	if !ok {
		return f, true
	}
	f.Actual, f.Measure = constraint.Actual(at.Parameter, at.Raw)
	if mediaType, _, isData := looks.CutDataURI(value); isData && c.refusesFormat(mediaType) {
		f.Category, f.Confidence = schema.CategoryInputMedia, schema.ConfidenceCertain
		f.Cause = fmt.Sprintf("`%s` is a data URI of type %s; Runware accepts %s there", at.Parameter, mediaType, strings.Join(c.claims.Formats, ", "))
		f.Fix = "convert the media to " + strings.Join(c.claims.Formats, " or ")
		return f, true
	}
	if looks.IsLocalPath(value) {
		f.Confidence = schema.ConfidenceCertain
		c.localPath(&f)
	}
	if c.claims.Type == "array" && rawjson.KindOf(p.places[0].Raw) == rawjson.String {
		f.Confidence = schema.ConfidenceCertain
		f.Cause = fmt.Sprintf("`%s` is a string; Runware accepts an array of strings there", f.Parameter)
		if f.Fix = fmt.Sprintf("put the value of `%s` into an array", f.Parameter); looks.IsLocalPath(value) {
			f.Cause += ", and this string looks like a file name, which Runware cannot open"
			f.Fix = fmt.Sprintf("send `%s` as an array of public URLs, UUIDs, data URIs or base64; upload the file first, or encode it", f.Parameter)
		} else if looks.IsURL(value) || looks.IsUUID(value) || looks.IsBase64(value) || strings.HasPrefix(value, "data:") {
			c.reshape(&f, p.places[0], constraint.Wrap)
		}
	}
	return f, true
}

// offending is the item of an array that is in no form of media; the place itself where it is a string.
func (c *evidence) offending(p request.Place) request.Place {
	for i, item := range rawjson.Items(p.Raw) {
		at := p.Item(i)
		at.Raw = item
		if text, ok := rawjson.Text(item); !ok || !looks.IsURL(text) && !looks.IsUUID(text) && !looks.IsBase64(text) && !strings.HasPrefix(text, "data:") {
			return at
		}
	}
	return p
}

func (c *evidence) localPath(f *schema.Finding) {
	f.Cause = fmt.Sprintf("`%s` looks like a file name or a local path, which Runware cannot open", f.Parameter)
	f.Fix = fmt.Sprintf("upload the file with imageUpload and send its UUID or URL in `%s`, or send it as a data URI or base64", f.Parameter)
}
