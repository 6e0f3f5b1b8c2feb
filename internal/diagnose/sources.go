package diagnose

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/constraint"
	edit "mcp-taskdetails/internal/mend"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// Who said it decides what may follow, since an agent applies a patch without asking:
//
//	Runware's fields and message, without what they echo of the request   up to certain; a patch
//	the model's schema                                                    the same
//	a provider's words, wherever they stand                               at most likely; a patch only towards what is
//	                                                                      already in the request or in Runware's fields
//	an echo of the request in a message                                   nothing: gather cuts it out before reading
//
// No source may lead to a patch of what stays (mend.Stays), and a mend that makes the task dearer says so and is not
// certain.
func (c *oneCase) permitted(f finding) finding {
	if f.cause.by == runware && c.passedOn && f.cause.key != nothingSaid && !fromProvider(c) { // which says so itself
		f.cause.by = providerSays
	}
	if len(f.patch) > 0 && c.pointsElsewhere() {
		f.patch, f.Confidence = nil, atMostLikely(f.Confidence)
		f.mend = mend{saying: saying{key: readMessage}}
	}
	f = c.unguarded(f)
	if f.cause.by != runware || c.passedOn {
		f.Confidence = atMostLikely(f.Confidence)
		leads := slices.ContainsFunc(f.cause.more, func(s saying) bool { return s.key == saysMoved }) // to a place that only those words know
		if leads || slices.ContainsFunc(f.patch, func(op schema.Operation) bool { return !c.within(op) }) {
			f.patch = nil
			f.mend = c.asked(f.mend, leads)
		}
	}
	f.calls(c.provider)
	return f
}

// asked is the step of a mend that a provider's words alone lead to: nobody is told to move or to pay for something on them.
func (c *oneCase) asked(m mend, leads bool) mend {
	switch {
	case leads, m.key == renameTo && !sameThing(m.other, m.name):
		return mend{saying: saying{key: readProvider}}
	case m.key == setTo && slices.ContainsFunc(m.aside, func(s saying) bool { return s.key == costsMore || s.key == largerCostsMore }):
		m.key = setIfWanted
	}
	return m
}

// pointsElsewhere tells an error that names one task by its id and another by the index in front of a parameter.
func (c *oneCase) pointsElsewhere() bool {
	return c.t != nil && len(c.req.Tasks) > 1 && slices.ContainsFunc(c.e.Parameters, func(p string) bool {
		n, ok := parameter.TaskIndex(p)
		return ok && n != c.t.Index
	})
}

// within tells whether an operation leads only to what stands in the request or in Runware's own fields.
func (c *oneCase) within(op schema.Operation) bool {
	switch op.Op {
	case "move": // under another name only where that is another word for the same
		from, to := lastName(op.From), lastName(op.Path)
		return from == to || sameThing(to, from)
	case "replace":
		return slices.ContainsFunc(slices.Concat(c.e.Allowed, []schema.Value{schema.Value(c.e.Min), schema.Value(c.e.Max)}), func(v schema.Value) bool {
			return len(v) > 0 && (string(v) == string(op.Value) || isSideOf(v, op))
		})
	case "remove":
		return isItem(op.Path) && c.e.Max != "" // down to Runware's own count
	default:
		return string(op.Value) == "{}" || string(op.Value) == "[]" // room for a move
	}
}

// lastName is the name of the member at a pointer.
func lastName(pointer string) string {
	for _, step := range slices.Backward(rawjson.Tokens(pointer)) {
		if _, err := strconv.Atoi(step); err != nil {
			return step
		}
	}
	return ""
}

// isSideOf tells an operation that sets a side to that of a size which a field lists: "1024*1024".
func isSideOf(listed schema.Value, op schema.Operation) bool {
	text, _ := rawjson.Text(listed)
	w, h, ok := parameter.ParseSize(text)
	wide, high := strings.HasSuffix(op.Path, "/width"), strings.HasSuffix(op.Path, "/height")
	return ok && (wide && string(op.Value) == strconv.Itoa(w) || high && string(op.Value) == strconv.Itoa(h))
}

