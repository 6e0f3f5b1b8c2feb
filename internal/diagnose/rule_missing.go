package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// asksForMore tells an error about parameters that the request should hold.
func asksForMore(c *oneCase) bool {
	bySentence := c.claims.Says(message.SaysMissing) && (!c.row.Settled() || c.row.Category == schema.CategoryInvalidParameter) && len(c.claims.Bounds) == 0
	return len(c.found) > 0 && (c.row.Category == schema.CategoryMissingParameter || bySentence || c.needsOther() || c.asksForFrame())
}

// needsOther tells an error that says of a parameter no more than which other one it needs.
func (c *oneCase) needsOther() bool {
	statesRule := len(c.claims.Bounds)+len(c.claims.Lists) > 0
	return (aboutValues(c) || c.row.Category == schema.CategoryInputMedia) && !statesRule && c.row.Category != schema.CategoryUnsupportedParameter && len(c.requiredNames()) > 0
}

// asksForFrame tells an error that says of one frame of a video that it needs the other: "a last frame cannot be used
// without a first frame".
func (c *oneCase) asksForFrame() bool {
	return aboutValues(c) && saysAny(c.claims.Tokens, "without", "requires", "require", "needs") && len(message.Frames(c.e.Message)) == 2
}

// explainMissing handles parameters that the request should hold. The value is the user's to choose; only one that
// stands in the wrong place is moved.
func explainMissing(c *oneCase) (finding, bool) {
	asked := c.missingWithin()
	var absent, empty, held []found
	for _, p := range asked {
		switch {
		case !c.standsAt(p), c.belongs(p) != "":
			absent = append(absent, p)
		case rawjson.IsEmpty(p.places[0].Raw):
			empty = append(empty, p)
		default:
			held = append(held, p)
		}
	}
	if len(absent)+len(empty) == 0 {
		return c.explainHeld(asked, held)
	}
	f := c.finding(schema.CategoryMissingParameter, schema.RetryAfterDecision, schema.ConfidenceCertain)
	if c.t == nil {
		f.Confidence = schema.ConfidenceLikely
	}
	f.Constraint = c.required(asked)
	lacking := slices.Concat(absent, empty)
	f.Parameter = looks.Short(lacking[0].name, maxQuote)
	if len(absent) == 0 {
		c.attach(&f, empty[0])
	}
	f.cause.saying = saying{key: missing, who: c.who(), names: asAsked(lacking)}
	f.mend.saying = saying{key: addNames, names: asAsked(lacking), held: spellings(held)}
	switch {
	case len(absent) == 0:
		f.cause.key, f.mend.key = isEmpty, giveNames
	case (c.claims.Says(message.SaysAlternatives) || c.joinedByOr(lacking)) && len(lacking) > 1:
		f.cause.key, f.mend.key = missingAlternatives, addAlternatives
	case len(held) > 0 && len(asked) == 2:
		f.mend.key = sendTogether
	}
	if c.t != nil && len(absent) == 1 && len(empty) == 0 {
		if beside := c.heldBeside(absent[0].name); beside != "" {
			f.cause.key, f.cause.held = missingBeside, []string{beside}
			f.mend.key, f.mend.held = sendOrLeaveOut, f.cause.held
		}
	}
	c.addOnlyValue(&f, lacking)
	if len(lacking) == 1 && len(f.mend.held) == 0 {
		c.listChoice(&f, lacking[0].name)
	}
	c.moveMisplaced(&f, lacking[0])
	if len(lacking) == 1 {
		if from, ok := c.misnamed(lacking[0].name); ok {
			f.cause.saying = saying{key: elsewhere, who: c.who(), name: lacking[0].name, other: from.Parameter}
			c.rename(&f, from, lacking[0].name)
		}
	}
	if to := c.belongs(lacking[0]); to != "" && len(lacking) == 1 && len(f.patch) == 0 {
		if patch, ok := c.moveInside(lacking[0].places[0], to); ok {
			f.patch, f.Parameter, f.Confidence = patch, to, schema.ConfidenceLikely
			f.cause.saying = saying{key: elsewhere, who: c.who(), name: to, other: lacking[0].spelling()}
			f.mend.saying = saying{key: moveTo, name: to, other: lacking[0].spelling()}
		}
	}
	if names2D(lacking) {
		c.wishSize(&f, nil)
	}
	return f, true
}

