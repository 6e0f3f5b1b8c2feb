package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// This file makes hostile tasks: every content of [contents] at every place where a reply or a schema can hold one, and
// the request's shapes together with the response's. What one of them costs is measured by work.go.

// content is one way to fill a place, to any size: as the text within a string, and as a JSON value.
type content struct {
	name  string
	text  func(n int) string
	value func(n int) string
}

//nolint:gochecknoglobals // a table
var contents = []content{
	{"names", repeated("'name%d' and "), wrapped("{", `"name%d":{"weight":0.5}`, "}")},
	{"errors", repeated("Invalid value for 'width' parameter, %d. "), wrapped("[", `{"code":"invalidWidth%d","message":"Invalid value for 'width' parameter.","parameter":"width"}`, "]")},
	{"items", repeated(`"item %d", `), wrapped("[", `{}`, "]")},
	{"nesting", repeated(strings.Repeat(`{"error":`, 40)), wrapped("[", strings.Repeat(`{"a":[`, 25)+strings.Repeat(`]}`, 25), "]")},
	{"one string", repeated("x"), quotedText(repeated("x"))},
	{"words", repeated("the word %d stands here "), quotedText(repeated("the word %d stands here "))},
	{"numbers", repeated("%d "), wrapped("[", `1`, "]")},
	{"one number", repeated("1"), repeated("1")},
	{"JSON in JSON", inJSON, quotedText(inJSON)},
	{"HTML", inHTML, quotedText(inHTML)},
	{"allowed values", func(n int) string { return "must be one of: " + repeated("value%d, ")(n) }, wrapped("[", `"value%d"`, "]")},
	{"brackets", repeated("["), quotedText(repeated("["))},
	{"closing brackets", repeated("]a[0"), quotedText(repeated("]a[0"))},
	{"quotes", repeated("' \" ` "), quotedText(repeated("' \" ` "))},
	{"escapes", repeated("\\\"\u200b"), quotedText(repeated("\\\"\u200b"))},
}

func repeated(item string) func(int) string {
	return func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			if strings.Contains(item, "%") {
				fmt.Fprintf(&b, item, i)
			} else {
				b.WriteString(item)
			}
		}
		return b.String()
	}
}

func wrapped(open, item, closing string) func(int) string {
	return func(n int) string { return open + strings.TrimSuffix(repeated(item+",")(n), ",") + closing }
}

func quotedText(text func(int) string) func(int) string {
	return func(n int) string { return quote(text(n)) }
}

func quote(text string) string {
	raw, _ := json.Marshal(text) // strings never fail
	return string(raw)
}

// inJSON nests a provider's answer twice; what is quoted twice grows, so that it is filled to less.
func inJSON(n int) string {
	inner := `{"error":{"message":` + quote(repeated("the service's value %d was refused. ")(n/2)) + `}}`
	return `{"detail":` + quote(inner) + `}`
}

func inHTML(n int) string {
	return "<html><head><title>502 Bad Gateway</title></head><body>" + repeated("<p class=\"a\">The <b>service</b> &amp; %d</p>")(n) + "</body></html>"
}

// part makes the request or the response of a hostile task.
type part struct {
	name string
	make func(n int) string
}

const shapeModel = "runware:101@1"

func taskOf(member string) string {
	return `{"taskType":"imageInference","taskUUID":"` + imageID + `","model":"` + shapeModel + `","positivePrompt":"a lighthouse","width":1000,"height":1024` + member + `}`
}

