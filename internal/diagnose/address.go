package diagnose

import (
	"net/netip"
	"net/url"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
)

// isPrivate tells a URL whose host is reached only from its own machine or network: Runware is on neither.
func isPrivate(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.IsPrivate() || addr.IsLoopback() || addr.IsLinkLocalUnicast() || addr.IsUnspecified()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".internal")
}

// refusesAddress tells an error about where an address leads, and not about the parameter that holds it.
func (c *oneCase) refusesAddress() bool {
	p, _ := c.first()
	value, ok := p.text()
	return ok && (isPrivate(value) || !looks.IsURL(value)) && strings.HasSuffix(strings.ToLower(p.name), "url") && strings.HasPrefix(c.e.Code, "invalid")
}

// sayAddress checks a value against a message that asks for a URL which anybody can reach: whether it is one, and where it
// leads. It reports whether it found a fault.
func (c *oneCase) sayAddress(f *finding, value string) bool {
	last := parameter.Last(f.Parameter)
	if isSetting(last) && !strings.HasSuffix(strings.ToLower(last), "url") { // outputType may be "URL"
		return false
	}
	if value == "" || c.claims.Media || !strings.Contains(strings.ToLower(c.e.Message), "url") {
		return false
	}
	schemes := "http or https"
	if saysAny(c.claims.Tokens, "https") && !saysAny(c.claims.Tokens, "http") {
		schemes = "https"
	}
	switch {
	case !looks.IsURL(value):
		f.cause.saying = saying{key: notURL, name: f.Parameter, text: schemes}
	case isPrivate(value):
		f.cause.saying = saying{key: privateURL, name: f.Parameter}
	case schemes == "https" && !strings.HasPrefix(strings.ToLower(value), "https:"):
		f.cause.saying = saying{key: notURL, name: f.Parameter, text: schemes}
	default:
		return false
	}
	f.mend.saying = saying{key: givePublicURL, name: f.Parameter, text: schemes}
	return true
}
