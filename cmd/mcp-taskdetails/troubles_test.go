package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// trouble is an error of ours as a page can show it: what varies is an ellipsis.
type trouble struct{ says, hint string }

// goFile is one file of Go in which the errors that it makes are looked for.
type goFile struct {
	constants map[string]ast.Expr // of the package, by their names
	variables map[string]ast.Expr // of this file, likewise
	plain     bool                // whether errors without a type of ours are for users to see
	found     []trouble
}

// troublesIn reads the errors that the files of a pattern make.
func troublesIn(t *testing.T, pattern string) []trouble {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root, pattern))
	if err != nil || len(paths) == 0 {
		t.Fatal(pattern, err)
	}
	var files []*ast.File
	constants := map[string]ast.Expr{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
		for _, decl := range file.Decls {
			nameConstants(decl, constants)
		}
	}
	var all []trouble
	for _, file := range files {
		s := &goFile{constants: constants, variables: map[string]ast.Expr{}, plain: !strings.HasPrefix(pattern, "cmd/")}
		for node := range ast.Preorder(file) {
			s.name(node)
		}
		for node := range ast.Preorder(file) {
			s.visit(node)
		}
		all = append(all, s.found...)
	}
	if len(all) == 0 {
		t.Errorf("%s makes no error that is found", pattern)
	}
	return all
}

// nameConstants notes what a declaration of constants says.
func nameConstants(node ast.Node, into map[string]ast.Expr) {
	decl, ok := node.(*ast.GenDecl)
	if !ok || decl.Tok != token.CONST {
		return
	}
	for _, spec := range decl.Specs {
		if named, ok := spec.(*ast.ValueSpec); ok {
			for i, value := range named.Values {
				into[named.Names[i].Name] = value
			}
		}
	}
}

// name notes what the variables and constants within functions begin as, where it can be told without running them.
func (s *goFile) name(node ast.Node) {
	switch node := node.(type) {
	case *ast.DeclStmt:
		nameConstants(node.Decl, s.variables)
	case *ast.AssignStmt:
		for i, left := range node.Lhs {
			if name, ok := left.(*ast.Ident); ok && len(node.Lhs) == len(node.Rhs) && node.Tok == token.DEFINE {
				s.variables[name.Name] = node.Rhs[i]
			}
		}
	}
}

// visit takes the calls and literals that make errors.
func (s *goFile) visit(node ast.Node) {
	switch node := node.(type) {
	case *ast.CallExpr:
		switch called(node) {
		case "usage":
			s.add(node.Args[1], node.Args[0])
		case "errors.New", "fmt.Errorf":
			if s.plain {
				s.add(node.Args[0], nil)
			}
		}
	case *ast.CompositeLit:
		typ, ok := node.Type.(*ast.Ident)
		switch {
		case ok && typ.Name == "settingError" && len(node.Elts) == 3:
			s.add(node.Elts[1], node.Elts[2])
		case ok && typ.Name == "usageError":
			s.addUsage(node)
		case ok && typ.Name == "Fault":
			s.add(element(node, "What"), element(node, "Mend"))
		}
	case *ast.AssignStmt: // of a Fault that is made in steps
		if what, ok := node.Lhs[0].(*ast.SelectorExpr); ok && what.Sel.Name == "What" {
			last := s.found[len(s.found)-1]
			if len(node.Rhs) == 2 {
				last.hint = s.text(node.Rhs[1])
			}
			s.found = append(s.found, trouble{s.text(node.Rhs[0]), last.hint})
		}
	}
}

// addUsage takes an error with several hints, or with one that was made before.
func (s *goFile) addUsage(node *ast.CompositeLit) {
	made, ok := element(node, "err").(*ast.CallExpr)
	hints, isList := element(node, "hints").(*ast.CompositeLit)
	if !ok || !isList || called(made) == "fmt.Errorf" && s.text(made.Args[0]) == "…" {
		return
	}
	var all []string
	for _, hint := range hints.Elts {
		all = append(all, s.text(hint))
	}
	s.found = append(s.found, trouble{s.text(made.Args[0]), strings.Join(all, "; ")})
}

