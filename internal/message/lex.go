package message

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/parameter"
)

// Kind is the kind of a token of an error message.
type kind uint8

const (
	word   kind = iota + 1 // letters, digits and the characters of identifiers: `inputs.referenceImages[0]`, `720p`
	Number                 // 12, -0.5, '12' in quotes
	quoted                 // text in quotes that is no number
	Size                   // 1280x720, 1280*720, width × height
	Ratio                  // 16:9
	Money                  // $5
	punct                  // one character of anything else
)

// token is a piece of a message. text is without quotes; lower serves comparisons; start and end are byte offsets.
type token struct {
	Kind       kind
	Text       string
	Lower      string
	start, end int
	quote      bool   // stood in quotes
	unit       string // glued to a number: px in 50px
}

// MaxMessage bounds how much of a message is read: Runware's longest known are below 2 kB.
const MaxMessage = 4096

// lex cuts a message into tokens. It never fails: what it does not know is punctuation.
func lex(s string) []token {
	if len(s) > MaxMessage {
		s = strings.ToValidUTF8(s[:MaxMessage], "")
	}
	tokens := make([]token, 0, 16+len(s)/6)
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			i += width
			continue
		}
		t := next(s, i, r, width)
		t.Lower = strings.ToLower(t.Text)
		if t.Kind == word {
			before := ""
			if len(tokens) > 0 {
				before = tokens[len(tokens)-1].Lower
			}
			if n := numberWord(t.Lower, before); n != "" && !strings.HasPrefix(s[t.end:], " of ") {
				t.Kind, t.Text = Number, strings.Replace(n, "T", "10", 1)
			}
		}
		tokens = append(tokens, t)
		i = t.end
	}
	return tokens
}

func next(s string, i int, r rune, width int) token {
	if closing, ok := closingQuote(r); ok {
		if t, ok := lexQuoted(s, i, width, closing); ok {
			return t
		}
	}
	if r == '$' || r == '€' {
		if n := constraint.NumberLen(s[i+width:]); n > 0 {
			return token{Kind: Money, Text: s[i : i+width+n], start: i, end: i + width + n}
		}
	}
	if t, ok := lexNumber(s, i); ok {
		return t
	}
	if t, ok := lexPointer(s, i, r); ok {
		return t
	}
	if isWordRune(r) {
		end := i
		for end < len(s) {
			r, w := utf8.DecodeRuneInString(s[end:])
			if !isWordRune(r) && !joins(s, end, w, r) {
				break
			}
			end += w
		}
		return token{Kind: word, Text: s[i:end], start: i, end: end}
	}
	return token{Kind: punct, Text: s[i : i+width], start: i, end: i + width}
}

// lexPointer reads a JSON pointer as the dotted path that it means: /0/refiner/steps is refiner.steps of a task.
func lexPointer(s string, i int, r rune) (token, bool) {
	if r != '/' || i > 0 && isWordRune(rune(s[i-1])) {
		return token{}, false
	}
	end := i + strings.IndexFunc(s[i:]+" ", func(r rune) bool { return r != '/' && !isWordRune(r) })
	steps := strings.FieldsFunc(s[i:end], func(r rune) bool { return r == '/' })
	if len(steps) > 1 && strings.Trim(steps[0], "0123456789") == "" {
		steps = steps[1:]
	}
	path := strings.Join(steps, ".")
	if !parameter.Valid(path) {
		return token{}, false
	}
	return token{Kind: word, Text: path, start: i, end: end, quote: true}, true
}

func isWordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// joins tells whether a character inside a word belongs to it: dots, brackets, hyphens, slashes and apostrophes
// between letters, as in `inputs.image`, `lora[0].weight`, `width/height`, `text-to-image`.
func joins(s string, at, width int, r rune) bool {
	rest := s[at+width:]
	after, _ := utf8.DecodeRuneInString(rest)
	switch r {
	case '.', '/', '-', '+', ':', '@', '\'', '’':
		return isWordRune(after) && (r != ':' || strings.Contains(rest, "@"))
	case '[':
		end := strings.IndexByte(rest, ']')
		return end > 0 && end <= 4 && strings.Trim(rest[:end], "0123456789Nn*i") == ""
	case ']':
		open := strings.LastIndexByte(s[:at], '[')
		return open >= 0 && at-open <= 5 && !strings.ContainsAny(s[open:at], " ,")
	default:
		return false
	}
}

func closingQuote(r rune) (rune, bool) {
	switch r {
	case '\'', '"', '`':
		return r, true
	case '‘':
		return '’', true
	case '“':
		return '”', true
	case '«':
		return '»', true
	default:
		return 0, false
	}
}

// lexQuoted reads text in quotes, also doubly quoted as in "'X'". A quote that opens nothing is punctuation.
func lexQuoted(s string, i, width int, closing rune) (token, bool) {
	rest := s[i+width:]
	end := strings.IndexRune(rest, closing)
	for closing == '\'' && end >= 0 && innerApostrophe(rest, end) {
		further := strings.IndexRune(rest[end+1:], closing)
		if further < 0 {
			return token{}, false
		}
		end += 1 + further
	}
	if end < 0 {
		return token{}, false
	}
	text := strings.Trim(rest[:end], " '\"`")
	t := token{Kind: quoted, Text: text, start: i, end: i + width + end + utf8.RuneLen(closing), quote: true}
	if inner, ok := lexNumber(text, 0); ok && inner.end == len(text) {
		t.Kind, t.Text = inner.Kind, inner.Text
	}
	return t, true
}

// innerApostrophe tells an apostrophe between letters ("model's") from a closing quote.
func innerApostrophe(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at+1:])
	return unicode.IsLetter(before) && unicode.IsLetter(after)
}

// lexNumber reads a number, a size (two numbers round x, * or ×) or a ratio (round a colon).
func lexNumber(s string, i int) (token, bool) {
	if end := datedEnd(s, i); end > i {
		return token{Kind: word, Text: s[i:end], start: i, end: end}, true // a date, a version or an address: no number
	}
	n := constraint.NumberLen(s[i:])
	if n == 0 || (s[i] == '-' || s[i] == '+') && i > 0 && isWordRune(rune(s[i-1])) {
		return token{}, false // the dash of 0-30 is no sign
	}
	end := i + n
	if grouped := thousandsEnd(s, i, end); grouped > end {
		return token{Kind: Number, Text: strings.Map(onlyDigits, s[i:grouped]), start: i, end: grouped}, true
	}
	if sep, after := separator(s[end:]); sep != 0 {
		if m := constraint.NumberLen(s[end+after:]); m > 0 && s[end+after] != '-' && !wordFollows(s, end+after+m) {
			w, h := s[i:end], s[end+after:end+after+m]
			if sep == ':' {
				return token{Kind: Ratio, Text: w + ":" + h, start: i, end: end + after + m}, true
			}
			return token{Kind: Size, Text: w + "x" + h, start: i, end: end + after + m}, true
		}
	}
	if wordFollows(s, end) && !unitFollows(s[end:]) {
		return token{}, false // `720p`, `3rd`, `2D`: a word
	}
	unitEnd := end + len(s[end:]) - len(strings.TrimLeft(s[end:], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return token{Kind: Number, Text: s[i:end], start: i, end: unitEnd, unit: strings.ToLower(s[end:unitEnd])}, true
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
