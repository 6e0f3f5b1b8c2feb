package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// nameMentioned says which members of the task a provider's words mention, in which figures, and what else they are about,
// where nothing else is known of them. A setting that has one scalar value is meant; a prompt or a file may be mentioned by
// the way.
func (c *oneCase) nameMentioned(f *finding, p message.Provided) {
	if c.t == nil {
		return
	}
	text := strings.Join(p.Texts, "\n")
	words := c.wordsOf(p)
	places := c.mentioned(words, text)
	if f.cause.key == providerRefusedName {
		c.nameOthers(f, places)
	}
	if f.Pointer != "" || f.cause.key != providerWords {
		return
	}
	if name, at := c.switchSpoken(); name != "" {
		c.attachPlace(f, at)
		f.cause.more = append(f.cause.more, saying{key: aboutSwitch, name: at.Parameter, text: name})
		f.mend.saying = saying{key: changeSwitch, name: at.Parameter, text: name}
		return
	}
	var named []string
	for _, at := range places {
		named = append(named, at.Parameter)
	}
	if len(places) > 0 {
		c.attachPlace(f, places[0])
	}
	own := message.Forget(text, c.echoes()) // an echo of the request says nothing
	if figures := message.Figures(own); len(figures) > 0 {
		f.cause.more = append(f.cause.more, saying{key: withFigures, names: figures})
	}
	said := len(f.cause.more)
	if len(named) > 0 {
		f.cause.more = append(f.cause.more, saying{key: whichMention, names: named})
	}
	if len(named) > 1 && f.mend.key == readProvider {
		f.mend.saying = saying{key: changeOneByWords, names: named}
	}
	if theirs := sayable(c.ownAmong(words, len(p.Params))); len(theirs) > 0 {
		f.cause.more = append(f.cause.more, saying{key: whichName, names: theirs})
		if len(named) == 0 && f.mend.key == readProvider {
			f.mend.saying = saying{key: changeWhatSets, names: theirs}
		}
	}
	c.nameSubjects(f, own, len(f.cause.more) > said)
}

// switchSpoken is a switch within a text of the task, as Midjourney has them (--stylize 1000), that the error speaks of too, and
// the text's place; "" where there is none.
func (c *oneCase) switchSpoken() (name string, at request.Place) {
	if c.t == nil {
		return "", request.Place{}
	}
	var spoken []string
	for _, text := range append(message.Unwrap(c.e).Texts, c.e.Message) {
		for word := range strings.FieldsSeq(text[:min(len(text), message.MaxMessage)]) {
			if word = strings.Trim(word, "'\"`.,:;()"); isSwitch(word) && len(spoken) < maxHeldTried {
				spoken = append(spoken, word)
			}
		}
	}
	if len(spoken) == 0 {
		return "", request.Place{}
	}
	for _, prose := range c.prose() {
		for word := range strings.FieldsSeq(prose) {
			if !isSwitch(word) || !slices.Contains(spoken, word) {
				continue
			}
			if holder := c.t.Holding(prose); holder.Pointer != "" {
				return word, holder
			}
		}
	}
	return "", request.Place{}
}

// isSwitch tells a word like --stylize.
func isSwitch(word string) bool {
	const longest = 24
	letters, ok := strings.CutPrefix(word, "--")
	return ok && letters != "" && len(word) <= longest && strings.Trim(letters, "abcdefghijklmnopqrstuvwxyz") == "" && looks.Plain(word)
}

// nameOthers says which other settings the words mention by which one is refused.
func (c *oneCase) nameOthers(f *finding, places []request.Place) {
	var others []string
	for _, at := range places {
		if at.Pointer != f.Pointer {
			others = append(others, at.Parameter)
		}
	}
	if len(others) > 0 {
		f.cause.more = append(f.cause.more, saying{key: whichMention, names: others})
	}
}

// mentioned are the settings of the task that words call by their names, or by the values that they have.
func (c *oneCase) mentioned(words []string, text string) []request.Place {
	var named []request.Place
	mention := func(at request.Place) {
		if at.Pointer != "" && len(named) < maxMentioned && !slices.ContainsFunc(named, func(p request.Place) bool { return p.Parameter == at.Parameter }) {
			named = append(named, at)
		}
	}
	for i, word := range words {
		at := c.settingCalled(word)
		if at.Pointer == "" && i+1 < len(words) && len(words[i+1]) > 2 { // "output format"
			at = c.settingCalled(word + words[i+1])
		}
		if name := parameter.Last(strings.Trim(word, "'\"`()[]{}:,.")); at.Pointer == "" && isOwnName(name) && !parameter.Guarded(name) && !parameter.Safeguards(name) {
			at = c.endOf(name)
		}
		mention(at)
	}
	tried := map[string]bool{}
	for _, t := range message.Parse(text, c.knows).Tokens {
		if len(named) == maxMentioned || len(tried) == maxHeldTried {
			break
		}
		if word := strings.Trim(t.Text, "'\"`()[]{}:,."); isID(word) && !tried[word] {
			tried[word] = true
			mention(c.settingHolding(word))
		}
	}
	return named
}

