package message

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/parameter"
)

// listIntro tells whether an enumeration is announced at i, by which noun, and where it begins.
func listIntro(tokens []Token, i int) (noun string, from int) {
	switch t := tokens[i]; t.Lower {
	case "supported", "allowed", "valid", "accepted", "possible", "available", "permitted", "acceptable", "recognized", "known", "options", "choices":
		return introNoun(tokens, i)
	case "one", "any", "either":
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
		if i > 0 && tokens[i-1].Lower == "or" {
			return "", 0 // "Use 6 seconds, or choose '768p'": of something else
		}
		return introChoice(tokens, i)
	case "use":
		if (i == 0 || tokens[i-1].Text == "." || tokens[i-1].Text == ";" || tokens[i-1].Text == ":") && isWholeList(tokens[i+1:]) {
			return "one of", i + 1 // "Use system, user or assistant."
		}
		return introEqual(tokens, i)
	case "from":
		if i+1 < len(tokens) && tokens[i+1].Text == ":" {
			return "one of", i + 2
		}
	case "be":
		if isWholeList(tokens[i+1:]) && (spellsValues(tokens[i+1:]) || ofSetting(tokens[:i])) {
			return "one of", i + 1 // "has to be URL, base64Data or dataURI", "thinkingLevel can be low or high"
		}
		return introEqual(tokens, i)
	case "equal", "is", "are":
		return introEqual(tokens, i)
	}
	return "", 0
}

// isWholeList tells a sentence of nothing but words with commas and an "or" between them: not "another, or contact support".
func isWholeList(tokens []Token) bool {
	const fewest = 2
	items, last := 0, false
	for i := 0; i < len(tokens); i++ {
		if t := tokens[i]; t.Kind == Number || t.Kind == punct || t.Lower == "or" || isPronoun(t.Lower) || !t.quote && isParticiple(t.Lower) {
			return false
		}
		if items++; last || i+1 >= len(tokens) || tokens[i+1].Text == "." {
			return last && items >= fewest && (i+1 >= len(tokens) || tokens[i+1].Text == ".")
		}
		if i++; tokens[i].Text == "," && i+1 < len(tokens) && tokens[i+1].Lower == "or" {
			i++
		}
		if last = tokens[i].Lower == "or"; !last && tokens[i].Text != "," {
			return false
		}
	}
	return false
}

// spellsValues tells a sentence with a word that is written as no word of prose is: URL, base64Data.
func spellsValues(tokens []Token) bool {
	for _, t := range tokens {
		if t.Text == "." {
			return false
		}
		if strings.ContainsAny(t.Text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") {
			return true
		}
	}
	return false
}

// ofSetting tells what ends in the name of a setting and "can", so that words may be its values: not the name of a file or of
// somebody's text, which words describe.
func ofSetting(before []Token) bool {
	if len(before) < 2 {
		return false
	}
	switch before[len(before)-1].Lower {
	case "can", "may", "must":
	default:
		return false
	}
	name := before[len(before)-2]
	if !parameter.LooksLike(name.Text) || parameter.IsProse(parameter.Last(name.Text)) {
		return false
	}
	for _, part := range [...]string{"image", "video", "audio", "mask", "frame", "file", "url"} {
		if strings.Contains(name.Lower, part) {
			return false
		}
	}
	return true
}

// isParticiple tells a word for what is to be done, or can be: "must be removed or shortened".
func isParticiple(w string) bool {
	return strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "able") || strings.HasSuffix(w, "ible")
}

// isPronoun tells a word that stands for a thing and is none.
func isPronoun(w string) bool {
	switch w {
	case "another", "other", "it", "one", "this", "that", "them", "none", "a", "an", "the":
		return true
	}
	return false
}

// introEqual reads "must be 6, 10 or 12", "must be 'a' or 'b'": only values, and at least two of them.
func introEqual(tokens []Token, i int) (noun string, from int) {
	if slices.ContainsFunc(tokens[max(0, i-6):i], func(t Token) bool { return isExample(t.Lower) }) {
		return "", 0 // "the nearest multiple is 1472 or 1536"
	}
	if at := i + 1; at < len(tokens) && (tokens[at].isValue() || tokens[at].Kind == Ratio) && !isRange(tokens, at) {
		return "", at
	}
	return "", 0
}

