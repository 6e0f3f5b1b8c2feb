package message

import (
	"slices"
	"strings"
	"unicode"

	"mcp-taskdetails/internal/parameter"
)

// readNames collects the parameters that a message names: next to the word parameter, as the subject of a sentence,
// after "missing", and, failing these, anything in quotes that is a known name.
func (r *reader) readNames() {
	for i, t := range r.tokens {
		if r.taken[i] || t.Kind != word && t.Kind != quoted {
			continue
		}
		switch {
		case isNameNoun(t.Lower) && !t.quote:
			r.besideNoun(i)
		case leadsToName(t.Lower):
			r.nameAfter(i)
		case i == 0 || r.tokens[i-1].Text == ".":
			if r.isSubject(i) {
				r.addName(t)
			}
		case r.isNamed(i):
			r.addName(t)
		}
	}
	r.quotedFirst()
	if len(r.claims.Names) > 0 {
		return
	}
	for i, t := range r.tokens {
		if t.quote && !r.taken[i] && (t.Kind == quoted || t.Kind == word) && r.known(t.Text) {
			r.addName(t)
		}
	}
	if len(r.claims.Names) == 0 {
		r.spelledOut()
	}
}

// addName adds a name, once. A quoted identifier next to the word parameter is one; a bare word must be known or look
// like one. It reports whether the token was a name.
func (r *reader) addName(t Token) bool {
	name, ok := parameter.Normalize(t.Text)
	if !ok || isNameNoun(t.Lower) && !t.quote || r.isSpeaker(t) {
		return false
	}
	if !t.quote && !r.known(name) && (!parameter.LooksLike(t.Text) || hasVersion(t.Text)) {
		return false
	}
	for _, have := range r.claims.Names {
		if parameter.Fold(have) == parameter.Fold(name) {
			return true
		}
	}
	r.claims.Names = append(r.claims.Names, name)
	return true
}

// isSpeaker tells a model that is spoken of as who sets a rule, and not as a parameter: "for this model".
func (r *reader) isSpeaker(t Token) bool {
	if t.Lower != "model" || t.quote {
		return false
	}
	before := strings.ToLower(r.text[max(0, t.start-8):t.start])
	return strings.HasSuffix(before, "this ") || strings.HasSuffix(before, "that ") || strings.HasSuffix(before, "our ")
}

// leadsToName tells the words behind which a name may stand: "missing 'model'", "value of `steps`".
func leadsToName(w string) bool {
	switch w {
	case "missing", "either", "provide", "of", "for", "by", "with":
		return true
	}
	return false
}

// nameAfter takes the next word or the one behind it, if it is in quotes or looks like a name.
func (r *reader) nameAfter(i int) {
	for j := i + 1; j < len(r.tokens) && j <= i+2; j++ {
		if r.tokens[j].quote && !r.taken[j] || parameter.LooksLike(r.tokens[j].Text) {
			r.addName(r.tokens[j])
			return
		}
	}
}

// isSubject tells the subject of a sentence: `positivePrompt must be …`, 'seed' is out of range.
func (r *reader) isSubject(i int) bool {
	t := r.tokens[i]
	known, identifier := r.known(t.Text), parameter.LooksLike(t.Text)
	if t.quote {
		return known || identifier
	}
	if i+1 < len(r.tokens) && r.tokens[i+1].isNumeric() { // "duration 12 is out of range"
		i++
	}
	return known && (identifier || followedByVerb(r.tokens, i))
}