// requests are the contents as a member, as a prompt and beside the task, and the arrays of many tasks.
func requestParts() []part {
	all := []part{
		{"ordinary request", func(int) string { return "[" + taskOf("") + "]" }},
		{"many tasks", func(n int) string {
			return "[" + taskOf("") + repeated(`,{"taskType":"imageInference","taskUUID":"5b1e0a52-0000-4000-8000-%012[1]d","model":"`+shapeModel+`","width":%[1]d}`)(n) + "]"
		}},
		{"many tasks without id", func(n int) string {
			return "[" + taskOf("") + repeated(`,{"taskType":"imageInference","width":1000}`)(n) + "]"
		}},
		{"many tasks of one id", func(n int) string { return "[" + taskOf("") + repeated(`,`+taskOf(""))(n) + "]" }},
		{"many models", func(n int) string {
			return "[" + taskOf("") + repeated(`,{"taskType":"imageInference","model":"a:%d@1"}`)(n) + "]"
		}},
		{"long names", func(n int) string { return "[" + taskOf(`,"`+repeated("width")(n)+`":1`) + "]" }},
		{"one name often", func(n int) string { return "[" + taskOf(repeated(`,"width":1000`)(n)) + "]" }},
		{"named objects", func(n int) string {
			return "[" + taskOf(`,"lora":[`+list(n, `{"model":"a:%d@1","weight":9}`)+"]") + "]"
		}},
	}
	for _, c := range contents {
		all = append(all,
			part{"request member: " + c.name, func(n int) string { return "[" + taskOf(`,"extra":`+c.value(n)) + "]" }},
			part{"prompt: " + c.name, func(n int) string { return "[" + taskOf(`,"negativePrompt":`+quote(c.text(n))) + "]" }},
			part{"the request: " + c.name, c.value},
			part{"beside the task: " + c.name, func(n int) string { return "[" + taskOf("") + "," + c.value(n) + "]" }},
		)
	}
	return all
}

func failed(members string) string { return `{"code":"invalidWidth"` + members + `}` }

const own = `,"taskUUID":"` + imageID + `"`

func responseOf(errors string) string { return `{"data":[],"errors":[` + errors + `]}` }

// errorParts are responses with few or many errors, which stand beside every request.
func errorParts() []part {
	many := func(name, item string) part {
		return part{name, func(n int) string { return responseOf(strings.TrimPrefix(repeated(","+item)(n), ",")) }}
	}
	return []part{
		{"ordinary error", func(int) string {
			return responseOf(failed(`,"message":"Invalid value for 'width' parameter. Image width must be an integer value between 128 and 2048, in multiples of 64.","parameter":"width"` + own))
		}},
		{"an absent name", func(int) string {
			return responseOf(`{"code":"unsupportedParameter","message":"Unsupported parameter 'absent.name'.","parameter":"absent.name"` + own + `}`)
		}},
		many("equal errors", failed(`,"message":"Invalid value for 'absent' parameter.","parameter":"absent"`+own)),
		many("errors about names", `{"code":"unsupportedParameter","message":"Unsupported parameter 'name%[1]d'.","parameter":"name%[1]d"`+own+`}`),
		many("errors without id", failed(`,"message":"Invalid value for 'width' parameter, %[1]d.","parameter":"width"`)),
		many("errors of an index", failed(`,"message":"Invalid value %[1]d.","parameter":"[%[1]d].width"`)),
		many("errors of other ids", failed(`,"message":"Invalid value.","parameter":"width","taskUUID":"5b1e0a52-0000-4000-8000-%012[1]d"`)),
		many("errors without words", `{"code":"a"}`),
		many("results", `{"taskUUID":"`+imageID+`","imageURL":"https://im.runware.ai/image/%d.jpg","cost":0.001}`),
	}
}

