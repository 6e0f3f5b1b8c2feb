package diagnose

import (
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// Checked says how far a task of a request was judged.
type Checked struct {
	Index    int    // in the request array
	TaskType string // empty where it is no plain name
	Model    string // likewise
	Price    string // that is published for it, in words; empty where there is none
	BySchema bool   // against the schema of its model; else by what is known of all requests
}

// Request explains what is wrong with a request that was not sent yet: what would be refused, what is ignored, and what
// could not be judged. The category is none where nothing is known to be wrong.
func Request(raw []byte, model func(id string) Model) (schema.Diagnosis, []Checked) {
	req := request.Read(raw)
	o := &outcome{unsent: true, several: len(req.Tasks) > 1}
	if req.Left > 0 {
		o.note(saying{key: moreTasks, count: req.Left})
	}
	known := &schemas{model: model, known: map[int]*judgement{}, unsent: true}
	findings := wholeRequest(raw, req)
	var all []Checked
	for i := range req.Tasks {
		t := &req.Tasks[i]
		c := &oneCase{req: req, t: t, schema: known.of(req, t)}
		if c.isOtherTask() {
			c.schema, known.known[t.Index] = nil, nil
			o.note(saying{key: inText, text: taskIn(c) + otherTask + andList([]string{c.modelID()})})
		}
		all = append(all, c.checked())
		findings = append(findings, c.unsent()...)
		for _, n := range c.unjudged() {
			if !slices.ContainsFunc(o.notes, func(other saying) bool { return other.text == n.text }) {
				o.note(n)
			}
		}
	}
	if more := len(findings) - maxFindings; more > 0 {
		findings = findings[:maxFindings]
		o.note(saying{key: inText, text: strconv.Itoa(more) + moreFindings})
	}
	known.listed(req, findings, o.note)
	mend := together(req, findings, known)
	mend.withoutDoubles(req, findings)
	if mend.rest.key != silent {
		o.note(mend.rest)
	}
	known.dearer(req, mend.patch, o.note)
	if len(findings) == 0 {
		return o.sayUnbroken(all), all
	}
	return say(o, findings, mend), all
}

// checked names the type and the model where they are fit to be repeated.
func (c *oneCase) checked() Checked {
	one := Checked{Index: c.t.Index, Model: c.modelID(), BySchema: c.schema != nil}
	if parameter.Valid(c.t.TaskType) {
		one.TaskType = c.t.TaskType
	}
	if c.schema != nil {
		if price, known := c.schema.Price(c.schema.task); known {
			one.Price = priceText(price)
		}
	}
	return one
}

// unsent lists what is wrong with a task: first by its model's schema, which knows the most, then by what holds for all.
func (c *oneCase) unsent() []finding {
	var findings []finding
	add := func(f finding) {
		if f = c.permitted(f); !says(findings, f) {
			findings = append(findings, f)
		}
	}
	if c.schema != nil {
		for _, condition := range c.schema.broken() {
			if condition.Kind == schema.BreachUnknown && isFormerName(condition.Pointer) {
				continue
			}
			f := c.fromCondition(condition)
			f.Documentation = c.schema.Documentation(f.Parameter)
			add(f)
		}
	}
	for _, r := range unsentRules() {
		raw, held := c.t.Member(r.name)
		if held = held && !isNull(raw); r.breaks(c, raw, held) {
			add(c.fromUnsentRule(r, raw, held))
		}
	}
	return findings
}

// unsentRule is a rule that holds for the tasks of all models, by Runware's documentation.
type unsentRule struct {
	name     string // of the member
	breaks   func(c *oneCase, raw []byte, held bool) bool
	category schema.Category
	accepts  string // the rule in words
	cause    string // behind the name of the member and what the request holds there
	mend     string
}

// unsentRules are few: a rule that is stated for some models only stands in their schemas.
//
// Source: https://runware.ai/docs/platform/introduction and …/authentication: a request is an array of tasks, each with
// `taskType` and a `taskUUID` that no other has; `webhookURL` and `deliveryMethod` by …/webhooks and …/task-polling.
func unsentRules() []unsentRule {
	return []unsentRule{
		{"taskType", lacksMember, schema.CategoryMissingParameter, "required", taskTypeMissing, addTaskType},
		{"taskType", hasOddType, schema.CategoryUnsupportedValue, "one of Runware's task types", taskTypeUnknown, useTaskType},
		{"taskUUID", lacksID, schema.CategoryMissingParameter, "required", taskUUIDMissing, addTaskUUID},
		{"taskUUID", hasOddID, schema.CategoryInvalidParameter, "a UUID v4", taskUUIDOdd, makeTaskUUID},
		{"taskUUID", repeatsID, schema.CategoryConflict, "not used by another task", taskUUIDShared, makeTaskUUID},
		{"model", hasOddModel, schema.CategoryInvalidParameter, "a model's id, source:id@version", modelOdd, useModelID},
		{"webhookURL", isNoURL, schema.CategoryInvalidParameter, "an http or https URL", webhookOdd, useURL},
		{"deliveryMethod", hasOddDelivery, schema.CategoryUnsupportedValue, "sync, async or stream", deliveryOdd, useDelivery},
	}
}

func lacksMember(_ *oneCase, _ []byte, held bool) bool { return !held }

// hasOddType is silent about a type of former days, which is noted: some are still taken.
func hasOddType(c *oneCase, raw []byte, held bool) bool {
	return held && (rawjson.KindOf(raw) != rawjson.String || !slices.Contains(taskTypes(), c.t.TaskType) && !isFormerType(c.t.TaskType))
}

// isFormerType tells the task types that Runware's documentation had before. Source: sdk-js types.ts.
func isFormerType(taskType string) bool {
	return slices.Contains([]string{"imageUpscale", "imageBackgroundRemoval", "imageCaption", "imageControlNetPreProcess", "photoMaker"}, taskType)
}

// isOtherTask tells a task that does something else with its model than what the model's schema describes: trains it, or
// enhances a prompt for it. Between two kinds of inference the schema is right, and the type is wrong.
func (c *oneCase) isOtherTask() bool {
	if c.schema == nil || !slices.Contains(taskTypes(), c.t.TaskType) && !isFormerType(c.t.TaskType) {
		return false
	}
	accepts, _ := c.schema.Constraint("/taskType")
	described := func(v schema.Value) bool { return string(v) == string(schema.StringValue(c.t.TaskType)) }
	return len(accepts.Allowed) > 0 && !slices.ContainsFunc(accepts.Allowed, described) && !strings.HasSuffix(c.t.TaskType, "Inference")
}

// isFormerName tells the pointer to a member that the documentation had before, and that is still taken.
//
// Source: https://docs.runware.ai/en/image-inference/api-reference, `checkNSFW`; now `safety.checkContent`.
func isFormerName(pointer string) bool { return pointer == "/checkNSFW" }

func lacksID(c *oneCase, _ []byte, held bool) bool { return !held && c.t.Runs() }

// lacksAnID tells whether a finding is of [lacksID].
func lacksAnID(findings []finding) bool {
	return slices.ContainsFunc(findings, func(f finding) bool {
		return f.Parameter == "taskUUID" && f.Category == schema.CategoryMissingParameter
	})
}

// hasOddID lets UUIDs of any version pass, and other variants: Runware's own documentation has them.
func hasOddID(c *oneCase, _ []byte, held bool) bool { return held && !looks.IsUUID(c.t.UUID) }

// repeatsID spares the first task of those that share an id: it may keep it.
func repeatsID(c *oneCase, _ []byte, held bool) bool {
	return held && c.req.Sharing(c.t.UUID)[0].Index != c.t.Index
}

func hasOddModel(c *oneCase, _ []byte, held bool) bool { return held && !looks.IsAIR(c.t.Model) }

func isNoURL(_ *oneCase, raw []byte, held bool) bool {
	text, _ := rawjson.Text(raw)
	return held && !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://")
}

func hasOddDelivery(_ *oneCase, raw []byte, held bool) bool {
	text, _ := rawjson.Text(raw)
	return held && !slices.Contains([]string{"sync", "async", "stream"}, text)
}

// fromUnsentRule makes a finding of a rule. It is likely: no answer of Runware's and no schema states it.
func (c *oneCase) fromUnsentRule(r unsentRule, raw []byte, held bool) finding {
	f := c.finding(r.category, schema.RetryAfterDecision, schema.ConfidenceLikely)
	f.Parameter, f.Message = r.name, ""
	f.Constraint = &schema.Constraint{Text: r.accepts, Source: schema.SourceDocumentation}
	f.cause.saying = saying{key: inText, text: "`" + r.name + "` " + r.cause}
	f.mend.saying = saying{key: inText, text: r.mend}
	if held {
		c.attachPlace(&f, request.Place{Parameter: r.name, Pointer: rawjson.Pointer(c.t.Base, r.name), Raw: raw})
	}
	if current := currentTaskType(c.t.TaskType); r.name == "taskType" && held && current != "" {
		f.mend.saying = saying{key: setTaskType, name: current}
	}
	return f
}

// wholeRequest lists what is wrong with the request around its tasks.
func wholeRequest(raw []byte, req *request.Request) []finding {
	wrong := func(cause, mend string) []finding {
		f := answer(schema.Finding{Category: schema.CategoryInvalidParameter, Retry: schema.RetryAfterDecision, Confidence: schema.ConfidenceLikely})
		f.Constraint = &schema.Constraint{Text: "an array of task objects", Source: schema.SourceDocumentation}
		f.cause.saying = saying{key: inText, text: cause}
		f.mend.saying = saying{key: inText, text: mend}
		return []finding{f}
	}
	if rawjson.Len(raw) == 0 {
		return wrong(requestEmpty, addTask)
	}
	if len(req.Tasks) == 0 {
		return wrong(requestHoldsNoTask, makeObjects)
	}
	for _, item := range rawjson.Items(raw) {
		if rawjson.KindOf(item) != rawjson.Object {
			return wrong(requestHoldsOthers, makeObjects)
		}
	}
	return nil
}

// unjudged says what of a task could not be judged, and what of it the model does not read.
func (c *oneCase) unjudged() []saying {
	var notes []saying
	note := func(text string, names ...string) {
		notes = append(notes, saying{key: inText, text: taskIn(c) + text + andList(names)})
	}
	if model := c.modelID(); c.schema == nil && model != "" { // of several tasks with one model said once
		notes = append(notes, saying{key: inText, text: schemaUnknown + andList([]string{model})})
	}
	if c.schema != nil && looks.IsModelID(c.t.Model) {
		if state := stateOf(c.t, c.schema); state.key != silent {
			notes = append(notes, saying{key: inText, text: strings.TrimLeft(state.String(), "; ")})
		}
	}
	if isFormerType(c.t.TaskType) {
		note(formerType, currentTaskType(c.t.TaskType))
	}
	if raw, held := c.t.Member("checkNSFW"); held && c.schema != nil && !isNull(raw) {
		note(formerName, "safety.checkContent")
	}
	switch unread := c.unread(); {
	case c.schema == nil && len(unread) > 0:
		note(namesUnknown, unread...)
	case len(unread) > 0:
		note(namesIgnored, unread...)
	}
	return notes
}

// unread lists the members that the schema has no place for and does not refuse; without a schema those that no
// documentation of Runware's names.
func (c *oneCase) unread() []string {
	var names []string
	known := map[string]bool{}
	if c.schema != nil {
		for _, place := range c.schema.Places() {
			first, _, _ := strings.Cut(strings.TrimPrefix(place, "/"), "/")
			known[rawjson.Unescape(first)] = true
		}
		for _, condition := range c.schema.broken() {
			for _, at := range concerns(condition) {
				first, _, _ := strings.Cut(strings.TrimPrefix(at, "/"), "/")
				known[rawjson.Unescape(first)] = true
			}
		}
	}
	for _, m := range c.t.Members {
		switch {
		case known[m.Name], m.Name == "taskType", m.Name == "taskUUID", !parameter.Valid(m.Name), len(names) == maxNamed:
		case c.schema == nil && parameter.Vocabulary()[parameter.Fold(m.Name)] == m.Name:
		default:
			names = append(names, m.Name)
		}
	}
	return names
}
