package constraint

import (
	"mcp-taskdetails/schema"
)

// Constraint is a constraint in the form that proof needs: what it counts, and its sizes taken apart.
type Constraint struct {
	schema.Constraint
	Unit    Unit
	Of      string // what an array must hold
	Float   bool   // Runware's word float, kept for the text
	Partial bool   // the message asks for more than was understood: meeting the rule proves nothing
	Loose   bool   // and breaking it leaves open what would meet it: no patch
}

func (r Constraint) Bounded() bool {
	return r.Min != "" || r.Max != "" || r.ExclusiveMin != "" || r.ExclusiveMax != "" || r.MultipleOf != ""
}

func (r Constraint) Known() bool { return r.Bounded() || len(r.Allowed) > 0 || r.Type != "" }
