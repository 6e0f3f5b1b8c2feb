package message

import (
	"math/big"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/parameter"
)

// Bound is one numeric rule of a message.
type Bound struct {
	Op               Operation
	Lo, Hi           string   // numbers as JSON has them, sizes or ratios as text; Lo alone for one-sided rules
	LoExact, HiExact *big.Rat // the numbers, read once; nil for sizes, ratios and what is absurdly long
	Kind             Kind     // Number, Size or Ratio
	Unit             constraint.Unit
	Subject          string   // the parameter or side the clause speaks of ("width"), lower case; may be empty
	OpenLo, OpenHi   bool     // an end of a range that is excluded
	Word             string   // the unit as the message spells it
	Loose            bool     // the sentence says more than was understood: a condition, an alternative, an exception
	Rest             []string // other numbers of the sentence, which may be what was sent
	Negated          bool     // stands in a complaint ("has more than 4") instead of a rule ("must be more than 4")
	sentence         int
}

// setNumbers writes one or two numbers, and reads them.
func (b *Bound) setNumbers(captures []Token) {
	b.Kind = captures[0].Kind
	b.Lo, b.LoExact = exactly(captures[0])
	if len(captures) > 1 {
		b.Hi, b.HiExact = exactly(captures[1])
	}
}

func exactly(t Token) (string, *big.Rat) {
	if t.Kind != Number {
		return t.Text, nil
	}
	text := plain(t.Text)
	n, ok := constraint.ParseNumber(text)
	if !ok {
		return text, nil
	}
	return text, n
}

// plain is a number as JSON has it: no plus sign, and no zeros in front.
func plain(text string) string {
	text = strings.TrimPrefix(text, "+")
	digits := strings.TrimPrefix(text, "-")
	sign := text[:len(text)-len(digits)]
	for len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9' {
		digits = digits[1:]
	}
	return sign + digits
}

// one is a bound of a single small number that a word stands for: "even", "positive".
func one(op Operation, n string, unit constraint.Unit) Bound {
	b := Bound{Op: op, Unit: unit}
	b.setNumbers([]Token{{Kind: Number, Text: n}})
	return b
}

// clause is what the words so far say of the numbers to come.
type clause struct {
	subject  string
	modal    bool // "must" and its like were said
	denied   bool // so was "not", of a bound
	unit     constraint.Unit
	sentence int
}

// readBounds walks the tokens once and applies the first phrase that fits at each.
func (r *reader) readBounds() {
	var at clause
	rest := map[int][]string{} // numbers that no phrase has used, by sentence
	loose := map[int]bool{}
	for i := 0; i < len(r.tokens); {
		t := r.tokens[i]
		loose[at.sentence] = loose[at.sentence] || isQualifier(t.Lower) && !r.isIdle(i)
		r.advance(&at, i)
		if r.taken[i] {
			i++
			continue
		}
		n := r.applyPhrase(at, i)
		if n == 0 {
			if t.isNumeric() && !t.quote && !r.isStatus(i) {
				rest[at.sentence] = append(rest[at.sentence], t.Text)
			}
			i++
			continue
		}
		for _, used := range r.tokens[i : i+n] {
			at.modal = at.modal || isModal(used.Lower)
			at.denied = at.denied || isDenial(used.Lower)
		}
		i += n
	}
	for i := range r.claims.Bounds {
		b := &r.claims.Bounds[i]
		b.Rest = rest[b.sentence]
		b.Loose = b.Loose || loose[b.sentence]
	}
}

// isStatus tells the number of the error behind the words: "exceeds the limit of 131072 (2013)".
func (r *reader) isStatus(i int) bool {
	return i > 0 && i+2 == len(r.tokens) && r.tokens[i-1].Text == "(" && r.tokens[i+1].Text == ")" && len(r.tokens[i].Text) >= 4
}

// advance takes a token into the clause.
func (r *reader) advance(at *clause, i int) {
	switch t := r.tokens[i]; {
	case t.Text == "." || t.Text == "!" || t.Text == ";":
		at.modal, at.denied, at.unit = false, false, constraint.UnitNone
		at.sentence++
		if t.Text != ";" {
			at.subject = ""
		}
	case isModal(t.Lower):
		at.modal = true
	case t.Lower == "even" && !t.quote && !r.void[i]:
		b := one(OpMultiple, "2", constraint.UnitNone)
		b.sentence = at.sentence
		r.claims.Bounds = append(r.claims.Bounds, b)
	case t.Kind == word || t.Kind == quoted:
		if name := r.sideOf(i); name != "" {
			at.subject = name
			both := i > 1 && (r.tokens[i-1].Lower == "and" || r.tokens[i-1].Text == "/") && r.sideOf(i-2) != ""
			if both || strings.EqualFold(t.Text, "width/height") {
				at.subject = "" // "width and height must be …": the rule is for both
			}
			if i > 1 && isTimes(r.tokens[i-1].Lower) && r.sideOf(i-2) != "" {
				at.subject, at.unit = "", constraint.UnitArea // "width × height must be …"
			}
		}
		at.unit = max(at.unit, r.words.unitBefore(t.Lower))
	}
}

