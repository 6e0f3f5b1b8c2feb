package modelschema

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"mcp-taskdetails/schema"
)

// Broken lists the conditions that a decoded task breaks, sorted by pointer, causes before their consequences left out
// of the list and put into them. It is empty for a task that passes; judged is false for one that could not be judged,
// of which nothing is known. The task is what [request.Decode] reads, and is not changed.
func (m *Model) Broken(task any) (broken []schema.Condition, judged bool) {
	judged = m.work.guard(maxExplaining, func() {
		failure := m.validate(task)
		if failure == nil {
			return
		}
		x := m.explainer(task)
		broken = x.gather(x.explain(failure, nil))
		broken = x.causes(broken)
	})
	if !judged {
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
	value, _ := resolve(x.task, path)
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
		return x.branches(e, here.AnyOf, because)
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
		found[i].Because = withoutMembers(because, found[i].Members)
	}
	return found
}

// premises is why the conditional schemas apply in which the schema of an error stands: `if`, and schemas that a
// member's presence brings.
func (x *explainer) premises(e *jsonschema.ValidationError) []schema.Premise {
	address, fragment, _ := strings.Cut(e.SchemaURL, "#")
	steps := strings.Split(fragment, "/")
	var all []schema.Premise
	for i := 1; i < len(steps); i++ {
		step := steps[i]
		if step != "then" && step != "else" && step != "dependentSchemas" && step != "dependencies" {
			continue
		}
		above := x.model.at[address+"#"+strings.Join(steps[:i], "/")]
		if i == 1 {
			above = x.model.at[address+"#"]
		}
		rest := steps[i+1:]
		if above == nil || (step == "dependentSchemas" || step == "dependencies") && len(rest) == 0 {
			continue
		}
		name := ""
		if step == "dependentSchemas" || step == "dependencies" {
			name, rest = unescape(rest[0]), rest[1:]
			if above.DependentSchemas[name] == nil && above.Dependencies[name] == nil {
				continue
			}
		} else if above.If == nil {
			continue
		}
		n := len(e.InstanceLocation) - descents(rest)
		if n < 0 {
			continue
		}
		path := e.InstanceLocation[:n]
		value, ok := resolve(x.task, path)
		switch {
		case !ok:
		case name != "":
			all = append(all, premise(at(path, name), schema.StatePresent))
		default:
			all = append(all, innermost(x.because(above.If, step == "then", value, path))...)
		}
	}
	return all
}

// descents counts the members and items that a schema's location leads down.
func descents(steps []string) int {
	n := 0
	for i := 0; i < len(steps); i++ {
		switch steps[i] {
		case "properties", "patternProperties", "prefixItems":
			n++
			i++
		case "items":
			n++
			if i+1 < len(steps) && strings.Trim(steps[i+1], "0123456789") == "" {
				i++
			}
		case "additionalProperties", "additionalItems", "unevaluatedProperties", "unevaluatedItems", "contains":
			n++
		case "allOf", "anyOf", "oneOf", "dependentSchemas", "dependencies":
			i++
		}
	}
	return n
}

// required is members that are missing. Where one is itself an object of which members are asked, those are named.
func (x *explainer) required(s *jsonschema.Schema, path, names []string) []schema.Condition {
	c := schema.Condition{Kind: schema.BreachMissing, Pointer: pointer(path)}
	var all []schema.Condition
	for _, name := range names {
		member := at(path, name)
		demands := x.demands(s.Properties[name], member)
		if choices := x.choicesIn(demands, member); len(choices) > 1 {
			all = append(all, schema.Condition{Kind: schema.BreachChoice, Pointer: pointer(path), Choices: choices, Constraint: sourced()})
			continue
		}
		for _, below := range x.demandedOfAll(demands, member) {
			c.Members = append(c.Members, premise(below, schema.StateAbsent))
		}
	}
	c.Members = distinct(c.Members)
	if len(c.Members) == 0 {
		return all
	}
	if len(c.Members) == 1 {
		c.Constraint = x.missing(path, s, names[:1], "")[0].Constraint
		if one := tokens(c.Members[0].Pointer); len(one) > len(path)+1 {
			c.Constraint = x.model.facts(one).constraint()
		}
	}
	c.Constraint.Source = schema.SourceModelSchema
	c.Sizes = x.sizesFor(path, c.Members)
	return append(all, c)
}

// demands is the schema that asks something of a member that is missing: the one at hand, or, where that says nothing
// of it, the one that declares it.
func (x *explainer) demands(s *jsonschema.Schema, path []string) *jsonschema.Schema {
	if s != nil && (len(s.Required) > 0 || len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) > 0 || s.Ref != nil) {
		return s
	}
	for _, declared := range x.standing(path) {
		if typesIn(declared) == typeObject {
			return declared
		}
	}
	return s
}

