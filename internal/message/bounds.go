package message

import (
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/parameter"
)

// Bound is one numeric rule of a message.
type Bound struct {
	Op             operation
	Lo, Hi         string // numbers, sizes or ratios as text; lo alone for one-sided rules
	Kind           kind   // number, size or ratio
	Unit           constraint.Unit
	Subject        string   // the parameter or side the clause speaks of ("width"), lower case; may be empty
	OpenLo, OpenHi bool     // an end of a range that is excluded
	Word           string   // the unit as the message spells it
	Loose          bool     // the sentence says more than was understood: a condition, an alternative, an exception
	Rest           []string // other numbers of the sentence, which may be what was sent
	sentence       int
	Negated        bool // stands in a complaint ("has more than 4") instead of a rule ("must be more than 4")
}

// readBounds walks the tokens once and applies the first phrase that fits at each.
func (c *Claims) readBounds(tokens []token, taken []bool, known func(string) bool) {
	index := phrases()
	var subject string
	var modal bool
	lengths := constraint.UnitNone
	sentence := 0
	rest := map[int][]string{} // numbers that no phrase has used, by sentence
	loose := map[int]bool{}
	for i := 0; i < len(tokens); {
		t := tokens[i]
		loose[sentence] = loose[sentence] || isQualifier(t.Lower)
		switch {
		case t.Text == "." || t.Text == "!" || t.Text == ";":
			modal, lengths = false, constraint.UnitNone
			sentence++
			if t.Text != ";" {
				subject = ""
			}
		case isModal(t.Lower):
			modal = true
		case t.Lower == "even" && !t.quote:
			c.Bounds = append(c.Bounds, Bound{Op: OpMultiple, Lo: "2", Kind: Number, sentence: sentence})
		case t.Kind == word || t.Kind == quoted:
			if name := sideOf(tokens, i, known); name != "" {
				subject = name
				if i > 1 && (tokens[i-1].Lower == "and" || tokens[i-1].Text == "/") && sideOf(tokens, i-2, known) != "" || strings.EqualFold(t.Text, "width/height") {
					subject = "" // "width and height must be …": the rule is for both
				}
			}
			lengths = max(lengths, unitBefore(t.Lower))
		}
		if taken[i] {
			i++
			continue
		}
		first := t.Lower
		if t.Kind == Number || t.Kind == Size || t.Kind == Ratio {
			first = ""
		}
		afterOr := i > 0 && tokens[i-1].Lower == "or"
		n := c.applyPhrase(index[first], tokens[i:], Bound{Subject: subject, Unit: lengths, Negated: !modal, sentence: sentence, Loose: afterOr || strays(tokens, i, modal)})
		if n == 0 {
			if first == "" && !t.quote {
				rest[sentence] = append(rest[sentence], t.Text)
			}
			i++
			continue
		}
		for _, used := range tokens[i : i+n] {
			modal = modal || isModal(used.Lower)
		}
		i += n
	}
	for i := range c.Bounds {
		b := &c.Bounds[i]
		b.Rest = rest[b.sentence]
		b.Loose = b.Loose || loose[b.sentence]
	}
}

// strays tells a range in passing ("FLUX 1 to 2 dropped it") from one that is stated: by "must", a colon, a bracket, or
// a word that announces a range.
func strays(tokens []token, i int, modal bool) bool {
	if modal || i == 0 || tokens[i].Kind != Number {
		return false
	}
	switch tokens[i-1].Lower {
	case ":", "(", "[", ",", "=", "range", "from", "within", "in", "is", "are", "of", "only", "outside", "inside", "accepts", "supports", "allows", "permits", "between", "than", "-":
		return false
	}
	return tokens[i-1].Kind == word
}

func (c *Claims) applyPhrase(candidates []compiledPhrase, tokens []token, b Bound) int {
	for _, p := range candidates {
		captures, n := p.match(tokens)
		if n == 0 {
			continue
		}
		var after string
		if n < len(tokens) {
			after = tokens[n].Lower
		}
		if p.op == OpExact && (after == "or" || after == "to" || after == "-" || after == "–" || after == "," || after == "and") {
			continue // "must be 2 or more", "must be 256, 512 or 768"
		}
		b.Op, b.Kind = p.op, captures[0].Kind
		b.Lo = plain(captures[0].Text)
		if len(captures) > 1 {
			b.Hi = plain(captures[1].Text)
		}
		b.halfOpen(tokens[:n])
		if unit := captures[len(captures)-1].unit; unit != "" {
			after = unit
		}
		if u, known := unitAfter(after); known {
			b.Unit, b.Word = u, after
		}
		b.Loose = b.Loose || n < len(tokens) && after == "or"
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
			if u := unitBefore(t.Lower); u != constraint.UnitNone && b.Unit == constraint.UnitNone {
				b.Unit = u
			}
		}
		if !p.fits(captures, tokens[:n]) {
			continue
		}
		if b.Op == OpOffset {
			c.stances |= SaysFormat
		}
		if b.Op != OpSkip && b.Op != OpDefault && b.Op != OpOffset {
			c.Bounds = append(c.Bounds, b)
		}
		return n
	}
	return 0
}

