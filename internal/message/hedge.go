package message

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mcp-taskdetails/internal/looks"
)

// Hedge is what words make of the sentence that they stand in.
type Hedge uint8

// The hedges. The zero value is none.
const (
	HedgesSentence Hedge = iota + 1 // nothing in it is a rule
	HedgesRest                      // nothing behind the words is
	HedgesWhole                     // its numbers are right, and not all that it asks
)

func hedgeOf(meaning string) (Hedge, bool) {
	switch meaning {
	case "sentence":
		return HedgesSentence, true
	case "follows":
		return HedgesRest, true
	case "loose":
		return HedgesWhole, true
	default:
		return 0, false
	}
}

// hedgeRow is a row of hedges.txt.
type hedgeRow struct {
	hedge Hedge
	stem  *stem
}

func (t *tables) addHedge(r row) error {
	hedge, stems, err := meant(t, r, hedgeOf, "hedge")
	for _, stem := range stems {
		t.hedges = append(t.hedges, hedgeRow{hedge, stem})
	}
	return err
}

// deny notes that a list or a number is no rule.
func (r *reader) deny() {
	r.claims.Denied = true
	r.claims.stances |= SaysHedged
}

// readHedges marks the tokens that state no rule, and those of sentences that ask for more than their numbers say. It
// returns the text without the former, in lower case, which is all of it where nothing is hedged.
func (r *reader) readHedges(lower string) string {
	var kept, sure strings.Builder
	hedged, doubted := false, false
	for from := 0; from < len(r.tokens); {
		to := r.sentenceEnd(from)
		void, loose := r.hedgeOf(from, to)
		for i := from; i < to; i++ {
			r.void[i], r.loose[i] = i >= void, loose
		}
		hedged = hedged || void < to
		if void > from {
			said := r.text[r.tokens[from].start:r.tokens[void-1].end] + " "
			if kept.WriteString(said); !loose {
				sure.WriteString(said)
			}
		}
		doubted = doubted || loose
		from = to
	}
	if doubted {
		r.claims.Doubted = r.words.stancesIn(strings.ToLower(sure.String()))&SaysUnsupportedName == 0
	}
	if !hedged {
		return lower
	}
	r.claims.stances |= SaysHedged
	return strings.ToLower(kept.String())
}

// sentenceEnd is the token behind the sentence, or the half of one before a "but" or behind an "unlike", that begins at a
// token.
func (r *reader) sentenceEnd(from int) int {
	if to := r.unlikeEnd(from); to > 0 {
		return to
	}
	for i := from; i < len(r.tokens); i++ {
		switch t := r.tokens[i]; t.Text {
		case "!", "?", ";":
			return i + 1
		case "but":
			if i+2 >= len(r.tokens) || r.tokens[i+1].Lower != "not" || complains(r.tokens[i+2]) {
				return i + 1
			}
		case ".":
			if i == from || r.tokens[i-1].Lower != "e.g" && r.tokens[i-1].Lower != "i.e" && r.tokens[i-1].Lower != "approx" {
				return i + 1
			}
		}
	}
	return len(r.tokens)
}

// unlikeEnd is the token behind a clause such as "Unlike CFGScale, which may be up to 30,"; 0 where none begins at a token.
func (r *reader) unlikeEnd(from int) int {
	if r.tokens[from].Lower != "unlike" {
		return 0
	}
	relative := false
	for i := from + 1; i+1 < len(r.tokens) && r.tokens[i].Text != "."; i++ {
		if r.tokens[i].Text != "," {
			continue
		}
		switch r.tokens[i+1].Lower {
		case "which", "where", "whose", "that", "who":
			relative = true
			continue
		}
		if relative || r.tokens[i+1].Lower != "and" {
			return i + 1
		}
	}
	return 0
}

