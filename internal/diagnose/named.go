package diagnose

import (
	"cmp"
	"slices"
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// names lists the parameters that an error names: in its field, else in its message, else in its code.
func (c *oneCase) names() []string {
	names := c.fieldNames()
	if within := c.namesWithin(names); len(within) > 0 {
		names = within
	}
	excludes := c.claims.Says(message.SaysConflict) || c.row.Category == schema.CategoryConflict
	if len(names) == 0 || len(names) == 1 && excludes {
		names = append(names, c.messageNames()...)
	}
	sides := len(names) == 2 && parameter.IsSide(parameter.Last(names[0])) && parameter.IsSide(parameter.Last(names[1])) // which do not exclude each other
	if (len(names) < 2 || sides) && c.t != nil && excludes {
		held := c.heldNames()
		if sides { // "frame images" names no frame of them
			held = slices.DeleteFunc(held, func(name string) bool {
				at := c.t.Locate(name)[0].Parameter
				return strings.ContainsAny(at, "[.") && !slices.Contains(c.claims.Names, at)
			})
		}
		if len(held) > len(names) {
			names = held
		}
	}
	another := func(name string) bool { return parameter.Fold(name) != parameter.Fold(names[0]) }
	if len(names) > 0 && c.t != nil && !slices.ContainsFunc(names, another) {
		names = append(names, c.requiredNames()...)
	}
	if len(names) == 0 {
		if n := parameter.InCode(c.e.Code); n != "" && c.knows(n) {
			names = append(names, n)
		}
	}
	names = c.withoutValues(names, excludes)
	if len(names) == 1 && !isIndexed(names[0]) { // the message may say which item of it
		for _, n := range c.claims.Names {
			if outer, _, ok := strings.Cut(n, "["); ok && strings.HasSuffix(n, "]") && parameter.Fold(parameter.Last(names[0])) == parameter.Fold(outer) {
				names[0] += n[len(outer):]
				break
			}
		}
	}
	return names
}

// withoutValues leaves out what is the name of no parameter: a task type, a provider, an architecture that does not go with
// another. A value that the task has ("the scheduler 'Foo' is not available") stands for the parameter that has it.
func (c *oneCase) withoutValues(names []string, excludes bool) []string {
	unknown := func(name string) bool {
		return c.t != nil && parameter.Vocabulary()[parameter.Fold(parameter.Last(name))] == "" && len(c.t.Locate(name)) == 0
	}
	for i, name := range names {
		if len(c.e.Parameters) == 0 && unknown(name) {
			names[i] = cmp.Or(c.settingHolding(name).Parameter, name)
		}
	}
	excludes = excludes && len(names) > 1
	return slices.DeleteFunc(names, func(name string) bool {
		word := strings.ToLower(name) == name && !strings.ContainsAny(name, "_.[")
		return slices.Contains(taskTypes(), name) || c.isProvider(name) || excludes && word && unknown(name)
	})
}

// isProvider tells the name of a provider, in a message without a field of parameters: ElevenLabs.
func (c *oneCase) isProvider(name string) bool {
	return len(c.e.Parameters) == 0 && message.ProviderNamed(strings.ToLower(name)) != "" && (c.t == nil || len(c.t.Locate(name)) == 0 || !c.quotes(name))
}

// namesWithin are those of the message where each is a member of the one parameter that the error's field names: "inputs.image
// or inputs.video is required" of inputs.
func (c *oneCase) namesWithin(field []string) []string {
	if len(field) != 1 || strings.ContainsAny(field[0], ".[") || len(c.claims.Names) == 0 {
		return nil
	}
	for _, name := range c.claims.Names {
		if !strings.HasPrefix(name, field[0]+".") {
			return nil
		}
	}
	return slices.Clone(c.claims.Names) // which the caller changes
}

// fieldNames are those of the error's field.
func (c *oneCase) fieldNames() []string {
	var names []string
	for _, p := range c.e.Parameters {
		names = append(names, parameter.Each(p)...)
	}
	return c.bothSides(names)
}

// messageNames are those of the message. In bytes it speaks of a file, or of the request, and of nothing that is not there.
func (c *oneCase) messageNames() []string {
	if c.claims.Spelled && c.row.Settled() {
		return nil
	}
	byTheWay := c.schema != nil && len(c.e.Parameters) == 0 && !strings.ContainsAny(c.e.Message, "'\"`") // "what the model accepts", of one that is known
	inBytes := slices.ContainsFunc(c.claims.Bounds, func(b message.Bound) bool { return b.Unit == constraint.UnitBytes })
	var names []string
	for _, n := range c.claims.Names {
		if c.claims.Excepts(n) || n == "model" && byTheWay || isPlainNoun(n) && !c.quotes(n) && (c.t == nil || len(c.t.Locate(n)) == 0) || inBytes && (c.t == nil || len(c.t.Locate(n)) == 0) {
			continue
		}
		names = append(names, strings.Split(n, "/")...)
		c.byMessage = c.byMessage || len(c.e.Parameters) == 0
	}
	if len(c.claims.Bounds) > 0 { // "the requested width and height" are spoken of by the way
		return c.bothSides(names)
	}
	return names
}

// bothSides are both sides of a picture where one is named, and the message speaks of both in one breath.
func (c *oneCase) bothSides(names []string) []string {
	if len(names) == 1 && parameter.IsSide(parameter.Last(names[0])) && c.claims.NamesSides() {
		base := strings.TrimSuffix(names[0], parameter.Last(names[0]))
		return []string{base + "width", base + "height"}
	}
	return names
}

// quotes tells a word that the message has in quotes.
func (c *oneCase) quotes(word string) bool {
	at := strings.Index(c.e.Message, word)
	return at > 0 && strings.ContainsAny(c.e.Message[at-1:at], "'`\"[.")
}

// isPlainNoun tells a word for files or weights of any kind, which a message that quotes nothing says of no parameter: "4k
// videos", "the LoRA weights".
func isPlainNoun(name string) bool {
	switch strings.ToLower(name) {
	case "images", "videos", "audios", "frames", "files", "lora", "loras", "vae", "embedding", "embeddings":
		return true
	}
	return false
}

// requiredNames are the parameters that the task lacks and that the message says another one needs: "strength needs a
// seedImage", "ipAdapters requires guideImages", "strength cannot be used without seedImage", "seedImage is required when …".
func (c *oneCase) requiredNames() []string {
	tokens := c.claims.Tokens
	for i, t := range tokens[:max(0, len(tokens)-1)] {
		switch t.Lower {
		case "requires", "needs":
		case "with": // "is accepted only with 'seedImage'"
			if i < 2 || tokens[i-1].Lower != "only" && (tokens[i-1].Lower != "together" || !saysAny(tokens[:i-1], "only")) {
				continue
			}
		case "required":
			if i < 2 || tokens[i-1].Lower != "is" || !saysAny(tokens[i+1:i+2], "when", "if", "with", "for") {
				continue
			}
		case "without":
			if !c.claims.Says(message.SaysTogether) {
				continue
			}
		default:
			continue
		}
		at := i + 1
		switch tokens[at].Lower {
		case "a", "an", "the":
			at = min(at+1, len(tokens)-1)
		}
		two := tokens[at:min(at+2, len(tokens))]
		if t.Lower == "required" {
			two = tokens[max(0, i-3) : i-1]
		}
		name := nameIn(two, t.Lower == "required")
		if parameter.LooksLike(name) && c.knows(name) && len(c.t.Locate(name)) == 0 {
			return []string{name}
		}
	}
	return nil
}

// nameIn is the name that the first of two words is, or the last where that stands before a verb, or both: "a seed image".
func nameIn(two []message.Token, last bool) string {
	words := make([]string, len(two))
	for i, t := range two {
		words[i] = strings.Trim(t.Text, "'\"`().,")
	}
	own := words[0]
	if last {
		own = words[len(words)-1]
	}
	return cmp.Or(parameter.Vocabulary()[parameter.Fold(strings.Join(words, ""))], own)
}

// heldNames are the members of the task that a message about several names in plain words: "resolution and width/height
// cannot be combined". Nothing where it names fewer than two.
func (c *oneCase) heldNames() []string {
	var names []string
	tokens := c.claims.Tokens
	beside := func(i int) bool { // prose is spoken of by the way, but for "text and ssml"
		return i > 0 && tokens[i-1].Lower == "and" || i+1 < len(tokens) && tokens[i+1].Lower == "and"
	}
	for i, t := range tokens {
		if t.Text == "." && len(names) > 1 && slices.ContainsFunc(names, func(name string) bool { return !parameter.IsSide(parameter.Last(name)) }) {
			break // which go together was said
		}
		for word := range strings.SplitSeq(strings.Trim(t.Text, "'\"`(),."), "/") {
			places := c.t.Locate(word)
			if len(places) != 1 || parameter.Last(places[0].Parameter) != word && places[0].Parameter != word || word == "model" || slices.Contains(names, word) {
				continue
			}
			if isSetting(word) || parameter.IsProse(word) && beside(i) {
				names = append(names, word)
			}
		}
	}
	if len(names) < 2 {
		return nil
	}
	return names
}

// isIndexed tells a name that says which item it means: referenceImages[1], referenceImages.1.
func isIndexed(name string) bool {
	return name != "" && strings.ContainsRune("0123456789]", rune(name[len(name)-1]))
}

// maxNamed bounds the parameters of one error: no message names as many.
const maxNamed = 16

func (c *oneCase) locate(names []string) {
	seen := map[string]bool{}
	for _, name := range names {
		if seen[parameter.Fold(name)] || len(c.found) == maxNamed {
			continue
		}
		seen[parameter.Fold(name)] = true
		f := found{name: strings.Trim(name, "'\"` ")}
		if spelled := parameter.Vocabulary()[parameter.Fold(f.name)]; c.isBlind() && spelled != "" {
			f.name = spelled
		}
		if c.t != nil {
			f.places = c.t.Locate(f.name)
		}
		if slices.ContainsFunc(c.found, f.names) {
			continue
		}
		c.found = append(c.found, f)
	}
	c.found = withoutAncestors(c.found)
}

// names tells another name of the same: frameImages beside inputs.frameImages, "Lyrics" beside settings.lyrics, which the task
// lacks.
func (f found) names(other found) bool {
	if f.present() != other.present() {
		return false
	}
	if f.present() {
		return other.places[0].Pointer == f.places[0].Pointer
	}
	return parameter.Fold(f.name) == parameter.Fold(parameter.Last(other.name))
}

// withoutAncestors leaves out a parameter that only says where another stands: controlNet[0] of controlNet[0].startStep.
func withoutAncestors(all []found) []found {
	if len(all) < 2 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(p found) bool {
		return slices.ContainsFunc(all, func(other found) bool {
			return p.present() && other.present() && strings.HasPrefix(other.places[0].Pointer, p.places[0].Pointer+"/")
		})
	})
}