// strays tells a range in passing ("FLUX 1 to 2 dropped it") from one that is stated: by "must", a colon, a bracket, or
// a word that announces a range.
func (r *reader) strays(at clause, i int) bool {
	if at.modal || i == 0 || r.tokens[i].Kind != Number {
		return false
	}
	before := r.tokens[i-1]
	switch before.Lower {
	case ":", "(", "[", ",", "=", "range", "from", "within", "in", "is", "are", "of", "only", "outside", "inside", "accepts", "supports", "allows", "permits", "between", "than", "-":
		return false
	}
	return before.Kind == word
}

// applyPhrase tries the phrases that begin with the token at i, and says how many tokens the first that fits has used.
func (r *reader) applyPhrase(at clause, i int) int {
	head := r.tokens[i].Lower
	if r.tokens[i].isNumeric() {
		head = ""
	}
	tokens := r.tokens[i:]
	for _, p := range r.words.phrases[head] {
		captures, n := r.words.match(p, tokens)
		if n == 0 || isBits(tokens[n:]) || p.op == OpExact && (goesOn(tokens, n) || r.taken[i+n-1]) || !p.accepts(captures, tokens[:n]) {
			continue
		}
		switch p.op {
		case OpOffset:
			r.claims.stances |= SaysFormat
			r.readStep(at, i, i+n, captures)
		case OpSent:
			r.claims.Sent = append(r.claims.Sent, plain(captures[0].Text))
		case OpSkip, OpDefault:
		case OpRange, OpMin, OpMax, OpAbove, OpBelow, OpMultiple, OpExact:
			afterOr := i > 0 && r.tokens[i-1].Lower == "or"
			b := Bound{Op: p.op, Subject: at.subject, Unit: at.unit, Negated: !at.modal || at.denied && afterOr, sentence: at.sentence}
			b.Loose = afterOr && !at.denied || r.strays(at, i) || n < len(tokens) && tokens[n].Lower == "or" && !isDenial(tokens[0].Lower)
			b.setNumbers(captures)
			b.halfOpen(tokens[:n])
			r.measure(&b, captures, tokens, n)
			if r.void[i] || p.op != OpAbove && p.op != OpBelow && !strings.HasPrefix(head, "exceed") && (r.deniesRule(i) || isRefused(tokens[n:])) {
				r.deny()
				break
			}
			b.Loose = b.Loose || r.loose[i]
			r.claims.Bounds = append(r.claims.Bounds, b)
		}
		return n
	}
	return 0
}

// readStep notes a multiple and a rest that stands from one token to another, where all of it is asked of the parameter itself:
// "must be a multiple of 8 plus 1". Not where it is denied, one of several, or of a part of something.
func (r *reader) readStep(at clause, from, to int, captures []Token) {
	const most = 4096
	of, errOf := strconv.Atoi(plain(captures[0].Text))
	rest, errRest := strconv.Atoi(plain(captures[1].Text))
	step := Step{Subject: at.subject, Of: of, Rest: rest}
	other := r.claims.Step != Step{} && r.claims.Step != step
	if errOf != nil || errRest != nil || of < 2 || of > most || rest < 0 || rest >= of || other || !r.asksAll(from, to) {
		step = Step{}
	}
	r.claims.Step = step
}

// asksAll tells a rule between two tokens that a sentence asks for without conditions: behind "must be", and with nothing but
// examples after it.
func (r *reader) asksAll(from, to int) bool {
	if from > 0 && (r.tokens[from-1].Lower == "a" || r.tokens[from-1].Lower == "an") {
		from--
	}
	if from < 2 || r.tokens[from-1].Lower != "be" || r.tokens[from-2].Lower != "must" && r.tokens[from-2].Lower != "should" {
		return false
	}
	if to < len(r.tokens) {
		switch r.tokens[to].Text {
		case ".", "(", "[", ";", "'", "\"":
		case ",":
			if to+1 < len(r.tokens) && !strings.HasPrefix(r.tokens[to+1].Lower, "e.g") && r.tokens[to+1].Lower != "for" && r.tokens[to+1].Lower != "such" && r.tokens[to+1].Lower != "like" {
				return false
			}
		default:
			return false
		}
	}
	for _, t := range r.tokens[:from] {
		switch t.Lower {
		case "half", "minus", "plus", "input", "source", "reference", "length", "sum", "total", "other", "others", "another", "only", "if", "unless", "when", "not":
			return false
		}
	}
	return true
}

