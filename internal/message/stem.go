package message

import (
	"fmt"
	"strings"
)

// stems are the patterns of a row, all of which must be found, anywhere: those on either side of " + ".
type stems []stem

// all tells whether each of the stems is found.
func (s stems) all(in *pairs, found func(stem) bool) bool {
	for _, one := range s {
		if !one.mayStand(in) || !found(one) {
			return false
		}
	}
	return true
}

func (t *tables) newStems(pattern string) (stems, error) {
	var s stems
	for part := range strings.SplitSeq(pattern, " + ") {
		one, err := t.newStem(part)
		if err != nil {
			return nil, err
		}
		if len(one) == 0 || strings.HasSuffix(part, "+") {
			return nil, fmt.Errorf("%q leaves out what stands beside a +", pattern)
		}
		s = append(s, one)
	}
	return s, nil
}

// stem is a pattern of signals.txt, stances.txt or complaints.txt: its parts stand one after the other with a blank, a
// hyphen, an underscore or nothing between them, so that "content policy" finds content_policy and contentPolicyViolation
// too. Each part is one of several; @file is any word of that class.
type stem [][]string

func (t *tables) newStem(pattern string) (stem, error) {
	var s stem
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

// pairs are the pairs of neighbouring bytes of a text, as bits. Hundreds of stems are looked for in each message, and
// hardly any begins with two letters that stand side by side in it: the others need no search.
type pairs [64]uint64

func pairsOf(text string) *pairs {
	p := &pairs{}
	for i := 1; i < len(text); i++ {
		bit := pair(text[i-1], text[i])
		p[bit/64] |= 1 << (bit % 64)
	}
	return p
}

func pair(a, b byte) uint { return (uint(a)*37 + uint(b)) % (64 * 64) }

// mayStand is false for a stem that certainly does not stand in the text.
func (s stem) mayStand(in *pairs) bool {
	for _, head := range s[0] {
		if len(head) < 2 {
			return true
		}
		if bit := pair(head[0], head[1]); in[bit/64]&(1<<(bit%64)) != 0 {
			return true
		}
	}
	return false
}

// find calls found with where the stem begins in a lower-case text, until that returns true.
func (s stem) find(lower string, found func(start int) bool) bool {
	for _, head := range s[0] {
		for at := 0; ; {
			next := strings.Index(lower[at:], head)
			if next < 0 {
				break
			}
			start := at + next
			at = start + len(head)
			if s[1:].leads(lower[at:]) && found(start) {
				return true
			}
		}
	}
	return false
}

// leads tells whether a text begins with the parts that are left.
func (s stem) leads(text string) bool {
	if len(s) == 0 {
		return true
	}
	if len(text) > 0 && (text[0] == ' ' || text[0] == '_' || text[0] == '-') {
		text = text[1:]
	}
	for _, w := range s[0] {
		if rest, ok := strings.CutPrefix(text, w); ok && s[1:].leads(rest) {
			return true
		}
	}
	return false
}

// in tells whether the stem stands anywhere in a lower-case text.
func (s stem) in(lower string) bool {
	return s.find(lower, func(int) bool { return true })
}

// said tells whether the stem stands at the beginning of a word, and is not denied: "was not flagged".
func (s stem) said(lower string) bool {
	return s.find(lower, func(start int) bool {
		return !innerLetter(lower, start) && !denied(lower[:start]) && !passed(lower[:start], lower[start:])
	})
}

// denied looks for a "not" among the three words before, within the clause, and further where what stands between is all
// that is denied: "was not blocked by any of the filters".
func denied(before string) bool {
	const near, far = 3, 7
	before = before[strings.LastIndexAny(before, ".:;!?")+1:]
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
