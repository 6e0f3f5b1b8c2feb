package message

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
)

// Bounds on what is taken for an enumeration: beyond them it is prose.
const (
	maxItemLen   = 64
	maxItemWords = 4
)

// readLists finds the enumerations of a message: "Supported values are: 'a', 'b'", "must be one of: a, b or c",
// "must be 6 or 10".
func (c *Claims) readLists(message string, tokens []token, taken []bool, known func(string) bool) {
	for i := 0; i < len(tokens); i++ {
		noun, from := listIntro(tokens, i)
		if from == 0 {
			continue
		}
		items, end, anyQuoted := parseList(message, tokens, from)
		bare := noun == ""
		if noun == "only" && !slices.ContainsFunc(items, func(item string) bool { return !known(item) }) {
			continue // "only 'width' and 'height' may be set": names
		}
		if len(items) == 0 || bare && len(items) < 2 || len(items) == 1 && !anyQuoted && !introColon(tokens, from) {
			continue
		}
		l := List{Items: items, Noun: noun, Quoted: anyQuoted, Sizes: true}
		for _, item := range items {
			if _, _, ok := constraint.ParseSize(item); !ok {
				l.Sizes = false
			}
		}
		c.Lists = append(c.Lists, l)
		for i < len(tokens) && tokens[i].start < end {
			taken[i] = true
			i++
		}
		i--
	}
}

func introColon(tokens []token, from int) bool { return tokens[from-1].Text == ":" }

// listIntro tells whether an enumeration is announced at i, by which noun, and where it begins.
func listIntro(tokens []token, i int) (noun string, from int) {
	switch t := tokens[i]; t.Lower {
	case "supported", "allowed", "valid", "accepted", "possible", "available", "permitted", "acceptable", "recognized", "known", "options", "choices":
		return introNoun(tokens, i)
	case "one", "any", "either":
		if i+2 < len(tokens) && (tokens[i+2].Lower == "other" || tokens[i+1].Lower == "other") {
			return "", 0 // "any other than 'a'"
		}
		if i > 0 && tokens[i-1].Lower == "only" {
			return "", 0 // "only one of 'a' and 'b'": parameters that exclude each other
		}
		return introOneOf(tokens, i)
	case "only":
		if at := i + 1; at < len(tokens) && tokens[at].quote {
			return "only", at
		}
	case "expected":
		if at := skipColon(tokens, i+1); at < len(tokens) && tokens[at].quote && !isRange(tokens, at) {
			return "one of", at
		}
	case "choose", "select", "pick":
		if at := i + 1; at < len(tokens) && (tokens[at].Kind == Number || tokens[at].Kind == Size || tokens[at].quote) && !isRange(tokens, at) {
			return "one of", at
		}
		for at := i + 1; at < len(tokens) && at < i+4; at++ {
			if tokens[at].Lower == "from" {
				return "one of", skipColon(tokens, at+1)
			}
		}
	case "be", "equal", "use", "is", "are":
		// "must be 6, 10 or 12", "must be 'a' or 'b'": only values, and at least two of them
		if at := i + 1; at < len(tokens) && (tokens[at].Kind == Number || tokens[at].Kind == Size || tokens[at].quote) && !isRange(tokens, at) {
			return "", at
		}
	}
	return "", 0
}

func skipColon(tokens []token, at int) int {
	for at < len(tokens) && (tokens[at].Text == ":" || tokens[at].Lower == "the" || tokens[at].Lower == "following") {
		at++
	}
	return at
}

func isRange(tokens []token, at int) bool {
	if at+1 >= len(tokens) {
		return false
	}
	switch tokens[at+1].Lower {
	case "to", "-", "–", "and":
		return true
	case "or":
		return at+2 < len(tokens) && tokens[at+2].Kind == word && !tokens[at+2].quote
	}
	return false
}

// introNoun reads "supported values are:", "allowed values for this model:", "valid options (px):".
func introNoun(tokens []token, i int) (noun string, from int) {
	noun = tokens[i].Lower
	if i > 0 && (tokens[i-1].Lower == "not" || tokens[i-1].Lower == "be") {
		return "", 0 // "is not valid: …" announces nothing
	}
	for at := i + 1; at < len(tokens) && at <= i+9; at++ {
		t := tokens[at]
		switch {
		case t.Lower == "are" || t.Lower == "is" || t.Lower == "include" || t.Lower == "includes":
			if at+1 < len(tokens) && tokens[at+1].Text == ":" {
				at++
			}
			return noun, at + 1
		case t.Text == ":" || t.Text == "=":
			if at+1 < len(tokens) && tokens[at+1].Kind == Number && isRange(tokens, at+1) {
				return "", 0 // "accepted: 64-4096"
			}
			return noun, at + 1
		case t.Lower == "range" || t.Lower == "interval" || t.Lower == "minimum" || t.Lower == "maximum" || t.Lower == "length" || t.Lower == "limit":
			return "", 0 // a rule in numbers, not a list
		case t.Kind == word:
			if isListNoun(t.Lower) {
				noun = t.Lower
				if at+1 < len(tokens) && (tokens[at+1].quote || tokens[at+1].Kind == Number || tokens[at+1].Kind == Size || tokens[at+1].Text == "[") {
					return noun, at + 1
				}
			}
		case t.Text == "(" || t.Text == ")":
		default:
			return "", 0
		}
	}
	return "", 0
}

