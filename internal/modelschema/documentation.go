package modelschema

import (
	"net/url"
	"strings"
)

// Documentation is the page of a dotted parameter on Runware's site, and the page of the model where parameter is empty
// or no name. It is "" when the service named no page, or one that is not on that site.
//
// The rule of the anchor is Runware's SDK's: `#request-`, the parameter in lower case, `-` for each dot.
func (m *Model) Documentation(parameter string) string {
	if m.page == "" || parameter == "" {
		return m.page
	}
	var parts []string
	for part := range strings.SplitSeq(strings.ToLower(parameter), ".") {
		part, _, _ = strings.Cut(part, "[")
		if part == "" || strings.Trim(part, "0123456789") == "" {
			continue
		}
		if strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
			return m.page
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return m.page
	}
	return m.page + "#request-" + strings.Join(parts, "-")
}

// trustedPage keeps a page on Runware's own site and nothing else: it ends up before people and agents as a link.
func trustedPage(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || len(raw) > 500 || u.Scheme != "https" || u.User != nil || u.Port() != "" {
		return ""
	}
	if host := strings.ToLower(u.Host); host != "runware.ai" && !strings.HasSuffix(host, ".runware.ai") {
		return ""
	}
	u.RawQuery, u.Fragment, u.RawFragment = "", "", ""
	return u.String()
}