// locateQuoted finds the parameter whose value the message quotes, where it names none that the request holds: a URL, a
// model id, a UUID.
func (c *oneCase) locateQuoted() {
	tries := 0
	for field := range strings.FieldsSeq(looks.Short(c.e.Message, message.MaxMessage)) {
		value := strings.Trim(field, "'\"`().,;:")
		if !looks.IsURL(value) && !looks.IsUUID(value) && !looks.IsAIR(value) {
			continue
		}
		if tries++; tries > 3 {
			return
		}
		if p := c.t.Holding(value); p.Pointer != "" && p.Parameter != "taskUUID" {
			c.found = []found{{name: p.Parameter, places: []request.Place{p}}}
			return
		}
	}
}

// narrow names the item of an array whose model the message quotes: of two LoRAs, the one that does not fit.
func (c *oneCase) narrow() {
	p, ok := c.first()
	if !ok || !p.present() || rawjson.KindOf(p.places[0].Raw) != rawjson.Array || isIndexed(p.name) {
		return
	}
	for _, t := range c.claims.Tokens {
		value := strings.Trim(t.Text, "'\"`")
		if !looks.IsAIR(value) || value == c.t.Model {
			continue
		}
		if at := c.t.Holding(value); strings.HasPrefix(at.Pointer, p.places[0].Pointer+"/") {
			c.found = []found{{name: at.Parameter, places: []request.Place{at}}}
			return
		}
	}
}

