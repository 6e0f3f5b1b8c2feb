package main

import (
	"flag"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the goldens in testdata/script")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mcp-taskdetails": watched, "parent": parentMain})
}

// TestScripts runs the real binary, one archive a behaviour. Besides testscript's own commands there are
//
//	mcp [flag…] session.jsonl    play a session with the server, see mcp_test.go
//
// and a directory api/ in an archive, which stands for Runware, see api_test.go.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		Setup:               startAPI,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"mcp": playSession},
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}
