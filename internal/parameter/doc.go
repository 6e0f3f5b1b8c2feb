// Package parameter knows the names of Runware's parameters: which there are (parameters.txt), which words stand for
// which, and in what forms a path of names is spelled.
//
// It knows no values and no requests: whether a request holds a parameter, and where, is not answered here.
//
// Start with [Normalize] in path.go, which makes one form of all of a path's, and [Canonical], which makes two spellings
// of one parameter equal. name.go tells a name from other text, vocabulary.go lists the names.
package parameter