// blameBroken takes the parameter that the message names for the one of the error's field, which the message does not name,
// where the first breaks the rule of the message. Nothing is patched then.
func (c *oneCase) blameBroken() {
	if len(c.found) != 1 || len(c.claims.Names) != 1 || len(c.e.Parameters) != 1 || c.t == nil || len(c.claims.Bounds)+len(c.claims.Lists) == 0 {
		return
	}
	said, field := c.claims.Names[0], c.found[0]
	if sameThing(field.name, said) || strings.Contains(parameter.Fold(c.e.Message), parameter.Fold(parameter.Last(field.name))) {
		return
	}
	places := c.t.Locate(said)
	if len(places) != 1 || !field.present() {
		return
	}
	at := places[0]
	number := rawjson.KindOf(at.Raw) == rawjson.Number
	if number && c.ruleFor(at, number).Judge(at.Parameter, at.Raw).Proof == constraint.Broken {
		c.found, c.crossed = []found{{name: said, places: places}}, true
	}
}

// spareModel takes the setting that a message names with its value for the model that it names too, or that the code does:
// "Model a:1@1 does not support the scheduler 'Foo'".
func (c *oneCase) spareModel() {
	p, ok := c.first()
	byCode := strings.EqualFold(c.e.Code, "invalidModel")
	if c.t == nil || len(c.e.Parameters) > 0 || !byCode && (!ok || p.name != "model") {
		return
	}
	for i := range c.claims.Tokens {
		if at := c.besideItsValue(i, ""); at.Pointer != "" {
			c.found = []found{{name: at.Parameter, places: []request.Place{at}}}
			if byCode {
				c.row = codes.For("invalidParameter")
			}
			return
		}
	}
}

