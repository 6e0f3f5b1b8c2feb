package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// blamesModel tells an error about a model whose id is well formed.
func blamesModel(c *oneCase) bool {
	blamed := strings.EqualFold(c.e.Code, "invalidModel") || len(c.e.Parameters) == 1 && c.e.Parameters[0] == "model" && strings.HasPrefix(c.e.Code, "invalid")
	return blamed && c.t != nil && !c.req.Opaque && looks.IsAIR(c.t.Model)
}

// explainMisleadingModel knows requests whose shape is at fault although Runware's error blames the model: task types
// of before 2026 with `inputImage`, and a model where none is taken. Seen by users of the API; stated as likely.
func explainMisleadingModel(c *oneCase) (finding, bool) {
	model := c.t.Locate("model")
	if len(model) != 1 {
		return finding{}, false
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterDecision, schema.ConfidenceLikely)
	c.attachPlace(&f, model[0])
	if c.t.TaskType == "promptEnhance" {
		f.cause.saying = saying{key: modelNotTaken, name: c.t.Model}
		f.mend.saying = saying{key: removeNames, names: []string{"model"}}
		f.patch = []schema.Operation{remove(model[0].Pointer)}
		return f, true
	}
	current := currentTaskType(c.t.TaskType)
	if _, ok := c.t.Member("inputImage"); current == "" || current == c.t.TaskType || !ok {
		return finding{}, false
	}
	f.cause.saying = saying{key: oldTaskShape, name: c.t.Model, other: c.t.TaskType, text: current}
	f.mend.saying = saying{key: sendTaskType, text: current}
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

// namesTaskType tells an error about a task's type.
func namesTaskType(c *oneCase) bool {
	p, ok := c.first()
	about := ok && parameter.Fold(p.name) == "tasktype" || strings.Contains(strings.ToLower(c.e.Code), "tasktype")
	return about && c.t != nil && c.valueRules()
}

// explainTaskType handles a task type that does not exist: the documented ones are the list.
func explainTaskType(c *oneCase) (finding, bool) {
	places := c.t.Locate("taskType")
	if len(places) == 0 {
		return finding{}, false
	}
	if slices.Contains(taskTypes(), c.t.TaskType) {
		return finding{}, false // it exists: the error is about something else
	}
	f := c.finding(schema.CategoryUnsupportedValue, schema.RetryAfterDecision, schema.ConfidenceCertain)
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
	f.cause.saying = f.seen(noTaskType)
	f.mend.saying = saying{key: documentedTaskType}
	if current := currentTaskType(c.t.TaskType); current != "" {
		f.mend.saying = saying{key: setTaskType, name: current}
	}
	return f, true
}

// namesModel tells an error about a model that the request names.
func namesModel(c *oneCase) bool {
	p, ok := c.first()
	return ok && parameter.Fold(parameter.Last(p.name)) == "model" && p.present() && c.valueRules()
}

// explainModelID handles an error about the model's id: only its form can be proved.
func explainModelID(c *oneCase) (finding, bool) {
	p, _ := c.first()
	if text, _ := rawjson.Text(p.places[0].Raw); c.row.Category == schema.CategoryModelUnavailable && c.row.Cause != "" && looks.IsAIR(text) {
		return finding{}, false // the code knows more
	}
	if s, ok := c.claims.Signal(); ok {
		if row := codes.For(s.Direct); row.Category == schema.CategoryModelUnavailable || row.Category == schema.CategoryNotFound || row.Category == schema.CategoryPermission || c.row.Category != schema.CategoryInvalidParameter {
			return finding{}, false // the message knows more than the form of the id
		}
	}
	row := c.row
	if row.Code == "" || row.Cause == "" || row.Category == schema.CategoryConflict {
		row = codes.For("invalidModel")
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterDecision, schema.ConfidenceLikely)
	c.attach(&f, p)
	f.cause.saying = f.seen(noModel)
	f.mend.saying = saying{key: inText, text: c.fill(row.Fix)}
	text, isText := rawjson.Text(p.places[0].Raw)
	if trimmed := strings.TrimSpace(text); isText && trimmed != text && looks.IsAIR(trimmed) {
		f.Confidence = schema.ConfidenceCertain
		f.cause.saying = f.seen(blankAround)
		f.mend.saying = saying{key: setTo, name: f.Parameter, value: schema.StringValue(trimmed)}
		c.patchAt(&f, replace(p.places[0].Pointer, schema.StringValue(trimmed)))
		return f, true
	}
	if !isText || !looks.IsAIR(text) {
		f.Confidence = schema.ConfidenceCertain
		f.cause.saying = f.seen(noModelID)
		f.Constraint = &schema.Constraint{Text: "AIR id, source:id@version", Source: schema.SourceMessage}
	}
	return f, true
}
