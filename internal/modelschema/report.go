package modelschema

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// finder turns the validator's tree of errors into violations. The tree follows the schema; violations follow the task.
type finder struct {
	model *Model
	task  any
	left  int // faults that are still looked into
}

// maxFaults bounds what is weighed for the few violations that are told: a task can hold thousands.
const maxFaults = 500

// fault is a violation that is still to be weighed against others.
type fault struct {
	schema.Violation
	// leftOver is the schema that found the member unevaluated. A fault elsewhere in the object makes the validator
	// forget which members the faulty part of the schema knows, so the claim may be noise.
	leftOver *jsonschema.Schema
	name     string
}

// report lists the violations under an error, each once.
func (f *finder) report(e *jsonschema.ValidationError) []schema.Violation {
	var all []schema.Violation
	seen := map[string]bool{}
	faults := f.faults(e)
	// The validator walks maps. Sorted, the same task gets the same answer, and the same one of two duplicates stays.
	slices.SortFunc(faults, func(a, b fault) int {
		return cmp.Or(cmp.Compare(a.Pointer, b.Pointer), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Constraint.Text, b.Constraint.Text))
	})
	for _, one := range faults {
		id := string(one.Kind) + " " + one.Pointer
		if one.Kind == schema.BreachOther {
			id += " " + one.Constraint.Text
		}
		if !seen[id] {
			seen[id] = true
			all = append(all, one.Violation)
		}
	}
	return all
}

// faults lists what is wrong under an error, noise removed.
func (f *finder) faults(e *jsonschema.ValidationError) []fault {
	all := f.flatten(e)
	return slices.DeleteFunc(slices.Clone(all), func(one fault) bool {
		if one.leftOver == nil || !declares(one.leftOver, one.name) {
			return false
		}
		object := one.Pointer[:strings.LastIndexByte(one.Pointer, '/')]
		return slices.ContainsFunc(all, func(other fault) bool {
			return other.leftOver == nil && (other.Pointer == object || strings.HasPrefix(other.Pointer, object+"/"))
		})
	})
}

func (f *finder) flatten(e *jsonschema.ValidationError) []fault {
	if f.left <= 0 {
		return nil
	}
	if len(e.Causes) == 0 {
		f.left--
	}
	at := f.model.at[e.SchemaURL]
	if at == nil {
		at = &jsonschema.Schema{}
	}
	path := e.InstanceLocation
	switch k := e.ErrorKind.(type) {
	case *kind.Schema, *kind.Group, *kind.Reference, *kind.AllOf:
		var all []fault
		for _, cause := range e.Causes {
			all = append(all, f.flatten(cause)...)
		}
		return all
	case *kind.AnyOf:
		return f.variants(asWritten(e, at.AnyOf))
	case *kind.OneOf:
		if len(k.Subschemas) == 2 {
			return f.tooMany(path, at.OneOf, k.Subschemas)
		}
		return f.variants(e, at.OneOf)
	case *kind.Required:
		return f.missing(path, at, k.Missing, "")
	case *kind.DependentRequired:
		return f.missing(path, at, k.Missing, k.Prop)
	case *kind.Dependency:
		return f.missing(path, at, k.Missing, k.Prop)
	case *kind.AdditionalProperties:
		var all []fault
		accepted := stated(at).names
		for _, name := range slices.Sorted(slices.Values(k.Properties))[:min(len(k.Properties), maxFaults)] {
			all = append(all, f.unknown(path, name, accepted))
		}
		return all
	case *kind.PropertyNames:
		return []fault{f.unknown(path, k.Property, nil)}
	case *kind.FalseSchema:
		return f.refused(e)
	case *kind.Not:
		return f.negated(path, at.Not)
	case *kind.Type:
		return f.one(path, at, schema.BreachType, 0)
	case *kind.Enum, *kind.Const:
		return f.one(path, at, schema.BreachEnum, 0)
	case *kind.Minimum, *kind.Maximum, *kind.ExclusiveMinimum, *kind.ExclusiveMaximum, *kind.MultipleOf:
		return f.one(path, at, schema.BreachRange, typeNumber)
	case *kind.MinLength, *kind.MaxLength:
		return f.one(path, at, schema.BreachLength, typeString)
	case *kind.MinItems, *kind.MaxItems, *kind.UniqueItems:
		return f.one(path, at, schema.BreachItems, typeArray)
	case *kind.AdditionalItems:
		items, _ := at.Items.([]*jsonschema.Schema)
		n := len(items)
		c := facts{types: typeArray, items: span{max: &n}}.and(stated(at)).constraint()
		return []fault{of(path, schema.BreachItems, c)}
	case *kind.Pattern, *kind.Format:
		return f.one(path, at, schema.BreachFormat, typeString)
	case *kind.MinProperties:
		return []fault{other(path, fmt.Sprintf("at least %d members", k.Want))}
	case *kind.MaxProperties:
		return []fault{other(path, fmt.Sprintf("at most %d members", k.Want))}
	case *kind.Contains:
		return []fault{other(path, "at least 1 item of a kind that the schema asks for")}
	case *kind.MinContains:
		return []fault{other(path, fmt.Sprintf("at least %d items of a kind that the schema asks for", k.Want))}
	case *kind.MaxContains:
		return []fault{other(path, fmt.Sprintf("at most %d items of a kind that the schema limits", k.Want))}
	default: // a fault of the schema, such as a $ref that leads back to itself
		return nil
	}
}

