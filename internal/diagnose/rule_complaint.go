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
	"mcp-taskdetails/schema"
)

// complains tells an error that leaves it to Runware's message to name the cause.
func complains(c *oneCase) bool {
	return c.t != nil && (isOpen(c) || c.overFile(c.row.Category) || c.row.Family && c.row.Category == schema.CategoryInputMedia)
}

// filesDiffer tells an error about files of the request that have to agree: none of them is too many.
func filesDiffer(c *oneCase) bool {
	if !complains(c) {
		return false
	}
	of := message.Complains(c.inItself())
	return (of == message.FileMask || of == message.FilesDiffer) && len(c.inputs("")) > 1
}

// explainComplaint reads the same complaints in Runware's own message, which often hands on a provider's words as its own.
func explainComplaint(c *oneCase) (finding, bool) {
	said := message.Provided{Texts: []string{c.inItself()}}
	said.Forget(c.echoes())
	f, _, ok := c.complaint(said, c.who())
	if !ok {
		return finding{}, false
	}
	f.cause.by = runware
	if f.Category == schema.CategoryInputMedia && (c.namesSetting() && len(c.inputs("")) == 0 || c.namesDelivery()) {
		return finding{}, false // sampleRate is one of the task's own, and no file's
	}
	if p, named := c.first(); named && p.present() && (f.Category != schema.CategoryInputMedia || rawjson.KindOf(p.places[0].Raw) != rawjson.Number) {
		if f.Pointer == "" && f.Category == schema.CategoryInputMedia && !complaints()[message.Complains(c.inItself())].several {
			f.cause.more = append(f.cause.more, saying{key: atName, name: p.spelling()})
		}
		c.attach(&f, p)
		number := rawjson.KindOf(p.places[0].Raw) == rawjson.Number
		if f.Category != schema.CategoryConflict && f.Category != schema.CategoryUnsupportedValue && !number || f.Measure != schema.MeasureValue {
			f.Actual, f.Measure = nil, ""
		}
	}
	return f, true
}

// namesSetting tells an error whose field names a number or a switch of the task.
func (c *oneCase) namesSetting() bool {
	p, named := c.first()
	if !named || !p.present() || len(c.e.Parameters) == 0 {
		return false
	}
	kind := rawjson.KindOf(p.places[0].Raw)
	return kind == rawjson.Number || kind == rawjson.True || kind == rawjson.False
}

// namesDelivery tells an error whose field says how the result is to be given: no file of the request is meant.
func (c *oneCase) namesDelivery() bool {
	p, named := c.first()
	return named && len(c.e.Parameters) > 0 && strings.HasPrefix(parameter.Fold(parameter.Last(p.name)), "output")
}

// inItself is Runware's message behind the words of a code that says what is wrong with a file, mediaTooLarge, or of which
// nothing else is known.
func (c *oneCase) inItself() string {
	if codes.WrongSize(c.e.Code) || c.row.Code == "" && c.e.Code != "" {
		return inWords(c.e.Code) + ": " + c.e.Message
	}
	return c.e.Message
}

