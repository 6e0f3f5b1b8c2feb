package message

import (
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/constraint"
)

// lexNumber reads a number, a size (two numbers round x, * or ×) or a ratio (round a colon).
func lexNumber(s string, i int) (Token, bool) {
	if end := datedEnd(s, i); end > i {
		return Token{Kind: word, Text: s[i:end], start: i, end: end}, true // a date, a version or an address: no number
	}
	n := constraint.NumberLen(s[i:])
	if n == 0 || (s[i] == '-' || s[i] == '+') && i > 0 && isWordRune(rune(s[i-1])) {
		return Token{}, false // the dash of 0-30 is no sign
	}
	end := i + n
	if grouped := thousandsEnd(s, i, end); grouped > end {
		return Token{Kind: Number, Text: strings.Map(onlyDigits, s[i:grouped]), start: i, end: grouped}, true
	}
	if sep, after := separator(s[end:]); sep != 0 {
		if m := constraint.NumberLen(s[end+after:]); m > 0 && s[end+after] != '-' && !wordFollows(s, end+after+m) {
			w, h := s[i:end], s[end+after:end+after+m]
			if sep == ':' {
				return Token{Kind: Ratio, Text: w + ":" + h, start: i, end: end + after + m}, true
			}
			return Token{Kind: Size, Text: w + "x" + h, start: i, end: end + after + m}, true
		}
	}
	if wordFollows(s, end) && !unitFollows(s[end:]) {
		return Token{}, false // `720p`, `3rd`, `2D`: a word
	}
	unitEnd := end + len(s[end:]) - len(strings.TrimLeft(s[end:], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return Token{Kind: Number, Text: s[i:end], start: i, end: unitEnd, unit: strings.ToLower(s[end:unitEnd])}, true
}

// datedEnd finds the end of what is made of numbers and is none: 2025-10-12, 1.2.3, 10.0.0.5.
func datedEnd(s string, i int) int {
	end := i
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || (s[end] == '.' || s[end] == '-') && end > i && end+1 < len(s) && s[end+1] >= '0' && s[end+1] <= '9') {
		end++
	}
	dots, dashes := strings.Count(s[i:end], "."), strings.Count(s[i:end], "-")
	if dots >= 2 && dashes == 0 || dashes >= 2 && dots == 0 {
		return end
	}
	return i
}

// thousandsEnd finds the end of a number with groups of thousands: 16,384 and 100,000, but not the list 256,512.
func thousandsEnd(s string, start, end int) int {
	digits := end - start
	if strings.ContainsAny(s[start:end], ".eE-+") || digits > 3 {
		return end
	}
	zeros := true
	at := end
	for _, gap := range [...]string{"\u00a0", "\u202f", " "} {
		rest, ok := strings.CutPrefix(s[at:], gap)
		if ok && constraint.NumberLen(rest) == 3 && (gap != " " || rest[:3] == "000") {
			return at + len(gap) + 3
		}
	}
	for at+4 <= len(s) && s[at] == ',' && constraint.NumberLen(s[at+1:]) >= 3 && !strings.ContainsAny(s[at+1:at+4], "+-.eE") && (at+4 == len(s) || s[at+4] < '0' || s[at+4] > '9') {
		zeros = zeros && s[at+1:at+4] == "000"
		at += 4
	}
	if digits == 3 && !zeros {
		return end
	}
	return at
}

func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// numberWord reads the small numbers that are written out; "one" only where it counts something.
func numberWord(lower, before string) string {
	if lower == "one" {
		switch before {
		case "most", "least", "exactly", "only", "than", "to", "maximum":
			return "1"
		}
		return ""
	}
	for i, w := range [...]string{"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"} {
		if w == lower {
			return string("23456789T"[i])
		}
	}
	return ""
}

func wordFollows(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return at < len(s) && isWordRune(r)
}

// unitFollows tells a unit glued to its number, as in 6s or 20MB.
func unitFollows(s string) bool {
	end := strings.IndexFunc(s, func(r rune) bool { return !isWordRune(r) })
	if end < 0 {
		end = len(s)
	}
	switch strings.ToLower(s[:end]) {
	case "s", "sec", "ms", "px", "kb", "mb", "gb", "kib", "mib", "fps", "chars":
		return true
	default:
		return false
	}
}

// separator finds what may stand between the two numbers of a size or a ratio, and how long it is with blanks.
func separator(s string) (rune, int) {
	trimmed := strings.TrimLeft(s, " ")
	r, w := utf8.DecodeRuneInString(trimmed)
	blanks := len(s) - len(trimmed)
	switch r {
	case '×', '*':
	case 'x', 'X':
		r = 'x'
	case 'b', 'B': // 1536 by 1024
		if blanks == 0 || !strings.HasPrefix(strings.ToLower(trimmed), "by ") {
			return 0, 0
		}
		r, w = 'x', 2
	case ':':
		if blanks > 0 || strings.HasPrefix(trimmed[w:], " ") {
			return 0, 0
		}
		return ':', w
	default:
		return 0, 0
	}
	after := strings.TrimLeft(trimmed[w:], " ")
	return r, blanks + w + len(trimmed) - w - len(after)
}