// one is a breach of a value's own rules. The constraint has everything that is known to hold there, not only the rule
// that was broken.
func (f *finder) one(path []string, at *jsonschema.Schema, breach schema.Breach, only types) []fault {
	here := f.here(path, at)
	if only != 0 {
		here = here.narrowed(only)
	}
	return []fault{of(path, breach, here.constraint())}
}

func (f *finder) here(path []string, at *jsonschema.Schema) facts {
	own := factsOf(at)
	if here := f.model.facts(path).and(own); !here.never {
		return here
	}
	return own // schemas that contradict each other: what was broken is what this one says
}

func (f *finder) missing(path []string, at *jsonschema.Schema, names []string, with string) []fault {
	var all []fault
	for _, name := range names {
		member := slices.Concat(path, []string{name})
		property := at.Properties[name]
		if property == nil {
			property = &jsonschema.Schema{}
		}
		c := f.here(member, property).constraint()
		if with != "" {
			c.Text = joined(c.Text, "required when "+code(with)+" is present")
		}
		all = append(all, of(member, schema.BreachMissing, c))
	}
	return all
}

func (f *finder) unknown(path []string, name string, accepted []string) fault {
	return of(slices.Concat(path, []string{name}), schema.BreachUnknown, schema.Constraint{
		AllowedParameter: boundedNames(accepted), Source: schema.SourceModelSchema,
	})
}

// refused is a false schema: what it means depends on the keyword that it stands under.
func (f *finder) refused(e *jsonschema.ValidationError) []fault {
	path := e.InstanceLocation
	address, fragment, _ := strings.Cut(e.SchemaURL, "#")
	keywords := rawjson.Tokens(fragment)
	if len(path) == 0 || len(keywords) == 0 {
		return []fault{other(path, "nothing is accepted here")}
	}
	object, name := path[:len(path)-1], path[len(path)-1]
	keyword := keywords[len(keywords)-1]
	above := f.model.at[address+"#"+strings.TrimSuffix(fragment, "/"+keyword)]
	switch keyword {
	case "unevaluatedProperties":
		if above == nil {
			return nil
		}
		names, _ := declared(above)
		left := f.unknown(object, name, names)
		left.leftOver, left.name = above, name
		return []fault{left}
	case "items", "additionalItems", "unevaluatedItems":
		return []fault{other(object, "fewer items")}
	case "then", "else", "not", "if":
		return []fault{other(path, "a combination of values that is not accepted")}
	}
	if len(keywords) > 1 && slices.Contains([]string{"allOf", "anyOf", "oneOf", "dependentSchemas"}, keywords[len(keywords)-2]) {
		return []fault{other(path, "a combination of values that is not accepted")}
	}
	return []fault{f.unknown(object, name, nil)}
}

// negated is a rule that was met and must not be. The rules in use forbid names to stand together.
func (f *finder) negated(path []string, not *jsonschema.Schema) []fault {
	for _, one := range inPlace(not) {
		if names, ok := onlyRequires(one); ok && f.holds(path, names) {
			if len(names) == 1 {
				return []fault{f.unknown(path, names[0], nil)}
			}
			return []fault{other(path, codes(names)+" are not accepted together")}
		}
	}
	if listed := factsOf(not); listed.listed {
		return []fault{other(path, "anything but "+Words(listed.constraint()))}
	}
	return []fault{other(path, "a combination of values that is not accepted")}
}

// onlyRequires tells a schema that says nothing but which members must be there.
func onlyRequires(s *jsonschema.Schema) ([]string, bool) {
	plain := s.Bool == nil && s.Enum == nil && s.Const == nil && s.Not == nil && len(s.Properties) == 0 && s.AdditionalProperties == nil
	applies := slices.ContainsFunc(applied(s), func(s *jsonschema.Schema) bool { return s != nil })
	return s.Required, plain && !applies && len(s.Required) > 0
}

// holds tells whether the task's object at path has all these members.
func (f *finder) holds(path, names []string) bool {
	value := f.task
	for _, token := range path {
		switch v := value.(type) {
		case map[string]any:
			value = v[token]
		case []any:
			if i, err := strconv.Atoi(token); err == nil && i < len(v) {
				value = v[i]
			}
		}
	}
	object, _ := value.(map[string]any)
	return !slices.ContainsFunc(names, func(name string) bool { _, ok := object[name]; return !ok })
}

func of(path []string, breach schema.Breach, c schema.Constraint) fault {
	if breach != schema.BreachUnknown {
		c.AllowedParameter = nil // a long list, and no answer to what is wrong
	}
	return fault{Violation: schema.Violation{Pointer: rawjson.PointerOf(path), Kind: breach, Constraint: c}}
}

func other(path []string, text string) fault {
	return of(path, schema.BreachOther, schema.Constraint{Text: text, Source: schema.SourceModelSchema})
}
