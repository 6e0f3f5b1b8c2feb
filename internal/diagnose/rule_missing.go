package diagnose

import (
	"fmt"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// explainMissing handles parameters that the request should hold. The value is the user's to choose; only one that
// stands in the wrong place is moved.
func explainMissing(c *evidence) (schema.Finding, bool) {
	byCode := c.row.Category == schema.CategoryMissingParameter
	bySentence := c.claims.Says(message.SaysMissing) && (!c.row.Settled() || c.row.Category == schema.CategoryInvalidParameter)
	bySentence = bySentence && len(c.claims.Bounds) == 0
	if !byCode && !bySentence || len(c.found) == 0 {
		return schema.Finding{}, false
	}
	c.missingWithin()
	var absent, empty, held []found
	for _, p := range c.found {
		switch {
		case !c.standsAt(p):
			absent = append(absent, p)
		case isNull(p.places[0].Raw) || string(p.places[0].Raw) == `""` || string(p.places[0].Raw) == "[]":
			empty = append(empty, p)
		default:
			held = append(held, p)
		}
	}
	alternatives := c.claims.Says(message.SaysAlternatives)
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
	f.Parameter = looks.Short(missing[0].name, maxQuote)
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
		names = strings.Replace(names, "`width`, `height`", "`width` with `height`", 1)
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
		if !outer.present() || rawjson.KindOf(outer.places[0].Raw) != rawjson.Object || strings.ContainsAny(name, ".[/") {
			continue
		}
		if _, held := rawjson.Member(outer.places[0].Raw, name); !held {
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
	return strings.HasPrefix(strings.ToLower(p.places[0].Parameter), "inputs.")
}

// moveMisplaced moves a value that stands beside `inputs` instead of inside.
func (c *evidence) moveMisplaced(f *schema.Finding, p found) {
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
	f.Patch = c.moveInto(from, p.name)
	f.Confidence = schema.ConfidenceLikely
	f.Cause = fmt.Sprintf("%s requires `%s`; the request has `%s` instead", c.who(), p.name, from.Parameter)
	f.Fix = fmt.Sprintf("move `%s` to `%s`", from.Parameter, p.name)
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

func (c *evidence) moveInto(from request.Place, to string) []schema.Operation {
	var patch []schema.Operation
	inputs := rawjson.Pointer(c.t.Base, "inputs")
	if _, ok := c.t.Member("inputs"); !ok {
		patch = append(patch, schema.Operation{Op: "add", Path: inputs, Value: schema.Value("{}")})
	}
	return append(patch, schema.Operation{Op: "move", From: from.Pointer, Path: rawjson.Pointer(inputs, strings.TrimPrefix(to, "inputs."))})
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