// responseParts are the contents at every place of a response.
func responseParts() []part {
	var all []part
	at := func(place string, c content, raw func(n int) string) {
		all = append(all, part{place + ": " + c.name, raw})
	}
	for _, c := range contents {
		at("data", c, func(n int) string { return `{"data":` + c.value(n) + `,"errors":[` + failed(own) + `]}` })
		at("a result", c, func(n int) string {
			return `{"data":[{"taskType":"imageInference"` + own + `,"extra":` + c.value(n) + `}]}`
		})
		at("errors", c, func(n int) string { return `{"errors":` + c.value(n) + `}` })
		at("the response", c, c.value)
		for _, member := range []string{"parameter", "allowedValues", "type", "code", "min", "responseContent", "taskUUID"} {
			at(member, c, func(n int) string {
				return responseOf(failed(`,"message":"Invalid value.","` + member + `":` + c.value(n) + own))
			})
		}
		for _, member := range []string{"message", "responseContent"} {
			at("text of "+member, c, func(n int) string {
				return responseOf(`{"code":"providerError","` + member + `":` + quote("The provider said: "+c.text(n)) + own + `}`)
			})
		}
		at("text of responseContent alone", c, func(n int) string {
			return responseOf(`{"code":"providerError","message":"The provider failed.","responseContent":` + quote(c.text(n)) + own + `}`)
		})
	}
	return all
}

// schemaParts are answers of the schema service.
func schemaParts() []part {
	of := func(name string, schema func(n int) string) part {
		return part{"schema: " + name, func(n int) string { return `{"requestSchema":{"type":"object",` + schema(n) + `}}` }}
	}
	return []part{
		of("properties", func(n int) string { return `"properties":{` + list(n, `"name%d":{"type":"integer","maximum":5}`) + `}` }),
		of("required", func(n int) string { return `"required":[` + list(n, `"name%d"`) + `]` }),
		of("enum", func(n int) string { return `"properties":{"width":{"enum":[` + list(n, `%d`) + `]}}` }),
		of("alternatives", func(n int) string { return `"anyOf":[` + list(n, `{"required":["name%d"]}`) + `]` }),
		of("conditions", func(n int) string {
			return `"allOf":[` + list(n, `{"if":{"required":["width"]},"then":{"required":["name%d"]}}`) + `]`
		}),
		of("one of", func(n int) string { return `"properties":{"width":{"oneOf":[` + list(n, `{"const":%d}`) + `]}}` }),
		of("description", func(n int) string { return `"description":` + quote(repeated("the word %d ")(n)) }),
		of("pattern", func(n int) string {
			return `"properties":{"positivePrompt":{"pattern":` + quote(repeated("[a-z]?")(min(n, 4000))) + `}}`
		}),
		of("nesting", func(n int) string {
			return `"properties":{` + list(n, `"name%d":`+strings.Repeat(`{"items":`, 20)+`{}`+strings.Repeat(`}`, 20)) + `}`
		}),
	}
}

// hostile is one task, and the answer of the schema service about its model; "" is the one that Runware publishes.
type hostile struct {
	name              string
	request, response part
	schema            part
}

// shapesOf are those whose names hold one of the words, which commas part; of "all", every one.
func shapesOf(words string) []hostile {
	if words == "all" {
		return hostiles()
	}
	var some []hostile
	for _, h := range hostiles() {
		if slices.ContainsFunc(strings.Split(words, ","), func(word string) bool { return strings.Contains(h.name, word) }) {
			some = append(some, h)
		}
	}
	return some
}

// hostiles are all shapes: each request with each kind of error, each response with the requests that multiply what is
// done for it, each schema with a failed task.
func hostiles() []hostile {
	var all []hostile
	requests, errors := requestParts(), errorParts()
	add := func(request, response part) {
		all = append(all, hostile{name: request.name + " × " + response.name, request: request, response: response})
	}
	for _, request := range requests {
		for _, response := range errors {
			add(request, response)
		}
	}
	multiplying := func(name string) bool {
		return name == "ordinary request" || name == "request member: names"
	}
	for _, response := range responseParts() {
		for _, request := range requests {
			if multiplying(request.name) {
				add(request, response)
			}
		}
	}
	for _, schema := range schemaParts() {
		for _, request := range requests[:1] {
			for _, response := range errors[:2] {
				all = append(all, hostile{schema.name + " × " + response.name, request, response, schema})
			}
		}
	}
	return all
}
