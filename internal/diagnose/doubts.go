package diagnose

import (
	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// maxDoubts bounds the notes about what cannot be checked.
const maxDoubts = 3

// doubts notes what the schema asks of a member and nobody can check here, where that may be the reason: the error speaks
// of the member, gives no reason, or the patch changes it.
func (s *schemas) doubts(req *request.Request, findings []finding, patch []schema.Operation, note func(saying)) {
	for _, f := range findings {
		if f.TaskIndex == nil || *f.TaskIndex >= len(req.Tasks) {
			continue
		}
		t := &req.Tasks[*f.TaskIndex]
		wordless := f.Parameter == "" && f.cause.by == runware && (f.Category == schema.CategoryProviderFailure || f.Category == schema.CategoryUnknown)
		if !wordless && !aboutParameters(f.Category) {
			continue
		}
		j := s.of(req, t)
		if j == nil {
			continue
		}
		said := 0
		for _, u := range j.Unchecked(j.task) {
			at := t.Base + u.Pointer
			if raw, _ := rawjson.Resolve(t.Raw, u.Pointer); isEmptyList(raw) {
				continue // there is no file
			}
			named := f.Pointer != "" && (within(at, f.Pointer) || within(f.Pointer, at))
			if say := doubtWords(u); said < maxDoubts && say.key != silent && (wordless || named || touches(patch, at)) {
				note(say)
				said++
			}
		}
		return // once, for the first that failed
	}
}

func isEmptyList(raw []byte) bool {
	if rawjson.KindOf(raw) != rawjson.Array {
		return false
	}
	for range rawjson.Items(raw) {
		return false
	}
	return true
}

// doubtWords says what is not known of a value; nothing where a finding says it.
func doubtWords(u schema.Unchecked) saying {
	say := saying{name: dotted(u.Pointer)}
	if !parameter.Valid(say.name) {
		return saying{}
	}
	switch u.Reason {
	case schema.UncheckedFile:
		say.key, say.text = fileNotSeen, fileRule(u)
		if say.text == "" {
			say.key = fileRuleUnread
		}
	case schema.UncheckedPattern:
		say.key = patternUnread
	case schema.UncheckedReference:
		say.key = referenceUnread
	case schema.UncheckedMedia, schema.UncheckedNumber:
		return saying{}
	}
	return say
}

// fileRule says a rule about a file: "at most 1153433 pixels".
func fileRule(u schema.Unchecked) string {
	unit := ""
	switch parameter.Fold(u.Detail) {
	case "area":
		unit = "pixels"
	case "filesize", "size":
		unit = "bytes"
	case "duration":
		unit = "seconds"
	case "width", "height":
		unit = "pixels of " + parameter.Fold(u.Detail)
	}
	text := constraint.Constraint{Constraint: schema.Constraint{Min: u.Constraint.Min, Max: u.Constraint.Max}}.Text("")
	if unit == "" || text == "" {
		return ""
	}
	return text + " " + unit
}
