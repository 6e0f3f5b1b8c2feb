package tools_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/mark3labs/mcp-go/mcp"
)

// comments are what the source of package schema says of its types, of their fields and of the words that a type has.
type comments struct {
	types, fields map[string]string // "Finding", "Finding.Code"
	words         map[string][]word // of "Status"
}

type word struct{ value, says string }

// readComments reads package schema.
func readComments(t *testing.T) comments {
	t.Helper()
	c := comments{map[string]string{}, map[string]string{}, map[string][]word{}}
	files, err := filepath.Glob(filepath.Join("..", "schema", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for decl := range ast.Preorder(file) {
			general, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range general.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					c.types[spec.Name.Name] = oneLine(cmp.Or(spec.Doc.Text(), general.Doc.Text()))
					c.ofFields(spec)
				case *ast.ValueSpec:
					c.ofWord(t, spec)
				}
			}
		}
	}
	return c
}

func (c comments) ofFields(spec *ast.TypeSpec) {
	structure, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, field := range structure.Fields.List {
		for _, name := range field.Names {
			c.fields[spec.Name.Name+"."+name.Name] = oneLine(cmp.Or(field.Doc.Text(), field.Comment.Text()))
		}
	}
}

func (c comments) ofWord(t *testing.T, spec *ast.ValueSpec) {
	t.Helper()
	typ, isNamed := spec.Type.(*ast.Ident)
	if !isNamed || len(spec.Values) != 1 {
		return
	}
	literal, ok := spec.Values[0].(*ast.BasicLit)
	if !ok {
		return
	}
	value, err := strconv.Unquote(literal.Value)
	if err != nil {
		t.Fatal(err)
	}
	c.words[typ.Name] = append(c.words[typ.Name], word{value, oneLine(spec.Comment.Text())})
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// cell is a text within a Markdown table.
func cell(text string) string { return strings.ReplaceAll(oneLine(text), "|", `\|`) }

const reportHead = `# The answers, field by field

<!-- made of package schema by ` + "`go test ./tools -update`" + ` -->

Every answer is one JSON object: as structured content and as the text of a tool's result, as a line of ` + "`--json`" + `, as a
line of an export. A field that is not always there may be absent; a client that meets one it does not know ignores it.
What hosts list of this is in [tools.md](tools.md); the thoughts behind it are in [design.md](design.md), §4.
`

// page collects the types of answers in the order in which they are met.
type page struct {
	comments
	t     *testing.T
	types []reflect.Type
}

// TestReportPage holds docs/report.md to the types of the answers: every field, and every word that it may hold.
func TestReportPage(t *testing.T) {
	p := &page{comments: readComments(t), t: t}
	var answers []string
	for _, tool := range tools.All() {
		typ := reflect.TypeOf(tool.Answers)
		answers = append(answers, fmt.Sprintf("`%s` answers with %s", tool.Name, p.name(typ)))
	}
	var b strings.Builder
	b.WriteString(reportHead + "\n" + strings.Join(answers, "; ") + ".\n")
	for at := 0; at < len(p.types); { // what is met on the way is added behind
		typ := p.types[at]
		at++
		p.describe(&b, typ)
	}
	golden(t, filepath.Join("..", "docs", "report.md"), []byte(b.String()))
}

// name is what a table says of a type; ours are linked, and described further down.
func (p *page) name(typ reflect.Type) string {
	switch typ {
	case reflect.TypeFor[json.RawMessage](), reflect.TypeFor[schema.Value]():
		return "any"
	case reflect.TypeFor[json.Number]():
		return "number"
	}
	switch typ.Kind() { //nolint:exhaustive // answers have no others: the default tells
	case reflect.Pointer:
		return p.name(typ.Elem())
	case reflect.Slice:
		return "array of " + p.name(typ.Elem())
	case reflect.Map:
		if typ.Name() != "" {
			return p.link(typ)
		}
		return "object of " + p.name(typ.Elem())
	case reflect.Struct:
		return p.link(typ)
	case reflect.String:
		if len(p.words[typ.Name()]) > 0 {
			return p.link(typ)
		}
		return "string"
	case reflect.Int:
		return "integer"
	case reflect.Float64:
		return "number"
	case reflect.Bool:
		return "boolean"
	default:
		p.t.Fatalf("%s: docs/report.md does not know this kind of type", typ)
		return ""
	}
}

func (p *page) link(typ reflect.Type) string {
	if !slices.Contains(p.types, typ) {
		p.types = append(p.types, typ)
	}
	return fmt.Sprintf("[%s](#%s)", typ.Name(), strings.ToLower(typ.Name()))
}

func (p *page) describe(b *strings.Builder, typ reflect.Type) {
	says := p.comments.types[typ.Name()]
	if says == "" {
		p.t.Errorf("schema.%s has no comment", typ.Name())
	}
	fmt.Fprintf(b, "\n## %s\n\n%s\n", typ.Name(), says)
	switch typ.Kind() { //nolint:exhaustive // only these are linked
	case reflect.Map:
		fmt.Fprintf(b, "\nAn object whose values are: %s.\n", p.name(typ.Elem()))
		if typ.Key().Name() != "string" {
			fmt.Fprintf(b, "Its keys: %s.\n", p.name(typ.Key()))
		}
	case reflect.String:
		b.WriteString("\n| value | means |\n|---|---|\n")
		for _, w := range p.words[typ.Name()] {
			if w.says == "" {
				p.t.Errorf("schema: the word %s of %s has no comment", w.value, typ.Name())
			}
			fmt.Fprintf(b, "| `%s` | %s |\n", w.value, cell(w.says))
		}
	case reflect.Struct:
		b.WriteString("\n| field | type | always | what it is |\n|---|---|---|---|\n")
		p.rows(b, typ)
	}
}

func (p *page) rows(b *strings.Builder, typ reflect.Type) {
	for field := range typ.Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case name == "-":
			continue
		case field.Anonymous && name == "":
			p.rows(b, field.Type)
			continue
		}
		says := cmp.Or(field.Tag.Get("jsonschema_description"), p.fields[typ.Name()+"."+field.Name])
		if says == "" {
			p.t.Errorf("schema.%s.%s has neither a description nor a comment", typ.Name(), field.Name)
		}
		always := "yes"
		if strings.Contains(options, "omit") {
			always = ""
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", name, p.name(field.Type), always, cell(says))
	}
}

