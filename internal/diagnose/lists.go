package diagnose

import (
	"slices"
	"strings"
)

// Bounds on what is taken for an enumeration: beyond them it is prose.
const (
	maxItems     = 200
	maxItemLen   = 64
	maxItemWords = 4
)

// readLists finds the enumerations of a message: "Supported values are: 'a', 'b'", "must be one of: a, b or c",
// "must be 6 or 10".
func (c *claims) readLists(message string, tokens []token, taken []bool, known func(string) bool) {
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
		l := list{items: items, noun: noun, quoted: anyQuoted, sizes: true}
		for _, item := range items {
			if _, _, ok := parseSize(item); !ok {
				l.sizes = false
			}
		}
		c.lists = append(c.lists, l)
		for i < len(tokens) && tokens[i].start < end {
			taken[i] = true
			i++
		}
		i--
	}
}

func introColon(tokens []token, from int) bool { return tokens[from-1].text == ":" }

// listIntro tells whether an enumeration is announced at i, by which noun, and where it begins.
func listIntro(tokens []token, i int) (noun string, from int) {
	switch t := tokens[i]; t.lower {
	case "supported", "allowed", "valid", "accepted", "possible", "available", "permitted", "acceptable", "recognized", "known", "options", "choices":
		return introNoun(tokens, i)
	case "one", "any", "either":
		if i+2 < len(tokens) && (tokens[i+2].lower == "other" || tokens[i+1].lower == "other") {
			return "", 0 // "any other than 'a'"
		}
		if i > 0 && tokens[i-1].lower == "only" {
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
		if at := i + 1; at < len(tokens) && (tokens[at].kind == number || tokens[at].kind == size || tokens[at].quote) && !isRange(tokens, at) {
			return "one of", at
		}
		for at := i + 1; at < len(tokens) && at < i+4; at++ {
			if tokens[at].lower == "from" {
				return "one of", skipColon(tokens, at+1)
			}
		}
	case "be", "equal", "use", "is", "are":
		// "must be 6, 10 or 12", "must be 'a' or 'b'": only values, and at least two of them
		if at := i + 1; at < len(tokens) && (tokens[at].kind == number || tokens[at].kind == size || tokens[at].quote) && !isRange(tokens, at) {
			return "", at
		}
	}
	return "", 0
}

func skipColon(tokens []token, at int) int {
	for at < len(tokens) && (tokens[at].text == ":" || tokens[at].lower == "the" || tokens[at].lower == "following") {
		at++
	}
	return at
}

func isRange(tokens []token, at int) bool {
	if at+1 >= len(tokens) {
		return false
	}
	switch tokens[at+1].lower {
	case "to", "-", "–", "and":
		return true
	case "or":
		return at+2 < len(tokens) && tokens[at+2].kind == word && !tokens[at+2].quote
	}
	return false
}

// introNoun reads "supported values are:", "allowed values for this model:", "valid options (px):".
func introNoun(tokens []token, i int) (noun string, from int) {
	noun = tokens[i].lower
	if i > 0 && (tokens[i-1].lower == "not" || tokens[i-1].lower == "be") {
		return "", 0 // "is not valid: …" announces nothing
	}
	for at := i + 1; at < len(tokens) && at <= i+9; at++ {
		t := tokens[at]
		switch {
		case t.lower == "are" || t.lower == "is" || t.lower == "include" || t.lower == "includes":
			if at+1 < len(tokens) && tokens[at+1].text == ":" {
				at++
			}
			return noun, at + 1
		case t.text == ":" || t.text == "=":
			if at+1 < len(tokens) && tokens[at+1].kind == number && isRange(tokens, at+1) {
				return "", 0 // "accepted: 64-4096"
			}
			return noun, at + 1
		case t.lower == "range" || t.lower == "interval" || t.lower == "minimum" || t.lower == "maximum" || t.lower == "length" || t.lower == "limit":
			return "", 0 // a rule in numbers, not a list
		case t.kind == word:
			if isListNoun(t.lower) {
				noun = t.lower
				if at+1 < len(tokens) && (tokens[at+1].quote || tokens[at+1].kind == number || tokens[at+1].kind == size || tokens[at+1].text == "[") {
					return noun, at + 1
				}
			}
		case t.text == "(" || t.text == ")":
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
	if tokens[i].lower != "either" {
		if at >= len(tokens) || tokens[at].lower != "of" {
			return "", 0
		}
		at++
	}
	noun = "one of"
	start := at
	for ; at < len(tokens) && at < start+8; at++ {
		t := tokens[at]
		switch {
		case t.text == ":":
			return noun, at + 1
		case t.quote || t.kind == number || t.kind == size || t.kind == ratio || t.text == "[" || t.text == "(" || t.text == "{":
			return noun, at
		case t.kind == word && isListNoun(t.lower) && t.lower != "this":
			noun = t.lower
		case t.kind == word && (t.lower == "the" || t.lower == "following" || t.lower == "supported" || t.lower == "allowed" || t.lower == "valid" || t.lower == "these" || t.lower == "are" || t.lower == "is"):
		case looksLikeName(t.text) && tokens[i].lower == "either":
			return "", 0 // "either startStep or startStepPercentage": names
		case t.kind == word && at == start:
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
		if text != "" && plainText(text) {
			items = append(items, text)
		}
		return len(items) < maxItems
	}
	for i := from; i < len(tokens); i++ {
		t := tokens[i]
		switch {
		case t.text == "." || t.text == ";" || t.text == "!" || t.text == "]" || t.text == "}" || t.text == ")" && len(item) > 0 && !opened(item):
			end = t.end
			flush()
			return items, end, anyQuoted
		case (t.text == "[" || t.text == "{" || t.text == "(") && len(item) == 0:
		case t.text == "," || t.text == "|" || t.text == "/" && !t.quote:
			if !flush() {
				return nil, 0, false
			}
		case endsList(t) && len(items)+len(item) > 0:
			flush()
			return items, t.start, anyQuoted
		case (t.lower == "or" || t.lower == "and") && !t.quote && t.kind == word:
			if len(item) > 0 && !flush() {
				return nil, 0, false
			}
		case len(item) > 0 && item[len(item)-1].quote && t.kind == word && !t.quote:
			// words after a quoted item end the list: "'a', 'b' for this model"
			flush()
			return items, t.start, anyQuoted
		case len(item) == 1 && (item[0].kind == number || item[0].kind == size) && t.kind == word && len(items) > 0:
			if _, isUnit := unitAfter(t.lower); !isUnit {
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
	switch t.lower {
	case "received", "got", "but", "found", "given", "instead", "for":
		return !t.quote && t.kind == word
	}
	return false
}

func opened(item []token) bool {
	for _, t := range item {
		if t.text == "(" {
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
		if text = item[0].text; len(text) > maxItemLen || strings.Count(text, " ") >= maxItemWords {
			return "", false, false
		}
		return text, item[0].quote, true
	}
	if first := item[0]; item[1].text == "(" && (first.quote || first.kind != word) {
		return first.text, first.quote, true // 1280*720 (16:9)
	}
	words := 0
	for _, t := range item {
		if t.kind == word {
			words++
		}
	}
	text = message[item[0].start:item[len(item)-1].end]
	if words > maxItemWords || len(text) > maxItemLen {
		return "", false, false
	}
	return text, false, true
}
