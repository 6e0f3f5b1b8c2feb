// Package interop proves the program with clients and checkers that others wrote: the TypeScript SDKs, the official Go
// SDK, mcp-go's client, the Inspector and the protocol's conformance suite, each against the real binary.
//
// `interop/run` installs what they need outside of the tree, builds the binary, runs every client against every case
// and prints the matrix. The package is a module of its own, so that none of them is in the product's go.mod.
//
//	client ── script ── tee ── mcp-taskdetails ── recorded tasks (--demo), or an API that misbehaves
//	                     └── recording, checked line by line against the specification's JSON Schema
//
// A case is in cases_test.go or, where it takes an API of our own, in trouble_test.go; a client in a file of its own.
package interop
