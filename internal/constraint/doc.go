// Package constraint is what is accepted at a parameter: bounds, a unit, a type, a list, a pair of sides, an area. It
// compares a recorded value with that and says what the nearest accepted value is. Numbers are exact from birth: a
// [big.Rat] or the digits as they were written.
//
// It makes no sentences beyond the few words of a constraint, and knows neither requests nor messages: whoever read a
// constraint out of an error's fields, a message or a schema hands it over. Start with [Constraint] and
// [Constraint.Judge].
package constraint
