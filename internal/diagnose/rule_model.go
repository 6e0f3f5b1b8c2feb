package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// explainMisleadingModel knows requests whose shape is at fault although Runware's error blames the model: task types
// of before 2026 with `inputImage`, and a model where none is taken. Seen by users of the API; stated as likely.
func explainMisleadingModel(c *evidence) (schema.Finding, bool) {
	blamesModel := strings.EqualFold(c.e.Code, "invalidModel") || len(c.e.Parameters) == 1 && c.e.Parameters[0] == "model" && strings.HasPrefix(c.e.Code, "invalid")
	if !blamesModel || c.t == nil || c.req.Opaque {
		return schema.Finding{}, false
	}
	model := c.t.Locate("model")
	if len(model) != 1 || !looks.IsAIR(c.t.Model) {
		return schema.Finding{}, false
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterChange, schema.ConfidenceLikely)
	c.attachPlace(&f, model[0])
	taskType := rawjson.Pointer(c.t.Base, "taskType")
	if c.t.TaskType == "promptEnhance" {
		f.Cause = fmt.Sprintf("`%s` is a well-formed model id, so the error is likely to mean that `promptEnhance` takes no `model` at all", c.t.Model)
		f.Fix = "remove `model`"
		f.Patch = []schema.Operation{remove(model[0].Pointer)}
		return f, true
	}
	current := currentTaskType(c.t.TaskType)
	input, ok := c.t.Member("inputImage")
	if current == "" || current == c.t.TaskType || !ok {
		return schema.Finding{}, false
	}
	at := request.Place{Pointer: c.t.Base, Raw: input}.Member("inputImage")
	f.Cause = fmt.Sprintf("`%s` is a well-formed model id, so the likely fault is the old shape of the task: `%s` with `inputImage` is now `%s` with `inputs.image`", c.t.Model, c.t.TaskType, current)
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
	switch parameter.Fold(old) {
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
		if parameter.Fold(t) == parameter.Fold(old) {
			return t
		}
		all = append(all, schema.StringValue(t))
	}
	text, _ := rawjson.Text(constraint.NearestName(old, all))
	return text
}

// explainTaskType handles a task type that does not exist: the documented ones are the list.
func explainTaskType(c *evidence) (schema.Finding, bool) {
	p, ok := c.first()
	about := ok && parameter.Fold(p.name) == "tasktype" || strings.Contains(strings.ToLower(c.e.Code), "tasktype")
	if !about || c.t == nil || !c.valueRules() {
		return schema.Finding{}, false
	}
	places := c.t.Locate("taskType")
	if len(places) == 0 {
		return schema.Finding{}, false
	}
	if slices.Contains(taskTypes(), c.t.TaskType) {
		return schema.Finding{}, false // it exists: the error is about something else
	}
	f := c.finding(schema.CategoryUnsupportedValue, schema.RetryAfterChange, schema.ConfidenceCertain)
	c.attachPlace(&f, places[0])
	var allowed []schema.Value
	source := schema.SourceDocumentation
	for _, l := range c.claims.Lists {
		source = schema.SourceMessage
		for _, item := range l.Items {
			allowed = append(allowed, schema.StringValue(item))
		}
	}
	if len(allowed) == 0 {
		for _, t := range taskTypes() {
			allowed = append(allowed, schema.StringValue(t))
		}
	}
	f.Constraint = &schema.Constraint{Text: constraint.ListText(allowed), Allowed: allowed, Source: source}
	f.Cause = "Runware has no task type " + c.shown(f)
	f.Fix = "use one of Runware's task types: which one is the user's choice"
	if current := currentTaskType(c.t.TaskType); current != "" {
		f.Fix = fmt.Sprintf("set `taskType` to `%s`", current)
		c.patchAt(&f, replace(places[0].Pointer, schema.StringValue(current)))
	}
	return f, true
}

// explainModelID handles an error about the model's id: only its form can be proved.
func explainModelID(c *evidence) (schema.Finding, bool) {
	p, ok := c.first()
	if !ok || parameter.Fold(parameter.Last(p.name)) != "model" || !p.present() || !c.valueRules() {
		return schema.Finding{}, false
	}
	if s, ok := c.claims.Signal(); ok {
		if row := codes.For(s.Direct); row.Category == schema.CategoryModelUnavailable || row.Category == schema.CategoryNotFound || c.row.Category != schema.CategoryInvalidParameter {
			return schema.Finding{}, false // the message knows more than the form of the id
		}
	}
	row := c.row
	if row.Code == "" || row.Cause == "" {
		row = codes.For("invalidModel")
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterChange, schema.ConfidenceLikely)
	c.attach(&f, p)
	f.Cause, f.Fix = fmt.Sprintf("Runware does not accept %s as a model here", c.shown(f)), c.fill(row.Fix)
	if text, isText := rawjson.Text(p.places[0].Raw); !isText || !looks.IsAIR(text) {
		f.Confidence = schema.ConfidenceCertain
		f.Cause = fmt.Sprintf("`%s` is %s, which is no model id of the form `source:id@version`", f.Parameter, c.shown(f))
		f.Constraint = &schema.Constraint{Text: "AIR id, source:id@version", Source: schema.SourceMessage}
	}
	return f, true
}
