package diagnose

import (
	"strings"
	"sync"
)

// operation is what a matched phrase says of the numbers in it.
type operation uint8

const (
	opRange    operation = iota + 1 // between the first and the second, inclusive
	opMin                           // at least
	opMax                           // at most
	opAbove                         // "greater than": a lower bound after must, an upper one in a complaint
	opBelow                         // "less than": the other way round
	opMultiple                      // in multiples of
	opExact                         // exactly
	opOffset                        // a multiple and a rest: understood, but not computed
	opSkip                          // numbers that are no rule: what was sent, an example
	opDefault                       // what is used when nothing is sent
)

// phrase is a row of the message grammar. Atoms are words: `a|b` alternatives, `?a` optional, `N` a number, `S` a size,
// `R` a ratio, `_` any one word, `~` up to eight words of the same sentence.
type phrase struct {
	atoms string
	op    operation
}

// grammar lists the phrases in the order in which they are tried at each word: what contains another comes first.
func grammar() []phrase {
	return []phrase{
		{"between N ?second|seconds|sec|s|px|pixel|pixels|character|characters|items ?and|to|- N", opRange},
		{"between S ?and|to|- S", opRange},
		{"between R ?and|to|- R", opRange},
		{"from N to|through|- N", opRange},
		{"from S to|through|- S", opRange},
		{"from R to|through|- R", opRange},
		{"range|interval ?of|from|is|: [|( N ,|;|-|to N", opRange},
		{"[|( N ,|;|- N ]|)", opRange},
		{"N < = _ < = N", opRange},
		{"N ≤ _ ≤ N", opRange},
		{"N . . N", opRange},
		{"N to|through|-|–|—|~|.. N", opRange},
		{"S to|through|-|–|—|~ S", opRange},
		{"R to|through|-|–|—|~ R", opRange},

		{"not|cannot|can't|never|mustn't|no ?be ?have ?contain ?any more|greater|larger|higher|longer|bigger than N", opMax},
		{"not|cannot|can't|never|mustn't|no ?be ?have ?contain ?any less|fewer|smaller|lower|shorter than N", opMin},
		{"not|cannot|can't|never|mustn't|n't ?be exceed|exceeding|above|over|beyond N", opMax},
		{"not|cannot|can't|never|mustn't|n't ?be exceed|exceeding|above|over|beyond ~ N", opMax},
		{"not|cannot|can't|never|mustn't|n't ?be exceed|exceeding|above|over|beyond ~ S", opMax},
		{"not|cannot|can't|never|mustn't ?be below|under N", opMin},
		{"greater|larger|higher|more|longer|bigger than or equal to N", opMin},
		{"less|lower|smaller|fewer|shorter than or equal to N", opMax},
		{"> = N", opMin},
		{"≥ N", opMin},
		{"< = N", opMax},
		{"≤ N", opMax},
		{"at least N", opMin},
		{"at least S", opMin},
		{"at least R", opMin},
		{"at minimum N", opMin},
		{"at most N", opMax},
		{"at most S", opMax},
		{"at most R", opMax},
		{"at maximum N", opMax},
		{"N or more|greater|higher|longer|larger|above", opMin},
		{"N or less|fewer|lower|shorter|smaller|below", opMax},
		{"exceeds|exceed|exceeded|exceeding ~ N", opMax},
		{"exceeds|exceed|exceeded|exceeding ~ S", opMax},
		{"minimum|min ~ N", opMin},
		{"minimum|min ~ S", opMin},
		{"maximum|max|limit|limited ~ N", opMax},
		{"maximum|max|limit|limited ~ S", opMax},
		{"greater|larger|higher|more|longer|bigger than N", opAbove},
		{"less|lower|smaller|fewer|shorter than N", opBelow},
		{"above|over ?the ?our ?its N", opAbove},
		{"below|under ?the ?our ?its N", opBelow},
		{"N at most|maximum", opMax},
		{"N at least|minimum", opMin},
		{"N cap|max|maximum|limit|ceiling", opMax},
		{"N min|minimum|floor", opMin},
		{"stops|caps|capped|tops|maxes|ends ?out at N", opMax},
		{"starts|begins at N", opMin},
		{"cap|ceiling|stop|largest|highest|biggest|longest|most ~ N", opMax},
		{"floor|smallest|lowest|shortest|fewest ~ N", opMin},
		{"> N", opAbove},
		{"< N", opBelow},
		{"up to N", opMax},
		{"up to S", opMax},
		{"only N", opExact},

		{"multiple|multiples of N plus|+ N", opOffset},
		{"%|mod|modulo N must|should ?be|equal ?to N", opMultiple},
		{"multiple|multiples of N", opMultiple},
		{"divisible|dividable by N", opMultiple},
		{"step|steps|increment|increments ?size of|is|: N", opMultiple},
		{"by N", opSkip},

		{"must|should|shall|to|can contain|have|include|be|equal ?only ?exactly|precisely N", opExact},
		{"requires|require|needs|expects|expected exactly|precisely|only ?: N", opExact},
		{"exactly|precisely N", opExact},

		{"default|defaults ?value ?is|to|: ?is N", opDefault},
		{"got|received|provided|given|found|sent|supplied|specified|actual|current|was|were|contains|has|is|but ?: ?value ?of ?only N", opSkip},
		{"got|received|provided|given|found|sent|supplied|specified|actual|current|was|were|but ?: ?value ?of S", opSkip},
		{"example|e.g|instance|like ~ N", opSkip},
		{"example|e.g|instance|like ~ S", opSkip},
		{"ref|reference|id|ticket|request|line ?: ?# N", opSkip},
		{"http|status|code|error|version ?status|code ?: N", opSkip},
	}
}