// isDenial tells the words that turn "more than 4" into a bound: "not more than 4 or less than 1".
func isDenial(w string) bool {
	switch w {
	case "not", "cannot", "can't", "never", "mustn't", "neither", "nor":
		return true
	}
	return false
}

// goesOn tells whether an exact number is the first of more: "must be 2 or more", "must be 256, 512 or 768", "must be 8*n+1".
func goesOn(tokens []Token, n int) bool {
	if n == len(tokens) {
		return false
	}
	switch tokens[n].Lower {
	case "or", "to", "-", "–", ",", "and", "*", "×":
		return true
	}
	return false
}

// measure finds the unit of a bound: behind its numbers, or among the words of the phrase.
func (r *reader) measure(b *Bound, captures, tokens []Token, n int) {
	after := captures[len(captures)-1].unit
	if after == "" && n < len(tokens) {
		after = tokens[n].Lower
	}
	if u, ok := r.words.unitAfter(after); ok {
		b.Unit, b.Word = u, after
	}
	switch b.Kind {
	case Size:
		b.Unit = constraint.UnitArea
	case Ratio:
		b.Unit = constraint.UnitRatio
	case word, Number, quoted, Money, punct:
	}
	for _, t := range tokens[:n] {
		if isModal(t.Lower) {
			b.Negated = false
		}
		if b.Unit == constraint.UnitNone && b.Word == "" {
			b.Unit = r.words.unitBefore(t.Lower)
		}
	}
}

// accepts tells a range written with a dash from a date or the number of a standard, such as 2026-09-30 or 639-1.
func (p phrase) accepts(captures, tokens []Token) bool {
	if p.op != OpRange || len(tokens) != 3 || captures[0].Kind != Number {
		return true
	}
	_, lo := exactly(captures[0])
	_, hi := exactly(captures[1])
	return lo != nil && hi != nil && lo.Cmp(hi) < 0 && !strings.HasPrefix(captures[1].Text, "0") || captures[0].Text == "0"
}

// halfOpen reads the brackets of (0, 1] and [0, 1): where they differ, the round one excludes its end.
func (b *Bound) halfOpen(tokens []Token) {
	first, last := tokens[0].Text, tokens[len(tokens)-1].Text
	for _, t := range tokens {
		if t.Text == "(" || t.Text == "[" {
			first = t.Text
		}
	}
	b.OpenLo = first == "(" && last == "]"
	b.OpenHi = first == "[" && last == ")"
}

// sideOf is the parameter that a clause begins to speak of: a side of the picture, or a name that is known.
func (r *reader) sideOf(i int) string {
	t := r.tokens[i]
	switch t.Lower {
	case "width", "height":
		return t.Lower
	case "model", "frame":
		return "" // "this model accepts at most three": who speaks, not what is spoken of
	}
	if r.known(t.Text) && (t.quote || parameter.LooksLike(t.Text) || followedByVerb(r.tokens, i)) {
		return t.Lower
	}
	return ""
}

// isBits tells that the number before counts bits: "a 32-bit range".
func isBits(tokens []Token) bool {
	if len(tokens) > 0 && tokens[0].Text == "-" {
		tokens = tokens[1:]
	}
	return len(tokens) > 0 && strings.HasPrefix(tokens[0].Lower, "bit")
}

func isTimes(w string) bool { return w == "×" || w == "*" || w == "x" || w == "times" }

func isModal(w string) bool {
	switch w {
	case "must", "should", "shall", "needs", "need", "has", "have", "expected", "required", "requires", "require", "be", "allowed", "keep", "stay":
		return true
	default:
		return false
	}
}

// isIdle tells a condition that holds of whatever has a rule: "if set, …", "when used, …".
func (r *reader) isIdle(i int) bool {
	if w := r.tokens[i].Lower; w != "if" && w != "when" || i+2 >= len(r.tokens) || r.tokens[i+2].Text != "," {
		return false
	}
	switch r.tokens[i+1].Lower {
	case "set", "used", "given", "present", "provided", "specified", "supplied", "sent", "included":
		return true
	}
	return false
}

// isQualifier tells the words that make more of a rule than its numbers say.
func isQualifier(w string) bool {
	if len(w) > 1 && w[0] >= '0' && w[0] <= '9' && strings.ContainsRune(w, 'n') && (len(w) == 2 || strings.ContainsRune(w, '+')) {
		return true // 8n+1
	}
	switch w {
	case "odd", "power", "powers", "sum", "product", "combined", "exclusive", "exclusively", "decimal", "decimals", "when", "if", "unless", "depending", "longest", "longer", "shortest", "shorter", "except", "exclude", "excluding", "plus", "form", "respectively", "total", "divided", "log2", "square", "root":
		return true
	default:
		return false
	}
}
