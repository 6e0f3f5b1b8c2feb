// Package excerpt finds an error of Runware, or a request to it, in whatever somebody pasted: a response, a line of a log,
// a stack trace, an SDK's exception, a shell command, JSON escaped inside JSON, the dump of an object in another language.
//
// It is pure and reads within bounds, and it refuses to know what an error means: what it returns is JSON, verbatim where
// the text held JSON. It looks in this order, and takes the first that is found:
//
//	lax.go       one object or array as programs print it (Python, JavaScript, Ruby), as JSON
//	values.go    all of them in a text, also escaped within strings; a text that is JSON as a whole is one
//	error.go     which of them holds the error: envelopes and error elements, the surest first
//	labelled.go  the members of an error by name, where no object is: `code=… message="…"`, an exception's constructor
//	prose.go     an exception's text: a code, and the sentence behind the names of programs
//
// Start with [Error] and [Request].
package excerpt
