// Package request is the recorded request: its tasks, where a name stands in them, and the four operations that change
// one. It is pure: no I/O, and no function changes what it is given. It knows neither errors nor schemas.
//
// Start with [Read] and [Task.Locate] for what was recorded, with [Apply] for a list of RFC 6902 operations.
package request
