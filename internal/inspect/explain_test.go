package inspect_test

import (
	"fmt"
	"strings"
	"testing"

	"mcp-taskdetails/internal/inspect"

	"github.com/google/go-cmp/cmp"
)

// A key that looks like an id is not listed as one, in whatever form: the list would spell it out.
func TestExplainListsNoKeys(t *testing.T) {
	fetcher, models := sandboxed(t)
	i := newInspector(t, inspect.Config{Fetcher: fetcher, Models: models})
	bare := strings.ReplaceAll(unknown, "-", "")
	for text, want := range map[string][]string{
		"providerError: task " + failed + " failed":                          {failed},
		"providerError: key-" + strings.Replace(bare, "4", "4f", 1)[:32]:     nil,
		"providerError: api_key=" + unknown + ", task " + failed:             {failed},
		`{"errors":[{"code":"x","message":"y","apiKey":"` + unknown + `"}]}`: nil,
		"providerError: digest " + bare:                                      {unknown},
	} {
		if diff := cmp.Diff(want, i.Explain(t.Context(), inspect.Held{Error: []byte(text)}).TaskUUIDs); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

// Part of a text is quoted where nothing says any more that it is a secret: the name in brackets counts as the error's.
func TestExplainMasksWhatTheTextCallsASecret(t *testing.T) {
	fetcher, models := sandboxed(t)
	i := newInspector(t, inspect.Config{Fetcher: fetcher, Models: models})
	const key = "Fake4BVQvlGCc3y66KXi"
	for _, text := range []string{
		"Error: providerError: [api_key] => " + key + "\n[host] => x",
		"providerError (api_key: " + key + "): it was refused with " + key,
	} {
		e := i.Explain(t.Context(), inspect.Held{Error: []byte(text)})
		if shown := fmt.Sprintf("%+v", e); e.NoError || strings.Contains(shown, key) || !strings.Contains(shown, "[redacted]") {
			t.Errorf("%s: %s", text, shown)
		}
	}
}
