package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// dependent reads that one setting of the task goes only with another value of a second one: "duration 8 requires resolution
// 720p", "unsupported combination of 'resolution' and 'duration'". False where the second is not there, which is missing then.
func (c *oneCase) dependent() (a, b request.Place, ok bool) {
	tokens := c.claims.Tokens
	if saysAny(tokens, "combination") && len(c.found) == 2 && !slices.ContainsFunc(tokens, func(t message.Token) bool { return isOperator(t.Lower) }) {
		a, b = c.settingCalled(c.found[0].name), c.settingCalled(c.found[1].name)
		return a, b, a.Pointer != "" && b.Pointer != "" && !names2D(c.found)
	}
	if len(c.claims.Bounds) > 0 {
		return a, b, false
	}
	for i, t := range tokens {
		switch t.Lower {
		case "requires", "needs", "demands":
		default:
			continue
		}
		for j := max(0, i-3); j < i && a.Pointer == ""; j++ {
			a = c.settingCalled(tokens[j].Text)
		}
		for j := i + 1; j < min(len(tokens), i+3) && b.Pointer == ""; j++ {
			b = c.settingCalled(tokens[j].Text)
		}
		return a, b, a.Pointer != "" && b.Pointer != "" && a.Pointer != b.Pointer && !saysHeld(tokens[i+1:], b)
	}
	return a, b, false
}

// saysHeld tells whether the next value of a statement is the one that the task has at a place, so that it asks for nothing.
func saysHeld(tokens []message.Token, at request.Place) bool {
	held := strings.Trim(string(at.Raw), `"`)
	for _, t := range tokens[:min(len(tokens), 5)] {
		if strings.EqualFold(strings.Trim(t.Text, "'\"`.,;()"), held) {
			return true
		}
	}
	return false
}

// explainDependent names both. Which of them is to change is the user's choice.
func explainDependent(c *oneCase) (finding, bool) {
	a, b, ok := c.dependent()
	if !ok {
		return finding{}, false
	}
	return c.apart(a, b), true
}

// apartFrom is the setting with whose value one that is refused does not go, by a condition in the message.
func (c *oneCase) apartFrom(at request.Place) (request.Place, bool) {
	other, _ := c.conditionIn(c.e.Message)
	return other, other.Pointer != at.Pointer && c.settingCalled(other.Parameter).Pointer != ""
}

// apart says of two settings that their values do not go together.
func (c *oneCase) apart(a, b request.Place) finding {
	f := c.finding(schema.CategoryConflict, schema.RetryAfterDecision, schema.ConfidenceLikely)
	c.attachPlace(&f, a)
	said := saying{name: a.Parameter, other: b.Parameter, values: []schema.Value{schema.Value(a.Raw), schema.Value(b.Raw)}}
	f.cause.saying, f.mend.saying = said, said
	f.cause.key, f.mend.key = goesWithOther, changeEitherAsSaid
	if lists := c.claims.Lists; len(lists) == 1 && len(lists[0].Items) <= constraint.MaxListed && !slices.ContainsFunc(lists[0].Items, func(item string) bool { return !looks.Plain(item) }) {
		f.cause.more = append(f.cause.more, saying{key: withFigures, names: lists[0].Items})
	}
	return f
}