// unguarded takes back what no patch may do (package mend says what stays), and says what a mend costs.
func (c *oneCase) unguarded(f finding) finding {
	f.patch = slices.Clone(f.patch)
	var barred saying
	f.patch = slices.DeleteFunc(f.patch, func(op schema.Operation) bool {
		why := c.bars(op, f.cause.by == runware && !c.passedOn && !f.bySchema)
		if why.key != silent && barred.key == silent {
			barred = why
		}
		return why.key != silent
	})
	switch {
	case barred.key == silent:
	case f.mend.key == removeNames && len(f.patch) > 0 && !slices.ContainsFunc(f.patch, func(op schema.Operation) bool { return op.Op != "remove" }):
		f.mend.names = nil
		for _, op := range f.patch {
			f.mend.names = append(f.mend.names, dotted(strings.TrimPrefix(op.Path, c.t.Base)))
		}
		f.mend.aside = append(f.mend.aside, barred)
	default:
		f.patch = nil
		f.mend = mend{saying: barred}
	}
	return c.staying(c.priced(f))
}

// bars is why an operation is in no patch; silent where it may be. A model is replaced on Runware's own advice alone.
func (c *oneCase) bars(op schema.Operation, own bool) saying {
	if c.t == nil {
		return saying{}
	}
	change, err := request.OperationOf(op, c.t.Base)
	if err != nil {
		return stays(parameter.Last(dotted(strings.TrimPrefix(op.Path, c.t.Base))), edit.TextNew)
	}
	task := decoded(c.t, c.schema)
	if task == nil { // too large or too deep to be judged by its values
		for _, at := range [...]string{op.Path, op.From} {
			raw, _ := rawjson.Resolve(c.t.Raw, strings.TrimPrefix(at, c.t.Base))
			if name := guardedWithin(raw, 0); at != "" && name != "" {
				return stays(name, edit.MemberGuarded)
			}
		}
	}
	name, why := edit.Stays(task, change)
	if why == edit.ModelReplaced && own {
		return saying{}
	}
	return stays(name, why)
}

// guardedWithin is the first member of a value, at any depth that is read, which no patch takes out; "" if there is none.
func guardedWithin(raw []byte, depth int) string {
	const deepest = 8
	if depth > deepest {
		return ""
	}
	for name, value := range rawjson.Members(raw) {
		if parameter.Guarded(name) || parameter.Safeguards(name) {
			return name
		}
		if inner := guardedWithin(value, depth+1); inner != "" {
			return inner
		}
	}
	for _, item := range rawjson.Items(raw) {
		if inner := guardedWithin(item, depth+1); inner != "" {
			return inner
		}
	}
	return ""
}

// stays says why something stays as it is.
func stays(name string, why edit.Reason) saying {
	switch why {
	case edit.May:
	case edit.MemberGuarded:
		return saying{key: guardedMember, name: name}
	case edit.KeepsSafe:
		return saying{key: keepsSafe, name: name}
	case edit.ModelRemoved, edit.ModelReplaced:
		return saying{key: modelStays}
	case edit.AddressNew:
		return saying{key: newAddress, name: name}
	case edit.TextNew:
		return saying{key: newText, name: name}
	case edit.WordsReplaced:
		return saying{key: wordsStay, name: name}
	}
	return saying{}
}

// staying leaves a finding about what stays without the step that no patch may take, and says nothing of what a text
// lists as accepted there: a destination, a key.
func (c *oneCase) staying(f finding) finding {
	steps := parameter.Split(f.Parameter)
	last := parameter.Last(f.Parameter)
	listed := f.Constraint != nil && len(f.Constraint.Allowed) > 0 && f.Constraint.Source != schema.SourceDocumentation
	switch {
	case parameter.Guarded(last) && last != "taskType" && listed:
		f.Constraint = nil
		f.cause = cause{saying: saying{key: refusesGuarded, who: c.who(), name: f.Parameter}, by: f.cause.by}
		f.mend = mend{saying: saying{key: guardedMember, name: f.Parameter}}
	case listed && (f.mend.key == newAddress || f.mend.key == newText || f.mend.key == wordsStay):
		f.Constraint = nil
		f.cause = cause{saying: saying{key: refusesGuarded, who: c.who(), name: f.Parameter}, by: f.cause.by}
	case f.mend.asksFor() != "":
		f.patch = nil
		f.mend = mend{saying: saying{key: guardedMember, name: f.mend.asksFor()}}
	case len(f.patch) > 0 || !f.mend.changes():
	case parameter.Guarded(last) && f.mend.key == removeNames:
		f.mend = mend{saying: saying{key: guardedMember, name: f.Parameter}}
	case slices.ContainsFunc(steps, parameter.Safeguards):
		f.mend = mend{saying: saying{key: keepsSafe, name: f.Parameter}}
	case f.Parameter == "model" && f.cause.by != runware:
		f.mend = mend{saying: saying{key: modelStays}}
	}
	return f
}

