package tools_test

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"

	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/google/go-cmp/cmp"
	"github.com/invopop/jsonschema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// words reads the constants of each word type of the vocabulary, in their order: a word that is added there comes into
// the schemas without anybody remembering it.
func words(t *testing.T) map[string][]any {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "schema", "words.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]any{}
	for spec := range ast.Preorder(file) {
		constant, ok := spec.(*ast.ValueSpec)
		if !ok || len(constant.Values) != 1 {
			continue
		}
		typ, isWord := constant.Type.(*ast.Ident)
		literal, isLiteral := constant.Values[0].(*ast.BasicLit)
		if !isWord || !isLiteral {
			continue
		}
		value, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		all[typ.Name] = append(all[typ.Name], value)
	}
	return all
}

// reference is the tool whose schema describes what all answers share; those of the others name it.
const reference = "get_task_details"

// shared are the types that the reference describes, as far as they are ours: structs, and strings with a list of words.
func shared() map[reflect.Type]bool {
	seen := map[reflect.Type]bool{}
	var visit func(typ reflect.Type)
	visit = func(typ reflect.Type) {
		switch typ.Kind() { //nolint:exhaustive // the others are of no name or no parts
		case reflect.Pointer, reflect.Slice:
			visit(typ.Elem())
		case reflect.Struct, reflect.String:
			if seen[typ] || typ.PkgPath() == "" || typ == reflect.TypeFor[json.Number]() {
				return
			}
			seen[typ] = true
			if typ.Kind() == reflect.Struct {
				for _, field := range reflect.VisibleFields(typ) {
					visit(field.Type)
				}
			}
		}
	}
	visit(reflect.TypeFor[schema.TaskReport]())
	return seen
}

// generate renders the JSON Schema of a Go type: everything in place, no boolean subschemas, an object at the root. It
// allows names that it does not list: a later version may answer with more, and an unknown argument is ignored. Types
// that are described elsewhere are no more than named.
func generate(t *testing.T, v any, elsewhere map[reflect.Type]bool) []byte {
	t.Helper()
	enums := words(t)
	reflector := jsonschema.Reflector{
		DoNotReference: true, Anonymous: true, ExpandedStruct: true,
		AllowAdditionalProperties: true,
		Mapper: func(typ reflect.Type) *jsonschema.Schema {
			switch typ {
			case reflect.TypeFor[json.RawMessage](), reflect.TypeFor[schema.Value](),
				reflect.TypeFor[json.Number](): // a number beyond float64 is shown as a string
				return &jsonschema.Schema{Description: "any"}
			}
			if elsewhere[typ] {
				return &jsonschema.Schema{Type: map[bool]string{true: "string", false: "object"}[typ.Kind() == reflect.String]}
			}
			if enum, ok := enums[typ.Name()]; ok && typ.Kind() == reflect.String {
				return &jsonschema.Schema{Type: "string", Enum: enum}
			}
			return nil
		},
	}
	generated := reflector.Reflect(v)
	once(t, generated, map[string]bool{})
	generated.Version = "" // the dialect is the protocol's default; one line less for models to read
	raw, err := json.Marshal(generated)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// once leaves an enumeration or an object out where the same stood before: models read every byte of a definition.
func once(t *testing.T, s *jsonschema.Schema, seen map[string]bool) {
	t.Helper()
	if s == nil {
		return
	}
	if len(s.Enum) > 0 && again(t, s.Enum, seen) {
		s.Enum = nil
	}
	if s.Properties != nil && s.Properties.Len() > 0 && again(t, s.Properties, seen) {
		s.Properties, s.Required = nil, nil
		return
	}
	once(t, s.Items, seen)
	if s.Properties == nil {
		return
	}
	for pair := s.Properties.Oldest(); pair != nil; pair = pair.Next() {
		once(t, pair.Value, seen)
	}
}

func again(t *testing.T, v any, seen map[string]bool) bool {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	before := seen[string(text)]
	seen[string(text)] = true
	return before
}

func TestSchemaFiles(t *testing.T) {
	elsewhere := shared()
	for _, tool := range tools.All() {
		golden(t, schemaFile(tool.Name, "input"), generate(t, tool.Arguments, nil))
		if tool.Name == reference {
			golden(t, schemaFile(tool.Name, "output"), generate(t, tool.Answers, nil))
			continue
		}
		golden(t, schemaFile(tool.Name, "output"), generate(t, tool.Answers, elsewhere))
	}
}

func schemaFile(tool, kind string) string { return filepath.Join("schemas", tool+"."+kind+".json") }

// golden compares with a file, or rewrites it under -update.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run `go test ./tools -update` if this is expected", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got); run `go test ./tools -update` if this is expected\n%s", file, diff)
	}
}
