package tools_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// recorded counts what the goldens of the repository hold.
type recorded struct {
	t         *testing.T
	report    *jsonschema.Schema
	diagnosis *jsonschema.Schema
	reports   int
	diagnoses int
}

// TestGoldensHoldToOutputSchema validates every report, and every diagnosis by itself, that any golden of the repository
// expects: what a test pins must be what the tool promises.
func TestGoldensHoldToOutputSchema(t *testing.T) {
	compiled := compileOutput(t)
	r := recorded{t: t, report: compiled, diagnosis: compiled.Properties["diagnosis"]}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.Contains(path, "/testdata/") || strings.Contains(path, "/fuzz/") {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for section := range bytes.SplitSeq(content, []byte("\n-- ")) {
			_, body, _ := bytes.Cut(section, []byte(" --\n"))
			r.values(path, body)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.reports < 20 || r.diagnoses < 60 {
		t.Errorf("found %d reports and %d diagnoses: fewer than there are", r.reports, r.diagnoses)
	}
}

// values reads the JSON values that a section consists of; any other section is none of ours.
func (r *recorded) values(path string, section []byte) {
	decoder := json.NewDecoder(bytes.NewReader(section))
	decoder.UseNumber()
	for {
		var v any
		if err := decoder.Decode(&v); err != nil {
			return
		}
		r.walk(path, v)
	}
}

func (r *recorded) walk(path string, v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			r.walk(path, item)
		}
	case map[string]any:
		if has(v, "taskUUID", "status", "diagnosis") {
			r.reports++
			r.check(path, r.report, v)
		}
		if has(v, "summary", "category", "retry") {
			r.diagnoses++
			r.check(path, r.diagnosis, v)
		}
		for _, member := range v {
			r.walk(path, member)
		}
	}
}

func (r *recorded) check(path string, promised *jsonschema.Schema, v any) {
	r.t.Helper()
	if err := promised.Validate(v); err != nil {
		r.t.Errorf("%s: %v", path, err)
	}
}

func has(object map[string]any, names ...string) bool {
	for _, name := range names {
		if _, ok := object[name]; !ok {
			return false
		}
	}
	return true
}

// TestModernReplies holds what only 2026-07-28 has: how long a list holds and for whom, and who answers. Tasks are
// private and not to be kept. A reply that asks the host to show a picture brings it along.
func TestModernReplies(t *testing.T) {
	server := tools.NewServer(tools.Config{
		Version: "1.2.3", Logger: slog.New(slog.DiscardHandler),
		Refuse: func(id, _, _ string) schema.TaskReport { return schema.TaskReport{TaskUUID: id} },
	})
	for method, want := range map[string]string{
		"server/discover":          `3600000 "public"`,
		"tools/list":               `3600000 "public"`,
		"resources/templates/list": `3600000 "public"`,
		`resources/read","uri":"runware://tasks/nothing`: `0 "private"`,
	} {
		name, uri, isRead := strings.Cut(method, `","uri":"`)
		params := `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}`
		if isRead {
			params += `,"uri":"` + uri + `"`
		}
		reply, err := json.Marshal(server.HandleMessage(t.Context(), []byte(`{"jsonrpc":"2.0","id":1,"method":"`+name+`","params":{`+params+`}}`)))
		if err != nil {
			t.Fatal(err)
		}
		ttl, _ := rawjson.Resolve(reply, "/result/ttlMs")
		scope, _ := rawjson.Resolve(reply, "/result/cacheScope")
		if diff := cmp.Diff(want, string(ttl)+" "+string(scope)); diff != "" {
			t.Errorf("%s (-want +got):\n%s%s", name, diff, reply)
		}
		info, _ := rawjson.Resolve(reply, "/result/_meta/io.modelcontextprotocol~1serverInfo")
		for member, want := range map[string]string{"name": tools.Name, "version": "1.2.3", "title": "Runware task details"} {
			value, _ := rawjson.Member(info, member)
			if text, _ := rawjson.Text(value); text != want {
				t.Errorf("%s: %s is %q", name, member, text)
			}
		}
		source, _ := rawjson.Resolve(info, "/icons/0/src")
		if text, _ := rawjson.Text(source); !strings.HasPrefix(text, "data:image/svg+xml;base64,") || len(text) > 600 {
			t.Errorf("%s: icon %.100s", name, text)
		}
		if capabilities, ok := rawjson.Resolve(reply, "/result/capabilities"); ok && string(capabilities) != `{"resources":{},"tools":{}}` {
			t.Errorf("%s: capabilities %s", name, capabilities)
		}
	}
}
