package message

import (
	"slices"
	"strings"
	"unicode"

	"mcp-taskdetails/internal/parameter"
)

// readNames collects the parameters that a message names: next to the word parameter, as the subject of a sentence,
// after "missing", and, failing these, anything in quotes that is a known name.
func (c *Claims) readNames(tokens []token, taken []bool, known func(string) bool) {
	add := func(t token) bool {
		if !parameter.Valid(t.Text) || isNameNoun(t.Lower) && !t.quote {
			return false
		}
		// A quoted identifier next to the word parameter is one; a bare word must be known or look like one.
		if !t.quote && !known(t.Text) && !parameter.LooksLike(t.Text) {
			return false
		}
		for _, have := range c.Names {
			if parameter.Fold(have) == parameter.Fold(t.Text) {
				return true
			}
		}
		c.Names = append(c.Names, t.Text)
		return true
	}
	for i, t := range tokens {
		if taken[i] || t.Kind != word && t.Kind != quoted {
			continue
		}
		switch {
		case isNameNoun(t.Lower) && !t.quote:
			c.besideNoun(tokens, taken, i, add)
		case t.Lower == "missing" || t.Lower == "either" || t.Lower == "provide" || t.Lower == "of" || t.Lower == "for" || t.Lower == "by" || t.Lower == "with":
			for j := i + 1; j < len(tokens) && j <= i+2; j++ {
				if tokens[j].quote && !taken[j] || parameter.LooksLike(tokens[j].Text) {
					add(tokens[j])
					break
				}
			}
		case i == 0 || tokens[i-1].Text == ".":
			// The subject of a sentence: `positivePrompt must be …`, 'seed' is out of range.
			if known(t.Text) && t.quote || parameter.LooksLike(t.Text) && t.quote || known(t.Text) && (parameter.LooksLike(t.Text) || followedByVerb(tokens, i)) {
				add(t)
			}
		case t.quote && (followedByVerb(tokens, i) || joined(tokens, i)) || parameter.LooksLike(t.Text) && known(t.Text):
			add(t)
		case known(t.Text) && joined(tokens, i) && (tokens[i-1].Lower == "either" || tokens[i-1].Lower == "both" || tokens[i+1].Lower == "and" || tokens[i-1].Lower == "and"):
			add(t)
		}
	}
	c.quotedFirst(tokens)
	if len(c.Names) > 0 {
		return
	}
	for i, t := range tokens {
		if t.quote && !taken[i] && (t.Kind == quoted || t.Kind == word) && known(t.Text) {
			add(t)
		}
	}
	if len(c.Names) == 0 {
		c.spelledOut(tokens, taken, known)
	}
}

// quotedFirst leaves bare names out where others stand in quotes: who quotes a name speaks of it.
func (c *Claims) quotedFirst(tokens []token) {
	quotes := map[string]bool{}
	for _, t := range tokens {
		if t.quote {
			quotes[t.Text] = true
		}
	}
	if c.Says(SaysConflict) || c.Says(SaysMissing) {
		return
	}
	if own := slices.DeleteFunc(slices.Clone(c.Names), func(name string) bool { return !quotes[name] }); len(own) > 0 {
		c.Names = own
	}
}

// maxSpelled is how many words a name may be spelled out in.
const maxSpelled = 4

// spelledOut finds a name that is written as words: "the mask margin must be …" speaks of maskMargin.
func (c *Claims) spelledOut(tokens []token, taken []bool, known func(string) bool) {
	for i := range tokens {
		for n := min(maxSpelled, len(tokens)-i); n >= 1; n-- {
			name := ""
			for _, t := range tokens[i : i+n] {
				if t.Kind != word || t.quote || !isLetters(t.Lower) {
					name = ""
					break
				}
				name += t.Lower
			}
			beforeNoun := i+1 < len(tokens) && isNameNoun(tokens[i+1].Lower)
			plainWord := n == 1 && !followedByVerb(tokens, i) && !beforeNoun
			if name == "" || name == "apikey" || taken[i] || plainWord || !known(name) {
				continue
			}
			c.Names, c.Spelled = append(c.Names, name), true
			return
		}
	}
}

func isLetters(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// besideNoun reads the names next to the word parameter: 'X' parameter, parameter 'X', Parameters 'A', 'B' and 'C'.
func (c *Claims) besideNoun(tokens []token, taken []bool, i int, add func(token) bool) {
	if i > 0 && !taken[i-1] && (tokens[i-1].Kind == word || tokens[i-1].Kind == quoted) {
		before := tokens[i-1]
		if i > 1 && !before.quote && tokens[i-2].Kind == word && parameter.Vocabulary()[tokens[i-2].Lower+before.Lower] != "" {
			before.Text = parameter.Vocabulary()[tokens[i-2].Lower+before.Lower] // "the positive prompt field"
		}
		add(before)
	}
	for j := i + 1; j < len(tokens) && j < i+12; j++ {
		switch t := tokens[j]; {
		case t.Text == ":" || t.Text == "," || t.Lower == "and" || t.Lower == "or" || isNameNoun(t.Lower) || t.Lower == "the":
		case (t.Kind == word || t.Kind == quoted) && !taken[j]:
			if !add(t) {
				return
			}
		default:
			return
		}
	}
}

func isNameNoun(w string) bool {
	switch w {
	case "parameter", "parameters", "field", "fields", "property", "properties", "argument", "arguments", "attribute", "attributes", "key", "keys", "input", "setting", "param", "params":
		return true
	default:
		return false
	}
}

func followedByVerb(tokens []token, i int) bool {
	if i+1 >= len(tokens) {
		return false
	}
	switch tokens[i+1].Lower {
	case "must", "should", "is", "are", "cannot", "can", "has", "have", "needs", "requires", "value", "exceeds", "accepts", "does", "may", "contains":
		return true
	default:
		return false
	}
}

// joined tells whether a token stands in "A and B", "either A or B", "A, B".
func joined(tokens []token, i int) bool {
	if i == 0 || i+1 >= len(tokens) {
		return false
	}
	for _, t := range []token{tokens[i-1], tokens[i+1]} {
		switch t.Lower {
		case "and", "or", "either", "both", "with", ",":
			return true
		}
	}
	return false
}
