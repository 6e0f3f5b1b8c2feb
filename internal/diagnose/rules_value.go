package diagnose

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// maxPatch bounds the operations of one patch: a longer one is a rewrite, which the fix says in words.
const maxPatch = 64

// valueRules tells whether rules about a parameter's value may speak: not where the code settles something else.
func (c *evidence) valueRules() bool {
	return c.row.code == "" || c.row.general || aboutParameters(c.row.category)
}

// explainRule compares the recorded value with the rule that the error states: bounds, multiples, a list, a type.
func explainRule(c *evidence) (schema.Finding, bool) {
	p, ok := c.first()
	if !ok || !c.valueRules() {
		return schema.Finding{}, false
	}
	if !p.present() {
		return c.explainAbsent(p)
	}
	var chosen verdict
	var r rule
	at := p.places[0]
	for i, candidate := range c.places() {
		numeric := rawjson.KindOf(candidate.raw) == rawjson.Number
		rule := c.ruleFor(candidate, numeric)
		v := rule.judge(candidate)
		if i == 0 || v.proof == broken && chosen.proof != broken {
			chosen, r, at = v, rule, candidate
		}
	}
	if c.claims.says(saysEmpty) && chosen.proof != broken && isEmptyString(at.raw) {
		chosen.proof, chosen.lack = broken, 1
		chosen.actual, chosen.measure = actualOf(at)
		if !r.known() {
			r.Constraint = schema.Constraint{Min: "1", Source: schema.SourceMessage}
			r.unit = unitCharacters
		}
	}
	if chosen.proof == undecided || !r.known() || c.claims.media && !r.bounded() && len(r.Allowed) == 0 {
		return schema.Finding{}, false
	}
	if chosen.proof == satisfied && (r.partial || r.Source == schema.SourceModelSchema || !r.bounded() && len(r.Allowed) == 0 && (c.claims.typ == "" || r.Type == "string" || r.Type == "array" || r.Type == "object")) {
		return schema.Finding{}, false
	}
	category := schema.CategoryInvalidParameter
	if len(r.Allowed) > 0 && !r.bounded() && !chosen.typ || c.row.category == schema.CategoryUnsupportedValue {
		category = schema.CategoryUnsupportedValue
	}
	f := c.finding(category, schema.RetryAfterChange, schema.ConfidenceCertain)
	c.attachPlace(&f, at)
	f.Actual, f.Measure = chosen.actual, chosen.measure
	f.Constraint = r.constraint(chosen.measure)
	if chosen.proof == satisfied {
		c.contradict(&f, r)
		return f, true
	}
	c.describe(&f, at, r, chosen)
	c.patchValue(&f, at, r, chosen)
	return f, true
}

// places are the values of all parameters that the error names, in its order.
func (c *evidence) places() []place {
	var all []place
	for _, p := range c.found {
		all = append(all, p.places...)
	}
	return all
}

func isEmptyString(raw []byte) bool {
	text, ok := rawjson.Text(raw)
	return ok && strings.TrimSpace(text) == ""
}

// contradict says that the recorded value meets the rule that it is said to break.
func (c *evidence) contradict(f *schema.Finding, r rule) {
	f.Retry = schema.RetryAsIs
	f.Cause = fmt.Sprintf("`%s` is %s, which meets the rule that the error states (%s): the request does not show what was wrong", f.Parameter, c.shown(*f), r.text(f.Measure))
	f.Fix = fmt.Sprintf("do not change `%s`: send the request once more with a new taskUUID, and if it is refused again, check what was really sent or report it to Runware", f.Parameter)
}

// shown is the actual value with its measure, in words.
func (c *evidence) shown(f schema.Finding) string {
	text := show(f.Actual)
	switch f.Measure {
	case schema.MeasureItems:
		return plural(text, "item")
	case schema.MeasureCharacters:
		return plural(text, "character")
	case schema.MeasureBytes:
		return plural(text, "byte")
	case schema.MeasureType:
		return "of type " + strings.Trim(text, "`")
	case schema.MeasureValue:
	}
	return text
}

func plural(n, noun string) string {
	if n == "1" {
		return n + " " + noun
	}
	return n + " " + noun + "s"
}

