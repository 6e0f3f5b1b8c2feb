package message

import (
	"errors"
	"fmt"
	"strings"
)

// Operation is what a matched phrase says of the numbers in it.
type Operation uint8

// The operations.
const (
	OpRange    Operation = iota + 1 // between the first and the second, inclusive
	OpMin                           // at least
	OpMax                           // at most
	OpAbove                         // "greater than": a lower bound after must, an upper one in a complaint
	OpBelow                         // "less than": the other way round
	OpMultiple                      // in multiples of
	OpExact                         // exactly
	OpOffset                        // a multiple and a rest
	OpSent                          // what was received
	OpSkip                          // numbers that are no rule: an example
	OpDefault                       // what is used when nothing is sent
)

// operationOf resolves the meanings of phrases.txt, with how many numbers each needs at least.
func operationOf(meaning string) (op Operation, numbers int) {
	switch meaning {
	case "range":
		return OpRange, 2
	case "min":
		return OpMin, 1
	case "max":
		return OpMax, 1
	case "above":
		return OpAbove, 1
	case "below":
		return OpBelow, 1
	case "multiple":
		return OpMultiple, 1
	case "exact":
		return OpExact, 1
	case "offset":
		return OpOffset, 2
	case "sent":
		return OpSent, 1
	case "skip":
		return OpSkip, 1
	case "default":
		return OpDefault, 1
	default:
		return 0, 0
	}
}

// phrase is a row of phrases.txt, compiled.
type phrase struct {
	atoms []atom
	op    Operation
}

// atom is a word of a phrase.
type atom struct {
	words    []string
	optional bool
	kind     Kind // Number, Size or Ratio: a capture; word: any one, not captured
	number   bool // a number, a size or a ratio, whichever comes; the second of a phrase is of the first one's kind
	skip     bool // up to maxSkip words
	unit     bool // a word of units.txt
}

func (a atom) captures() bool { return a.number || a.kind != 0 && a.kind != word }

// addPhrase compiles a row and files it under its first word. What could match nothing, or anything, is refused.
func (t *tables) addPhrase(r row) error {
	op, numbers := operationOf(r.meaning)
	if op == 0 {
		return fmt.Errorf("%q is nothing that a phrase can say", r.meaning)
	}
	p := phrase{op: op}
	captured := 0
	for field := range strings.FieldsSeq(r.pattern) {
		a, err := newAtom(field)
		if err != nil {
			return err
		}
		if n := len(p.atoms); n > 0 && p.atoms[n-1].skip && !a.captures() {
			return errors.New(`"~" skips to a number, and none stands behind it`)
		}
		if a.captures() {
			captured++
		}
		p.atoms = append(p.atoms, a)
	}
	first, last := p.atoms[0], p.atoms[len(p.atoms)-1]
	switch {
	case first.optional || first.skip || first.unit || first.kind == word:
		return errors.New("the row begins with what may be left out or be anything: it is looked up by its first word")
	case last.skip:
		return errors.New(`"~" skips to a number, and none stands behind it`)
	case captured < numbers:
		return fmt.Errorf("%d numbers, and %q needs %d", captured, r.meaning, numbers)
	}
	heads := first.words
	if first.captures() {
		heads = []string{""}
	}
	for _, w := range heads {
		t.phrases[w] = append(t.phrases[w], p)
	}
	return nil
}

func newAtom(field string) (atom, error) {
	switch field {
	case "N":
		return atom{kind: Number}, nil
	case "V":
		return atom{number: true}, nil
	case "~":
		return atom{skip: true}, nil
	case "_":
		return atom{kind: word}, nil
	case "?U":
		return atom{unit: true, optional: true}, nil
	}
	rest, optional := strings.CutPrefix(field, "?")
	all, err := alternatives(rest)
	return atom{words: all, optional: optional}, err
}

// maxSkip is how many tokens may stand between "maximum" and its number.
const maxSkip = 8

// match tries a phrase at the head of tokens and returns its captures and how many tokens it took.
func (t *tables) match(p phrase, tokens []Token) (captures []Token, length int) {
	i := 0
	for n, a := range p.atoms {
		switch {
		case a.skip:
			if i = skipTo(p.atoms[n+1], tokens, i); i < 0 {
				return nil, 0
			}
		case i < len(tokens) && t.fits(a, tokens[i], captures):
			if a.captures() {
				captures = append(captures, tokens[i])
			}
			i++
		case !a.optional:
			return nil, 0
		}
	}
	return captures, i
}

// skipTo finds the number that a skip leads to, -1 if something stands in the way.
func skipTo(want atom, tokens []Token, from int) int {
	for i := from; i < len(tokens); i++ {
		switch {
		case want.isNumber(tokens[i]):
			return i
		case i == from+maxSkip || !skippable(tokens[i]):
			return -1
		}
	}
	return -1
}

func (t *tables) fits(a atom, tok Token, captures []Token) bool {
	switch {
	case a.captures():
		return a.isNumber(tok) && (len(captures) == 0 || captures[0].Kind == tok.Kind)
	case a.kind == word:
		return tok.Kind == word
	case a.unit:
		_, ok := t.unitAfter(tok.Lower)
		return ok && !tok.quote
	}
	for _, w := range a.words {
		if tok.Lower == w && !tok.quote {
			return true
		}
	}
	return false
}

func (a atom) isNumber(t Token) bool {
	return t.Kind == Number || a.number && (t.Kind == Size || t.Kind == Ratio)
}

// skippable tells what may stand between "maximum" and its number: words, not the end of a sentence, not another rule.
func skippable(t Token) bool {
	switch t.Kind {
	case word:
		switch t.Lower {
		case "minimum", "min", "maximum", "max", "and", "but", "multiples", "multiple", "least", "most", "got", "received", "by", "between", "from", "range", "than":
			return false
		}
		return true
	case quoted:
		return true
	case punct:
		return t.Text == ":" || t.Text == "=" || t.Text == "("
	case Number, Size, Ratio, Money:
		return false
	}
	return false
}
