package diagnose

import (
	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/schema"
)

// explainMessage is the last rule: Runware's own words, and no claim beside them.
func explainMessage(c *oneCase) (finding, bool) {
	if c.e.ErrorID == "19" { // 2024's WebSocket API numbered its errors; this one alone is known
		row := codes.For("invalidApiKey")
		return c.fromRow(row, schema.ConfidenceLikely), true
	}
	f := c.finding(schema.CategoryUnknown, schema.RetryNo, schema.ConfidenceGuess)
	f.cause.saying = saying{key: unknownError}
	if code := f.Code; code != "" && parameter.Valid(code) {
		f.cause.saying = saying{key: unknownCode, name: code}
	}
	f.mend.saying = saying{key: readUnknown}
	return f, true
}
