package diagnose

import (
	"math/big"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// reckoning is what numbers of the task make together, which a message bounds: duration × fps.
type reckoning struct {
	of    []request.Place
	sign  string
	value *big.Rat
	rule  constraint.Extent
}

// reckoned reads the only bound of a message that speaks of what numbers of the task make together: products alone or sums
// alone. False where they are a picture's two sides, whose rule is about an area, or where there are several bounds.
func (c *oneCase) reckoned() (r reckoning, ok bool) {
	if len(c.claims.Bounds) != 1 {
		return r, false
	}
	tokens := c.claims.Tokens
	for i := 1; i+1 < len(tokens); i++ {
		sign, reckon := signOf(tokens[i].Lower)
		if reckon == nil {
			continue
		}
		first, value := c.numberCalled(tokens[i-1].Text)
		if value == nil {
			continue
		}
		r = reckoning{of: []request.Place{first}, sign: sign, value: value}
		for ; i+1 < len(tokens); i += 2 {
			next, n := c.numberCalled(tokens[i+1].Text)
			if other, _ := signOf(tokens[i].Lower); other != sign || n == nil {
				break
			}
			r.of, r.value = append(r.of, next), reckon(new(big.Rat), r.value, n)
		}
		if len(r.of) == 1 || len(r.of) == 2 && names2D([]found{{name: r.of[0].Parameter}, {name: r.of[1].Parameter}}) {
			return r, false
		}
		if i+1 < len(tokens) && isOperator(tokens[i].Lower) || i-2*len(r.of) >= 0 && isOperator(tokens[i-2*len(r.of)].Lower) || c.boundedBefore(first) {
			return r, false // there is more of the formula, or the bound is not of it
		}
		r.rule, ok = extentOf(c.claims.Bounds[0])
		return r, ok
	}
	return r, false
}

// isOperator tells what goes on with a formula.
func isOperator(word string) bool {
	switch word {
	case "-", "−", "minus", "/", "÷", "by", "divided", "half", "twice", "double":
		return true
	}
	sign, _ := signOf(word)
	return sign != ""
}

// boundedBefore tells that a number which the formula does not hold stands before it: the bound of something else.
func (c *oneCase) boundedBefore(first request.Place) bool {
	for _, t := range c.claims.Tokens {
		if at, _ := c.numberCalled(t.Text); at.Pointer == first.Pointer {
			return false
		}
		if _, ok := constraint.ParseNumber(t.Text); ok {
			return true
		}
	}
	return false
}

// signOf is how a word between two names reckons; nil for any other word.
func signOf(word string) (sign string, reckon func(z, x, y *big.Rat) *big.Rat) {
	switch word {
	case "*", "×", "x", "times":
		return "×", (*big.Rat).Mul
	case "+", "plus":
		return "+", (*big.Rat).Add
	default:
		return "", nil
	}
}

// numberCalled is the only member of the task of a name, and its number; nil for anything else.
func (c *oneCase) numberCalled(name string) (request.Place, *big.Rat) {
	at := c.onlyPlace(strings.Trim(name, "'\"`().,"))
	if !at.present() || rawjson.KindOf(at.places[0].Raw) != rawjson.Number {
		return request.Place{}, nil
	}
	n, _ := constraint.ParseNumber(string(at.places[0].Raw))
	return at.places[0], n
}

// extentOf is a bound of numbers as a rule in words; false for any other.
func extentOf(b message.Bound) (constraint.Extent, bool) {
	switch {
	case b.Kind != message.Number || b.LoExact == nil:
		return constraint.Extent{}, false
	case b.Op == message.OpMax:
		return constraint.Extent{High: b.LoExact, Text: "at most " + b.Lo}, true
	case b.Op == message.OpMin:
		return constraint.Extent{Low: b.LoExact, Text: "at least " + b.Lo}, true
	case b.Op == message.OpRange && b.HiExact != nil:
		return constraint.Extent{Low: b.LoExact, High: b.HiExact, Text: b.Lo + " to " + b.Hi}, true
	default:
		return constraint.Extent{}, false
	}
}

// explainProduct works out what they make. Which of them is to change is the user's choice.
func explainProduct(c *oneCase) (finding, bool) {
	r, ok := c.reckoned()
	if !ok {
		return finding{}, false
	}
	var names []string
	for _, at := range r.of {
		names = append(names, at.Parameter)
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterDecision, schema.ConfidenceCertain)
	if p, named := c.first(); named && p.present() {
		c.attach(&f, p)
	} else {
		c.attachPlace(&f, r.of[0])
	}
	product := strings.Join(names, "` "+r.sign+" `")
	f.Constraint = &schema.Constraint{Text: "`" + product + "` " + r.rule.Text, Source: schema.SourceMessage}
	said := saying{who: c.who(), name: product, names: names, value: schema.Value(constraint.FormatNumber(r.value)), text: r.rule.Text}
	f.cause.saying, f.mend.saying = said, said
	f.cause.key, f.mend.key = reckonedBreaks, changeEither
	if r.rule.Holds(r.value) {
		f.Retry, f.Confidence = schema.RetryAsIs, schema.ConfidenceLikely
		f.cause.key, f.mend.key = reckonedMeets, leaveReckoned
	}
	return f, true
}