// hasVersion tells the name of a model or a program, wan2.5-i2v, FLUX.1: an index stands alone between dots.
func hasVersion(name string) bool {
	for i := 1; i+1 < len(name); i++ {
		if name[i] == '.' && (isDigit(name[i-1]) || name[i-1] >= 'A' && name[i-1] <= 'Z') && isDigit(name[i+1]) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isNamed tells a name within a sentence: in quotes before a verb or beside another, an identifier that is known, or a
// known word in "either a or b", "a and b".
func (r *reader) isNamed(i int) bool {
	t := r.tokens[i]
	beside := joined(r.tokens, i)
	if t.quote && (beside || followedByVerb(r.tokens, i)) {
		return true
	}
	if !r.known(t.Text) {
		return false
	}
	if parameter.LooksLike(t.Text) {
		return true
	}
	if !beside {
		return false
	}
	switch r.tokens[i-1].Lower {
	case "either", "both":
		return true
	case "and":
		return i > 1 && r.mayName(r.tokens[i-2])
	}
	return r.tokens[i+1].Lower == "and" && i+2 < len(r.tokens) && r.mayName(r.tokens[i+2])
}

// mayName tells a token that may be the other of two names, so that "SDXL architecture and cannot be used" has none.
func (r *reader) mayName(t Token) bool {
	return t.quote || t.isNumeric() || parameter.LooksLike(t.Text) || r.known(t.Text)
}

// quotedFirst leaves bare names out where others stand in quotes: who quotes a name speaks of it.
func (r *reader) quotedFirst() {
	if r.claims.Says(SaysConflict | SaysMissing) {
		return
	}
	quotes := map[string]bool{}
	for _, t := range r.tokens {
		if t.quote {
			if name, ok := parameter.Normalize(t.Text); ok {
				quotes[name] = true
			}
		}
	}
	if own := slices.DeleteFunc(slices.Clone(r.claims.Names), func(name string) bool { return !quotes[name] }); len(own) > 0 {
		r.claims.Names = own
	}
}

// maxSpelled is how many words a name may be spelled out in.
const maxSpelled = 4

// spelledOut finds a name that is written as words: "the mask margin must be …" speaks of maskMargin.
func (r *reader) spelledOut() {
	for i := range r.tokens {
		if r.taken[i] {
			continue
		}
		joined, ends := inOneWord(r.tokens[i:min(len(r.tokens), i+maxSpelled)])
		beforeNoun := i+1 < len(r.tokens) && isNameNoun(r.tokens[i+1].Lower)
		for n, end := range slices.Backward(ends) {
			name := joined[:end]
			plainWord := n == 0 && !beforeNoun && !followedByVerb(r.tokens, i)
			if name == "apikey" || n == 0 && r.isSpeaker(r.tokens[i]) || plainWord || !r.known(name) {
				continue
			}
			r.claims.Names, r.claims.Spelled = append(r.claims.Names, name), true
			return
		}
	}
}

// inOneWord joins the bare words that tokens begin with, and says where each ends in it.
func inOneWord(tokens []Token) (joined string, ends []int) {
	for i, t := range tokens {
		if t.Kind != word || t.quote || !isLetters(t.Lower) {
			tokens = tokens[:i]
			break
		}
	}
	var b strings.Builder
	b.Grow(maxSpelled * 12)
	ends = make([]int, 0, maxSpelled)
	for _, t := range tokens {
		b.WriteString(t.Lower)
		ends = append(ends, b.Len())
	}
	return b.String(), ends
}

func isLetters(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// besideNoun reads the names next to the word parameter: 'X' parameter, parameter 'X', Parameters 'A', 'B' and 'C'.
func (r *reader) besideNoun(i int) {
	if i > 0 && !r.taken[i-1] && (r.tokens[i-1].Kind == word || r.tokens[i-1].Kind == quoted) {
		before := r.tokens[i-1]
		if i > 1 && !before.quote && r.tokens[i-2].Kind == word && parameter.Vocabulary()[r.tokens[i-2].Lower+before.Lower] != "" {
			before.Text = parameter.Vocabulary()[r.tokens[i-2].Lower+before.Lower] // "the positive prompt field"
		}
		r.addName(before)
	}
	for j := i + 1; j < len(r.tokens) && j < i+12; j++ {
		switch t := r.tokens[j]; {
		case t.Text == ":" || t.Text == "," || t.Lower == "and" || t.Lower == "or" || isNameNoun(t.Lower) || t.Lower == "the":
		case (t.Kind == word || t.Kind == quoted) && !r.taken[j]:
			if !r.addName(t) {
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

func followedByVerb(tokens []Token, i int) bool {
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
func joined(tokens []Token, i int) bool {
	if i == 0 || i+1 >= len(tokens) {
		return false
	}
	for _, t := range []Token{tokens[i-1], tokens[i+1]} {
		switch t.Lower {
		case "and", "or", "either", "both", "with", ",":
			return true
		}
	}
	return false
}
