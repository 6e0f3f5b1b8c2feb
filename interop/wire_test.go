package interop

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// message is what of a line matters here.
type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
	Params struct {
		RequestID json.RawMessage `json:"requestId"` // of notifications/cancelled
		Meta      struct {
			Version string `json:"io.modelcontextprotocol/protocolVersion"`
		} `json:"_meta"`
	} `json:"params"`
}

// request is one that the client sent.
type request struct {
	method, version string
	cancelled       bool // before its reply
	replies         int
}

// wire is one connection, replayed.
type wire struct {
	t        *testing.T
	version  string // agreed on by initialize; the newest where there was none
	requests map[string]*request
}

// newest is the revision that needs no handshake.
const newest = "2026-07-28"

// checkWire holds one recording to the protocol: each line of the server is a message of the revision in use, each
// request has exactly one reply, and a cancelled one none.
func checkWire(t *testing.T, lines [][]byte) {
	t.Helper()
	w := wire{t: t, version: newest, requests: map[string]*request{}}
	for _, line := range lines {
		var m message
		switch line[0] {
		case toServer:
			if json.Unmarshal(line[1:], &m) == nil {
				w.sent(m)
			}
		case fromServer:
			if err := json.Unmarshal(line[1:], &m); err != nil {
				t.Errorf("wire: not a message: %.200q: %v", line, err)
				continue
			}
			w.received(m, line[1:])
		}
	}
	for id, r := range w.requests {
		switch {
		case r.cancelled && r.replies > 0:
			t.Errorf("wire: the cancelled request %s (%s) was answered", id, r.method)
		case !r.cancelled && r.replies != 1:
			t.Errorf("wire: request %s (%s) has %d replies", id, r.method, r.replies)
		}
	}
}

func (w *wire) sent(m message) {
	switch {
	case m.Method == "notifications/cancelled":
		if r := w.requests[string(m.Params.RequestID)]; r != nil && r.replies == 0 {
			r.cancelled = true
		}
	case m.ID != nil && m.Method != "":
		if _, twice := w.requests[string(m.ID)]; twice {
			w.t.Errorf("wire: the client used id %s twice", m.ID)
		}
		w.requests[string(m.ID)] = &request{method: m.Method, version: m.Params.Meta.Version}
	}
}

// results names the definition of each method's result, in both revisions.
var results = map[string]string{
	"initialize": "InitializeResult", "server/discover": "DiscoverResult", "ping": "EmptyResult",
	"tools/list": "ListToolsResult", "tools/call": "CallToolResult",
	"resources/list": "ListResourcesResult", "resources/templates/list": "ListResourceTemplatesResult",
	"resources/read": "ReadResourceResult", "subscriptions/listen": "SubscriptionsListenResult",
}

func (w *wire) received(m message, line []byte) {
	r := w.requests[string(m.ID)]
	switch {
	case m.Method != "" && m.ID != nil:
		w.t.Errorf("wire: the server sent a request: %.200s", line)
	case m.Method != "":
		w.validate(w.version, "ServerNotification", line)
	case r == nil:
		w.t.Errorf("wire: nobody asked for: %.200s", line)
	default:
		r.replies++
		w.reply(r, m, line)
	}
}

func (w *wire) reply(r *request, m message, line []byte) {
	version := r.version
	if r.method == "initialize" {
		var agreed struct {
			Version string `json:"protocolVersion"`
		}
		if err := json.Unmarshal(m.Result, &agreed); err == nil {
			w.version = agreed.Version
		}
	}
	if version == "" {
		version = w.version
	}
	if m.Error != nil {
		w.validate(version, "JSONRPCErrorResponse", line)
		return
	}
	w.validate(version, "JSONRPCResultResponse", line)
	definition, known := results[r.method]
	if !known {
		w.t.Errorf("wire: %s was answered, and no test knows how it should be", r.method)
		return
	}
	w.validate(version, definition, m.Result)
}

func (w *wire) validate(version, definition string, raw []byte) {
	if schemaDir == "" {
		return
	}
	compiled, err := definitionOf(version, definition)
	if err != nil {
		w.t.Errorf("wire: %v", err)
		return
	}
	if err := valid(compiled, raw); err != nil {
		w.t.Errorf("wire: no %s of %s: %v\n%.400s", definition, version, err, raw)
		return
	}
	matrix.mu.Lock()
	defer matrix.mu.Unlock()
	matrix.lines++
}

func valid(compiled *jsonschema.Schema, raw []byte) error {
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	return compiled.Validate(instance)
}

// definitions keeps what was compiled: the compiler takes longer than all the validation.
var definitions = struct {
	sync.Mutex
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
}{compiler: jsonschema.NewCompiler(), compiled: map[string]*jsonschema.Schema{}}

func definitionOf(version, definition string) (*jsonschema.Schema, error) {
	definitions.Lock()
	defer definitions.Unlock()
	at := filepath.Join(schemaDir, "mcp-"+version+".schema.json") + "#/$defs/" + definition
	if compiled := definitions.compiled[at]; compiled != nil {
		return compiled, nil
	}
	compiled, err := definitions.compiler.Compile(at)
	definitions.compiled[at] = compiled
	return compiled, err
}
