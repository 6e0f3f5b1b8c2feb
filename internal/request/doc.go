// Package request holds a recorded request as values, and changes it. It is pure: it does no I/O, and no function
// changes what it is given.
//
// Start with [Apply] for a list of RFC 6902 operations, or with [Add], [Remove], [Replace] and [Move] for one.
package request
