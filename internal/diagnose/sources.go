package diagnose

import (
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Who said it decides what may follow, since an agent applies a patch without asking:
//
//	Runware's fields and message, without what they echo of the request   up to certain; a patch
//	the model's schema                                                    the same
//	a provider's words, wherever they stand                               at most likely; a patch only towards what is
//	                                                                      already in the request or in Runware's fields
//	an echo of the request in a message                                   nothing: gather cuts it out before reading
//
// No source may lead to a patch of a guarded member, and a mend that makes the task dearer says so and is not certain.
func (c *oneCase) permitted(f finding) finding {
	if f.cause.by != runware {
		if f.Confidence == schema.ConfidenceCertain {
			f.Confidence = schema.ConfidenceLikely
		}
		leads := slices.ContainsFunc(f.cause.more, func(s saying) bool { return s.key == saysMoved }) // to a place that only those words know
		if leads || slices.ContainsFunc(f.patch, func(op schema.Operation) bool { return !c.within(op) }) {
			f.patch = nil
		}
	}
	return c.unguarded(f)
}

// within tells whether an operation leads only to what stands in the request or in Runware's own fields.
func (c *oneCase) within(op schema.Operation) bool {
	switch op.Op {
	case "move":
		return true
	case "replace":
		return slices.ContainsFunc(slices.Concat(c.e.Allowed, []schema.Value{schema.Value(c.e.Min), schema.Value(c.e.Max)}), func(v schema.Value) bool {
			return len(v) > 0 && (string(v) == string(op.Value) || isSideOf(v, op))
		})
	case "remove":
		return isItem(op.Path) && c.e.Max != "" // down to Runware's own count
	default:
		return string(op.Value) == "{}" || string(op.Value) == "[]" // room for a move
	}
}

// isSideOf tells an operation that sets a side to that of a size which a field lists: "1024*1024".
func isSideOf(listed schema.Value, op schema.Operation) bool {
	text, _ := rawjson.Text(listed)
	w, h, ok := parameter.ParseSize(text)
	wide, high := strings.HasSuffix(op.Path, "/width"), strings.HasSuffix(op.Path, "/height")
	return ok && (wide && string(op.Value) == strconv.Itoa(w) || high && string(op.Value) == strconv.Itoa(h))
}

// unguarded takes a patch back that touches a guarded member, and says what a mend costs.
func (c *oneCase) unguarded(f finding) finding {
	if name := guardedIn(f.patch); name != "" {
		f.patch = nil
		f.mend = mend{saying: saying{key: guardedMember, name: name}}
	}
	if last := parameter.Last(f.Parameter); parameter.Guarded(last) && last != "taskType" && f.Constraint != nil && len(f.Constraint.Allowed) > 0 && f.Constraint.Source != schema.SourceDocumentation {
		// What a text lists as accepted there is not said again: a destination, a key.
		f.Constraint = nil
		f.cause = cause{saying: saying{key: refusesGuarded, who: c.who(), name: f.Parameter}, by: f.cause.by}
		f.mend = mend{saying: saying{key: guardedMember, name: f.Parameter}}
	}
	for _, op := range f.patch {
		if name := c.dearer(op); name != "" {
			if f.Confidence == schema.ConfidenceCertain {
				f.Confidence = schema.ConfidenceLikely
			}
			f.mend.aside = append(f.mend.aside, saying{key: costsMore, name: name})
			break
		}
	}
	return f
}

// guardedIn is the first guarded member that a patch touches, "" if there is none.
func guardedIn(ops []schema.Operation) string {
	for _, op := range ops {
		for _, pointer := range [...]string{op.Path, op.From} {
			for name := range strings.SplitSeq(pointer, "/") {
				if parameter.Guarded(name) {
					return name
				}
			}
		}
	}
	return ""
}

// dearer is the member that an operation raises and that is paid for, "" if it raises none.
func (c *oneCase) dearer(op schema.Operation) string {
	if op.Op != "replace" || c.t == nil {
		return ""
	}
	name := parameter.Last(dotted(strings.TrimPrefix(op.Path, c.t.Base)))
	if !parameter.Costs(name) || parameter.IsSide(name) {
		return ""
	}
	old, held := rawjson.Resolve(c.t.Raw, strings.TrimPrefix(op.Path, c.t.Base))
	before, okBefore := constraint.ParseNumber(strings.Trim(string(old), `"`))
	after, okAfter := constraint.ParseNumber(strings.Trim(string(op.Value), `"`))
	if !held || !okBefore || !okAfter || after.Cmp(before) <= 0 {
		return ""
	}
	return name
}
