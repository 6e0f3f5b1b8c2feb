package present

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"mcp-taskdetails/schema"
)

// DefaultTriage is the most bytes that the JSON of an answer about many tasks takes, unless the caller says otherwise:
// hosts put a few kilobytes for each question before a model, whatever the number of tasks.
const DefaultTriage = 16_000

// crowd bounds the parts of an answer about several tasks: texts in bytes, lists in entries.
type crowd struct {
	groups, lookups, ids, names, notes int
	text, name                         int
	patches, choices                   bool // whether patches and alternatives are shown
}

func roomyCrowd() crowd {
	return crowd{groups: 200, lookups: 20, ids: 5, names: 6, notes: 10, text: 1024, name: 160, patches: true, choices: true}
}

// tighter gives up what can be asked for again, before groups go: alternatives, then half of the texts, then patches.
func (c crowd) tighter() crowd {
	switch {
	case c.choices:
		c.choices = false
	case c.text > 256:
		c.text, c.name = c.text/2, max(c.name*3/4, 64)
	case c.ids > 2:
		c.ids, c.names = 2, 2
	case c.text > 128:
		c.text /= 2
	default:
		c.groups, c.lookups, c.notes = max(c.groups*3/4, 1), max(c.lookups/2, 1), max(c.notes/2, 1)
		c.patches = c.patches && c.groups > 1
	}
	return c
}

// Triage returns t as it may be shown: texts masked, bounded and free of hidden characters, and its JSON at most so many
// bytes long; 0 means [DefaultTriage]. The smaller groups go first, and the answer says how many. What the parts quote of
// tasks comes from reports that were masked before, each beside its own originals.
func (p *Presenter) Triage(t schema.Triage, most int) schema.Triage {
	if most <= 0 {
		most = DefaultTriage
	}
	for bounds := roomyCrowd(); ; {
		shown := p.triage(t, bounds)
		text, _ := Marshal(shown)
		tighter := bounds.tighter()
		if len(text) <= most || tighter == bounds {
			return shown
		}
		bounds = tighter
	}
}

func (p *Presenter) triage(t schema.Triage, k crowd) schema.Triage {
	t.Summary = p.short(t.Summary, k.text)
	groups := t.Groups
	t.Groups = nil
	var lost int
	for i, g := range groups {
		if i < k.groups {
			shown, whole := p.group(g, k)
			t.Groups = append(t.Groups, shown)
			if !whole {
				lost++
			}
			continue
		}
		if t.Rest == nil {
			t.Rest = &schema.GroupRest{}
		}
		t.Rest.Groups++
		t.Rest.Tasks += g.Count
	}
	missed := t.Lookups
	t.Lookups = nil
	for i, m := range missed {
		if i == k.lookups {
			t.Notes = append(slices.Clip(t.Notes), fmt.Sprintf("lookups failed for %d more reasons than `lookups` lists", len(missed)-i))
			break
		}
		m.Diagnosis, m.IDs = p.own(m.Diagnosis, k), p.ids(m.IDs, k)
		t.Lookups = append(t.Lookups, m)
	}
	if t.Pending != nil {
		pending := p.ids(*t.Pending, k)
		t.Pending = &pending
	}
	if t.Diagnosis != nil {
		d := p.own(*t.Diagnosis, k)
		t.Diagnosis = &d
	}
	t.Notes = p.notes(t.Notes, k)
	if lost > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("of %s the patch had no room: get_task_details of the representative has it", count(lost, "group")))
	}
	return t
}

// group shows one group; whole is false where its patch had no room.
func (p *Presenter) group(g schema.FailureGroup, k crowd) (shown schema.FailureGroup, whole bool) {
	g.Value, g.Cause, g.OtherCauses = p.short(g.Value, k.name), p.cause(g.Cause, k), p.counts(g.OtherCauses, k)
	g.Retry, g.Models, g.TaskTypes, g.IDs = p.counts(g.Retry, k), p.counts(g.Models, k), p.counts(g.TaskTypes, k), p.ids(g.IDs, k)
	if g.Diagnosis == nil {
		return g, true
	}
	d := p.own(*g.Diagnosis, k)
	whole = len(d.Patch) == len(g.Diagnosis.Patch)
	g.Diagnosis = &d
	return g, whole
}

func (p *Presenter) cause(c schema.Cause, k crowd) schema.Cause {
	c.Code, c.Parameter, c.Constraint = p.short(c.Code, k.name), p.short(c.Parameter, k.name), p.short(c.Constraint, k.name)
	return c
}

func (p *Presenter) counts(all schema.Counts, k crowd) schema.Counts {
	if len(all) == 0 {
		return nil
	}
	names := slices.SortedFunc(maps.Keys(all), func(a, b string) int { return cmp.Or(cmp.Compare(all[b], all[a]), cmp.Compare(a, b)) })
	shown := schema.Counts{}
	for i, name := range names {
		if i >= k.names {
			shown[schema.Others] += all[name]
			continue
		}
		shown[p.short(name, k.name)] += all[name]
	}
	return shown
}

func (p *Presenter) ids(ids schema.IDs, k crowd) schema.IDs {
	shown := schema.IDs{More: ids.More + max(len(ids.TaskUUIDs)-k.ids, 0)}
	for _, id := range ids.TaskUUIDs[:min(len(ids.TaskUUIDs), k.ids)] {
		shown.TaskUUIDs = append(shown.TaskUUIDs, p.short(id, k.name))
	}
	return shown
}

// own shows a diagnosis within an answer about several tasks: without findings, which get_task_details has.
func (p *Presenter) own(d schema.Diagnosis, k crowd) schema.Diagnosis {
	c := cleaner{p: p, masker: p.masker, lists: newLists(p.budget), limits: wide()}
	c.limits.text, c.limits.value = k.text, k.text
	if !k.patches {
		d.Patch, d.Verified = nil, nil
	}
	if !k.choices {
		d.Alternatives = nil
	}
	d.Findings = nil
	d = c.diagnosis(d)
	d.Notes = nil // they speak of findings and patches that are not shown here
	return d
}

func (p *Presenter) notes(notes []string, k crowd) []string {
	var shown []string
	for i, note := range notes {
		if i == k.notes {
			return append(shown, strconv.Itoa(len(notes)-i)+" more notes are not shown")
		}
		shown = append(shown, p.short(note, k.text))
	}
	return shown
}

// short is a text as it may be shown, at most so many bytes long.
func (p *Presenter) short(s string, most int) string { return bound(p.Text(s), most) }
