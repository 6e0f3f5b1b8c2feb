package modelschema

import (
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// variants explains a value that fits no branch of an anyOf or oneOf. Each branch failed in its own way, and most of
// that is noise: a list of values is one enum, branches for other types of value are out, what all the rest complain of
// is certain, and past that the branch that fits best speaks, if one does.
func (f *finder) variants(e *jsonschema.ValidationError, branches []*jsonschema.Schema) []fault {
	path := e.InstanceLocation
	some := facts{never: true}
	for _, b := range branches {
		some = some.or(factsOf(b))
	}
	if some.listed {
		here := f.model.facts(path).and(some)
		if here.never {
			here = some
		}
		return []fault{of(path, schema.BreachEnum, here.constraint())}
	}
	const most = 256 // published schemas have some dozens; each is compared with what all the others say
	if len(e.Causes) != len(branches) || len(branches) == 0 || len(branches) > most {
		return []fault{unfit(path)}
	}
	var all []branch
	for i, b := range branches {
		all = append(all, branch{b, f.faults(e.Causes[i])})
	}
	if len(all) == 1 {
		return all[0].faults
	}
	self := rawjson.PointerOf(path)
	fitting := slices.DeleteFunc(slices.Clone(all), func(b branch) bool {
		return b.breaks(self, schema.BreachType) || b.breaks(self, schema.BreachEnum)
	})
	if len(fitting) == 0 {
		return f.otherType(path, some, all)
	}
	if found := combination(path, fitting); found != nil {
		return found
	}
	if found := f.commonList(path, fitting); found != nil {
		return found
	}
	fitting = onlyIfAny(fitting, func(b branch) bool {
		return !slices.ContainsFunc(b.faults, func(one fault) bool { return one.Kind == schema.BreachEnum })
	})
	if len(fitting) == 1 {
		return fitting[0].faults
	}
	if text := choiceOfNames(path, fitting); text != "" {
		return []fault{other(path, text)}
	}
	if common := inAll(fitting); len(common) > 0 {
		return common
	}
	if text := choiceOfRules(self, fitting); text != "" {
		c := schema.Constraint{Text: text, Type: some.constraint().Type, Source: schema.SourceModelSchema}
		return []fault{of(path, commonKind(fitting), c)}
	}
	slices.SortStableFunc(fitting, func(a, b branch) int { return len(a.faults) - len(b.faults) })
	if len(fitting[0].faults) > 0 && len(fitting[0].faults) < len(fitting[1].faults) {
		return fitting[0].faults
	}
	return []fault{unfit(path)}
}

func unfit(path []string) fault {
	return other(path, "fits none of the variants that the schema has")
}

// branch is one variant and what it finds wrong.
type branch struct {
	schema *jsonschema.Schema
	faults []fault
}

func (b branch) breaks(pointer string, breach schema.Breach) bool {
	return slices.ContainsFunc(b.faults, func(one fault) bool { return one.Pointer == pointer && one.Kind == breach })
}

// otherType is a value of a type, or from a list, that no variant has.
func (f *finder) otherType(path []string, some facts, all []branch) []fault {
	self := rawjson.PointerOf(path)
	if !slices.ContainsFunc(all, func(b branch) bool { return !b.breaks(self, schema.BreachType) }) {
		return []fault{of(path, schema.BreachType, f.model.facts(path).and(some).constraint())}
	}
	var words []string
	for _, b := range all {
		if !b.breaks(self, schema.BreachType) && !factsOf(b.schema).listed {
			return []fault{unfit(path)} // a list that a condition adds: what the branch says by itself is not all
		}
		if w := Words(factsOf(b.schema).constraint()); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return []fault{unfit(path)}
	}
	return []fault{other(path, bounded(strings.Join(words, ", or ")))}
}

// combination is a list of objects that fix the same members to values, such as width and height: none of them can be
// judged alone.
func combination(path []string, branches []branch) []fault {
	var names []string
	var allowed []any
	for _, b := range branches {
		object := map[string]any{}
		var fixed []string
		for name, property := range b.schema.Properties {
			if f := factsOf(property); f.listed && len(f.allowed) == 1 {
				object[name] = f.allowed[0]
				fixed = append(fixed, name)
			}
		}
		slices.Sort(fixed)
		if len(fixed) < 2 || names != nil && !slices.Equal(names, fixed) {
			return nil
		}
		for _, one := range b.faults {
			if one.Kind != schema.BreachEnum && one.Kind != schema.BreachMissing {
				return nil
			}
		}
		names = fixed
		allowed = append(allowed, object)
	}
	if slices.Equal(names, []string{"height", "width"}) {
		slices.Reverse(names)
	}
	var sets []string
	for _, v := range allowed[:min(len(allowed), 20)] {
		object, _ := v.(map[string]any)
		var set []string
		for _, name := range names {
			set = append(set, string(encode(object[name])))
		}
		sets = append(sets, strings.Join(set, " × "))
	}
	if len(allowed) > len(sets) {
		sets = append(sets, "…")
	}
	c := schema.Constraint{Allowed: values(allowed), Source: schema.SourceModelSchema}
	c.Text = codes(names) + " together one of " + bounded(strings.Join(sets, ", "))
	return []fault{of(path, schema.BreachOther, c)}
}

// commonList is a member for which every variant has a list, none of which holds the value: the lists together are
// what is accepted. A `type` that tells variants apart is such a member.
func (f *finder) commonList(path []string, branches []branch) []fault {
	var found []fault
	for _, one := range branches[0].faults {
		if one.Kind != schema.BreachEnum || slices.ContainsFunc(branches, func(b branch) bool { return !b.breaks(one.Pointer, schema.BreachEnum) }) {
			continue
		}
		at := rawjson.Tokens(one.Pointer)
		some := facts{never: true}
		for _, b := range branches {
			v := viewer{left: maxLooks}
			some = some.or(v.look(b.schema, at[len(path):], 0))
		}
		found = append(found, of(at, schema.BreachEnum, f.model.facts(at).and(some).constraint()))
	}
	return found
}

// choiceOfNames says which members would each satisfy a variant, where nothing but members is missing.
func choiceOfNames(path []string, branches []branch) string {
	depth := len(path) + 1
	var choices []string
	for _, b := range branches {
		var names []string
		for _, one := range b.faults {
			at := rawjson.Tokens(one.Pointer)
			if one.Kind != schema.BreachMissing || len(at) != depth {
				return ""
			}
			names = append(names, at[len(at)-1])
		}
		if len(names) == 0 {
			return ""
		}
		if choice := codes(names); !slices.Contains(choices, choice) {
			choices = append(choices, choice)
		}
	}
	return bounded(strings.Join(choices, " or ") + " is required")
}

// inAll lists what every variant finds wrong, in the words of the first.
func inAll(branches []branch) []fault {
	return slices.DeleteFunc(slices.Clone(branches[0].faults), func(one fault) bool {
		return slices.ContainsFunc(branches, func(b branch) bool {
			return !slices.ContainsFunc(b.faults, func(other fault) bool {
				return other.Pointer == one.Pointer && other.Kind == one.Kind && other.Constraint.Text == one.Constraint.Text
			})
		})
	})
}

// choiceOfRules joins the rules of variants that all speak of the value itself: "a UUID or an absolute URI".
func choiceOfRules(self string, branches []branch) string {
	var rules []string
	for _, b := range branches {
		if len(b.faults) != 1 || b.faults[0].Pointer != self || b.faults[0].Constraint.Text == "" {
			return ""
		}
		if rule := b.faults[0].Constraint.Text; !slices.Contains(rules, rule) {
			rules = append(rules, rule)
		}
	}
	schemas := make([]*jsonschema.Schema, len(branches))
	for i, b := range branches {
		schemas[i] = b.schema
	}
	if areMediaForms(schemas) {
		return mediaForms
	}
	return bounded(strings.Join(rules, ", or "))
}

// mediaForms are what the formats and patterns of a file mean.
const mediaForms = "a UUID, a URL, a data URI or base64"

// areMediaForms tells the variants of a file from those of another text, as [isMedia] does in a document.
func areMediaForms(branches []*jsonschema.Schema) bool {
	var link, letters bool
	for _, b := range branches {
		pattern := ""
		if b.Pattern != nil {
			pattern = b.Pattern.String()
		}
		link = link || b.Format != nil && (b.Format.Name == "uri" || b.Format.Name == "uuid")
		letters = letters || strings.Contains(pattern, "+/") && !strings.Contains(pattern, "data:")
	}
	return link && letters
}

func commonKind(branches []branch) schema.Breach {
	if slices.ContainsFunc(branches, func(b branch) bool { return b.faults[0].Kind != schema.BreachFormat }) {
		return schema.BreachOther
	}
	return schema.BreachFormat
}

// onlyIfAny keeps the branches that pass, or all if none does.
func onlyIfAny(branches []branch, pass func(branch) bool) []branch {
	kept := slices.DeleteFunc(slices.Clone(branches), func(b branch) bool { return !pass(b) })
	if len(kept) == 0 {
		return branches
	}
	return kept
}

// tooMany is a value that fits two branches of a oneOf.
func (f *finder) tooMany(path []string, branches []*jsonschema.Schema, fit []int) []fault {
	first, plain := onlyRequires(branches[fit[0]])
	second, alsoPlain := onlyRequires(branches[fit[1]])
	if plain && alsoPlain {
		return []fault{other(path, codes(slices.Concat(first, second))+" are not accepted together")}
	}
	return []fault{other(path, "fits more than one of the variants of which the schema accepts one")}
}

// bounded cuts a text of ours that a schema made long.
func bounded(text string) string {
	const longest = 500
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	return string(runes[:longest]) + "…"
}
