package mend

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

func jsonInt(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// search is one best-first search. A state is a task with some edits made; the cheapest is judged next, so that the
// first that passes is the smallest mend, and those of the same cost are its alternatives.
type search struct {
	problem  Problem
	proposer *proposer

	open        []*state
	seen        map[string]bool
	validations int
	most        int // of them, see [affordable]
	born        int
	exhausted   bool
	sources     int                // of the task as it stands
	broken      []schema.Condition // by the task as it stands
}

type state struct {
	task   any
	steps  []proposal
	cost   int
	hinted int // edits of members that the error spoke of
	born   int
	left   int // conditions still broken; -1 if not judged
}

func (s *search) run() Result {
	s.most = affordable(s.problem.Task)
	s.sources = sources(nil, s.problem.Task)
	s.seen = map[string]bool{}
	s.push(&state{task: s.problem.Task, left: -1})
	var passing []*state
	var nearest *state
	whole := -1
	for len(s.open) > 0 && len(passing) < maxAlternatives {
		next := s.pop()
		if len(passing) > 0 && next.cost > passing[0].cost {
			break
		}
		if !s.affords() {
			break
		}
		broken, judged := s.problem.Validator.Broken(next.task)
		if !judged {
			continue
		}
		if len(broken) == 0 {
			if !slices.ContainsFunc(passing, func(other *state) bool { return reflect.DeepEqual(other.task, next.task) }) {
				passing = append(passing, next)
			}
			continue
		}
		if len(passing) > 0 {
			continue // what follows from here costs more
		}
		next.left = count(broken)
		if whole < 0 {
			whole = next.left
			s.broken = broken
		}
		if next.left < whole && (nearest == nil || next.left < nearest.left) && next.cost < costMaterial {
			nearest = next
		}
		if len(next.steps) == MaxEdits {
			s.exhausted = true
			continue
		}
		s.expand(next, broken)
	}
	return s.result(passing, nearest)
}

// maxJudged bounds the values that all validations of a search judge together. A task of some dozens of values, as people
// make them, has all of [MaxValidations]; one of 20,000, which is as many as are judged at all, has five.
const maxJudged = 100_000

// affordable is how often a task may be judged.
func affordable(task any) int {
	return max(2, min(MaxValidations, maxJudged/values(task)))
}

// values counts a value and all within it.
func values(v any) int {
	n := 1
	switch v := v.(type) {
	case map[string]any:
		for _, member := range v {
			n += values(member)
		}
	case []any:
		for _, item := range v {
			n += values(item)
		}
	}
	return n
}

// affords counts a validation, if the bounds allow one.
func (s *search) affords() bool {
	if s.validations >= s.most || s.problem.Spent() {
		s.exhausted = true
		return false
	}
	s.validations++
	return true
}

func (s *search) result(passing []*state, nearest *state) Result {
	r := Result{Broken: s.broken}
	slices.SortStableFunc(passing, func(a, b *state) int { return cmp.Compare(b.hinted, a.hinted) })
	for _, one := range passing {
		if mend, ok := s.mend(one, true); ok {
			r.Mends = append(r.Mends, mend)
		}
	}
	if len(r.Mends) == 0 {
		r.Exhausted = s.exhausted
		if nearest != nil {
			if mend, ok := s.mend(nearest, false); ok {
				r.Partial = &mend
			}
		}
	}
	r.Validations = s.validations
	return r
}

// mend writes a state down. An edit that a later one made needless is left out, if the validator agrees.
func (s *search) mend(one *state, proved bool) (Mend, bool) {
	steps := one.steps
	for i := 0; proved && i < len(steps) && len(steps) > 1 && s.validations < s.most && !s.problem.Spent(); i++ {
		fewer := slices.Delete(slices.Clone(steps), i, i+1)
		task, err := applied(s.problem.Task, fewer)
		if err != nil {
			continue
		}
		s.validations++
		if s.problem.Validator.Accepts(task) {
			steps, i = fewer, -1
		}
	}
	m := Mend{Proved: proved}
	task := s.problem.Task
	for _, step := range steps {
		edit := restated(task, step.edit)
		if next, err := request.Apply(task, step.operations); err == nil {
			task = next
		}
		for _, o := range step.operations {
			shown, err := o.JSON()
			if err != nil {
				return Mend{}, false
			}
			edit.Operations = append(edit.Operations, shown)
		}
		m.Edits = append(m.Edits, edit)
		m.Cost += step.cost
	}
	s.settle(m.Edits, steps, proved)
	return m, true
}

// settle asks the validator what each edit mends: the conditions that vanish with it.
func (s *search) settle(edits []Edit, steps []proposal, proved bool) {
	task := s.problem.Task
	settled := make([]bool, len(s.broken))
	for i, step := range steps {
		var err error
		if task, err = request.Apply(task, step.operations); err != nil {
			return
		}
		left := map[string]bool{}
		if i < len(steps)-1 || !proved { // with the last of a proved one all are settled
			if !s.affords() {
				return
			}
			broken, judged := s.problem.Validator.Broken(task)
			if !judged {
				return
			}
			for _, c := range broken {
				left[conditionID(c)] = true
			}
		}
		for j, c := range s.broken {
			if !settled[j] && !left[conditionID(c)] {
				settled[j] = true
				edits[i].Settles = append(edits[i].Settles, j)
			}
		}
	}
}

// conditionID is the same for the same condition of a task that was changed elsewhere. That a member is missing may be
// found by another schema then, so that its members tell a condition, not where it stands.
func conditionID(c schema.Condition) string {
	if len(c.Members) > 0 {
		return string(c.Kind) + " " + strings.Join(schema.Pointers(c.Members), " ")
	}
	return string(c.Kind) + " " + c.Pointer + " " + strings.Join(slices.Concat(c.Choices...), " ")
}

// restated says of an edit what it does to the task at hand: an edit before it, that emptied what it removes, may have
// been left out since.
func restated(task any, edit Edit) Edit {
	edit.Operations, edit.Changes = nil, slices.Clone(edit.Changes)
	for i, c := range edit.Changes {
		old, there := request.Resolve(task, c.From)
		if c.From == "" || !there {
			continue
		}
		edit.Changes[i].Old = old
		edit.Loses = edit.Loses || c.To == "" && material(rawjson.Tokens(c.From), old) > 0
	}
	return edit
}

func applied(task any, steps []proposal) (any, error) {
	for _, step := range steps {
		var err error
		if task, err = request.Apply(task, step.operations); err != nil {
			return nil, err
		}
	}
	return task, nil
}

// expand makes the states that follow from one. Of the broken conditions the first is taken that edits are known for:
// each has to be satisfied in the end, in whatever order. What is only missing may be satisfied by an edit for another.
func (s *search) expand(from *state, broken []schema.Condition) {
	broken = slices.Clone(broken)
	slices.SortStableFunc(broken, func(a, b schema.Condition) int {
		return cmp.Or(cmp.Compare(urgency(a.Kind), urgency(b.Kind)), cmp.Compare(s.hints(b), s.hints(a)))
	})
	for _, c := range broken {
		found := s.proposer.propose(from.task, c, broken)
		for _, one := range append(s.proposer.everywhere(from.task, c, broken, found), found...) {
			s.follow(from, one)
		}
		if len(found) > 0 && c.Kind != schema.BreachMissing && c.Kind != schema.BreachChoice && c.Kind != schema.BreachOther {
			return
		}
	}
}

func (s *search) follow(from *state, one proposal) {
	steps := append(slices.Clone(from.steps), one)
	id := identity(steps)
	if s.seen[id] || s.takesKept(one.edit) {
		return
	}
	s.seen[id] = true
	task, ok := edited(from.task, one.operations)
	if !ok || one.edit.Loses && s.sources > 0 && sources(nil, task) == 0 {
		return
	}
	next := &state{task: task, steps: steps, cost: from.cost + one.cost, hinted: from.hinted, left: -1}
	for _, change := range one.edit.Changes {
		if s.isHint(change.From) || s.isHint(change.To) {
			next.hinted++
			break
		}
	}
	s.push(next)
}

// takesKept tells an edit that takes out what is to be kept, or an object around it, or gives it another value.
func (s *search) takesKept(e Edit) bool {
	return slices.ContainsFunc(e.Changes, func(c Change) bool {
		return (c.To == "" || c.To == c.From) && slices.ContainsFunc(s.problem.Keeps, func(kept string) bool { return kept == c.From || strings.HasPrefix(kept, c.From+"/") })
	})
}

// identity is the same for the same edits in any order.
func identity(steps []proposal) string {
	all := make([]string, 0, len(steps))
	for _, step := range steps {
		var b strings.Builder
		for _, o := range step.operations {
			b.WriteString(o.Op + " " + o.From + " " + o.Path + ";")
			if o.Op == "replace" {
				b.WriteString(plain(o.Value))
			}
		}
		all = append(all, b.String())
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

func (s *search) push(one *state) {
	s.born++
	one.born = s.born
	at, _ := slices.BinarySearchFunc(s.open, one, func(a, b *state) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(b.hinted, a.hinted), cmp.Compare(a.born, b.born))
	})
	s.open = slices.Insert(s.open, at, one)
}

func (s *search) pop() *state {
	first := s.open[0]
	s.open = s.open[1:]
	return first
}

func (s *search) hints(c schema.Condition) int {
	n := 0
	if s.isHint(c.Pointer) {
		n++
	}
	for _, m := range c.Members {
		if s.isHint(m.Pointer) {
			n++
		}
	}
	return n
}

func (s *search) isHint(pointer string) bool {
	return pointer != "" && slices.ContainsFunc(s.problem.Hints, func(hint string) bool {
		return hint == pointer || hint != "" && strings.HasPrefix(pointer, hint+"/")
	})
}

// urgency sorts conditions: names first, since a member that is put in its place is then judged there.
func urgency(kind schema.Breach) int {
	switch kind {
	case schema.BreachUnknown:
		return 0
	case schema.BreachType:
		return 1
	case schema.BreachEnum, schema.BreachRange, schema.BreachLength, schema.BreachItems, schema.BreachFormat, schema.BreachAlternatives:
		return 2
	case schema.BreachRefused:
		return 3
	case schema.BreachConflict, schema.BreachExclusive:
		return 4
	case schema.BreachSizes, schema.BreachContains:
		return 5
	case schema.BreachMissing, schema.BreachChoice:
		return 6
	case schema.BreachOther:
		return 7
	default:
		return 8
	}
}

// count counts conditions, with those that are their consequences.
func count(broken []schema.Condition) int {
	n := 0
	for _, c := range broken {
		n += 1 + count(c.Consequences)
	}
	return n
}
