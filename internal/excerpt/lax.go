package excerpt

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/rawjson"
)

// lax reads an object or an array as programs print it, and makes JSON of it: quotes of any kind or none, names without
// quotes, `=>` and `=` for the colon, commas at the end, None and undefined. What the text ends within is closed there.
type lax struct {
	src   string
	at    int
	steps *int // left, over all that is tried in a text: each try may run to its end
	loose bool // in no object: a string may be followed by the name of another
	cut   bool // the text ended within the value
}

// maxDepth bounds how deep values are nested: a response has some levels.
const maxDepth = 64

// peek is the next byte, 0 at the end of the text.
func (l *lax) peek() byte {
	if l.at < len(l.src) && *l.steps > 0 {
		return l.src[l.at]
	}
	l.cut = true
	return 0
}

func (l *lax) skip(n int) {
	l.at += n
	*l.steps -= n
}

// blanks skips white space, and whatever else is given.
func (l *lax) blanks(more string) {
	for l.at < len(l.src) && strings.IndexByte(" \t\r\n"+more, l.src[l.at]) >= 0 {
		l.skip(1)
	}
}

// value reads what stands at l.at; inObject tells that a comma may be part of a value without quotes. It is nil and true
// for what stands for nothing: the dots of a value that was not printed whole.
func (l *lax) value(depth int, inObject bool) (json []byte, ok bool) {
	if depth > maxDepth {
		return nil, false
	}
	switch c := l.peek(); c {
	case 0:
		return nil, false
	case '{', '[':
		return l.container(depth, c)
	case '"', '\'', '`':
		return l.text(c), true
	}
	return l.bare(inObject)
}

// container reads an object or an array to its end.
func (l *lax) container(depth int, open byte) (json []byte, ok bool) {
	isObject, end := open == '{', byte(']')
	if isObject {
		end = '}'
	}
	l.skip(1)
	var parts [][]byte
	for {
		l.blanks(",")
		c := l.peek()
		if c == end || c == 0 {
			l.skip(1)
			break
		}
		if c == '}' || c == ']' {
			return nil, false // the bracket of another
		}
		member, ok := l.member(depth+1, isObject && !strings.HasPrefix(l.src[l.at:], "..."))
		if !ok && !l.cut {
			return nil, false
		}
		if len(member) > 0 {
			parts = append(parts, member)
		}
	}
	if l.cut && len(parts) == 0 {
		return nil, false
	}
	json = append([]byte{open}, bytes.Join(parts, []byte{','})...)
	return append(json, end), true
}

// member reads a value, behind its name where it has one.
func (l *lax) member(depth int, named bool) (json []byte, ok bool) {
	if !named {
		return l.value(depth, false)
	}
	name, ok := l.name()
	if !ok {
		return nil, false
	}
	l.blanks("")
	value, ok := l.value(depth, true)
	if !ok || len(value) == 0 {
		return nil, ok
	}
	return slices.Concat(name, []byte{':'}, value), true
}

// name reads the name of a member and the sign behind it.
func (l *lax) name() (json []byte, ok bool) {
	c := l.peek()
	switch c {
	case '"', '\'', '`':
		json = l.text(c)
	default:
		l.blanks(":") // :code => "…"
		start := l.at
		for l.at < len(l.src) && isNameByte(l.src[l.at]) {
			l.skip(1)
		}
		if l.at == start {
			return nil, false
		}
		json = rawjson.Quote(l.src[start:l.at])
	}
	l.blanks("")
	for _, sign := range [...]string{"=>", ":", "="} {
		if strings.HasPrefix(l.src[l.at:], sign) {
			l.skip(len(sign))
			return json, true
		}
	}
	l.peek() // tells whether the text ended
	return nil, false
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c == '-' || c == '.'
}

// text reads a string in quotes. A quote ends it only where something of the value around goes on behind it: programs
// that build JSON by hand put messages with quotes in them between quotes.
func (l *lax) text(quote byte) []byte {
	var b strings.Builder
	l.skip(1)
	for l.at < len(l.src) && *l.steps > 0 {
		switch c := l.src[l.at]; c {
		case '\\':
			l.escape(&b)
		case quote:
			rest := strings.TrimLeft(l.src[l.at+1:min(len(l.src), l.at+64)], " \t\r\n")
			if rest == "" || strings.IndexByte(",]}):=;>", rest[0]) >= 0 || l.loose && isMemberNext(rest) {
				l.skip(1)
				return rawjson.Quote(b.String())
			}
			if next, ok := strings.CutPrefix(rest, "+"); ok { // 'a' + 'b'
				next = strings.TrimLeft(next, " \t\r\n")
				if next != "" && next[0] == quote {
					l.skip(strings.IndexByte(l.src[l.at+1:], quote) + 2)
					continue
				}
			}
			b.WriteByte(c)
			l.skip(1)
		default:
			b.WriteByte(c)
			l.skip(1)
		}
	}
	l.cut = true
	return rawjson.Quote(b.String())
}

