package message

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// maxFigures bounds what Figures lists.
const maxFigures = 4

// figure is a number with what it counts: 1080p, 1920x1080, 6s, 8 seconds, 300 px, 10 MB, 2000像素. A number alone is none:
// it may be a code or an id.
//
//nolint:gochecknoglobals // compiled once, on first use
var figure = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\w.\-/:%#&=?])((?:\d{1,5}(?:\.\d{1,3})?\s?(?:到|至|-|~|–|to|and)\s?)?\d{1,5}(?:\.\d{1,3})?[\s-]?(?:p|k|px|pixels?|seconds?|secs?|s|ms|fps|mb|kb|gb|hz|khz|characters?|tokens?|像素|秒|字符|字)|\d{2,5}\s?[x×*]\s?\d{2,5}(?:\s?px)?)(?:$|[^\w/=])`)
})

// Figures lists what a text says in numbers, as it writes them and in its order, each once: for a reader who is told that
// a rule was broken which cannot be computed. Nothing but digits and units is in them.
func Figures(text string) []string {
	var found []string
	text = withoutURLs(text)
	for len(found) < maxFigures {
		at := figure().FindStringSubmatchIndex(text)
		if at == nil {
			break
		}
		said := strings.Join(strings.Fields(text[at[2]:at[3]]), " ")
		if !slices.Contains(found, said) {
			found = append(found, said)
		}
		text = text[at[3]:]
	}
	return found
}
