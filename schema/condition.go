package schema

// Condition is one condition of a model's JSON Schema that a task breaks, as values: whoever shows it makes the
// sentence. Pointers are RFC 6901 and relative to the task object. What Members and the other fields hold depends on
// Kind; Because and Consequences are for all of them.
//
//	missing            Members are not there and required; Sizes is what a table accepts for them
//	unknown            the one member is not accepted here; Constraint.AllowedParameter lists who is
//	enum … format      the one member's value breaks Constraint; Forms are those, of which it has none
//	refused            each of Members is not accepted with Because, or never where that is empty
//	conflict           Members are not accepted together
//	choice             one group of Choices is required
//	exclusive          of Names at most one is accepted (exactly one where Exactly); Members are those that are there
//	sizes              Members, two sides, are not a pair of Sizes
//	contains           the one member, an array, has too few (or too many) of the items that Items describes
//	alternatives       the one member's value is none of Forms
//	other              not understood; Members are what the condition speaks of, Constraint.Text what is known of it
type Condition struct {
	Kind       Breach
	Pointer    string    // the value at fault; the object, where the condition is one between its members
	Members    []Premise // whom it concerns
	Because    []Premise // what in the task makes the condition apply; empty where it always does
	Constraint Constraint

	Choices [][]string // pointers: the members of one group are required together
	Names   []string   // pointers
	Exactly bool       // exactly one of Names, not at most one
	Sizes   []Size
	Items   *ItemRule
	Forms   []Form

	// Consequences are the conditions that fail for the same member and vanish with it: nobody has to mend them.
	Consequences []Condition
}

// Premise is a state of one member of the task that a condition speaks of.
type Premise struct {
	Pointer    string
	State      State
	Values     []Value    // of StateEqual and StateUnequal: those that the schema names
	Default    bool       // of StateEqual: the schema's default is one of Values, so it is no use to leave the member out
	Constraint Constraint // of StateFits and StateUnfit
}

// Pointers lists where the members of premises stand.
func Pointers(premises []Premise) []string {
	all := make([]string, len(premises))
	for i, p := range premises {
		all[i] = p.Pointer
	}
	return all
}

// State is what a condition says of a member.
type State string

// The states. The zero value is invalid.
const (
	StatePresent State = "present"
	StateAbsent  State = "absent"
	StateEqual   State = "equal"   // one of Values
	StateUnequal State = "unequal" // none of Values
	StateFits    State = "fits"    // keeps Constraint, such as two items at least
	StateUnfit   State = "unfit"
)

// Size is a pair of sides that a model accepts.
type Size struct {
	Width, Height int
	Title         string // the schema's own word for it, such as "1080p (16:9)"; may be empty
}

// ItemRule says what a number of an array's items must be.
type ItemRule struct {
	Min, Max int       // how many; Max 0 is no limit
	Not      bool      // the items for which What does not hold, not those for which it does
	What     []Premise // pointers are relative to the item; "" is the item itself
}

// Form is one form that a value may have.
type Form struct {
	Constraint Constraint
	Needs      []string // of an object: the members that it must have
}

// Unchecked is something about a task that its model's schema cannot tell: what is verified is so but for this.
type Unchecked struct {
	Reason     UncheckedReason
	Pointer    string     // the value in the task
	Constraint Constraint // what is known of the rule; for the area of an image Min and Max are in pixels
	Detail     string     // the schema's word: the operation of a rule for files, the pattern, the reference
}

// UncheckedReason is why something could not be judged.
type UncheckedReason string

// The reasons. The zero value is invalid.
const (
	UncheckedFile      UncheckedReason = "file"      // a rule about a file that the request does not hold (x-constraints)
	UncheckedPattern   UncheckedReason = "pattern"   // a pattern that cannot be read
	UncheckedReference UncheckedReason = "reference" // a part of the schema that stands in another document
	UncheckedMedia     UncheckedReason = "media"     // passes as base64, but for its form only: a word or a path does too
	UncheckedNumber    UncheckedReason = "number"    // within a bound that is itself rounded: beyond 64 bits
)
