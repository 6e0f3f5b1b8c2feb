package constraint

import (
	"encoding/json"
	"math/big"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Proof is the outcome of comparing a recorded value with a rule.
type Proof uint8

// The proofs.
const (
	Undecided Proof = iota // the rule and the value cannot be compared
	Broken
	Satisfied
)

// Verdict is a proof with what follows from it.
type Verdict struct {
	Proof   Proof
	Actual  schema.Value
	Measure schema.Measure
	Want    schema.Value // the nearest value that satisfies the rule; nil when none follows
	At      string       // pointer, within the value, to the item at fault; "" for the value itself
	Excess  int          // items above the maximum
	Lack    int          // items below the minimum
	Typ     bool         // the JSON type is what is wrong
	Reshape Reshaping    // how the value itself is to be kept in another shape
}

// Reshaping keeps a recorded value, in another shape. Its patch moves the value, which may be large or a secret.
type Reshaping uint8

// The reshapings.
const (
	AsIs   Reshaping = iota
	Wrap             // into an array of one
	Unwrap           // out of an array of one
)

// Judge compares the value of a parameter with a rule.
func (r Constraint) Judge(parameter string, raw []byte) Verdict {
	v := Verdict{}
	kind := rawjson.KindOf(raw)
	if strings.Contains(r.Type, "|") {
		typ, ok := oneOfTypes(r.Type, raw)
		if !ok {
			v.Actual, v.Measure = Actual(parameter, raw)
			v.wrongType(false)
			return v
		}
		r.Type = typ
	}
	if kind == rawjson.String {
		if n, ok := countProse(parameter, raw); ok && r.ofLength() {
			v.Actual, v.Measure = schema.IntValue(n), schema.MeasureCharacters
			r.judgeLength(n, &v)
			return v
		}
		text, _ := rawjson.Text(raw) // once: it may be long
		v.Actual, v.Measure = actualText(parameter, text)
		r.judgeString(text, &v)
		return v
	}
	v.Actual, v.Measure = Actual(parameter, raw)
	switch kind {
	case rawjson.Array:
		r.judgeArray(parameter, raw, &v)
	case rawjson.Number:
		r.judgeNumber(string(raw), &v)
	case rawjson.True, rawjson.False:
		r.judgeBool(string(raw), &v)
	case rawjson.Object:
		if r.Type != "" {
			v.wrongType(r.Type == "object")
			if r.Type == "array" && (r.Of == "object" || r.Of == "") {
				v.Reshape = Wrap
			}
		}
	case rawjson.Null:
		if r.Known() {
			v.wrongType(false)
		}
	case rawjson.None, rawjson.String:
	}
	return v
}

func (v *Verdict) wrongType(right bool) {
	v.Proof = Broken
	v.Typ = true
	if right {
		v.Proof, v.Typ = Satisfied, false
	}
}

func (r Constraint) judgeArray(parameter string, raw []byte, v *Verdict) {
	n := rawjson.Len(raw)
	switch {
	case len(r.Allowed) > 0 && !r.Bounded():
		r.judgeItems(parameter, raw, v)
	case r.Bounded() && r.Unit != UnitCharacters && r.Unit != UnitBytes:
		v.Proof = Satisfied
		if most, ok := intBound(r.Max, r.ExclusiveMax, -1); ok && most >= 0 && n > most {
			v.Proof, v.Excess = Broken, n-most
		}
		if least, ok := intBound(r.Min, r.ExclusiveMin, 1); ok && n < least {
			v.Proof, v.Lack = Broken, least-n
		}
	case r.Type == "array" || r.Type == "":
		if r.Type == "array" && r.Of != "" {
			r.judgeItemTypes(raw, v)
		}
	default:
		v.wrongType(false)
		if n == 1 {
			for _, item := range rawjson.Items(raw) {
				if typeMatches(r.Type, item) {
					v.Reshape = Unwrap
				}
			}
		}
	}
}

func (r Constraint) judgeItemTypes(raw []byte, v *Verdict) {
	v.Proof = Satisfied
	for i, item := range rawjson.Items(raw) {
		if !typeMatches(r.Of, item) {
			v.Proof, v.Typ = Broken, true
			v.At = rawjson.Pointer("", i)
			v.Actual, v.Measure = schema.StringValue(looks.JSONType(item)), schema.MeasureType
			return
		}
	}
}

// judgeItems compares every item of an array with a list and stops at the first that is not in it.
func (r Constraint) judgeItems(parameter string, raw []byte, v *Verdict) {
	v.Proof = Satisfied
	for i, item := range rawjson.Items(raw) {
		inner := r.Judge(parameter, item)
		if inner.Proof == Broken {
			*v = inner
			v.At = rawjson.Pointer("", i) + inner.At
			return
		}
		if inner.Proof == Undecided {
			v.Proof = Undecided
		}
	}
}

// oneOfTypes is that of several types, as "string|array", which a value has; false where it has none of them.
func oneOfTypes(types string, raw []byte) (string, bool) {
	for typ := range strings.SplitSeq(types, "|") {
		if typeMatches(typ, raw) {
			return typ, true
		}
	}
	return "", false
}

func typeMatches(typ string, raw []byte) bool {
	got := looks.JSONType(raw)
	return got == typ || typ == "integer" && got == "number"
}

// intBound is a bound as the nearest whole number that it lets pass; step leads away from an exclusive one.
func intBound(inclusive, exclusive json.Number, step int) (int, bool) {
	if n, ok := ParseNumber(string(inclusive)); ok && n.IsInt() && n.Num().IsInt64() {
		return int(n.Num().Int64()), true
	}
	if n, ok := ParseNumber(string(exclusive)); ok && n.IsInt() && n.Num().IsInt64() {
		return int(n.Num().Int64()) + step, true
	}
	return 0, false
}

func (r Constraint) judgeNumber(text string, v *Verdict) {
	n, ok := ParseNumber(text)
	switch {
	case !ok:
	case r.Type == "string" && !r.numericList():
		v.wrongType(false)
		v.Want = schema.StringValue(text)
	case r.Type == "array":
		v.wrongType(false)
		if !r.Bounded() {
			v.Reshape = Wrap
		}
	case r.Type == "boolean" || r.Type == "object":
		v.wrongType(false)
	case len(r.Allowed) > 0:
		r.judgeListed(n, v)
	case r.Bounded() || r.Type == "integer" && !n.IsInt():
		fixed, fixable := r.Nearest(n)
		if fixed != nil && fixed.Cmp(n) == 0 {
			v.Proof = Satisfied
			return
		}
		v.Proof = Broken
		if fixable {
			v.Want = r.spell(fixed)
		}
	case r.Type == "number" || r.Type == "integer":
		v.Proof = Satisfied
	}
}

// spell writes a number as the rule does, where it is one of its bounds.
func (r Constraint) spell(n *big.Rat) schema.Value {
	for _, bound := range [...]json.Number{r.Min, r.Max} {
		if b, ok := ParseNumber(string(bound)); ok && b.Cmp(n) == 0 {
			return schema.Value(bound)
		}
	}
	return schema.Value(FormatNumber(n))
}

// judgeListed compares a number with a list of numbers; the nearest takes its place, the smaller of two.
func (r Constraint) judgeListed(n *big.Rat, v *Verdict) {
	var best *big.Rat
	var distance *big.Rat
	for _, allowed := range r.Allowed {
		text := string(allowed)
		if s, ok := rawjson.Text(allowed); ok {
			text = s
		}
		candidate, ok := ParseNumber(text)
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
		v.Proof = Broken // a number, and a list without numbers
		v.wantNamed(r.Allowed, FormatNumber(n))
	case distance.Sign() == 0:
		v.Proof = Satisfied
	default:
		v.Proof = Broken
		v.Want = schema.Value(FormatNumber(best))
	}
}

// wantNamed looks for the list's own spelling of what was sent as something else: 720 for "720p", 1024 for "1024x1024" not.
func (v *Verdict) wantNamed(allowed []schema.Value, text string) {
	for _, a := range allowed {
		if s, ok := rawjson.Text(a); ok && strings.TrimRight(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz") == text {
			v.Want = a
			return
		}
	}
}

func (r Constraint) numericList() bool {
	for _, a := range r.Allowed {
		text, isText := rawjson.Text(a)
		if !isText {
			text = string(a)
		}
		if _, ok := ParseNumber(text); !ok {
			return false
		}
	}
	return len(r.Allowed) > 0
}

// numeric tells a rule for numbers.
func (r Constraint) numeric() bool {
	return r.Type == "integer" || r.Type == "number" || r.Type == "" && r.Unit == UnitNone && r.Bounded() || r.numericList()
}

// ofLength tells a rule that is about nothing but the length of a text.
func (r Constraint) ofLength() bool {
	return r.Bounded() && len(r.Allowed) == 0 && (r.Unit == UnitCharacters || r.Unit == UnitNone && !r.numeric()) &&
		r.Type != "boolean" && r.Type != "array" && r.Type != "object"
}

func (r Constraint) judgeString(text string, v *Verdict) {
	switch {
	case r.numeric() && r.Unit != UnitCharacters && r.Unit != UnitItems && r.Unit != UnitBytes:
		r.judgeNumericString(text, v)
	case r.Type == "boolean":
		v.wrongType(false)
		if lower := strings.ToLower(strings.TrimSpace(text)); lower == "true" || lower == "false" {
			v.Want = schema.Value(lower)
		}
	case r.Type == "array":
		v.wrongType(false)
		if !looks.IsAIR(text) && !strings.ContainsAny(text, ",;\n") && r.Of != "object" && r.Of != "number" && r.Of != "integer" && (!r.Partial || looks.IsURL(text) || looks.IsUUID(text) || looks.IsBase64(text) || strings.HasPrefix(text, "data:")) {
			v.Reshape = Wrap
		}
	case r.Type == "object":
		v.wrongType(false)
	case len(r.Allowed) > 0:
		r.judgeListedString(text, v)
	case r.Bounded() && r.Unit != UnitItems && r.Unit != UnitBytes:
		n := utf8.RuneCountInString(text)
		if text != "" {
			v.Actual, v.Measure = schema.IntValue(n), schema.MeasureCharacters
		}
		r.judgeLength(n, v)
	case r.Type == "string" && !r.Bounded():
		v.Proof = Satisfied
	}
}

// judgeNumericString handles a number that was sent as a string.
func (r Constraint) judgeNumericString(text string, v *Verdict) {
	v.wrongType(false)
	n, ok := ParseNumber(text)
	if !ok {
		return
	}
	inner := Verdict{}
	number := r
	if number.Type == "string" {
		number.Type = ""
	}
	number.judgeNumber(strings.TrimSpace(text), &inner)
	v.Want = schema.Value(FormatNumber(n))
	if inner.Proof == Broken {
		v.Want = inner.Want
	}
}

func (r Constraint) judgeListedString(text string, v *Verdict) {
	for _, a := range r.Allowed {
		if s, ok := rawjson.Text(a); ok && s == text {
			v.Proof = Satisfied
			return
		}
	}
	v.Proof = Broken
	if r.Cut && len(r.Allowed) == 1 && parameter.Fold(text) != parameter.Fold(plainText(r.Allowed[0])) {
		return // the only one that may be shown is not the only one
	}
	v.Want = NearestName(text, r.Allowed)
}

func plainText(v schema.Value) string {
	text, _ := rawjson.Text(v)
	return text
}

func (r Constraint) judgeLength(n int, v *Verdict) {
	v.Proof = Satisfied
	if most, ok := intBound(r.Max, r.ExclusiveMax, -1); ok && most >= 0 && n > most {
		v.Proof, v.Excess = Broken, n-most
	}
	if least, ok := intBound(r.Min, r.ExclusiveMin, 1); ok && n < least {
		v.Proof, v.Lack = Broken, least-n
	}
}

func (r Constraint) judgeBool(text string, v *Verdict) {
	switch {
	case r.Type == "string":
		v.wrongType(false)
		v.Want = schema.StringValue(text)
	case r.Type != "":
		v.wrongType(r.Type == "boolean")
	case len(r.Allowed) > 0:
		v.Proof = Broken
		for _, a := range r.Allowed {
			if string(a) == text {
				v.Proof = Satisfied
			} else if s, ok := rawjson.Text(a); ok && strings.EqualFold(s, text) {
				v.Want = a
			}
		}
	}
}