// complaint reads what a provider complains of where no rule about one parameter says it: a file, a text, a voice, the
// shape of the output, and who finds it wrong. Nothing is said of what the request does not hold.
func (c *oneCase) complaint(p message.Provided, who string) (f finding, sure, ok bool) {
	if ofGateway(p) {
		return finding{}, false, false
	}
	for _, text := range wordsFirst(p.Texts) {
		of, words, known := c.complaintIn(p, text)
		if !known || words.empty && len(c.prose()) > 0 || c.t != nil && !c.req.Opaque && strings.Contains(words.mend, "`width`") && !c.setsSize() {
			continue
		}
		named := c.shownBy(words)
		if words.name != "" && !named.present() {
			continue
		}
		f = c.finding(words.category, schema.RetryAfterDecision, schema.ConfidenceLikely)
		if words.retry != "" {
			f.Retry = words.retry
		}
		f.vague, f.loose = of == message.NoneMade, words.loose
		said := words.cause
		if strings.HasPrefix(who, "`") { // a model takes files, and Runware fetches them for it
			said = strings.NewReplacer("{provider} could not download", "Runware could not download", "{provider} was redirected", "Runware was redirected").Replace(said)
		}
		f.cause = cause{saying: saying{key: inText, text: strings.ReplaceAll(said, "{provider}", who)}, by: providerSays}
		f.mend.saying = saying{key: inText, text: words.mend}
		f.ofDownHost(of, text)
		if named.present() {
			c.attach(&f, named)
		} else if words.bySize != "" && c.t != nil && c.setsSize() {
			f.mend.text = words.bySize
		}
		c.sayFigures(&f, words, p.Texts, figuresOf(of, text))
		if words.file {
			c.nameFiles(&f, words, text)
			c.sayWhere(&f, of)
			c.sayUnder(&f, text)
			if of == message.FileUnread || of == message.FileUndecoded {
				c.sayEnding(&f)
			}
		}
		f.mend.text = strings.Replace(f.mend.text, "{factor}", cmp.Or(quoted(named.spelling()), "factor"), 1)
		limit := c.limitIn(f, of, p.Texts)
		f.mend.text = strings.Replace(words.limited(f.mend.text, limit, strings.Join(p.Texts, " ")), "{bring}", bringTo(limit, text), 1)
		if words.text && (of != message.TextLong || !c.blameAnswer(&f, strings.Join(p.Texts, " "))) {
			c.nameOnlyText(&f)
			f.mend.text = strings.Replace(f.mend.text, "{text}", cmp.Or(quoted(f.Parameter), "the text"), 1)
		}
		return f, words.sure, true
	}
	return finding{}, false, false
}

// shownBy is the parameter of the task that a complaint is about: the one that it names, or else the first that shows it.
func (c *oneCase) shownBy(words complaint) found {
	if words.name != "" {
		return c.onlyPlace(words.name)
	}
	for _, name := range words.shows {
		if at := c.onlyPlace(name); at.present() {
			return at
		}
	}
	return found{}
}

// sayFigures adds to a finding the bound that its words hold, or else their figures.
func (c *oneCase) sayFigures(f *finding, words complaint, texts, figures []string) {
	if words.bounded {
		if bound := c.boundOfFile(texts); bound != "" {
			f.cause.more = append(f.cause.more, saying{key: inBrackets, text: bound})
		}
	}
	if words.text {
		f.Constraint = c.lengthIn(texts)
	}
	if words.inFigures() && f.Constraint == nil && len(f.cause.more) == 0 && len(figures) > 0 {
		f.cause.more = append(f.cause.more, saying{key: withFigures, names: figures})
	}
}

// nameOnlyText adds to a finding the only text of the task.
func (c *oneCase) nameOnlyText(f *finding) {
	if prose := c.prose(); len(prose) == 1 {
		if at := c.t.Holding(prose[0]); at.Pointer != "" {
			c.attachPlace(f, at)
		}
	}
}

// bringTo begins the step that mends the length of a file, by what is asked of it, else by what is said to be wrong with it.
func bringTo(limit, text string) string {
	lower := strings.ToLower(text)
	switch {
	case strings.HasPrefix(limit, "at least"), strings.HasPrefix(limit, "more than"), strings.HasPrefix(limit, "greater than"), limit == "" && strings.Contains(lower, "short"):
		return "use a longer audio or video file, of"
	case strings.HasPrefix(limit, "at most"), strings.HasPrefix(limit, "less than"), limit == "" && strings.Contains(lower, "long"):
		return "trim the audio or video file to"
	default:
		return "bring the audio or video file to"
	}
}

// ofDownHost makes of a download that failed since its host is out of service one to try again.
func (f *finding) ofDownHost(of message.Complaint, text string) {
	if of == message.FileFetch && message.Speaks(text, message.OfDownHost) {
		f.Retry, f.mend.saying = schema.RetryAfterWait, saying{key: againOrUpload}
	}
}

