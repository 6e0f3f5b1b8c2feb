package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// explanation is one rule: it explains an error from the evidence, or declines.
type explanation struct {
	name    string
	explain func(c *evidence) (schema.Finding, bool)
}

// explanations lists the rules from the specific to the general. The last never declines.
func explanations() []explanation {
	return []explanation{
		{"misleading-model", explainMisleadingModel},
		{"provider-content", explainProvider},
		{"settled-code", explainSettledCode},
		{"task-type", explainTaskType},
		{"conflict", explainConflict},
		{"missing", explainMissing},
		{"dimensions", explainDimensions},
		{"unsupported-name", explainUnsupportedName},
		{"unreadable-media", explainUnreadable},
		{"rule", explainRule},
		{"media-form", explainMediaForm},
		{"model-id", explainModelID},
		{"signal", explainSignal},
		{"named", explainNamed},
		{"code", explainCode},
		{"message", explainMessage},
	}
}

// explain asks the rules in their order.
func explain(c *evidence) schema.Finding {
	for _, r := range explanations() {
		if f, ok := r.explain(c); ok {
			return f
		}
	}
	return c.finding(schema.CategoryUnknown, schema.RetryNo, schema.ConfidenceGuess) // unreachable: the last rule answers
}

// aboutParameters are the categories whose findings the parameter rules may explain further.
func aboutParameters(category schema.Category) bool {
	switch category {
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter,
		schema.CategoryUnsupportedValue, schema.CategoryConflict, schema.CategoryInputMedia:
		return true
	case schema.CategoryAuthentication, schema.CategoryPermission, schema.CategoryBilling, schema.CategoryRateLimit,
		schema.CategoryCapacity, schema.CategoryContentPolicy, schema.CategoryProviderFailure, schema.CategoryTimeout,
		schema.CategoryModelUnavailable, schema.CategoryNotFound, schema.CategoryInternal, schema.CategoryNetwork,
		schema.CategoryUnknown, schema.CategoryNone:
	}
	return false
}

// explainSettledCode answers for codes whose meaning no message changes: the balance, the key, moderation, time.
func explainSettledCode(c *evidence) (schema.Finding, bool) {
	row := c.row
	if row.code == "" || row.general || row.cause == "" || row.category == schema.CategoryInputMedia {
		return schema.Finding{}, false
	}
	return c.fromRow(row, c.confidence(row)), true
}

func (c *evidence) confidence(row advice) schema.Confidence {
	if row.family {
		return schema.ConfidenceGuess
	}
	return schema.ConfidenceLikely
}

// fromRow makes a finding of a row of the code table.
func (c *evidence) fromRow(row advice, confidence schema.Confidence) schema.Finding {
	f := c.finding(row.category, row.retry, confidence)
	if p, ok := c.first(); ok && p.present() && c.concerns(row.category) {
		c.attach(&f, p)
	}
	f.Cause, f.Fix = c.fill(row.cause), c.fill(row.fix)
	if wait := waitIn(c.e.Message); wait != "" && row.retry == schema.RetryAfterWait {
		f.Fix = "wait " + wait + ", as the error says, then send it again with a new taskUUID"
	}
	switch {
	case row.category == schema.CategoryModelUnavailable:
		c.replaceModel(&f)
	case row.category == schema.CategoryInputMedia:
		c.constrainFile(&f)
	case row.category == schema.CategoryBilling:
		f.Constraint = billingConstraint(c.e.Message)
	case row.category == schema.CategoryConflict && f.Pointer != "":
		f.Constraint = &schema.Constraint{Text: "not in use yet", Source: schema.SourceMessage}
	case row.retry == schema.RetryCheckFirst && c.t != nil:
		f.Patch = c.asyncPatch()
	}
	return f
}

// waitIn finds the pause that a message names: "try again in 30 seconds".
func waitIn(message string) string {
	tokens := lex(message)
	for i := 1; i+1 < len(tokens); i++ {
		if tokens[i].kind != number || tokens[i-1].lower != "in" && tokens[i-1].lower != "after" && tokens[i-1].lower != "wait" || len(tokens[i].text) > 6 {
			continue
		}
		switch tokens[i+1].lower {
		case "s", "sec", "second", "seconds":
			return plural(tokens[i].text, "second")
		case "min", "minute", "minutes":
			return plural(tokens[i].text, "minute")
		}
	}
	return ""
}

