package diagnose

import (
	"bytes"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// twin is an item of an array that repeats an earlier one, or a member of it.
type twin struct {
	array         request.Place
	second, first request.Place
	member        string // that is the same; empty where all is
}

// twins finds the first item that repeats another, in the array that the error names.
func (c *oneCase) twins() (twin, bool) {
	p, ok := c.first()
	if !ok || !p.present() || strings.HasPrefix(p.places[0].Parameter, "messages") { // a turn may be said again
		return twin{}, false
	}
	name, _, _ := strings.Cut(p.places[0].Parameter, "[")
	arrays := c.t.Locate(name)
	if len(arrays) != 1 || rawjson.KindOf(arrays[0].Raw) != rawjson.Array {
		return twin{}, false
	}
	var items []request.Place
	for i, raw := range rawjson.Items(arrays[0].Raw) {
		items = append(items, request.Place{Parameter: arrays[0].Parameter + "[" + strconv.Itoa(i) + "]", Pointer: rawjson.Pointer(arrays[0].Pointer, strconv.Itoa(i)), Raw: raw})
		for _, before := range items[:i] {
			if bytes.Equal(before.Raw, raw) {
				return twin{array: arrays[0], second: items[i], first: before}, true
			}
			for _, member := range [...]string{"model", "frame", "id", "taskUUID"} {
				a, okA := rawjson.Member(before.Raw, member)
				b, okB := rawjson.Member(raw, member)
				if okA && okB && bytes.Equal(a, b) {
					return twin{array: arrays[0], second: items[i], first: before, member: member}, true
				}
			}
		}
		if len(items) == maxNamed {
			break
		}
	}
	return twin{}, false
}

// saysTwice tells an error about something that stands in the task more than once.
func saysTwice(c *oneCase) bool { return aboutValues(c) && c.claims.Says(message.SaysTwice) }

// explainTwin names both. Which one is to go is the user's choice.
func explainTwin(c *oneCase) (finding, bool) {
	t, ok := c.twins()
	if !ok {
		return finding{}, false
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterDecision, schema.ConfidenceCertain)
	c.attachPlace(&f, t.array)
	said := saying{name: t.second.Parameter, other: t.first.Parameter, names: []string{t.member}}
	f.cause.saying, f.mend.saying = said, said
	f.cause.key, f.mend.key = repeatsMember, changeOrRemove
	if t.member == "" {
		f.cause.key = repeatsItem
	}
	return f, true
}
