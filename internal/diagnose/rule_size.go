package diagnose

import (
	"fmt"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// aboutValues tells an error that may speak of values of the task: of a picture's size, of two numbers, of items.
func aboutValues(c *oneCase) bool { return c.t != nil && c.valueRules() }

// explainDimensions handles width and height as the unit that they are: a list of sizes, or an area with a shape.
func explainDimensions(c *oneCase) (finding, bool) {
	rule := c.pictureRule()
	pair := names2D(c.found)
	var sizes [][2]int
	var values []schema.Value
	var source schema.Source
	if pair || c.namesSide() || len(c.found) == 0 {
		sizes, values, source = c.sizes()
	}
	listed := len(sizes) > 0 && (c.namesSide() || len(c.found) == 0)
	if !pair && !listed && !rule.Known() {
		return finding{}, false
	}
	if c.sizeOfOther(pair) {
		return finding{}, false
	}
	if (len(sizes) == 0 || source == schema.SourceModelSchema) && !rule.Known() && (len(c.claims.Bounds) > 0 || c.e.Min != "" || c.e.Max != "" || c.e.Multiplier != "") {
		return finding{}, false // a rule for each side: explainRule's
	}
	width, height := c.t.Locate("width"), c.t.Locate("height")
	if len(width) == 0 && len(height) == 0 {
		return finding{}, false
	}
	f := c.aboutSides(width, height, sizes, values, source, rule)
	w, okW := sideOfPicture(width)
	h, okH := sideOfPicture(height)
	if !okW || !okH {
		f.cause.saying = saying{key: sizeIncomplete, who: c.who()}
		f.mend.saying = saying{key: sendBothSides}
		return f, true
	}
	switch {
	case len(sizes) > 0:
		c.explainSizeList(&f, w, h, sizes, values, width[0], height[0])
	case rule.Known():
		c.explainArea(&f, w, h, rule)
	default:
		f.cause.saying = saying{key: sizeUnlisted, who: c.who(), size: [2]int{w, h}}
		f.mend.saying = saying{key: documentedSize}
	}
	return f, true
}

// sizeOfOther tells the area or the shape of something else than the output: of a file.
func (c *oneCase) sizeOfOther(pair bool) bool {
	p, ok := c.first()
	return ok && p.present() && !pair && !c.namesSide() || c.row.Category == schema.CategoryInputMedia && len(c.inputs("")) > 0
}

// aboutSides is the finding about a size, with what is accepted as far as it is stated.
func (c *oneCase) aboutSides(width, height []request.Place, sizes [][2]int, values []schema.Value, source schema.Source, rule constraint.Picture) finding {
	f := c.finding(schema.CategoryUnsupportedValue, schema.RetryAfterDecision, schema.ConfidenceLikely)
	side := width
	if len(side) == 0 {
		side = height
	}
	c.attachPlace(&f, side[0])
	if len(sizes) > 0 {
		text := constraint.ListText(values)
		if len(values) > constraint.MaxListed {
			text = fmt.Sprintf("%s (%d sizes)", text, len(values))
		}
		f.Constraint = &schema.Constraint{Text: text, Allowed: values, Source: source}
	}
	if rule.Known() {
		f.Category = schema.CategoryInvalidParameter
		f.Constraint = &schema.Constraint{Text: rule.Text(), Source: schema.SourceMessage}
	}
	return f
}

func (c *oneCase) namesSide() bool {
	for _, f := range c.found {
		switch strings.ToLower(parameter.Last(f.name)) {
		case "width", "height", "dimensions", "size":
			return true
		}
	}
	return false
}

func sideOfPicture(places []request.Place) (int, bool) {
	if len(places) == 0 {
		return 0, false
	}
	text := string(places[0].Raw)
	if s, ok := rawjson.Text(places[0].Raw); ok {
		text = s
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n > 0
}

// sizes is the list of sizes that the error states, in its fields or its message.
func (c *oneCase) sizes() (sizes [][2]int, values []schema.Value, source schema.Source) {
	for _, v := range c.e.Allowed {
		text, _ := rawjson.Text(v)
		if w, h, ok := parameter.ParseSize(text); ok {
			sizes, values = append(sizes, [2]int{w, h}), append(values, v)
		}
	}
	if len(sizes) > 0 {
		return sizes, values, schema.SourceErrorFields
	}
	for _, l := range c.claims.Lists {
		if !l.Sizes {
			continue
		}
		for _, item := range l.Items {
			w, h, _ := parameter.ParseSize(item)
			sizes, values = append(sizes, [2]int{w, h}), append(values, schema.StringValue(item))
		}
		return sizes, values, schema.SourceMessage
	}
	if sizes, values = c.sizesInText(); len(sizes) > 1 {
		return sizes, values, schema.SourceMessage
	}
	if c.schema == nil || len(c.found) == 0 {
		return nil, nil, ""
	}
	for _, condition := range c.schema.broken() {
		if condition.Kind == schema.BreachSizes {
			return sidesOf(condition.Sizes), sizeValues(condition.Sizes), schema.SourceModelSchema
		}
	}
	return nil, nil, ""
}

// sizesInText collects the sizes of a message that announces no list: "draws 1536 by 1024 or 1024 by 1024 only". The
// size that was sent is none of them, and the ends of an area are none either.
func (c *oneCase) sizesInText() (sizes [][2]int, values []schema.Value) {
	if c.pictureRule().Known() || c.t == nil {
		return nil, nil
	}
	sentW, _ := sideOfPicture(c.t.Locate("width"))
	sentH, _ := sideOfPicture(c.t.Locate("height"))
	tokens := c.claims.Tokens
	for i, t := range tokens {
		w, h, ok := parameter.ParseSize(t.Text)
		if t.Kind == message.Size && !c.claims.Denied && ok && (w != sentW || h != sentH) && !saysAny(tokens[max(0, i-nearSize):i], "invalid", "unsupported", "refused", "got", "received", "requested", "sent", "not", "instead") {
			sizes, values = append(sizes, [2]int{w, h}), append(values, schema.StringValue(t.Text))
		}
	}
	return sizes, values
}

// nearSize is how far before a size it may be said that it was sent, or is refused: "invalid size 1500x1500".
const nearSize = 3

func (c *oneCase) explainSizeList(f *finding, w, h int, sizes [][2]int, values []schema.Value, width, height request.Place) {
	f.Confidence = schema.ConfidenceCertain
	at := parameter.NearestSize(w, h, sizes)
	if sizes[at] == [2]int{w, h} {
		f.Retry = schema.RetryAsIs
		f.cause.saying = saying{key: sizeInList, size: [2]int{w, h}}
		f.mend.saying = saying{key: leaveSize}
		return
	}
	f.pair = true
	f.cause.saying = saying{key: sizeNotInList, size: [2]int{w, h}, who: c.who(), values: values}
	if near := parameter.AsNear(w, h, sizes, at); len(near) > 1 {
		f.mend.saying = saying{key: setNearSize, values: pick(values, near)}
		return
	}
	f.mend.saying = saying{key: setSizeListed, size: sizes[at]}
	c.patchSize(f, w, h, sizes[at][0], sizes[at][1], width, height)
}

// pick are the items at some indexes.
func pick[T any](all []T, at []int) []T {
	picked := make([]T, len(at))
	for i, n := range at {
		picked[i] = all[n]
	}
	return picked
}

func (c *oneCase) patchSize(f *finding, w, h, newW, newH int, width, height request.Place) {
	if newW != w || rawjson.KindOf(width.Raw) != rawjson.Number {
		c.patchAt(f, replace(width.Pointer, schema.IntValue(newW)))
	}
	if newH != h || rawjson.KindOf(height.Raw) != rawjson.Number {
		c.patchAt(f, replace(height.Pointer, schema.IntValue(newH)))
	}
}
