package looks

import (
	"net"
	"strings"
)

// IsAddress tells what leads somewhere: a URL of any scheme, a host, a mailbox. Ids of models and versions are none.
func IsAddress(s string) bool {
	s = strings.Trim(s, " \n\t.")
	if len(s) > MaxShownURL || strings.ContainsAny(s, " \n\t") {
		return strings.Contains(s, "://")
	}
	if !strings.ContainsAny(s, ".:/") {
		return false
	}
	lower := strings.ToLower(s)
	if scheme, rest, ok := strings.Cut(lower, "://"); ok {
		return scheme != "" && rest != ""
	}
	for _, head := range [...]string{"//", "www.", "mailto:", "http:", "https:", "ftp:", "file:", "javascript:"} {
		if strings.HasPrefix(lower, head) {
			return true
		}
	}
	host, within := lower, false
	if at := strings.IndexAny(lower, "/?#\\"); at >= 0 {
		host, within = strings.TrimRight(lower[:at], "."), true
	}
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	host, _, _ = strings.Cut(host, ":")
	if digits := strings.Trim(host, "0123456789."); digits == "" && net.ParseIP(host) != nil {
		return true
	}
	dot := strings.LastIndexByte(host, '.')
	return dot > 0 && (isDomain(host[dot+1:]) || within && isLetters(host[dot+1:]))
}

// isLetters tells what may be the end of a host: of letters alone, two or more.
func isLetters(s string) bool {
	return len(s) > 1 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// isDomain tells the ends of hosts that are no ends of names or files.
func isDomain(end string) bool {
	switch end {
	case "com", "org", "net", "edu", "gov", "io", "ai", "dev", "xyz", "biz", "example", "invalid", "localhost", "onion", "ru", "cn", "uk", "eu", "co", "app", "info", "ly", "gg", "tk", "to", "cc", "sh", "tv":
		return true
	}
	return false
}
