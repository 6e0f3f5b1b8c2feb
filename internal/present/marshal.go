package present

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"mcp-taskdetails/schema"
)

// Marshal renders an answer, a report or any other: compact, without HTML escapes, digit by digit. text is the text
// block and the --json line. structured is the same bytes unless a number is beyond float64, which some clients refuse
// to read at all: there it is a string. Both are valid JSON in UTF-8 whatever the answer holds; what of a report cannot
// be rendered is left out and said, and of another answer that cannot be rendered nothing is left but that.
func Marshal(answer any) (text, structured []byte) {
	text, err := render(answer)
	report, isReport := answer.(schema.TaskReport)
	if err != nil && isReport {
		text, err = render(repaired(report))
	}
	if err != nil {
		unable := schema.Diagnosis{
			Summary:  "the report cannot be rendered as JSON",
			Category: schema.CategoryInternal,
			Retry:    schema.RetryNo,
		}
		answer = struct { // as every answer says that it is none
			Diagnosis schema.Diagnosis `json:"diagnosis"`
		}{unable}
		if isReport {
			answer = schema.TaskReport{TaskUUID: report.TaskUUID, Status: report.Status, Diagnosis: unable}
		}
		text, _ = render(answer) // strings alone never fail
	}
	return text, quoteBeyondFloat(text)
}

func render(answer any) ([]byte, error) {
	var b bytes.Buffer
	if r, ok := answer.(schema.TaskReport); ok {
		b.Grow(len(r.Request) + len(r.Response) + 2048)
	}
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(answer); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	text := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\uFFFD"))
	}
	return text, nil
}

// repaired drops the originals that are no JSON and the findings that cannot be rendered.
func repaired(r schema.TaskReport) schema.TaskReport {
	var notes []string
	r.Request, notes = readable(r.Request, "request", notes)
	r.Response, notes = readable(r.Response, "response", notes)
	var findings []schema.Finding
	for _, f := range r.Diagnosis.Findings {
		if _, err := json.Marshal(f); err != nil {
			notes = append(notes, "a finding cannot be rendered as JSON and is not shown")
			continue
		}
		findings = append(findings, f)
	}
	r.Diagnosis.Findings = findings
	r.Diagnosis.Notes = append(notes, r.Diagnosis.Notes...)
	return r
}

// validUTF8 reports whether rendering will not have to replace anything.
func validUTF8(r schema.TaskReport) bool { return utf8.Valid(r.Request) && utf8.Valid(r.Response) }

// quoteBeyondFloat returns text with every number that no float64 can hold as a string. It copies only if there is one.
func quoteBeyondFloat(text []byte) []byte {
	var out []byte
	done := 0
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '"':
			i = stringEnd(text, i)
		case c == '-' || c >= '0' && c <= '9':
			end := literalEnd(text, i)
			if beyondFloat(text[i:end]) {
				out = append(out, text[done:i]...)
				out = append(append(append(out, '"'), text[i:end]...), '"')
				done = end
			}
			i = end
		default:
			i++
		}
	}
	if done == 0 {
		return text
	}
	return append(out, text[done:]...)
}
