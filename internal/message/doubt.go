package message

import "strings"

// ledStrangely tells a sentence whose first clause, up to a comma or a colon, has words that no rule is led in by: "Rumour:
// …", "In theory, …", "For SDXL, …". A clause that names a parameter or a number is a part of the rule itself.
func (r *reader) ledStrangely(from, to int) bool {
	strange := false
	for i := from; i < to; i++ {
		t := r.tokens[i]
		switch {
		case t.Text == ":" || t.Text == ",":
			return strange
		case t.isNumeric(), t.quote, r.known(t.Text), t.Kind == punct && t.Text != "(" && t.Text != ")":
			return false
		case t.Kind == word && (len(t.Text) == 1 || strings.ContainsAny(t.Text, "0123456789")): // key(s), a version
		case t.Kind == word && !leadsIn(t.Lower) && !r.known(strings.TrimSuffix(t.Lower, "s")):
			strange = true
		}
	}
	return false
}

// leadsIn tells the words that lead a rule in.
func leadsIn(w string) bool {
	switch w {
	case "error", "errors", "invalid", "unsupported", "bad", "wrong", "missing", "malformed", "incorrect", "illegal", "unexpected", "unknown", "unrecognized", "unrecognised", "undefined", "extra", "forbidden", "conflicting", "duplicate",
		"value", "values", "parameter", "parameters", "param", "params", "field", "fields", "property", "properties", "argument", "arguments", "key", "keys", "name", "names", "object", "json", "schema", "member", "members", "request", "input", "output", "body", "payload", "task",
		"failed", "failure", "validation", "validator", "status", "code", "constraint", "rule", "check", "response", "message", "detail", "details", "reason", "exception", "info", "information", "additional",
		"a", "an", "the", "this", "that", "of", "in", "for", "at", "on", "by", "to", "with", "and", "or", "is", "are", "was", "were", "be", "must", "should", "has", "have", "it", "its", "your", "you", "we", "our",
		"accepted", "allowed", "valid", "supported", "permitted", "possible", "available", "acceptable", "expected", "required", "given", "provided", "specified", "requested", "selected", "chosen", "received", "sent", "following", "formats", "format", "options", "option", "choices", "one", "more", "some", "several", "these", "those", "problem", "problems", "issue", "issues", "found", "detected",
		"range", "limit", "limits", "maximum", "minimum", "max", "min", "default", "length", "size", "sizes", "number", "count", "type", "types", "out", "outside", "too", "long", "short", "large", "big", "small", "high", "low", "many", "few", "exceeded", "exceeds", "not",
		"model", "models", "current", "image", "images", "video", "audio", "text", "file", "prompt", "duration", "resolution", "resolutions", "dimensions", "dimension", "side", "ratio", "aspect", "area", "pixels", "generation", "inference",
		"currently", "now", "as", "please", "use", "using", "choose", "select", "provide", "set", "pick", "note", "sorry", "when", "if", "set,", "used", "present", "only", "could", "can", "cannot", "does", "do", "been", "positive", "negative":
		return true
	}
	return false
}

// doubted tells a sentence with a denial that no reading of a rule has: "nobody says", "not limited to", "was never a
// rule", "just kidding". A denial of what was sent, "is not between", "is not valid", is a complaint.
func (r *reader) doubted(from, to int) bool {
	for i := from; i < to; i++ {
		switch r.tokens[i].Lower {
		case "nobody", "noone", "none", "false", "untrue", "isn't", "aren't", "wasn't", "weren't", "kidding", "joke", "joking", "ignore", "rumour", "rumor":
			if !r.tokens[i].quote {
				return true
			}
		case "when", "if", "unless", "while":
			if !r.isIdle(i) {
				return true
			}
		case "no":
			if i+1 < to && deniesNoun(r.tokens[i+1:to]) {
				return true
			}
		case "not", "never":
			if i+1 < to && !complains(r.tokens[i+1]) || i+2 < to && r.tokens[i].Lower == "never" && r.tokens[i+1].Lower == "a" {
				return true
			}
		}
	}
	return false
}

// deniesNoun tells what behind a "no" takes a rule back: "no rule", "no longer", but not "no longer than".
func deniesNoun(behind []Token) bool {
	switch behind[0].Lower {
	case "rule", "limit", "restriction", "requirement", "need", "reason", "constraint":
		return true
	case "longer":
		return len(behind) < 2 || behind[1].Lower != "than"
	}
	return false
}

// complains tells what may stand behind a "not" in a complaint, and in a rule that is put the other way round.
func complains(t Token) bool {
	switch t.Lower {
	case "limited", "required", "restricted", "but", "for", "on", "to", "bound":
		return false
	}
	return true
}