// atom is a compiled word of a phrase.
type atom struct {
	words    []string
	optional bool
	kind     kind // number, size or ratio: a capture; word: any one, not captured
	skip     bool // up to eight words
}

type compiledPhrase struct {
	atoms []atom
	op    operation
}

// phrases is the grammar compiled, by the first word of each phrase; "" holds those that begin with a number.
//
//nolint:gochecknoglobals // compiled once, on first use, then never written
var phrases = sync.OnceValue(func() map[string][]compiledPhrase {
	index := make(map[string][]compiledPhrase)
	for _, p := range grammar() {
		compiled := compiledPhrase{op: p.op}
		for field := range strings.FieldsSeq(p.atoms) {
			compiled.atoms = append(compiled.atoms, compileAtom(field))
		}
		first := compiled.atoms[0].words
		if compiled.atoms[0].kind != 0 {
			first = []string{""}
		}
		for _, w := range first {
			index[w] = append(index[w], compiled)
		}
	}
	return index
})

func compileAtom(field string) atom {
	switch field {
	case "N":
		return atom{kind: number}
	case "S":
		return atom{kind: size}
	case "R":
		return atom{kind: ratio}
	case "~":
		return atom{skip: true}
	case "_":
		return atom{kind: word}
	}
	rest, optional := strings.CutPrefix(field, "?")
	return atom{words: strings.Split(rest, "|"), optional: optional}
}

const maxSkip = 8

// match tries a phrase at the head of tokens and returns its captures and how many tokens it took.
func (p compiledPhrase) match(tokens []token) (captures []token, length int) {
	i := 0
	for n, a := range p.atoms {
		switch {
		case a.skip:
			want := p.atoms[n+1].kind
			for skipped := 0; i < len(tokens) && tokens[i].kind != want; skipped++ {
				if skipped == maxSkip || !skippable(tokens[i]) {
					return nil, 0
				}
				i++
			}
		case a.kind != 0:
			if i >= len(tokens) || tokens[i].kind != a.kind {
				return nil, 0
			}
			if a.kind != word {
				captures = append(captures, tokens[i])
			}
			i++
		case i < len(tokens) && a.has(tokens[i]):
			i++
		case !a.optional:
			return nil, 0
		}
	}
	return captures, i
}

func (a atom) has(t token) bool {
	for _, w := range a.words {
		if t.lower == w && !t.quote {
			return true
		}
	}
	return false
}

// skippable tells what may stand between "maximum" and its number: words, not the end of a sentence, not another rule.
func skippable(t token) bool {
	switch t.kind {
	case word:
		switch t.lower {
		case "minimum", "min", "maximum", "max", "and", "but", "multiples", "multiple", "least", "most", "got", "received", "by", "between", "from", "range", "than":
			return false
		}
		return true
	case quoted:
		return true
	case punct:
		return t.text == ":" || t.text == "=" || t.text == "("
	case number, size, ratio, money:
		return false
	}
	return false
}
