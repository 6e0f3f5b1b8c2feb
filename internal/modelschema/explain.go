package modelschema

import (
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// Broken lists the conditions that a decoded task breaks, sorted by pointer, causes before their consequences left out
// of the list and put into them. It is empty for a task that passes, and for no other; judged is false for one that could
// not be judged, or breaks what is no condition, of which nothing is known. The task is what [request.Decode] reads, and is not changed.
func (m *Model) Broken(task any) (broken []schema.Condition, judged bool) {
	if m.task == nil {
		return nil, false
	}
	passes := false
	judged = m.work.guard(maxExplaining, func() {
		failure := m.validate(task)
		if passes = failure == nil; passes {
			return
		}
		x := m.explainer(task)
		broken = x.gather(x.explain(failure, nil))
		broken = x.causes(broken)
	})
	if !judged || !passes && len(broken) == 0 {
		return nil, false
	}
	return broken[:min(len(broken), maxViolations)], true
}

// Accepts reports whether a decoded task was judged in full and breaks nothing.
func (m *Model) Accepts(task any) bool {
	failure, judged := m.check(task)
	return judged && failure == nil
}

// explainer turns the validator's tree of errors into conditions. What is a value's own rule it leaves to finder.
type explainer struct {
	finder
	reasoner

	// doubtful are the members that the validator calls unevaluated, though the schema knows them: see [fault.leftOver].
	doubtful map[string]bool
}

func (m *Model) explainer(task any) *explainer {
	return &explainer{
		finder: finder{model: m, task: task, left: maxFaults}, reasoner: reasoner{left: maxReasons}, doubtful: map[string]bool{},
	}
}

// explain lists the conditions under an error; because is what made the schema above it apply.
func (x *explainer) explain(e *jsonschema.ValidationError, because []schema.Premise) []schema.Condition {
	if x.finder.left <= 0 {
		return nil
	}
	if len(e.Causes) == 0 {
		x.finder.left--
	}
	because = distinct(slices.Concat(because, x.premises(e)))
	path := e.InstanceLocation
	here := x.model.at[e.SchemaURL]
	if here == nil {
		here = &jsonschema.Schema{}
	}
	value, _ := request.At(x.task, path)
	var found []schema.Condition
	switch k := e.ErrorKind.(type) {
	case *kind.Schema, *kind.Group, *kind.Reference, *kind.AllOf:
		var all []schema.Condition
		for _, cause := range e.Causes {
			all = append(all, x.explain(cause, because)...)
		}
		return all
	case *kind.Not:
		found = x.refusals(here.Not, value, path)
	case *kind.AnyOf:
		e, branches := asWritten(e, here.AnyOf)
		return x.branches(e, branches, because)
	case *kind.OneOf:
		if len(k.Subschemas) != 2 {
			return x.branches(e, here.OneOf, because)
		}
		found = x.tooManyFit(here.OneOf, value, path)
	case *kind.Required:
		found = x.required(here, path, k.Missing)
	case *kind.DependentRequired:
		because = distinct(append(because, premise(at(path, k.Prop), schema.StatePresent)))
		found = x.required(here, path, k.Missing)
	case *kind.Dependency:
		because = distinct(append(because, premise(at(path, k.Prop), schema.StatePresent)))
		found = x.required(here, path, k.Missing)
	case *kind.Contains, *kind.MinContains, *kind.MaxContains:
		found = contained(here, path)
	case *kind.FalseSchema:
		found = x.falseSchema(e, because)
	default:
		found = x.plain(x.faults(e))
	}
	for i := range found {
		found[i].Because = x.withDefaults(withoutMembers(because, found[i].Members))
		found[i].Members = x.withDefaults(found[i].Members)
	}
	return found
}

// withDefaults marks the values that a member has when it is left out.
func (x *explainer) withDefaults(all []schema.Premise) []schema.Premise {
	for i, p := range all {
		if p.State != schema.StateEqual {
			continue
		}
		for _, s := range x.standing(rawjson.Tokens(p.Pointer)) {
			if s.Default != nil && slices.ContainsFunc(p.Values, func(v schema.Value) bool { return string(v) == string(encode(*s.Default)) }) {
				all[i].Default = true
			}
		}
	}
	return all
}

// plain makes conditions of the faults of single values.
func (x *explainer) plain(faults []fault) []schema.Condition {
	var all []schema.Condition
	for _, one := range faults {
		if one.leftOver != nil && declares(one.leftOver, one.name) {
			x.doubtful[one.Pointer] = true
		}
		c := schema.Condition{Kind: one.Kind, Pointer: one.Pointer, Constraint: one.Constraint}
		state := schema.StatePresent
		if one.Kind == schema.BreachMissing {
			state = schema.StateAbsent
			c.Pointer = one.Pointer[:strings.LastIndexByte(one.Pointer, '/')]
		}
		c.Members = []schema.Premise{{Pointer: one.Pointer, State: state}}
		all = append(all, c)
	}
	return all
}

// falseSchema is a member, or a whole combination, that is not accepted.
func (x *explainer) falseSchema(e *jsonschema.ValidationError, because []schema.Premise) []schema.Condition {
	path := e.InstanceLocation
	faults := x.refused(e)
	named := len(faults) == 1 && faults[0].Kind == schema.BreachUnknown
	switch {
	case named && len(because) > 0:
		return []schema.Condition{{Kind: schema.BreachRefused, Pointer: rawjson.PointerOf(path[:len(path)-1]), Members: []schema.Premise{premise(path, schema.StatePresent)}, Constraint: faults[0].Constraint}}
	case !named && len(faults) > 0 && len(because) == 1 && because[0].State == schema.StateAbsent:
		// What fails for everybody without the member says that it is required.
		member := rawjson.Tokens(because[0].Pointer)
		return []schema.Condition{{Kind: schema.BreachMissing, Pointer: rawjson.PointerOf(member[:len(member)-1]), Members: because, Constraint: x.ruleOf(member)}}
	case !named && len(because) > 0 && len(faults) > 0:
		return []schema.Condition{{Kind: schema.BreachConflict, Pointer: rawjson.PointerOf(path), Members: because, Constraint: sourced()}}
	default:
		return x.plain(faults)
	}
}

func sourced() schema.Constraint { return schema.Constraint{Source: schema.SourceModelSchema} }

// ruleOf is what the schema says of a member that is not there.
func (x *explainer) ruleOf(path []string) schema.Constraint {
	c := x.model.facts(path).constraint()
	c.AllowedParameter = nil
	return c
}
