package parameter

import (
	"strings"
	"unicode"

	"mcp-taskdetails/internal/looks"
)

// IsProse tells the parameters whose values are somebody's own words.
func IsProse(parameter string) bool {
	name := Fold(Last(parameter))
	return strings.Contains(name, "prompt") || name == "text" || name == "content" || name == "lyrics" || name == "comment" || strings.Contains(name, "description")
}

// IsSide tells the two sides of a picture, whose rules are often stated together.
func IsSide(parameter string) bool { return parameter == "width" || parameter == "height" }

// Fold makes names comparable that differ in letter case or in their separators: negative_prompt, negativePrompt.
func Fold(name string) string {
	clean := true
	for i := range len(name) {
		if c := name[i]; c >= 'A' && c <= 'Z' || c == '_' || c == '-' || c == ' ' || c >= 0x80 {
			clean = false
			break
		}
	}
	if clean {
		return name
	}
	if folded := foldedNames()[name]; folded != "" { // no copy is made of Runware's own names
		return folded
	}
	return fold(name)
}

func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// LooksLike tells an identifier in a message from an ordinary word: it has an inner capital, a separator or an index.
func LooksLike(s string) bool {
	if !Valid(s) {
		return false
	}
	if strings.ContainsAny(s, "_[/") || strings.ContainsRune(s, '.') {
		return true
	}
	for i, r := range s {
		if i > 0 && r >= 'A' && r <= 'Z' && s[i-1] >= 'a' && s[i-1] <= 'z' {
			return true
		}
	}
	return strings.HasPrefix(s, "CFG")
}

// MaxLength bounds what is taken for a parameter's name, so that no prose passes for one.
const (
	MaxLength = 100
	MaxWords  = 4 // of one step: alpha_matting_foreground_threshold
)

// Valid tells whether s could be a dotted path of a parameter, a pair, or an indexed one.
func Valid(s string) bool {
	if s == "" || len(s) > MaxLength || strings.HasPrefix(s, "__") {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case i == 0:
			return false
		case c >= '0' && c <= '9', c == '.', c == '[', c == ']', c == '/', c == '-', c == '*', c == '$':
		default:
			return false
		}
	}
	if looks.GivesOrders(s) || looks.IsAddress(s) {
		return false
	}
	for step := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '.' || r == '/' || r == '[' }) {
		if looks.CountWords(step) > MaxWords {
			return false
		}
	}
	return true
}
