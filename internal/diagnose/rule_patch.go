package diagnose

import (
	"math/big"
	"slices"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// patchValue proposes the smallest change that satisfies the rule, where one follows.
func (c *oneCase) patchValue(f *finding, at request.Place, r constraint.Constraint, v constraint.Verdict) {
	say := saying{name: at.Parameter}
	if v.Want != nil && v.At == "" && r.Judge(at.Parameter, v.Want).Proof == constraint.Broken {
		v.Want = nil // of the right type, and still none of what is accepted
	}
	v.Want = possible(at, r, v.Want)
	switch {
	case v.Excess > 0 && v.Measure == schema.MeasureItems:
		say.key, say.count = c.takeLast(f, at, v.Excess), v.Excess
	case v.Lack > 0 && v.Measure == schema.MeasureItems:
		say.key, say.count = addItems, v.Lack
	case v.Excess > 0:
		say.key, say.count = shorten, v.Excess
	case v.Lack > 0 && isEmptyString(at.Raw):
		say.key, say.text = giveText, r.Text(schema.MeasureCharacters)
	case v.Lack > 0:
		say.key, say.count = lengthen, v.Lack
	case parameter.Fold(parameter.Last(at.Parameter)) == "seed" && v.Want != nil && (!v.Typ || string(v.Want) != strings.Trim(string(at.Raw), `"`)):
		// Any other seed gives another picture, so none is nearer than a random one.
		say.key, say.text = removeSeed, r.Text(f.Measure)
		c.patchAt(f, remove(at.Pointer))
	case parameter.IsSide(at.Parameter) && rawjson.KindOf(v.Want) == rawjson.String:
		say.key = setNumber
	case v.Reshape != constraint.AsIs:
		c.reshape(f, at, v.Reshape)
		return
	case v.Want != nil:
		say.key, say.value = setTo, v.Want
		if v.Typ {
			say.key = sendAs
		}
		c.patchAt(f, replace(at.Pointer+v.At, v.Want))
		c.patchOthers(f, at)
		c.sayShape(f, at, v.Want)
	case r.Cut && len(r.Allowed) > 0:
		say.key, say.text = setToRule, acceptsPhrase(r, f.Measure, false)
	case len(r.Allowed) > 0:
		say.key, say.values = setToOneOf, r.Allowed
	default:
		say.key, say.text = setToRule, r.Text(f.Measure)
	}
	f.mend.saying = say
}

// takeLast takes the last items off a list that is too long, and says in which clause. Of all that the user gave, and of a
// conversation, whose last is the newest, it takes none.
func (c *oneCase) takeLast(f *finding, at request.Place, excess int) key {
	n := rawjson.Len(at.Raw)
	if parameter.Fold(parameter.Last(at.Parameter)) == "messages" {
		f.mend.also = append(f.mend.also, saying{key: usersChoiceOfItems})
		return removeItems
	}
	if excess >= n && losesWork(at) || excess > maxPatch || c.req.Opaque {
		return removeItems
	}
	for i := n - 1; i >= n-excess; i-- {
		f.patch = append(f.patch, remove(rawjson.Pointer(at.Pointer, i)))
		if losesWork(at) {
			f.Confidence = schema.ConfidenceLikely // that there are too many is proved, which go is not
		}
	}
	return removeLast
}

// possible is the wanted value, if it can be in the world: no size, count or length of time is nothing or below; its first
// step, where there is one, is in its place.
func possible(at request.Place, r constraint.Constraint, want schema.Value) schema.Value {
	n, ok := constraint.ParseNumber(string(want))
	if ok && !n.IsInt() && parameter.Counts(parameter.Last(at.Parameter)) {
		return nil
	}
	if !ok || n.Sign() > 0 || !parameter.Costs(parameter.Last(at.Parameter)) {
		return want
	}
	if step, ok := constraint.ParseNumber(string(r.MultipleOf)); ok && step.Sign() > 0 {
		return schema.Value(r.MultipleOf)
	}
	return nil
}

// sayShape says that a side which changes much changes the shape of the picture, and what the other side would be.
func (c *oneCase) sayShape(f *finding, at request.Place, want schema.Value) {
	const slight = 20 // one part in so many is no other shape
	if !parameter.IsSide(at.Parameter) || c.t == nil || len(f.patch) != 1 {
		return
	}
	other := "height"
	if at.Parameter == other {
		other = "width"
	}
	old, okOld := sideOfPicture([]request.Place{at})
	side, okSide := sideOfPicture([]request.Place{{Raw: want}})
	held, okHeld := sideOfPicture(c.t.Locate(other))
	if !okOld || !okSide || !okHeld || max(old, side)-min(old, side) <= old/slight {
		return
	}
	r := c.ruleFor(at, true)
	scaled, ok := r.Nearest(big.NewRat(int64(held)*int64(side), int64(old)))
	if !ok || !scaled.IsInt() || !scaled.Num().IsInt64() || scaled.Num().Int64() == int64(held) {
		return
	}
	f.mend.aside = append(f.mend.aside, saying{key: shapeChanges, name: other, count: int(scaled.Num().Int64())})
}

// withoutShape takes back what is said of the picture's shape where another finding changes the other side too.
func withoutShape(findings []finding) {
	sides := func(f finding) int {
		n := 0
		for _, op := range f.patch {
			if parameter.IsSide(op.Path[strings.LastIndexByte(op.Path, '/')+1:]) {
				n++
			}
		}
		return n
	}
	for i := range findings {
		f := &findings[i]
		f.mend.aside = slices.DeleteFunc(f.mend.aside, func(s saying) bool {
			return s.key == shapeChanges && slices.ContainsFunc(findings, func(other finding) bool {
				return other.Pointer != f.Pointer && sameIndex(other.TaskIndex, f.TaskIndex) && sides(other) > 0
			})
		})
	}
}

// reshape moves a value into an array, or out of one. The patch does not repeat what is long, secret or prose.
func (c *oneCase) reshape(f *finding, at request.Place, how constraint.Reshaping) {
	if how == constraint.Unwrap {
		f.mend.saying = saying{key: itemWithoutArray, name: at.Parameter}
		c.patchAt(f, schema.Operation{Op: "move", From: rawjson.Pointer(at.Pointer, 0), Path: at.Pointer})
		return
	}
	f.mend.saying = saying{key: intoArray, name: at.Parameter}
	if text, ok := rawjson.Text(at.Raw); !ok && len(at.Raw) <= looks.MaxShownURL || ok && looks.PlainValue(text) {
		c.patchAt(f, replace(at.Pointer, slices.Concat(schema.Value("["), at.Raw, schema.Value("]"))))
		return
	}
	if strings.HasSuffix(at.Parameter, "]") {
		return // no room beside an item of an array
	}
	aside := at.Pointer + "~1value" // a free name beside it, for three steps
	c.patchAt(f, schema.Operation{Op: "move", From: at.Pointer, Path: aside})
	c.patchAt(f, schema.Operation{Op: "add", Path: at.Pointer, Value: schema.Value("[]")})
	c.patchAt(f, schema.Operation{Op: "move", From: aside, Path: rawjson.Pointer(at.Pointer, 0)})
}

func (c *oneCase) patchAt(f *finding, op schema.Operation) {
	if !c.req.Opaque {
		f.patch = append(f.patch, op)
	}
}

// patchOthers mends the other values that the same name leads to, as the weights of several LoRAs.
func (c *oneCase) patchOthers(f *finding, done request.Place) {
	for _, other := range c.places() {
		if other.Pointer == done.Pointer || len(f.patch) >= maxPatch {
			continue
		}
		v := c.ruleFor(other, rawjson.KindOf(other.Raw) == rawjson.Number).Judge(other.Parameter, other.Raw)
		if v.Proof == constraint.Broken && v.Want != nil && v.At == "" {
			c.patchAt(f, replace(other.Pointer, v.Want))
			f.mend.also = append(f.mend.also, saying{key: andTo, name: other.Parameter, value: v.Want})
		}
	}
}

// maxPatch bounds the operations of one patch: a longer one is a rewrite, which the fix says in words.
const maxPatch = 64

func remove(pointer string) schema.Operation { return schema.Operation{Op: "remove", Path: pointer} }

func replace(pointer string, v schema.Value) schema.Operation {
	return schema.Operation{Op: "replace", Path: pointer, Value: v}
}