// heldBeside is the setting of the task which the message says that a missing parameter belongs to: "it must accompany
// 'strength'", "'strength' requires 'seedImage'". "" where it says none, or several.
func (c *oneCase) heldBeside(name string) string {
	dependent := c.claims.Says(message.SaysTogether) || c.needsOther() || saysAny(c.claims.Tokens, "accompany", "accompanies", "accompanied", "alongside", "when")
	if !dependent {
		return ""
	}
	found := ""
	for _, other := range c.claims.Names {
		places := c.t.Locate(other)
		if parameter.Fold(parameter.Last(other)) == parameter.Fold(parameter.Last(name)) || len(places) != 1 || !isSetting(parameter.Last(other)) {
			continue
		}
		if found != "" {
			return ""
		}
		found = places[0].Parameter
	}
	return found
}

// joinedByOr tells parameters of which the message asks for one: "inputs.image or inputs.video is required".
func (c *oneCase) joinedByOr(lacking []found) bool {
	tokens := c.claims.Tokens
	named := func(t message.Token) bool {
		name := strings.Trim(t.Text, "'\"`,.")
		return slices.ContainsFunc(lacking, func(p found) bool { return parameter.Fold(p.name) == parameter.Fold(name) })
	}
	for i := 1; i+1 < len(tokens); i++ {
		if tokens[i].Lower == "or" && named(tokens[i-1]) && named(tokens[i+1]) {
			return true
		}
	}
	return false
}

// belongs is the one place that the model's schema has for a member which it does not accept where it stands, by the same
// name; "" where it has none, or several.
func (c *oneCase) belongs(p found) string {
	if c.schema == nil || len(p.places) != 1 {
		return ""
	}
	at := strings.TrimPrefix(p.places[0].Pointer, c.t.Base)
	if !slices.ContainsFunc(c.schema.broken(), func(b schema.Condition) bool { return b.Kind == schema.BreachUnknown && b.Pointer == at }) {
		return ""
	}
	found := ""
	for _, place := range c.schema.Places() {
		if !strings.HasSuffix(place, at[strings.LastIndexByte(at, '/'):]) || strings.Contains(place, "*") {
			continue
		}
		if found != "" {
			return ""
		}
		found = dotted(place)
	}
	return found
}

// addOnlyValue adds the one value that the error accepts: nothing is left to choose.
func (c *oneCase) addOnlyValue(f *finding, lacking []found) {
	if c.t == nil || c.req.Opaque || len(lacking) != 1 || lacking[0].present() || !parameter.Valid(lacking[0].name) || strings.ContainsAny(lacking[0].name, ".[") {
		return
	}
	r := c.ruleFor(request.Place{Parameter: lacking[0].name}, false)
	if len(r.Allowed) != 1 || r.Source == schema.SourceModelSchema || r.Loose {
		return
	}
	f.mend.saying = saying{key: addValue, name: lacking[0].name, value: r.Allowed[0]}
	f.patch = []schema.Operation{{Op: "add", Path: rawjson.Pointer(c.t.Base, lacking[0].name), Value: r.Allowed[0]}}
}

// explainHeld answers where the request holds what the error calls missing.
func (c *oneCase) explainHeld(asked, held []found) (finding, bool) {
	ofCode := c.row.Category == schema.CategoryMissingParameter
	if ofCode || c.asksForFrame() {
		if f, ok := c.lacksFrame(held); ok {
			return f, true
		}
	}
	if !ofCode {
		return finding{}, false
	}
	if c.claims.Says(message.SaysTogether) {
		return finding{}, false // what is missing is something beside the parameter that is named
	}
	if condition, ok := c.conditionOnNamed(); ok && condition.Kind != schema.BreachMissing && len(condition.Members) == 1 && slices.Contains(c.pointersTo(held[0]), condition.Pointer) {
		return finding{}, false // it is there, with a value that is not taken
	}
	if !c.claims.Says(message.SaysMissing) {
		return finding{}, false // the code says so of the parameter, and the message something else
	}
	f := c.finding(schema.CategoryMissingParameter, schema.RetryAsIs, schema.ConfidenceCertain)
	c.attach(&f, held[0])
	f.Constraint = c.required(asked)
	f.cause.saying = saying{key: saysMissingButHeld, held: spellings(held)}
	f.mend.saying = saying{key: leaveHeld}
	return f, true
}

