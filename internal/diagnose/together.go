package diagnose

import (
	"reflect"
	"slices"
	"strings"

	edit "mcp-taskdetails/internal/mend"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// mended is the one patch that mends all that can be mended, and what is known of it.
type mended struct {
	patch     []schema.Operation
	steps     []saying           // what it does, where a search found it; else the mends of the findings say so
	edits     []settling         // those steps, edit by edit
	settled   []schema.Condition // that the patch leaves kept, where it leaves others for the sender
	verified  *bool              // whether the patched tasks pass their models' schemas; nil when that was not judged in full
	rest      saying             // what the patched request still breaks; silent if nothing is known
	choices   []alternative      // equally small mends, where the choice between them is the user's
	fewerPass *bool              // as verified, of it alone
	fewer     []schema.Operation // asks for no more results than are lacking; mends nothing, and costs less
	whole     bool               // the search mends all that the schemas find
}

// settling is an edit of a mend, and the conditions that are kept with it.
type settling struct {
	steps      []saying
	conditions []schema.Condition
}

// alternative is one mend among several.
type alternative struct {
	steps []saying
	patch []schema.Operation
}

// together makes one patch of what the findings ask for, and verifies it. An agent applies it as a whole. Where it does
// not pass the model's schema, or would throw away what the schema takes elsewhere, the smallest edits that pass are
// searched for.
func together(req *request.Request, findings []finding, s *schemas) mended {
	m := mended{whole: true}
	if req.Opaque {
		return m
	}
	judged, passes := true, true
	for i := range req.Tasks {
		t := &req.Tasks[i]
		if !concerned(findings, t.Index) {
			continue
		}
		j := s.of(req, t)
		ops, patched := joined(t, findings, j)
		if j == nil {
			judged = judged && len(ops) == 0
			m.whole = m.whole && len(ops) == 0
			m.patch = append(m.patch, ops...)
			continue
		}
		own := j.mend(t, findings, ops, patched)
		m.patch = append(m.patch, own.patch...)
		m.steps = append(m.steps, own.steps...)
		m.edits = append(m.edits, own.edits...)
		m.settled = append(m.settled, own.settled...)
		m.choices = append(m.choices, own.choices...)
		m.whole = m.whole && own.whole
		switch {
		case own.verified == nil:
			judged = judged && len(own.patch) == 0
		case !*own.verified:
			passes = false
			if m.rest.key == silent {
				m.rest = own.rest
			}
		}
	}
	if len(m.patch) > 0 && (judged || !passes) {
		m.verified = &passes
	}
	if len(m.choices) > 0 {
		m.patch, m.verified, m.steps, m.whole, m.rest = nil, nil, nil, false, saying{}
	}
	return m
}

// askFewer asks for no more results than are lacking, where that passes the schema and nobody has to choose a mend first.
func (m *mended) askFewer(o *outcome, known *schemas, req *request.Request) {
	n, t := o.lacking(), o.counting
	if n == 0 || t == nil || req.Opaque || len(m.choices) > 0 {
		return
	}
	op := replace(rawjson.Pointer(t.Base, "numberResults"), schema.IntValue(n))
	if touches(m.patch, op.Path) {
		return
	}
	j := known.of(req, t)
	if j != nil {
		patched, err := request.Patched(j.task, t.Base, append(slices.Clone(m.patch), op))
		if err != nil {
			return
		}
		if broken, judged := j.Broken(patched); judged {
			m.fewerPass = new(len(broken) == 0)
		}
	}
	m.fewer = []schema.Operation{op}
}

// concerned tells whether a finding is about a task in a way that a change of the task may mend.
func concerned(findings []finding, index int) bool {
	return slices.ContainsFunc(findings, func(f finding) bool {
		return f.TaskIndex != nil && *f.TaskIndex == index && (len(f.patch) > 0 || f.bySchema || aboutParameters(f.Category))
	})
}

// mend weighs the direct mend of a task against its schema, and searches where it falls short.
func (j *judgement) mend(t *request.Task, findings []finding, direct []schema.Operation, patched any) mended {
	m := mended{patch: direct}
	var left []schema.Condition
	if len(direct) > 0 {
		var judged bool
		if left, judged = j.prove(direct, patched); !judged {
			return m
		}
		m.verified = new(len(left) == 0)
		if !j.checks(patched, direct) && len(left) == 0 {
			m.verified = nil
		}
		if len(left) == 0 && !takesOut(direct) {
			m.whole = true
			return m
		}
	}
	if len(j.broken()) == 0 {
		if len(left) > 0 { // the error asks for what the schema refuses: the error is about this request, the schema is not
			m.rest = stillBroken(left[0])
		}
		m.whole = len(direct) > 0
		return m
	}
	spoken := hints(t, findings)
	found := j.search(spoken)
	switch {
	case len(found.Mends) == 1 && j.follows(found.Mends[0]):
		return j.searched(t, found.Mends[0], found.Broken, m)
	case len(found.Mends) > 0 && found.Mends[0].Proved && len(found.Mends[0].Edits) > 0:
		if len(direct) > 0 && len(left) == 0 && len(found.Mends) == 1 {
			m.whole = true // the error asks for it
			return m
		}
		if j.losesAtLarge(found.Mends, left) {
			if j.takesOnlyUnknown(found.Mends[0]) {
				return j.searched(t, found.Mends[0], found.Broken, m)
			}
			return m // what the user made is no mend of itself
		}
		all, only := j.withOther(found, spoken)
		if only {
			return j.searched(t, all[0], found.Broken, m)
		}
		for _, one := range all {
			m.choices = append(m.choices, alternative{steps: editWords(one), patch: onArray(t, one.Operations())})
		}
		return m
	}
	if one, broken, ok := j.searchBeside(spoken, edit.MaxValidations-found.Validations); ok {
		if task, err := request.Patched(j.task, t.Base, onArray(t, one.Operations())); err == nil && !reflect.DeepEqual(task, patched) {
			m = j.searched(t, one, broken, m)
			m.whole = false
			left, _ = j.Broken(task)
			m.settled = slices.DeleteFunc(slices.Clone(j.broken()), func(c schema.Condition) bool {
				return slices.ContainsFunc(left, func(other schema.Condition) bool { return sameCondition(c, other) })
			})
		}
	}
	switch {
	case len(m.patch) > 0 && len(left) > 0:
		m.rest = stillBroken(left[0])
	case len(m.patch) > 0:
		m.whole = true
	}
	return m
}

// keepsSome tells a mend that moves what the user made, whatever else of it is taken out.
func keepsSome(m edit.Mend) bool {
	return slices.ContainsFunc(m.Edits, func(e edit.Edit) bool { return e.Kind == edit.KindMove || e.Kind == edit.KindRename })
}

// losesAtLarge tells that the only mend is to throw away what the user made, where nothing of it is at odds with anything.
func (j *judgement) losesAtLarge(mends []edit.Mend, left []schema.Condition) bool {
	return len(mends) == 1 && mends[0].Loses() && len(left) == 0 && !keepsSome(mends[0]) &&
		!j.breaksAny(schema.BreachConflict, schema.BreachExclusive, schema.BreachRefused, schema.BreachMissing)
}

// follows tells whether a mend follows from what the schema refuses, so that nobody has to choose: nothing of the user's
// is lost or given up, and only a value that is wrong in itself is changed, only a name that is refused is removed.
func (j *judgement) follows(m edit.Mend) bool {
	if !m.Proved || m.Abandons() || len(m.Edits) == 0 {
		return false
	}
	for i, e := range m.Edits {
		if e.Loses && (len(m.Edits) == 1 || !j.trims(e)) {
			return false
		}
		for _, change := range e.Changes {
			if broughtToLight(m.Edits[:i], e, change) {
				continue
			}
			switch e.Kind {
			case edit.KindMove, edit.KindRename, edit.KindAdd:
			case edit.KindNormalise:
				if isPair(e) && j.breaks(e.Changes[0].From, schema.BreachRange) || isPair(e) && j.breaks(e.Changes[1].From, schema.BreachRange) {
					continue // one side follows the other, so that the shape stays
				}
				if !j.breaks(change.From, schema.BreachEnum, schema.BreachRange, schema.BreachLength, schema.BreachItems, schema.BreachType, schema.BreachFormat, schema.BreachSizes, schema.BreachAlternatives) {
					return false
				}
			case edit.KindRemove:
				if !j.breaks(change.From, schema.BreachUnknown, schema.BreachRefused, schema.BreachItems, schema.BreachAlternatives, schema.BreachRange) {
					return false
				}
			}
		}
	}
	return true
}

// isPair tells an edit of both sides of a picture.
func isPair(e edit.Edit) bool {
	return len(e.Changes) == 2 && parameter.IsSide(dotted(e.Changes[0].From)) && parameter.IsSide(dotted(e.Changes[1].From))
}

// trims tells an edit that takes the last of too many items out of one array, however few of them some other member allows.
func (j *judgement) trims(e edit.Edit) bool {
	array, _ := trimmed(e)
	return array != "" && j.breaks(array, schema.BreachItems) && !slices.ContainsFunc(j.broken(), func(c schema.Condition) bool {
		return c.Kind == schema.BreachItems && c.Pointer == array && len(c.Because) > 0
	})
}

// broughtToLight tells a change that only a move before it made needful: the member in its new place has a bound there, or
// leaves no room for a setting. What can be kept in no other way is no choice.
func broughtToLight(before []edit.Edit, e edit.Edit, change edit.Change) bool {
	return len(e.Settles) == 0 && slices.ContainsFunc(before, func(b edit.Edit) bool {
		return (b.Kind == edit.KindMove || b.Kind == edit.KindRename) && slices.ContainsFunc(b.Changes, func(moved edit.Change) bool {
			return moved.To != "" && (e.Kind == edit.KindRemove || e.Kind == edit.KindNormalise && change.From != "")
		})
	})
}

// breaksAny tells whether the task breaks a condition of one of these kinds.
func (j *judgement) breaksAny(kinds ...schema.Breach) bool {
	return slices.ContainsFunc(j.broken(), func(c schema.Condition) bool { return slices.Contains(kinds, c.Kind) })
}

// breaks tells whether the member at a pointer, or what stands around it, breaks a condition of one of these kinds. A
// condition on several members is broken by each.
func (j *judgement) breaks(pointer string, kinds ...schema.Breach) bool {
	return slices.ContainsFunc(j.broken(), func(c schema.Condition) bool {
		if !slices.Contains(kinds, c.Kind) {
			return false
		}
		return slices.ContainsFunc(concerns(c), func(at string) bool { return within(pointer, at) || within(at, pointer) })
	})
}

// searched is the mend that a search found. Where it leaves alone what the direct mend changes, by the error's own
// fields or message, that is changed too, if the whole still passes.
func (j *judgement) searched(t *request.Task, one edit.Mend, broken []schema.Condition, direct mended) mended {
	m := mended{patch: onArray(t, one.Operations()), steps: editWords(one), whole: true}
	for _, e := range one.Edits {
		s := settling{steps: editWords(edit.Mend{Edits: []edit.Edit{e}})}
		for _, i := range e.Settles {
			s.conditions = append(s.conditions, broken[i])
		}
		m.edits = append(m.edits, s)
	}
	extra := fresh(direct.patch, m.patch)
	if untouched := slices.DeleteFunc(slices.Clone(extra), func(op schema.Operation) bool { return touches(m.patch, op.Path) }); len(untouched) > 0 {
		both := inOrder(append(slices.Clone(m.patch), untouched...))
		if task, err := request.Patched(j.task, t.Base, both); err == nil && j.Accepts(task) {
			m.patch, m.steps = both, nil
		}
	}
	task, err := request.Patched(j.task, t.Base, m.patch)
	if err != nil {
		return direct
	}
	if j.checks(task, m.patch) {
		m.verified = new(j.Accepts(task))
	}
	return m
}

// withoutMended leaves out what only the schema says and the edit that mends the first finding mends with it: a
// consequence. What another edit of the mend is for is kept, with that edit for its mend.
func withoutMended(findings []finding, m mended) []finding {
	if len(m.steps) == 0 || len(findings) < 2 {
		return findings
	}
	kept := findings[:1:1]
	for _, f := range findings[1:] {
		if f.condition != nil && f.condition.Kind == schema.BreachMissing && slices.ContainsFunc(m.settled, func(c schema.Condition) bool { return sameCondition(c, *f.condition) }) {
			continue
		}
		if !f.bySchema || f.Code != "" || findings[0].Parameter == "" || f.TaskIndex == nil || !touches(m.patch, f.place()) {
			kept = append(kept, f)
			continue
		}
		if steps := ownEdit(m.edits, findings[0], f); len(steps) > 0 {
			f.mended, f.mend = true, mend{saying: saying{key: inText, text: stepsWords(steps)}}
			kept = append(kept, f)
		}
	}
	return kept
}

// ownEdit is what the edit does that a finding is mended by; nothing where it is that of the first finding, or not known.
func ownEdit(edits []settling, first, f finding) []saying {
	if f.condition == nil || !sameIndex(first.TaskIndex, f.TaskIndex) {
		return nil
	}
	for _, e := range edits {
		isOwn := func(c schema.Condition) bool { return sameCondition(c, *f.condition) }
		if !slices.ContainsFunc(e.conditions, isOwn) {
			continue
		}
		at := strings.TrimPrefix(first.place(), rawjson.Pointer("", *first.TaskIndex))
		if at == "" || slices.ContainsFunc(e.conditions, func(c schema.Condition) bool {
			return slices.ContainsFunc(slices.Concat(concerns(c), schema.Pointers(c.Because)), func(p string) bool { return within(p, at) || within(at, p) })
		}) {
			return nil
		}
		return e.steps
	}
	return nil
}

// sameCondition tells conditions of one kind on the same members.
func sameCondition(a, b schema.Condition) bool {
	return a.Kind == b.Kind && a.Pointer == b.Pointer && slices.Equal(schema.Pointers(a.Members), schema.Pointers(b.Members))
}

// place is where the parameter of a finding stands in the request array, or would stand.
func (f *finding) place() string {
	if f.Pointer != "" {
		return f.Pointer
	}
	return rawjson.Pointer("", *f.TaskIndex) + rawjson.PointerOf(parameter.Split(f.Parameter))
}

// checks tells that nothing which the schema cannot tell decides over these operations.
func (j *judgement) checks(task any, ops []schema.Operation) bool {
	if j.unnamed {
		return false
	}
	if j.renamed && !slices.ContainsFunc(ops, func(op schema.Operation) bool { return strings.HasSuffix(op.Path, "/model") }) {
		return false
	}
	for _, u := range j.Unchecked(task) {
		for _, op := range ops {
			_, path, _ := strings.Cut(strings.TrimPrefix(op.Path, "/"), "/")
			if u.Reason == schema.UncheckedReference || (u.Reason == schema.UncheckedPattern || u.Reason == schema.UncheckedFile) && within("/"+path, u.Pointer) && op.Op != "move" {
				return false
			}
		}
	}
	return true
}

// hints are the pointers, within the task, that the findings speak of.
func hints(t *request.Task, findings []finding) []string {
	var all []string
	for _, f := range findings {
		if f.TaskIndex == nil || *f.TaskIndex != t.Index {
			continue
		}
		pointer := strings.TrimPrefix(f.Pointer, t.Base)
		if pointer == "" {
			pointer = rawjson.PointerOf(parameter.Split(f.Parameter))
		}
		if pointer != "" && !slices.Contains(all, pointer) {
			all = append(all, pointer)
		}
	}
	return all
}
