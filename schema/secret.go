package schema

import "log/slog"

// Secret is a string that no log, error or JSON shows. Reveal is the one way to its content.
type Secret struct{ value string }

// masked stands where a secret stood, in logs and in reports alike.
const masked = "[redacted]"

// NewSecret wraps a string.
func NewSecret(s string) Secret { return Secret{value: s} }

// Reveal returns the content: for the authorization header and for finding the secret in data, nothing else.
func (s Secret) Reveal() string { return s.value }

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.value == "" }

// String implements fmt.Stringer.
func (Secret) String() string { return masked }

// GoString implements fmt.GoStringer.
func (Secret) GoString() string { return masked }

// LogValue implements slog.LogValuer.
func (Secret) LogValue() slog.Value { return slog.StringValue(masked) }

// MarshalJSON implements json.Marshaler.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + masked + `"`), nil }