// replaceModel follows Runware's own advice: "Use 'runware:101@1' instead."
func (c *evidence) replaceModel(f *schema.Finding) {
	lower := strings.ToLower(c.e.Message)
	if f.Pointer == "" || !strings.Contains(lower, "instead") && !strings.Contains(lower, "replaced by") {
		return
	}
	var named []string
	for _, t := range lex(c.e.Message) {
		if isAIR(t.text) && t.text != c.t.model {
			named = append(named, t.text)
		}
	}
	if len(named) == 1 {
		f.Fix = fmt.Sprintf("set `%s` to `%s`, which Runware names instead", f.Parameter, named[0])
		f.Patch = []schema.Operation{replace(f.Pointer, schema.StringValue(named[0]))}
	}
}

// concerns tells whether a cause of this category has to do with the parameter that was found. A name that merely stands
// in the message of a crash or a full queue has not.
func (c *evidence) concerns(category schema.Category) bool {
	switch category {
	case schema.CategoryBilling, schema.CategoryContentPolicy:
		return false
	case schema.CategoryTimeout, schema.CategoryCapacity, schema.CategoryRateLimit, schema.CategoryInternal, schema.CategoryProviderFailure, schema.CategoryPermission, schema.CategoryUnknown:
		return !c.byMessage
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue,
		schema.CategoryConflict, schema.CategoryAuthentication, schema.CategoryInputMedia, schema.CategoryModelUnavailable, schema.CategoryNotFound,
		schema.CategoryNetwork, schema.CategoryNone:
	}
	return true
}

// asyncPatch makes a synchronous task asynchronous: a longer wait is what a task that outlived its call needs.
func (c *evidence) asyncPatch() []schema.Operation {
	raw, ok := c.t.member("deliveryMethod")
	if method, _ := rawjson.Text(raw); !ok || method != "sync" || c.req.opaque || !strings.Contains(strings.ToLower(c.e.Code), "tasktimeout") {
		return nil
	}
	return []schema.Operation{replace(rawjson.Pointer(c.t.base, "deliveryMethod"), schema.StringValue("async"))}
}

