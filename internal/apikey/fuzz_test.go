package apikey_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mcp-taskdetails/internal/apikey"
	"mcp-taskdetails/schema"
)

// FuzzKey reads anything, as a value and as a file: a key that comes of it can stand in a header, and a file has either a
// key or a fault.
func FuzzKey(f *testing.F) {
	for _, r := range append(values(), files()...) {
		f.Add([]byte(r.value))
	}
	path := filepath.Join(f.TempDir(), "key")
	f.Fuzz(func(t *testing.T, content []byte) {
		key, fault := apikey.Parse(string(content))
		fit(t, key)
		if fault != nil && !key.IsZero() {
			t.Errorf("%q: a key and %+v", content, fault)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		key, fault = apikey.ReadFile(t.Context(), path)
		fit(t, key)
		if (fault == nil) == key.IsZero() {
			t.Errorf("%q: key %q, fault %+v", content, key.Reveal(), fault)
		}
	})
}

func fit(t *testing.T, key schema.Secret) {
	t.Helper()
	if strings.ContainsFunc(key.Reveal(), func(r rune) bool { return r <= ' ' || r > '~' }) {
		t.Errorf("%q", key.Reveal())
	}
}
