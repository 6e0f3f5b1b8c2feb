package present

import (
	"bytes"
	"strings"
)

// mark is a quotation mark and what closes it. example holds a masked value for this row alone; not looks alike.
type mark struct {
	open, end string
	example   string
	not       string
}

// quotes are the quotation marks in the spellings that they have in HTML and in print. Those of JSON, of shells and of
// URLs are read by character.
//
//nolint:gochecknoglobals // immutable table
var quotes = [...]mark{
	{"&quot;", "&quot;", "&quot;apiKey&quot;:&quot;my fox&quot;", "&quot;model&quot;:&quot;my fox&quot;"},
	{"&#34;", "&#34;", "&#34;apiKey&#34;:&#34;my fox&#34;", "&#34;model&#34;:&#34;my fox&#34;"},
	{"&#034;", "&#034;", "&#034;apiKey&#034;:&#034;my fox&#034;", "&#034;model&#034;:&#034;my fox&#034;"},
	{"&#x22;", "&#x22;", "&#x22;apiKey&#x22;:&#x22;my fox&#x22;", "&#x22;model&#x22;:&#x22;my fox&#x22;"},
	{"&apos;", "&apos;", "&apos;apiKey&apos;:&apos;my fox&apos;", "&apos;model&apos;:&apos;my fox&apos;"},
	{"&#39;", "&#39;", "&#39;apiKey&#39;:&#39;my fox&#39;", "&#39;model&#39;:&#39;my fox&#39;"},
	{"&#039;", "&#039;", "&#039;apiKey&#039;:&#039;my fox&#039;", "&#039;model&#039;:&#039;my fox&#039;"},
	{"&#x27;", "&#x27;", "&#x27;apiKey&#x27;:&#x27;my fox&#x27;", "&#x27;model&#x27;:&#x27;my fox&#x27;"},
	{"&ldquo;", "&rdquo;", "apiKey: &ldquo;my fox&rdquo;", "model: &ldquo;my fox&rdquo;"},
	{"&amp;quot;", "&amp;quot;", "&amp;quot;apiKey&amp;quot;:&amp;quot;my fox&amp;quot;", "&amp;quot;model&amp;quot;:&amp;quot;my fox&amp;quot;"},
	{"&amp;#34;", "&amp;#34;", "&amp;#34;apiKey&amp;#34;:&amp;#34;my fox&amp;#34;", "&amp;#34;model&amp;#34;:&amp;#34;my fox&amp;#34;"},
	{"&amp;#39;", "&amp;#39;", "&amp;#39;apiKey&amp;#39;:&amp;#39;my fox&amp;#39;", "&amp;#39;model&amp;#39;:&amp;#39;my fox&amp;#39;"},
	{"“", "”", "“apiKey”: “my fox”", "“model”: “my fox”"},
	{"„", "“", "apiKey: „my fox“", "model: „my fox“"},
	{"‘", "’", "‘apiKey’: ‘my fox’", "‘model’: ‘my fox’"},
	{"«", "»", "apiKey: «my fox»", "model: «my fox»"},
	{"「", "」", "apiKey：「my fox」", "model：「my fox」"},
}

// farthest is how far off the end of a quotation in one of the spellings above may be.
const farthest = 1024

func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }

// quotedValue returns what stands between quotes at i. Inside nested JSON a quote has backslashes in front of it, and
// the closing one as many as the opening one. Python writes a letter before the quote of bytes.
func quotedValue(text []byte, i int) (start, end int) {
	if i+1 < len(text) && (text[i] == 'b' || text[i] == 'u' || text[i] == 'r') && isQuote(text[i+1]) {
		i++
	}
	escapes := 0
	for i+escapes < len(text) && text[i+escapes] == '\\' {
		escapes++
	}
	start = i + escapes
	if start >= len(text) {
		return 0, 0
	}
	if !isQuote(text[start]) {
		return spelledValue(text, i)
	}
	quote := text[start]
	start++
	for at := start; at < len(text); at++ {
		if text[at] != quote {
			continue
		}
		before := 0
		for at-before > start && text[at-before-1] == '\\' {
			before++
		}
		if before <= escapes {
			return start, at - before
		}
	}
	return start, len(text) // it breaks off
}

// spelledValue is quotedValue for a quote that is spelled in another way: escaped for a URL or for JSON, in HTML, in print.
func spelledValue(text []byte, i int) (start, end int) {
	var closing []byte
	switch text[i] {
	case '%', '\\':
		c, width, _ := character(text, i)
		if width < 3 || !isQuote(c) {
			return 0, 0
		}
		start, closing = i+width, text[i:i+width]
	default:
		for n := range quotes {
			if bytes.HasPrefix(text[i:], []byte(quotes[n].open)) {
				start, closing = i+len(quotes[n].open), []byte(quotes[n].end)
				break
			}
		}
		if start == 0 {
			return 0, 0
		}
	}
	limit := min(len(text), start+farthest)
	for end = start; end < limit; end += len(closing) {
		at := bytes.Index(text[end:limit], closing)
		if at < 0 {
			break
		}
		end += at
		if rest := text[start:end]; !bytes.HasSuffix(rest, []byte(`\`)) && !bytes.HasSuffix(bytes.ToUpper(rest[max(0, len(rest)-3):]), []byte("%5C")) {
			return start, end
		}
	}
	return start, limit
}

// beforeQuote returns the offset of the closing quote that ends at i, in whatever spelling and with its backslashes; i if
// none does.
func beforeQuote(text []byte, i int) int {
	if i == 0 {
		return i
	}
	switch c := text[i-1]; {
	case isQuote(c):
		for i--; i > 0 && text[i-1] == '\\'; i-- {
		}
	case c == '2' || c == '7' || c == '0':
		if i < 3 || strings.Index("22 27 60", string(text[i-2:i]))%3 != 0 {
			return i
		}
		at := i - 2
		for at >= 3 && text[at-1] == '5' && text[at-2] == '2' {
			at -= 2
		}
		if text[at-1] == '%' {
			return at - 1
		}
		if at = i - 2; at >= 4 && string(text[at-4:at]) == `\u00` {
			for i = at - 3; i > 0 && text[i-1] == '\\'; i-- {
			}
		}
	case c == ';' || c >= 0x80:
		for n := range quotes {
			if bytes.HasSuffix(text[:i], []byte(quotes[n].end)) {
				i -= len(quotes[n].end)
				if i >= 4 && string(text[i-4:i]) == "&amp" {
					i -= 4
				}
				return i
			}
		}
	}
	return i
}

// blanks returns the offset past the blanks at i, which may be escaped for a URL, and past the stars of Markdown. More stars
// than two stand for a password.
func blanks(text []byte, i, level int) int {
	const stars = "***"
	for i < len(text) {
		switch {
		case text[i] == '*' && bytes.HasPrefix(text[i:], []byte(stars)):
			return i
		case text[i] == ' ' || text[i] == '\t' || text[i] == '*' || text[i] == '+' && level > 0:
			i++
		case isEscapedTab(text, i):
			i += 2
		case text[i] == '%' && level > 0:
			c, width, _ := character(text, i)
			if c != ' ' && c != '\t' {
				return i
			}
			i += width
		default:
			return i
		}
	}
	return i
}

// isEscapedTab knows a tab in JSON that is read as text.
func isEscapedTab(text []byte, i int) bool {
	return i >= 0 && i+1 < len(text) && text[i] == '\\' && text[i+1] == 't'
}