// billingConstraint says what the account must have, where the message names it.
func billingConstraint(message string) *schema.Constraint {
	var parts []string
	if strings.Contains(strings.ToLower(message), "paid invoice") {
		parts = append(parts, "paid invoice")
	}
	for _, t := range lex(message) {
		if t.kind == money && len(t.text) < 16 {
			parts = append(parts, "at least "+t.text+" credit")
			break
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return &schema.Constraint{Text: strings.Join(parts, " or "), Source: schema.SourceMessage}
}

// explainConflict handles parameters that exclude each other. Which to keep is the user's choice: no patch.
func explainConflict(c *evidence) (schema.Finding, bool) {
	if c.row.category != schema.CategoryConflict && !c.claims.says(saysConflict) || len(c.found) < 2 || len(c.claims.lists) > 0 {
		return schema.Finding{}, false
	}
	if c.row.code != "" && !c.row.general && c.row.category != schema.CategoryConflict || strings.Contains(strings.ToLower(c.e.Message), "only be") {
		return schema.Finding{}, false // "can only be used together with" asks for the other
	}
	if s, ok := classify(c.e.Message); ok && c.row.category != schema.CategoryConflict && strings.HasPrefix(s.direct, "model") {
		return schema.Finding{}, false // a model that does not fit another, not two parameters
	}
	c.dropAncestors()
	if len(c.found) < 2 {
		return schema.Finding{}, false
	}
	f := c.finding(schema.CategoryConflict, schema.RetryAfterChange, schema.ConfidenceLikely)
	first := c.found[0]
	var names, held []string
	for _, p := range c.found {
		names = append(names, "`"+p.spelling()+"`")
		if p.present() {
			held = append(held, p.spelling())
		}
	}
	c.attach(&f, first)
	if f.Measure != schema.MeasureValue {
		f.Actual, f.Measure = nil, ""
	}
	if len(held) == len(c.found) {
		f.Confidence = schema.ConfidenceCertain
	}
	f.Constraint = &schema.Constraint{Text: "only one of " + strings.ReplaceAll(strings.Join(names, ", "), "`", ""), Source: schema.SourceMessage}
	f.Cause = andList(names) + " cannot be used together"
	f.Fix = "keep one of " + andList(names) + " and remove the other: which one is the user's choice"
	if len(names) > 2 {
		f.Fix = "keep one of " + andList(names) + " and remove the others: which one is the user's choice"
	}
	return f, true
}

// dropAncestors leaves out a parameter that only says where another stands: controlNet[0] of controlNet[0].startStep.
func (c *evidence) dropAncestors() {
	c.found = slices.DeleteFunc(slices.Clone(c.found), func(p found) bool {
		return slices.ContainsFunc(c.found, func(other found) bool {
			return p.present() && other.present() && strings.HasPrefix(other.places[0].pointer, p.places[0].pointer+"/")
		})
	})
}

// explainMissing handles parameters that the request should hold. The value is the user's to choose; only one that
// stands in the wrong place is moved.
func explainMissing(c *evidence) (schema.Finding, bool) {
	byCode := c.row.category == schema.CategoryMissingParameter
	if !byCode && !(c.claims.says(saysMissing) && (c.row.code == "" || c.row.general || c.row.category == schema.CategoryInvalidParameter)) || len(c.found) == 0 {
		return schema.Finding{}, false
	}
	c.missingWithin()
	var absent, empty, held []found
	for _, p := range c.found {
		switch {
		case !c.standsAt(p):
			absent = append(absent, p)
		case isNull(p.places[0].raw) || string(p.places[0].raw) == `""` || string(p.places[0].raw) == "[]":
			empty = append(empty, p)
		default:
			held = append(held, p)
		}
	}
	alternatives := strings.Contains(strings.ToLower(c.e.Message), "either") || strings.Contains(strings.ToLower(c.e.Message), "one of")
	if len(absent)+len(empty) == 0 {
		if !byCode {
			return schema.Finding{}, false
		}
		f := c.finding(schema.CategoryMissingParameter, schema.RetryAsIs, schema.ConfidenceCertain)
		c.attach(&f, held[0])
		f.Constraint = c.required()
		f.Cause = fmt.Sprintf("the error says that %s is missing, and the recorded request holds it", andList(spellings(held)))
		f.Fix = "change nothing there: send the request again with a new taskUUID, and if it is refused again, report it to Runware"
		return f, true
	}
	f := c.finding(schema.CategoryMissingParameter, schema.RetryAfterChange, schema.ConfidenceCertain)
	if c.t == nil {
		f.Confidence = schema.ConfidenceLikely
	}
	f.Constraint = c.required()
	missing := append(absent, empty...)
	f.Parameter = shortText(missing[0].name, maxName)
	if len(absent) == 0 {
		c.attach(&f, empty[0])
	}
	names := andList(spellingsAsked(missing))
	f.Cause = fmt.Sprintf("%s requires %s, which the request does not have", c.who(), names)
	switch {
	case len(absent) == 0:
		f.Cause = fmt.Sprintf("%s requires %s, which is empty in the request", c.who(), names)
		f.Fix = fmt.Sprintf("give %s a value: which one is the user's choice", names)
	case alternatives && len(missing) > 1:
		f.Cause = fmt.Sprintf("%s requires one of the alternatives %s, and the request has none in full", c.who(), names)
		f.Fix = fmt.Sprintf("add one of the alternatives %s: which one, and its value, is the user's choice", names)
	case len(held) > 0 && len(c.found) == 2:
		f.Fix = fmt.Sprintf("send %s together with %s: the value is the user's choice", names, andList(spellings(held)))
	default:
		f.Fix = fmt.Sprintf("add %s: the value is the user's choice", names)
	}
	c.moveMisplaced(&f, missing[0])
	return f, true
}

// missingWithin reads "controlNet[1]: required key 'guideImage'" as one path, where the first holds no such member.
func (c *evidence) missingWithin() {
	if len(c.found) != 2 {
		return
	}
	for i, outer := range c.found {
		name := c.found[1-i].name
		if !outer.present() || rawjson.KindOf(outer.places[0].raw) != rawjson.Object || strings.ContainsAny(name, ".[/") {
			continue
		}
		if _, held := rawjson.Member(outer.places[0].raw, name); !held {
			c.found = []found{{name: outer.spelling() + "." + name}}
			return
		}
	}
}

// standsAt tells whether a parameter stands at the very path that the API names, or merely somewhere else.
func (c *evidence) standsAt(p found) bool {
	if !p.present() {
		return false
	}
	path := strings.ToLower(p.name)
	if !strings.HasPrefix(path, "inputs.") {
		return true
	}
	return strings.HasPrefix(strings.ToLower(p.places[0].parameter), "inputs.")
}

// moveMisplaced moves a value that stands beside `inputs` instead of inside.
func (c *evidence) moveMisplaced(f *schema.Finding, p found) {
	if c.t == nil || c.req.opaque || !strings.HasPrefix(p.name, "inputs.") || strings.Count(p.name, ".") != 1 {
		return
	}
	from := place{}
	if p.present() {
		from = p.places[0]
	} else if places := c.t.locate(legacyName(p.name)); len(places) == 1 {
		from = places[0]
	}
	if from.pointer == "" || strings.Contains(from.parameter, ".") || strings.Contains(from.parameter, "[") {
		return
	}
	f.Patch = c.moveInto(from, p.name)
	f.Confidence = schema.ConfidenceLikely
	f.Cause = fmt.Sprintf("%s requires `%s`; the request has `%s` instead", c.who(), p.name, from.parameter)
	f.Fix = fmt.Sprintf("move `%s` to `%s`", from.parameter, p.name)
}

// legacyName is the name that an input had before Runware gathered them under `inputs`; none resolves to nothing.
func legacyName(name string) string {
	switch name {
	case "inputs.image":
		return "inputImage"
	case "inputs.images":
		return "inputImages"
	case "inputs.video":
		return "inputVideo"
	case "inputs.audio":
		return "inputAudio"
	case "inputs.mask":
		return "maskImage"
	default:
		return ""
	}
}

func (c *evidence) moveInto(from place, to string) []schema.Operation {
	var patch []schema.Operation
	inputs := rawjson.Pointer(c.t.base, "inputs")
	if _, ok := c.t.member("inputs"); !ok {
		patch = append(patch, schema.Operation{Op: "add", Path: inputs, Value: schema.Value("{}")})
	}
	return append(patch, schema.Operation{Op: "move", From: from.pointer, Path: rawjson.Pointer(inputs, strings.TrimPrefix(to, "inputs."))})
}

func (c *evidence) required() *schema.Constraint {
	text := "required"
	if c.names2D() && len(c.found) == 2 {
		text = "width and height both required"
	}
	return &schema.Constraint{Text: text, Source: schema.SourceMessage}
}

func spellings(all []found) []string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = "`" + p.spelling() + "`"
	}
	return names
}

