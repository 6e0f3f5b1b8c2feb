// Package message reads what an error says, in words, into [Claims]: which parameters it names, which bounds and lists
// it states, of what type a value must be, what it complains of, and how long to wait.
//
// It knows nothing of the request: the one thing it asks is whether a word is the name of a parameter, or the task's own model
// or type, by known(name).
// It judges no value, advises nothing, makes no sentence and does no I/O. It never fails: what it does not understand
// leaves no claim, and a number that is not in the text is never in a claim.
//
// Start with [Parse] in claims.go. A message is cut into tokens once (lex.go, number.go); then lists (lists.go), names
// (names.go), bounds (bounds.go) and a type (types.go) are read off them, and each takes the tokens it has used; what is hedged or denied
// (hedge.go, doubt.go) is read and states nothing for sure. Whose words they are lead.go tells. What a
// provider wraps in JSON, HTML or an echo of the prompt is taken out first by [Unwrap] in provider.go.
//
// The English, and a little of nine other languages, is data: phrases.txt (numbers), signals.txt (causes that have
// nothing to do with one parameter), stances.txt (complaints), hedges.txt (what is no rule) and units.txt. Each row stands beside an example that
// needs it and, where it could over-reach, a text that it must leave alone; a test holds both. table.go loads them.
package message