// complaintIn is what a text complains of, and how it is told: of the file that Runware names, or of the output where no file
// of the request can be meant.
func (c *oneCase) complaintIn(p message.Provided, text string) (of message.Complaint, words complaint, known bool) {
	if of, rest := fileHead(text); of != "" && len(c.inputs(of)) > 0 {
		text = string(of) + " " + rest
	}
	of = message.Complains(beside(p.Params, text))
	if at, named := c.first(); of == message.OutputShape && named && at.present() && mediumOf(at.spelling()) != "" {
		of = message.FileShape
	}
	words, known = complaints()[of]
	if known && words.inFigures() && words.file && c.blamesFactor() { // a size is that of what is made by it
		of = message.OutputLarge
		words = complaints()[of]
	}
	if known && words.bounded && c.rulesOfFile(text) > 1 { // which of them is broken is not said
		of = message.FileRules
		words = complaints()[of]
	}
	if known && words.file && (!c.mayMean(words, text) || c.namesPicture(p, text)) {
		words, known = complaints()[ofOutput(of)]
	}
	return of, words, known
}

// sayWhere says of the one file that could not be fetched what its URL shows: that it is not on the public internet, or a page
// about the file.
func (c *oneCase) sayWhere(f *finding, of message.Complaint) {
	if of != message.FileFetch {
		return
	}
	switch link := c.linkAt(f); {
	case isPrivate(link):
		f.mend.saying = saying{key: uploadFromPrivate, name: f.Parameter}
	case looks.IsSharePage(link):
		f.mend.saying = saying{key: directForPage}
	}
}

// linkAt is the URL, or whatever string, that the task holds at the place of a finding.
func (c *oneCase) linkAt(f *finding) string {
	if f.Pointer == "" || c.t == nil {
		return ""
	}
	value, _ := rawjson.Resolve(c.t.Raw, strings.TrimPrefix(f.Pointer, c.t.Base))
	link, _ := rawjson.Text(value)
	return link
}

// sayEnding says of the one file that could not be used that its name ends in a format which few take.
func (c *oneCase) sayEnding(f *finding) {
	of, ending := looks.MediumOf(c.linkAt(f))
	safe := map[string][]string{"image": {"PNG", "JPEG"}, "video": {"MP4"}, "audio": {"MP3", "WAV"}}[of]
	switch ending {
	case "", "png", "jpg", "jpeg", "webp", "gif", "mp4", "mov", "webm", "mp3", "wav":
		return
	}
	f.mend.aside = append(f.mend.aside, saying{key: oddEnding, text: "." + ending, names: safe})
}

// sayUnder says which setting of the task the words make a rule about a file depend on: "… when character_orientation is image".
func (c *oneCase) sayUnder(f *finding, text string) {
	if c.t == nil {
		return
	}
	words := strings.Fields(text)
	for i, word := range words[:max(0, len(words)-1)] {
		if word != "when" && word != "if" {
			continue
		}
		if at := c.settingCalled(words[i+1]); at.Pointer != "" {
			f.mend.aside = append(f.mend.aside, saying{key: orChangeOther, name: at.Parameter})
			return
		}
	}
}

// fileHead takes the medium off that a validator's line begins with: "audio: duration must be between 6 and 190 seconds".
func fileHead(text string) (of medium, rest string) {
	head, rest, ok := strings.Cut(text, ": ")
	switch of = medium(strings.ToLower(head)); {
	case ok && (of == image || of == video || of == audio):
		return of, rest
	}
	return "", text
}

