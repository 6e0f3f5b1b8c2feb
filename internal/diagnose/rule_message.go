package diagnose

import (
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/schema"
)

// explainMessage is the last rule: Runware's own words, and no claim beside them.
func explainMessage(c *oneCase) (finding, bool) {
	if c.e.ErrorID == "19" { // 2024's WebSocket API numbered its errors; this one alone is known
		row := codes.For("invalidApiKey")
		return c.fromRow(row, schema.ConfidenceLikely), true
	}
	if c.saysNothing() {
		f := c.finding(schema.CategoryUnknown, schema.RetryAsIs, schema.ConfidenceGuess)
		f.cause.saying = saying{key: nothingSaid}
		f.mend.saying = saying{key: sendOnce}
		return f, true
	}
	f := c.finding(schema.CategoryUnknown, schema.RetryAfterDecision, schema.ConfidenceGuess)
	f.cause.saying = saying{key: unknownError}
	if code := f.Code; code != "" && parameter.Valid(code) {
		f.cause.saying = saying{key: unknownCode, name: code}
	}
	f.mend.saying = saying{key: readUnknown}
	if c.claims.Says(message.SaysTryAgain) { // Runware's own words answer what nobody else knows
		f.Retry, f.Confidence = schema.RetryAfterWait, schema.ConfidenceLikely
		f.mend.saying = saying{key: againAsSaid}
	}
	return f, true
}

// saysNothing tells an error that is empty: no code, and no message or only that something failed.
func (c *oneCase) saysNothing() bool {
	return c.e.Code == "" && c.e.ErrorID == "" && strings.TrimSpace(c.e.ResponseContent) == "" && (message.OnlyFailed(c.e.Message) || !message.Explains(c.e.Message))
}