// onlyFile is the one file that an error without a name can be about, where the code is made of a name that the request
// does not hold: the only UUID, if that is spoken of, else the only file. Nothing where several fit.
func (c *oneCase) onlyFile() []found {
	places := c.inputs("")
	if strings.Contains(strings.ToLower(c.e.Message), "uuid") {
		places = slices.DeleteFunc(places, func(p request.Place) bool {
			text, _ := rawjson.Text(p.Raw)
			return !looks.IsUUID(text)
		})
	}
	if len(places) != 1 {
		return nil
	}
	return []found{{name: places[0].Parameter, places: places}}
}

// onlyDownload names where an upload of a model takes its file from: what could not be fetched is that.
func (c *oneCase) onlyDownload() []string {
	if c.t == nil {
		return nil
	}
	if len(c.t.Locate("downloadURL")) == 1 && len(c.inputs("")) == 0 {
		return []string{"downloadURL"}
	}
	return nil
}

// first is the parameter that a finding is about: the first that the request holds, else the first named.
func (c *oneCase) first() (found, bool) {
	for _, f := range c.found {
		if f.present() {
			return f, true
		}
	}
	if len(c.found) > 0 {
		return c.found[0], true
	}
	return found{}, false
}

// names2D tells whether the error names width and height, or the size as a whole.
func names2D(all []found) bool {
	var w, h bool
	for _, f := range all {
		switch strings.ToLower(parameter.Last(f.name)) {
		case "width":
			w = true
		case "height":
			h = true
		case "size", "dimensions":
			w, h = !f.present(), !f.present()
		}
	}
	return w && h
}