func called(call *ast.CallExpr) string {
	switch name := call.Fun.(type) {
	case *ast.Ident:
		return name.Name
	case *ast.SelectorExpr:
		if pkg, ok := name.X.(*ast.Ident); ok {
			return pkg.Name + "." + name.Sel.Name
		}
	}
	return ""
}

func element(literal *ast.CompositeLit, key string) ast.Expr {
	for _, e := range literal.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if name, ok := pair.Key.(*ast.Ident); ok && name.Name == key {
				return pair.Value
			}
		}
	}
	return nil
}

var verb = regexp.MustCompile(`%[-+#.0-9]*[a-zA-Z]`)

// add notes an error, unless it says no more than where another came up.
func (s *goFile) add(says, hint ast.Expr) {
	t := trouble{s.text(says), s.text(hint)}
	t.says = strings.TrimPrefix(t.says, "client: the API URL ")
	words := regexp.MustCompile(`[a-z]{2,}`).FindAllString(t.says, -1)
	if len(words) < 2 && !strings.HasPrefix(t.says, "--") || strings.HasSuffix(t.says, ": …") && len(words) < 4 && !strings.HasPrefix(t.says, "--") {
		return
	}
	s.found = append(s.found, t)
}

// text evaluates an expression as far as it is constant.
func (s *goFile) text(e ast.Expr) string {
	switch e := e.(type) {
	case nil:
		return ""
	case *ast.BasicLit:
		if value, err := strconv.Unquote(e.Value); err == nil {
			return verb.ReplaceAllString(value, "…")
		}
	case *ast.BinaryExpr:
		return s.text(e.X) + s.text(e.Y)
	case *ast.Ident:
		for _, known := range []map[string]ast.Expr{s.variables, s.constants} {
			if value, ok := known[e.Name]; ok && value != e {
				return s.text(value)
			}
		}
	case *ast.CallExpr:
		if called(e) == "fmt.Sprintf" {
			return s.text(e.Args[0])
		}
	case *ast.SelectorExpr:
		switch e.Sel.Name {
		case "IDForm":
			return "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
		case "Name":
			return "mcp-taskdetails"
		}
	}
	return "…"
}

var troubleBlock = regexp.MustCompile(`(?s)<!-- errors of (.*?) -->\n.*?<!-- /errors -->`)

// TestTroubleshooting holds that docs/troubleshooting.md has every error that the command line, the settings and an
// export make: they are read from the source.
func TestTroubleshooting(t *testing.T) {
	path := filepath.Join(root, "docs", "troubleshooting.md")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	want := troubleBlock.ReplaceAllStringFunc(string(content), func(block string) string {
		patterns := troubleBlock.FindStringSubmatch(block)[1]
		var found []trouble
		for pattern := range strings.FieldsSeq(patterns) {
			for _, one := range troublesIn(t, pattern) {
				if !slices.Contains(found, one) {
					found = append(found, one)
				}
			}
		}
		count += len(found)
		return "<!-- errors of " + patterns + " -->\n" + laidOut(found) + "<!-- /errors -->"
	})
	if count < 60 {
		t.Errorf("only %d errors are found: does the reader of the source still know how they are made?", count)
	}
	for _, one := range []string{"no API key", "unknown command", "is no host whose form is known", "the key stands in quotes", "must not hold a user or password", "must be https, or http", "is damaged behind byte"} {
		if !strings.Contains(want, one) {
			t.Errorf("the page does not say %q, which the program does", one)
		}
	}
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(content)); diff != "" {
		t.Errorf("docs/troubleshooting.md (-want +got); run `go test ./cmd/... -update` if this is expected\n%s", diff)
	}
}

// laidOut shows errors as a table with what to do, or as a list where the errors say that themselves.
func laidOut(found []trouble) string {
	var list, table strings.Builder
	table.WriteString("| it says | what to do |\n|---|---|\n")
	hints := false
	for _, one := range found {
		hints = hints || one.hint != ""
		fmt.Fprintf(&list, "- %s\n", one.says)
		fmt.Fprintf(&table, "| %s | %s |\n", tableCell(one.says), tableCell(one.hint))
	}
	if hints {
		return table.String()
	}
	return list.String()
}

func tableCell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
