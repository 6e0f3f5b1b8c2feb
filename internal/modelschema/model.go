package modelschema

import (
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Model is what a model's JSON Schema says of one task object, and what else is published of the model. It is immutable
// and safe for concurrent use. Of a model without a schema no task is judged.
type Model struct {
	task *jsonschema.Schema
	at   map[string]*jsonschema.Schema // every schema by its location
	page string                        // documentation; "" if none
	work *work

	places []string
	blind  []blindSpot

	listing  schema.Listing   // by the registry
	document func() *document // what stands behind the page; nil if there is none
	known    func() *document // the same, but it is not asked for
}

// Parameters lists the names that a task may have, sorted, those of its `inputs` as `inputs.x`. It is nil where the
// schema does not close the list.
func (m *Model) Parameters() []string {
	top := m.facts(nil)
	if !top.closed {
		return nil
	}
	names := slices.Clone(top.names)
	if inputs := m.facts([]string{"inputs"}); inputs.closed {
		for _, name := range inputs.names {
			names = append(names, "inputs."+name)
		}
	}
	slices.Sort(names)
	return names
}

// Constraint is what the schema says of the value at an RFC 6901 pointer into a task, whatever the task holds: what
// every variant of the schema agrees on. It is false where that is nothing.
func (m *Model) Constraint(pointer string) (schema.Constraint, bool) {
	if pointer != "" && pointer[0] != '/' {
		return schema.Constraint{}, false
	}
	c := m.facts(rawjson.Tokens(pointer)).constraint()
	return c, c.Type != "" || c.Text != ""
}
