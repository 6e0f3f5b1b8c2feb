package interop

import (
	"context"
	"encoding/json"
	"testing"
)

// client is one connection of somebody's client. A method of an unsupported kind skips the test.
type client interface {
	list(ctx context.Context) (tools json.RawMessage, err error)          // the array, as the client shows it
	templates(ctx context.Context) (templates json.RawMessage, err error) // the array
	call(ctx context.Context, tool string, arguments any) (answer, error)
	read(ctx context.Context, uri string) (text string, err error)
	close() error
}

// answer is the result of a tool as a client hands it to its caller.
type answer struct {
	isError    bool
	text       string          // of the only block
	structured json.RawMessage // written as JSON again by the client's language
}

// kind is a client under test, and what is known to be its own way.
type kind struct {
	name string
	dial func(t *testing.T, script string) client

	modern  bool   // speaks the revision without a handshake
	seed    string // how structured content shows 9223372036854775807
	waits   bool   // closes stdin only when nothing is in flight any more
	drains  bool   // whether calls in flight are answered when the client closes
	oneShot bool   // one process a call: no cancelling, nothing at once
}

const exactSeed = "9223372036854775807"

// kinds are the clients, in the order of the matrix' columns.
func kinds() []kind {
	return []kind{
		{name: "ts-sdk 1.32.2", dial: dialNode("sdk"), seed: "9223372036854776000", drains: true},
		{name: "ts-client 2.4.0 legacy", dial: dialNode("client-legacy"), seed: "9223372036854776000", drains: true},
		{name: "ts-client 2.4.0 auto", modern: true, dial: dialNode("client-auto"), seed: "9223372036854776000", drains: true},
		{name: "go-sdk 1.8.0", modern: true, dial: dialGoSDK, seed: "9223372036854776000", drains: true, waits: true},
		{name: "mcp-go 1.2.1 legacy", dial: dialMCPGo(true), seed: exactSeed},
		{name: "mcp-go 1.2.1", modern: true, dial: dialMCPGo(false), seed: exactSeed},
		{name: "inspector 2.12.0 legacy", dial: dialInspector("legacy"), seed: "9223372036854776000", oneShot: true},
		{name: "inspector 2.12.0 modern", modern: true, dial: dialInspector("modern"), seed: "9223372036854776000", oneShot: true},
	}
}
