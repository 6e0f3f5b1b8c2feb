package diagnose

import (
	"encoding/base64"
	"fmt"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// explainUnreadable handles media that Runware could not fetch or decode: the value is a form that it takes, the
// content is not.
func explainUnreadable(c *evidence) (schema.Finding, bool) {
	byCode := c.row.category == schema.CategoryInputMedia
	p, ok := c.first()
	if !ok || !p.present() || !c.valueRules() || isSide(p.spelling()) || foldName(lastStep(p.name)) == "model" {
		return schema.Finding{}, false
	}
	if text, isText := rawjson.Text(p.places[0].raw); isText && isAIR(text) {
		return schema.Finding{}, false // a model, not media
	}
	if !byCode && !c.claims.says(saysUnreadable) && !c.aboutFile(p.places[0]) {
		return schema.Finding{}, false
	}
	row := c.row
	if !byCode || row.cause == "" {
		row, _ = adviceFor("failedToTransferImage")
	}
	confidence := schema.ConfidenceLikely
	f := c.finding(schema.CategoryInputMedia, row.retry, confidence)
	c.attach(&f, p)
	f.Cause, f.Fix = c.fill(row.cause), c.fill(row.fix)
	c.constrainFile(&f)
	if c.claims.says(saysMediaProperty) && !c.claims.says(saysUnreadable) && len(c.claims.formats) == 0 {
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
	if mediaType, data, ok := cutDataURI(text); ok {
		f.Cause = fmt.Sprintf("Runware could not use the data URI at `%s`, which declares %s", f.Parameter, mediaType)
		f.Fix = "send the complete media in an accepted format"
		if c.refusesFormat(mediaType) {
			f.Confidence = schema.ConfidenceCertain
			f.Cause = fmt.Sprintf("`%s` is a data URI of type %s; Runware accepts %s there", f.Parameter, mediaType, strings.Join(c.claims.formats, ", "))
			f.Fix = "convert the media to " + strings.Join(c.claims.formats, " or ")
		} else if found := sniff(data); found != "" && found != mediaType {
			f.Cause += "; its data begins like " + found
		}
		return f, true
	}
	if isBase64(text) {
		f.Cause = fmt.Sprintf("Runware could not read the base64 data at `%s`", f.Parameter)
		if mediaType := sniff(text); mediaType != "" {
			f.Cause += ", which begins like " + mediaType
		}
		if _, err := base64.StdEncoding.DecodeString(strings.Map(dropLineBreaks, text)); err != nil {
			f.Cause += " and is not complete base64"
		}
		f.Fix = "check that the data is a whole picture and was not cut, then send it again"
		return f, true
	}
	if isLocalPath(text) {
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
func (c *evidence) mediaText(f *schema.Finding, p place) (string, bool) {
	if text, ok := rawjson.Text(p.raw); ok {
		return text, true
	}
	if rawjson.Len(p.raw) != 1 {
		return "", false
	}
	for i, item := range rawjson.Items(p.raw) {
		at := p.item(i)
		at.raw = item
		if text, ok := rawjson.Text(item); ok {
			f.Actual, f.Measure = actualOf(at)
			return text, true
		}
	}
	return "", false
}

// aboutFile tells whether the message speaks of a property of the media itself: its format, its size.
func (c *evidence) aboutFile(p place) bool {
	text, ok := rawjson.Text(p.raw)
	if ok && !isURL(text) && !isUUID(text) && !isBase64(text) && !strings.HasPrefix(text, "data:") {
		return false
	}
	lower := strings.ToLower(c.e.Message)
	folded := strings.ReplaceAll(lower+" "+strings.ToLower(c.e.Code), " ", "")
	tooBig := false
	for _, w := range [...]string{"toolarge", "toosmall", "toobig", "toolong", "tooshort", "toowide", "toohigh"} {
		tooBig = tooBig || ok && strings.Contains(folded, w)
	}
	for _, b := range c.claims.bounds { // a number, a size or a shape cannot be meant of a URL
		tooBig = tooBig || ok && text != "" && (b.kind != number || b.unit == unitBytes)
	}
	formats := ok && len(c.claims.formats) > 0 && !c.claims.media
	number := rawjson.KindOf(p.raw) == rawjson.Number
	return !number && (tooBig || formats || c.claims.says(saysMediaProperty) && !c.claims.says(saysCount))
}

// constrainFile says what the message asks of a file: formats, or a size of it.
func (c *evidence) constrainFile(f *schema.Finding) {
	if len(c.claims.formats) > 0 {
		text := strings.Join(c.claims.formats, ", ")
		if c.claims.media {
			text = "UUID v4, data URI, base64, or public URL; " + text
		}
		f.Constraint = &schema.Constraint{Text: text, Source: schema.SourceMessage}
		return
	}
	r := rule{}
	for _, b := range c.claims.bounds {
		if b.kind == number {
			if b.apply(&r) && r.unit == unitItems {
				r.unit = unitNone
			}
		}
	}
	if _, shape := c.areaRule(); shape != nil {
		f.Constraint = &schema.Constraint{Text: areaText(nil, shape), Source: schema.SourceMessage}
		return
	}
	if !r.bounded() {
		return
	}
	text := r.text("")
	if lower := strings.ToLower(c.e.Message); r.unit == unitNone && (strings.Contains(lower, "pixel") || strings.Contains(lower, "px")) {
		text += " pixels"
	}
	f.Constraint = &schema.Constraint{Text: text, Min: r.Min, Max: r.Max, ExclusiveMin: r.ExclusiveMin, ExclusiveMax: r.ExclusiveMax, Source: schema.SourceMessage}
}

// refusesFormat tells whether a media type is none of the formats that the message lists.
func (c *evidence) refusesFormat(mediaType string) bool {
	_, format, ok := strings.Cut(strings.ToLower(mediaType), "/")
	if !ok || len(c.claims.formats) == 0 {
		return false
	}
	format = strings.TrimPrefix(format, "x-")
	for _, accepted := range c.claims.formats {
		if a := strings.ToLower(accepted); a == format || sameFormat(a, format) {
			return false
		}
	}
	return true
}

// explainMediaForm handles a media input that is in none of the forms that Runware takes.
func explainMediaForm(c *evidence) (schema.Finding, bool) {
	p, ok := c.first()
	if !ok || !c.claims.media || !c.valueRules() {
		return schema.Finding{}, false
	}
	category := schema.CategoryInvalidParameter
	if c.row.category == schema.CategoryInputMedia {
		category = schema.CategoryInputMedia
	}
	f := c.finding(category, schema.RetryAfterChange, schema.ConfidenceLikely)
	c.attach(&f, p)
	text := "UUID v4, data URI, base64, or public URL"
	if c.claims.typ == "array" {
		text = "array of strings: " + text
	}
	if len(c.claims.formats) > 0 {
		text += "; " + strings.Join(c.claims.formats, ", ")
	}
	f.Constraint = &schema.Constraint{Text: text, Source: schema.SourceMessage}
	f.Cause = fmt.Sprintf("`%s` is in none of the forms that Runware takes for media", f.Parameter)
	f.Fix = fmt.Sprintf("send `%s` as a public URL, the UUID of an uploaded or generated file, a data URI or base64", f.Parameter)
	if !p.present() {
		f.Cause = fmt.Sprintf("the error names `%s`, which the recorded request does not hold", p.name)
		return f, true
	}
	at := c.offending(p.places[0])
	value, ok := rawjson.Text(at.raw)
	if !ok {
		return f, true
	}
	f.Actual, f.Measure = actualOf(at)
	if mediaType, _, isData := cutDataURI(value); isData && c.refusesFormat(mediaType) {
		f.Category, f.Confidence = schema.CategoryInputMedia, schema.ConfidenceCertain
		f.Cause = fmt.Sprintf("`%s` is a data URI of type %s; Runware accepts %s there", at.parameter, mediaType, strings.Join(c.claims.formats, ", "))
		f.Fix = "convert the media to " + strings.Join(c.claims.formats, " or ")
		return f, true
	}
	if isLocalPath(value) {
		f.Confidence = schema.ConfidenceCertain
		c.localPath(&f)
	}
	if c.claims.typ == "array" && rawjson.KindOf(p.places[0].raw) == rawjson.String {
		f.Confidence = schema.ConfidenceCertain
		f.Cause = fmt.Sprintf("`%s` is a string; Runware accepts an array of strings there", f.Parameter)
		if f.Fix = fmt.Sprintf("put the value of `%s` into an array", f.Parameter); isLocalPath(value) {
			f.Cause += ", and this string looks like a file name, which Runware cannot open"
			f.Fix = fmt.Sprintf("send `%s` as an array of public URLs, UUIDs, data URIs or base64; upload the file first, or encode it", f.Parameter)
		} else if isURL(value) || isUUID(value) || isBase64(value) || strings.HasPrefix(value, "data:") {
			c.reshape(&f, p.places[0], wrap)
		}
	}
	return f, true
}

// offending is the item of an array that is in no form of media; the place itself where it is a string.
func (c *evidence) offending(p place) place {
	for i, item := range rawjson.Items(p.raw) {
		at := p.item(i)
		at.raw = item
		if text, ok := rawjson.Text(item); !ok || !isURL(text) && !isUUID(text) && !isBase64(text) && !strings.HasPrefix(text, "data:") {
			return at
		}
	}
	return p
}

func (c *evidence) localPath(f *schema.Finding) {
	f.Cause = fmt.Sprintf("`%s` looks like a file name or a local path, which Runware cannot open", f.Parameter)
	f.Fix = fmt.Sprintf("upload the file with imageUpload and send its UUID or URL in `%s`, or send it as a data URI or base64", f.Parameter)
}

func isLocalPath(s string) bool {
	if isURL(s) || isUUID(s) || isBase64(s) || strings.HasPrefix(strings.ToLower(s), "data:") || s == "" || len(s) > maxShownURL {
		return false
	}
	at := strings.LastIndexByte(s, '.')
	extension := at >= 0 && len(s)-at >= 3 && len(s)-at <= 6 && !strings.ContainsAny(s[at:], "/\\ ")
	return extension || strings.HasPrefix(s, "file:") || strings.HasPrefix(s, "/") || strings.HasPrefix(s, "./") || strings.HasPrefix(s, "~/") || len(s) > 3 && s[1] == ':' && (s[2] == '\\' || s[2] == '/')
}
