package message

import "strings"

// deniesRule tells whether what begins at a token is denied: "must not be between", "need not be one of". A complaint, "is
// not between", is none: it says what should be.
func (r *reader) deniesRule(i int) bool {
	const near = 5
	for at := i - 1; at >= max(0, i-near); at-- {
		switch w := r.tokens[at].Lower; w {
		case "never":
			return true
		case "not", "nicht":
			return at > 0 && (isObliging(r.tokens[at-1].Lower) || r.tokens[at-1].Lower == "do" || r.tokens[at-1].Lower == "does")
		case "cannot", "can't", "mustn't", "shouldn't", "needn't", "don't", "doesn't", "neither", "nor":
			return true
		case "be", "is", "lie", "have", "has", "to", "a", "an", "the", "value", "set", "fall", "in", "within", "equal", "range", "of", "any", "one", "following", "values", ":":
		default:
			if !r.tokens[at].quote && !r.known(r.tokens[at].Text) {
				return false
			}
		}
	}
	return false
}

// isObliging tells the words before a "not" that make it forbid, or leave free.
func isObliging(w string) bool {
	switch w {
	case "must", "should", "shall", "may", "can", "need", "needs", "will", "muss", "darf", "soll":
		return true
	}
	return false
}

// isRefused tells whether what ends before a token is said not to be taken: "… are not supported".
func isRefused(tokens []Token) bool {
	if len(tokens) < 2 || tokens[0].Lower != "is" && tokens[0].Lower != "are" {
		return false
	}
	rest := tokens[1:]
	if rest[0].Lower == "not" || rest[0].Lower == "never" {
		rest = rest[1:]
	} else if !strings.HasPrefix(rest[0].Lower, "un") && rest[0].Lower != "invalid" && rest[0].Lower != "forbidden" {
		return false
	}
	if len(rest) == 0 {
		return false
	}
	switch strings.TrimPrefix(rest[0].Lower, "un") {
	case "supported", "allowed", "accepted", "valid", "permitted", "available", "invalid", "forbidden", "acceptable":
		return true
	}
	return false
}
