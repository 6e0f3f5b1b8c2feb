package schema_test

import (
	"encoding/json"
	"testing"

	"mcp-taskdetails/schema"
)

// TestSecret holds that no way of printing shows a secret.
func TestSecret(t *testing.T) {
	s := schema.NewSecret("s3cr3t")
	text, err := json.Marshal(map[string]any{"key": s, "pointer": &s})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"key":"[redacted]","pointer":"[redacted]"}`; string(text) != want {
		t.Errorf("json: %s", text)
	}
	if s.String() != "[redacted]" || s.GoString() != "[redacted]" || s.LogValue().String() != "[redacted]" {
		t.Error("a secret is shown")
	}
	if s.Reveal() != "s3cr3t" || s.IsZero() || !(schema.Secret{}).IsZero() {
		t.Error("a secret is lost")
	}
}
