package render

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mcp-taskdetails/internal/looks"

	"golang.org/x/text/width"
)

// Style is how text may look.
type Style struct {
	// Width is how many columns a line has. Default is 80.
	Width int
	// Colour says whether ANSI colours are understood. Default is false.
	Colour bool
}

// columns is Width with its default.
func (s Style) columns() int {
	if s.Width <= 0 {
		return 80
	}
	return s.Width
}

// Paint is one of the few colours used, as an ANSI code.
type Paint string

// The paints. The zero value is none.
const (
	Red   Paint = "\x1b[1;31m"
	Green Paint = "\x1b[1;32m"
	Blue  Paint = "\x1b[1;34m"
	Bold  Paint = "\x1b[1m"
)

const unpainted = "\x1b[0m"

// Painted colours a text where colours are understood. It does not escape.
func (s Style) Painted(paint Paint, text string) string {
	if !s.Colour || paint == "" || text == "" {
		return text
	}
	return string(paint) + text + unpainted
}

// Page collects lines for a person. Every text that is given to it is escaped.
type Page struct {
	style  Style
	gutter int // columns in front of the bar beside quoted lines
	b      strings.Builder
}

// NewPage returns an empty page.
func NewPage(s Style) *Page { return &Page{style: s, gutter: minGutter} }

// minGutter leaves room for line numbers up to 99, so that most pages align.
const minGutter = 2

// String is the page so far. A page that is not empty ends in a line end.
func (p *Page) String() string { return p.b.String() }

// Blank puts an empty line between two parts; before the first there is none.
func (p *Page) Blank() {
	if p.b.Len() > 0 {
		p.b.WriteByte('\n')
	}
}

// Line prints a sentence behind its label, without its full stop, its further lines indented.
func (p *Page) Line(paint Paint, label, text string) {
	label = Visible(label)
	indent := columns(label) + 2
	if indent > deepest {
		indent = len("error: ")
	}
	p.hanging(p.style.Painted(paint, label)+": ", columns(label)+2, indent, sentence(text))
}

// deepest is how far further lines are indented at most, in columns: below a long label they would be too short.
const deepest = 10

// Command prints a command behind its label, in one line, so that it can be copied.
func (p *Page) Command(label, command string) {
	p.b.WriteString(p.style.Painted(Bold, Visible(label)) + ": " + Visible(command) + "\n")
}

// Note prints a fact below what it belongs to, behind an equals sign.
func (p *Page) Note(text string) {
	p.hanging(p.margin()+" "+p.style.Painted(Blue, "=")+" ", p.gutter+3, p.gutter+3, sentence(text))
}

// Place prints where something stands.
func (p *Page) Place(text string) {
	p.hanging(p.margin()+p.style.Painted(Blue, "-->")+" ", p.gutter+4, p.gutter+4, text)
}

// Text prints a text as it is, wrapped, every line indented.
func (p *Page) Text(indent int, text string) {
	p.hanging(strings.Repeat(" ", indent), indent, indent, text)
}

func (p *Page) margin() string { return strings.Repeat(" ", p.gutter) }

// hanging wraps a text at blanks; head, which takes so many columns, stands in front of the first line.
func (p *Page) hanging(head string, taken, indent int, text string) {
	p.b.WriteString(head)
	room := p.style.columns()
	at := taken
	for n, word := range strings.Split(Visible(text), " ") {
		size := columns(word)
		switch {
		case n == 0:
		case at+1+size > room && at > indent:
			p.b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			p.b.WriteByte(' ')
			at++
		}
		p.b.WriteString(word)
		at += size
	}
	p.b.WriteByte('\n')
}

// sentence is a text without its full stop.
func sentence(text string) string { return strings.TrimSuffix(text, ".") }

// lowerFirst begins a sentence in lower case. It leaves a word alone that is no plain word: `HTTP`, a name in backticks.
func lowerFirst(text string) string {
	head, size := utf8.DecodeRuneInString(text)
	next, _ := utf8.DecodeRuneInString(text[size:])
	if unicode.IsUpper(head) && unicode.IsLower(next) {
		return string(unicode.ToLower(head)) + text[size:]
	}
	return text
}

// columns is how many columns a text takes on a terminal: two for a wide character, none for a mark that combines.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	switch {
	case r < utf8.RuneSelf:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Variation_Selector):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	case width.Neutral, width.EastAsianAmbiguous, width.EastAsianNarrow, width.EastAsianHalfwidth:
	}
	return 1
}

// Cut shortens a text to so many columns. Of a longer one it keeps more of the beginning than of the end.
func Cut(text string, room int) string {
	if columns(text) <= room {
		return text
	}
	room = max(room-1, 0)
	tail := room / 3
	head := 0
	at := 0
	for i, r := range text {
		if at += runeColumns(r); at > room-tail {
			head = i
			break
		}
	}
	end, at := len(text), 0
	for end > head {
		r, size := utf8.DecodeLastRuneInString(text[:end])
		if at += runeColumns(r); at > tail {
			break
		}
		end -= size
	}
	return text[:head] + "…" + text[end:]
}

// counted is a number with the word of what it counts.
func counted(n int, noun string) string { return looks.Plural(strconv.Itoa(n), noun) }
