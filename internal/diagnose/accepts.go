package diagnose

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// ruleFor gathers what is accepted at a parameter: the error's fields first, then its words, then the model's schema.
func (c *oneCase) ruleFor(p request.Place, numeric bool) constraint.Constraint {
	e := c.e
	r := constraint.Constraint{Unit: constraint.UnitNone}
	r.Partial = c.claims.Says(message.SaysFormat) || c.claims.Media
	fields, cut := ruleInFields(e, p)
	r.Cut = cut
	if fields.Min != "" || fields.Max != "" || fields.MultipleOf != "" || len(fields.Allowed) > 0 {
		r.Constraint = fields
	}
	inCharacters := func(b message.Bound) bool { return b.Unit == constraint.UnitCharacters }
	if fields.Min+fields.Max != "" && rawjson.KindOf(p.Raw) == rawjson.String && (parameter.IsProse(parameter.Last(p.Parameter)) || slices.ContainsFunc(c.claims.Bounds, inCharacters)) {
		r.Unit = constraint.UnitCharacters
	}
	c.addMessage(&r, p, numeric)
	if typ, of := message.FieldType(e.Type); r.Type == "" && typ != "" {
		r.Type, r.Of = typ, of
		if r.Source == "" {
			r.Source = schema.SourceErrorFields
		}
	}
	differ, apart := c.contradicted(fields, p, numeric)
	r.Partial, r.Loose = r.Partial || differ, r.Loose || apart
	if r.Type == "array" && strings.HasSuffix(p.Parameter, "]") {
		r.Type, r.Of = r.Of, "" // string[] is said of the whole; this is an item of it
	} else if strings.Contains(p.Parameter, "].") && len(e.Parameters) == 1 && !strings.Contains(e.Parameters[0], ".") {
		r.Type, r.Of = "", "" // and this a member of one
	}
	r.DropSenseless(p.Raw)
	if parameter.Costs(parameter.Last(p.Parameter)) {
		r.Positive()
	}
	if !r.Bounded() && len(r.Allowed) == 0 {
		c.addSchema(&r, p)
		r.DropSenseless(p.Raw)
		if parameter.Costs(parameter.Last(p.Parameter)) {
			r.Positive()
		}
	}
	countsNothing(&r, p.Raw)
	return r
}

