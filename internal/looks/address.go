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
	if !strings.ContainsAny(s, "./:") {
		return false
	}
	if scheme, rest, ok := strings.Cut(s, "://"); ok {
		return scheme != "" && rest != ""
	}
	for _, head := range [...]string{"//", "www.", "mailto:", "http:", "https:", "ftp:", "file:", "javascript:"} {
		if len(s) >= len(head) && strings.EqualFold(s[:len(head)], head) {
			return true
		}
	}
	host, within := s, false
	if at := strings.IndexAny(s, "/?#\\"); at >= 0 {
		host, within = strings.TrimRight(s[:at], "."), true
	}
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	host, _, _ = strings.Cut(host, ":")
	if digits := strings.Trim(host, "0123456789."); digits == "" && net.ParseIP(host) != nil {
		return true
	}
	dot := strings.LastIndexByte(host, '.')
	if end := host[dot+1:]; dot > 0 && (within || len(end) <= maxEnd) {
		end = strings.ToLower(end)
		return isDomain(end) || within && isLetters(end)
	}
	return false
}

// maxEnd is the length of the longest end that [isDomain] knows.
const maxEnd = len("localhost")

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
