package diagnose

import (
	"maps"
	"slices"
	"strings"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// refusesName tells an error about a parameter that is not accepted at all, whatever its value.
func refusesName(c *oneCase) bool {
	p, _ := c.first()
	if p.present() && c.t != nil && c.placedIn(p.places[0]) != "" {
		return true
	}
	bySentence := c.claims.Says(message.SaysUnsupportedName) && !c.row.Settled()
	if c.row.Category != schema.CategoryUnsupportedParameter && (!bySentence || c.schemaTakes()) || len(c.found) == 0 {
		return false
	}
	if (c.namesFile() || c.uploads()) && complaints()[message.Complains(c.e.Message)].file {
		return false
	}
	if names, _ := c.allowedNames(); names != nil {
		return true
	}
	if p.name == "model" && len(c.e.Parameters) == 0 && !strings.ContainsAny(c.e.Message, "'\"`") {
		return false // who refuses, and not what
	}
	if c.complainsOfContent() || c.claims.Says(message.SaysEmpty) || c.refusesAddress() {
		return false
	}
	if s, ok := c.claims.Signal(); ok && s.Direct == "modelIncompatible" {
		return false // another model is taken there
	}
	if !bySentence && c.claims.Says(message.SaysHedged) {
		return false
	}
	return !c.aboutValue(p) && !c.quotesValue()
}

// aboutValue tells an error that says something of a parameter's value, or of how many there are: "takes a single reference
// image".
func (c *oneCase) aboutValue(p found) bool {
	many := p.present() && rawjson.Len(p.places[0].Raw) > 1 && saysAny(c.claims.Tokens, "single")
	return many || c.claims.Denied || len(c.claims.Lists) > 0 || len(c.e.Allowed) > 0 || len(c.claims.Bounds) > 0 || c.claims.Says(message.SaysOfValue)
}

// complainsOfContent tells that a file or a text is not taken as it is, where the parameter that holds it is.
func (c *oneCase) complainsOfContent() bool {
	p, ok := c.first()
	if !ok || !p.present() {
		return false
	}
	prose := parameter.IsProse(parameter.Last(p.spelling()))
	holdsFile := func(file request.Place) bool { return within(file.Pointer, p.places[0].Pointer) }
	if !prose && !c.namesFile() && !slices.ContainsFunc(c.inputs(""), holdsFile) {
		return false
	}
	if !prose && c.row.Category == schema.CategoryInputMedia {
		return true // unsupportedImageFormat
	}
	of := complaints()[message.Complains(c.e.Message)]
	code := parameter.Fold(c.e.Code)
	ofName := strings.Contains(code, parameter.Fold(parameter.Last(p.spelling()))) && !strings.HasPrefix(code, "failed")
	otherNoun := !prose && !strings.HasSuffix(code, "parameter") && !c.claims.Says(message.SaysUnsupportedName) && !ofName // unsupportedColorSpace
	return of.text && prose || of.file || otherNoun
}

// explainUnsupportedName handles parameters that are not accepted at all: remove them.
func explainUnsupportedName(c *oneCase) (finding, bool) {
	names, complete := c.allowedNames()
	if p, _ := c.first(); slices.Contains(names, p.spelling()) {
		return finding{}, false // refused, and listed as accepted
	}
	f := c.finding(schema.CategoryUnsupportedParameter, schema.RetryAfterDecision, schema.ConfidenceLikely)
	p, _ := c.first()
	c.attach(&f, p)
	f.Constraint = &schema.Constraint{Text: "not accepted here", Source: schema.SourceMessage, AllowedParameter: names}
	if c.modelID() != "" {
		f.Constraint.Text = "not accepted by this model"
	}
	f.cause.saying = saying{key: notAccepted, who: c.who(), name: f.Parameter}
	if c.isBlind() {
		f.mend.saying = saying{key: removeNames, names: []string{f.Parameter}}
		at := request.Place{Parameter: p.name}
		if parameter.Guarded(parameter.Last(p.name)) {
			f.mend.saying = saying{key: guardedMember, name: f.Parameter}
		} else if right := respelled(names, at); right != "" {
			f.cause.more = append(f.cause.more, saying{key: listHasName, name: right})
			f.mend.saying = saying{key: renameTo, name: p.name, other: right}
		} else if inside := listedInside(names, at); inside != "" {
			f.cause.more = append(f.cause.more, saying{key: listHasItInside, name: inside})
			f.mend.saying = saying{key: moveTo, name: inside, other: p.name}
		}
		return f, true
	}
	if !p.present() {
		f.cause.more = append(f.cause.more, saying{key: andNotHeld})
		f.mend.saying = saying{key: findWhatSets, name: p.name}
		if last := parameter.Last(p.name); parameter.Guarded(last) || parameter.Safeguards(last) {
			f.mend.saying = saying{key: guardedElsewhere, name: p.name}
		}
		return f, true
	}
	if c.claims.Doubted && c.meant(p.places[0]) == "" {
		f.mend.saying = saying{key: readMessage}
		return f, true
	}
	f.Confidence = schema.ConfidenceCertain
	doomed := slices.Clone(p.places)
	for _, other := range c.found {
		if other.present() && other.places[0].Pointer != p.places[0].Pointer {
			doomed = append(doomed, other.places...)
		}
	}
	if names != nil {
		doomed = append(doomed, c.unlisted(names, complete, doomed)...)
	}
	if !c.req.Opaque && c.keepElsewhere(&f, p.places[0], names, len(doomed) == 1) {
		return f, true
	}
	var spelled []string
	for _, d := range doomed {
		spelled = append(spelled, d.Parameter)
		c.patchAt(&f, remove(d.Pointer))
	}
	f.mend.saying = saying{key: removeNames, names: spelled}
	if gone := lost(doomed); len(gone) > 0 {
		f.open = true
		f.Confidence = schema.ConfidenceLikely // that it is refused is proved, that it may go is not
		loss := saying{key: losesNames, names: gone}
		if !slices.ContainsFunc(gone, func(name string) bool { return !isCeiling(strings.ToLower(name)) }) {
			loss.key = losesCeiling
		}
		f.mend.aside = append(f.mend.aside, loss)
	}
	if c.onlyForSome() {
		f.open, f.Confidence = true, schema.ConfidenceLikely
		f.mend.aside = append(f.mend.aside, saying{key: orMeetCondition})
	}
	if at := c.onlyWhere(p.places[0]); at.Pointer != "" {
		f.open, f.Confidence = true, schema.ConfidenceLikely
		f.cause.more = append(f.cause.more, saying{key: whereOtherIs, name: at.Parameter, value: schema.Value(at.Raw)})
		f.mend.aside = append(f.mend.aside, saying{key: orChangeOther, name: at.Parameter})
	}
	if names != nil && len(doomed) > 1 {
		f.cause.more = append(f.cause.more, saying{key: listLacksToo, names: spelled[1:]})
	}
	hint := instead(names, doomed)
	if hint.key != silent {
		f.mend.aside = append(f.mend.aside, hint)
	}
	if hint.key != silent || c.claims.Says(message.SaysInstead) {
		f.Confidence = schema.ConfidenceLikely // something else does now what is taken out: the patch is half of a mend
	}
	return f, true
}

// onlyForSome tells that a parameter is refused for some outputs or modes only: "not supported for 4k outputs".
func (c *oneCase) onlyForSome() bool {
	tokens := c.claims.Tokens
	const near = 4
	for i := 1; i < len(tokens); i++ {
		supported := saysAny(tokens[i-1:i], "supported", "available", "accepted", "allowed", "possible") && saysAny(tokens[i:i+1], "for", "with", "in", "at")
		if supported && saysAny(tokens[i+1:min(len(tokens), i+1+near)], "output", "outputs", "videos", "images", "mode", "resolution", "resolutions", "duration", "durations", "size", "sizes") {
			return true
		}
	}
	return false
}

// keepElsewhere keeps what is not accepted where it stands: it is moved to where the error has it, or gets its right name.
// alone says that nothing else is to be removed with it. It reports whether it could.
func (c *oneCase) keepElsewhere(f *finding, at request.Place, names []string, alone bool) bool {
	inside, said := listedInside(names, at), listHasItInside
	if moved := c.movedTo(at); moved != "" {
		inside, said = moved, saysMoved
	}
	if inside != "" {
		if patch, ok := c.moveInside(at, inside); ok {
			if said == listHasItInside {
				f.Confidence = schema.ConfidenceLikely
			}
			f.cause.more = append(f.cause.more, saying{key: said, name: inside})
			f.mend.saying = saying{key: moveTo, name: inside, other: f.Parameter}
			f.patch = patch
			return true
		}
	}
	if right := respelled(names, at); right != "" && alone {
		to := rawjson.Pointer(at.Pointer[:strings.LastIndexByte(at.Pointer, '/')], right)
		if _, taken := request.Resolve(c.t.Value(), strings.TrimPrefix(to, c.t.Base)); !taken {
			f.cause.more = append(f.cause.more, saying{key: listHasName, name: right})
			if parameter.Fold(right) != parameter.Fold(at.Parameter) {
				f.Confidence = schema.ConfidenceLikely // what is accepted is proved, that it is the same is not
			}
			f.mend.saying = saying{key: renameTo, name: f.Parameter, other: right}
			f.patch = []schema.Operation{{Op: "move", From: at.Pointer, Path: to}}
			c.renameBeside(f, at, names)
			return true
		}
	}
	if right := c.meant(at); right != "" && alone {
		if !slices.ContainsFunc(c.t.Locate(right), func(p request.Place) bool { return p.Parameter == right }) {
			c.rename(f, at, right)
			return true
		}
	}
	if right := properName(at.Parameter); right != "" && !strings.Contains(at.Parameter, ".") && !parameter.Known(at.Parameter) && names == nil && alone {
		if _, taken := c.t.Member(right); !taken {
			f.cause.more = append(f.cause.more, saying{key: isProperName, name: right})
			c.rename(f, at, right)
			return true
		}
	}
	return false
}

// renameBeside renames the other members of the same inner object that the list of its accepted names has in another spelling:
// they would be refused next.
func (c *oneCase) renameBeside(f *finding, at request.Place, names []string) {
	base := at.Pointer[:strings.LastIndexByte(at.Pointer, '/')]
	value, ok := request.Resolve(c.t.Value(), strings.TrimPrefix(base, c.t.Base))
	held, isObject := value.(map[string]any)
	if !ok || !isObject || base == c.t.Base {
		return
	}
	path := strings.TrimSuffix(at.Parameter, parameter.Last(at.Parameter))
	for _, name := range slices.Sorted(maps.Keys(held)) {
		other := request.Place{Parameter: path + name, Pointer: rawjson.Pointer(base, name)}
		right := respelled(names, other)
		if other.Pointer == at.Pointer || right == "" || slices.Contains(names, name) {
			continue
		}
		if _, taken := held[right]; !taken {
			f.mend.also = append(f.mend.also, saying{key: andRename, name: other.Parameter, other: right})
			f.patch = append(f.patch, schema.Operation{Op: "move", From: other.Pointer, Path: rawjson.Pointer(base, right)})
		}
	}
}

// quotesValue tells whether the message names what was sent, not only where: "24 fps is not supported" leaves other values
// open.
func (c *oneCase) quotesValue() bool {
	p, _ := c.first()
	if !p.present() {
		return false
	}
	sent := string(p.places[0].Raw)
	if text, ok := rawjson.Text(p.places[0].Raw); ok {
		sent = text
	}
	for _, t := range c.claims.Tokens {
		if strings.EqualFold(t.Text, sent) && !strings.EqualFold(t.Text, p.name) && sent != "" && sent != "true" && sent != "false" {
			return true
		}
		if inner := strings.Trim(t.Text, "'\"`"); strings.Contains(inner, " ") && len(inner) < len(sent) && strings.Contains(sent, inner) {
			return true // a part of a text
		}
	}
	return false
}

// allowedNames is the list of parameter names that an error prints as its "allowed values": recognised by the names of
// every task among them, which make it complete, or by most of them being parameters.
func (c *oneCase) allowedNames() (names []string, complete bool) {
	lists := make([][]string, 0, len(c.claims.Lists)+1)
	for _, l := range c.claims.Lists {
		if (l.Noun == "parameters" || l.Noun == "fields" || l.Noun == "properties") && len(l.Items) > 1 && !slices.ContainsFunc(l.Items, func(item string) bool { return !parameter.Valid(item) }) {
			return l.Items, false
		}
		lists = append(lists, l.Items)
	}
	if len(c.e.Allowed) > 0 {
		var items []string
		for _, v := range c.e.Allowed {
			text, _ := rawjson.Text(v)
			items = append(items, text)
		}
		lists = append(lists, items)
	}
	for _, items := range lists {
		known := 0
		for _, item := range items {
			if !parameter.Valid(item) {
				known = -len(items)
				break
			}
			if item == "taskUUID" || item == "taskType" {
				return items, len(c.e.Message) <= message.MaxMessage
			}
			if parameter.Vocabulary()[parameter.Fold(parameter.Last(item))] != "" {
				known++
			}
		}
		if known*3 >= len(items)*2 && len(items) > 1 || len(items) == 1 && c.hasPlace(items[0]) {
			return items, false
		}
	}
	return nil, false
}

// schemaTakes tells whether the model's schema takes the named parameter in its place, and not the value that it has.
func (c *oneCase) schemaTakes() bool {
	condition, broken := c.conditionOnNamed()
	return broken && condition.Kind == schema.BreachEnum && len(c.found) == 1
}

// hasPlace tells the name of a member, other than the refused one, that the model's schema has in its place.
func (c *oneCase) hasPlace(name string) bool {
	p, ok := c.first()
	if c.schema == nil || !ok || c.row.Category != schema.CategoryUnsupportedParameter || !parameter.Valid(name) {
		return false
	}
	beside := strings.TrimSuffix(p.name, parameter.Last(p.name)) + name
	return slices.ContainsFunc(c.schema.Places(), func(at string) bool {
		return at == rawjson.PointerOf(parameter.Split(name)) || at == rawjson.PointerOf(parameter.Split(beside))
	})
}

// unlisted lists the other members of the task that the list of accepted names lacks: they would fail next. Of an
// incomplete list only the other side of the size follows, since width and height go together.
func (c *oneCase) unlisted(names []string, complete bool, already []request.Place) []request.Place {
	accepted := map[string]bool{"taskType": true, "taskUUID": true, "model": true}
	for _, n := range names {
		head, _, _ := strings.Cut(n, ".")
		accepted[head] = true
	}
	size := false
	for _, p := range already {
		accepted[p.Parameter] = true
		size = size || p.Parameter == "width" || p.Parameter == "height"
	}
	var more []request.Place
	for _, m := range c.t.Members {
		side := size && (m.Name == "width" || m.Name == "height")
		if !accepted[m.Name] && parameter.Valid(m.Name) && (complete || side) {
			more = append(more, request.Place{Pointer: c.t.Base, Raw: m.Raw}.Member(m.Name))
		}
	}
	return more
}
