package tools_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/tools"
)

// dialect is what a provider of models takes as the schema of a function's arguments.
type dialect struct {
	name     string
	keywords []string // of any schema; anything else makes the provider refuse the whole request
	closed   bool     // whether each object must exclude what it does not list
	complete bool     // whether each property must be required
}

// dialects are those that refuse a schema, or a whole list of tools, rather than read past what they do not know.
func dialects() []dialect {
	return []dialect{
		{name: "OpenAI strict", closed: true, complete: true, keywords: []string{
			"type", "properties", "required", "additionalProperties", "items", "enum", "const", "description", "anyOf", "$defs", "$ref",
			"pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems",
		}},
		{name: "Gemini", keywords: []string{
			"type", "properties", "required", "items", "enum", "description", "anyOf", "nullable", "format",
			"minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties", "propertyOrdering",
		}},
		{name: "Claude strict", closed: true, keywords: []string{
			"type", "properties", "required", "additionalProperties", "items", "enum", "const", "description", "title", "anyOf", "allOf", "$defs", "$ref",
			"default", "format", "pattern",
		}},
	}
}

// node is a JSON Schema as Go values.
type node = map[string]any

// TestInputSchemaIsPortable holds the schemas of all arguments to every dialect: to Gemini's as they are, to the strict
// ones as hosts complete every tool for them.
func TestInputSchemaIsPortable(t *testing.T) {
	for _, tool := range tools.All() {
		raw, err := os.ReadFile(schemaFile(tool.Name, "input"))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range dialects() {
			var schema node
			if err := json.Unmarshal(raw, &schema); err != nil {
				t.Fatal(err)
			}
			d.fit(schema)
			for _, problem := range d.problems("", schema) {
				t.Errorf("%s, %s: %s", tool.Name, d.name, problem)
			}
		}
	}
}

// The check finds what providers have refused.
func TestPortableFinds(t *testing.T) {
	const object = `{"type":"object","properties":{"a":{"type":"string","description":"A."`
	for schema, refusing := range map[string]string{
		object + `}}}`: "OpenAI strict, Claude strict",
		object + `}},"additionalProperties":false,"required":["a"]}`:          "Gemini",
		object + `}},"additionalProperties":false}`:                           "OpenAI strict, Gemini",
		object + `,"default":"x"}}}`:                                          "OpenAI strict, Gemini, Claude strict",
		`{"type":"object","properties":{"a":{"type":"integer","minimum":0}}}`: "OpenAI strict, Claude strict",
		object + `,"const":"x"}}}`:                                            "OpenAI strict, Gemini, Claude strict",
		object + `},"b":true}}`:                                               "OpenAI strict, Gemini, Claude strict",
		`{"type":"object","properties":{"a b":{"type":"string"}}}`:            "OpenAI strict, Gemini, Claude strict",
		`{"type":"object","properties":{"a":{"type":["string","null"]}}}`:     "OpenAI strict, Gemini, Claude strict",
		`{"type":"object","properties":{"a":{"type":"integer","enum":[1]}}}`:  "OpenAI strict, Gemini, Claude strict",
		`{"type":"string"}`:                                                   "OpenAI strict, Gemini, Claude strict",
		`{"anyOf":[{"type":"object"}],"type":"object"}`:                       "OpenAI strict, Gemini, Claude strict",
		`{"type":"object","properties":{"a":{"type":"array"}}}`:               "OpenAI strict, Gemini, Claude strict",
	} {
		var parsed node
		if err := json.Unmarshal([]byte(schema), &parsed); err != nil {
			t.Fatalf("%v: %s", err, schema)
		}
		var got []string
		for _, d := range dialects() {
			if len(d.problems("", parsed)) > 0 {
				got = append(got, d.name)
			}
		}
		if strings.Join(got, ", ") != refusing {
			t.Errorf("%s: refused by %q, want %q", schema, got, refusing)
		}
	}
}

// fit does what hosts do to any tool before they ask for a strict one: objects are closed, and what is optional is
// required and may be null.
func (d dialect) fit(schema node) {
	properties, _ := schema["properties"].(node)
	if d.closed {
		schema["additionalProperties"] = false
	}
	required, _ := schema["required"].([]any)
	for name, property := range properties {
		if d.complete && !slices.Contains(required, any(name)) {
			property := property.(node)
			property["type"] = []any{property["type"], "null"}
			if enum, ok := property["enum"].([]any); ok {
				property["enum"] = append(enum, nil)
			}
			required = append(required, name)
		}
	}
	schema["required"] = required
}

// problems are what the dialect refuses in a schema.
func (d dialect) problems(at string, schema any) []string {
	object, ok := schema.(node)
	if !ok {
		return []string{at + ": a subschema that is no object"}
	}
	var found []string
	for keyword := range object {
		if !slices.Contains(d.keywords, keyword) {
			found = append(found, at+": the keyword "+keyword)
		}
	}
	kinds, isList := object["type"].([]any)
	if !isList {
		kinds = []any{object["type"]}
	}
	if at == "" && object["type"] != "object" {
		found = append(found, "the root is no object")
	}
	if _, choice := object["anyOf"]; at == "" && choice {
		found = append(found, "a choice at the root")
	}
	if isList && d.name == "Gemini" {
		found = append(found, at+": several types")
	}
	for _, kind := range kinds {
		switch kind {
		case "object":
			found = append(found, d.object(at, object)...)
		case "array":
			if object["items"] == nil {
				found = append(found, at+": an array without items")
			}
		case "string", "integer", "number", "boolean", "null":
		default:
			found = append(found, at+": no type")
		}
	}
	if enum, ok := object["enum"].([]any); ok && d.name == "Gemini" && (object["type"] != "string" || len(enum) == 0) {
		found = append(found, at+": a list of values that are no strings")
	}
	if items := object["items"]; items != nil {
		found = append(found, d.problems(at+"/items", items)...)
	}
	return found
}

func (d dialect) object(at string, schema node) []string {
	var found []string
	if d.closed && schema["additionalProperties"] != false {
		found = append(found, at+": open")
	}
	properties, _ := schema["properties"].(node)
	required, _ := schema["required"].([]any)
	for name, property := range properties {
		if !regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]{0,63}$`).MatchString(name) {
			found = append(found, at+": the name "+name)
		}
		if d.complete && !slices.Contains(required, any(name)) {
			found = append(found, at+": "+name+" is not required")
		}
		found = append(found, d.problems(at+"/"+name, property)...)
	}
	for _, name := range required {
		if _, ok := properties[name.(string)]; !ok {
			found = append(found, at+": a required name that it does not list")
		}
	}
	return found
}

// A model that must fill in every argument sends null, or nothing in quotes, for those it has no use for.
func TestStrictCallsAreAnswered(t *testing.T) {
	c := connect(t, sandbox.Key, nil)
	const id = "b880f077-e514-58ef-0ebd-ce1c37b46eb7"
	plain := call(t, c, map[string]any{"taskUUID": id})
	for _, filler := range []any{nil, "", " ", "null", "undefined"} {
		result := call(t, c, map[string]any{"taskUUID": id, "detail": filler, "pointer": filler, "offset": filler})
		if result.IsError || !rawjson.Valid(result.RawStructuredContent) || string(result.RawStructuredContent) != string(plain.RawStructuredContent) {
			t.Errorf("%v: %s", filler, result.RawStructuredContent)
		}
	}
}
