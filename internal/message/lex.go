package message

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/parameter"
)

// Kind is the kind of a token of an error message.
type Kind uint8

// The kinds of tokens.
const (
	word   Kind = iota + 1 // letters, digits and the characters of identifiers: `inputs.referenceImages[0]`, `720p`
	Number                 // 12, -0.5, '12' in quotes
	quoted                 // text in quotes that is no number
	Size                   // 1280x720, 1280*720, width × height
	Ratio                  // 16:9
	Money                  // $5
	punct                  // one character of anything else
)

// Token is a piece of a message. Text is without quotes; Lower serves comparisons.
type Token struct {
	Kind       Kind
	Text       string
	Lower      string
	start, end int    // byte offsets
	quote      bool   // stood in quotes
	unit       string // glued to a number: px in 50px
}

// Quoted tells a token that stood in quotes.
func (t Token) Quoted() bool { return t.quote }

// MaxMessage bounds how much of a message is read: Runware's longest known are below 2 kB.
const MaxMessage = 4096

// lex cuts a message, of which lower is the lower case, into tokens. It never fails: what it does not know is punctuation.
func lex(s, lower string) []Token {
	aligned := isASCII(s) // then a token's lower case is a piece of the message's
	tokens := make([]Token, 0, 16+len(s)/6)
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			i += width
			continue
		}
		t := next(s, i, r, width)
		if at := strings.Index(s[t.start:t.end], t.Text); aligned && at >= 0 {
			t.Lower = lower[t.start+at : t.start+at+len(t.Text)]
		} else {
			t.Lower = strings.ToLower(t.Text)
		}
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

func next(s string, i int, r rune, width int) Token {
	if closing, ok := closingQuote(r); ok {
		if t, ok := lexQuoted(s, i, width, closing); ok {
			return t
		}
	}
	if r == '$' || r == '€' {
		if n := constraint.NumberLen(s[i+width:]); n > 0 {
			return Token{Kind: Money, Text: s[i : i+width+n], start: i, end: i + width + n}
		}
	}
	if t, ok := lexNumber(s, i); ok {
		return t
	}
	if t, ok := lexPath(s, i, r); ok {
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
		return Token{Kind: word, Text: s[i:end], start: i, end: end}
	}
	return Token{Kind: punct, Text: s[i : i+width], start: i, end: i + width}
}

// maxPathBytes bounds a path in a message: what is longer is no name of anything, and is not read anew at each bracket.
const maxPathBytes = 4 * parameter.MaxLength

// lexPath reads the paths that do not begin like a word, a JSON pointer and names in brackets, as what they mean:
// /0/refiner/steps is refiner.steps of a task, and so is [refiner][steps].
func lexPath(s string, i int, r rune) (Token, bool) {
	if r != '/' && r != '[' || i > 0 && isWordRune(rune(s[i-1])) {
		return Token{}, false
	}
	end := i
	for end < len(s) && end-i <= maxPathBytes {
		r, w := utf8.DecodeRuneInString(s[end:])
		if r != '/' && r != '[' && r != ']' && !isWordRune(r) {
			break
		}
		end += w
	}
	if r == '[' && strings.Count(s[i:end], "[") < 2 {
		return Token{}, false // [a]: a list
	}
	path, ok := parameter.Normalize(s[i:end])
	if !ok {
		return Token{}, false
	}
	return Token{Kind: word, Text: path, start: i, end: end, quote: true}, true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (t Token) isNumeric() bool { return t.Kind == Number || t.Kind == Size || t.Kind == Ratio }

// isValue tells what a list may hold that is announced by no noun: a number, a size or something in quotes.
func (t Token) isValue() bool { return t.Kind == Number || t.Kind == Size || t.quote }

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
		return end > 0 && (end <= 4 && strings.Trim(rest[:end], "0123456789Nn*i") == "" || isName(rest[:end]))
	case ']':
		open := strings.LastIndexByte(s[:at], '[')
		return open >= 0 && !strings.ContainsAny(s[open:at], " ,")
	default:
		return false
	}
}

// isName tells the step of a path, as in inputs[mask], from other text in brackets.
func isName(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !isWordRune(r) }) && parameter.Valid(s)
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
func lexQuoted(s string, i, width int, closing rune) (Token, bool) {
	rest := s[i+width:]
	end := strings.IndexRune(rest, closing)
	for closing == '\'' && end >= 0 && innerApostrophe(rest, end) {
		further := strings.IndexRune(rest[end+1:], closing)
		if further < 0 {
			return Token{}, false
		}
		end += 1 + further
	}
	if end < 0 {
		return Token{}, false
	}
	text := strings.Trim(rest[:end], " '\"`")
	t := Token{Kind: quoted, Text: text, start: i, end: i + width + end + utf8.RuneLen(closing), quote: true}
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
