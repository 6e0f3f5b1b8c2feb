package message

import (
	"fmt"
	"strings"
)

// stems are the patterns of a row, all of which must be found, anywhere: those on either side of " + ".
type stems []*stem

// in tells whether each of the stems stands in a text, where it counts.
func (s stems) in(t *text, counts place) bool {
	for _, one := range s {
		if !t.holds(one, counts) {
			return false
		}
	}
	return true
}

func (t *tables) newStems(pattern string) (stems, error) {
	var s stems
	for part := range strings.SplitSeq(pattern, " + ") {
		if strings.TrimSpace(part) == "" || strings.HasSuffix(part, "+") {
			return nil, fmt.Errorf("%q leaves out what stands beside a +", pattern)
		}
		one, err := t.newStem(part)
		if err != nil {
			return nil, err
		}
		s = append(s, one)
	}
	return s, nil
}

// stem is a pattern of signals.txt, stances.txt or complaints.txt: its parts stand one after the other with a blank, a
// hyphen, an underscore or nothing between them, so that "content policy" finds content_policy and contentPolicyViolation
// too. Each part is one of several; @file is any word of that class.
type stem struct {
	parts  parts
	shared int // which of those that several rows have, from 1; 0 for one that is of one row
}

type parts [][]string

// newStem reads a pattern, or takes it from a row that has it too.
func (t *tables) newStem(pattern string) (*stem, error) {
	if s := t.stems[pattern]; s != nil {
		if s.shared == 0 && t.shared < mostShared {
			t.shared++
			s.shared = t.shared
		}
		return s, nil
	}
	p, err := t.newParts(pattern)
	if err != nil {
		return nil, err
	}
	s := &stem{parts: p}
	t.stems[pattern] = s
	return s, nil
}

func (t *tables) newParts(pattern string) (parts, error) {
	var s parts
	for field := range strings.FieldsSeq(pattern) {
		part, err := alternatives(field)
		if err != nil {
			return nil, err
		}
		words := make([]string, 0, len(part))
		for _, w := range part {
			class, ok := strings.CutPrefix(w, "@")
			if ok && len(t.classes[class]) == 0 {
				return nil, fmt.Errorf("%q is no class", w)
			}
			if ok {
				words = append(words, t.classes[class]...)
				continue
			}
			if w = strings.ReplaceAll(w, "_", " "); strings.TrimSpace(w) == "" {
				return nil, fmt.Errorf("%q holds an empty word", pattern)
			}
			words = append(words, w)
		}
		s = append(s, words)
	}
	return s, nil
}

// place tells whether a stem counts that begins at a byte of a lower-case text. One text is asked with one of them.
type place func(lower string, start int) bool

// anywhere counts a stem within words too.
func anywhere(string, int) bool { return true }

// atWord counts a stem at the beginning of a word.
func atWord(lower string, start int) bool { return !innerLetter(lower, start) }

// affirmed counts a stem at the beginning of a word that is not denied: "was not flagged".
func affirmed(lower string, start int) bool {
	return atWord(lower, start) && !denied(lower[:start]) && !passed(lower[:start], lower[start:])
}

// text is what stems are looked for in. Hundreds are, in each message, and hardly any begins with three letters that stand
// side by side in it: the others need no search. Those that several rows have are searched for once.
type text struct {
	lower       string
	grams       [gramBits / 64]uint64   // neighbouring bytes, two and three, as bits
	asked, held [mostShared / 64]uint64 // by the number of a shared stem, as bits
}

const (
	gramBits   = 1 << 14
	mostShared = 256 // stems of which a text remembers whether it holds them
)

func textOf(lower string) text {
	t := text{lower: lower}
	for i := 1; i < len(lower); i++ {
		t.mark(gram(lower[i-1 : i+1]))
		if i > 1 {
			t.mark(gram(lower[i-2 : i+1]))
		}
	}
	return t
}

func (t *text) mark(bit uint) { t.grams[bit/64] |= 1 << (bit % 64) }