// nameFiles says which files of the request a complaint is about, as far as its words show it.
func (c *oneCase) nameFiles(f *finding, words complaint, text string) {
	of := words.kind
	if of == "" {
		of = mediumIn(text)
	}
	if told := message.Media(text); of == "" && words.lasts && len(told) > 0 { // no picture is long
		told = slices.DeleteFunc(told, func(name string) bool { return medium(name) == image })
		if len(told) == 1 {
			of = medium(told[0])
		}
	}
	if of == "" && words.seen && len(c.inputs(video)) == 0 {
		of = image
	}
	places := c.inputs(of)
	if !words.several {
		c.nameOnlyInput(f, of, atName)
	} else if array := arrayOf(places); array != "" {
		c.nameArray(f, array)
	}
	if words.inPicture != "" && len(places) > 0 && mediumOf(places[0].Parameter) == image {
		f.mend.text = words.inPicture
	}
}

// namesPicture tells words about a parameter of the size of the picture that the task sets, by its own name or the provider's:
// "The parameter `size` specified in the request is not valid".
func (c *oneCase) namesPicture(p message.Provided, text string) bool {
	if slices.ContainsFunc(p.Params, isOutputSize) {
		return true
	}
	if c.t == nil || !c.setsSize() {
		return false
	}
	lower := strings.ToLower(text)
	return strings.Contains(lower, "parameter `size`") || strings.Contains(lower, "parameter 'size'") || strings.Contains(lower, "parameter size ")
}

// blamesFactor tells an error about the factor by which the task enlarges a file.
func (c *oneCase) blamesFactor() bool {
	p, ok := c.first()
	return ok && p.present() && strings.HasSuffix(parameter.Fold(parameter.Last(p.spelling())), "factor")
}

// rulesOfFile counts the kinds of rules that a text states of a file: of its shape, its pixels, its length, its bytes.
func (c *oneCase) rulesOfFile(text string) int {
	type kind struct {
		of   message.Kind
		unit constraint.Unit
		word string
	}
	kinds := map[kind]bool{}
	for _, b := range message.Parse(text, c.knows).Bounds {
		kinds[kind{b.Kind, b.Unit, b.Word}] = true
	}
	return len(kinds)
}

// beside is a text behind the parameters that the provider names with it.
func beside(params []string, text string) string {
	if len(params) == 0 {
		return text
	}
	return strings.Join(params, " ") + ": " + text
}

// figuresOf lists what a text says in figures, and the formats and shapes where it states all that a file has to be.
func figuresOf(of message.Complaint, text string) []string {
	figures := message.Figures(text)
	if of == message.FileRules {
		figures = slices.Concat(message.FormatsTaken(text), message.RatiosTaken(text), figures)
	}
	return figures
}

// limitIn is what the words say is taken, as a step says it: the bound of a file or a text, or formats; empty where they do
// not say.
func (c *oneCase) limitIn(f finding, of message.Complaint, said []string) string {
	switch {
	case of == message.FileFormat || of == message.FileCodec || of == message.FileUndecoded:
		for _, text := range said {
			if taken := message.FormatsTaken(text); len(taken) > 0 {
				return saying{key: orNames, names: taken}.String()
			}
		}
	case of == message.OutputShape:
		for _, text := range said {
			if taken := message.RatiosTaken(text); len(taken) > 0 {
				return saying{key: orNames, names: taken}.String()
			}
		}
	case f.Constraint != nil:
		return f.Constraint.Text
	case len(f.cause.more) > 0 && f.cause.more[0].key == inBrackets:
		return f.cause.more[0].text
	}
	return ""
}

// limited puts a limit in the place that square brackets keep for it, or takes the brackets off where none is known: then it is
// in the words, or nobody says it.
func (w complaint) limited(step, limit, said string) string {
	before, rest, ok := strings.Cut(step, "[")
	unknown, after, _ := strings.Cut(rest, "]")
	switch {
	case !ok:
		return step
	case limit == "" && (w.bounded || w.text) && len(message.Figures(said)) == 0:
		unknown = strings.NewReplacer("`message` allows", "the model allows", "`message` asks for", "the model asks for", "`message` names", "the model has").Replace(unknown)
	case limit != "":
		unknown = limit
	}
	return before + unknown + after
}

