package diagnose

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
)

const pageHead = `# What is diagnosed

<!-- made of the archives and the table of codes by ` + "`go test ./internal/diagnose -update`" + ` -->

What the program says of a failure, by category: the codes that it knows with their cause and what to do, and a recorded
example of each way to find a cause. A rule that reads the request, the message or the model's schema speaks before the table
does; a code that is in no row is answered with Runware's own message. ` + "`" + `{parameter}` + "`" + ` and its like are filled in; a star stands
for any letters. [report.md](report.md) says what each field of a
diagnosis is, and [design.md](design.md), §5, how one is made.
`

// example is one archive as the page shows it.
type example struct {
	name, about, code, message string
	diagnosis                  schema.Diagnosis
}

// TestPage holds docs/diagnosis.md to what is diagnosed: a category, a row of the table, or a rule cannot be left out.
func TestPage(t *testing.T) {
	byCategory := map[schema.Category][]example{}
	for _, a := range archives(t) {
		var want struct {
			Diagnosis schema.Diagnosis `json:"diagnosis"`
		}
		if err := json.Unmarshal(a.section("want.json"), &want); err != nil {
			t.Fatalf("%s: %v", a.path, err)
		}
		e := envelope.Decode(a.section("response")).Errors[0]
		shown := example{
			name: strings.TrimSuffix(filepath.Base(a.path), ".txtar"), about: strings.TrimSpace(string(a.Comment)),
			code: e.Code, message: e.Message, diagnosis: want.Diagnosis,
		}
		byCategory[want.Diagnosis.Category] = append(byCategory[want.Diagnosis.Category], shown)
	}
	var b strings.Builder
	b.WriteString(pageHead)
	for _, category := range schema.Categories() {
		if category != schema.CategoryNone {
			section(t, &b, category, byCategory[category])
		}
	}
	page := filepath.Join("..", "..", "docs", "diagnosis.md")
	if *update {
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	held, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.String(), string(held)); diff != "" {
		t.Errorf("docs/diagnosis.md (-want +got); run `go test ./internal/diagnose -update` if this is expected\n%s", diff)
	}
}

func section(t *testing.T, b *strings.Builder, category schema.Category, examples []example) {
	t.Helper()
	fmt.Fprintf(b, "\n## %s\n", category)
	head := "\n| code | retry | cause | what to do |\n|---|---|---|---|\n"
	for _, row := range codes.All() {
		if row.Category != category {
			continue
		}
		b.WriteString(head)
		head = ""
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", row.Code, row.Retry, orMessage(row.Cause), orMessage(row.Fix))
	}
	if head != "" && len(examples) == 0 {
		t.Errorf("%s has neither a code nor an example", category)
	}
	for _, e := range examples {
		e.write(t, b)
	}
}

// orMessage stands for what the table leaves to the rules that read the message.
func orMessage(text string) string {
	if text == "" {
		return "what the message says"
	}
	return strings.NewReplacer("|", `\|`, "{provider}", "the provider", "{provider's}", "the provider's").Replace(text)
}

func (e example) write(t *testing.T, b *strings.Builder) {
	t.Helper()
	fmt.Fprintf(b, "\n**%s**: %s\n\n", e.name, strings.Join(strings.Fields(e.about), " "))
	if message := strings.Join(strings.Fields(e.message), " "); e.code != "" || message != "" {
		fmt.Fprintf(b, "- received: %s\n", fence(strings.TrimSpace(e.code+": "+cut(message, 200))))
	}
	fmt.Fprintf(b, "- said: %s\n", e.diagnosis.Summary)
	if e.diagnosis.NextStep != "" {
		fmt.Fprintf(b, "- to do (`%s`): %s\n", e.diagnosis.Retry, e.diagnosis.NextStep)
	}
	if len(e.diagnosis.Patch) > 0 {
		fmt.Fprintf(b, "- patch: %s\n", fence(line(t, e.diagnosis.Patch)))
	}
}

func cut(text string, runes int) string {
	if all := []rune(text); len(all) > runes {
		return string(all[:runes]) + "…"
	}
	return text
}

// fence makes code of a text, whatever backticks it holds.
func fence(text string) string {
	if strings.Contains(text, "`") {
		return "`` " + text + " ``"
	}
	return "`" + text + "`"
}

// line is JSON in one line.
func line(t *testing.T, v any) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}
