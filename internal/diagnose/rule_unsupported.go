package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

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
	if !listed && c.quotesValue() {
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
	c.dropAncestors()
	doomed := slices.Clone(p.places)
	for _, other := range c.found {
		if other.present() && other.places[0].pointer != p.places[0].pointer {
			doomed = append(doomed, other.places...)
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

// quotesValue tells whether the message names what was sent, not only where: "24 fps is not supported" leaves other values
// open.
func (c *evidence) quotesValue() bool {
	p, _ := c.first()
	if !p.present() {
		return false
	}
	sent := string(p.places[0].raw)
	if text, ok := rawjson.Text(p.places[0].raw); ok {
		sent = text
	}
	for _, t := range c.claims.tokens {
		if strings.EqualFold(t.text, sent) && !strings.EqualFold(t.text, p.name) && sent != "" && sent != "true" && sent != "false" {
			return true
		}
	}
	return false
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
		return slices.Contains(names, name)
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
				return items, len(c.e.Message) <= maxMessage
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