// asksFor is the guarded member that a step says is to be set; "" if there is none. The id and the type of a task belong
// into it.
func (m mend) asksFor() string {
	switch m.key { //nolint:exhaustive // the others ask for nothing new
	case addNames, addAlternatives, giveNames, sendTogether, sendOrLeaveOut, addValue, chooseOther:
		for _, name := range append(slices.Clone(m.names), m.name) {
			if last := parameter.Last(name); parameter.Guarded(last) && last != "taskUUID" && last != "taskType" {
				return name
			}
		}
	}
	return ""
}

// changes tells a step that says what is to be set, renamed or taken out.
func (m mend) changes() bool {
	switch m.key { //nolint:exhaustive // the others leave the value to the user
	case removeNames, setTo, setToOneOf, sendAs, addValue, renameTo, moveTo, setModel:
		return true
	}
	return false
}

// priced says what a mend costs: what raises it is never certain.
func (c *oneCase) priced(f finding) finding {
	if slices.ContainsFunc(f.patch, func(op schema.Operation) bool {
		return c.t != nil && op.Op == "replace" && strings.HasSuffix(op.Path, "/model")
	}) {
		f.Confidence = atMostLikely(f.Confidence)
		f.mend.aside = append(f.mend.aside, saying{key: otherModel})
	}
	if name := c.dearer(f); name != "" {
		f.Confidence = atMostLikely(f.Confidence)
		more := saying{key: costsMore, name: name}
		if name == wholeSize {
			more.key = largerCostsMore
		}
		f.mend.aside = append(f.mend.aside, more)
	}
	return f
}

func atMostLikely(c schema.Confidence) schema.Confidence {
	if c == schema.ConfidenceCertain {
		return schema.ConfidenceLikely
	}
	return c
}

// dearer is the member that a mend raises and that is paid for, "" if it raises none: a number, a tier, the area of a
// picture, and what it adds.
func (c *oneCase) dearer(f finding) string {
	if c.t == nil {
		return ""
	}
	ops := f.patch
	if len(ops) == 0 && f.mend.key == setTo && f.Pointer != "" { // said, and for somebody else to do
		ops = []schema.Operation{replace(f.Pointer, f.mend.value)}
	}
	if len(ops) == 0 && f.mend.key == setToOneOf && len(f.mend.values) == 1 && f.Pointer != "" {
		ops = []schema.Operation{replace(f.Pointer, f.mend.values[0])}
	}
	area := 1.0
	for _, op := range ops {
		path := strings.TrimPrefix(op.Path, c.t.Base)
		name := parameter.Last(dotted(path))
		old, held := rawjson.Resolve(c.t.Raw, path)
		switch {
		case op.Op == "add" && !held && parameter.Costs(name) && !parameter.IsSide(name):
			return name
		case op.Op != "replace" || !held:
		case parameter.IsSide(name):
			area *= ratio(old, op.Value)
		case parameter.Raises(name, plainText(old), plainText(op.Value)):
			return name
		}
	}
	const muchLarger = 1.5 // to the next price, rather than to the next multiple
	if area > muchLarger {
		return wholeSize
	}
	return ""
}

// wholeSize stands for both sides of a picture.
const wholeSize = "width/height"

// ratio is how many times as large a number is as another one, 1 where one of them is none.
func ratio(old, value schema.Value) float64 {
	before, ok := constraint.ParseNumber(plainText(old))
	after, also := constraint.ParseNumber(plainText(value))
	if !ok || !also || before.Sign() <= 0 {
		return 1
	}
	n, _ := new(big.Rat).Quo(after, before).Float64()
	return n
}

// plainText is a value without quotes.
func plainText(v schema.Value) string {
	if text, ok := rawjson.Text(v); ok {
		return text
	}
	return string(v)
}