// introChoice reads "choose 'a' or 'b'", "pick a value from: a, b".
func introChoice(tokens []Token, i int) (noun string, from int) {
	if at := i + 1; at < len(tokens) && (tokens[at].isValue() || tokens[at].Kind == Ratio) && !isRange(tokens, at) {
		return "one of", at
	}
	for at := i + 1; at < len(tokens) && at < i+4; at++ {
		if tokens[at].Lower == "from" {
			return "one of", skipColon(tokens, at+1)
		}
	}
	return "", 0
}

func skipColon(tokens []Token, at int) int {
	for at < len(tokens) && (tokens[at].Text == ":" || tokens[at].Lower == "the" || tokens[at].Lower == "following") {
		at++
	}
	return at
}

func isRange(tokens []Token, at int) bool {
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
func introNoun(tokens []Token, i int) (noun string, from int) {
	noun = tokens[i].Lower
	if i > 0 && (tokens[i-1].Lower == "not" || tokens[i-1].Lower == "be") {
		return "", 0 // "is not valid: …" announces nothing
	}
	if i > 0 && isExample(tokens[i-1].Lower) {
		return "", 0 // "nearest valid values: …" are some of them
	}
	for at := i + 1; at < len(tokens) && at <= i+9; at++ {
		t := tokens[at]
		switch t.Lower {
		case "are", "is", "include", "includes":
			if at+1 < len(tokens) && tokens[at+1].Text == ":" {
				at++
			}
			return noun, at + 1
		case ":", "=":
			if at+1 < len(tokens) && tokens[at+1].Kind == Number && isRange(tokens, at+1) {
				return "", 0 // "accepted: 64-4096"
			}
			return noun, at + 1
		case "range", "interval", "minimum", "maximum", "length", "limit":
			return "", 0 // a rule in numbers, not a list
		case "(", ")":
			continue
		}
		if t.Kind != word {
			return "", 0
		}
		if isListNoun(t.Lower) {
			noun = t.Lower
			if next := at + 1; next < len(tokens) && (tokens[next].isValue() || tokens[next].Text == "[") {
				return noun, next
			}
		}
	}
	return "", 0
}

// isExample tells the words before an enumeration of some values among others.
func isExample(w string) bool {
	switch w {
	case "nearest", "closest", "next", "other", "similar", "suggested", "recommended", "example":
		return true
	}
	return false
}

func isListNoun(w string) bool {
	return strings.HasSuffix(w, "s") || w == "value"
}

// introOneOf reads "one of", "one of the following values:", "any of", "either".
func introOneOf(tokens []Token, i int) (noun string, from int) {
	if i+2 < len(tokens) && (tokens[i+2].Lower == "other" || tokens[i+1].Lower == "other") {
		return "", 0 // "any other than 'a'"
	}
	if i > 0 && tokens[i-1].Lower == "only" {
		return "", 0 // "only one of 'a' and 'b'": parameters that exclude each other
	}
	either := tokens[i].Lower == "either"
	start := i + 1
	if !either {
		if start >= len(tokens) || tokens[start].Lower != "of" {
			return "", 0
		}
		start++
	}
	noun = "one of"
	for at := start; at < len(tokens) && at < start+8; at++ {
		switch t := tokens[at]; {
		case t.Text == ":":
			return noun, at + 1
		case t.isValue() || t.Kind == Ratio || t.Text == "[" || t.Text == "(" || t.Text == "{":
			return noun, at
		case t.Kind == word && isListNoun(t.Lower) && t.Lower != "this":
			noun = t.Lower
		case isFiller(t):
		case either && parameter.LooksLike(t.Text):
			return "", 0 // "either startStep or startStepPercentage": names
		case t.Kind == word && at == start:
			return noun, at // "one of PNG, WEBP"
		default:
			return "", 0
		}
	}
	return "", 0
}

// isFiller tells the words that may stand between "one of" and its items.
func isFiller(t Token) bool {
	switch t.Lower {
	case "the", "following", "supported", "allowed", "valid", "these", "are", "is":
		return t.Kind == word
	}
	return false
}
