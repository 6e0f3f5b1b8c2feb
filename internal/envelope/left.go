package envelope

import "fmt"

// The bounds of what is kept. A response within them is the rule: the largest seen had four errors and twenty results.
const (
	maxErrors  = 100   // distinct ones; as many again that name a task which was asked for
	maxItems   = 1_000 // results; as many again that name a task which was asked for
	maxAllowed = 1_000 // values of one `allowedValues`, names of one `parameter`
)

// Left counts what Decode did not keep.
type Left struct {
	Repeated int  // errors equal to one that is kept
	Errors   int  // further errors
	Items    int  // further results
	Allowed  int  // further values of `allowedValues`, and names of `parameter`, over all errors kept
	Stopped  bool // the context ended: what else there is was not even counted
}

// Notes says in words what was left, a sentence each; nil when all was kept.
func (l Left) Notes() []string {
	var notes []string
	say := func(when bool, format string, args ...any) {
		if when {
			notes = append(notes, fmt.Sprintf(format, args...))
		}
	}
	say(l.Repeated == 1, "1 further error repeats another word for word")
	say(l.Repeated > 1, "%d further errors repeat others word for word", l.Repeated)
	say(l.Errors > 0, "%d further errors were not read: %d different ones are the most", l.Errors, maxErrors)
	say(l.Items > 0, "%d further items of the response were not read: %d are the most", l.Items, maxItems)
	say(l.Allowed > 0, "%d further allowed values were not read: %d of an error are the most", l.Allowed, maxAllowed)
	say(l.Stopped, "the call ended before all of the response was read")
	return notes
}
