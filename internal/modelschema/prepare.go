package modelschema

import (
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

var errTooManySchemas = errors.New("too many subschemas")

// maxSchemas bounds the subschemas of a document: compiling is quadratic in them.
const maxSchemas = 5000

// prepare mends a schema document, in place, so that it compiles without a look elsewhere and never says more than it
// means. What we cannot judge is dropped: a $ref to another document (never fetched), a pattern in a dialect that Go
// cannot read, a format that is only a hint. Since the absence of a rule can break another one (`not`, `oneOf`,
// `unevaluatedProperties`), those are dropped or weakened with it.
func prepare(document any) error {
	p := preparer{own: map[string]bool{documentURL: true}, ids: map[string]int{documentURL: 1}}
	base, err := url.Parse(documentURL)
	if err != nil {
		return err
	}
	if err := p.walk(document, base, p.count); err != nil {
		return err
	}
	if err := p.walk(document, base, p.single); err != nil {
		return err
	}
	if err := p.walk(document, base, p.collect); err != nil {
		return err
	}
	if err := p.walk(document, base, p.clean); err != nil {
		return err
	}
	if p.doubtful {
		return p.walk(document, base, weaken)
	}
	return nil
}

type preparer struct {
	own      map[string]bool // URLs that the document gives itself by $id
	ids      map[string]int  // how often it gives each
	doubtful bool            // a rule was dropped that others may depend on
	seen     int
}

// walk visits every schema object of the document, with the URL that its references are relative to.
func (p *preparer) walk(schema any, base *url.URL, visit func(map[string]any, *url.URL)) error {
	p.seen = 0
	return p.step(schema, base, visit)
}

func (p *preparer) step(schema any, base *url.URL, visit func(map[string]any, *url.URL)) error {
	object, ok := schema.(map[string]any)
	if !ok {
		return nil
	}
	if p.seen++; p.seen > maxSchemas {
		return errTooManySchemas
	}
	if id, ok := object["$id"].(string); ok {
		if u, err := base.Parse(id); err == nil {
			base = u
		}
	}
	visit(object, base)
	for keyword, value := range object {
		for _, child := range subschemas(keyword, value) {
			if err := p.step(child, base, visit); err != nil {
				return err
			}
		}
	}
	return nil
}

// subschemas lists the schemas that stand under a keyword.
func subschemas(keyword string, value any) []any {
	switch keyword {
	case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies":
		object, _ := value.(map[string]any)
		all := make([]any, 0, len(object))
		for _, child := range object {
			all = append(all, child)
		}
		return all
	case "allOf", "anyOf", "oneOf", "prefixItems", "items", "additionalItems", "additionalProperties", "not", "if",
		"then", "else", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties":
		if list, ok := value.([]any); ok {
			return list
		}
		return []any{value}
	default:
		return nil
	}
}

func (p *preparer) count(object map[string]any, base *url.URL) {
	if _, ok := object["$id"].(string); ok {
		p.ids[withoutFragment(base)]++
	}
}

// single drops an $id that stands twice. Published documents give one to a parameter wherever it occurs, which no
// compiler takes, and refer to none of them.
func (p *preparer) single(object map[string]any, base *url.URL) {
	if _, ok := object["$id"].(string); ok && p.ids[withoutFragment(base)] > 1 {
		delete(object, "$id")
	}
}

func (p *preparer) collect(object map[string]any, base *url.URL) {
	if _, ok := object["$id"]; ok {
		p.own[withoutFragment(base)] = true
	}
}

func (p *preparer) clean(object map[string]any, base *url.URL) {
	if dialect, ok := object["$schema"].(string); ok && !isKnownDialect(dialect) {
		delete(object, "$schema")
	}
	for _, keyword := range []string{"$ref", "$recursiveRef", "$dynamicRef"} {
		ref, ok := object[keyword].(string)
		if !ok {
			continue
		}
		if u, err := base.Parse(ref); err != nil || !p.own[withoutFragment(u)] {
			delete(object, keyword)
			p.drop(object)
		}
	}
	if pattern, ok := object["pattern"].(string); ok && !readable(pattern) {
		delete(object, "pattern")
		p.drop(object)
	}
	if patterns, ok := object["patternProperties"].(map[string]any); ok {
		for pattern := range patterns {
			if !readable(pattern) {
				delete(object, "patternProperties")
				delete(object, "additionalProperties")
				p.drop(object)
			}
		}
	}
	if format, ok := object["format"].(string); ok && formatWords(format) == "" {
		delete(object, "format")
	}
	for _, keyword := range []string{"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains"} {
		if n, ok := object[keyword].(json.Number); ok && !small(n, keyword) {
			delete(object, keyword)
		}
	}
}

func (p *preparer) drop(object map[string]any) {
	object[dropped] = true
	p.doubtful = true
}

// small tells a bound that means what it says. An integer that overflows would turn into another; a lower bound above
// what is kept of an array would be broken by us.
func small(n json.Number, keyword string) bool {
	limit := 1e9
	if keyword == "minItems" || keyword == "minContains" {
		limit = maxItems
	}
	f, err := n.Float64()
	return err == nil && f <= limit
}

// dropped marks a schema of which a rule was dropped. It is no keyword, so that no validator minds it.
const dropped = "x-dropped"

// weaken drops what a dropped rule could have made stricter instead of weaker: the rules that turn on one of the schemas
// below them failing, or on all of them being known. A document has many conditions, and the pattern that cannot be read
// is in few of them.
func weaken(object map[string]any, _ *url.URL) {
	for _, group := range [][]string{{"not"}, {"if", "then", "else"}, {"contains", "minContains", "maxContains"}} {
		if doubtful(object[group[0]]) {
			for _, keyword := range group {
				delete(object, keyword)
			}
		}
	}
	for _, keyword := range []string{"unevaluatedProperties", "unevaluatedItems"} {
		if _, ok := object[keyword]; ok && doubtful(object) {
			delete(object, keyword)
		}
	}
	if one, ok := object["oneOf"]; ok && doubtful(one) {
		delete(object, "oneOf")
		if _, taken := object["anyOf"]; !taken {
			object["anyOf"] = one
		}
	}
}

// doubtful tells whether a rule was dropped anywhere in a schema, or in one that it may refer to.
func doubtful(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		for keyword, child := range v {
			switch keyword {
			case dropped, "$ref", "$recursiveRef", "$dynamicRef":
				return true
			case "enum", "const", "default", "examples":
			default:
				if doubtful(child) {
					return true
				}
			}
		}
	case []any:
		return slices.ContainsFunc(v, doubtful)
	}
	return false
}

func isKnownDialect(url string) bool {
	return slices.Contains([]string{
		"https://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2019-09/schema",
		"http://json-schema.org/draft-07/schema", "http://json-schema.org/draft-06/schema", "http://json-schema.org/draft-04/schema",
	}, strings.TrimSuffix(url, "#"))
}

func readable(pattern string) bool {
	_, err := regexp.Compile(pattern)
	return err == nil
}

func withoutFragment(u *url.URL) string {
	bare := *u
	bare.Fragment, bare.RawFragment = "", ""
	return bare.String()
}
