// Package schema is the vocabulary that every other package speaks: Runware's own words as they stand on the wire
// ([Task], [APIError], [Envelope]), our answer about a task ([TaskReport]) and the JSON Schema of that answer.
//
// It refuses to know where data comes from, what it means or how it is shown: it imports no sibling. Start with
// [TaskReport]; docs/design.md §4 prints one.
package schema
