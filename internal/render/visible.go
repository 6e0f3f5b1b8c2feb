package render

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Visible escapes what a terminal would obey or hide: control, bidirectional, zero-width, blank and tag characters, and
// bytes that are no UTF-8.
func Visible(text string) string {
	if !strings.ContainsFunc(text, hidden) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if hidden(r) {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// VisibleJSON is Visible for JSON, which stays equal: such characters stand in strings alone.
func VisibleJSON(text []byte) []byte {
	if !bytes.ContainsFunc(text, hidden) {
		return text
	}
	var b []byte
	for _, r := range string(text) {
		if !hidden(r) {
			b = utf8.AppendRune(b, r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			b = fmt.Appendf(b, `\u%04x`, unit)
		}
	}
	return b
}

// hidden adds to what Unicode calls no graphic the letters and marks that show nothing: Hangul fillers, the empty Braille
// pattern, the variation selectors that follow no emoji.
func hidden(r rune) bool {
	const brailleBlank, firstSupplementary = '\u2800', 0x10000
	return !unicode.IsGraphic(r) || r == unicode.ReplacementChar || r == brailleBlank ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) ||
		r >= firstSupplementary && unicode.Is(unicode.Variation_Selector, r)
}