// choicesIn lists what an object that is missing must have one of: the members that each variant asks for.
func (x *explainer) choicesIn(s *jsonschema.Schema, path []string) [][]string {
	if s == nil || len(s.Required) > 0 {
		return nil
	}
	for _, branches := range [][]*jsonschema.Schema{s.AnyOf, s.OneOf} {
		var all [][]string
		for _, b := range branches {
			if _, plain := onlyRequires(b); !plain {
				all = nil
				break
			}
			var group []string
			for _, below := range x.demandedOfAll(b, path) {
				group = append(group, pointer(below))
			}
			all = append(all, group)
		}
		if len(all) > 1 {
			return all
		}
	}
	return nil
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
		return []schema.Condition{{Kind: schema.BreachRefused, Pointer: pointer(path[:len(path)-1]), Members: []schema.Premise{premise(path, schema.StatePresent)}, Constraint: faults[0].Constraint}}
	case !named && len(because) > 0 && len(faults) > 0:
		return []schema.Condition{{Kind: schema.BreachConflict, Pointer: pointer(path), Members: because, Constraint: sourced()}}
	default:
		return x.plain(faults)
	}
}

// refusals is a schema under `not` that accepts the value: each of its variants that does is refused.
func (x *explainer) refusals(not *jsonschema.Schema, value any, path []string) []schema.Condition {
	if c, ok := exclusive(not, value, path, x.accepted(path)); ok {
		return []schema.Condition{c}
	}
	self := schema.Condition{Kind: schema.BreachRefused, Pointer: pointer(path), Constraint: sourced()}
	var all []schema.Condition
	for _, variant := range alternatives(not, 0) {
		if !accepts(variant, value) {
			continue
		}
		group := innermost(x.whyAccepted(variant, value, path))
		switch len(group) {
		case 0:
		case 1:
			self.Members = append(self.Members, group...)
		default:
			all = append(all, schema.Condition{Kind: schema.BreachConflict, Pointer: pointer(path), Members: group, Constraint: sourced()})
		}
	}
	if self.Members = distinct(self.Members); len(self.Members) > 0 {
		all = append(all, self)
	}
	if len(all) == 0 {
		return []schema.Condition{x.notUnderstood(not, path)}
	}
	return all
}

// notUnderstood names what a schema speaks of, where nothing better can be said.
func (x *explainer) notUnderstood(s *jsonschema.Schema, path []string) schema.Condition {
	c := schema.Condition{Kind: schema.BreachOther, Pointer: pointer(path), Constraint: schema.Constraint{
		Text: "a combination that is not accepted", Source: schema.SourceModelSchema,
	}}
	for _, below := range x.spokenOf(s, path, 0) {
		state := schema.StateAbsent
		if _, ok := resolve(x.task, below); ok {
			state = schema.StatePresent
		}
		c.Members = append(c.Members, premise(below, state))
	}
	if c.Members = distinct(c.Members); len(c.Members) == 0 {
		c.Members = []schema.Premise{premise(path, schema.StatePresent)}
	}
	return c
}

// spokenOf lists the members that a schema names, innermost ones.
func (x *explainer) spokenOf(s *jsonschema.Schema, path []string, depth int) [][]string {
	const deep = 10
	if x.reasoner.left--; s == nil || depth > deep || x.reasoner.left < 0 {
		return nil
	}
	var all [][]string
	for _, name := range s.Required {
		if s.Properties[name] == nil {
			all = append(all, at(path, name))
		}
	}
	for name, property := range s.Properties {
		if below := x.spokenOf(property, at(path, name), depth+1); len(below) > 0 {
			all = append(all, below...)
		} else {
			all = append(all, at(path, name))
		}
	}
	for _, one := range append(applied(s), s.Not) {
		all = append(all, x.spokenOf(one, path, depth+1)...)
	}
	slices.SortFunc(all, slices.Compare)
	return all
}

// gather sorts conditions, joins those that are one and drops doubles.
func (x *explainer) gather(all []schema.Condition) []schema.Condition {
	slices.SortStableFunc(all, func(a, b schema.Condition) int {
		return cmp.Or(comparePaths(tokens(a.Pointer), tokens(b.Pointer)), cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(memberNamesOf(a), memberNamesOf(b)), cmp.Compare(len(a.Because), len(b.Because)), cmp.Compare(a.Constraint.Text, b.Constraint.Text))
	})
	var kept []schema.Condition
	for _, c := range all {
		same := slices.IndexFunc(kept, func(other schema.Condition) bool { return joinable(other, c) })
		if same < 0 {
			kept = append(kept, c)
			continue
		}
		kept[same].Members = distinct(slices.Concat(kept[same].Members, c.Members))
		if len(kept[same].Members) > 1 {
			kept[same].Constraint = sourced()
		}
	}
	return slices.DeleteFunc(kept, func(c schema.Condition) bool { return x.noise(c, kept) })
}

