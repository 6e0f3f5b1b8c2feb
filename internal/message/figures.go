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
	return regexp.MustCompile(`(?i)(?:^|[^\w.\-/:%#&=?])((?:\d{1,5}(?:\.\d{1,3})?\s?(?:到|至|-|~|–|to|and|、|或|,)\s?){0,4}\d{1,5}(?:[.,]\d{1,3})?[\s-]?(?:p[ií]xel(?:es|s)?|p|k|px|pixels?|seconds?|secs?|sekunden|segundos|secondes|secondi|s|ms|fps|mb|kb|gb|mp|megapixels?|hz|khz|characters?|tokens?|像素|秒|个?(?:utf-?8)?(?:字符|字))|\d{2,5}\s?[x×*]\s?\d{2,5}(?:\s?px)?)(?:$|[^\w/=])`)
})

// formats are the names of what files are in, as they are written.
//
//nolint:gochecknoglobals // compiled once, on first use
var formats = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^a-z0-9])(png|jpe?g|webp|gif|bmp|tiff?|heic|heif|avif|svg|mp4|mov|webm|mkv|avi|mp3|wav|m4a|flac|ogg|opus|aac|glb|gltf|obj|fbx|stl|h\.?26[45]|hevc|vp[89]|av1|prores)(?:$|[^a-z0-9])`)
})

// IsFormat tells the name of a format of files.
func IsFormat(word string) bool {
	at := formats().FindStringIndex(word)
	return at != nil && at[1]-at[0] == len(word)
}

// ratios are the shapes of pictures, as they are written.
//
//nolint:gochecknoglobals // compiled once, on first use
var ratios = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[^\d:.])(\d{1,2}:\d{1,2})(?:$|[^\d:])`)
})

// clauseEnds are where what is taken goes over into what is not, or back.
//
//nolint:gochecknoglobals // compiled once, on first use
var clauseEnds = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)[.;:!]\s|[。；！，]|\b(?:only|but|use|expected|supported|allowed|accepted)\b`)
})

// FormatsTaken lists the formats of files that a text says are taken, in its order: those of clauses that refuse nothing.
// Nothing but names of formats is in them.
func FormatsTaken(text string) []string { return takenIn(text, formats()) }

// RatiosTaken lists likewise the shapes of pictures that a text says are taken.
func RatiosTaken(text string) []string { return takenIn(text, ratios()) }

func takenIn(text string, kind *regexp.Regexp) []string {
	var taken []string
	refused := false // by a clause that ends with a colon
	for rest := withoutURLs(text); rest != ""; {
		clause := rest
		if end := clauseEnds().FindStringIndex(rest); end != nil {
			clause, rest = rest[:end[1]], rest[end[1]:]
		} else {
			rest = ""
		}
		lower := strings.ToLower(clause)
		for _, mark := range [...]string{"none of ", "not one of ", "not among "} { // what was sent stands before, what is taken behind
			if at := strings.Index(lower, mark); at >= 0 && len(lower) == len(clause) {
				clause, lower = clause[at+len(mark):], lower[at+len(mark):]
			}
		}
		refused = refusesIn(lower) || refused && !strings.Contains(lower, "must")
		if refused {
			refused = strings.HasSuffix(strings.TrimSpace(clause), ":")
			continue
		}
		for clause != "" {
			at := kind.FindStringSubmatchIndex(clause)
			if at == nil {
				break
			}
			name := strings.ToUpper(clause[at[2]:at[3]])
			if !slices.Contains(taken, name) {
				taken = append(taken, name)
			}
			clause = clause[at[3]:] // what ends one may begin the next
		}
	}
	return taken
}

// refusesIn tells a clause in lower case that says what is not taken.
func refusesIn(clause string) bool {
	return slices.ContainsFunc([]string{"not ", "n't ", "unsupported", "invalid", "nicht", "不支持", "サポートされていません", "no es ", "non è ", "n'est pas", "got ", "received", "found ", "detected", "is of type", "uses ", "is encoded", "was encoded", "you sent", "unterstützt nicht", "не поддерж", "desteklenmiyor"}, func(w string) bool {
		return strings.Contains(clause, w)
	})
}

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