// describe says what is wrong: the value seen and the rule, without advice.
func (c *evidence) describe(f *schema.Finding, at place, r rule, v verdict) {
	has := "is"
	if f.Measure == schema.MeasureItems || f.Measure == schema.MeasureCharacters {
		has = "has"
	}
	accepts := r.text(f.Measure)
	switch f.Measure { // the measure stands with the actual already
	case schema.MeasureItems:
		accepts = strings.TrimSuffix(strings.TrimSuffix(accepts, " items"), " item")
	case schema.MeasureCharacters:
		accepts = strings.TrimSuffix(strings.TrimSuffix(accepts, " characters"), " character")
	case schema.MeasureValue, schema.MeasureBytes, schema.MeasureType:
	}
	actual := c.shown(*f)
	if v.typ && f.Measure == schema.MeasureValue {
		actual = "the " + typeOf(at.raw) + " " + show(f.Actual)
	}
	if v.typ && r.Type != "" && !strings.Contains(accepts, r.Type) && !r.float {
		accepts = strings.TrimSpace(r.Type + " " + accepts)
	}
	if len(r.Allowed) > maxListed {
		accepts = fmt.Sprintf("one of %d values", len(r.Allowed))
	} else if len(r.Allowed) > 1 {
		accepts = strings.Join(showAll(r.Allowed), " or ")
		if len(r.Allowed) > 2 {
			accepts = "one of " + strings.Join(showAll(r.Allowed), ", ")
		}
	}
	f.Cause = fmt.Sprintf("`%s` %s %s; %s accepts %s", f.Parameter, has, actual, c.who(), withArticle(accepts))
}

// withArticle makes a phrase of a rule that begins with a type.
func withArticle(rule string) string {
	for _, typ := range [...]string{"integer", "array", "object"} {
		if strings.HasPrefix(rule, typ) {
			return "an " + rule
		}
	}
	for _, typ := range [...]string{"number", "string", "float", "boolean"} {
		if strings.HasPrefix(rule, typ) {
			return "a " + rule
		}
	}
	return rule
}

func showAll(values []schema.Value) []string {
	all := make([]string, len(values))
	for i, v := range values {
		if all[i] = show(v); len(all[i]) > maxShown+2 {
			all[i] = "…"
		}
	}
	return all
}

// patchValue proposes the smallest change that satisfies the rule, where one follows.
func (c *evidence) patchValue(f *schema.Finding, at place, r rule, v verdict) {
	name := "`" + at.parameter + "`"
	switch {
	case v.excess > 0 && v.measure == schema.MeasureItems:
		f.Fix = fmt.Sprintf("remove %s from %s", plural(strconv.Itoa(v.excess), "item"), name)
		n := rawjson.Len(at.raw)
		for i := n - 1; i >= n-v.excess && v.excess <= maxPatch && !c.req.opaque; i-- {
			f.Patch = append(f.Patch, remove(rawjson.Pointer(at.pointer, i)))
		}
	case v.lack > 0 && v.measure == schema.MeasureItems:
		f.Fix = fmt.Sprintf("add at least %s to %s: which ones is the user's choice", plural(strconv.Itoa(v.lack), "item"), name)
	case v.excess > 0:
		f.Fix = fmt.Sprintf("shorten %s by at least %s: the wording is the user's choice", name, plural(strconv.Itoa(v.excess), "character"))
	case v.lack > 0 && isEmptyString(at.raw):
		f.Fix = fmt.Sprintf("give %s a text of %s: the wording is the user's choice", name, r.text(schema.MeasureCharacters))
	case v.lack > 0:
		f.Fix = fmt.Sprintf("lengthen %s by at least %s: the wording is the user's choice", name, plural(strconv.Itoa(v.lack), "character"))
	case foldName(lastStep(at.parameter)) == "seed" && v.want != nil && !v.typ:
		// Any other seed gives another picture, so none is nearer than a random one.
		f.Fix = fmt.Sprintf("remove %s for a random seed, or choose one that is accepted (%s)", name, r.text(f.Measure))
		c.patchAt(f, remove(at.pointer))
	case v.reshape != asIs:
		c.reshape(f, at, v.reshape)
	case v.want != nil:
		f.Fix = fmt.Sprintf("set %s to %s", name, show(v.want))
		if v.typ {
			f.Fix = fmt.Sprintf("send %s as the %s %s", name, typeOf(v.want), v.want)
		}
		pointer := at.pointer
		if v.at != "" {
			pointer = v.at
		}
		c.patchAt(f, replace(pointer, v.want))
		c.patchOthers(f, at)
	case len(r.Allowed) > 0:
		f.Fix = fmt.Sprintf("set %s to %s: which one is the user's choice", name, orList(r.Allowed))
	default:
		f.Fix = fmt.Sprintf("set %s to a value that is accepted (%s): which one is the user's choice", name, r.text(f.Measure))
	}
}

