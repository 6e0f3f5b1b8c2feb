package modelschema

import (
	"encoding/json"
	"math/big"
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/schema"
)

// facts is what must hold for a value. A zero field is no knowledge, so the zero facts hold for everything.
type facts struct {
	never bool // no value is accepted
	types types

	min, max, above, below, multiple *big.Rat
	length, items                    span
	unique                           bool

	listed  bool // only the values in allowed are accepted
	allowed []any

	format, pattern string

	names  []string // of members
	closed bool     // only names are accepted
}

// span is an inclusive range of counts.
type span struct{ min, max *int }

func (s span) stated() bool { return s.min != nil || s.max != nil }

// types is a set of JSON types; the empty set is no knowledge.
type types uint8

const (
	typeInteger types = 1 << iota
	typeFraction
	typeString
	typeBoolean
	typeObject
	typeArray
	typeNull
	typeNumber = typeInteger | typeFraction
)

func typesOf(names []string) types {
	var all types
	for _, name := range names {
		switch name {
		case "integer":
			all |= typeInteger
		case "number":
			all |= typeNumber
		case "string":
			all |= typeString
		case "boolean":
			all |= typeBoolean
		case "object":
			all |= typeObject
		case "array":
			all |= typeArray
		case "null":
			all |= typeNull
		}
	}
	return all
}

// may tells whether a value of one of these types is possible.
func (t types) may(other types) bool { return t == 0 || t&other != 0 }

// only tells whether every value that is not null has one of these types.
func (t types) only(other types) bool { return t&^(other|typeNull) == 0 }

// narrowed is what holds for the values of some types only.
func (f facts) narrowed(to types) facts {
	if f.types.may(to) {
		f.types &= to
		if f.types == 0 {
			f.types = to
		}
	}
	return f
}

func (t types) names() []string {
	if t&typeFraction != 0 {
		t |= typeNumber
	}
	var all []string
	for _, one := range []struct {
		types types
		name  string
	}{
		{typeNumber, "number"},
		{typeInteger, "integer"},
		{typeString, "string"},
		{typeBoolean, "boolean"},
		{typeArray, "array"},
		{typeObject, "object"},
		{typeNull, "null"},
	} {
		if t&one.types == one.types {
			all = append(all, one.name)
			t &^= one.types
		}
	}
	return all
}

// stated is what one schema says itself, its subschemas apart.
func stated(s *jsonschema.Schema) facts {
	if s.Bool != nil {
		return facts{never: !*s.Bool}
	}
	f := facts{
		types: typesIn(s),
		min:   s.Minimum, max: s.Maximum, above: s.ExclusiveMinimum, below: s.ExclusiveMaximum, multiple: s.MultipleOf,
		length: lengthOf(s), items: span{s.MinItems, s.MaxItems}, unique: s.UniqueItems,
	}
	if s.Enum != nil {
		f.listed, f.allowed = true, s.Enum.Values
	}
	if s.Const != nil {
		f = f.and(facts{listed: true, allowed: []any{*s.Const}})
	}
	if s.Format != nil {
		f.format = s.Format.Name
	}
	if s.Pattern != nil {
		f.pattern = s.Pattern.String()
	}
	for name, property := range s.Properties {
		if property.Bool == nil || *property.Bool {
			f.names = append(f.names, name)
		}
	}
	slices.Sort(f.names)
	f.closed = s.AdditionalProperties == false && len(s.PatternProperties) == 0
	return f
}

// and is what holds when both do.
func (f facts) and(g facts) facts {
	f.never = f.never || g.never
	switch {
	case f.types == 0:
		f.types = g.types
	case g.types != 0:
		f.types &= g.types
		f.never = f.never || f.types == 0
	}
	f.min, f.max = larger(f.min, g.min), smaller(f.max, g.max)
	f.above, f.below = larger(f.above, g.above), smaller(f.below, g.below)
	f.multiple = commonMultiple(f.multiple, g.multiple)
	f.length, f.items = f.length.and(g.length), f.items.and(g.items)
	f.unique = f.unique || g.unique
	switch {
	case !f.listed:
		f.listed, f.allowed = g.listed, g.allowed
	case g.listed:
		f.allowed = common(f.allowed, g.allowed)
	}
	f.format, f.pattern = either(f.format, g.format), either(f.pattern, g.pattern)
	switch {
	case f.closed && g.closed:
		f.names = slices.DeleteFunc(slices.Clone(f.names), func(name string) bool { return !slices.Contains(g.names, name) })
	case g.closed:
		f.names, f.closed = g.names, true
	case !f.closed:
		f.names = sortedUnion(f.names, g.names)
	}
	return f
}