// frameCalled is the frame image of the task that a provider's name means: image_tail for the one that is last.
func (c *oneCase) frameCalled(name string) request.Place {
	wanted := message.FrameCalled(name)
	if arrays := c.t.Locate("frameImages"); wanted != "" && len(arrays) == 1 {
		for i, item := range rawjson.Items(arrays[0].Raw) {
			raw, _ := rawjson.Member(item, "frame")
			if frame, _ := rawjson.Text(raw); frame == wanted {
				at := arrays[0].Item(i)
				at.Raw = item
				return at
			}
		}
	}
	return request.Place{}
}

// uncounted is a name without the word that it is a number of: steps for steps_num and num_steps.
func uncounted(name string) string {
	const shortest = 4
	rest := name
	for _, word := range [...]string{"num_", "number_of_"} {
		rest = strings.TrimPrefix(rest, word)
	}
	for _, word := range [...]string{"_num", "_number", "_count"} {
		rest = strings.TrimSuffix(rest, word)
	}
	if rest == name || len(rest) < shortest {
		return ""
	}
	return rest
}

// endOf is the only member of the task that a provider's name means, whole or by its end: negative_prompt, and
// style_reference_images for referenceImages.
func (c *oneCase) endOf(name string) request.Place {
	if at := c.frameCalled(name); at.Pointer != "" {
		return at
	}
	if held := c.onlyPlace(uncounted(name)); held.present() {
		return held.places[0]
	}
	for rest, more := name, true; more; {
		if held := c.onlyPlace(rest); held.present() {
			return held.places[0]
		}
		if _, rest, more = strings.Cut(rest, "_"); !strings.Contains(rest, "_") {
			break // a single word is a plain one
		}
	}
	return request.Place{}
}

// wordsOf are the parameters that somebody's texts name in their form, then every word of them that is no echo of the request.
// A slug names what is wrong, and no parameter.
func (c *oneCase) wordsOf(p message.Provided) []string {
	words := slices.Clone(p.Params)
	for _, said := range p.Texts {
		if inSentence(said) && !strings.HasPrefix(said, "{") && (said != c.e.Message || len(p.Texts) == 1) { // JSON, or what leads on to the others
			for _, t := range message.Parse(message.Forget(said, c.echoes()), c.knows).Tokens {
				words = append(words, t.Text)
			}
		}
	}
	return words
}

// ownNames are the names in somebody's texts of parameters that the request does not have, in their own terms.
func (c *oneCase) ownNames(p message.Provided) []string {
	return c.ownAmong(c.wordsOf(p), len(p.Params))
}

// ownAmong are those among words of which the first are named as parameters.
func (c *oneCase) ownAmong(words []string, params int) []string {
	var theirs []string
	for i, word := range words {
		name, ok := parameter.Normalize(strings.Trim(word, "'\"`()[]{}:,.-"))
		if !ok || len(name) > longName || i >= params && !isOwnName(name) || c.t == nil || len(c.placesCalled(name)) > 0 || c.endOf(name).Pointer != "" || !isSetting(parameter.Last(name)) || slices.Contains(theirs, name) {
			continue
		}
		if theirs = append(theirs, name); len(theirs) == maxMentioned {
			break
		}
	}
	return theirs
}

// sayable are those names that may be said again, whoever wrote them.
func sayable(names []string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return !parameter.MadeOfKnownWords(name) })
}

// nameSubjects says what a provider's words are about: a file, where they name no parameter and speak of what only a file has,
// or of nothing but a medium of the request.
func (c *oneCase) nameSubjects(f *finding, text string, named bool) {
	about, ofFile := c.spokenOf(text)
	of := mediumIn(text)
	onlyFile := f.Confidence == schema.ConfidenceGuess && len(about) == 0 && len(c.inputs(of)) > 0
	if !named && (ofFile || onlyFile) {
		f.Category = schema.CategoryInputMedia
		c.nameOnlyInput(f, of, fileSpokenOf)
		for i := range f.cause.more {
			if f.cause.more[i].key == oneOfFiles { // which goes on behind a file, and not behind words
				f.cause.more[i].key = someFileSpokenOf
			}
		}
		f.mend.saying = saying{key: fitFileOrRest}
	}
	if len(about) > 0 {
		f.cause.more = append(f.cause.more, saying{key: whichSpeakOf, names: about})
	}
}

