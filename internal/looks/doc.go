// Package looks tells what a string looks like: an address, a UUID, a model's AIR, base64, a data URI, a local path,
// prose, an order to the reader. There is one definition of each, for all packages.
//
// It looks at the string alone and knows no parameter: whether a value may be shown under a name that holds secrets is
// not decided here. It does no I/O, and never follows an address.
//
// Start with [Shown], which decides how a value may stand beside a finding; media.go takes media apart.
package looks
