package schema

import (
	"encoding/json"
	"fmt"

	"mcp-taskdetails/internal/rawjson"
)

// Value is any JSON value, as its own bytes. The zero value is absent.
type Value []byte

// StringValue makes a Value of a string.
func StringValue(s string) Value { return rawjson.Quote(s) }

// IntValue makes a Value of an integer.
func IntValue(n int) Value { return fmt.Append(nil, n) }

// MarshalJSON returns the bytes as they are.
func (v Value) MarshalJSON() ([]byte, error) { return json.RawMessage(v).MarshalJSON() }

// UnmarshalJSON keeps the bytes as they are.
func (v *Value) UnmarshalJSON(b []byte) error { return (*json.RawMessage)(v).UnmarshalJSON(b) }

// String returns the JSON text.
func (v Value) String() string { return string(v) }
