package render

import (
	"fmt"
	"strconv"
	"strings"
)

// quote prints the line of a value with carets under it.
func (p *Page) quote(l *listing, at spot) {
	line := l.lines[at.line]
	before, value, after := Visible(line[:at.start]), Visible(line[at.start:at.end]), Visible(line[at.end:])
	room := p.style.columns() - p.gutter - len(" | ")
	// What stands before a value is blanks and a name; where that leaves no room, the line is cut as a whole.
	if left := room - columns(before); left > columns(value) {
		after = Cut(after, left-columns(value))
	} else {
		value, after = Cut(value, max(left, minQuoted)), ""
	}
	p.bar(0)
	p.b.WriteString(p.numbered(at.line, "|", Blue) + before + value + after + "\n")
	p.bar(columns(before))
	p.b.WriteString(p.style.Painted(Red, strings.Repeat("^", max(columns(value), 1))) + "\n")
}

// minQuoted is how much of a value is shown in any case, in columns.
const minQuoted = 16

// bar opens a line without a number: an empty one, or one that begins so many columns in.
func (p *Page) bar(indent int) {
	p.b.WriteString(p.margin() + p.style.Painted(Blue, " |"))
	if indent == 0 {
		p.b.WriteByte('\n')
		return
	}
	p.b.WriteString(strings.Repeat(" ", indent+1))
}

// numbered opens a line with its number, counted from 0, and a sign.
func (p *Page) numbered(line int, sign string, paint Paint) string {
	return p.style.Painted(Blue, fmt.Sprintf("%*d", p.gutter, line+1)) + " " + p.style.Painted(paint, sign) + " "
}

// digits is how many columns the numbers of n lines take.
func digits(n int) int { return len(strconv.Itoa(n)) }
