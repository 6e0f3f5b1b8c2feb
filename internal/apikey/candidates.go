package apikey

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Ranks of names: one that says whose key it is goes before one that does not.
const (
	rankAny = 1 + iota
	rankRunware
)

// rank tells how well a name fits the key: RUNWARE_API_KEY, runware-key and the like best, a bare apiKey less, others not.
func rank(name string) int {
	switch strings.ToLower(strings.NewReplacer("_", "", "-", "", ".", "", " ", "").Replace(name)) {
	case "runwareapikey", "runwarekey", "runwareapitoken", "runwaretoken":
		return rankRunware
	case "apikey", "key", "apitoken":
		return rankAny
	default:
		return 0
	}
}

// candidates are the different values that stand under the best names found so far.
type candidates struct {
	rank   int
	values []string
}

func (c *candidates) add(rank int, value string) {
	switch {
	case rank == 0 || rank < c.rank:
		return
	case rank > c.rank:
		c.rank, c.values = rank, nil
	}
	if !slices.Contains(c.values, value) {
		c.values = append(c.values, value)
	}
}

// choose returns the one key, unless there is none or there are several.
func (c *candidates) choose() (schema.Secret, *Fault) {
	const mend = "write RUNWARE_API_KEY=… on one line of it, or the key alone"
	switch len(c.values) {
	case 0:
		return schema.Secret{}, &Fault{What: "the file holds settings, but none named RUNWARE_API_KEY", Mend: mend}
	case 1:
		key, fault := Parse(c.values[0])
		if fault == nil && key.IsZero() {
			fault = &Fault{What: "the file holds the name of the key without a value", Mend: mend}
		}
		return key, fault
	default:
		return schema.Secret{}, &Fault{What: "the file holds several different keys", Mend: mend}
	}
}

// fromJSON finds the key in an object: under a name of Runware's anywhere, under a bare apiKey only where it can be no
// other service's.
func fromJSON(content []byte) (schema.Secret, *Fault) {
	if !rawjson.Valid(content) {
		return schema.Secret{}, &Fault{What: "the file looks like JSON and is not valid", Mend: `write {"RUNWARE_API_KEY": "…"} into it, or the key alone`}
	}
	var found candidates
	collect(content, true, 0, &found)
	return found.choose()
}

// maxDepth is how deep objects are searched.
const maxDepth = 16

func collect(value []byte, ours bool, depth int, found *candidates) {
	if depth == maxDepth {
		return
	}
	for name, member := range rawjson.Members(value) {
		if text, ok := rawjson.Text(member); ok {
			if r := rank(name); r == rankRunware || ours {
				found.add(r, text)
			}
			continue
		}
		collect(member, strings.EqualFold(name, "runware"), depth+1, found)
	}
	for _, item := range rawjson.Items(value) {
		collect(item, false, depth+1, found)
	}
}
