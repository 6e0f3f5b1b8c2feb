package main

import (
	"strconv"
	"strings"
	"unicode"
)

// visible escapes what a terminal would obey or hide: control, bidirectional, zero-width and tag characters, and bytes
// that are no UTF-8.
func visible(text string) string {
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

func hidden(r rune) bool { return !unicode.IsGraphic(r) || r == unicode.ReplacementChar }
