package diagnose

import (
	"strings"

	edit "mcp-taskdetails/internal/mend"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// properName is Runware's name for a member of a task that is none of its names as it stands: the same but for letter case
// and separators, or the only one within a typing error. "" for a right name, and where several could be meant.
func properName(member string) string {
	folded := parameter.Fold(member)
	if known := parameter.Vocabulary()[folded]; known != "" {
		if known == member {
			return ""
		}
		return known
	}
	found := ""
	for other, name := range parameter.Vocabulary() {
		if !parameter.Mistyped(other, folded) {
			continue
		}
		if found != "" {
			return ""
		}
		found = name
	}
	return found
}

// misnamed finds the one member of the task that a name which is required was meant by: misspelt, or another word for it.
func (c *oneCase) misnamed(required string) (request.Place, bool) {
	if c.t == nil || c.req.Opaque || parameter.Vocabulary()[parameter.Fold(required)] != required {
		return request.Place{}, false
	}
	if _, taken := c.t.Member(required); taken {
		return request.Place{}, false
	}
	var found request.Place
	for _, m := range c.t.Members {
		another := parameter.Vocabulary()[parameter.Fold(m.Name)] == m.Name && !parameter.IsProse(m.Name) // a name of its own
		if !parameter.Valid(m.Name) || another || properName(m.Name) != required && !edit.Means(m.Name, required) {
			continue
		}
		if found.Pointer != "" {
			return request.Place{}, false
		}
		found = request.Place{Pointer: c.t.Base, Raw: m.Raw}.Member(m.Name)
		found.Raw = m.Raw
	}
	return found, found.Pointer != "" && !parameter.Guarded(required)
}

// rename is the patch and the words of a member that gets its right name, value and all.
func (c *oneCase) rename(f *finding, from request.Place, to string) {
	f.Confidence = schema.ConfidenceLikely // that it was meant is not proved
	f.mend.saying = saying{key: renameTo, name: from.Parameter, other: to}
	f.patch = []schema.Operation{{Op: "move", From: from.Pointer, Path: c.pointerOf(to)}}
}

// pointerOf is where a parameter of the task by a dotted name stands, or would.
func (c *oneCase) pointerOf(name string) string {
	at := c.t.Base
	for step := range strings.SplitSeq(name, ".") {
		at = rawjson.Pointer(at, step)
	}
	return at
}
