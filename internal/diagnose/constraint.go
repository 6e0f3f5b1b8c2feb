package diagnose

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// rule is a constraint in the form that proof needs: what it counts, and its sizes taken apart.
type rule struct {
	schema.Constraint
	unit    unit
	of      string // what an array must hold
	float   bool   // Runware's word float, kept for the text
	partial bool   // the message asks for more than was understood: meeting the rule proves nothing
	loose   bool   // and breaking it leaves open what would meet it: no patch
}

func (r rule) bounded() bool {
	return r.Min != "" || r.Max != "" || r.ExclusiveMin != "" || r.ExclusiveMax != "" || r.MultipleOf != ""
}

func (r rule) known() bool { return r.bounded() || len(r.Allowed) > 0 || r.Type != "" }

// ruleFor gathers what is accepted at a parameter: the error's fields first, then its words, then the model's schema.
func (c *evidence) ruleFor(p place, numeric bool) rule {
	e := c.e
	r := rule{unit: unitNone}
	r.partial = c.claims.says(saysFormat) || c.claims.media
	fields := schema.Constraint{Min: e.Min, Max: e.Max, Source: schema.SourceErrorFields}
	if n, ok := parseNumber(string(e.Multiplier)); ok && n.Sign() > 0 {
		fields.MultipleOf = e.Multiplier
	}
	boolean := rawjson.KindOf(p.raw) == rawjson.True || rawjson.KindOf(p.raw) == rawjson.False
	for _, v := range e.Allowed {
		switch rawjson.KindOf(v) {
		case rawjson.String:
			if text, _ := rawjson.Text(v); text != "" && plainText(text) {
				fields.Allowed = append(fields.Allowed, v)
			}
		case rawjson.Number:
			fields.Allowed = append(fields.Allowed, v)
		case rawjson.True, rawjson.False:
			if boolean {
				fields.Allowed = append(fields.Allowed, v)
			}
		case rawjson.None, rawjson.Null, rawjson.Object, rawjson.Array:
		}
	}
	if fields.Min != "" || fields.Max != "" || fields.MultipleOf != "" || len(fields.Allowed) > 0 {
		r.Constraint = fields
	}
	c.addMessage(&r, p, numeric)
	if typ, of := fieldType(e.Type); r.Type == "" && typ != "" {
		r.Type, r.of = typ, of
		if r.Source == "" {
			r.Source = schema.SourceErrorFields
		}
	}
	if !r.bounded() && len(r.Allowed) == 0 {
		c.addSchema(&r, p)
	}
	if rawjson.KindOf(p.raw) == rawjson.Number {
		r.unit = unitNone // "max length" may be the name of a number; a number itself has none
	}
	return r
}

// addMessage fills in what the words of the message say and the fields did not.
func (c *evidence) addMessage(r *rule, p place, numeric bool) {
	var said bool
	for _, b := range c.claims.boundsFor(p.parameter) {
		if b.unit == unitNone && rawjson.KindOf(p.raw) == rawjson.Array && b.op == opExact {
			b.unit = unitItems
		}
		if !b.measures(p) {
			r.partial = true
			continue
		}
		if b.kind == number && b.apply(r) {
			if b.loose || b.unexplained(p) {
				r.partial, r.loose = true, true
			}
			said = true
		}
	}
	if len(r.Allowed) == 0 {
		if l, ok := c.claims.valueList(p); ok {
			for _, item := range l.items {
				r.Allowed = append(r.Allowed, itemValue(item, numeric || !l.quoted || c.claims.typ == "integer" || c.claims.typ == "number"))
			}
			said = true
		}
	}
	if c.claims.typ != "" {
		r.Type, r.of, said = c.claims.typ, c.claims.of, true
		r.float = strings.Contains(strings.ToLower(c.e.Message), "float")
	}
	if said && r.Source == "" {
		r.Source = schema.SourceMessage
	}
}

// measures tells whether a bound can be about the value at a place: media, and arrays that are not counted, have none.
func (b bound) measures(p place) bool {
	if b.unit == unitOther {
		return false
	}
	switch rawjson.KindOf(p.raw) {
	case rawjson.Array:
		own := b.subject == "" || canonical(b.subject) == canonical(p.parameter)
		return b.unit == unitItems || own && b.unit == unitNone && !strings.HasPrefix(b.lo, "-") && b.word == ""
	case rawjson.String:
		text, _ := rawjson.Text(p.raw)
		return !isURL(text) && !isUUID(text) && !isBase64(text) && !strings.HasPrefix(text, "data:") || b.unit == unitCharacters
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number, rawjson.Object:
	}
	return true
}

// unexplained tells whether the sentence has a number that is neither of the rule nor what was sent.
func (b bound) unexplained(p place) bool {
	sent := map[string]bool{}
	if text, ok := rawjson.Text(p.raw); ok {
		sent[text] = true
		sent[strconv.Itoa(utf8.RuneCountInString(text))] = true
	} else {
		sent[string(p.raw)] = true
		sent[strconv.Itoa(rawjson.Len(p.raw))] = true
	}
	for _, n := range b.rest {
		value, _ := parseNumber(n)
		raw, _ := parseNumber(string(p.raw))
		if !sent[n] && (value == nil || raw == nil || value.Cmp(raw) != 0) {
			return true
		}
	}
	return false
}