// escape reads what a backslash stands for, in JSON, Python and JavaScript alike.
func (l *lax) escape(b *strings.Builder) {
	n, text := unescaped(l.src[l.at:])
	b.WriteString(text)
	l.skip(n)
}

// unescaped is what the escape that src begins with stands for, and how long it is. One that is none stands for itself.
func unescaped(src string) (length int, text string) {
	if len(src) < 2 {
		return len(src), src
	}
	const short = "n\nt\tr\rb\bf\f0\x00\"\"''``//\\\\\n"
	if at := strings.IndexByte(short, src[1]); at >= 0 && at%2 == 0 {
		return 2, short[at+1 : min(at+2, len(short))]
	}
	digits := map[byte]int{'u': 4, 'x': 2, 'U': 8}[src[1]]
	if digits == 0 || len(src) < 2+digits {
		return 1, `\`
	}
	code, err := strconv.ParseUint(src[2:2+digits], 16, 32)
	if err != nil {
		return 1, `\`
	}
	length, r := 2+digits, rune(min(code, utf8.MaxRune+1))
	if high := r >= 0xD800 && r < 0xDC00; high && len(src) >= 12 && src[6] == '\\' && src[7] == 'u' {
		if low, err := strconv.ParseUint(src[8:12], 16, 32); err == nil && low >= 0xDC00 && low < 0xE000 {
			return 12, string((r-0xD800)<<10 | rune(low) - 0xDC00 + 0x10000)
		}
	}
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	return length, string(r)
}

// bare reads a value without quotes: a word, a number, a call such as UUID('…'), a sentence.
func (l *lax) bare(inObject bool) (json []byte, ok bool) {
	start, nested := l.at, 0
	for ; l.at < len(l.src) && *l.steps > 0; l.skip(1) {
		switch c := l.src[l.at]; c {
		case '(', '<':
			nested++
		case ')', '>':
			nested--
		case '}', ']':
			return literal(l.src[start:l.at]), true
		case ',':
			if nested <= 0 && (!inObject || isMemberNext(l.src[l.at+1:])) {
				return literal(l.src[start:l.at]), true
			}
		case '\n':
			if nested <= 0 {
				return literal(l.src[start:l.at]), true
			}
		}
	}
	l.cut = true
	return literal(l.src[start:l.at]), true
}

// isMemberNext tells whether what is behind a comma goes on with another member, or ends: a sentence without quotes has
// commas of its own.
func isMemberNext(rest string) bool {
	rest = strings.TrimLeft(rest[:min(len(rest), 64)], " \t\r\n")
	if rest == "" || rest[0] == '}' || strings.HasPrefix(rest, "...") {
		return true
	}
	rest = strings.TrimLeft(rest, `"'`+"`:")
	name := strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$-.")
	if len(name) == len(rest) {
		return false
	}
	name = strings.TrimLeft(name, `"'`+"` ")
	return strings.HasPrefix(name, ":") || strings.HasPrefix(name, "=")
}

// literal is what a value without quotes stands for; nil for the dots of what was left out.
func literal(token string) []byte {
	token = strings.TrimSpace(token)
	switch token {
	case "null", "None", "undefined", "nil", "NaN", "NULL", "":
		return []byte("null")
	case "true", "True", "TRUE":
		return []byte("true")
	case "false", "False", "FALSE":
		return []byte("false")
	}
	if strings.HasPrefix(token, "...") {
		return nil
	}
	if raw := []byte(token); rawjson.KindOf(raw) == rawjson.Number && rawjson.Valid(raw) {
		return raw
	}
	if token[0] == 'u' || token[0] == 'b' || token[0] == 'r' || strings.ContainsAny(token, "(<") { // u'…', UUID('…'), <Type.X: '…'>
		for _, quote := range [...]string{"'", `"`} {
			if _, behind, ok := strings.Cut(token, quote); ok {
				inner, _, ok := strings.Cut(behind, quote)
				if ok {
					return rawjson.Quote(inner)
				}
			}
		}
	}
	return rawjson.Quote(token)
}