// joinable tells conditions that are one: the same twice, or members missing for the same reason.
func joinable(a, b schema.Condition) bool {
	if a.Kind != b.Kind {
		return false
	}
	if a.Kind == schema.BreachMissing && len(a.Because) > 0 && samePremises(a.Because, b.Because) {
		return true
	}
	if a.Kind == schema.BreachMissing && memberNamesOf(a) == memberNamesOf(b) {
		return true
	}
	if a.Kind == schema.BreachRefused && len(a.Because) > 0 && a.Pointer == b.Pointer && samePremises(a.Because, b.Because) {
		return true
	}
	return a.Pointer == b.Pointer && memberNamesOf(a) == memberNamesOf(b) && samePremises(a.Because, b.Because) &&
		(a.Kind == schema.BreachMissing || a.Kind == schema.BreachUnknown || a.Constraint.Text == b.Constraint.Text)
}

// noise is a condition that says less than another: that a member is missing which is missing anyway.
func (x *explainer) noise(c schema.Condition, all []schema.Condition) bool {
	if c.Kind == schema.BreachUnknown && x.doubtful[c.Members[0].Pointer] {
		object := c.Pointer[:strings.LastIndexByte(c.Pointer, '/')]
		return slices.ContainsFunc(all, func(other schema.Condition) bool {
			known := other.Kind == schema.BreachUnknown && x.doubtful[other.Members[0].Pointer]
			return !known && (other.Pointer == object || strings.HasPrefix(other.Pointer, object+"/"))
		})
	}
	if c.Kind != schema.BreachMissing || len(c.Because) == 0 {
		return false
	}
	return !slices.ContainsFunc(c.Members, func(p schema.Premise) bool {
		return !slices.ContainsFunc(all, func(other schema.Condition) bool {
			return other.Kind == schema.BreachMissing && len(other.Because) == 0 && slices.ContainsFunc(other.Members, func(q schema.Premise) bool {
				return q.Pointer == p.Pointer || strings.HasPrefix(p.Pointer, q.Pointer+"/") && p.Pointer != q.Pointer && len(other.Members) == 1
			})
		})
	})
}

func samePremises(a, b []schema.Premise) bool {
	return slices.EqualFunc(a, b, func(p, q schema.Premise) bool { return p.Pointer == q.Pointer && p.State == q.State })
}

func memberNamesOf(c schema.Condition) string {
	all := make([]string, 0, len(c.Members))
	for _, p := range c.Members {
		all = append(all, p.Pointer)
	}
	for _, group := range c.Choices {
		all = append(all, strings.Join(group, "+"))
	}
	return strings.Join(all, "\n")
}

// innermost leaves out that a member is there where something below it is named too.
func innermost(all []schema.Premise) []schema.Premise {
	return slices.DeleteFunc(slices.Clone(all), func(p schema.Premise) bool {
		return p.State == schema.StatePresent && slices.ContainsFunc(all, func(other schema.Premise) bool {
			return strings.HasPrefix(other.Pointer, p.Pointer+"/") && other.State != schema.StateAbsent
		})
	})
}

// withoutMembers keeps the reasons that are not the members themselves: a size table applies to sides that are there.
func withoutMembers(because, members []schema.Premise) []schema.Premise {
	return slices.DeleteFunc(slices.Clone(because), func(p schema.Premise) bool {
		return p.State == schema.StatePresent && slices.ContainsFunc(members, func(m schema.Premise) bool { return m.Pointer == p.Pointer })
	})
}

func sourced() schema.Constraint { return schema.Constraint{Source: schema.SourceModelSchema} }

// resolve finds a value of the task.
func resolve(value any, path []string) (any, bool) {
	for _, token := range path {
		switch v := value.(type) {
		case map[string]any:
			member, ok := v[token]
			if !ok {
				return nil, false
			}
			value = member
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(v) {
				return nil, false
			}
			value = v[i]
		default:
			return nil, false
		}
	}
	return value, true
}

// comparePaths sorts indices by number.
func comparePaths(a, b []string) int {
	return slices.CompareFunc(a, b, func(s, t string) int {
		m, errM := strconv.Atoi(s)
		n, errN := strconv.Atoi(t)
		if errM == nil && errN == nil {
			return cmp.Compare(m, n)
		}
		return cmp.Compare(s, t)
	})
}

func unescape(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}