// spokenOf is what a text is about, and whether that is what only a file has. Nothing of files where the task holds none.
func (c *oneCase) spokenOf(text string) (about []string, ofFile bool) {
	if c.provider != anyProvider {
		text = strings.ReplaceAll(text, c.provider, "") // Meshy makes other things than meshes
	}
	for _, s := range message.Subjects(text) {
		if s.OfFile && !c.mayHoldFiles() {
			continue
		}
		ofFile = ofFile || s.OfFile
		if len(about) < maxMentioned {
			about = append(about, s.Name)
		}
	}
	return about, ofFile
}

// sayAbout says what the words are about by which a file is refused, where no rule about it was read.
func (c *oneCase) sayAbout(f *finding) {
	switch f.cause.key { //nolint:exhaustive // the others say it
	case fileUnfit, refusesFileAt, providerMediaUnfit:
	case inText:
		if !f.loose {
			return
		}
	default:
		return
	}
	if f.Constraint != nil || slices.ContainsFunc(f.cause.more, func(s saying) bool { return s.key == ofItsProperty || s.key == inBrackets }) {
		return
	}
	about, _ := c.spokenOf(message.Forget(c.e.Message+"\n"+strings.Join(c.heard.Texts, "\n"), c.echoes()))
	about = slices.DeleteFunc(about, func(name string) bool { // which is said already: its file format
		return strings.Contains(f.cause.text, "the "+name[strings.LastIndexByte(name, ' ')+1:]+" of")
	})
	if len(about) > 0 {
		f.cause.more = append(f.cause.more, saying{key: overSubjects, names: about})
	}
}

// longName bounds what is repeated as a name that the request does not have.
const longName = 32

// isOwnName tells a name of a provider's own for a parameter, image_tail or personGeneration, from that of a product or an id.
func isOwnName(word string) bool {
	if len(word) > longName || !parameter.LooksLike(word) || strings.ContainsAny(word, "./[") || strings.ContainsAny(word, "0123456789") && !strings.Contains(word, "_") || word[0] < 'a' || word[0] > 'z' || message.ProviderNamed(strings.ToLower(word)) != "" {
		return false
	}
	switch parameter.Fold(word) {
	case "requestid", "traceid", "taskid", "logid", "sessionid", "jobid", "generationid":
		return false
	}
	return true
}

// settingHolding is the member whose value a word is: an id, a style. Nothing where it says whose task it is, or is a model,
// a file, or somebody's text.
func (c *oneCase) settingHolding(word string) request.Place {
	at := c.t.Holding(word)
	if at.Pointer == "" {
		at = c.t.Holding(strings.ToLower(word)) // 512P
	}
	last := parameter.Last(at.Parameter)
	if at.Pointer == "" || !isSetting(last) || mediumOf(at.Parameter) != "" || at.Parameter == "model" {
		return request.Place{}
	}
	return at
}

// isSetting tells a name of what a message may speak of as the user's to change: not of whose task it is, of what makes it
// safer, or of somebody's text.
func isSetting(name string) bool {
	return !parameter.Guarded(name) && !parameter.Safeguards(name) && !parameter.IsProse(name)
}

// isID tells a word that may be somebody's id of something: it is long enough, and no plain word.
func isID(word string) bool {
	const short = 4
	return len(word) >= short && strings.ContainsAny(word, "0123456789-_/")
}

// Bounds of the members that are said to be mentioned, and of the words that are looked for among the values.
const (
	maxMentioned = 3
	maxHeldTried = 16
)

// placesCalled are those that a provider calls so, one or many of them: its style_codes are the task's styleCode.
func (c *oneCase) placesCalled(name string) []request.Place {
	places := c.t.Locate(name)
	if len(places) == 0 && strings.HasSuffix(name, "s") {
		return c.t.Locate(strings.TrimSuffix(name, "s"))
	}
	if len(places) == 0 {
		return c.t.Locate(name + "s")
	}
	return places
}

// singular is the last name of a path, of one or many.
func singular(path string) string {
	return strings.TrimSuffix(parameter.Fold(parameter.Last(path)), "s")
}

// settingCalled is the only member of the task with a scalar value that goes by a word: motion_mode for
// providerSettings.pixverse.motionMode. Nothing where the word is none, or names what is guarded, a file or somebody's text.
func (c *oneCase) settingCalled(word string) request.Place {
	word = strings.Trim(word, "'\"`()[]{}:,.")
	if len(word) < 3 || !parameter.Valid(word) || !isSetting(word) || mediumOf(word) != "" || parameter.IsSide(word) || parameter.Fold(word) == "model" {
		return request.Place{}
	}
	places := c.placesCalled(word)
	if len(places) != 1 || singular(places[0].Parameter) != singular(word) {
		return request.Place{}
	}
	switch rawjson.KindOf(places[0].Raw) {
	case rawjson.String, rawjson.Number, rawjson.True, rawjson.False:
		return places[0]
	case rawjson.None, rawjson.Null, rawjson.Object, rawjson.Array:
	}
	return request.Place{}
}
