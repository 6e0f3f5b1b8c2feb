package diagnose

import (
	"strings"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/schema"
)

// complaint reads what a provider complains of where no rule about one parameter says it: a file, a text, a voice, the
// shape of the output. Nothing is said of what the request does not hold.
func (c *oneCase) complaint(p message.Provided) (f finding, sure, ok bool) {
	told := complaints()
	for _, text := range p.Texts {
		of := message.Complains(strings.Join(p.Params, " ") + ": " + text)
		words, known := told[of]
		if known && words.file && !c.mayMean(words, text) { // the output is meant, if anything
			words, known = told[ofOutput(of)]
		}
		if !known || c.t != nil && !c.req.Opaque && strings.Contains(words.mend, "`width`") && !c.setsSize() {
			continue
		}
		var named found
		if words.name != "" {
			if c.t == nil || len(c.t.Locate(words.name)) != 1 {
				continue
			}
			named = found{name: words.name, places: c.t.Locate(words.name)}
		}
		if words.shows != "" && c.t != nil {
			if places := c.t.Locate(words.shows); len(places) == 1 {
				named = found{name: words.shows, places: places}
			}
		}
		f = c.finding(words.category, schema.RetryAfterDecision, schema.ConfidenceLikely)
		if words.retry != "" {
			f.Retry = words.retry
		}
		f.cause = cause{saying: saying{key: inText, text: words.cause}, by: providerSays}
		f.mend.saying = saying{key: inText, text: words.mend}
		if named.present() {
			c.attach(&f, named)
		}
		if words.file {
			c.nameMedium(&f, words.kind, text)
		}
		if prose := c.prose(); words.text && len(prose) == 1 {
			if at := c.t.Holding(prose[0]); at.Pointer != "" {
				c.attachPlace(&f, at)
			}
		}
		return f, words.sure, true
	}
	return finding{}, false, false
}

// mayMean tells a complaint about a file that the request may hold.
func (c *oneCase) mayMean(words complaint, text string) bool {
	if c.t == nil || c.req.Opaque {
		return true
	}
	of, all := mediumIn(text), len(c.inputs(""))
	return c.holdsFiles() && (all == 0 || (of == "" || len(c.inputs(of)) > 0) && (!words.several || all > 1))
}

// ofOutput is a complaint about a file, said of what the task makes.
func ofOutput(of message.Complaint) message.Complaint {
	switch of { //nolint:exhaustive // the others speak of files alone
	case message.FileLength:
		return message.Duration
	case message.FileShape:
		return message.OutputShape
	default:
		return message.NoComplaint
	}
}

// nameMedium names the only file of the medium that the words speak of.
func (c *oneCase) nameMedium(f *finding, of medium, text string) {
	if of == "" {
		of = mediumIn(text)
	}
	if places := c.inputs(of); len(places) == 1 {
		f.cause.more = append(f.cause.more, saying{key: atName, name: places[0].Parameter})
	}
}

// mediumIn is the medium that a text names; empty where it names none, or several.
func mediumIn(text string) medium {
	if named := message.Media(text); len(named) == 1 {
		return medium(named[0])
	}
	return ""
}

// setsSize tells a task that says how large its output is to be.
func (c *oneCase) setsSize() bool {
	return len(c.t.Locate("width"))+len(c.t.Locate("height"))+len(c.t.Locate("resolution")) > 0
}