// spellingsAsked names parameters as the API does.
func spellingsAsked(all []found) []string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = "`" + p.name + "`"
	}
	return names
}

func andList(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	}
}

// explainUnsupportedName handles parameters that are not accepted at all: remove them.
func explainUnsupportedName(c *evidence) (schema.Finding, bool) {
	names, complete := c.allowedNames()
	listed := names != nil
	byCode := c.row.category == schema.CategoryUnsupportedParameter
	bySentence := c.claims.says(saysUnsupportedName) && (c.row.code == "" || c.row.general)
	if !byCode && !bySentence || len(c.found) == 0 {
		return schema.Finding{}, false
	}
	if !listed && (len(c.claims.lists) > 0 || len(c.e.Allowed) > 0 || len(c.claims.bounds) > 0 || complainsOfValue(strings.ToLower(c.e.Message))) {
		return schema.Finding{}, false
	}
	f := c.finding(schema.CategoryUnsupportedParameter, schema.RetryAfterChange, schema.ConfidenceLikely)
	p, _ := c.first()
	c.attach(&f, p)
	f.Constraint = &schema.Constraint{Text: "not accepted here", Source: schema.SourceMessage, AllowedParameter: names}
	if id := c.modelID(); id != "" {
		f.Constraint.Text = "not accepted by this model"
	}
	f.Cause = fmt.Sprintf("%s does not accept `%s`", c.who(), f.Parameter)
	if !p.present() {
		f.Cause += ", and the recorded request does not hold it: a default or a preset may set it"
		f.Fix = fmt.Sprintf("find what sets `%s`, outside of this request, and turn it off", p.name)
		return f, true
	}
	f.Confidence = schema.ConfidenceCertain
	doomed := []place{p.places[0]}
	for _, other := range c.found {
		if other.present() && other.places[0].pointer != p.places[0].pointer {
			doomed = append(doomed, other.places[0])
		}
	}
	if listed {
		doomed = append(doomed, c.unlisted(names, complete, doomed)...)
	}
	if right := respelled(names, p.places[0]); right != "" && len(doomed) == 1 && !c.req.opaque {
		if _, taken := c.t.member(right); !taken {
			f.Cause += fmt.Sprintf("; its list of accepted parameters has `%s`", right)
			f.Fix = fmt.Sprintf("rename `%s` to `%s`", f.Parameter, right)
			f.Patch = []schema.Operation{{Op: "move", From: p.places[0].pointer, Path: rawjson.Pointer(c.t.base, right)}}
			return f, true
		}
	}
	var spelled []string
	for _, d := range doomed {
		spelled = append(spelled, "`"+d.parameter+"`")
		if !c.req.opaque {
			f.Patch = append(f.Patch, remove(d.pointer))
		}
	}
	f.Fix = "remove " + andList(spelled)
	if listed && len(doomed) > 1 {
		f.Cause += "; its list of accepted parameters lacks " + andList(spelled[1:]) + " too"
	}
	if hint := c.instead(names, doomed); hint != "" {
		f.Fix += "; " + hint
	}
	return f, true
}