// lacksFrame finds the frame that is asked for among several that the message speaks of, where each picture of the
// request says which frame it is.
func (c *oneCase) lacksFrame(held []found) (finding, bool) {
	wanted := message.Frames(inWords(c.e.Code) + ": " + c.e.Message)
	for _, p := range held {
		for _, item := range rawjson.Items(p.places[0].Raw) {
			raw, _ := rawjson.Member(item, "frame")
			frame, ok := rawjson.Text(raw)
			if !ok {
				return finding{}, false
			}
			wanted = slices.DeleteFunc(wanted, func(w string) bool { return w == frame })
		}
	}
	if len(wanted) != 1 || len(held) != 1 || rawjson.KindOf(held[0].places[0].Raw) != rawjson.Array {
		return finding{}, false
	}
	f := c.finding(schema.CategoryMissingParameter, schema.RetryAfterDecision, schema.ConfidenceLikely)
	c.attach(&f, held[0])
	f.cause.saying = saying{key: lacksFrame, who: c.who(), name: f.Parameter, text: wanted[0]}
	f.mend.saying = saying{key: addFrame, name: f.Parameter, other: wanted[0]}
	return f, true
}

// missingWithin reads "controlNet[1]: required key 'guideImage'" as one path, where the first holds no such member.
func (c *oneCase) missingWithin() []found {
	if len(c.found) != 2 {
		return c.found
	}
	for i, outer := range c.found {
		name := c.found[1-i].name
		if !outer.present() || rawjson.KindOf(outer.places[0].Raw) != rawjson.Object || strings.ContainsAny(name, ".[/") {
			continue
		}
		if _, held := rawjson.Member(outer.places[0].Raw, name); !held {
			return []found{{name: outer.spelling() + "." + name}}
		}
	}
	return c.found
}

// standsAt tells whether a parameter stands at the very path that the API names, or merely somewhere else.
func (c *oneCase) standsAt(p found) bool {
	if !p.present() {
		return false
	}
	if last := parameter.Last(p.places[0].Parameter); last != p.name && parameter.Vocabulary()[parameter.Fold(p.name)] == p.name && properName(last) == p.name {
		return false // positive_prompt is not yet positivePrompt
	}
	if parameter.IsSide(p.name) && p.places[0].Parameter != p.name {
		return false // the size stands at the task itself
	}
	path := strings.ToLower(p.name)
	if !strings.HasPrefix(path, "inputs.") {
		return true
	}
	return strings.HasPrefix(strings.ToLower(p.places[0].Parameter), "inputs.")
}

// moveMisplaced moves a value that stands beside `inputs` instead of inside.
func (c *oneCase) moveMisplaced(f *finding, p found) {
	if c.t == nil || c.req.Opaque || !strings.HasPrefix(p.name, "inputs.") || strings.Count(p.name, ".") != 1 {
		return
	}
	from := request.Place{}
	if p.present() {
		from = p.places[0]
	} else if places := c.t.Locate(legacyName(p.name)); len(places) == 1 {
		from = places[0]
	}
	if from.Pointer == "" || strings.Contains(from.Parameter, ".") || strings.Contains(from.Parameter, "[") {
		return
	}
	patch, ok := c.moveInside(from, p.name)
	if !ok {
		return
	}
	f.patch = patch
	f.Confidence = schema.ConfidenceLikely
	f.cause.saying = saying{key: elsewhere, who: c.who(), name: p.name, other: from.Parameter}
	f.mend.saying = saying{key: moveTo, name: p.name, other: from.Parameter}
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

func (c *oneCase) required(asked []found) *schema.Constraint {
	text := "required"
	if names2D(asked) && len(asked) == 2 {
		text = "width and height both required"
	}
	return &schema.Constraint{Text: text, Source: schema.SourceMessage}
}

func spellings(all []found) []string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.spelling()
	}
	return names
}

// asAsked names parameters as the API does.
func asAsked(all []found) []string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.name
	}
	return names
}
