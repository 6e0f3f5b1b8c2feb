package diagnose

import (
	"strings"
	"unicode"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/schema"
)

// isOpen tells an error whose code leaves it to the message to name the cause.
func isOpen(c *oneCase) bool { return !c.row.Settled() }

// explainSignal reads causes that have nothing to do with one parameter out of the message's words.
func explainSignal(c *oneCase) (finding, bool) {
	if c.claims.Denied && len(c.found) > 0 {
		return finding{}, false // "between 1 and 5 is forbidden" forbids a value, and nobody
	}
	p := message.Provided{Texts: []string{c.e.Message}}
	p.Forget(c.echoes())
	for _, f := range c.found {
		if f.name != "model" {
			p.Texts[0] = strings.ReplaceAll(p.Texts[0], f.name, "") // a parameter named timeout is no timeout
		}
	}
	s, ok := c.claims.SignalWithout(p.Texts[0])
	if !ok && c.row.Code == "" && parameter.Valid(c.e.Code) {
		s, ok = message.Classify(inWords(c.e.Code))
	}
	if !ok {
		return finding{}, false
	}
	for _, f := range c.found {
		if own, named := message.Classify(inWords(strings.ReplaceAll(f.name, ".", " "))); named && own.Direct == s.Direct {
			return finding{}, false // safetySettings is the name of a parameter, not a verdict
		}
	}
	if s.Direct == "modelIncompatible" && c.t != nil && c.t.TaskType == "modelUpload" { // there is no other model that it has to go with
		f := c.fromRow(codes.For("declaredModelDiffers"), schema.ConfidenceLikely)
		if at := c.onlyPlace("architecture"); at.present() {
			c.attach(&f, at)
		}
		return f, true
	}
	row := codes.For(s.Direct)
	if c.row.Category == schema.CategoryProviderFailure || c.passedOn {
		row = codes.For(s.Provider)
	}
	if c.overFile(row.Category) {
		return finding{}, false
	}
	if c.row.Category == row.Category && !c.row.Family {
		row = c.row
	}
	return c.fromRow(row, schema.ConfidenceLikely), true
}

// inWords takes a name apart at its capitals: safetySettings is "safety settings".
func inWords(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
