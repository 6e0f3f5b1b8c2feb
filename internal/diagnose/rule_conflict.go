package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// excludesParameters tells an error about parameters that exclude each other.
func excludesParameters(c *oneCase) bool {
	about := c.row.Category == schema.CategoryConflict
	if !about && !c.claims.Says(message.SaysConflict) || len(c.found) < 2 || len(c.claims.Lists) > 0 || slices.ContainsFunc(c.claims.Bounds, func(b message.Bound) bool { return b.Op != message.OpExact || b.Lo != "1" }) { // "use only one" counts the parameters
		return false
	}
	if c.claims.Says(message.SaysHedged) && !c.claims.Says(message.SaysConflict) {
		return false
	}
	if c.row.Settled() && !about || c.claims.Says(message.SaysTogether) {
		return false // "can only be used together with" asks for the other
	}
	s, ok := c.claims.Signal()
	return about || !ok || !strings.HasPrefix(s.Direct, "model") // a model that does not fit another, not two parameters
}

// sharesID tells an error about a taskUUID that several tasks of the request have.
func sharesID(c *oneCase) bool {
	p, ok := c.first()
	about := ok && parameter.Fold(p.name) == "taskuuid" || strings.Contains(strings.ToLower(c.e.Code), "taskuuid")
	return about && c.row.Category == schema.CategoryConflict && c.t != nil && len(c.req.Sharing(c.t.UUID)) > 1
}

// explainSharedID handles one taskUUID for several tasks: each needs its own. Which of them ran, if one did, is not said.
func explainSharedID(c *oneCase) (finding, bool) {
	all := c.req.Sharing(c.t.UUID)
	indexes := make([]int, len(all))
	for i, t := range all {
		indexes[i] = t.Index
	}
	f := c.finding(schema.CategoryConflict, schema.RetryAfterDecision, schema.ConfidenceCertain)
	if places := all[1].Locate("taskUUID"); len(places) > 0 {
		f.TaskIndex = &indexes[1]
		c.attachPlace(&f, places[0])
	}
	f.cause.saying = saying{key: sharedID, indexes: indexes}
	f.mend.saying = saying{key: idForEach, indexes: indexes[1:]}
	return f, true
}

// explainConflict handles parameters that exclude each other. Which to keep is the user's choice: no patch.
func explainConflict(c *oneCase) (finding, bool) {
	all := c.found
	if len(all) < 2 || names2D(all) && len(all) == 2 { // one size: its sides do not exclude each other
		return finding{}, false
	}
	if theirs := c.e.Code == "" || strings.Contains(c.e.Message, "="); c.t != nil && theirs && slices.ContainsFunc(all, func(p found) bool { return !p.present() }) {
		return finding{}, false // "quality=1080p cannot be combined with duration=8": under another's names
	}
	f := c.finding(schema.CategoryConflict, schema.RetryAfterDecision, schema.ConfidenceLikely)
	var names []string
	held := 0
	for _, p := range all {
		names = append(names, p.spelling())
		if p.present() {
			held++
		}
	}
	c.attach(&f, all[0])
	if f.Measure != schema.MeasureValue {
		f.Actual, f.Measure = nil, ""
	}
	if held == len(all) {
		f.Confidence = schema.ConfidenceCertain
	}
	f.Constraint = &schema.Constraint{Text: "only one of " + strings.Join(names, ", "), Source: schema.SourceMessage}
	f.cause.saying = saying{key: exclude, names: names}
	f.mend.saying = saying{key: keepOne, names: names}
	if len(names) > 2 {
		f.mend.key = keepOneOfMany
	}
	group, other := c.refusedTogether(all)
	if len(group) == 0 {
		group, other = c.sidesAgainst(all)
	}
	if len(group) > 1 {
		f.Constraint.Text = "either " + strings.Join(group, " and ") + " or " + other
		f.cause.saying = saying{key: groupExcludes, names: group, other: other}
		f.mend.saying = saying{key: keepGroupOrOther, names: group, other: other}
	}
	if told := c.toldToRemove(all); len(told) > 0 && len(lost(told)) == 0 {
		names = nil
		for _, p := range told {
			names = append(names, p.Parameter)
			c.patchAt(&f, remove(p.Pointer))
		}
		f.Confidence = schema.ConfidenceLikely // the other may be what is not wanted
		f.mend = mend{saying: saying{key: removeNames, names: names}}
	}
	return f, true
}

// toldToRemove are the places of those parameters that the message itself asks to be taken out, in a sentence of its own that
// nothing follows: "Please remove 'width' and 'height'." None where it leaves a choice, names a condition, says so of all, or of
// one side of a picture alone.
func (c *oneCase) toldToRemove(all []found) (told []request.Place) {
	tokens := c.claims.Tokens
	at := slices.IndexFunc(tokens, func(t message.Token) bool { return saysAny([]message.Token{t}, "remove", "omit") })
	if at < 2 || tokens[at-1].Lower != "please" || tokens[at-2].Text != "." || saysAny(tokens, "if", "unless", "when", "where", "either", "choice", "choices", "otherwise", "not", "or") {
		return nil
	}
	for _, t := range tokens[at+1:] {
		word := strings.Trim(t.Text, "'\"`(),.")
		i := slices.IndexFunc(all, func(p found) bool { return p.present() && (p.spelling() == word || p.name == word) })
		switch {
		case i >= 0:
			told = append(told, all[i].places[0])
		case word != "" && !saysAny([]message.Token{t}, "and", "the", "both", "parameter", "parameters", "from", "your", "request"):
			return nil
		}
	}
	if len(told) == len(all) || c.splitsSides(told) {
		return nil
	}
	return told
}

// splitsSides tells places with one side of a picture, of which the task holds the other too.
func (c *oneCase) splitsSides(places []request.Place) bool {
	sides := 0
	for _, at := range places {
		if parameter.IsSide(parameter.Last(at.Parameter)) {
			sides++
		}
	}
	return sides == 1 && c.setsSize()
}

// sidesAgainst are both sides of the picture where one or both of them and one other parameter exclude each other: neither side
// is of use alone.
func (c *oneCase) sidesAgainst(all []found) (sides []string, other string) {
	if c.t == nil {
		return nil, ""
	}
	base, n := "", 0
	for _, p := range all {
		if name := p.spelling(); parameter.IsSide(parameter.Last(name)) {
			base, n = strings.TrimSuffix(name, parameter.Last(name)), n+1
		} else {
			other = name
		}
	}
	if n == 0 || len(all)-n != 1 || !c.onlyPlace(base+"width").present() || !c.onlyPlace(base+"height").present() {
		return nil, ""
	}
	return []string{base + "width", base + "height"}, other
}

// refusedTogether are the members of the task that the model's schema refuses beside one parameter of two which exclude
// each other, the second among them: of a size the error may name one side. Empty where the schema says nothing of it.
func (c *oneCase) refusedTogether(all []found) (group []string, other string) {
	if c.schema == nil || len(all) != 2 {
		return nil, ""
	}
	for _, condition := range c.schema.broken() {
		if condition.Kind != schema.BreachRefused || len(condition.Because) != 1 {
			continue
		}
		for i, p := range all {
			refused, because := c.pointersTo(p), c.pointersTo(all[1-i])
			if slices.Contains(because, condition.Because[0].Pointer) && slices.ContainsFunc(schema.Pointers(condition.Members), func(at string) bool { return slices.Contains(refused, at) }) {
				return namesAt(schema.Pointers(condition.Members)), all[1-i].spelling()
			}
		}
	}
	return nil, ""
}