// ruleInFields is what the error's fields state of a parameter, and whether they list more than is fit to be repeated.
func ruleInFields(e schema.APIError, p request.Place) (fields schema.Constraint, cut bool) {
	fields = schema.Constraint{Min: e.Min, Max: e.Max, Source: schema.SourceErrorFields}
	if n, ok := constraint.ParseNumber(string(e.Multiplier)); ok && n.Sign() > 0 {
		fields.MultipleOf = e.Multiplier
	}
	boolean := rawjson.KindOf(p.Raw) == rawjson.True || rawjson.KindOf(p.Raw) == rawjson.False
	for _, v := range e.Allowed {
		switch rawjson.KindOf(v) {
		case rawjson.String:
			if text, _ := rawjson.Text(v); text != "" && looks.Plain(text) {
				fields.Allowed = append(fields.Allowed, v)
			} else {
				cut = true
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
	return fields, cut
}

// contradicted is contradict of the error's fields and its words, which are read for it where the fields say something.
func (c *oneCase) contradicted(fields schema.Constraint, p request.Place, numeric bool) (differ, apart bool) {
	if fields.Min == "" && fields.Max == "" && len(fields.Allowed) == 0 {
		return false, false
	}
	said := constraint.Constraint{Unit: constraint.UnitNone}
	c.addMessage(&said, p, numeric)
	return contradict(fields, said.Constraint)
}

// contradict tells two rules of one error that are not the same, and that have nothing in common.
func contradict(a, b schema.Constraint) (differ, apart bool) {
	compare := func(a, b json.Number) int {
		n, ok := constraint.ParseNumber(string(a))
		m, also := constraint.ParseNumber(string(b))
		if !ok || !also {
			return 0
		}
		return n.Cmp(m)
	}
	common := slices.ContainsFunc(a.Allowed, func(v schema.Value) bool {
		return slices.ContainsFunc(b.Allowed, func(w schema.Value) bool { return plainText(v) == plainText(w) })
	})
	apart = len(a.Allowed) > 0 && len(b.Allowed) > 0 && !common || compare(a.Max, b.Min) < 0 || compare(b.Max, a.Min) < 0
	return apart || compare(a.Min, b.Min) != 0 || compare(a.Max, b.Max) != 0, apart
}

// countsNothing takes the unit from the rule of a number: "max length" and "number of results" may be its name. Of a number
// that stands in a string, Runware says that it is to be one.
func countsNothing(r *constraint.Constraint, raw []byte) {
	kind := rawjson.KindOf(raw)
	if kind == rawjson.Number || kind == rawjson.String && r.Unit == constraint.UnitItems && (r.Type == "integer" || r.Type == "number") {
		r.Unit = constraint.UnitNone
	}
}

// addMessage fills in what the words of the message say and the fields did not.
func (c *oneCase) addMessage(r *constraint.Constraint, p request.Place, numeric bool) {
	var said bool
	for _, b := range boundsFor(c.claims, p.Parameter) {
		if c.ofAnother(b, p) {
			continue
		}
		if b.Unit == constraint.UnitNone && rawjson.KindOf(p.Raw) == rawjson.Array && b.Op == message.OpExact {
			b.Unit = constraint.UnitItems
		}
		if !measures(b, p) || !counts(b, p) {
			r.Partial = true
			continue
		}
		if b.Kind == message.Number && apply(b, r) {
			if b.Loose || unexplained(b, p) {
				r.Partial, r.Loose = true, true
			}
			said = true
		}
	}
	if len(r.Allowed) == 0 {
		if l, ok := valueList(c.claims, p); ok {
			for _, item := range l.Items {
				r.Allowed = append(r.Allowed, constraint.ItemValue(item, numeric || !l.Quoted || c.claims.Type == "integer" || c.claims.Type == "number"))
			}
			r.Cut, said = r.Cut || l.Cut, true
			if l.Loose {
				r.Partial, r.Loose = true, true
			}
		}
	}
	if c.claims.Type != "" {
		r.Type, r.Of, said = c.claims.Type, c.claims.Of, true
		r.Float = c.claims.Says(message.SaysFloat)
	}
	if said && r.Source == "" {
		r.Source = schema.SourceMessage
	}
}

// ofAnother tells a bound whose clause names a parameter that the request holds elsewhere: "… and 'fps' to be 24".
func (c *oneCase) ofAnother(b message.Bound, p request.Place) bool {
	if b.Subject == "" || c.t == nil || strings.Contains(parameter.Fold(p.Parameter), parameter.Fold(b.Subject)) || parameter.IsSide(b.Subject) { // "the prompt" may be a negative one
		return false
	}
	named := c.t.Locate(b.Subject)
	return len(named) == 1 && !within(named[0].Pointer, p.Pointer) && !within(p.Pointer, named[0].Pointer)
}

// measures tells whether a bound can be about the value at a place: media, and arrays that are not counted, have none.
func measures(b message.Bound, p request.Place) bool {
	if b.Unit == constraint.UnitOther {
		return false
	}
	switch rawjson.KindOf(p.Raw) {
	case rawjson.Array:
		own := b.Subject == "" || parameter.Canonical(b.Subject) == parameter.Canonical(p.Parameter)
		return b.Unit == constraint.UnitItems || own && b.Unit == constraint.UnitNone && !strings.HasPrefix(b.Lo, "-") && b.Word == ""
	case rawjson.String:
		text, _ := rawjson.Text(p.Raw)
		if b.Unit == constraint.UnitBytes && !parameter.IsProse(parameter.Last(p.Parameter)) {
			return false // of what is made, or of a file
		}
		return !looks.IsURL(text) && !looks.IsUUID(text) && !looks.IsBase64(text) && !strings.HasPrefix(text, "data:") || b.Unit == constraint.UnitCharacters
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number, rawjson.Object:
	}
	return true
}

// counts tells whether the numbers of a bound can be in the unit of the value: percent are none of a share, 2.048 may be
// two thousand, and no side of a picture has a dozen pixels.
func counts(b message.Bound, p request.Place) bool {
	const few = 16
	name := parameter.Last(p.Parameter)
	for _, n := range [...]*big.Rat{b.LoExact, b.HiExact} {
		if n != nil && !n.IsInt() && parameter.Counts(name) {
			return false
		}
	}
	most := b.HiExact
	if b.Op == message.OpMax || b.Op == message.OpBelow || b.Op == message.OpExact {
		most = b.LoExact
	}
	if parameter.IsSide(name) && most != nil && most.Sign() > 0 && most.Cmp(big.NewRat(few, 1)) < 0 && b.Kind == message.Number {
		return false
	}
	sent, ok := constraint.ParseNumber(plainText(p.Raw))
	return b.Word != "%" && b.Word != "percent" || ok && sent.Cmp(big.NewRat(1, 1)) > 0
}

// unexplained tells whether the sentence has a number that is neither of the rule nor what was sent.
func unexplained(b message.Bound, p request.Place) bool {
	return slices.ContainsFunc(b.Rest, func(n string) bool {
		value, _ := constraint.ParseNumber(n)
		example := b.Op == message.OpMultiple && b.LoExact != nil && b.LoExact.Sign() > 0 && value != nil && new(big.Rat).Quo(value, b.LoExact).IsInt() // "nearest: 960, 1024"
		return !example && !isOf(n, p)
	})
}

// isOf tells the number that a value is, or how many characters or items it has.
func isOf(n string, p request.Place) bool {
	if text, ok := rawjson.Text(p.Raw); ok {
		return n == text || n == strconv.Itoa(utf8.RuneCountInString(text))
	}
	value, ok := constraint.ParseNumber(n)
	raw, also := constraint.ParseNumber(string(p.Raw))
	return n == string(p.Raw) || n == strconv.Itoa(rawjson.Len(p.Raw)) || ok && also && value.Cmp(raw) == 0
}

// leavesSizes tells that a message about something else than a size has one in it: it says more than the rule that was read.
func (c *oneCase) leavesSizes(p request.Place) bool {
	return rawjson.KindOf(p.Raw) == rawjson.Number && !parameter.IsSide(parameter.Last(p.Parameter)) && slices.ContainsFunc(c.claims.Tokens, func(t message.Token) bool { return t.Kind == message.Size })
}

// receivedOther tells that a message says what was received, in numbers of which none is of the value: it is about something
// else.
func (c *oneCase) receivedOther(p request.Place) bool {
	return len(c.claims.Sent) > 0 && !slices.ContainsFunc(c.claims.Sent, func(n string) bool { return isOf(n, p) })
}

// boundsFor selects the rules that speak of this parameter: those whose clause names it, else those that name nobody.
func boundsFor(c message.Claims, name string) []message.Bound {
	last := parameter.Canonical(name)
	others := map[string]bool{}
	for _, named := range c.Names {
		if other := parameter.Canonical(named); other != last {
			others[other] = true
		}
	}
	var own, general []message.Bound
	for _, b := range c.Bounds {
		switch subject := parameter.Canonical(b.Subject); {
		case subject == last:
			own = append(own, b)
		case others[subject] && len(c.Names) > 1:
		case subject == "" || subject != "width" && subject != "height" || last != "width" && last != "height":
			general = append(general, b)
		}
	}
	if len(own) > 0 {
		// "width must be between 256 and 2048, in multiples of 16": the clause goes on without its subject.
		for _, b := range general {
			if b.Subject == "" {
				own = append(own, b)
			}
		}
		return own
	}
	return general
}

// apply adds a bound to a rule, unless the rule knows better already. It reports whether it added anything.
func apply(b message.Bound, r *constraint.Constraint) bool {
	lo, okLo := json.Number(b.Lo), b.LoExact != nil
	hi, okHi := json.Number(b.Hi), b.HiExact != nil
	if !okLo || b.Unit == constraint.UnitArea || b.Unit == constraint.UnitRatio {
		return false
	}
	set := func(to *json.Number, n json.Number) bool {
		if *to != "" {
			return false
		}
		*to = n
		return true
	}
	if b.Unit != constraint.UnitNone && r.Unit == constraint.UnitNone && !r.Bounded() {
		r.Unit = b.Unit
	}
	op := b.Op
	if b.Negated { // "has more than 4" complains of what "must be more than 4" would ask for
		switch op {
		case message.OpAbove:
			op = message.OpMax
		case message.OpBelow:
			op = message.OpMin
		case message.OpRange, message.OpMin, message.OpMax, message.OpMultiple, message.OpExact, message.OpSent, message.OpSkip, message.OpDefault, message.OpOffset:
		}
	}
	switch op {
	case message.OpRange:
		if !okHi {
			return false
		}
		if b.LoExact.Cmp(b.HiExact) > 0 {
			r.Partial = true // upside down: a slip, or no rule
			return false
		}
		low, high := &r.Min, &r.Max
		if b.OpenLo {
			low = &r.ExclusiveMin
		}
		if b.OpenHi {
			high = &r.ExclusiveMax
		}
		lowSet := set(low, lo)
		return set(high, hi) || lowSet
	case message.OpMin:
		return set(&r.Min, lo)
	case message.OpMax:
		return set(&r.Max, lo)
	case message.OpAbove:
		return set(&r.ExclusiveMin, lo)
	case message.OpBelow:
		return set(&r.ExclusiveMax, lo)
	case message.OpMultiple:
		if b.LoExact.Sign() <= 0 {
			return false
		}
		return set(&r.MultipleOf, lo)
	case message.OpExact:
		if r.Unit == constraint.UnitNone {
			if len(r.Allowed) > 0 {
				return false
			}
			r.Allowed = []schema.Value{schema.Value(lo)}
			return true
		}
		minSet := set(&r.Min, lo)
		return set(&r.Max, lo) || minSet
	case message.OpSent, message.OpSkip, message.OpDefault, message.OpOffset:
	}
	return false
}

// valueList is the enumeration of values in a message: not of media formats for a picture, not of parameter names.
func valueList(c message.Claims, p request.Place) (message.List, bool) {
	for _, l := range c.Lists {
		if l.Noun == "parameters" || l.Noun == "fields" || l.Noun == "properties" || l.Noun == "keys" || l.Noun == "names" {
			continue
		}
		if strings.Contains(l.Noun, "format") && !strings.Contains(parameter.Fold(parameter.Last(p.Parameter)), "format") {
			continue
		}
		if !namesFormat(p) && !slices.ContainsFunc(l.Items, func(item string) bool { return !message.IsFormat(item) }) {
			continue // "Transparent background is not supported for JPEG. Use 'png' or 'webp'."
		}
		return l, true
	}
	return message.List{}, false
}

// namesFormat tells a parameter whose values are formats of files.
func namesFormat(p request.Place) bool {
	text, _ := rawjson.Text(p.Raw)
	return strings.Contains(parameter.Fold(parameter.Last(p.Parameter)), "format") || message.IsFormat(text) || text == ""
}

// addSchema fills in the bounds that the model's schema states and the API left out.
func (c *oneCase) addSchema(r *constraint.Constraint, p request.Place) {
	if c.schema == nil || p.Pointer == "" {
		return
	}
	known, ok := c.schema.Constraint(strings.TrimPrefix(p.Pointer, c.t.Base))
	if !ok {
		return
	}
	of := r.Of
	*r = constraint.Constraint{Constraint: known, Unit: r.Unit, Of: of, Cut: r.Cut, Partial: r.Partial}
	r.Source = schema.SourceModelSchema
	if r.Unit == constraint.UnitNone {
		switch known.Type {
		case "string":
			r.Unit = constraint.UnitCharacters
		case "array":
			r.Unit = constraint.UnitItems
		}
	}
}
