package modelschema

import (
	"net/url"
	"slices"
	"strings"

	"mcp-taskdetails/internal/looks"
	paths "mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
)

// Documentation is the page of a dotted parameter on Runware's site, and the page of the model where parameter is empty
// or stands on no page. It is "" when the service named no page, or one that is not on that site.
//
// A page has an anchor for each parameter of the task and of its `inputs`, by the parameter's own name, such as
// https://runware.ai/docs/models/klingai-video-2-6-pro#frameImages; what stands further below has that of the parameter
// around it. One that the schema does not have has none.
func (m *Model) Documentation(parameter string) string {
	if m.page == "" || parameter == "" {
		return m.page
	}
	path := paths.Split(parameter)
	if len(path) > 1 && path[0] == "inputs" {
		path = path[1:]
	}
	if len(path) == 0 || !m.has(path[0]) && !m.has("inputs", path[0]) {
		return m.page
	}
	return m.page + "#" + path[0]
}

// has tells whether the schema has a member there.
func (m *Model) has(path ...string) bool {
	return slices.Contains(m.places, rawjson.PointerOf(path))
}

// trustedPage keeps a page on Runware's own site and nothing else: it ends up before people and agents as a link.
func trustedPage(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || len(raw) > 500 || u.Scheme != "https" || u.User != nil || u.Port() != "" {
		return ""
	}
	if !looks.IsRunware(strings.ToLower(u.Host)) {
		return ""
	}
	u.RawQuery, u.Fragment, u.RawFragment = "", "", ""
	return u.String()
}
