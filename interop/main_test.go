package interop

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// What interop/run hands over.
var (
	serverBinary = os.Getenv("INTEROP_SERVER") // mcp-taskdetails
	nodeDir      = os.Getenv("INTEROP_NODE")   // the folder of node_modules
	schemaDir    = os.Getenv("MCP_SCHEMA_DIR") // the specification's JSON Schemas
)

// root is where the product lies.
const root = ".."

// TestMain is also the tee: a test starts this very program in front of the server, see tee_test.go.
func TestMain(m *testing.M) {
	if dir := os.Getenv(teeVariable); dir != "" {
		os.Exit(tee(dir, os.Args[1:]))
	}
	if serverBinary == "" || nodeDir == "" {
		fmt.Println("skipped: `interop/run` installs the clients and builds what these tests start")
		os.Exit(0)
	}
	if schemaDir == "" {
		fmt.Println("MCP_SCHEMA_DIR is not set: lines are not validated. It is a folder of the specification's schemas, " +
			"mcp-<revision>.schema.json from modelcontextprotocol/modelcontextprotocol, schema/<revision>/schema.json")
	}
	code := m.Run()
	node.stop()
	fmt.Print(matrix.String())
	os.Exit(code)
}

// nodeTool is a program of the npm packages.
func nodeTool(name string) string { return filepath.Join(nodeDir, "node_modules", ".bin", name) }

// nodeEnvironment puts the Node that the packages need first.
func nodeEnvironment() []string {
	return append(os.Environ(), "PATH="+filepath.Join(nodeDir, "node_modules", "node", "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
}
