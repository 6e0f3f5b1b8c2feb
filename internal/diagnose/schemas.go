package diagnose

import (
	"bytes"
	"reflect"
	"slices"
	"sync"

	"mcp-taskdetails/internal/constraint"
	edit "mcp-taskdetails/internal/mend"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// Model is what a model's JSON Schema knows of a task object. Values are decoded ones, as [request.Decode] makes them.
type Model interface {
	// Broken lists the conditions that a task breaks, and Accepts tells that it was judged whole and breaks none.
	edit.Validator
	// Unchecked lists what of a task the schema cannot tell.
	Unchecked(task any) []schema.Unchecked
	// Places lists the members that the schema has, as pointers in which `*` is any index.
	Places() []string
	// Constraint is what the schema says of the value at an RFC 6901 pointer into a task object.
	Constraint(pointer string) (schema.Constraint, bool)
	// Documentation is the page of a dotted parameter, "" if unknown.
	Documentation(parameter string) string
	// Identity is what the registry says of the model's id, and Listing also what its page does, which may take a moment.
	Identity() schema.Listing
	Listing() schema.Listing
	// Price is what a task costs, by the model's page: it may take a moment. It is false where that is not known.
	Price(task any) (schema.Price, bool)
}

// judgement is what the schema of its model says of one task.
type judgement struct {
	Model
	task any // decoded

	conditions []schema.Condition // what it breaks; see [judgement.broken]
	asked      bool               // whether the validator was asked for them
	unjudged   bool               // whether it could not tell
	proof      proof

	renamed bool // judged with the id of its model in place of a short name
	unnamed bool // judged with a taskUUID, which the task lacks: nobody but its sender makes one

	values map[string]*value // by pointer: of those that conditions speak of, see [judgement.value]
}

// value is a value of the task that a condition speaks of. It is read once, however many errors have that condition for
// their reason: it may be an image of many megabytes.
type value struct {
	raw     []byte
	held    bool
	actual  schema.Value
	measure schema.Measure

	rule    *constraint.Constraint // that it was judged by last; nil if it was not
	verdict constraint.Verdict
}

func (v *value) judge(parameter string, r constraint.Constraint) constraint.Verdict {
	if v.rule == nil || !reflect.DeepEqual(*v.rule, r) {
		v.rule, v.verdict = &r, r.Judge(parameter, v.raw)
	}
	return v.verdict
}

func (j *judgement) value(t *request.Task, pointer string) *value {
	if v, known := j.values[pointer]; known {
		return v
	}
	v := &value{}
	if v.raw, v.held = rawjson.Resolve(t.Raw, pointer); v.held {
		v.actual, v.measure = constraint.Actual(dotted(pointer), v.raw)
	}
	if j.values == nil {
		j.values = map[string]*value{}
	}
	j.values[pointer] = v
	return v
}

// schemas judges the tasks of a request, each once.
type schemas struct {
	model func(id string) Model
	known map[int]*judgement

	unsent bool // the request was not sent yet
}

// of is nil where the schema of the model is not known, or the task cannot be judged.
func (s *schemas) of(req *request.Request, t *request.Task) *judgement {
	if t == nil || t.Model == "" || s.model == nil || req.Opaque {
		return nil
	}
	j, known := s.known[t.Index]
	if !known {
		j = judge(t, s.model(t.Model), s.unsent)
		s.known[t.Index] = j
	}
	if j != nil && j.unjudged {
		return nil
	}
	return j
}

func judge(t *request.Task, m Model, unsent bool) *judgement {
	if m == nil {
		return nil
	}
	task := t.Value()
	if task == nil {
		return nil
	}
	task, renamed := byID(task, m)
	unnamed := unsent && t.UUID == ""
	if unnamed {
		task = with(task, "taskUUID", "00000000-0000-4000-8000-000000000000")
	}
	j := &judgement{Model: m, task: task, renamed: renamed, unnamed: unnamed}
	if unsent || len(m.Places()) == 0 { // of which there is nothing to say but what it breaks, or perhaps no schema
		j.broken()
	}
	return j
}

// broken lists what the task breaks; it is empty for one that passes. The validator is asked when somebody wants to know:
// where the mend that an error asks for passes the whole schema, nobody does.
func (j *judgement) broken() []schema.Condition {
	if !j.asked {
		j.asked = true
		broken, judged := j.Broken(j.task)
		if judged {
			broken = append(broken, doubted(j.Unchecked(j.task), broken)...)
		}
		j.conditions, j.unjudged = broken, !judged
	}
	return j.conditions
}

// proof is what the validator said of a patch that was tried last.
type proof struct {
	ops    []schema.Operation
	task   any // patched
	broken []schema.Condition
	judged bool
}

// prove lists what the patched task breaks; judged is false where the validator cannot tell.
func (j *judgement) prove(ops []schema.Operation, patched any) (broken []schema.Condition, judged bool) {
	if len(ops) == 0 || !slices.EqualFunc(j.proof.ops, ops, sameOperation) {
		j.proof = proof{ops: ops, task: patched}
		j.proof.broken, j.proof.judged = j.Broken(patched)
	}
	return j.proof.broken, j.proof.judged
}

// patched is the task after operations; of those that were tried last it is known.
func (j *judgement) patched(task any, base string, ops []schema.Operation) (any, error) {
	if j != nil && len(ops) > 0 && slices.EqualFunc(j.proof.ops, ops, sameOperation) {
		return j.proof.task, nil
	}
	return request.Patched(task, base, ops)
}

func sameOperation(a, b schema.Operation) bool {
	return a.Op == b.Op && a.Path == b.Path && a.From == b.From && bytes.Equal(a.Value, b.Value)
}

// mendedBy tells that what the findings ask for makes a task pass its whole schema, without anything being taken out: then
// nothing else is wrong with it.
func (j *judgement) mendedBy(t *request.Task, findings []finding) bool {
	if j.asked || len(doubted(j.Unchecked(j.task), nil)) > 0 {
		return false
	}
	ops, patched := joined(t, findings, j)
	if len(ops) == 0 || takesOut(ops) {
		return false
	}
	broken, judged := j.prove(ops, patched)
	return judged && len(broken) == 0
}

// takesOut tells operations that remove a member, and not an item that is too many.
func takesOut(ops []schema.Operation) bool {
	return slices.ContainsFunc(ops, func(op schema.Operation) bool { return op.Op == "remove" && !isItem(op.Path) })
}

// doubted lists what passes the schema's own words, and cannot be what they mean: a word or a path for a file, a number
// beyond the bound that was rounded when the schema was written. Its member is unfit, which no condition of the schema
// itself says of one that breaks it.
func doubted(all []schema.Unchecked, broken []schema.Condition) []schema.Condition {
	var found []schema.Condition
	for _, u := range all {
		c := schema.Condition{Pointer: u.Pointer, Constraint: u.Constraint, Members: []schema.Premise{{Pointer: u.Pointer, State: schema.StateUnfit}}}
		switch u.Reason {
		case schema.UncheckedMedia:
			c.Kind, c.Constraint.Text = schema.BreachFormat, "a UUID, a URL, a data URI or base64"
		case schema.UncheckedNumber:
			c.Kind = schema.BreachRange
		case schema.UncheckedFile, schema.UncheckedPattern, schema.UncheckedReference:
			continue
		}
		if !slices.ContainsFunc(broken, func(b schema.Condition) bool { return b.Pointer == u.Pointer }) {
			found = append(found, c)
		}
	}
	return found
}

// isDoubted tells a condition of [doubted].
func isDoubted(c schema.Condition) bool {
	return len(c.Members) == 1 && c.Members[0].State == schema.StateUnfit && c.Members[0].Pointer == c.Pointer
}

// mender searches for mends; nil if its table of other names is at odds with itself, which its tests rule out.
//
//nolint:gochecknoglobals // made once, on first use, then never written
var mender = sync.OnceValue(func() *edit.Mender {
	m, err := edit.New()
	if err != nil {
		return nil
	}
	return m
})

// search looks for the smallest edits that make the task pass. Hints are the pointers that the errors speak of.
func (j *judgement) search(hints []string) edit.Result {
	return j.solve(edit.Problem{Validator: j, Hints: hints})
}

// searchAgain is another search for the same task, in at most so many validations.
func (j *judgement) searchAgain(p edit.Problem, most int) edit.Result {
	asked := 0
	p.Spent = func() bool { asked++; return asked > most }
	return j.solve(p)
}

func (j *judgement) solve(p edit.Problem) edit.Result {
	m := mender()
	if m == nil {
		return edit.Result{Exhausted: true}
	}
	p.Task, p.Places, p.Rule = j.task, j.Places(), j.Constraint
	return m.Mend(p)
}
