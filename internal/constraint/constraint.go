package constraint

import (
	"mcp-taskdetails/schema"
)

// Constraint is what is accepted, in the form that proof needs: what it counts, and its sizes taken apart.
type Constraint struct {
	schema.Constraint
	Unit    Unit
	Of      string // what an array must hold
	Float   bool   // Runware's word float, kept for the text
	Partial bool   // the message asks for more than was understood: meeting the rule proves nothing
	Loose   bool   // and breaking it leaves open what would meet it: no patch
}

// Bounded tells whether a number states it.
func (r Constraint) Bounded() bool {
	return r.Min != "" || r.Max != "" || r.ExclusiveMin != "" || r.ExclusiveMax != "" || r.MultipleOf != ""
}

// Known tells whether it says anything that a value can be compared with.
func (r Constraint) Known() bool { return r.Bounded() || len(r.Allowed) > 0 || r.Type != "" }