// fits tells a range written with a dash from a date or the number of a standard, such as 2026-09-30 or 639-1.
func (p compiledPhrase) fits(captures, tokens []token) bool {
	if p.op != OpRange || len(captures) < 2 || len(tokens) != 3 || captures[0].Kind != Number {
		return true
	}
	lo, okLo := constraint.ParseNumber(plain(captures[0].Text))
	hi, okHi := constraint.ParseNumber(plain(captures[1].Text))
	return okLo && okHi && lo.Cmp(hi) < 0 && !strings.HasPrefix(captures[1].Text, "0") || captures[0].Text == "0"
}

// halfOpen reads the brackets of (0, 1] and [0, 1): where they differ, the round one excludes its end.
func (b *Bound) halfOpen(tokens []token) {
	first, last := tokens[0].Text, tokens[len(tokens)-1].Text
	for _, t := range tokens {
		if t.Text == "(" || t.Text == "[" {
			first = t.Text
		}
	}
	b.OpenLo = first == "(" && last == "]"
	b.OpenHi = first == "[" && last == ")"
}

// plain is a number as JSON has it: no plus sign.
func plain(text string) string { return strings.TrimPrefix(text, "+") }

// sideOf is the parameter that a clause begins to speak of: a side of the picture, or a name that is known.
func sideOf(tokens []token, i int, known func(string) bool) string {
	t := tokens[i]
	switch t.Lower {
	case "width", "height":
		return t.Lower
	case "model", "frame":
		return "" // "this model accepts at most three": who speaks, not what is spoken of
	}
	if known(t.Text) && (t.quote || parameter.LooksLike(t.Text) || followedByVerb(tokens, i)) {
		return t.Lower
	}
	return ""
}

// Wait is a pause that a message names: "try again in 30 seconds".
type Wait struct {
	Count string // as the message has it, in digits; "" where it names none
	Unit  string // second or minute
}

func waitIn(tokens []token) Wait {
	for i := 1; i+1 < len(tokens); i++ {
		if tokens[i].Kind != Number || tokens[i-1].Lower != "in" && tokens[i-1].Lower != "after" && tokens[i-1].Lower != "wait" || len(tokens[i].Text) > 6 {
			continue
		}
		switch tokens[i+1].Lower {
		case "s", "sec", "second", "seconds":
			return Wait{tokens[i].Text, "second"}
		case "min", "minute", "minutes":
			return Wait{tokens[i].Text, "minute"}
		}
	}
	return Wait{}
}

func isModal(w string) bool {
	switch w {
	case "must", "should", "shall", "needs", "need", "has", "have", "expected", "required", "requires", "require", "be", "allowed":
		return true
	default:
		return false
	}
}

// unitBefore reads the unit that stands before its numbers: "a length between 2 and 3000", "number of elements".
func unitBefore(w string) constraint.Unit {
	switch w {
	case "length", "chars", "characters", "character", "long":
		return constraint.UnitCharacters
	case "elements", "items", "contain", "contains", "entries", "number", "count":
		return constraint.UnitItems
	case "area", "pixels", "resolution":
		return constraint.UnitArea
	case "ratio":
		return constraint.UnitRatio
	default:
		return constraint.UnitNone
	}
}

// unitAfter reads the unit that follows its number.
func unitAfter(w string) (constraint.Unit, bool) {
	switch w {
	case "character", "characters", "char", "chars", "letters", "symbols":
		return constraint.UnitCharacters, true
	case "item", "items", "element", "elements", "entry", "entries", "image", "images", "videos", "audios", "files", "models", "references", "objects", "frames", "numbers", "values", "strings", "prompts", "messages", "channels", "tags":
		return constraint.UnitItems, true
	case "byte", "bytes", "kb", "mb", "gb", "kib", "mib", "megabytes", "kilobytes":
		return constraint.UnitBytes, true
	case "token", "tokens", "word", "words", "time", "times", "retry", "retries", "attempt", "attempts", "tries", "minute", "minutes", "hour", "hours", "day", "days", "thousand", "million",
		"megapixel", "megapixels", "mp", "request", "requests", "task", "tasks", "job", "jobs", "dollar", "dollars", "credit", "credits", "sentence", "sentences", "line", "lines", "page", "pages", "decimal", "decimals", "user", "users":
		return constraint.UnitOther, true
	case "second", "seconds", "sec", "s", "ms", "px", "percent", "%", "steps", "fps", "pixel", "pixels":
		return constraint.UnitNone, true
	default:
		return constraint.UnitNone, false
	}
}

// isQualifier tells the words that make more of a rule than its numbers say.
func isQualifier(w string) bool {
	if len(w) > 1 && w[0] >= '0' && w[0] <= '9' && strings.ContainsRune(w, 'n') && (len(w) == 2 || strings.ContainsRune(w, '+')) {
		return true // 8n+1
	}
	switch w {
	case "odd", "power", "powers", "sum", "product", "combined", "exclusive", "exclusively", "decimal", "decimals", "when", "if", "unless", "depending", "longest", "longer", "shortest", "shorter", "except", "exclude", "excluding", "plus", "form", "respectively", "total":
		return true
	default:
		return false
	}
}
