package modelschema

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// documentURL stands for the schema document. It names nothing that could be fetched.
const documentURL = "https://schema.invalid/request"

// compile makes a Model of a requestSchema: of one task object, or of the array of them.
func compile(raw []byte) (m *Model, err error) {
	// The document is a stranger's, and a panic here would end the process.
	defer func() {
		if recovered := recover(); recovered != nil {
			m, err = nil, fmt.Errorf("compile: %v", recovered)
		}
	}()
	document, err := request.DecodeWithin(raw, request.Limits{Depth: 64, Values: 100_000})
	if err != nil {
		return nil, err
	}
	switch document.(type) {
	case map[string]any, bool:
	default:
		return nil, errors.New("is neither an object nor a boolean")
	}
	blind := blindSpots(document, taskFragment(document))
	if err := prepare(document); err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2019)
	c.UseLoader(noLoader{})
	c.UseRegexpEngine(newPattern)
	c.AssertFormat()
	c.RegisterFormat(&jsonschema.Format{Name: "uuid", Validate: uuid})
	if err := c.AddResource(documentURL, document); err != nil {
		return nil, err
	}
	task, err := c.Compile(documentURL + taskFragment(document))
	if err != nil {
		return nil, err
	}
	m = &Model{task: task, at: map[string]*jsonschema.Schema{}, work: &work{}, blind: blind, places: placesOf(task)}
	m.index(task)
	return m, nil
}

// noLoader keeps a schema from making us read anything: a reference that prepare did not see breaks the schema.
type noLoader struct{}

func (noLoader) Load(string) (any, error) { return nil, errors.New("refers to another document") }

// pattern does not judge a string of more than a MiB: a base64 image, over which Go's matcher would take seconds.
type pattern struct{ *regexp.Regexp }

func (p pattern) MatchString(s string) bool { return len(s) > 1<<20 || p.Regexp.MatchString(s) }

func newPattern(expression string) (jsonschema.Regexp, error) {
	re, err := regexp.Compile(expression)
	if err != nil {
		return nil, err
	}
	return pattern{re}, nil
}

// uuid is the format of that name. The validator's own makes an error that says where, which nobody reads.
func uuid(v any) error {
	if text, ok := v.(string); ok && !looks.IsUUID(text) {
		return errNoUUID
	}
	return nil
}

var errNoUUID = errors.New("is no UUID")

// index walks the compiled schemas, notes where each stands and has each count its work.
func (m *Model) index(s *jsonschema.Schema) {
	if s == nil || m.at[s.Location] != nil {
		return
	}
	m.at[s.Location] = s
	here := append(applied(s), s.Not)
	if !isScalar(s) {
		s.Extensions = append(s.Extensions, step{m.work, len(here)})
	}

	lighten(s)
	below := []*jsonschema.Schema{s.PropertyNames, s.UnevaluatedProperties, s.Contains, s.Items2020, s.UnevaluatedItems}
	below = append(below, s.PrefixItems...)
	below = slices.AppendSeq(below, maps.Values(s.Properties))
	below = slices.AppendSeq(below, maps.Values(s.PatternProperties))
	below = slices.Concat(below, schemasOf(s.AdditionalProperties), schemasOf(s.Items), schemasOf(s.AdditionalItems))
	for _, child := range slices.Concat(here, below) {
		m.index(child)
	}
	if s.PropertyNames != nil {
		s.Extensions = append(s.Extensions, memberNames{s.PropertyNames})
		s.PropertyNames = nil
	}
}

// lighten has the validator do less, with the same result. Later drafts than 6 decode the content of each string, which is
// a copy of it though nobody asks for contents: a schema in which they say nothing else can be of draft 6. Of the forms
// of a file, most are URLs, so that those are tried first.
func lighten(s *jsonschema.Schema) {
	if s.Ref == nil && s.RecursiveRef == nil && s.DynamicRef == nil && s.DependentRequired == nil && s.DependentSchemas == nil &&
		s.UnevaluatedProperties == nil && s.UnevaluatedItems == nil && s.PrefixItems == nil && s.Items2020 == nil && s.Contains == nil {
		s.DraftVersion = min(s.DraftVersion, 6)
	}
	if s.MinLength != nil || s.MaxLength != nil {
		s.Extensions = append(s.Extensions, textLength{s.MinLength, s.MaxLength})
		s.MinLength, s.MaxLength = nil, nil
	}
	if areMediaForms(s.AnyOf) {
		slices.SortStableFunc(s.AnyOf, func(a, b *jsonschema.Schema) int { return tried(a) - tried(b) })
	}
}