// boundsFor selects the rules that speak of this parameter: those whose clause names it, else those that name nobody.
func (c claims) boundsFor(parameter string) []bound {
	last := canonical(parameter)
	others := map[string]bool{}
	for _, name := range c.names {
		if other := canonical(name); other != last {
			others[other] = true
		}
	}
	var own, general []bound
	for _, b := range c.bounds {
		switch subject := canonical(b.subject); {
		case subject == last:
			own = append(own, b)
		case others[subject] && len(c.names) > 1:
		case subject == "" || subject != "width" && subject != "height" || last != "width" && last != "height":
			general = append(general, b)
		}
	}
	if len(own) > 0 {
		// "width must be between 256 and 2048, in multiples of 16": the clause goes on without its subject.
		for _, b := range general {
			if b.subject == "" {
				own = append(own, b)
			}
		}
		return own
	}
	return general
}

// canonical is the folded last name of a path, or of what it is an alias of.
func canonical(parameter string) string {
	name := foldName(lastStep(parameter))
	if other := alias(name); other != "" {
		return foldName(other)
	}
	return name
}

// lastStep is the last name of a path, without an index behind it.
func lastStep(parameter string) string {
	if !strings.ContainsAny(parameter, ".[") {
		return parameter
	}
	steps := splitPath(parameter)
	for _, step := range slices.Backward(steps) {
		if _, isIndex := numberValue(step); !isIndex {
			return step
		}
	}
	return parameter
}

// apply adds a bound to a rule, unless the rule knows better already. It reports whether it added anything.
func (b bound) apply(r *rule) bool {
	lo, okLo := numberValue(b.lo)
	hi, okHi := numberValue(b.hi)
	if !okLo || b.unit == unitArea || b.unit == unitRatio {
		return false
	}
	set := func(to *json.Number, n json.Number) bool {
		if *to != "" {
			return false
		}
		*to = n
		return true
	}
	if b.unit != unitNone && r.unit == unitNone {
		r.unit = b.unit
	}
	op := b.op
	if b.negated { // "has more than 4" complains of what "must be more than 4" would ask for
		switch op {
		case opAbove:
			op = opMax
		case opBelow:
			op = opMin
		case opRange, opMin, opMax, opMultiple, opExact, opSkip, opDefault, opOffset:
		}
	}
	switch op {
	case opRange:
		if !okHi {
			return false
		}
		if a, b, ok := compareNumbers(lo, hi); ok && a.Cmp(b) > 0 {
			lo, hi = hi, lo
		}
		low, high := &r.Min, &r.Max
		if b.openLo {
			low = &r.ExclusiveMin
		}
		if b.openHi {
			high = &r.ExclusiveMax
		}
		lowSet := set(low, lo)
		return set(high, hi) || lowSet
	case opMin:
		return set(&r.Min, lo)
	case opMax:
		return set(&r.Max, lo)
	case opAbove:
		return set(&r.ExclusiveMin, lo)
	case opBelow:
		return set(&r.ExclusiveMax, lo)
	case opMultiple:
		if n, ok := parseNumber(string(lo)); !ok || n.Sign() <= 0 {
			return false
		}
		return set(&r.MultipleOf, lo)
	case opExact:
		if r.unit == unitNone {
			if len(r.Allowed) > 0 {
				return false
			}
			r.Allowed = []schema.Value{schema.Value(lo)}
			return true
		}
		minSet := set(&r.Min, lo)
		return set(&r.Max, lo) || minSet
	case opSkip, opDefault, opOffset:
	}
	return false
}

func compareNumbers(a, b json.Number) (x, y *big.Rat, ok bool) {
	x, okX := parseNumber(string(a))
	y, okY := parseNumber(string(b))
	return x, y, okX && okY
}

// valueList is the enumeration of values in a message: not of media formats for a picture, not of parameter names.
func (c claims) valueList(p place) (list, bool) {
	for _, l := range c.lists {
		if l.noun == "parameters" || l.noun == "fields" || l.noun == "properties" || l.noun == "keys" || l.noun == "names" {
			continue
		}
		if strings.Contains(l.noun, "format") && !strings.Contains(foldName(lastStep(p.parameter)), "format") {
			continue
		}
		return l, true
	}
	return list{}, false
}

// addSchema fills in the bounds that the model's schema states and the API left out.
func (c *evidence) addSchema(r *rule, p place) {
	if c.model == nil || c.t == nil || p.pointer == "" {
		return
	}
	known, ok := c.model.Constraint(strings.TrimPrefix(p.pointer, c.t.base))
	if !ok {
		return
	}
	of := r.of
	*r = rule{Constraint: known, unit: r.unit, of: of, partial: r.partial}
	r.Source = schema.SourceModelSchema
	if r.unit == unitNone {
		switch known.Type {
		case "string":
			r.unit = unitCharacters
		case "array":
			r.unit = unitItems
		}
	}
}
