package mend

import (
	"fmt"

	"mcp-taskdetails/schema"
)

// Bounds of one search.
const (
	MaxValidations  = 200
	MaxEdits        = 4
	maxAlternatives = 3
)

// Validator judges a decoded task. Neither method changes it.
type Validator interface {
	// Accepts tells that the task was judged whole and passes.
	Accepts(task any) bool
	// Broken lists the conditions that the task breaks; judged is false where that is not known.
	Broken(task any) (broken []schema.Condition, judged bool)
}

// Problem is a task to be mended, and what its schema knows of names.
type Problem struct {
	// Task is the decoded task object: map[string]any, []any, string, json.Number, bool and nil. It is not changed.
	Task any

	// Validator judges the candidates.
	Validator Validator

	// Places are the members that the schema has, as pointers in which `*` is any index. Without them nothing is moved
	// or renamed.
	Places []string

	// Rule is what the schema says of the value at a pointer, whatever the task holds. Default is no knowledge.
	Rule func(pointer string) (schema.Constraint, bool)

	// Hints are the pointers that the error spoke of: among equally small mends theirs come first. Default is none.
	Hints []string

	// Keeps are the pointers of members that no edit takes out or gives another value. Default is none.
	Keeps []string

	// Spent tells that the time for the search is over; it is asked before each validation. Default is that it never is.
	Spent func() bool
}

// Result is what was found.
type Result struct {
	// Mends are the smallest that pass, up to three of the same size, those of hinted members first. More than one means
	// that the choice between them is the user's. It is empty if none was found within the bounds.
	Mends []Mend

	// Partial is, where Mends is empty, the one that leaves the fewest conditions broken and loses nothing; nil if no edit
	// leaves fewer.
	Partial *Mend

	// Broken are the conditions that the task breaks as it stands; Edit.Settles counts in them. It is empty for a task that
	// passes, and for one that was not judged.
	Broken []schema.Condition

	// Validations counts what was judged. Exhausted tells that the search ended at a bound.
	Validations int
	Exhausted   bool
}

// Mend is a list of edits that belong together.
type Mend struct {
	Edits  []Edit
	Proved bool // the task with all edits passes
	Cost   int  // of two mends the smaller is the better
}

// Loses tells whether an edit takes out what the user made.
func (m Mend) Loses() bool {
	for _, e := range m.Edits {
		if e.Loses {
			return true
		}
	}
	return false
}

// Abandons tells whether an edit gives up what the user could keep by adding something.
func (m Mend) Abandons() bool {
	for _, e := range m.Edits {
		if e.Abandons {
			return true
		}
	}
	return false
}

// Operations are those of all edits, in order, relative to the task object.
func (m Mend) Operations() []schema.Operation {
	var all []schema.Operation
	for _, e := range m.Edits {
		all = append(all, e.Operations...)
	}
	return all
}

// Edit is one small change.
type Edit struct {
	Kind    Kind
	Changes []Change // one; two for a pair of sides; each member of an object that is dissolved; all that are refused together

	// Again counts further items of an array to which the same is done: Changes are those of the first, then as many of
	// each other one.
	Again int

	// Loses tells that media, a prompt or a text of the user's is taken out.
	Loses bool

	// Abandons tells that something is removed only because something else is missing: whoever adds that can keep it.
	Abandons bool

	// Settles are the indices in Result.Broken of the conditions that vanish with this edit, those before it made: what
	// it is the mend of. It is empty where an edit mends what one before it brought to light (a member that was moved is
	// then judged in its place), and where the bounds left no time to ask.
	Settles []int

	// Operations make the changes, relative to the task object. A move carries its value, however large.
	Operations []schema.Operation
}

// Change is what an edit does to one member. Values are decoded ones, those of the task.
type Change struct {
	From string // where it was; "" for one that is added
	To   string // where it is; "" for one that is removed
	Old  any
	New  any
}

// Kind is what an edit does.
type Kind string

// The kinds. The zero value is invalid.
const (
	KindMove      Kind = "move"      // elsewhere, under the same name or another, into an array or out of one
	KindRename    Kind = "rename"    // within its object
	KindNormalise Kind = "normalise" // another value for the same member
	KindRemove    Kind = "remove"
	KindAdd       Kind = "add" // the only value that the schema takes
)

// Mender searches for mends. It is immutable and safe for concurrent use.
type Mender struct {
	aliases map[string][]string // folded name → names that the schema may have for it
}

// New makes a Mender. It fails if the table of aliases contradicts its own examples.
func New() (*Mender, error) {
	aliases, err := readAliases(aliasTable)
	if err != nil {
		return nil, fmt.Errorf("mend: aliases: %w", err)
	}
	return &Mender{aliases: aliases}, nil
}

// Mend searches for the smallest edits that make the whole task pass. A task that passes needs none: the result has one
// proved mend without edits.
func (m *Mender) Mend(p Problem) Result {
	if p.Rule == nil {
		p.Rule = func(string) (schema.Constraint, bool) { return schema.Constraint{}, false }
	}
	if p.Spent == nil {
		p.Spent = func() bool { return false }
	}
	s := search{problem: p, proposer: newProposer(m, p)}
	return s.run()
}