// textLength is the keywords minLength and maxLength, which the validator judges by a copy of the text.
type textLength span

func (l textLength) Validate(ctx *jsonschema.ValidatorContext, v any) {
	text, ok := v.(string)
	if !ok {
		return
	}
	n := utf8.RuneCountInString(text)
	if l.min != nil && n < *l.min {
		ctx.AddError(&kind.MinLength{Got: n, Want: *l.min})
	}
	if l.max != nil && n > *l.max {
		ctx.AddError(&kind.MaxLength{Got: n, Want: *l.max})
	}
}

// lengthOf is what a schema says of the length of a text.
func lengthOf(s *jsonschema.Schema) span {
	for _, e := range s.Extensions {
		if l, ok := e.(textLength); ok {
			return span(l)
		}
	}
	return span{s.MinLength, s.MaxLength}
}

func tried(s *jsonschema.Schema) int {
	if s.Format != nil && s.Format.Name == "uri" {
		return 0
	}
	return 1
}

// asWritten puts the branches that [lighten] has moved, and what each finds wrong, in the order of the document again.
func asWritten(e *jsonschema.ValidationError, branches []*jsonschema.Schema) (*jsonschema.ValidationError, []*jsonschema.Schema) {
	if len(e.Causes) != len(branches) || !areMediaForms(branches) {
		return e, branches
	}
	causes := map[*jsonschema.Schema]*jsonschema.ValidationError{}
	for i, b := range branches {
		causes[b] = e.Causes[i]
	}
	written := *e
	branches = slices.SortedFunc(maps.Keys(causes), func(a, b *jsonschema.Schema) int {
		return cmp.Or(cmp.Compare(len(a.Location), len(b.Location)), cmp.Compare(a.Location, b.Location))
	})
	written.Causes = nil
	for _, b := range branches {
		written.Causes = append(written.Causes, causes[b])
	}
	return &written, branches
}

// isScalar tells a schema that applies no other and takes neither objects nor arrays. What it costs is less than what the
// schema around it has counted for the member.
func isScalar(s *jsonschema.Schema) bool {
	types := typesIn(s)
	return !types.may(typeArray) && !types.may(typeObject) && !slices.ContainsFunc(append(applied(s), s.Not), func(other *jsonschema.Schema) bool { return other != nil })
}

// memberNames is the keyword propertyNames. The validator's own (v6.0.3) reports it at a place that siblings of the
// object have overwritten by then.
type memberNames struct{ schema *jsonschema.Schema }

func (n memberNames) Validate(ctx *jsonschema.ValidatorContext, v any) {
	object, _ := v.(map[string]any)
	for name := range object {
		if n.schema.Validate(name) != nil {
			ctx.AddError(&kind.PropertyNames{Property: name})
		}
	}
}

// schemasOf unwraps the fields that the compiler types as any.
func schemasOf(field any) []*jsonschema.Schema {
	switch f := field.(type) {
	case *jsonschema.Schema:
		return []*jsonschema.Schema{f}
	case []*jsonschema.Schema:
		return f
	default:
		return nil
	}
}

// taskFragment finds the schema of one task object where the document describes the array of them.
func taskFragment(document any) string {
	fragment := ""
	schema, _ := document.(map[string]any)
	for range 5 {
		if ref, ok := schema["$ref"].(string); ok && strings.HasPrefix(ref, "#/") && schema["properties"] == nil {
			target, ok := lookUp(document, ref[1:])
			if !ok {
				return fragment
			}
			fragment, schema = ref, target
			continue
		}
		break
	}
	if kind, _ := schema["type"].(string); kind != "array" {
		return fragment
	}
	if fragment == "" {
		fragment = "#"
	}
	switch items := schema["items"].(type) {
	case map[string]any, bool:
		return fragment + "/items"
	case []any:
		if len(items) > 0 {
			return fragment + "/items/0"
		}
	}
	if items, ok := schema["prefixItems"].([]any); ok && len(items) > 0 {
		return fragment + "/prefixItems/0"
	}
	return fragment
}

func lookUp(document any, pointer string) (map[string]any, bool) {
	for _, token := range rawjson.Tokens(pointer) {
		object, _ := document.(map[string]any)
		document = object[token]
	}
	object, ok := document.(map[string]any)
	return object, ok
}
