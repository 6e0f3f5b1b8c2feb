package mend_test

import (
	"encoding/json"
	"fmt"
	"time"

	"mcp-taskdetails/internal/mend"
	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/request"
)

// A task is decoded once; the model says what it breaks, and the mender finds what passes.
func Example() {
	model, err := modelschema.Parse([]byte(`{"requestSchema":{
		"type": "object",
		"properties": {
			"strength": {"type": "number", "maximum": 1},
			"inputs": {"type": "object", "properties": {"seedImage": {"type": "string"}}, "additionalProperties": false}
		},
		"allOf": [{"if": {"required": ["strength"]}, "then": {"properties": {"inputs": {"required": ["seedImage"]}}, "required": ["inputs"]}}],
		"additionalProperties": false
	}}`))
	if err != nil {
		panic(err)
	}
	task, err := request.Decode([]byte(`{"strength": 0.5, "seedImage": "https://example.com/a.png"}`))
	if err != nil {
		panic(err)
	}
	broken, _ := model.Broken(task)
	for _, c := range broken {
		fmt.Println(c.Kind, c.Members[0].Pointer)
		for _, because := range c.Because {
			fmt.Println("  because", because.Pointer, because.State)
		}
	}

	mender, err := mend.New()
	if err != nil {
		panic(err)
	}
	start := time.Now()
	result := mender.Mend(mend.Problem{
		Task: task, Validator: model, Places: model.Places(), Rule: model.Constraint, Hints: []string{"/seedImage"},
		Spent: func() bool { return time.Since(start) > time.Second },
	})
	for _, m := range result.Mends {
		patch, err := json.Marshal(m.Operations())
		if err != nil {
			panic(err)
		}
		fmt.Println(m.Edits[0].Kind, string(patch))
	}
	// Output:
	// missing /inputs/seedImage
	//   because /strength present
	// unknown /seedImage
	// move [{"op":"add","path":"/inputs","value":{}},{"op":"move","from":"/seedImage","path":"/inputs/seedImage"}]
}
