package diagnose

import (
	"maps"
	"math/big"
	"strings"

	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// This file says what Runware publishes of a model beside its schema: whether its registry has it, under which id, what
// its page says of its state and of prices. What Runware publishes is believed; that a task with another id of the same
// model is the task that was meant is likely, no more.

// listed adds what is published of a model to the findings about it. A short name in place of the id is mended.
func (s *schemas) listed(req *request.Request, findings []finding, note func(saying)) {
	if s.model == nil || req.Opaque {
		return
	}
	for i := range findings {
		f := &findings[i]
		if f.TaskIndex == nil || *f.TaskIndex >= len(req.Tasks) {
			continue
		}
		t := &req.Tasks[*f.TaskIndex]
		about := aboutModel(*f, t)
		if t.Model == "" || !about && f.Category != schema.CategoryUnknown && !aboutParameters(f.Category) {
			continue
		}
		m := s.model(t.Model)
		if m == nil {
			continue
		}
		if l := m.Identity(); l.Slug != "" {
			say := saying{key: isShortName, name: t.Model, other: l.AIR}
			if about {
				f.useID(t, l.AIR, say)
			} else {
				note(say)
			}
			continue
		}
		if !about && f.Category != schema.CategoryUnknown {
			continue
		}
		say := stateOf(t, m)
		if say.key != silent && about {
			f.cause.more = append(f.cause.more, say)
		} else if say.key != silent {
			note(saying{key: inText, text: strings.TrimLeft(say.String(), "; ")})
		}
	}
}

// stateOf says what is published of a model's state, silent where it is as it should be.
func stateOf(t *request.Task, m Model) saying {
	say := saying{name: t.Model}
	switch m.Listing().Status {
	case schema.ListingUnlisted:
		say.key = notListed
	case schema.ListingDeprecated:
		say.key = isDeprecated
	case schema.ListingComing:
		say.key = isComing
	case schema.ListingLive:
	}
	return say
}

// aboutModel tells a finding about the model that the task names.
func aboutModel(f finding, t *request.Task) bool {
	if f.Pointer != "" || f.Parameter != "" {
		return f.Pointer == t.Base+"/model" || f.Pointer == "" && parameter.Fold(f.Parameter) == "model"
	}
	return f.Category == schema.CategoryModelUnavailable || f.Category == schema.CategoryNotFound
}

// useID mends a short name by the id that it stands for. That this is the same model is Runware's word; that it is the
// one that was meant is not proved.
func (f *finding) useID(t *request.Task, air string, say saying) {
	value := schema.StringValue(air)
	f.cause = cause{saying: say}
	f.Constraint = &schema.Constraint{Text: "AIR id, source:id@version", Source: schema.SourceDocumentation}
	f.Category, f.Retry = schema.CategoryInvalidParameter, schema.RetryAfterDecision
	if f.Confidence == schema.ConfidenceCertain {
		f.Confidence = schema.ConfidenceLikely
	}
	f.mend = mend{saying: saying{key: setTo, name: "model", value: value}}
	f.patch = []schema.Operation{{Op: "replace", Path: t.Base + "/model", Value: value}}
}

// dearer says what the patch makes dearer, by what is published. A price that is not known before and after is not said.
func (s *schemas) dearer(req *request.Request, patch []schema.Operation, note func(saying)) {
	for i := range req.Tasks {
		t := &req.Tasks[i]
		own := patchOf(t, patch)
		if !mayCost(own) {
			continue
		}
		j := s.of(req, t)
		if j == nil {
			continue
		}
		patched, err := request.Patched(j.task, t.Base, own)
		if err != nil {
			continue
		}
		before, known := j.Price(j.task)
		if !known {
			continue
		}
		if after, known := j.Price(patched); known {
			if text := raise(before, after); text != "" {
				note(saying{key: costsMoreBy, name: t.Model, text: text})
			}
		}
	}
}

// patchOf lists the operations on one task.
func patchOf(t *request.Task, patch []schema.Operation) []schema.Operation {
	var own []schema.Operation
	for _, op := range patch {
		if within(op.Path, t.Base) {
			own = append(own, op)
		}
	}
	return own
}

// mayCost tells a patch over which a price may turn, so that no page is asked for in vain: one that sets something.
func mayCost(ops []schema.Operation) bool {
	for _, op := range ops {
		name := op.Path[strings.LastIndexByte(op.Path, '/')+1:]
		if op.Op == "replace" || op.Op == "add" || parameter.Costs(name) {
			return true
		}
	}
	return false
}

// raise says by how much a task gets dearer: "$0.07 → $0.14 per second"; "" where it does not.
func raise(before, after schema.Price) string {
	if before.Unit == after.Unit && less(before.Rate.String(), after.Rate.String()) {
		return "$" + before.Rate.String() + " → $" + after.Rate.String() + " per " + after.Unit
	}
	if before.Total != "" && after.Total != "" && less(before.Total.String(), after.Total.String()) {
		return "$" + before.Total.String() + " → $" + after.Total.String()
	}
	return ""
}

func less(a, b string) bool {
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	return okX && okY && x.Cmp(y) < 0
}

// priceText is a price in words.
func priceText(p schema.Price) string {
	text := "$" + p.Rate.String() + " per " + p.Unit
	if p.Total != "" && less(p.Rate.String(), p.Total.String()) {
		text += ", $" + p.Total.String() + " in all"
	}
	return text
}

// byID is a decoded task with the id of its model in place of a short name, as which its model's schema judges it.
func byID(task any, m Model) (judged any, renamed bool) {
	l := m.Identity()
	if l.Slug == "" {
		return task, false
	}
	return with(task, "model", l.AIR), true
}

// with is a decoded task with another value of a member; the task itself stays.
func with(task any, name, value string) any {
	object, ok := task.(map[string]any)
	if !ok {
		return task
	}
	object = maps.Clone(object)
	object[name] = value
	return object
}
