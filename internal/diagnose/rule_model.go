package diagnose

import (
	"fmt"
	"slices"
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
	if slices.Contains(taskTypes(), c.t.taskType) {
		return schema.Finding{}, false // it exists: the error is about something else
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
	f.Cause = "Runware has no task type " + c.shown(f)
	f.Fix = "use one of Runware's task types: which one is the user's choice"
	if current := currentTaskType(c.t.taskType); current != "" {
		f.Fix = fmt.Sprintf("set `taskType` to `%s`", current)
		c.patchAt(&f, replace(places[0].pointer, schema.StringValue(current)))
	}
	return f, true
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
