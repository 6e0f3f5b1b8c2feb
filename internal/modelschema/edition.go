package modelschema

import (
	"github.com/santhosh-tekuri/jsonschema/v6"

	"mcp-taskdetails/schema"
)

// Edition tells what is known of a model now from what was known or will be: it is equal for as long as the service has
// nothing new. That of a model of which nothing is known is the zero value.
type Edition struct {
	task     *jsonschema.Schema
	listing  schema.Listing
	document *document // nil as well while nobody has asked for it
}

// Edition is what the model is made of. It asks for nothing.
func (m *Model) Edition() Edition {
	if m == nil {
		return Edition{}
	}
	e := Edition{task: m.task, listing: m.listing}
	if m.known != nil {
		e.document = m.known()
	}
	return e
}
