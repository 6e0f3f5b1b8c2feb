package triage_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"mcp-taskdetails/internal/triage"
	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
)

func failing(f schema.Finding) schema.Diagnosis {
	return schema.Diagnosis{Summary: "s", Category: schema.CategoryInvalidParameter, Retry: schema.RetryNo, Findings: []schema.Finding{f}}
}

// Two failures have one cause where category, code, parameter and constraint are equal, whoever said them and in whatever
// words; an index tells no causes apart.
func TestSameCause(t *testing.T) {
	limit := func(k schema.Constraint) schema.Diagnosis {
		return failing(schema.Finding{Code: "c", Parameter: "p", Constraint: &k})
	}
	for name, tc := range map[string]struct {
		a, b schema.Diagnosis
		same bool
	}{
		"equal":            {limit(schema.Constraint{Min: "0", Max: "30"}), limit(schema.Constraint{Min: "0", Max: "30"}), true},
		"other words":      {limit(schema.Constraint{Max: "30", Text: "at most 30", Source: schema.SourceMessage}), limit(schema.Constraint{Max: "30.0", Text: "up to 30", Source: schema.SourceModelSchema}), true},
		"other bound":      {limit(schema.Constraint{Max: "30"}), limit(schema.Constraint{Max: "31"}), false},
		"bound and step":   {limit(schema.Constraint{Max: "30"}), limit(schema.Constraint{MultipleOf: "30"}), false},
		"other list":       {limit(schema.Constraint{Allowed: []schema.Value{schema.IntValue(5)}}), limit(schema.Constraint{Allowed: []schema.Value{schema.IntValue(6)}}), false},
		"beyond the words": {limit(schema.Constraint{Text: "a and 1 more", Allowed: []schema.Value{schema.StringValue("a"), schema.StringValue("b")}}), limit(schema.Constraint{Text: "a and 1 more", Allowed: []schema.Value{schema.StringValue("a"), schema.StringValue("c")}}), false},
		"no rule":          {limit(schema.Constraint{Max: "30"}), failing(schema.Finding{Code: "c", Parameter: "p"}), false},
		"indices":          {failing(schema.Finding{Code: "c", Parameter: "lora[0].weight"}), failing(schema.Finding{Code: "c", Parameter: "lora[12].weight"}), true},
		"dotted indices":   {failing(schema.Finding{Code: "c", Parameter: "a.0.b"}), failing(schema.Finding{Code: "c", Parameter: "a[1].b"}), true},
		"letter case":      {failing(schema.Finding{Code: "InvalidX", Parameter: "cfgScale"}), failing(schema.Finding{Code: "invalidX", Parameter: "CFGScale"}), true},
		"other code":       {failing(schema.Finding{Code: "c"}), failing(schema.Finding{Code: "d"}), false},
		"other category":   {failing(schema.Finding{Code: "c"}), failing(schema.Finding{Code: "c", Category: schema.CategoryBilling}), false},
		"moved between":    {failing(schema.Finding{Code: "a", Parameter: "b"}), failing(schema.Finding{Code: "a b"}), false},
		"later findings":   {failing(schema.Finding{Code: "c"}), schema.Diagnosis{Category: schema.CategoryInvalidParameter, Findings: []schema.Finding{{Code: "c"}, {Code: "e"}}}, true},
		"no findings":      {schema.Diagnosis{Category: schema.CategoryUnknown}, schema.Diagnosis{Category: schema.CategoryUnknown}, true},
	} {
		if got := triage.SameCause(tc.a, tc.b); got != tc.same {
			t.Errorf("%s: %v", name, got)
		}
	}
	for given, want := range map[string]string{"lora[3].weight": "lora[].weight", "a.0.b": "a[].b", "a[x": "a[x", "a[b].c": "a[b].c", "": "", "]": "]"} {
		if got := triage.CauseOf(failing(schema.Finding{Parameter: given})).Parameter; got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

// The answer does not depend on the order in which tasks come.
func TestOrderDoesNotMatter(t *testing.T) {
	tasks := make([]triage.Task, 300)
	for n := range tasks {
		d := failing(schema.Finding{Code: fmt.Sprint("code", n%7), Parameter: fmt.Sprint("p", n%3)})
		d.Summary = fmt.Sprint("task ", n)
		tasks[n] = triage.Task{
			Order: n, TaskUUID: strconv.Itoa(n), Status: schema.StatusFailed, Diagnosis: d,
			Model: fmt.Sprint("m", n%5), TaskType: "t", Cost: triage.AmountOf([]string{"0.1"}),
		}
		if n%11 == 0 {
			tasks[n].Status = schema.StatusNotFound
		}
	}
	for _, by := range schema.GroupBys() {
		var want schema.Triage
		for seed := range uint64(4) {
			rand.New(rand.NewPCG(seed, seed)).Shuffle(len(tasks), func(i, j int) { tasks[i], tasks[j] = tasks[j], tasks[i] })
			tally := triage.New(by)
			for _, task := range tasks {
				tally.Add(task)
			}
			got := tally.Answer()
			if seed == 0 {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s (-first +other):\n%s", by, diff)
			}
			counted := 0
			for _, g := range got.Groups {
				counted += g.Count
				if len(g.TaskUUIDs) != min(5, g.Count) || len(g.TaskUUIDs)+g.More != g.Count {
					t.Errorf("%s: %+v", by, g)
				}
			}
			if counted != got.Totals.Failures() || got.Cost != "30" {
				t.Errorf("%s: %d counted, cost %s", by, counted, got.Cost)
			}
		}
	}
}

// What is kept is bounded by the number of causes, and failures beyond the bound are told.
func TestManyCausesAreBounded(t *testing.T) {
	tally := triage.New("")
	const tasks = 2500
	for n := range tasks {
		tally.Add(triage.Task{Order: n, TaskUUID: strconv.Itoa(n), Status: schema.StatusFailed, Diagnosis: failing(schema.Finding{Code: strconv.Itoa(n)})})
	}
	got := tally.Answer()
	if len(got.Groups) != 1000 || got.Totals[schema.StatusFailed] != tasks || len(got.Notes) != 1 || got.Notes[0][:4] != "1500" {
		t.Errorf("%d groups, totals %v, notes %q", len(got.Groups), got.Totals, got.Notes)
	}
}

// Costs add up as decimals do, and what is none counts for nothing.
func TestCosts(t *testing.T) {
	for name, tc := range map[string]struct {
		recorded []string
		want     string
	}{
		"decimals":  {[]string{"0.1", "0.2"}, "0.3"},
		"exponents": {[]string{"1.3e-3", "0"}, "0.0013"},
		"whole":     {[]string{"10"}, "10"},
		"nothing":   {nil, ""},
		"no money":  {[]string{"null", `"1"`, "-1", "1e9", "1e400000000", "0e99999999", "1.", "NaN"}, ""},
		"tiny":      {[]string{"1e-300"}, "0"},
	} {
		tally := triage.New("")
		tally.Add(triage.Task{Status: schema.StatusSucceeded, Cost: triage.AmountOf(tc.recorded)})
		if got := tally.Answer().Cost; string(got) != tc.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
