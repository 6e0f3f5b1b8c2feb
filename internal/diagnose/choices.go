package diagnose

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	edit "mcp-taskdetails/internal/mend"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// withOther puts beside the one mend that a search found, and that gives something up, the smallest which keeps that: where
// members exclude each other, the choice is between them, however much more goes with one of them. only tells that there
// is no other and that nothing goes but such members and no file: then nobody has a choice.
func (j *judgement) withOther(found edit.Result, hints []string) (all []edit.Mend, only bool) {
	all = found.Mends
	gone := j.givenUp(all[0])
	if len(all) != 1 || len(gone) == 0 {
		return all, false
	}
	slices.SortStableFunc(gone, func(a, b string) int { return cmp.Compare(weight(b), weight(a)) }) // what weighs most first
	only, left := !all[0].Abandons(), edit.MaxValidations-found.Validations
	tried := 0
	for _, at := range gone {
		only = only && j.yields(at) && mediumOf(dotted(at)) == ""
		if !j.excluded(at) || tried == maxKept {
			continue
		}
		tried++
		other := j.searchAgain(edit.Problem{Validator: j, Hints: hints, Keeps: []string{at}}, left)
		if len(other.Mends) > 0 {
			return append(slices.Clone(all), other.Mends[0]), false
		}
		only, left = only && !other.Exhausted, left-other.Validations
	}
	return all, only && tried > 0
}

// maxKept bounds the members that are tried to be kept.
const maxKept = 3

// weight orders members by what it would mean to lose them: a whole file, one of several, a setting.
func weight(pointer string) int {
	switch {
	case mediumOf(dotted(pointer)) == "":
		return 0
	case isItem(pointer):
		return 1
	default:
		return 2
	}
}

// givenUp are the pointers of the members that a mend takes out, or switches off for the sake of others.
func (j *judgement) givenUp(m edit.Mend) []string {
	var gone []string
	for _, e := range m.Edits {
		for _, change := range e.Changes {
			if change.To == "" || e.Kind == edit.KindNormalise && j.excluded(change.From) {
				gone = append(gone, change.From)
			}
		}
	}
	return gone
}

// takesOnlyUnknown tells a mend that takes out no file and nothing but what the schema has no place for: no choice is left.
func (j *judgement) takesOnlyUnknown(m edit.Mend) bool {
	gone := j.givenUp(m)
	return m.Proved && len(gone) > 0 && !slices.ContainsFunc(gone, func(at string) bool {
		return mediumOf(dotted(at)) != "" || !slices.ContainsFunc(j.broken(), func(c schema.Condition) bool { return c.Kind == schema.BreachUnknown && c.Pointer == at })
	})
}

// excluded tells a member that the task may not have beside another one of its own.
func (j *judgement) excluded(pointer string) bool {
	return slices.ContainsFunc(j.broken(), func(c schema.Condition) bool {
		switch c.Kind { //nolint:exhaustive // the others exclude nothing
		case schema.BreachItems:
			return len(c.Because) > 0 && (slices.Contains(schema.Pointers(c.Because), pointer) || within(pointer, c.Pointer))
		case schema.BreachConflict, schema.BreachExclusive:
			return slices.Contains(schema.Pointers(c.Members), pointer)
		case schema.BreachRefused:
			return len(c.Because) > 0 && slices.Contains(schema.Pointers(slices.Concat(c.Members, c.Because)), pointer)
		}
		return false
	})
}

// yields tells a member that is refused beside others, none of which stays in every patch: a destination stays for another
// reason than that the task needs it.
func (j *judgement) yields(pointer string) bool {
	return slices.ContainsFunc(j.broken(), func(c schema.Condition) bool {
		excludes := c.Kind == schema.BreachConflict || c.Kind == schema.BreachExclusive || c.Kind == schema.BreachRefused && len(c.Because) > 0
		return excludes && slices.Contains(schema.Pointers(c.Members), pointer) && !slices.ContainsFunc(slices.Concat(c.Members, c.Because), func(p schema.Premise) bool {
			last := parameter.Last(dotted(p.Pointer))
			return parameter.Guarded(last) || parameter.Safeguards(last)
		})
	})
}

// awaiting judges a task as if what only its sender can add were there already: a prompt, a picture, a size.
type awaiting struct{ *judgement }

func (a awaiting) Accepts(task any) bool {
	broken, judged := a.Broken(task)
	return judged && len(broken) == 0
}

func (a awaiting) Broken(task any) ([]schema.Condition, bool) {
	broken, judged := a.judgement.Broken(task)
	return slices.DeleteFunc(slices.Clone(broken), a.onlySenders), judged
}

// onlySenders tells that a condition asks for what nobody but the sender of a task can add: of a size a table may leave no
// choice of the side that is missing.
func (j *judgement) onlySenders(c schema.Condition) bool {
	if c.Kind != schema.BreachMissing {
		return c.Kind == schema.BreachChoice
	}
	fitting := 0
	for _, s := range c.Sizes {
		if len(c.Sizes) == 1 || len(c.Members) == 1 && j.hasSide("/width", s.Width) != j.hasSide("/height", s.Height) {
			fitting++
		}
	}
	return len(c.Constraint.Allowed) != 1 && fitting != 1
}

func (j *judgement) hasSide(pointer string, n int) bool {
	value, _ := request.Resolve(j.task, pointer)
	return fmt.Sprint(value) == strconv.Itoa(n)
}

// searchBeside looks for the smallest edits that leave nothing to do but to add what only the sender of a task can.
func (j *judgement) searchBeside(hints []string, most int) (edit.Mend, []schema.Condition, bool) {
	if !slices.ContainsFunc(j.broken(), j.onlySenders) {
		return edit.Mend{}, nil, false
	}
	found := j.searchAgain(edit.Problem{Validator: awaiting{j}, Hints: hints}, most)
	if len(found.Mends) != 1 || !j.follows(found.Mends[0]) {
		return edit.Mend{}, nil, false
	}
	return found.Mends[0], found.Broken, true
}