// reshape moves a value into an array, or out of one. The patch does not repeat what is long, secret or prose.
func (c *evidence) reshape(f *schema.Finding, at place, how reshaping) {
	if how == unwrap {
		f.Fix = fmt.Sprintf("send the only item of `%s` without the array around it", at.parameter)
		c.patchAt(f, schema.Operation{Op: "move", From: rawjson.Pointer(at.pointer, 0), Path: at.pointer})
		return
	}
	f.Fix = fmt.Sprintf("put the value of `%s` into an array", at.parameter)
	if text, ok := rawjson.Text(at.raw); !ok || plainValue(text) {
		c.patchAt(f, replace(at.pointer, slices.Concat(schema.Value("["), at.raw, schema.Value("]"))))
		return
	}
	if strings.HasSuffix(at.parameter, "]") {
		return // no room beside an item of an array
	}
	aside := at.pointer + "~1value" // a free name beside it, for three steps
	c.patchAt(f, schema.Operation{Op: "move", From: at.pointer, Path: aside})
	c.patchAt(f, schema.Operation{Op: "add", Path: at.pointer, Value: schema.Value("[]")})
	c.patchAt(f, schema.Operation{Op: "move", From: aside, Path: rawjson.Pointer(at.pointer, 0)})
}

func orList(values []schema.Value) string {
	if len(values) > maxListed {
		return "one of the accepted values (" + listText(values) + ")"
	}
	all := showAll(values)
	if len(all) == 1 {
		return all[0]
	}
	return strings.Join(all[:len(all)-1], ", ") + " or " + all[len(all)-1]
}

func (c *evidence) patchAt(f *schema.Finding, op schema.Operation) {
	if !c.req.opaque {
		f.Patch = append(f.Patch, op)
	}
}

// patchOthers mends the other values that the same name leads to, as the weights of several LoRAs.
func (c *evidence) patchOthers(f *schema.Finding, done place) {
	for _, other := range c.places() {
		if other.pointer == done.pointer || len(f.Patch) >= maxPatch {
			continue
		}
		v := c.ruleFor(other, rawjson.KindOf(other.raw) == rawjson.Number).judge(other)
		if v.proof == broken && v.want != nil && v.at == "" {
			c.patchAt(f, replace(other.pointer, v.want))
			f.Fix += fmt.Sprintf(" and `%s` to %s", other.parameter, show(v.want))
		}
	}
}

// explainAbsent handles a rule about a parameter that the recorded request does not hold.
func (c *evidence) explainAbsent(p found) (schema.Finding, bool) {
	r := c.ruleFor(place{parameter: p.name}, false)
	if c.t == nil || !r.known() {
		return schema.Finding{}, false
	}
	category := schema.CategoryInvalidParameter
	if len(r.Allowed) > 0 || c.row.category == schema.CategoryUnsupportedValue {
		category = schema.CategoryUnsupportedValue
	}
	f := c.finding(category, schema.RetryAfterChange, schema.ConfidenceLikely)
	f.Parameter = p.name
	f.Constraint = r.constraint("")
	f.Cause = fmt.Sprintf("the error names `%s`, which the recorded request does not hold: a default or a preset may set it", p.name)
	f.Fix = fmt.Sprintf("set `%s` in the request to a value that is accepted (%s): which one is the user's choice", p.name, r.text(""))
	return f, true
}

