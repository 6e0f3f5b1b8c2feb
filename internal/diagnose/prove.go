package diagnose

import (
	"encoding/json"
	"math/big"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// proof is the outcome of comparing a recorded value with a rule.
type proof uint8

const (
	undecided proof = iota // the rule and the value cannot be compared
	broken
	satisfied
)

// verdict is a proof with what follows from it.
type verdict struct {
	proof   proof
	actual  schema.Value
	measure schema.Measure
	want    schema.Value // the nearest value that satisfies the rule; nil when none follows
	at      string       // pointer of the item at fault within an array; "" for the place itself
	excess  int          // items above the maximum
	lack    int          // items below the minimum
	typ     bool         // the JSON type is what is wrong
	reshape reshaping    // how the value itself is to be kept in another shape
}

// reshaping keeps a recorded value, in another shape. Its patch moves the value, which may be large or a secret.
type reshaping uint8

const (
	asIs   reshaping = iota
	wrap             // into an array of one
	unwrap           // out of an array of one
)

// judge compares the value at a place with a rule.
func (r rule) judge(p place) verdict {
	v := verdict{}
	v.actual, v.measure = actualOf(p)
	switch rawjson.KindOf(p.raw) {
	case rawjson.Array:
		r.judgeArray(p, &v)
	case rawjson.Number:
		r.judgeNumber(string(p.raw), &v)
	case rawjson.String:
		text, _ := rawjson.Text(p.raw)
		r.judgeString(text, &v)
	case rawjson.True, rawjson.False:
		r.judgeBool(string(p.raw), &v)
	case rawjson.Object:
		if r.Type != "" {
			v.wrongType(r.Type == "object")
			if r.Type == "array" && (r.of == "object" || r.of == "") {
				v.reshape = wrap
			}
		}
	case rawjson.Null:
		if r.known() {
			v.wrongType(false)
		}
	case rawjson.None:
	}
	return v
}

func (v *verdict) wrongType(right bool) {
	v.proof = broken
	v.typ = true
	if right {
		v.proof, v.typ = satisfied, false
	}
}

func (r rule) judgeArray(p place, v *verdict) {
	n := rawjson.Len(p.raw)
	switch {
	case len(r.Allowed) > 0 && !r.bounded():
		r.judgeItems(p, v)
	case r.bounded() && r.unit != unitCharacters && r.unit != unitBytes:
		v.proof = satisfied
		if most, ok := intBound(r.Max, r.ExclusiveMax, -1); ok && most >= 0 && n > most {
			v.proof, v.excess = broken, n-most
		}
		if least, ok := intBound(r.Min, r.ExclusiveMin, 1); ok && n < least {
			v.proof, v.lack = broken, least-n
		}
	case r.Type == "array" || r.Type == "":
		if r.Type == "array" && r.of != "" {
			r.judgeItemTypes(p, v)
		}
	default:
		v.wrongType(false)
		if n == 1 {
			for _, item := range rawjson.Items(p.raw) {
				if typeMatches(r.Type, item) {
					v.reshape = unwrap
				}
			}
		}
	}
}

func (r rule) judgeItemTypes(p place, v *verdict) {
	v.proof = satisfied
	for i, item := range rawjson.Items(p.raw) {
		if !typeMatches(r.of, item) {
			v.proof, v.typ = broken, true
			v.at = rawjson.Pointer(p.pointer, i)
			v.actual, v.measure = schema.StringValue(typeOf(item)), schema.MeasureType
			return
		}
	}
}

// judgeItems compares every item of an array with a list and stops at the first that is not in it.
func (r rule) judgeItems(p place, v *verdict) {
	v.proof = satisfied
	for i, item := range rawjson.Items(p.raw) {
		at := p.item(i)
		at.raw = item
		inner := r.judge(at)
		if inner.proof == broken {
			*v = inner
			v.at = at.pointer
			return
		}
		if inner.proof == undecided {
			v.proof = undecided
		}
	}
}

func typeMatches(typ string, raw []byte) bool {
	got := typeOf(raw)
	return got == typ || typ == "integer" && got == "number"
}

// intBound is a bound as the nearest whole number that it lets pass; step leads away from an exclusive one.
func intBound(inclusive, exclusive json.Number, step int) (int, bool) {
	if n, ok := parseNumber(string(inclusive)); ok && n.IsInt() && n.Num().IsInt64() {
		return int(n.Num().Int64()), true
	}
	if n, ok := parseNumber(string(exclusive)); ok && n.IsInt() && n.Num().IsInt64() {
		return int(n.Num().Int64()) + step, true
	}
	return 0, false
}

func (r rule) judgeNumber(text string, v *verdict) {
	n, ok := parseNumber(text)
	switch {
	case !ok:
	case r.Type == "string" && !r.numericList():
		v.wrongType(false)
		v.want = schema.StringValue(text)
	case r.Type == "array":
		v.wrongType(false)
		if !r.bounded() {
			v.reshape = wrap
		}
	case r.Type == "boolean" || r.Type == "object":
		v.wrongType(false)
	case len(r.Allowed) > 0:
		r.judgeListed(n, v)
	case r.bounded() || r.Type == "integer" && !n.IsInt():
		fixed, fixable := r.nearest(n)
		if fixed != nil && fixed.Cmp(n) == 0 {
			v.proof = satisfied
			return
		}
		v.proof = broken
		if fixable {
			v.want = r.spell(fixed)
		}
	case r.Type == "number" || r.Type == "integer":
		v.proof = satisfied
	}
}

// spell writes a number as the rule does, where it is one of its bounds.
func (r rule) spell(n *big.Rat) schema.Value {
	for _, bound := range [...]json.Number{r.Min, r.Max} {
		if b, ok := parseNumber(string(bound)); ok && b.Cmp(n) == 0 {
			return schema.Value(bound)
		}
	}
	return schema.Value(formatNumber(n))
}

// judgeListed compares a number with a list of numbers; the nearest takes its place, the smaller of two.
func (r rule) judgeListed(n *big.Rat, v *verdict) {
	var best *big.Rat
	var distance *big.Rat
	for _, allowed := range r.Allowed {
		text := string(allowed)
		if s, ok := rawjson.Text(allowed); ok {
			text = s
		}
		candidate, ok := parseNumber(text)
		if !ok {
			continue
		}
		d := new(big.Rat).Sub(candidate, n)
		d.Abs(d)
		if best == nil || d.Cmp(distance) < 0 || d.Cmp(distance) == 0 && candidate.Cmp(best) < 0 {
			best, distance = candidate, d
		}
	}
	switch {
	case best == nil:
		v.proof = broken // a number, and a list without numbers
		v.wantNamed(r.Allowed, formatNumber(n))
	case distance.Sign() == 0:
		v.proof = satisfied
	default:
		v.proof = broken
		v.want = schema.Value(formatNumber(best))
	}
}

// wantNamed looks for the list's own spelling of what was sent as something else: 720 for "720p", 1024 for "1024x1024" not.
func (v *verdict) wantNamed(allowed []schema.Value, text string) {
	for _, a := range allowed {
		if s, ok := rawjson.Text(a); ok && strings.TrimRight(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz") == text {
			v.want = a
			return
		}
	}
}

func (r rule) numericList() bool {
	for _, a := range r.Allowed {
		text, isText := rawjson.Text(a)
		if !isText {
			text = string(a)
		}
		if _, ok := parseNumber(text); !ok {
			return false
		}
	}
	return len(r.Allowed) > 0
}

// nearest is the value next to n that meets the bounds; n itself if it does. fixable is false where the bounds leave
// no value, or only an open one ("greater than 0") from which no single value follows.
func (r rule) nearest(n *big.Rat) (fixed *big.Rat, fixable bool) {
	step, hasStep := parseNumber(string(r.MultipleOf))
	if !hasStep || step.Sign() <= 0 {
		step, hasStep = nil, false
	}
	if !hasStep && r.Type == "integer" {
		step, hasStep = big.NewRat(1, 1), true
	}
	low, hasLow, lowOpen := edge(r.Min, r.ExclusiveMin)
	high, hasHigh, highOpen := edge(r.Max, r.ExclusiveMax)
	fits := func(x *big.Rat) bool {
		tooLow := hasLow && (x.Cmp(low) < 0 || lowOpen && x.Cmp(low) == 0)
		tooHigh := hasHigh && (x.Cmp(high) > 0 || highOpen && x.Cmp(high) == 0)
		return !tooLow && !tooHigh && (!hasStep || isMultiple(x, step))
	}
	if fits(n) {
		return n, true
	}
	var candidates []*big.Rat
	clamp := n
	if hasLow && n.Cmp(low) < 0 {
		clamp = low
	}
	if hasHigh && n.Cmp(high) > 0 {
		clamp = high
	}
	candidates = append(candidates, clamp)
	if hasStep {
		candidates = []*big.Rat{floorTo(clamp, step), ceilTo(clamp, step)}
		if lowOpen && clamp.Cmp(low) == 0 {
			candidates = append(candidates, new(big.Rat).Add(ceilTo(clamp, step), step))
		}
		if highOpen && clamp.Cmp(high) == 0 {
			candidates = append(candidates, new(big.Rat).Sub(floorTo(clamp, step), step))
		}
	}
	var best, distance *big.Rat
	for _, c := range candidates {
		d := new(big.Rat).Sub(c, n)
		d.Abs(d)
		if fits(c) && (best == nil || d.Cmp(distance) < 0) {
			best, distance = c, d
		}
	}
	return best, best != nil
}

func edge(inclusive, exclusive json.Number) (bound *big.Rat, known, open bool) {
	if n, ok := parseNumber(string(inclusive)); ok {
		return n, true, false
	}
	n, ok := parseNumber(string(exclusive))
	return n, ok, ok
}

func (r rule) judgeString(text string, v *verdict) {
	numeric := r.Type == "integer" || r.Type == "number" || r.Type == "" && r.unit == unitNone && r.bounded() || r.numericList()
	switch {
	case numeric && r.unit != unitCharacters && r.unit != unitItems && r.unit != unitBytes:
		r.judgeNumericString(text, v)
	case r.Type == "boolean":
		v.wrongType(false)
		if lower := strings.ToLower(strings.TrimSpace(text)); lower == "true" || lower == "false" {
			v.want = schema.Value(lower)
		}
	case r.Type == "array":
		v.wrongType(false)
		if !strings.ContainsAny(text, ",;\n") && r.of != "object" && r.of != "number" && r.of != "integer" && (!r.partial || isURL(text) || isUUID(text) || isBase64(text) || strings.HasPrefix(text, "data:")) {
			v.reshape = wrap
		}
	case r.Type == "object":
		v.wrongType(false)
	case len(r.Allowed) > 0:
		r.judgeListedString(text, v)
	case r.bounded() && r.unit != unitItems && r.unit != unitBytes:
		r.judgeLength(text, v)
	case r.Type == "string" && !r.bounded():
		v.proof = satisfied
	}
}

// judgeNumericString handles a number that was sent as a string.
func (r rule) judgeNumericString(text string, v *verdict) {
	v.wrongType(false)
	n, ok := parseNumber(text)
	if !ok {
		return
	}
	inner := verdict{}
	number := r
	if number.Type == "string" {
		number.Type = ""
	}
	number.judgeNumber(strings.TrimSpace(text), &inner)
	v.want = schema.Value(formatNumber(n))
	if inner.proof == broken {
		v.want = inner.want
	}
}

func (r rule) judgeListedString(text string, v *verdict) {
	for _, a := range r.Allowed {
		if s, ok := rawjson.Text(a); ok && s == text {
			v.proof = satisfied
			return
		}
	}
	v.proof = broken
	v.want = nearestName(text, r.Allowed)
}

func (r rule) judgeLength(text string, v *verdict) {
	n := utf8.RuneCountInString(text)
	if text != "" {
		v.actual, v.measure = schema.IntValue(n), schema.MeasureCharacters
	}
	v.proof = satisfied
	if most, ok := intBound(r.Max, r.ExclusiveMax, -1); ok && most >= 0 && n > most {
		v.proof, v.excess = broken, n-most
	}
	if least, ok := intBound(r.Min, r.ExclusiveMin, 1); ok && n < least {
		v.proof, v.lack = broken, least-n
	}
}

func (r rule) judgeBool(text string, v *verdict) {
	switch {
	case r.Type == "string":
		v.wrongType(false)
		v.want = schema.StringValue(text)
	case r.Type != "":
		v.wrongType(r.Type == "boolean")
	case len(r.Allowed) > 0:
		v.proof = broken
		for _, a := range r.Allowed {
			if string(a) == text {
				v.proof = satisfied
			} else if s, ok := rawjson.Text(a); ok && strings.EqualFold(s, text) {
				v.want = a
			}
		}
	}
}
