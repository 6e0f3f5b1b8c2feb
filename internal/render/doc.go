// Package render makes text for people out of answers, as a compiler shows an error: what is wrong, where, the lines
// concerned, then what helps. It is pure: no I/O, no environment, no clock; what a terminal can show comes as a [Style].
//
// Everything that stems from a task is shown with its control, bidirectional and invisible characters escaped: a prompt
// must not be able to move the cursor or to hide text. Start with [Report] for one task; another form is written on a
// [Page], which escapes, wraps and paints.
package render
