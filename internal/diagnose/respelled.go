package diagnose

import (
	"iter"
	"slices"
	"strings"

	"mcp-taskdetails/internal/looks"
	edit "mcp-taskdetails/internal/mend"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// pointsOn tells the words of a message behind which the right name stands: "did you mean", "renamed to", "similar:".
func pointsOn(w string) bool {
	switch w {
	case "mean", "use", "renamed", "similar", "called", "closest", "suggestion":
		return true
	}
	return false
}

// nearPoint is how many words behind one that points to a name it may stand.
const nearPoint = 4

// meant is the parameter of Runware's that the error says was meant, or is to be used instead: "Did you mean 'seedImage'?".
// "" where it names none, several, or one that means something else.
func (c *oneCase) meant(at request.Place) string {
	right := ""
	for i, t := range c.claims.Tokens {
		if !pointsOn(t.Lower) {
			continue
		}
		if saysAny(clauseAround(c.claims.Tokens, i), "not", "never", "cannot") {
			return ""
		}
		for _, next := range c.claims.Tokens[i+1 : min(len(c.claims.Tokens), i+nearPoint)] {
			name := parameter.Vocabulary()[parameter.Fold(next.Text)]
			if sibling(at, next.Text) {
				name = next.Text
			}
			if name == "" || name != next.Text || name == at.Parameter {
				continue
			}
			if t.Lower == "use" && !sameThing(name, at.Parameter) && !parameter.Safeguards(name) && !parameter.Guarded(name) || right != "" && right != name {
				return ""
			}
			right = name
		}
	}
	return right
}

// clauseAround is what stands before a token and in the same sentence, and the token behind it.
func clauseAround(tokens []message.Token, at int) []message.Token {
	from := at
	for from > 0 && tokens[from-1].Text != "." && tokens[from-1].Text != ";" && tokens[from-1].Text != "," {
		from--
	}
	return tokens[from:min(at+2, len(tokens))]
}

// sibling tells the dotted name of a setting of Runware's beside a parameter, in the same object.
func sibling(at request.Place, name string) bool {
	object := strings.TrimSuffix(at.Parameter, parameter.Last(at.Parameter))
	last, ok := strings.CutPrefix(name, object)
	return ok && object != "" && parameter.Vocabulary()[parameter.Fold(last)] == last && isSetting(last) && !parameter.Safeguards(at.Parameter)
}

// pointedValue is the value that Runware's message points to in place of one that the request holds, and that is written much
// alike: "did you mean JPG?", "Closest: 'Euler'". "" where there is none.
func (c *oneCase) pointedValue(at request.Place) string {
	held, ok := rawjson.Text(at.Raw)
	if !ok || held == "" || !isSetting(parameter.Last(at.Parameter)) || parameter.Safeguards(at.Parameter) || looks.IsMedia(held) {
		return ""
	}
	tokens := c.claims.Tokens
	if at.Parameter == "deliveryMethod" && held == "sync" && saysAny(tokens, "async", "asynchronous", "asynchronously") && !saysAny(tokens, "disabled", "refused") && !c.claims.Says(message.SaysHedged) {
		return "async" // "runs asynchronously only"
	}
	for i, t := range tokens {
		value := strings.Trim(t.Text, "'\"`?.")
		if len(value) < 2 || value == held || c.knows(value) || !looks.Plain(value) {
			continue
		}
		near := tokens[max(0, i-nearPoint):i]
		if isDenied(near, tokens[i+1:]) {
			continue
		}
		if saysAny(near, "similar") && strings.EqualFold(value, held) || saysAny(near, "mean", "closest") && alike(value, held) {
			return value
		}
		if c.advises(near, tokens[i:], at) {
			return value
		}
	}
	return ""
}

// isDenied tells a value between words that deny it: "you cannot mean 'Euler'", "Closest: 'Euler', which is refused too".
func isDenied(before, after []message.Token) bool {
	return saysAny(before, "not", "cannot", "never") || saysAny(after[:min(len(after), nearPoint)], "refused", "disabled", "not")
}

// advises tells a value in quotes, the first of some words, that Runware's message names as the one to send: "Use outputType 'URL'
// for this result", "are only delivered with outputType 'URL'".
func (c *oneCase) advises(before, from []message.Token, at request.Place) bool {
	n := len(before)
	if n < 2 || parameter.Fold(before[n-1].Text) != parameter.Fold(parameter.Last(at.Parameter)) || !from[0].Quoted() {
		return false
	}
	if c.passedOn || c.claims.Says(message.SaysHedged) {
		return false
	}
	if len(from) > 1 && !saysAny(from[1:2], ".", "for", "instead", ")") { // one of several, or what it does
		return false
	}
	if isAdvice(before[n-2]) {
		return n == 2 || saysAny(before[n-3:n-2], ".", "please")
	}
	return n > 3 && before[n-2].Lower == "with" && saysAny(before[n-3:n-2], "delivered", "returned", "available", "supported", "accepted", "possible") && before[n-4].Lower == "only"
}

// isAdvice tells a word that says what to do with a parameter.
func isAdvice(t message.Token) bool {
	switch t.Lower {
	case "use", "set", "choose", "select":
		return true
	}
	return false
}

// saysAny tells whether one of several words stands among tokens.
func saysAny(tokens []message.Token, words ...string) bool {
	return slices.ContainsFunc(tokens, func(t message.Token) bool { return slices.Contains(words, t.Lower) })
}

// alike tells two ways to write one word: no digits, which make another of a size or an id.
func alike(value, held string) bool {
	v, h := strings.ToLower(value), strings.ToLower(held)
	d := parameter.Distance(v, h)
	return v[0] == h[0] && !strings.ContainsAny(v+h, "0123456789:") && (d == 1 || d == 2 && min(len(v), len(h)) > 4)
}

// listedInside is the accepted name that has the refused one within another object, the nearest to the root:
// inputs.referenceImages for referenceImages, providerSettings.bfl.safetyTolerance for safetyTolerance.
func listedInside(names []string, p request.Place) string {
	if strings.ContainsAny(p.Parameter, ".[") {
		return ""
	}
	found := ""
	for _, n := range names {
		depth := strings.Count(n, ".")
		sameFile := mediumOf(p.Parameter) != "" && strings.HasPrefix(n, "inputs.") && edit.Means(p.Parameter, parameter.Last(n)) // inputImage is inputs.image now
		if depth == 0 || parameter.Fold(parameter.Last(n)) != parameter.Fold(p.Parameter) && !sameThing(n, p.Parameter) && !sameFile {
			continue
		}
		switch nearest := strings.Count(found, "."); {
		case found == "", depth < nearest:
			found = n
		case depth == nearest:
			return "" // two places: which one is meant is not ours to say
		}
	}
	return found
}

// movedTo is where the message says that a parameter of this name stands now; "" where it says none, or several.
func (c *oneCase) movedTo(p request.Place) string {
	if strings.Contains(p.Parameter, "[") || parameter.Safeguards(parameter.Last(p.Parameter)) {
		return "" // what makes a task safer guards nothing where nobody looks for it
	}
	found := c.placedIn(p)
	if found != "" {
		return found
	}
	for i, t := range c.claims.Tokens {
		if !c.claims.Says(message.SaysInstead) && !saysAny(c.claims.Tokens[max(0, i-nearPoint):i], "mean") {
			continue
		}
		name, ok := parameter.Normalize(strings.Trim(t.Text, "'\"`"))
		if !ok || !strings.Contains(name, ".") || strings.Contains(name, "[") || name == p.Parameter || parameter.Last(name) != parameter.Last(p.Parameter) {
			continue
		}
		if found != "" && found != name {
			return ""
		}
		found = name
	}
	return found
}

// placedIn is where the message says that a parameter belongs: "must be inside 'inputs'", "belongs to settings". "" where it
// names no object, or the one that the parameter is in.
func (c *oneCase) placedIn(p request.Place) string {
	belongs := false
	for i, t := range c.claims.Tokens[:max(0, len(c.claims.Tokens)-1)] {
		switch t.Lower {
		case "not", "cannot", "never", "can't", "mustn't":
			return ""
		case "be", "belong", "belongs", "go", "goes", "put", "placed", "nested", "moved", "lives":
			belongs = true
		case "inside", "within", "under", "in", "into", "to":
			object := strings.Trim(c.claims.Tokens[i+1].Text, "'\"`.")
			if belongs && (object == "inputs" || object == "settings") && !strings.HasPrefix(p.Parameter, object+".") && p.Parameter != object {
				return object + "." + parameter.Last(p.Parameter)
			}
		}
	}
	return ""
}

// moveInside moves a member of the task into others, which are made where they are not there; false where the place is
// taken.
func (c *oneCase) moveInside(from request.Place, to string) ([]schema.Operation, bool) {
	steps := strings.Split(to, ".")
	var patch []schema.Operation
	at, held, ok := c.t.Base, c.t.Raw, true
	for i, step := range steps {
		at = rawjson.Pointer(at, step)
		if ok {
			held, ok = rawjson.Member(held, step)
		}
		switch {
		case i == len(steps)-1:
			return append(patch, schema.Operation{Op: "move", From: from.Pointer, Path: at}), !ok
		case !ok:
			patch = append(patch, schema.Operation{Op: "add", Path: at, Value: schema.Value("{}")})
		case rawjson.KindOf(held) != rawjson.Object:
			return nil, false
		}
	}
	return nil, false
}

// respelled is the accepted name that differs from a refused one only in letter case or separators, else the only one that
// may be another word for it.
func respelled(names []string, p request.Place) string {
	if strings.HasSuffix(p.Parameter, "]") {
		return ""
	}
	sent := parameter.Last(p.Parameter)
	near := ""
	for n := range besides(names, p) {
		switch {
		case n == sent:
		case parameter.Fold(n) == parameter.Fold(sent):
			return n
		case !sameThing(n, sent):
		case near != "":
			return "" // two could be meant
		default:
			near = n
		}
	}
	return near
}

// besides are the accepted names of members that stand beside a place: a list is of the task where it has its taskType, else of
// the object that is spoken of.
func besides(names []string, p request.Place) iter.Seq[string] {
	object := strings.TrimSuffix(p.Parameter, parameter.Last(p.Parameter))
	ofTask := slices.Contains(names, "taskType")
	return func(yield func(string) bool) {
		for _, n := range names {
			if inner, ok := strings.CutPrefix(n, object); ok && object != "" {
				n = inner
			} else if object != "" && ofTask {
				continue
			}
			if !strings.Contains(n, ".") && !yield(n) {
				return
			}
		}
	}
}

// sameThing tells another word for an accepted name: the same in other letters, an alias, or a typing error.
func sameThing(accepted, sent string) bool {
	a, s := parameter.Fold(parameter.Last(accepted)), parameter.Fold(parameter.Last(sent))
	if a == s {
		return true
	}
	if alias := parameter.Alias(s); alias != "" && parameter.Fold(alias) == a || edit.Means(sent, parameter.Last(accepted)) && parameter.Vocabulary()[s] == "" {
		return true
	}
	return parameter.Vocabulary()[s] == "" && parameter.Mistyped(a, s)
}

// instead names what the list of accepted parameters offers in place of a removed one. Its value is not ours to invent.
func instead(names []string, doomed []request.Place) saying {
	for _, d := range doomed {
		switch last := parameter.Last(d.Parameter); {
		case parameter.IsSide(last) && slices.Contains(names, "resolution"):
			return saying{key: useResolution}
		case (last == "seedImage" || last == "inputImage") && slices.Contains(names, "referenceImages"):
			return saying{key: alsoAccepted, name: "referenceImages"}
		}
	}
	return saying{}
}