// or is what holds when at least one does. Bounds of one kind survive a variant that has no values of that kind.
func (f facts) or(g facts) facts {
	if f.never {
		return g
	}
	if g.never {
		return f
	}
	f, g = f.typed(), g.typed()
	var both facts
	if f.types != 0 && g.types != 0 {
		both.types = f.types | g.types
	}
	if f.listed && g.listed {
		both.listed, both.allowed = true, append(slices.Clone(f.allowed), missing(f.allowed, g.allowed)...)
	}
	numbers := func(f facts) facts {
		return facts{min: f.min, max: f.max, above: f.above, below: f.below, multiple: f.multiple}
	}
	switch {
	case !f.types.may(typeNumber):
		both = both.and(numbers(g))
	case !g.types.may(typeNumber):
		both = both.and(numbers(f))
	default:
		both.min, both.max = loosest(f.min, g.min, -1), loosest(f.max, g.max, 1)
		both.above, both.below = loosest(f.above, g.above, -1), loosest(f.below, g.below, 1)
		if f.multiple != nil && g.multiple != nil && f.multiple.Cmp(g.multiple) == 0 {
			both.multiple = f.multiple
		}
	}
	switch {
	case !f.types.may(typeString):
		both.length, both.format, both.pattern = g.length, g.format, g.pattern
	case !g.types.may(typeString):
		both.length, both.format, both.pattern = f.length, f.format, f.pattern
	default:
		both.length = f.length.or(g.length)
		both.format, both.pattern = equal(f.format, g.format), equal(f.pattern, g.pattern)
	}
	switch {
	case !f.types.may(typeArray):
		both.items, both.unique = g.items, g.unique
	case !g.types.may(typeArray):
		both.items, both.unique = f.items, f.unique
	default:
		both.items, both.unique = f.items.or(g.items), f.unique && g.unique
	}
	switch {
	case !f.types.may(typeObject):
		both.names, both.closed = g.names, g.closed
	case !g.types.may(typeObject):
		both.names, both.closed = f.names, f.closed
	default:
		both.names, both.closed = sortedUnion(f.names, g.names), f.closed && g.closed
	}
	return both
}

// typed adds the types that a list of values implies, and the list that the type null is.
func (f facts) typed() facts {
	if f.types == typeNull && !f.listed {
		f.listed, f.allowed = true, []any{nil}
	}
	if f.types != 0 || !f.listed {
		return f
	}
	for _, v := range f.allowed {
		f.types |= typeOf(v)
	}
	return f
}

func typeOf(v any) types {
	switch v := v.(type) {
	case nil:
		return typeNull
	case bool:
		return typeBoolean
	case string:
		return typeString
	case json.Number:
		if r, ok := new(big.Rat).SetString(v.String()); ok && r.IsInt() {
			return typeInteger
		}
		return typeFraction
	case []any:
		return typeArray
	default:
		return typeObject
	}
}

// spans tells whether a listed value keeps the bounds that another rule sets: a list of factors, of which a condition
// takes the large ones away.
func (f facts) spans(v any) bool {
	n, ok := v.(json.Number)
	if !ok {
		return true
	}
	r, ok := new(big.Rat).SetString(n.String())
	if !ok {
		return true
	}
	return (f.min == nil || r.Cmp(f.min) >= 0) && (f.max == nil || r.Cmp(f.max) <= 0) &&
		(f.above == nil || r.Cmp(f.above) > 0) && (f.below == nil || r.Cmp(f.below) < 0)
}

// bound gives the bounds of a number. Of an inclusive and an exclusive one on the same side, one says nothing.
func (f facts) bound(c *schema.Constraint) {
	c.Min, c.Max = decimal(f.min), decimal(f.max)
	c.ExclusiveMin, c.ExclusiveMax = decimal(f.above), decimal(f.below)
	c.MultipleOf = decimal(f.multiple)
	if f.min != nil && f.above != nil {
		if f.above.Cmp(f.min) < 0 {
			c.ExclusiveMin = ""
		} else {
			c.Min = ""
		}
	}
	if f.max != nil && f.below != nil {
		if f.below.Cmp(f.max) > 0 {
			c.ExclusiveMax = ""
		} else {
			c.Max = ""
		}
	}
}

// constraint says the facts in the words of a report. Bounds are given only where it is plain what they measure.
func (f facts) constraint() schema.Constraint {
	c := schema.Constraint{Source: schema.SourceModelSchema}
	if f.never {
		return c
	}
	f = f.typed()
	for i, name := range f.types.names() {
		if i > 0 {
			c.Type += "|"
		}
		c.Type += name
	}
	numeric := f.min != nil || f.max != nil || f.above != nil || f.below != nil || f.multiple != nil
	numeric = numeric && f.types.only(typeNumber)
	length := f.length.stated() && f.types != 0 && f.types.only(typeString)
	items := f.items.stated() && f.types != 0 && f.types.only(typeArray)
	switch {
	case numeric && !length && !items:
		f.bound(&c)
	case length && !numeric && !items:
		c.Min, c.Max = count(f.length.min), count(f.length.max)
	case items && !numeric && !length:
		c.Min, c.Max = count(f.items.min), count(f.items.max)
	}
	if f.listed {
		f.allowed = slices.DeleteFunc(slices.Clone(f.allowed), func(v any) bool { return !f.spans(v) })
		c.Allowed = values(f.allowed)
	}
	if f.closed && f.types.may(typeObject) {
		c.AllowedParameter = boundedNames(f.names)
	}
	c.Text = f.words(c)
	return c
}