const toolsHead = `# The tools

<!-- made of the definitions by ` + "`go test ./tools -update`" + ` -->

What a host lists, in the words that models read. All of them only read: nothing is run, changed or billed by a call. The answers
are described in [report.md](report.md). Arguments are taken wherever their meaning is plain, with a note; an unknown one is
ignored with a note; a wrong one is answered with what is accepted and an example.
`

// TestToolsPage holds docs/tools.md to what a host lists.
func TestToolsPage(t *testing.T) {
	answers := map[string]string{}
	for _, tool := range tools.All() {
		answers[tool.Name] = reflect.TypeOf(tool.Answers).Name()
	}
	c := connect(t, sandbox.Key, nil)
	list, err := c.ListTools(t.Context(), mcp.ListToolsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(toolsHead)
	for _, tool := range list.Tools {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", tool.Name, strings.ReplaceAll(tool.Description, "\n", "\n\n"))
		b.WriteString("\n| argument | type | required | what it is |\n|---|---|---|---|\n")
		input, err := json.Marshal(tool.InputSchema)
		if err != nil {
			t.Fatal(err)
		}
		argumentRows(t, &b, cmp.Or(string(tool.RawInputSchema), string(input)))
		example, ok := examples()[tool.Name]
		if !ok {
			t.Fatalf("%s has no example", tool.Name)
		}
		result := ask(t, c, tool.Name, example)
		if result.IsError {
			t.Errorf("%s: %s", tool.Name, result.RawStructuredContent)
		}
		arguments, err := json.Marshal(example)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "\nWith `%s` it says, among the rest of its [%s](report.md#%s):\n\n> %s\n", arguments,
			answers[tool.Name], strings.ToLower(answers[tool.Name]), summaryOf(result.RawStructuredContent))
	}
	golden(t, filepath.Join("..", "docs", "tools.md"), []byte(b.String()))
}

// examples are a call of each tool, about recorded tasks.
func examples() map[string]map[string]any {
	const failed, worked = "4d8e2c6a-0f15-4b93-a7c1-8e6d5f4c3b72", "a770f077-f413-47de-9dac-be0b26a35da6"
	return map[string]map[string]any{
		"get_task_details": {"taskUUID": failed},
		"explain_error":    {"error": `{"code":"invalidCFGScale","message":"CFGScale must be between 0 and 20","parameter":"CFGScale"}`, "request": `[{"taskType":"imageInference","model":"runware:101@1","positivePrompt":"a lighthouse","CFGScale":75}]`},
		"check_request":    {"request": `[{"taskType":"imageInference","model":"runware:101@1","positivePrompt":"a lighthouse","width":1000,"height":1024}]`},
		"triage_tasks":     {"taskUUIDs": []string{failed, worked}},
		"compare_tasks":    {"taskUUID": failed, "otherTaskUUID": worked},
	}
}

// summaryOf is the sentence with which an answer begins.
func summaryOf(answer []byte) string {
	for _, pointer := range []string{"/summary", "/diagnosis/summary"} {
		if raw, ok := rawjson.Resolve(answer, pointer); ok {
			text, _ := rawjson.Text(raw)
			return text
		}
	}
	return ""
}

// argumentRows writes a row for each property of a tool's input schema.
func argumentRows(t *testing.T, b *strings.Builder, input string) {
	t.Helper()
	var required []string
	if raw, ok := rawjson.Member([]byte(input), "required"); ok {
		if err := json.Unmarshal(raw, &required); err != nil {
			t.Fatal(err)
		}
	}
	properties, _ := rawjson.Member([]byte(input), "properties")
	for name, raw := range rawjson.Members(properties) {
		var property struct {
			Type        string   `json:"type"`
			Description string   `json:"description"`
			Enum        []string `json:"enum"`
		}
		if err := json.Unmarshal(raw, &property); err != nil {
			t.Fatal(err)
		}
		typ := property.Type
		if len(property.Enum) > 0 {
			typ = "`" + strings.Join(property.Enum, "`, `") + "`"
		}
		mark := map[bool]string{true: "yes"}[slices.Contains(required, name)]
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", name, typ, mark, cell(property.Description))
	}
}