// hedgeOf is the first token of a sentence that states no rule, its end if there is none.
func (r *reader) hedgeOf(from, to int) (void int, loose bool) {
	void, loose = to, r.ledStrangely(from, to) || r.doubted(from, to) || r.reckons(from, to)
	if r.tokens[to-1].Text == "?" || r.ofOthers(from, to) || r.ofOtherKind(from, to) || r.ifRefused(from, to) {
		return from, false
	}
	start := r.tokens[from].start
	sentence := textOf(strings.ToLower(r.text[start:r.tokens[to-1].end]))
	for _, row := range r.words.hedges {
		at := row.stem.wholeWord(&sentence)
		switch {
		case at < 0:
		case row.hedge == HedgesSentence:
			return from, false
		case row.hedge == HedgesWhole:
			loose = true
		case row.hedge == HedgesRest:
			behind := slices.IndexFunc(r.tokens[from:to], func(t Token) bool { return t.start-start >= at })
			if behind >= 0 {
				void = min(void, from+behind)
			}
		}
	}
	return void, loose
}

// reckons tells a sentence whose number bounds what two parameters make together, as steps * numberResults do: neither is
// bounded by it alone. Of a picture's sides that is its area.
func (r *reader) reckons(from, to int) bool {
	for i := from + 1; i < to-1; i++ {
		switch r.tokens[i].Lower {
		case "*", "×", "+", "times", "plus":
			a, b := strings.Trim(r.tokens[i-1].Text, "'\"`"), strings.Trim(r.tokens[i+1].Text, "'\"`")
			if r.known(a) && r.known(b) && !strings.EqualFold(a, "width") && !strings.EqualFold(b, "width") {
				return true
			}
		}
	}
	return false
}

// ofOthers tells a sentence that is said of another model than the task's.
func (r *reader) ofOthers(from, to int) bool {
	for i := from + 1; i < to; i++ {
		t := r.tokens[i]
		if !looks.IsAIR(t.Text) || r.known(t.Text) {
			continue
		}
		before := r.tokens[i-1].Lower
		if (before == "model" || before == "architecture") && i > from+1 {
			before = r.tokens[i-2].Lower
		}
		switch before {
		case "on", "for", "in", "of", "unlike", "like":
			return true
		}
	}
	return false
}

// ofOtherKind tells a sentence that is said of tasks of another kind: "for video models".
func (r *reader) ofOtherKind(from, to int) bool {
	for i := from; i+2 < to; i++ {
		if w := r.tokens[i].Lower; w != "for" && w != "in" && w != "on" {
			continue
		}
		kind := r.tokens[i+1].Lower
		switch kind {
		case "image", "video", "audio", "text", "3d":
		default:
			continue
		}
		switch r.tokens[i+2].Lower {
		case "models", "tasks", "inference", "generation":
			if !r.known(kind + "Inference") {
				return true
			}
		}
	}
	return false
}

// ifRefused tells a sentence that says what to do if something is refused, not that it is.
func (r *reader) ifRefused(from, to int) bool {
	if w := r.tokens[from].Lower; w != "if" && w != "unless" && w != "where" {
		return false
	}
	for i := from; i < to; i++ {
		if r.tokens[i].Text == "," || i == to-1 {
			condition := strings.ToLower(r.text[r.tokens[from].start:r.tokens[i].end])
			return r.words.stancesIn(condition)&(SaysUnsupportedName|SaysUnsupportedValue) != 0
		}
	}
	return false
}

// wholeWord is where a stem stands in a text, as words of their own; -1 if it does not.
func (s *stem) wholeWord(in *text) int {
	return in.find(s, func(lower string, start int) bool {
		before, _ := utf8.DecodeLastRuneInString(lower[:start])
		within := start > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before) || strings.ContainsRune("./-_@", before))
		return !within && s.parts.ends(lower[start:])
	})
}

// ends tells whether a text begins with the parts that are left, and no letter follows.
func (p parts) ends(text string) bool {
	if len(p) == 0 {
		return !runsOn(text)
	}
	text = strings.TrimLeft(text, " _-")
	for _, w := range p[0] {
		if rest, ok := strings.CutPrefix(text, w); ok && p[1:].ends(rest) {
			return true
		}
	}
	return false
}

// runsOn tells whether a word goes on, or a path or a host.
func runsOn(text string) bool {
	if text = strings.TrimLeft(text, "./-_@"); text == "" {
		return false
	}
	return text[0] >= 'a' && text[0] <= 'z' || isDigit(text[0])
}
