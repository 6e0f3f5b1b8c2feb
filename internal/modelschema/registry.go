package modelschema

import (
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// registry is Runware's list of the models that it curates: those that others have uploaded are not in it.
//
// Source: https://schemas.runware.ai/registry.json, `{"models": {AIR: {"taskType": …, "id": slug}}}`, as Runware's own
// SDK reads it.
type registry struct {
	airs    map[string]string // by slug
	listed  map[string]bool   // by AIR
	sources map[string]bool   // what the AIRs begin with
}

// maxListed bounds what is read of a registry; Runware's has some hundreds of models.
const maxListed = 20_000

func readRegistry(body []byte) (*registry, error) {
	models, _ := rawjson.Member(body, "models")
	if !rawjson.Valid(body) || rawjson.KindOf(models) != rawjson.Object {
		return nil, answerError("registry has no models")
	}
	r := &registry{airs: map[string]string{}, listed: map[string]bool{}, sources: map[string]bool{}}
	twice := map[string]bool{}
	for air, entry := range rawjson.Members(models) {
		if len(r.listed) >= maxListed {
			break
		}
		if !looks.IsAIR(air) {
			continue
		}
		source, _, _ := strings.Cut(air, ":")
		r.listed[air], r.sources[source] = true, true
		id, _ := rawjson.Member(entry, "id")
		slug, _ := rawjson.Text(id)
		if !isSlug(slug) {
			continue
		}
		twice[slug] = twice[slug] || r.airs[slug] != "" && r.airs[slug] != air
		r.airs[slug] = air
	}
	for slug := range twice { // which of them is meant is not known
		if twice[slug] {
			delete(r.airs, slug)
		}
	}
	return r, nil
}

// unlisted tells an id that the registry would have, since it has others of its source. What users have uploaded, and
// what other sites publish, it does not have.
func (r *registry) unlisted(air string) schema.Listing {
	source, _, _ := strings.Cut(air, ":")
	if r == nil || r.listed[air] || !r.sources[source] || source == "civitai" {
		return schema.Listing{}
	}
	return schema.Listing{AIR: air, Status: schema.ListingUnlisted}
}

// isSlug tells the form of a short name, such as flux-1-dev.
func isSlug(s string) bool {
	const longest = 80
	if len(s) < 2 || len(s) > longest || looks.GivesOrders(s) {
		return false
	}
	letter := false
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			letter = true
		case r >= '0' && r <= '9', r == '-', r == '.', r == '_':
		default:
			return false
		}
	}
	return letter && !strings.HasPrefix(s, ".") && !strings.HasPrefix(s, "-")
}