// explainDimensions handles width and height as the unit that they are: a list of sizes, or an area with a shape.
func explainDimensions(c *evidence) (schema.Finding, bool) {
	area, shape := c.areaRule()
	pair := c.names2D()
	var sizes [][2]int
	var values []schema.Value
	var source schema.Source
	if pair || c.namesSide() || len(c.found) == 0 {
		sizes, values, source = c.sizes()
	}
	if !pair && !(len(sizes) > 0 && (c.namesSide() || len(c.found) == 0)) && !(area != nil || shape != nil) || !c.valueRules() || c.t == nil {
		return schema.Finding{}, false
	}
	if p, ok := c.first(); ok && p.present() && !pair && !c.namesSide() {
		return schema.Finding{}, false // the area or the shape of something else: of a file
	}
	if (len(sizes) == 0 || source == schema.SourceModelSchema) && area == nil && shape == nil && (len(c.claims.bounds) > 0 || c.e.Min != "" || c.e.Max != "" || c.e.Multiplier != "") {
		return schema.Finding{}, false // a rule for each side: explainRule's
	}
	width, height := c.t.locate("width"), c.t.locate("height")
	if len(width) == 0 && len(height) == 0 {
		return schema.Finding{}, false
	}
	f := c.finding(schema.CategoryUnsupportedValue, schema.RetryAfterChange, schema.ConfidenceLikely)
	side := width
	if len(side) == 0 {
		side = height
	}
	c.attachPlace(&f, side[0])
	if len(sizes) > 0 {
		text := listText(values)
		if len(values) > maxListed {
			text = fmt.Sprintf("%s (%d sizes)", text, len(values))
		}
		f.Constraint = &schema.Constraint{Text: text, Allowed: values, Source: source}
	}
	if area != nil || shape != nil {
		f.Category = schema.CategoryInvalidParameter
		f.Constraint = &schema.Constraint{Text: areaText(area, shape), Source: schema.SourceMessage}
	}
	w, okW := sideOfPicture(width)
	h, okH := sideOfPicture(height)
	if !okW || !okH {
		f.Cause = fmt.Sprintf("%s takes `width` and `height` only together, as whole numbers", c.who())
		f.Fix = "send both `width` and `height`: which size is the user's choice"
		return f, true
	}
	switch {
	case len(sizes) > 0:
		c.explainSizeList(&f, w, h, sizes, values, width[0], height[0])
	case area != nil || shape != nil:
		c.explainArea(&f, w, h, area, shape)
	default:
		f.Cause = fmt.Sprintf("%s does not take the size %dx%d; which sizes it takes is not said", c.who(), w, h)
		f.Fix = "choose a size from the model's documentation or schema, for `width` and `height` together: the error lists none"
	}
	return f, true
}

func (c *evidence) namesSide() bool {
	for _, f := range c.found {
		switch strings.ToLower(lastStep(f.name)) {
		case "width", "height", "dimensions", "size":
			return true
		}
	}
	return false
}

