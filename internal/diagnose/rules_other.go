package diagnose

import (
	"encoding/base64"
	"fmt"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// explainMisleadingModel knows requests whose shape is at fault although Runware's error blames the model: task types
// of before 2026 with `inputImage`, and a model where none is taken. Seen by users of the API; stated as likely.
func explainMisleadingModel(c *evidence) (schema.Finding, bool) {
	blamesModel := strings.EqualFold(c.e.Code, "invalidModel") || len(c.e.Parameters) == 1 && c.e.Parameters[0] == "model" && strings.HasPrefix(c.e.Code, "invalid")
	if !blamesModel || c.t == nil || c.req.opaque {
		return schema.Finding{}, false
	}
	model := c.t.locate("model")
	if len(model) != 1 || !isAIR(c.t.model) {
		return schema.Finding{}, false
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterChange, schema.ConfidenceLikely)
	c.attachPlace(&f, model[0])
	taskType := rawjson.Pointer(c.t.base, "taskType")
	if c.t.taskType == "promptEnhance" {
		f.Cause = fmt.Sprintf("`%s` is a well-formed model id, so the error is likely to mean that `promptEnhance` takes no `model` at all", c.t.model)
		f.Fix = "remove `model`"
		f.Patch = []schema.Operation{remove(model[0].pointer)}
		return f, true
	}
	current := currentTaskType(c.t.taskType)
	input, ok := c.t.member("inputImage")
	if current == "" || current == c.t.taskType || !ok {
		return schema.Finding{}, false
	}
	at := place{pointer: c.t.base, raw: input}.member("inputImage")
	f.Cause = fmt.Sprintf("`%s` is a well-formed model id, so the likely fault is the old shape of the task: `%s` with `inputImage` is now `%s` with `inputs.image`", c.t.model, c.t.taskType, current)
	f.Fix = fmt.Sprintf("send taskType `%s` with the image in `inputs.image`, and a model made for it", current)
	f.Patch = append([]schema.Operation{replace(taskType, schema.StringValue(current))}, c.moveInto(at, "inputs.image")...)
	return f, true
}

// taskTypes are those that Runware documents. Source: runware-typescript src/types/task-map.ts.
func taskTypes() []string {
	return []string{
		"imageInference", "videoInference", "audioInference", "3dInference", "textInference", "upscale", "removeBackground", "caption",
		"controlNetPreprocess", "imageMasking", "vectorize", "promptEnhance", "training", "imageUpload", "mediaStorage", "modelSearch",
		"modelUpload", "accountManagement", "authentication", "getResponse", "getTaskDetails", "ping",
	}
}

// currentTaskType is what a task type of former days, or of other services, is called now; "" if that is not known.
func currentTaskType(old string) string {
	switch foldName(old) {
	case "imagebackgroundremoval", "backgroundremoval", "removebg":
		return "removeBackground"
	case "imageupscale", "imageupscaling", "upscaling":
		return "upscale"
	case "imagecaption", "captioning", "imagetotext":
		return "caption"
	case "imagecontrolnetpreprocess", "controlnetpreprocessing":
		return "controlNetPreprocess"
	case "imagegeneration", "texttoimage", "text2image", "txt2img", "imagetoimage", "img2img", "generateimage", "image":
		return "imageInference"
	case "videogeneration", "texttovideo", "imagetovideo", "text2video", "generatevideo", "video":
		return "videoInference"
	case "audiogeneration", "texttoaudio", "texttospeech", "generateaudio", "audio":
		return "audioInference"
	case "3dgeneration", "imageto3d", "textto3d", "3d":
		return "3dInference"
	case "textgeneration", "chat", "chatcompletion", "text", "llminference":
		return "textInference"
	case "promptenhancement", "promptenhancer", "enhanceprompt":
		return "promptEnhance"
	}
	var all []schema.Value
	for _, t := range taskTypes() {
		if foldName(t) == foldName(old) {
			return t
		}
		all = append(all, schema.StringValue(t))
	}
	text, _ := rawjson.Text(nearestName(old, all))
	return text
}

// explainTaskType handles a task type that does not exist: the documented ones are the list.
func explainTaskType(c *evidence) (schema.Finding, bool) {
	p, ok := c.first()
	about := ok && foldName(p.name) == "tasktype" || strings.Contains(strings.ToLower(c.e.Code), "tasktype")
	if !about || c.t == nil || !c.valueRules() {
		return schema.Finding{}, false
	}
	places := c.t.locate("taskType")
	if len(places) == 0 {
		return schema.Finding{}, false
	}
	for _, t := range taskTypes() {
		if t == c.t.taskType {
			return schema.Finding{}, false // it exists: the error is about something else
		}
	}
	f := c.finding(schema.CategoryUnsupportedValue, schema.RetryAfterChange, schema.ConfidenceCertain)
	c.attachPlace(&f, places[0])
	var allowed []schema.Value
	source := schema.SourceDocumentation
	for _, l := range c.claims.lists {
		source = schema.SourceMessage
		for _, item := range l.items {
			allowed = append(allowed, schema.StringValue(item))
		}
	}
	if len(allowed) == 0 {
		for _, t := range taskTypes() {
			allowed = append(allowed, schema.StringValue(t))
		}
	}
	f.Constraint = &schema.Constraint{Text: listText(allowed), Allowed: allowed, Source: source}
	f.Cause = fmt.Sprintf("Runware has no task type %s", c.shown(f))
	f.Fix = "use one of Runware's task types: which one is the user's choice"
	if current := currentTaskType(c.t.taskType); current != "" {
		f.Fix = fmt.Sprintf("set `taskType` to `%s`", current)
		c.patchAt(&f, replace(places[0].pointer, schema.StringValue(current)))
	}
	return f, true
}

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
			f.Fix = fmt.Sprintf("convert the media to %s", strings.Join(c.claims.formats, " or "))
		} else if found := sniff(data); found != "" && found != mediaType {
			f.Cause += fmt.Sprintf("; its data begins like %s", found)
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
		f.Fix = fmt.Sprintf("convert the media to %s", strings.Join(c.claims.formats, " or "))
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

// isAIR tells a well-formed model id, source:id@version.
func isAIR(s string) bool {
	source, rest, ok := strings.Cut(s, ":")
	id, version, okVersion := strings.Cut(rest, "@")
	return ok && okVersion && source != "" && id != "" && version != "" && isModelID(s)
}

// explainModelID handles an error about the model's id: only its form can be proved.
func explainModelID(c *evidence) (schema.Finding, bool) {
	p, ok := c.first()
	if !ok || foldName(lastStep(p.name)) != "model" || !p.present() || !c.valueRules() {
		return schema.Finding{}, false
	}
	if s, ok := classify(c.e.Message); ok {
		if row, _ := adviceFor(s.direct); row.category == schema.CategoryModelUnavailable || row.category == schema.CategoryNotFound || c.row.category != schema.CategoryInvalidParameter {
			return schema.Finding{}, false // the message knows more than the form of the id
		}
	}
	row := c.row
	if row.code == "" || row.cause == "" {
		row, _ = adviceFor("invalidModel")
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterChange, schema.ConfidenceLikely)
	c.attach(&f, p)
	f.Cause, f.Fix = fmt.Sprintf("Runware does not accept %s as a model here", c.shown(f)), c.fill(row.fix)
	if text, isText := rawjson.Text(p.places[0].raw); !isText || !isAIR(text) {
		f.Confidence = schema.ConfidenceCertain
		f.Cause = fmt.Sprintf("`%s` is %s, which is no model id of the form `source:id@version`", f.Parameter, c.shown(f))
		f.Constraint = &schema.Constraint{Text: "AIR id, source:id@version", Source: schema.SourceMessage}
	}
	return f, true
}

// explainSignal reads causes that have nothing to do with one parameter out of the message's words.
func explainSignal(c *evidence) (schema.Finding, bool) {
	if c.row.code != "" && !c.row.general {
		return schema.Finding{}, false
	}
	s, ok := classify(c.e.Message)
	if !ok {
		return schema.Finding{}, false
	}
	row, _ := adviceFor(s.direct)
	if c.row.category == schema.CategoryProviderFailure {
		row, _ = adviceFor(s.provider)
	}
	if c.row.category == row.category {
		row = c.row
	}
	return c.fromRow(row, schema.ConfidenceLikely), true
}

// explainNamed says as much as the error does about a parameter: that it is refused, and that no rule is stated.
func explainNamed(c *evidence) (schema.Finding, bool) {
	p, ok := c.first()
	if !ok || !c.valueRules() || c.t == nil {
		return schema.Finding{}, false
	}
	category := c.row.category
	if !aboutParameters(category) {
		category = schema.CategoryInvalidParameter
	}
	lower := strings.ToLower(c.e.Message)
	if category == schema.CategoryInvalidParameter && (complainsOfValue(lower) || c.claims.says(saysUnsupportedValue)) {
		category = schema.CategoryUnsupportedValue
	}
	if category == schema.CategoryUnsupportedParameter && complainsOfValue(lower) {
		category = schema.CategoryUnsupportedValue
	}
	f := c.finding(category, schema.RetryAfterChange, schema.ConfidenceLikely)
	c.attach(&f, p)
	r := rule{}
	c.addMessage(&r, place{parameter: p.name}, false)
	f.Constraint = r.constraint("")
	name := "`" + f.Parameter + "`"
	if c.row.cause != "" {
		f.Cause, f.Fix = c.fill(c.row.cause), c.fill(c.row.fix)
		return f, true
	}
	if !p.present() {
		f.Cause = fmt.Sprintf("the error names %s, which the recorded request does not hold: a default or a preset may set it", name)
		f.Fix = fmt.Sprintf("set %s in the request; what is accepted is not said, the model's documentation knows", name)
		return f, true
	}
	f.Cause = fmt.Sprintf("%s refuses %s for %s; what it accepts is not said", c.who(), c.shown(f), name)
	f.Fix = fmt.Sprintf("choose another value for %s from the model's documentation: the error states no rule", name)
	return f, true
}

// explainCode answers with the row of the code, or of its family.
func explainCode(c *evidence) (schema.Finding, bool) {
	if c.row.code == "" {
		return schema.Finding{}, false
	}
	f := c.fromRow(c.row, c.confidence(c.row))
	if f.Cause == "" {
		f.Confidence = schema.ConfidenceGuess
		f.Cause = fmt.Sprintf("%s refused the request and named no parameter that could be found in it", c.who())
		f.Fix = "read Runware's message and change what it names"
	}
	return f, true
}

// explainMessage is the last rule: Runware's own words, and no claim beside them.
func explainMessage(c *evidence) (schema.Finding, bool) {
	if c.e.ErrorID == "19" { // 2024's WebSocket API numbered its errors; this one alone is known
		row, _ := adviceFor("invalidApiKey")
		return c.fromRow(row, schema.ConfidenceLikely), true
	}
	f := c.finding(schema.CategoryUnknown, schema.RetryNo, schema.ConfidenceGuess)
	f.Cause = "Runware reports an error that is not known here"
	if code := f.Code; code != "" && validName(code) {
		f.Cause = fmt.Sprintf("Runware reports `%s`, a code that is not known here", code)
	}
	f.Fix = "read Runware's message; whether sending it again helps is not known"
	return f, true
}