// gram is the bit of two or three bytes.
func gram(bytes string) uint {
	n := uint(bytes[0])*131 + uint(bytes[1])
	if len(bytes) > 2 {
		n = n*131 + uint(bytes[2]) + 1
	}
	return n * 2654435761 >> 7 % gramBits
}

// mayHold is false for a word that certainly does not stand in the text.
func (t *text) mayHold(word string) bool {
	if len(word) < 2 {
		return true
	}
	bit := gram(word[:min(3, len(word))])
	return t.grams[bit/64]&(1<<(bit%64)) != 0
}

// holds tells whether a stem stands in the text, where it counts.
func (t *text) holds(s *stem, counts place) bool {
	if s.shared == 0 {
		return t.find(s, counts) >= 0
	}
	at, bit := (s.shared-1)/64, uint64(1)<<((s.shared-1)%64)
	if t.asked[at]&bit == 0 {
		t.asked[at] |= bit
		if t.find(s, counts) >= 0 {
			t.held[at] |= bit
		}
	}
	return t.held[at]&bit != 0
}

// find is where a stem begins, first of those of its words that count; -1 where none does.
func (t *text) find(s *stem, counts place) int {
	for _, head := range s.parts[0] {
		if !t.mayHold(head) {
			continue
		}
		for at := 0; ; {
			next := strings.Index(t.lower[at:], head)
			if next < 0 {
				break
			}
			start := at + next
			at = start + len(head)
			if s.parts[1:].leads(t.lower[at:]) && counts(t.lower, start) {
				return start
			}
		}
	}
	return -1
}

// leads tells whether a text begins with the parts that are left.
func (p parts) leads(text string) bool {
	if len(p) == 0 {
		return true
	}
	if len(text) > 0 && (text[0] == ' ' || text[0] == '_' || text[0] == '-') {
		text = text[1:]
	}
	for _, w := range p[0] {
		if rest, ok := strings.CutPrefix(text, w); ok && p[1:].leads(rest) {
			return true
		}
	}
	return false
}

// denied looks for a "not" among the three words before, within the clause, and further where what stands between is all
// that is denied: "was not blocked by any of the filters".
func denied(before string) bool {
	const near, far = 3, 7
	if strings.HasSuffix(before, "extra_") {
		return true // extra_forbidden is said of a name, and of nobody's access
	}
	before = before[strings.LastIndexAny(before, ".:;!?\n")+1:]
	fields := strings.Fields(before[max(0, len(before)-80):])
	for back := 1; back <= min(far, len(fields)); back++ {
		switch w := strings.Trim(fields[len(fields)-back], "\"'(,"); w {
		case "not", "without", "never", "wasn't", "isn't":
			return true
		case "passed", "pass": // what is denied is that it passed
			return false
		default:
			if back >= near && !bindsDenial(w) {
				return false
			}
		}
	}
	return false
}

// passed tells a check that what was sent has passed: "it passed our moderation". What stands behind any other word, "the
// text you passed violates", is no check.
func passed(before, check string) bool {
	ofCheck := false
	for _, noun := range [...]string{"moderat", "safety", "content filter", "content polic", "risk control", "nsfw", "audit"} {
		ofCheck = ofCheck || strings.HasPrefix(check, noun)
	}
	fields := strings.Fields(before[max(0, len(before)-40):])
	if n := len(fields); n > 0 && (fields[n-1] == "the" || fields[n-1] == "our" || fields[n-1] == "all" || fields[n-1] == "content") {
		fields = fields[:n-1]
	}
	n := len(fields)
	return ofCheck && n > 0 && (fields[n-1] == "passed" || fields[n-1] == "passes") && (n < 2 || fields[n-2] != "not")
}

// bindsDenial tells the words between a "not" and what is denied by it.
func bindsDenial(w string) bool {
	switch w {
	case "blocked", "rejected", "refused", "flagged", "filtered", "stopped", "caused", "triggered", "held", "declined", "due", "because", "by", "of", "to", "for", "from", "with",
		"a", "an", "the", "our", "any", "content", "input", "output", "been", "be", "was", "is":
		return true
	}
	return false
}
