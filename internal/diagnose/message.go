package diagnose

import (
	"encoding/json"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// bound is one numeric rule of a message.
type bound struct {
	op             operation
	lo, hi         string // numbers, sizes or ratios as text; lo alone for one-sided rules
	kind           kind   // number, size or ratio
	unit           unit
	subject        string   // the parameter or side the clause speaks of ("width"), lower case; may be empty
	openLo, openHi bool     // an end of a range that is excluded
	word           string   // the unit as the message spells it
	loose          bool     // the sentence says more than was understood: a condition, an alternative, an exception
	rest           []string // other numbers of the sentence, which may be what was sent
	sentence       int
	negated        bool // stands in a complaint ("has more than 4") instead of a rule ("must be more than 4")
}

// claims is what a message says, in its own terms; nothing is compared with the request yet.
type claims struct {
	tokens  []token  // the message, cut up
	names   []string // parameters as the message spells them, in order
	spelled bool     // the only name was spelled out in words
	bounds  []bound
	lists   []list
	typ     string // JSON Schema's word: string, integer, number, boolean, array, object; "" if not said
	of      string // what an array holds, likewise
	media   bool   // lists the forms of a media input: UUID, URL, data URI, base64
	formats []string
	stances stance
}

// list is an enumeration in a message.
type list struct {
	items  []string
	sizes  bool   // every item is a size
	noun   string // values, formats, parameters, sizes, …: lower case
	quoted bool
}

// stance is a set of complaints that the words of a message make.
type stance uint16

const (
	saysConflict stance = 1 << iota
	saysMissing
	saysUnsupportedName
	saysUnsupportedValue
	saysUnreadable    // media that could not be fetched or read
	saysMediaProperty // a property of the file, which no parameter sets
	saysCount
	saysFormat // asks for a form that the grammar does not know in full
	saysEmpty  // must not be empty
)

func (c claims) says(s stance) bool { return c.stances&s != 0 }

// parseMessage reads a message. known tells parameter names from ordinary words.
func parseMessage(message string, known func(name string) bool) claims {
	if len(message) > maxMessage {
		message = strings.ToValidUTF8(message[:maxMessage], "")
	}
	tokens := lex(message)
	lower := strings.ToLower(message)
	c := claims{tokens: tokens, stances: stancesOf(lower)}
	taken := make([]bool, len(tokens)) // tokens that a list or a rule has used: they are no names
	c.readLists(message, tokens, taken, known)
	c.readNames(tokens, taken, known)
	c.readBounds(tokens, taken, known)
	c.readType(tokens)
	c.readMedia(lower)
	return c
}

// readBounds walks the tokens once and applies the first phrase that fits at each.
func (c *claims) readBounds(tokens []token, taken []bool, known func(string) bool) {
	index := phrases()
	var subject string
	var modal bool
	lengths := unitNone
	sentence := 0
	rest := map[int][]string{} // numbers that no phrase has used, by sentence
	loose := map[int]bool{}
	for i := 0; i < len(tokens); {
		t := tokens[i]
		loose[sentence] = loose[sentence] || isQualifier(t.lower)
		switch {
		case t.text == "." || t.text == "!" || t.text == ";":
			modal, lengths = false, unitNone
			sentence++
			if t.text != ";" {
				subject = ""
			}
		case isModal(t.lower):
			modal = true
		case t.lower == "even" && !t.quote:
			c.bounds = append(c.bounds, bound{op: opMultiple, lo: "2", kind: number, sentence: sentence})
		case t.kind == word || t.kind == quoted:
			if name := sideOf(tokens, i, known); name != "" {
				subject = name
				if i > 1 && (tokens[i-1].lower == "and" || tokens[i-1].text == "/") && sideOf(tokens, i-2, known) != "" || strings.EqualFold(t.text, "width/height") {
					subject = "" // "width and height must be …": the rule is for both
				}
			}
			lengths = max(lengths, unitBefore(t.lower))
		}
		if taken[i] {
			i++
			continue
		}
		first := t.lower
		if t.kind == number || t.kind == size || t.kind == ratio {
			first = ""
		}
		afterOr := i > 0 && tokens[i-1].lower == "or"
		n := c.applyPhrase(index[first], tokens[i:], bound{subject: subject, unit: lengths, negated: !modal, sentence: sentence, loose: afterOr || strays(tokens, i, modal)})
		if n == 0 {
			if first == "" && !t.quote {
				rest[sentence] = append(rest[sentence], t.text)
			}
			i++
			continue
		}
		for _, used := range tokens[i : i+n] {
			modal = modal || isModal(used.lower)
		}
		i += n
	}
	for i := range c.bounds {
		b := &c.bounds[i]
		b.rest = rest[b.sentence]
		b.loose = b.loose || loose[b.sentence]
	}
}

// strays tells a range in passing ("FLUX 1 to 2 dropped it") from one that is stated: by "must", a colon, a bracket, or
// a word that announces a range.
func strays(tokens []token, i int, modal bool) bool {
	if modal || i == 0 || tokens[i].kind != number {
		return false
	}
	switch tokens[i-1].lower {
	case ":", "(", "[", ",", "=", "range", "from", "within", "in", "is", "are", "of", "only", "outside", "inside", "accepts", "supports", "allows", "permits", "between", "than", "-":
		return false
	}
	return tokens[i-1].kind == word
}

func (c *claims) applyPhrase(candidates []compiledPhrase, tokens []token, b bound) int {
	for _, p := range candidates {
		captures, n := p.match(tokens)
		if n == 0 {
			continue
		}
		var after string
		if n < len(tokens) {
			after = tokens[n].lower
		}
		if p.op == opExact && (after == "or" || after == "to" || after == "-" || after == "–" || after == "," || after == "and") {
			continue // "must be 2 or more", "must be 256, 512 or 768"
		}
		b.op, b.kind = p.op, captures[0].kind
		b.lo = plain(captures[0].text)
		if len(captures) > 1 {
			b.hi = plain(captures[1].text)
		}
		b.halfOpen(tokens[:n])
		if unit := captures[len(captures)-1].unit; unit != "" {
			after = unit
		}
		if u, known := unitAfter(after); known {
			b.unit, b.word = u, after
		}
		b.loose = b.loose || n < len(tokens) && after == "or"
		switch b.kind {
		case size:
			b.unit = unitArea
		case ratio:
			b.unit = unitRatio
		case word, number, quoted, money, punct:
		}
		for _, t := range tokens[:n] {
			if isModal(t.lower) {
				b.negated = false
			}
			if u := unitBefore(t.lower); u != unitNone && b.unit == unitNone {
				b.unit = u
			}
		}
		if !p.fits(captures, tokens[:n]) {
			continue
		}
		if b.op == opOffset {
			c.stances |= saysFormat
		}
		if b.op != opSkip && b.op != opDefault && b.op != opOffset {
			c.bounds = append(c.bounds, b)
		}
		return n
	}
	return 0
}

// fits tells a range written with a dash from a date or the number of a standard, such as 2026-09-30 or 639-1.
func (p compiledPhrase) fits(captures, tokens []token) bool {
	if p.op != opRange || len(captures) < 2 || len(tokens) != 3 || captures[0].kind != number {
		return true
	}
	lo, okLo := parseNumber(plain(captures[0].text))
	hi, okHi := parseNumber(plain(captures[1].text))
	return okLo && okHi && lo.Cmp(hi) < 0 && !strings.HasPrefix(captures[1].text, "0") || captures[0].text == "0"
}

// halfOpen reads the brackets of (0, 1] and [0, 1): where they differ, the round one excludes its end.
func (b *bound) halfOpen(tokens []token) {
	first, last := tokens[0].text, tokens[len(tokens)-1].text
	for _, t := range tokens {
		if t.text == "(" || t.text == "[" {
			first = t.text
		}
	}
	b.openLo = first == "(" && last == "]"
	b.openHi = first == "[" && last == ")"
}

// plain is a number as JSON has it: no plus sign.
func plain(text string) string { return strings.TrimPrefix(text, "+") }

// sideOf is the parameter that a clause begins to speak of: a side of the picture, or a name that is known.
func sideOf(tokens []token, i int, known func(string) bool) string {
	t := tokens[i]
	switch t.lower {
	case "width", "height":
		return t.lower
	case "model", "frame":
		return "" // "this model accepts at most three": who speaks, not what is spoken of
	}
	if known(t.text) && (t.quote || looksLikeName(t.text) || followedByVerb(tokens, i)) {
		return t.lower
	}
	return ""
}

// readMedia recognises the forms of a media input, and the file formats that go with them.
func (c *claims) readMedia(lower string) {
	forms := 0
	for _, form := range [...]string{"uuid", "data uri", "base64", "url"} {
		if strings.Contains(lower, form) {
			forms++
		}
	}
	c.media = forms >= 2
	for _, l := range c.lists {
		if strings.Contains(l.noun, "format") || strings.Contains(l.noun, "type") {
			c.formats = l.items
		}
	}
}

// numberValue is a list item or bound as a JSON number.
func numberValue(text string) (json.Number, bool) {
	if n := numberLen(text); n == 0 || n != len(text) || text[0] == '+' {
		return "", false
	}
	n, ok := parseNumber(text)
	if !ok {
		return "", false
	}
	if !rawjson.Valid([]byte(text)) {
		text = formatNumber(n) // 007 is a number in a message, but not in JSON
	}
	return json.Number(text), true
}

// itemValue is a list item as JSON: a number where it is one and numbers are wanted, else a string.
func itemValue(text string, numeric bool) schema.Value {
	if numeric {
		if n, ok := numberValue(text); ok {
			return schema.Value(n)
		}
	}
	return schema.StringValue(text)
}
