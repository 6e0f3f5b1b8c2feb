package tools_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/google/go-cmp/cmp"
	"github.com/invopop/jsonschema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// Words that stand in an enum of their own.
var enums = map[reflect.Type][]any{
	reflect.TypeFor[schema.Status](): {
		schema.StatusSucceeded, schema.StatusFailed, schema.StatusPartial, schema.StatusPending,
		schema.StatusNotFound, schema.StatusUnavailable, schema.StatusUnknown,
	},
	reflect.TypeFor[schema.Category]():   list(schema.Categories()),
	reflect.TypeFor[schema.Retry]():      list(schema.Retries()),
	reflect.TypeFor[schema.Confidence](): {schema.ConfidenceCertain, schema.ConfidenceLikely, schema.ConfidenceGuess},
	reflect.TypeFor[schema.Measure](): {
		schema.MeasureValue, schema.MeasureItems, schema.MeasureCharacters, schema.MeasureBytes, schema.MeasureType,
	},
	reflect.TypeFor[schema.Source](): {schema.SourceErrorFields, schema.SourceMessage, schema.SourceModelSchema},
	reflect.TypeFor[schema.Reason](): {schema.ReasonSize, schema.ReasonSecret, schema.ReasonBudget},
}

func list[T any](values []T) []any {
	var all []any
	for _, v := range values {
		all = append(all, v)
	}
	return all
}

// generate renders the JSON Schema of a Go type: everything in place, no boolean subschemas, an object at the root. An
// open one allows names that it does not list, as a later version may add some.
func generate(t *testing.T, v any, open bool) []byte {
	t.Helper()
	reflector := jsonschema.Reflector{
		DoNotReference: true, Anonymous: true, ExpandedStruct: true,
		AllowAdditionalProperties: open,
		Mapper: func(typ reflect.Type) *jsonschema.Schema {
			switch typ {
			case reflect.TypeFor[json.RawMessage](), reflect.TypeFor[schema.Value](),
				reflect.TypeFor[json.Number](): // a number beyond float64 is shown as a string
				return &jsonschema.Schema{Description: "any JSON value"}
			}
			if words, ok := enums[typ]; ok {
				return &jsonschema.Schema{Type: "string", Enum: words}
			}
			return nil
		},
	}
	generated := reflector.Reflect(v)
	generated.Version = "" // the dialect is the protocol's default; one line less for models to read
	raw, err := json.Marshal(generated)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestSchemaFiles(t *testing.T) {
	golden(t, filepath.Join("schemas", "get_task_details.input.json"), generate(t, tools.DetailsArgs{}, false))
	golden(t, filepath.Join("schemas", "get_task_details.output.json"), generate(t, schema.TaskReport{}, true))
}

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