// lengthIn is how long a provider's words say that texts may be; nothing where one of them gives several bounds.
func (c *oneCase) lengthIn(said []string) *schema.Constraint {
	for _, text := range said {
		if strings.Contains(strings.ToLower(text), "token") {
			continue // which are no characters
		}
		r := constraint.Constraint{}
		for _, b := range message.Parse(text, c.knows).Bounds {
			if b.Unit != constraint.UnitCharacters || b.Kind != message.Number || r.Bounded() || !apply(b, &r) {
				return nil
			}
		}
		if r.Bounded() {
			r.Source = schema.SourceMessage
			return r.Shown(schema.MeasureCharacters)
		}
	}
	return nil
}

// boundOfFile is what a provider's words ask of a file; nothing where they give several bounds, or one of something else. Of
// "exceeds the limit of 35 s" and "must be less than 35 s" it is the stricter.
func (c *oneCase) boundOfFile(said []string) (bound string) {
	for _, text := range said {
		inner := &oneCase{claims: message.Parse(text, c.knows)}
		if len(inner.claims.Bounds) > 1 {
			return ""
		}
		var f finding
		inner.claims.Formats = nil
		inner.constrainFile(&f)
		if f.Constraint != nil && measuresFile(f.Constraint.Text) && (bound == "" || len(f.Constraint.ExclusiveMax)+len(f.Constraint.ExclusiveMin) > 0) {
			bound = f.Constraint.Text
			if strings.HasSuffix(bound, " pixels") && inner.claims.NamesSides() {
				bound += " in width and in height"
			}
		}
	}
	return bound
}

// endsInNumber tells a rule that does not say in which unit it counts.
func endsInNumber(rule string) bool {
	_, ok := constraint.ParseNumber(rule[strings.LastIndexByte(rule, ' ')+1:])
	return ok && !measuresFile(rule)
}

// measuresFile tells a rule that says in which unit of files it counts.
func measuresFile(rule string) bool {
	unit := rule[strings.LastIndexByte(rule, ' ')+1:]
	switch strings.ToLower(unit) {
	case "pixels", "bytes", "kb", "mb", "gb", "kib", "mib", "gib", "s", "sec", "second", "seconds", "ms", "fps":
		return true
	default:
		return strings.HasPrefix(rule, "aspect ratio")
	}
}

// onlyPlace is a parameter that the task holds once; nothing where it does not.
func (c *oneCase) onlyPlace(name string) found {
	if c.t != nil {
		if places := c.t.Locate(name); len(places) == 1 {
			return found{name: name, places: places}
		}
	}
	return found{}
}

// mayMean tells a complaint about a file that the request may hold.
func (c *oneCase) mayMean(words complaint, text string) bool {
	if c.t == nil || c.req.Opaque {
		return true
	}
	of, all := mediumIn(text), len(c.inputs(""))
	return c.holdsFiles() && (all == 0 || (of == "" || len(c.inputs(of)) > 0) && (!words.several || all > 1))
}

// isOutputSize tells a provider's name for the size of what it makes.
func isOutputSize(name string) bool {
	switch parameter.Fold(parameter.Last(name)) {
	case "size", "imagesize", "outputsize", "resolution":
		return true
	}
	return false
}

// ofOutput is a complaint about a file, said of what the task makes.
func ofOutput(of message.Complaint) message.Complaint {
	switch of { //nolint:exhaustive // the others speak of files alone
	case message.FileLength:
		return message.Duration
	case message.FileShape:
		return message.OutputShape
	default:
		return message.NoComplaint
	}
}

// mediumIn is the medium that a text names; empty where it names none, or several.
func mediumIn(text string) medium {
	if named := message.Media(text); len(named) == 1 {
		return medium(named[0])
	}
	return ""
}

// setsSize tells a task that says how large its output is to be.
func (c *oneCase) setsSize() bool {
	return len(c.t.Locate("width"))+len(c.t.Locate("height"))+len(c.t.Locate("resolution")) > 0
}
