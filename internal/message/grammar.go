package message

import (
	"strings"
	"sync"
)

// operation is what a matched phrase says of the numbers in it.
type operation uint8

const (
	OpRange    operation = iota + 1 // between the first and the second, inclusive
	OpMin                           // at least
	OpMax                           // at most
	OpAbove                         // "greater than": a lower bound after must, an upper one in a complaint
	OpBelow                         // "less than": the other way round
	OpMultiple                      // in multiples of
	OpExact                         // exactly
	OpOffset                        // a multiple and a rest: understood, but not computed
	OpSkip                          // numbers that are no rule: what was sent, an example
	OpDefault                       // what is used when nothing is sent
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
		{"between N ?second|seconds|sec|s|px|pixel|pixels|character|characters|items ?and|to|- N", OpRange},
		{"between S ?and|to|- S", OpRange},
		{"between R ?and|to|- R", OpRange},
		{"from N to|through|- N", OpRange},
		{"from S to|through|- S", OpRange},
		{"from R to|through|- R", OpRange},
		{"range|interval ?of|from|is|: [|( N ,|;|-|to N", OpRange},
		{"[|( N ,|;|- N ]|)", OpRange},
		{"N < = _ < = N", OpRange},
		{"N ≤ _ ≤ N", OpRange},
		{"N . . N", OpRange},
		{"N to|through|-|–|—|~|.. N", OpRange},
		{"S to|through|-|–|—|~ S", OpRange},
		{"R to|through|-|–|—|~ R", OpRange},

		{"not|cannot|can't|never|mustn't|no ?be ?have ?contain ?any more|greater|larger|higher|longer|bigger than N", OpMax},
		{"not|cannot|can't|never|mustn't|no ?be ?have ?contain ?any less|fewer|smaller|lower|shorter than N", OpMin},
		{"not|cannot|can't|never|mustn't|n't ?be exceed|exceeding|above|over|beyond N", OpMax},
		{"not|cannot|can't|never|mustn't|n't ?be exceed|exceeding|above|over|beyond ~ N", OpMax},
		{"not|cannot|can't|never|mustn't|n't ?be exceed|exceeding|above|over|beyond ~ S", OpMax},
		{"not|cannot|can't|never|mustn't ?be below|under N", OpMin},
		{"greater|larger|higher|more|longer|bigger than or equal to N", OpMin},
		{"less|lower|smaller|fewer|shorter than or equal to N", OpMax},
		{"> = N", OpMin},
		{"≥ N", OpMin},
		{"< = N", OpMax},
		{"≤ N", OpMax},
		{"at least N", OpMin},
		{"at least S", OpMin},
		{"at least R", OpMin},
		{"at minimum N", OpMin},
		{"at most N", OpMax},
		{"at most S", OpMax},
		{"at most R", OpMax},
		{"at maximum N", OpMax},
		{"N or more|greater|higher|longer|larger|above", OpMin},
		{"N or less|fewer|lower|shorter|smaller|below", OpMax},
		{"exceeds|exceed|exceeded|exceeding ~ N", OpMax},
		{"exceeds|exceed|exceeded|exceeding ~ S", OpMax},
		{"minimum|min ~ N", OpMin},
		{"minimum|min ~ S", OpMin},
		{"maximum|max|limit|limited ~ N", OpMax},
		{"maximum|max|limit|limited ~ S", OpMax},
		{"greater|larger|higher|more|longer|bigger than N", OpAbove},
		{"less|lower|smaller|fewer|shorter than N", OpBelow},
		{"above|over ?the ?our ?its N", OpAbove},
		{"below|under ?the ?our ?its N", OpBelow},
		{"N at most|maximum", OpMax},
		{"N at least|minimum", OpMin},
		{"N cap|max|maximum|limit|ceiling", OpMax},
		{"N min|minimum|floor", OpMin},
		{"stops|caps|capped|tops|maxes|ends ?out at N", OpMax},
		{"starts|begins at N", OpMin},
		{"cap|ceiling|stop|largest|highest|biggest|longest|most ~ N", OpMax},
		{"floor|smallest|lowest|shortest|fewest ~ N", OpMin},
		{"> N", OpAbove},
		{"< N", OpBelow},
		{"up to N", OpMax},
		{"up to S", OpMax},
		{"only N", OpExact},

		{"multiple|multiples of N plus|+ N", OpOffset},
		{"%|mod|modulo N must|should ?be|equal ?to N", OpMultiple},
		{"multiple|multiples of N", OpMultiple},
		{"divisible|dividable by N", OpMultiple},
		{"step|steps|increment|increments ?size of|is|: N", OpMultiple},
		{"by N", OpSkip},

		{"must|should|shall|to|can contain|have|include|be|equal ?only ?exactly|precisely N", OpExact},
		{"requires|require|needs|expects|expected exactly|precisely|only ?: N", OpExact},
		{"exactly|precisely N", OpExact},

		{"default|defaults ?value ?is|to|: ?is N", OpDefault},
		{"got|received|provided|given|found|sent|supplied|specified|actual|current|was|were|contains|has|is|but ?: ?value ?of ?only N", OpSkip},
		{"got|received|provided|given|found|sent|supplied|specified|actual|current|was|were|but ?: ?value ?of S", OpSkip},
		{"example|e.g|instance|like ~ N", OpSkip},
		{"example|e.g|instance|like ~ S", OpSkip},
		{"ref|reference|id|ticket|request|line ?: ?# N", OpSkip},
		{"http|status|code|error|version ?status|code ?: N", OpSkip},
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
		return atom{kind: Number}
	case "S":
		return atom{kind: Size}
	case "R":
		return atom{kind: Ratio}
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
			for skipped := 0; i < len(tokens) && tokens[i].Kind != want; skipped++ {
				if skipped == maxSkip || !skippable(tokens[i]) {
					return nil, 0
				}
				i++
			}
		case a.kind != 0:
			if i >= len(tokens) || tokens[i].Kind != a.kind {
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
		if t.Lower == w && !t.quote {
			return true
		}
	}
	return false
}

// skippable tells what may stand between "maximum" and its number: words, not the end of a sentence, not another rule.
func skippable(t token) bool {
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
