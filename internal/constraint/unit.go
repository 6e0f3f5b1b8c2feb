package constraint

// Unit is what the numbers of a rule count.
type Unit uint8

// The units.
const (
	UnitNone Unit = iota // not said: the value decides
	UnitCharacters
	UnitItems
	UnitBytes
	UnitArea // total pixels, or width × height
	UnitRatio
	UnitOther // tokens, words, retries: nothing that a value here is measured in
)
