package diagnose

import (
	"math/big"
	"slices"
	"strings"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// relation is what a message says that one number of the task must be to another: endStep greater than startStep.
type relation struct {
	a, b   request.Place
	x, y   *big.Rat
	less   bool // a is to be less than b, else greater
	orSame bool // or equal
}

func (r relation) holds() bool {
	n := r.x.Cmp(r.y)
	return n == 0 && r.orSame || n != 0 && n < 0 == r.less
}

func (r relation) text() string {
	switch {
	case r.less && r.orSame:
		return "at most"
	case r.less:
		return "less than"
	case r.orSame:
		return "at least"
	default:
		return "greater than"
	}
}

// related reads the only relation of a message between two numbers that the task holds. False where it states a bound in
// numbers of anything but the second, which says another thing.
func (c *oneCase) related() (r relation, ok bool) {
	ofOne := len(c.claims.Bounds) > 0 && len(c.claims.Names) < 2
	if ofOne || len(c.claims.Lists) > 0 || c.claims.Says(message.SaysHedged) {
		return r, false
	}
	const near = 9 // words between two names: "a must not be greater than or equal to the value of b"
	tokens := c.claims.Tokens
	if !slices.ContainsFunc(tokens, func(t message.Token) bool { return t.Lower == "equal" || t.Lower == "equals" || wayOf(t.Lower) != 0 }) {
		return r, false
	}
	for i := range tokens {
		a, x, behind := c.numberAt(i)
		if x == nil {
			continue
		}
		for j := behind + 1; j < min(len(tokens), behind+1+near); j++ {
			b, y, end := c.numberAt(j)
			if y == nil || b.Pointer == a.Pointer {
				continue
			}
			if r, ok = relationIn(tokens[behind:j]); ok && !reckons(tokens, end) && c.boundsOnly(b) {
				r.a, r.b, r.x, r.y = a, b, x, y
				return r, true
			}
			break
		}
	}
	return r, false
}

// numberAt is the member whose name begins at a token of the message, in one word or in two ("the start step"), with its
// number and the token behind the name; "it" is the parameter that the error names. Nil for anything else.
func (c *oneCase) numberAt(i int) (at request.Place, n *big.Rat, behind int) {
	tokens := c.claims.Tokens
	if p, named := c.first(); named && tokens[i].Lower == "it" && len(c.e.Parameters) == 1 {
		at, n = c.numberCalled(p.spelling())
		return at, n, i + 1
	}
	if at, n = c.numberCalled(tokens[i].Text); n != nil || i+1 == len(tokens) || len(tokens[i].Lower) < 3 || len(tokens[i+1].Lower) < 3 {
		return at, n, i + 1
	}
	at, n = c.numberCalled(tokens[i].Text + tokens[i+1].Text)
	return at, n, i + 2
}

// boundsOnly tells that every bound of the message is one of the number at a place, by the way.
func (c *oneCase) boundsOnly(at request.Place) bool {
	return !slices.ContainsFunc(c.claims.Bounds, func(b message.Bound) bool {
		return !strings.EqualFold(b.Subject, parameter.Last(at.Parameter))
	})
}

// reckons tells that a name is but the beginning of a formula: "steps - 1".
func reckons(tokens []message.Token, at int) bool {
	return at+1 < len(tokens) && strings.Contains("+-*/×", tokens[at].Text) && tokens[at+1].Kind == message.Number
}

// relationIn reads the words between two names: "must be lower than", "cannot exceed", "is greater than or equal to". What is
// said to be, and not that it must, is the fault.
func relationIn(between []message.Token) (r relation, ok bool) {
	obliges, denied, same, way := false, false, false, 0
	for _, t := range between {
		switch t.Lower {
		case ".", ";", ",", "and":
			return r, false
		case "must", "should", "has", "have", "needs", "need", "shall":
			obliges = true
		case "cannot", "can't":
			obliges, denied = true, true
		case "not", "never", "no":
			denied = !denied
		case "may", "can":
			obliges = true
		case "equal", "equals":
			same = true
		case "be", "is", "are", "than", "or", "to", "at", "the", "a", "an", "integer", "number", "value", "of", "parameter", "strictly", "always", "'", "`", "\"":
		default:
			if wayOf(t.Lower) == 0 {
				return r, false // twice the height, half of steps: more than a relation
			}
			way = wayOf(t.Lower)
			same = same || t.Lower == "most" || t.Lower == "least"
		}
	}
	if way == 0 {
		return r, false
	}
	r.less, r.orSame = way < 0, same
	if denied != !obliges { // "must not be greater", "is greater": the contrary is asked for
		r.less, r.orSame = !r.less, !r.orSame
	}
	return r, true
}

// wayOf is which way a word compares: -1 for less, 1 for greater, 0 for a word that does not.
func wayOf(word string) int {
	switch word {
	case "less", "lower", "smaller", "below", "fewer", "shorter", "earlier", "before", "most":
		return -1
	case "greater", "higher", "larger", "bigger", "above", "more", "longer", "later", "after", "least", "exceed", "exceeds":
		return 1
	default:
		return 0
	}
}

// explainRelation compares them. Which of the two is to change is the user's choice.
func explainRelation(c *oneCase) (finding, bool) {
	r, ok := c.related()
	if !ok {
		return finding{}, false
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterDecision, schema.ConfidenceCertain)
	at := r.a
	if p, named := c.first(); named && slices.ContainsFunc(p.places, func(p request.Place) bool { return p.Pointer == r.b.Pointer }) {
		at = r.b
	}
	c.attachPlace(&f, at)
	f.Constraint = &schema.Constraint{Text: "`" + r.a.Parameter + "` " + r.text() + " `" + r.b.Parameter + "`", Source: schema.SourceMessage}
	said := saying{who: c.who(), name: r.a.Parameter, other: r.b.Parameter, values: []schema.Value{schema.Value(r.a.Raw), schema.Value(r.b.Raw)}, text: r.text(), names: []string{r.a.Parameter, r.b.Parameter}}
	f.cause.saying, f.mend.saying = said, said
	f.cause.key, f.mend.key = relationBroken, changeOneOfTwo
	if r.holds() {
		f.Retry, f.Confidence = schema.RetryAsIs, schema.ConfidenceLikely
		f.cause.key, f.mend.key = relationHolds, leaveReckoned
	}
	return f, true
}
