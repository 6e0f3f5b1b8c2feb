package excerpt

import (
	"regexp"
	"strings"
	"sync"

	"mcp-taskdetails/internal/looks"
)

// hosts finds an address, or a host behind a word that leads to one.
//
//nolint:gochecknoglobals // compiled once, on first use
var hosts = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}|\b(?:from|to|host|at|by)[ :=]+[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b`)
})

// OfAnotherHost tells a text that names hosts and none of Runware's, nor Runware itself or an id of its tasks: what answered is somebody else.
func OfAnotherHost(text []byte) bool {
	lower := strings.ToLower(looks.Short(string(text), maxWords))
	if strings.Contains(lower, "runware") || strings.Contains(lower, "taskuuid") {
		return false
	}
	return hosts().MatchString(lower)
}