func isListNoun(w string) bool {
	return strings.HasSuffix(w, "s") || w == "value"
}

// introOneOf reads "one of", "one of the following values:", "any of", "either".
func introOneOf(tokens []token, i int) (noun string, from int) {
	at := i + 1
	if tokens[i].Lower != "either" {
		if at >= len(tokens) || tokens[at].Lower != "of" {
			return "", 0
		}
		at++
	}
	noun = "one of"
	start := at
	for ; at < len(tokens) && at < start+8; at++ {
		t := tokens[at]
		switch {
		case t.Text == ":":
			return noun, at + 1
		case t.quote || t.Kind == Number || t.Kind == Size || t.Kind == Ratio || t.Text == "[" || t.Text == "(" || t.Text == "{":
			return noun, at
		case t.Kind == word && isListNoun(t.Lower) && t.Lower != "this":
			noun = t.Lower
		case t.Kind == word && (t.Lower == "the" || t.Lower == "following" || t.Lower == "supported" || t.Lower == "allowed" || t.Lower == "valid" || t.Lower == "these" || t.Lower == "are" || t.Lower == "is"):
		case parameter.LooksLike(t.Text) && tokens[i].Lower == "either":
			return "", 0 // "either startStep or startStepPercentage": names
		case t.Kind == word && at == start:
			return noun, at // "one of PNG, WEBP"
		default:
			return "", 0
		}
	}
	return "", 0
}

// parseList cuts the text from a token on at commas and conjunctions, until the sentence ends.
func parseList(message string, tokens []token, from int) (items []string, end int, anyQuoted bool) {
	if from >= len(tokens) {
		return nil, 0, false
	}
	end = len(message)
	var item []token
	flush := func() bool {
		text, quote, ok := itemText(message, item)
		item = item[:0]
		anyQuoted = anyQuoted || quote
		if !ok {
			return false
		}
		if text != "" && looks.Plain(text) {
			items = append(items, text)
		}
		return len(items) < constraint.MaxAllowed
	}
	for i := from; i < len(tokens); i++ {
		t := tokens[i]
		switch {
		case t.Text == "." || t.Text == ";" || t.Text == "!" || t.Text == "]" || t.Text == "}" || t.Text == ")" && len(item) > 0 && !opened(item):
			end = t.end
			flush()
			return items, end, anyQuoted
		case (t.Text == "[" || t.Text == "{" || t.Text == "(") && len(item) == 0:
		case t.Text == "," || t.Text == "|" || t.Text == "/" && !t.quote:
			if !flush() {
				return nil, 0, false
			}
		case endsList(t) && len(items)+len(item) > 0:
			flush()
			return items, t.start, anyQuoted
		case (t.Lower == "or" || t.Lower == "and") && !t.quote && t.Kind == word:
			if len(item) > 0 && !flush() {
				return nil, 0, false
			}
		case len(item) > 0 && item[len(item)-1].quote && t.Kind == word && !t.quote:
			// words after a quoted item end the list: "'a', 'b' for this model"
			flush()
			return items, t.start, anyQuoted
		case len(item) == 1 && (item[0].Kind == Number || item[0].Kind == Size) && t.Kind == word && len(items) > 0:
			if _, isUnit := unitAfter(t.Lower); !isUnit {
				flush()
				return items, t.start, anyQuoted
			}
		default:
			item = append(item, t)
		}
	}
	if !flush() && len(item) > 0 {
		return nil, 0, false
	}
	return items, end, anyQuoted
}

// endsList tells the words that lead on from a list: "'a' | 'b', received 'c'".
func endsList(t token) bool {
	switch t.Lower {
	case "received", "got", "but", "found", "given", "instead", "for":
		return !t.quote && t.Kind == word
	}
	return false
}

func opened(item []token) bool {
	for _, t := range item {
		if t.Text == "(" {
			return true
		}
	}
	return false
}

// itemText is the text of one item; false says that this is prose and no enumeration.
func itemText(message string, item []token) (text string, quote, ok bool) {
	if len(item) == 0 {
		return "", false, true
	}
	if len(item) == 1 {
		if text = item[0].Text; len(text) > maxItemLen || strings.Count(text, " ") >= maxItemWords {
			return "", false, false
		}
		return text, item[0].quote, true
	}
	if first := item[0]; item[1].Text == "(" && (first.quote || first.Kind != word) {
		return first.Text, first.quote, true // 1280*720 (16:9)
	}
	words := 0
	for _, t := range item {
		if t.Kind == word {
			words++
		}
	}
	text = message[item[0].start:item[len(item)-1].end]
	if words > maxItemWords || len(text) > maxItemLen {
		return "", false, false
	}
	return text, false, true
}
