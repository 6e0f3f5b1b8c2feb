package inspect_test

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mcp-taskdetails/internal/modelschema"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/schema"
)

// aboutParameters are the categories of a refusal that a schema can tell.
func aboutParameters(c schema.Category) bool {
	switch c { //nolint:exhaustive // the others are not about the request
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue, schema.CategoryConflict:
		return true
	}
	return false
}

// knownMisses are the cases that a schema does not decide, with the reason.
func knownMisses() map[string]string {
	const noRule = "the refusal is of a rule that the schema does not have"
	const misleads = "the error blames the model, and the schema finds what is wrong"
	const another = "the request was written without a look at the model's schema, which refuses it"
	return map[string]string{
		"ha-range-ipadapter-dot-index": noRule,
		"ha-len-message-content":       noRule,
		"qsb-003":                      "a name of former days, of which the schema knows nothing",
		"kb-019":                       misleads,
		"lb-017":                       misleads,
		"mc-007":                       "where an address leads no schema says",
		"hd-task-uuid-reused":          "which ids are in use is known to Runware alone",
		"yb-007":                       "how many tokens a text has, no schema says",
		"zgc-004":                      another,
		"zjc-002":                      "which ids are in use is known to Runware alone",
		"zoc-011":                      another,
		"zpc-004":                      another,
		"zsc-011":                      another,
	}
}

// What Runware refused of a request is found before it is sent, where the schema of its model is known, and nothing is
// found in what succeeded.
func TestCheckFindsWhatWasRefused(t *testing.T) {
	fetcher, models := sandboxed(t)
	i := newInspector(t, inspect.Config{Fetcher: fetcher, Models: models})
	succeeded, refused, untold := 0, 0, 0
	for _, c := range corpora(t) {
		var tasks []json.RawMessage
		if c.Layer != "task" || json.Unmarshal(c.Request, &tasks) != nil || len(tasks) == 0 {
			continue
		}
		check := i.Check(t.Context(), inspect.Draft{Request: c.Request})
		bySchema := len(check.Tasks) > 0
		for _, task := range check.Tasks {
			bySchema = bySchema && task.BySchema
		}
		if !bySchema {
			continue
		}
		lookedUp := lookup(t, models, schema.Task{TaskUUID: c.subject(), Request: c.Request, Response: c.Envelope})
		switch {
		case c.Expected.Category == "success":
			succeeded++
			if check.Diagnosis.Category != schema.CategoryNone && knownMisses()[c.ID] == "" {
				t.Errorf("%s succeeded: %+v\n%s", c.ID, check.Diagnosis, c.Request)
			}
		case aboutParameters(lookedUp.Category) && len(lookedUp.Findings) > 0:
			if passes(t, models, tasks) {
				untold++ // the refusal is of what the schema does not know: a file, an id in use, a rule of the day
				continue
			}
			refused++
			if !finds(check.Diagnosis, lookedUp) && knownMisses()[c.ID] == "" {
				t.Errorf("%s: not found: %s\n%s\ncheck: %+v", c.ID, lookedUp.Summary, c.Request, check.Diagnosis)
			}
		}
	}
	if succeeded < 5 || refused < 40 {
		t.Errorf("fewer than there are")
	}
	t.Logf("%d succeeded, %d refused; %d more pass their schemas", succeeded, refused, untold)
}

// passes asks the validator itself.
func passes(t *testing.T, models *modelschema.Service, tasks []json.RawMessage) bool {
	t.Helper()
	for _, raw := range tasks {
		task, err := request.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		id, _ := rawjson.Member(raw, "model")
		name, _ := rawjson.Text(id)
		if m := models.Model(t.Context(), name); m == nil || !m.Accepts(task) {
			return false
		}
	}
	return true
}

// finds tells whether a diagnosis is about a refusal: a finding stands at its parameter, around it or within it, or what is
// wrong or to be changed names it, or another that the refusal names beside it, wherever the schema has that.
func finds(d, refusal schema.Diagnosis) bool {
	parameter := ""
	for _, f := range slices.Backward(refusal.Findings) { // the first that has one
		parameter = cmp.Or(f.Parameter, parameter)
	}
	said := []string{d.Summary, d.NextStep}
	for _, f := range d.Findings {
		if f.Parameter == parameter || holds(f.Parameter, parameter) || holds(parameter, f.Parameter) {
			return true
		}
		said = append(said, f.Cause, f.Fix)
	}
	words := strings.Join(said, "\n")
	for _, name := range regexp.MustCompile("`([A-Za-z.]+)`").FindAllStringSubmatch(refusal.Summary+" `"+parameter+"`", -1) {
		last := name[1][strings.LastIndexByte(name[1], '.')+1:]
		if regexp.MustCompile("[`.]" + last + "[`.]").MatchString(words) {
			return true
		}
	}
	return false
}

func holds(outer, inner string) bool {
	rest, ok := strings.CutPrefix(inner, outer)
	return ok && outer != "" && strings.ContainsAny(rest[:min(1, len(rest))], ".[")
}