// respelled is the accepted name that differs from a refused one only in letter case or separators.
func respelled(names []string, p place) string {
	if strings.ContainsAny(p.parameter, ".[") {
		return ""
	}
	for _, n := range names {
		if n != p.parameter && foldName(n) == foldName(p.parameter) && !strings.Contains(n, ".") {
			return n
		}
	}
	return ""
}

// instead names what the list of accepted parameters offers in place of a removed one. Its value is not ours to invent.
func (c *evidence) instead(names []string, doomed []place) string {
	accepts := func(name string) bool {
		for _, n := range names {
			if n == name {
				return true
			}
		}
		return false
	}
	for _, d := range doomed {
		switch last := lastStep(d.parameter); {
		case (last == "width" || last == "height") && accepts("resolution"):
			return "the size is set with `resolution` here, whose values the error does not list"
		case (last == "seedImage" || last == "inputImage") && accepts("referenceImages"):
			return "`referenceImages` is accepted"
		}
	}
	return ""
}

// allowedNames is the list of parameter names that an error prints as its "allowed values": recognised by the names of
// every task among them, which make it complete, or by most of them being parameters.
func (c *evidence) allowedNames() (names []string, complete bool) {
	lists := make([][]string, 0, len(c.claims.lists)+1)
	for _, l := range c.claims.lists {
		lists = append(lists, l.items)
	}
	if len(c.e.Allowed) > 0 {
		var items []string
		for _, v := range c.e.Allowed {
			text, _ := rawjson.Text(v)
			items = append(items, text)
		}
		lists = append(lists, items)
	}
	for _, items := range lists {
		known := 0
		for _, item := range items {
			if !validName(item) {
				known = -len(items)
				break
			}
			if item == "taskUUID" || item == "taskType" {
				return items, true
			}
			if vocabulary()[foldName(lastStep(item))] != "" {
				known++
			}
		}
		if known*3 >= len(items)*2 && len(items) > 1 {
			return items, false
		}
	}
	return nil, false
}

// unlisted lists the other members of the task that the list of accepted names lacks: they would fail next. Of an
// incomplete list only the other side of the size follows, since width and height go together.
func (c *evidence) unlisted(names []string, complete bool, already []place) []place {
	accepted := map[string]bool{"taskType": true, "taskUUID": true, "model": true}
	for _, n := range names {
		head, _, _ := strings.Cut(n, ".")
		accepted[head] = true
	}
	size := false
	for _, p := range already {
		accepted[p.parameter] = true
		size = size || p.parameter == "width" || p.parameter == "height"
	}
	var more []place
	for _, m := range c.t.members {
		side := size && (m.name == "width" || m.name == "height")
		if !accepted[m.name] && validName(m.name) && (complete || side) {
			more = append(more, place{pointer: c.t.base, raw: m.raw}.member(m.name))
		}
	}
	return more
}
