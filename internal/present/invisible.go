package present

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hidden is a kind of character that a reader does not see, or sees elsewhere than it stands.
type hidden uint8

// The kinds, in the order in which a note names them.
const (
	visible hidden = iota
	control
	bidirectional
	zeroWidth
	tag
	hiddenKinds
)

func (h hidden) String() string {
	return [...]string{"visible", "control", "bidirectional", "zero-width", "tag"}[h%hiddenKinds]
}

// hiddenKind classifies a character; before is the one in front of it. Tab, line feed and carriage return are ordinary,
// and so is the joiner within an emoji.
func hiddenKind(before, r rune) hidden {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return visible
	case r < 0x20 || r >= 0x7F && r <= 0x9F || r == '\u2028' || r == '\u2029':
		return control
	case r < 0x80:
		return visible
	case turns(r):
		return bidirectional
	case r == '\u200D':
		if before >= 0x2190 {
			return visible
		}
		return zeroWidth
	case hasNoWidth(r):
		return zeroWidth
	case r >= 0xE0000 && r <= 0xE0FFF: // tags, and the variation selectors that can spell out bytes
		return tag
	case r > 0x2FFF && unicode.Is(unicode.Cf, r):
		return zeroWidth
	}
	return visible
}

// turns tells the marks that change the direction of writing.
func turns(r rune) bool {
	return r == '\u061C' || r == '\u200E' || r == '\u200F' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// hasNoWidth tells the characters that take no room, and the fillers that look like a blank.
func hasNoWidth(r rune) bool {
	switch r {
	case '\u200B', '\u200C', '\u00AD', '\u180E', '\uFEFF', '\u3164', '\uFFA0', '\u115F', '\u1160':
		return true
	}
	return r >= '\u2060' && r <= '\u2065' || r >= '\u206A' && r <= '\u206F'
}

// hiddenKindsIn returns the set of kinds in a text, a bit each.
func hiddenKindsIn(text []byte) (set uint8) {
	var before rune
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if c < 0x20 || c == 0x7F {
				set |= 1 << hiddenKind(before, rune(c))
			}
			before = rune(c)
			i++
			continue
		}
		r, width := utf8.DecodeRune(text[i:])
		set |= 1 << hiddenKind(before, r)
		before = r
		i += width
	}
	return set &^ (1 << visible)
}

// escapeHidden shows what cannot be seen as \u202e or, beyond four digits, \u{e0041}; it also shows a carriage return,
// which can overwrite a line of a terminal.
func escapeHidden(s string) string {
	clean := true
	for _, c := range []byte(s) {
		if c < 0x20 && c != '\n' && c != '\t' || c >= 0x7F {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var (
		b      strings.Builder
		before rune
	)
	for _, r := range s {
		switch {
		case hiddenKind(before, r) == visible && r != '\r':
			b.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		before = r
	}
	return b.String()
}

// bound cuts a text to at most limit bytes, between characters, and says how much is missing.
func bound(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	const room = len(" … (1234567890 more bytes)") // so that the answer never is longer than limit
	cut := max(limit-room, 0)
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return fmt.Sprintf("%s … (%d more bytes)", s[:cut], len(s)-cut)
}