func sideOfPicture(places []place) (int, bool) {
	if len(places) == 0 {
		return 0, false
	}
	text := string(places[0].raw)
	if s, ok := rawjson.Text(places[0].raw); ok {
		text = s
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n > 0
}

// sizes is the list of sizes that the error states, in its fields or its message.
func (c *evidence) sizes() (sizes [][2]int, values []schema.Value, source schema.Source) {
	for _, v := range c.e.Allowed {
		text, _ := rawjson.Text(v)
		if w, h, ok := parseSize(text); ok {
			sizes, values = append(sizes, [2]int{w, h}), append(values, v)
		}
	}
	if len(sizes) > 0 {
		return sizes, values, schema.SourceErrorFields
	}
	for _, l := range c.claims.lists {
		if !l.sizes {
			continue
		}
		for _, item := range l.items {
			w, h, _ := parseSize(item)
			sizes, values = append(sizes, [2]int{w, h}), append(values, schema.StringValue(item))
		}
		return sizes, values, schema.SourceMessage
	}
	if sizes, values = c.sizesInText(); len(sizes) > 1 {
		return sizes, values, schema.SourceMessage
	}
	if c.model == nil || c.t == nil || len(c.found) == 0 {
		return nil, nil, ""
	}
	for _, v := range c.model.Validate(c.t.raw) {
		if sizes, values = sizesOf(v); len(sizes) > 0 {
			return sizes, values, schema.SourceModelSchema
		}
	}
	return nil, nil, ""
}

// sizesInText collects the sizes of a message that announces no list: "draws 1536 by 1024 or 1024 by 1024 only". The
// size that was sent is none of them, and the ends of an area are none either.
func (c *evidence) sizesInText() (sizes [][2]int, values []schema.Value) {
	if area, shape := c.areaRule(); area != nil || shape != nil || c.t == nil {
		return nil, nil
	}
	sentW, _ := sideOfPicture(c.t.locate("width"))
	sentH, _ := sideOfPicture(c.t.locate("height"))
	for _, t := range lex(c.e.Message) {
		w, h, ok := parseSize(t.text)
		if t.kind == size && ok && (w != sentW || h != sentH) {
			sizes, values = append(sizes, [2]int{w, h}), append(values, schema.StringValue(t.text))
		}
	}
	return sizes, values
}

// sizesOf reads the pairs of width and height that a schema accepts, where the task has none of them.
func sizesOf(v schema.Violation) (sizes [][2]int, values []schema.Value) {
	if v.Pointer != "" {
		return nil, nil
	}
	for _, pair := range v.Constraint.Allowed {
		width, _ := rawjson.Member(pair, "width")
		height, _ := rawjson.Member(pair, "height")
		w, errW := strconv.Atoi(string(width))
		h, errH := strconv.Atoi(string(height))
		if errW != nil || errH != nil || w <= 0 || h <= 0 {
			return nil, nil
		}
		sizes, values = append(sizes, [2]int{w, h}), append(values, schema.StringValue(fmt.Sprintf("%dx%d", w, h)))
	}
	return sizes, values
}

func (c *evidence) explainSizeList(f *schema.Finding, w, h int, sizes [][2]int, values []schema.Value, width, height place) {
	f.Confidence = schema.ConfidenceCertain
	at := nearestSize(w, h, sizes)
	if sizes[at] == [2]int{w, h} {
		f.Retry = schema.RetryAsIs
		f.Cause = fmt.Sprintf("the size %dx%d is in the list that the error states: the request does not show what was wrong", w, h)
		f.Fix = "do not change `width` and `height`: send the request once more with a new taskUUID, and if it is refused again, report it to Runware"
		return
	}
	accepts := "one of " + strconv.Itoa(len(sizes)) + " sizes"
	if len(sizes) == 1 {
		accepts = "only " + show(values[0])
	}
	f.Cause = fmt.Sprintf("`width` and `height` are %dx%d; %s accepts %s", w, h, c.who(), accepts)
	f.Fix = fmt.Sprintf("set `width` and `height` to %dx%d, the accepted size that is nearest in shape", sizes[at][0], sizes[at][1])
	c.patchSize(f, w, h, sizes[at][0], sizes[at][1], width, height)
}

func (c *evidence) patchSize(f *schema.Finding, w, h, newW, newH int, width, height place) {
	if newW != w || rawjson.KindOf(width.raw) != rawjson.Number {
		c.patchAt(f, replace(width.pointer, schema.IntValue(newW)))
	}
	if newH != h || rawjson.KindOf(height.raw) != rawjson.Number {
		c.patchAt(f, replace(height.pointer, schema.IntValue(newH)))
	}
}

// span2D is an inclusive range of areas (in pixels) or of shapes (width over height); nil ends are open.
type span2D struct {
	low, high *big.Rat
	text      string
}

// areaRule reads "the total area must be within 1265×1265 to 1440×1440; the aspect ratio between 1:4 and 4:1".
func (c *evidence) areaRule() (area, shape *span2D) {
	for _, b := range c.claims.bounds {
		var read func(string) (*big.Rat, bool)
		var to **span2D
		switch {
		case b.kind == ratio:
			read, to = parseRatio, &shape
		case b.kind == size:
			read, to = parseArea, &area
		case b.unit == unitRatio:
			read, to = parseNumber, &shape
		case b.unit == unitArea:
			read, to = parseNumber, &area
		default:
			continue
		}
		low, okLow := read(b.lo)
		high, okHigh := read(b.hi)
		if !okLow {
			continue
		}
		if *to == nil {
			*to = &span2D{}
		}
		s := *to
		switch b.op {
		case opRange:
			if okHigh {
				if low.Cmp(high) > 0 {
					low, high = high, low
				}
				s.low, s.high, s.text = low, high, b.lo+" to "+b.hi
			}
		case opMin:
			s.low, s.text = low, strings.TrimSpace(s.text+" at least "+b.lo)
		case opMax:
			s.high, s.text = low, strings.TrimSpace(s.text+" at most "+b.lo)
		case opAbove, opBelow, opMultiple, opExact, opSkip, opDefault, opOffset:
		}
	}
	return nonEmpty(area), nonEmpty(shape)
}

func nonEmpty(s *span2D) *span2D {
	if s == nil || s.low == nil && s.high == nil {
		return nil
	}
	return s
}

func parseArea(text string) (*big.Rat, bool) {
	w, h, ok := parseSize(text)
	if !ok {
		return nil, false
	}
	return new(big.Rat).Mul(big.NewRat(int64(w), 1), big.NewRat(int64(h), 1)), true
}

func areaText(area, shape *span2D) string {
	var parts []string
	if area != nil {
		parts = append(parts, "total area "+area.text)
	}
	if shape != nil {
		parts = append(parts, "aspect ratio "+shape.text)
	}
	return strings.Join(parts, ", ")
}

func (s *span2D) holds(x *big.Rat) bool {
	return s == nil || (s.low == nil || x.Cmp(s.low) >= 0) && (s.high == nil || x.Cmp(s.high) <= 0)
}

func (c *evidence) explainArea(f *schema.Finding, w, h int, area, shape *span2D) {
	f.Confidence = schema.ConfidenceCertain
	fits := func(w, h int) bool {
		return w > 0 && h > 0 && area.holds(new(big.Rat).SetInt64(int64(w)*int64(h))) && shape.holds(big.NewRat(int64(w), int64(h))) && c.fitsMultiples(w, h)
	}
	if fits(w, h) {
		f.Retry = schema.RetryAsIs
		f.Cause = fmt.Sprintf("the size %dx%d meets the rule that the error states (%s): the request does not show what was wrong", w, h, f.Constraint.Text)
		f.Fix = "do not change `width` and `height`: send the request once more with a new taskUUID, and if it is refused again, report it to Runware"
		return
	}
	f.Cause = fmt.Sprintf("`width` and `height` are %dx%d; %s accepts a %s", w, h, c.who(), f.Constraint.Text)
	f.Fix = "choose a size within the rule, for `width` and `height` together: which one is the user's choice"
	if newW, newH, ok := c.nearestArea(w, h, area, shape, fits); ok {
		f.Fix += fmt.Sprintf("; %dx%d is the nearest in shape", newW, newH)
	}
}

// fitsMultiples holds a side to the multiples that the message states besides the area.
func (c *evidence) fitsMultiples(w, h int) bool {
	for _, b := range c.claims.bounds {
		if n, err := strconv.Atoi(b.lo); b.op == opMultiple && err == nil && n > 0 && (w%n != 0 || h%n != 0) {
			return false
		}
	}
	return true
}

// nearestArea scales a size into an area and a shape: the shape first, by the longer side, then both sides alike.
func (c *evidence) nearestArea(w, h int, area, shape *span2D, fits func(w, h int) bool) (newW, newH int, ok bool) {
	fw, fh := float64(w), float64(h)
	if shape != nil {
		r := fw / fh
		if shape.high != nil {
			if high, _ := shape.high.Float64(); r > high {
				fw = fh * high
			}
		}
		if shape.low != nil {
			if low, _ := shape.low.Float64(); r < low {
				fh = fw / low
			}
		}
	}
	up := false
	if area != nil {
		total := fw * fh
		target := total
		if area.high != nil {
			if high, _ := area.high.Float64(); total > high {
				target = high
			}
		}
		if area.low != nil {
			if low, _ := area.low.Float64(); total < low {
				target, up = low, true
			}
		}
		scale := math.Sqrt(target / total)
		fw, fh = fw*scale, fh*scale
	}
	step := 1
	for _, b := range c.claims.bounds {
		if n, err := strconv.Atoi(b.lo); b.op == opMultiple && err == nil && n > 1 && n < 4096 {
			step = n
		}
	}
	round := func(x float64, ceil bool) int {
		n := math.Floor(x/float64(step)+1e-9) * float64(step)
		if ceil && n < x-1e-6 {
			n += float64(step)
		}
		return int(n)
	}
	if fw > 1e6 || fh > 1e6 {
		return 0, 0, false
	}
	for _, ceilings := range [...][2]bool{{up, up}, {true, false}, {false, true}, {true, true}, {false, false}} {
		if newW, newH = round(fw, ceilings[0]), round(fh, ceilings[1]); fits(newW, newH) {
			return newW, newH, true
		}
	}
	return 0, 0, false
}
